from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.common.row_guard import frozen
from ...tools.position.document_text import plain_text
from ..common.signed_paper_mixin import PAPER_COLUMNS
from .document_mixin import FREE_COLUMNS, FROZEN


class JobDescription(models.Model):
    _name = "callcenter.job.description"
    _inherit = ["callcenter.document.mixin"]
    _description = "Job description"
    _order = "job_id, version desc, id desc"
    _check_company_auto = True

    _acknowledgement_field = "description_id"
    _sheet_report = "job_description_action_report_sheet"
    _paper_report = "callcenter_ops.job_description_action_report"
    _guard_update, _guard_delete = frozen(
        "callcenter.job.description",
        FROZEN,
        free=FREE_COLUMNS,
        once=PAPER_COLUMNS,
        stays=True,
    )

    job_id = fields.Many2one(
        "hr.job",
        string="Post",
        required=True,
        check_company=True,
        ondelete="restrict",
        index=True,
        tracking=True,
    )
    title = fields.Char(
        compute="_compute_title",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="Name of the post as printed; it is frozen with the text.",
    )
    number = fields.Char(copy=False, help="Number of the paper document, if any.")
    place = fields.Char(
        compute="_compute_place", store=True, readonly=False, precompute=True
    )
    section_ids = fields.One2many(
        "callcenter.job.description.section", "description_id", copy=True
    )
    requirement_ids = fields.One2many(
        "callcenter.job.requirement",
        "description_id",
        copy=True,
        help="What the holder of the post must know and be able to do, and the topic "
        "of the quizzes that prove it.",
    )
    acknowledgement_ids = fields.One2many(
        "callcenter.acknowledgement", "description_id", readonly=True
    )
    body_html = fields.Html(compute="_compute_body_html", string="Text")

    _version_unique = models.UniqueIndex(
        "(company_id, job_id, version) WHERE version > 0",
        "This version of the job description exists already.",
    )
    # Ranges of one integer stand for equality: no extension of PostgreSQL is needed.
    _one_in_force = models.Constraint(
        """EXCLUDE USING gist (
            int4range(job_id, job_id, '[]') WITH &&,
            int4range(company_id, company_id, '[]') WITH &&,
            daterange(date_from, CASE WHEN date_to IS NOT NULL
                THEN GREATEST(date_to + 1, date_from) END, '[)') WITH &&
        ) WHERE (state IN ('approved', 'superseded'))""",
        "Two versions of a job description cannot be in force on the same day.",
    )

    @api.depends("job_id")
    def _compute_title(self):
        for description in self:
            description.title = description.job_id.name or description.title

    @api.depends("company_id")
    def _compute_place(self):
        for description in self:
            # sudo: the address of the company is no secret of its own document
            description.place = description.company_id.sudo().city

    @api.depends_context("lang")
    @api.depends("title", "version")
    def _compute_display_name(self):
        for description in self:
            description.display_name = self.env._(
                "Job description: %(title)s, version %(version)s",
                title=description.title or "",
                version=description.version,
            )

    @api.depends(
        "title",
        "section_ids.name",
        "section_ids.sequence",
        "section_ids.clause_ids.text",
        "section_ids.clause_ids.sequence",
        "requirement_ids",
    )
    def _compute_body_html(self):
        for description in self:
            description.body_html = description._get_document_html()

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("title"):
                vals["title"] = plain_text(vals["title"])
        return super().create(vals_list)

    def action_compare(self):
        """Open the comparison with the version before this one."""
        self.check_access("read")
        self.ensure_one()
        return self.env["ir.actions.act_window"]._for_xml_id(
            "callcenter_ops.job_description_compare_action"
        ) | {"context": {"default_new_id": self.id}}

    def _get_paper_title(self):
        return self.title

    def _get_paper_kind(self):
        return ""

    def _get_signing_kind(self):
        return "job_description"

    def _get_series_domain(self):
        self.ensure_one()
        return Domain("job_id", "=", self.job_id.id) & Domain(
            "company_id", "=", self.company_id.id
        )

    def _get_previous_version(self):
        """The version that this one follows; empty for the first."""
        self.ensure_one()
        return self.search(
            self._get_series_domain() & Domain("version", "<", self.version),
            order="version desc",
            limit=1,
        )

    def _get_content(self):
        self.ensure_one()
        return {
            "kind": self._name,
            "title": self.title,
            "number": self.number or "",
            "version": self.version,
            "date_from": fields.Date.to_string(self.date_from),
            "sections": [section._get_content() for section in self.section_ids],
            "requirements": [
                [requirement.kind, requirement.name, requirement.topic_id.code]
                for requirement in self.requirement_ids
            ],
        }

    def _get_numbered_clauses(self):
        """``[(number, text)]`` of the whole text, headings of sections included."""
        self.ensure_one()
        rows = []
        for section in self.section_ids:
            rows.append((f"{section.number}.", section.name))
            rows += [(clause.number, clause.text) for clause in section.clause_ids]
        return rows

    def _render_body(self):
        self.ensure_one()
        return self.env["ir.qweb"]._render(
            "callcenter_ops.job_description_body", {"document": self}
        )

    def _get_concerned_employees(self):
        self.ensure_one()
        # sudo: the Director may not search versions of employees
        employees = self.env["hr.employee"].sudo()
        return employees.search(
            [
                ("callcenter_status", "=", "appointed"),
                ("job_id", "=", self.job_id.id),
                ("company_id", "=", self.company_id.id),
            ]
        )

    def _check_complete(self):
        empty = self.section_ids.filtered(lambda section: not section.clause_ids)
        if not self.section_ids or empty:
            raise UserError(
                self.env._(
                    "%(document)s has nothing to approve: give it sections, and each "
                    "section its clauses.",
                    document=self.display_name,
                )
            )
