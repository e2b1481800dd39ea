from odoo import api, models

from ..common.sealed_table import SealedTable

_BONUSES = SealedTable(
    model="callcenter.bonus.sheet",
    source="callcenter_bonus_sheet t",
    moment="t.confirmed_on",
    where="t.state = 'confirmed'",
    columns=(
        *("t.employee_id", "t.company_id", "t.scheme_id", "t.version_id", "t.month"),
        *("t.formula", "t.figures", "t.steps", "t.amount", "t.confirmed_by_id"),
    ),
)


class DaySeal(models.Model):
    """A confirmed bonus is sealed with its formula, figures and steps."""

    _inherit = "callcenter.day.seal"

    @api.model
    def _get_sealed_tables(self):
        return super()._get_sealed_tables() | {
            (_BONUSES.model, _BONUSES.version): _BONUSES
        }
