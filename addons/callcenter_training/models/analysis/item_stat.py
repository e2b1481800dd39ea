from odoo import api, fields, models

from ...tools.analysis.item_statistics import MIN_COUNT


class ItemStat(models.Model):
    """How a question behaves over all first attempts: kept by the statistics run."""

    _name = "callcenter.item.stat"
    _description = "Statistics of a Question"
    _order = "flag desc, answer_count desc"

    subject = fields.Selection(
        [
            ("template", "Question template"),
            ("fact", "Fact"),
            ("question", "Written question"),
        ],
        required=True,
        index=True,
    )
    template_id = fields.Many2one(
        "callcenter.question.template", ondelete="cascade", index="btree_not_null"
    )
    fact_id = fields.Many2one(
        "callcenter.fact", ondelete="cascade", index="btree_not_null"
    )
    question_id = fields.Many2one(
        "callcenter.question",
        string="Written question",
        ondelete="cascade",
        index="btree_not_null",
    )
    company_id = fields.Many2one("res.company", required=True, index=True)
    answer_count = fields.Integer(string="Answers")
    facility = fields.Float(
        aggregator="avg", help="Mean share earned: 1 is known by all, 0 by nobody."
    )
    discrimination = fields.Float(
        aggregator="avg",
        help="Correlation with the mark of the other questions; below 0 the weak "
        "answer it better than the strong.",
    )
    efficiency = fields.Float(
        aggregator="avg", help="Covariance reached / the largest possible one."
    )
    median_seconds = fields.Float(string="Seconds, median", aggregator="avg")
    skipped_count = fields.Integer(string="Left out")
    flag = fields.Selection(
        [
            ("negative", "The weak know it better"),
            ("hard", "Nearly nobody knows it"),
            ("easy", "Everybody knows it"),
            ("fast", "Answered too fast"),
        ],
        index=True,
    )
    is_enough = fields.Boolean(
        compute="_compute_is_enough",
        string="Enough answers",
        help="Figures of fewer than 30 answers say little.",
    )

    @api.depends("answer_count")
    def _compute_is_enough(self):
        for stat in self:
            stat.is_enough = stat.answer_count >= MIN_COUNT

    @api.depends("template_id.name", "fact_id.display_name", "question_id.stem")
    def _compute_display_name(self):
        for stat in self:
            subject = stat.question_id or stat.fact_id or stat.template_id
            stat.display_name = subject.display_name
