from odoo import api, models
from odoo.exceptions import UserError


class AppendOnlyMixin(models.AbstractModel):
    """Evidence: written by the program alone, never edited, never deleted.

    The same holds in the database for what reaches it around the ORM.
    """

    _name = "callcenter.append.only.mixin"
    _inherit = ["callcenter.row.guard.mixin", "callcenter.guarded.mixin"]
    _description = "Append-only Evidence"

    _guarded_fields = ()

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_all_hands()
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_all_hands()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        self._refuse_all_hands()

    def _refuse_all_hands(self):
        if not self._is_in_transition():
            raise UserError(
                self.env._(
                    "%(model)s is evidence: it is neither entered, changed nor "
                    "deleted by hand.",
                    model=self._description,
                )
            )
