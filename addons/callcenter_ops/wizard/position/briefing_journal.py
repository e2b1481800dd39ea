from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.image import image_data_uri

_COLUMNS = (
    *("date", "name", "birth_year", "post", "department"),
    *("kind", "reason", "instruction"),
)


class BriefingJournal(models.TransientModel):
    """The journal of briefings of a period, as it is printed."""

    _name = "callcenter.briefing.journal"
    _inherit = ["callcenter.document.paper.mixin"]
    _description = "Journal of briefings"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    briefing_field = fields.Selection(
        [("labour_safety", "Labour safety"), ("fire_safety", "Fire safety")],
        string="Subject",
        help="Empty prints both.",
    )
    department_id = fields.Many2one("hr.department")
    date_from = fields.Date(required=True, default=lambda self: self._default_start())
    date_to = fields.Date(
        required=True, default=lambda self: self.env.company._callcenter_today()
    )

    @api.model
    def _default_start(self):
        return self.env.company._callcenter_today().replace(month=1, day=1)

    def action_print(self):
        """The journal as PDF: HR and Director, by the rights on the wizard."""
        self.check_access("read")
        self.ensure_one()
        if self.date_to < self.date_from:
            raise UserError(self.env._("The journal cannot end before it starts."))
        report = self.env.ref("callcenter_ops.briefing_journal_action_report")
        return report.report_action(self)

    def _get_lines(self):
        """Rows in the order of signing; only briefings that were held."""
        self.ensure_one()
        acknowledgements = self.env["callcenter.acknowledgement"].search(
            self._get_domain(), order="signed_on, id"
        )
        return [self._prepare_line(one) for one in acknowledgements]

    def _get_rows(self, lines):
        """The cells of each line, in the order of the columns."""
        return [
            [
                str(number),
                *(line[name] for name in _COLUMNS),
                ", ".join(filter(None, (line["instructor"], line["instructor_post"]))),
                "",  # signed by the instructor's hand
                line["signature"],
            ]
            for number, line in enumerate(lines, 1)
        ]

    def _get_domain(self):
        start, _end = self.company_id._callcenter_day_bounds(self.date_from)
        _start, end = self.company_id._callcenter_day_bounds(self.date_to)
        domain = (
            Domain("company_id", "=", self.company_id.id)
            & Domain("policy_id.kind", "=", "briefing")
            & Domain("signed_on", ">=", start)
            & Domain("signed_on", "<", end)
        )
        if self.briefing_field:
            domain &= Domain("policy_id.briefing_field", "=", self.briefing_field)
        if self.department_id:
            domain &= Domain("signed_department_id", "child_of", self.department_id.id)
        return domain

    def _prepare_line(self, acknowledgement):
        image = acknowledgement.signature_image
        # the customary columns hold the year of birth, which HR may print
        return acknowledgement._get_kept_words() | {
            "image": image and image_data_uri(image)
        }
