from odoo import api, models
from odoo.addons.callcenter_ops.models.common.sealed_table import SealedTable

# Of an attempt what stands from its first moment; its result is the mark's.
_ATTEMPTS = SealedTable(
    model="callcenter.quiz.attempt",
    source="callcenter_quiz_attempt t",
    moment="t.create_date",
    columns=(
        *("t.quiz_id", "t.company_id", "t.employee_id", "t.started_at"),
        *("t.deadline_at", "t.blueprint", "t.create_date"),
    ),
)
_MARKS = SealedTable(
    model="callcenter.quiz.mark",
    source="callcenter_quiz_mark t JOIN callcenter_quiz_attempt a"
    " ON a.id = t.attempt_id",
    moment="t.create_date",
    company="a.company_id",
    columns=(
        *("t.attempt_id", "t.kind", "t.percent", "t.error", "t.lower_bound"),
        *("t.passed", "t.section_results", "t.fail_reasons", "t.author_id"),
        *("t.reason", "t.changes", "t.create_date"),
    ),
)
_RATINGS = SealedTable(
    model="callcenter.quiz.rating",
    source="callcenter_quiz_rating t JOIN callcenter_quiz_attempt a"
    " ON a.id = t.attempt_id",
    moment="t.create_date",
    company="a.company_id",
    columns=(
        *("t.item_id", "t.rater_id", "t.turn", "t.points", "t.fraction", "t.remark"),
        "t.create_date",
    ),
)


class DaySeal(models.Model):
    _inherit = "callcenter.day.seal"

    @api.model
    def _get_sealed_tables(self):
        return super()._get_sealed_tables() | {
            (table.model, table.version): table
            for table in (_ATTEMPTS, _MARKS, _RATINGS)
        }
