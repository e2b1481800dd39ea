from odoo import models
from odoo.tools import SQL
from odoo.tools.sql import table_exists

_FUNCTION = """
CREATE OR REPLACE FUNCTION %s() RETURNS trigger AS $guard$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        %s
    ELSIF TG_OP = 'DELETE' THEN
        %s
    END IF;
    RAISE EXCEPTION '%% is append-only', TG_TABLE_NAME USING ERRCODE = '23514';
END
$guard$ LANGUAGE plpgsql
"""


class RowGuardMixin(models.AbstractModel):
    """Rows that the database itself keeps, whoever reaches them around the ORM.

    ``_guard_update`` and ``_guard_delete`` are bodies of a trigger: they return NEW or
    OLD for what is allowed and fall through for what is not. Without any of them rows
    are only ever added. Emptying the whole table is refused always.
    """

    _name = "callcenter.row.guard.mixin"
    _description = "Rows kept by the database"

    _guard_update = ""
    _guard_delete = ""

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
        self._drop_guard()
        # The bodies are the model's own class attributes.
        bodies = SQL(self._guard_update), SQL(self._guard_delete)
        self.env.cr.execute(SQL(_FUNCTION, self._get_guard_name(), *bodies))
        self._create_trigger("BEFORE UPDATE OR DELETE", "FOR EACH ROW")
        self._create_trigger("BEFORE TRUNCATE", "FOR EACH STATEMENT", "_truncate")

    def _create_trigger(self, moment, each, suffix=""):
        self.env.cr.execute(
            SQL(
                "CREATE TRIGGER %s %s ON %s %s EXECUTE FUNCTION %s()",
                self._get_guard_name(suffix),
                SQL(moment),
                SQL.identifier(self._table),
                SQL(each),
                self._get_guard_name(),
            )
        )

    def _drop_guard(self):
        for suffix in ("", "_truncate"):
            self.env.cr.execute(
                SQL(
                    "DROP TRIGGER IF EXISTS %s ON %s",
                    self._get_guard_name(suffix),
                    SQL.identifier(self._table),
                )
            )

    def _get_guard_name(self, suffix=""):
        return SQL.identifier(f"{self._table}_guard{suffix}")
