from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL
from odoo.tools.sql import table_exists

_FUNCTION = """
CREATE OR REPLACE FUNCTION %s() RETURNS trigger AS $guard$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        %s
    END IF;
    RAISE EXCEPTION '%% is append-only', TG_TABLE_NAME USING ERRCODE = '23514';
END
$guard$ LANGUAGE plpgsql
"""


class AppendOnlyMixin(models.AbstractModel):
    """Evidence: written by the engine alone, never edited, never deleted.

    The same holds in the database by trigger for what reaches it around the ORM.
    ``_guard_update`` is the body of that trigger for an update: it returns NEW for
    what is allowed and falls through for what is not.
    """

    _name = "callcenter.append.only.mixin"
    _inherit = ["callcenter.guarded.mixin"]
    _description = "Append-only Evidence"

    _guarded_fields = ()
    _guard_update = ""

    def _auto_init(self):
        # A new column fills its default by UPDATE: the guard stands aside meanwhile
        # and comes back in init().
        if not self._abstract and table_exists(self.env.cr, self._table):
            self._drop_guard()
        return super()._auto_init()

    def init(self):
        super().init()
        if self._abstract or not self._auto:
            return
        name = f"{self._table}_guard"
        self._drop_guard()
        # The body is this module's own class attribute.
        self.env.cr.execute(
            SQL(_FUNCTION, SQL.identifier(name), SQL(self._guard_update))
        )
        self.env.cr.execute(
            SQL(
                "CREATE TRIGGER %s BEFORE UPDATE OR DELETE ON %s "
                "FOR EACH ROW EXECUTE FUNCTION %s()",
                SQL.identifier(name),
                SQL.identifier(self._table),
                SQL.identifier(name),
            )
        )

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_by_hand()
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_by_hand()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        self._refuse_by_hand()

    def _drop_guard(self):
        self.env.cr.execute(
            SQL(
                "DROP TRIGGER IF EXISTS %s ON %s",
                SQL.identifier(f"{self._table}_guard"),
                SQL.identifier(self._table),
            )
        )

    def _refuse_by_hand(self):
        if not self._is_in_transition():
            raise UserError(
                self.env._(
                    "%(model)s is evidence: it is neither entered, changed nor "
                    "deleted by hand.",
                    model=self._description,
                )
            )
