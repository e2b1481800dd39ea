from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools.figures.named_period import is_due

_READERS = ("callcenter_ops.group_supervisor", "callcenter_ops.group_director")
_KINDS = {"pdf": ("application/pdf", "make_pdf"), "xlsx": (None, "make_xlsx")}


class ReportSchedule(models.Model):
    """A saved view of the dashboard, sent as a file to people at their hours.

    Each gets the figures that he may see himself, in his language.
    """

    _name = "callcenter.report.schedule"
    _description = "Scheduled report"
    _order = "view_id, id"
    _rec_name = "view_id"

    view_id = fields.Many2one(
        "callcenter.dashboard.view",
        string="What",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="view_id.company_id", store=True, index=True)
    active = fields.Boolean(default=True)
    user_ids = fields.Many2many(
        "res.users",
        string="To whom",
        required=True,
        domain=lambda self: [("all_group_ids", "in", self._get_reader_groups())],
        help="Supervisors and Directors with an e-mail address.",
    )
    frequency = fields.Selection(
        [("day", "Every day"), ("week", "Every week"), ("month", "Every month")],
        string="How often",
        required=True,
        default="week",
    )
    weekday = fields.Selection(
        [
            ("0", "Monday"),
            ("1", "Tuesday"),
            ("2", "Wednesday"),
            ("3", "Thursday"),
            ("4", "Friday"),
            ("5", "Saturday"),
            ("6", "Sunday"),
        ],
        required=True,
        default="0",
    )
    month_day = fields.Integer(
        string="Day of the month",
        default=1,
        help="A shorter month sends on its last day.",
    )
    hour = fields.Integer(
        string="From the hour",
        default=7,
        help="By the clock of the call centre, 0 to 23.",
    )
    kind = fields.Selection(
        [("pdf", "PDF"), ("xlsx", "XLSX")], string="File", required=True, default="pdf"
    )
    last_sent_on = fields.Date(readonly=True, copy=False)

    _times = models.Constraint(
        "CHECK (hour BETWEEN 0 AND 23 AND month_day BETWEEN 1 AND 31)",
        "An hour is 0 to 23, a day of the month 1 to 31.",
    )

    @api.model
    def _get_reader_groups(self):
        return [self.env.ref(group).id for group in _READERS]

    @api.constrains("user_ids", "view_id")
    def _check_readers(self):
        for schedule in self:
            # sudo: only whether they may read the dashboard
            strangers = schedule.sudo().user_ids - schedule._get_readers()
            if strangers:
                raise ValidationError(
                    self.env._(
                        "The dashboard is not for %(names)s: supervisors and the "
                        "Director alone get its reports.",
                        names=", ".join(strangers.mapped("name")),
                    )
                )

    def action_send_now(self):
        """Send these reports at once."""
        self.check_access("write")
        for schedule in self:
            if not schedule._send():
                raise UserError(
                    self.env._("Nobody who gets this report has an e-mail address.")
                )

    @api.model
    def _cron_send(self):
        """Send what is due at this hour; each once a day."""
        schedules = self.search([("company_id", "!=", False)])
        for number, schedule in enumerate(schedules, 1):
            schedule._send_if_due()
            self.env["ir.cron"]._commit_progress(1, remaining=len(schedules) - number)

    def _send_if_due(self):
        now = self.company_id._callcenter_local(fields.Datetime.now())
        today = now.date()
        is_time = now.hour >= self.hour and self.last_sent_on != today
        if is_time and is_due(self.frequency, int(self.weekday), self.month_day, today):
            self._send()
            self.last_sent_on = today

    def _send(self):
        """One letter a reader, in the queue of outgoing mail; who left gets none."""
        readers = self._get_readers().filtered("email")
        # sudo: outgoing letters are written by the program
        mails = self.env["mail.mail"].sudo()
        return mails.create([self._prepare_letter(reader) for reader in readers])

    def _get_readers(self):
        """Those to whom it goes who may read the dashboard of its company today."""
        # sudo: who sends may not read users; each letter has its reader's rights
        schedule = self.sudo()
        company = schedule.company_id
        return schedule.user_ids.filtered(
            lambda one: _reads(one) and company in one.company_ids
        )

    def _prepare_letter(self, reader):
        paper = self.view_id._get_paper(reader)
        mimetype, method = _KINDS[self.kind]
        file = {"name": f"{paper.title}.{self.kind}", "raw": getattr(paper, method)()}
        if mimetype:
            file["mimetype"] = mimetype
        title = f"{self.view_id.name}: {paper.title}"
        url = f"{self.get_base_url()}/odoo/calls-dashboard"
        body = paper.env["ir.qweb"]._render(
            "callcenter_ops.schedule_mail", {"title": title, "paper": paper, "url": url}
        )
        return {
            "subject": title,
            "body_html": body,
            "recipient_ids": [(6, 0, reader.partner_id.ids)],
            "attachment_ids": [(0, 0, {**file, "res_model": "mail.message"})],
            "auto_delete": True,
        }


def _reads(user):
    return user.active and any(user.has_group(group) for group in _READERS)
