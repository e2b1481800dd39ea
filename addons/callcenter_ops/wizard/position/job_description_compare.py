from odoo import api, fields, models

from ...tools.position.text_diff import compare_clauses, mark_words


class JobDescriptionCompare(models.TransientModel):
    """Two versions of a job description side by side."""

    _name = "callcenter.job.description.compare"
    _description = "Comparison of versions"

    new_id = fields.Many2one("callcenter.job.description", required=True)
    job_id = fields.Many2one(related="new_id.job_id", related_sudo=False)
    company_id = fields.Many2one(related="new_id.company_id")
    old_id = fields.Many2one(
        "callcenter.job.description",
        compute="_compute_old_id",
        store=True,
        readonly=False,
        domain="[('job_id', '=', job_id), ('company_id', '=', company_id),"
        " ('id', '!=', new_id)]",
    )
    only_changes = fields.Boolean(string="Only what changed", default=True)
    comparison_html = fields.Html(compute="_compute_comparison_html", string="Changes")
    change_count = fields.Integer(compute="_compute_comparison_html")

    @api.depends("new_id")
    def _compute_old_id(self):
        for comparison in self:
            comparison.old_id = comparison.new_id._get_previous_version()

    @api.depends("new_id", "old_id", "only_changes")
    def _compute_comparison_html(self):
        for comparison in self:
            rows = comparison._get_rows()
            changed = [row for row in rows if row["kind"] != "same"]
            comparison.change_count = len(changed)
            comparison.comparison_html = self.env["ir.qweb"]._render(
                "callcenter_ops.job_description_comparison",
                {
                    "old": comparison.old_id,
                    "new": comparison.new_id,
                    "rows": changed if comparison.only_changes else rows,
                },
            )

    def _get_rows(self):
        """Rows of the comparison, the words that differ marked."""
        self.ensure_one()
        if not (self.old_id and self.new_id):
            return []
        rows = compare_clauses(
            self.old_id._get_numbered_clauses(), self.new_id._get_numbered_clauses()
        )
        for row in rows:
            if row["kind"] == "changed":
                row["old_runs"], row["new_runs"] = mark_words(
                    row["old"][1], row["new"][1]
                )
        return rows
