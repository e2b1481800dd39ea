from odoo import api, fields, models

NOTICE_DAYS = 7
SHOWN_NAMES = 30


class QuizAnnouncement(models.TransientModel):
    """The day from which posts need a quiz, and whom that would stop."""

    _name = "callcenter.quiz.announcement"
    _description = "Announcement of a Quiz"

    quiz_id = fields.Many2one("callcenter.quiz", required=True, readonly=True)
    date_from = fields.Date(
        string="In force from",
        required=True,
        default=lambda self: fields.Date.add(
            self.env.company._callcenter_today(), days=NOTICE_DAYS
        ),
    )
    stopped_count = fields.Integer(
        compute="_compute_stopped", string="Would be stopped"
    )
    stopped = fields.Text(compute="_compute_stopped", string="Who has not passed it")

    @api.depends("quiz_id", "date_from")
    def _compute_stopped(self):
        for wizard in self:
            people = wizard.quiz_id._get_unproven(wizard.date_from)
            names = people.mapped("name")
            more = ["…"] if len(names) > SHOWN_NAMES else []
            wizard.stopped_count = len(names)
            wizard.stopped = ", ".join(names[:SHOWN_NAMES] + more)

    def action_announce(self):
        """Announce the quiz and tell everybody who has not passed it."""
        self.ensure_one()
        self.quiz_id.check_access("write")
        self.quiz_id._announce(self.date_from)
        return {"type": "ir.actions.act_window_close"}
