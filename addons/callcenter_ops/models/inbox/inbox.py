from ast import literal_eval

from odoo import api, fields, models

from ...tools.calling.kpi import KPIS


class Inbox(models.Model):
    """An address that clients write to; each letter becomes an enquiry."""

    _name = "callcenter.inbox"
    _description = "Inbox of the contact centre"
    _inherit = ["mail.alias.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    alias_id = fields.Many2one(
        help="Mail to this address becomes an enquiry of the inbox."
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    department_id = fields.Many2one(
        "hr.department",
        index="btree_not_null",
        help="Whose supervisors lead it and whose operators answer. Empty = all.",
    )
    campaign_id = fields.Many2one(
        "callcenter.campaign",
        string="Counts for the campaign",
        domain=[("purpose", "=", "inbound")],
        help="Where leads and figures of the answers belong.",
    )
    answer_hours = fields.Float(
        string="Answer within, hours",
        default=8,
        required=True,
        help="Hours of service: nights, weekends and holidays do not count.",
    )
    enquiry_ids = fields.One2many("callcenter.enquiry", "inbox_id")
    waiting_count = fields.Integer(string="To answer", compute="_compute_figures")
    overdue_count = fields.Integer(string="Overdue", compute="_compute_figures")
    in_time_share = fields.Float(
        string="Answered in time",
        compute="_compute_figures",
        help="Answered before the deadline / answered and overdue",
    )

    _hours = models.Constraint(
        "CHECK (answer_hours > 0)", "The time for an answer must be positive."
    )

    def _alias_get_creation_values(self):
        values = super()._alias_get_creation_values()
        values["alias_model_id"] = self.env["ir.model"]._get_id("callcenter.enquiry")
        if self.id:
            defaults = literal_eval(self.alias_defaults or "{}")
            values["alias_defaults"] = defaults | {"inbox_id": self.id}
        return values

    @api.depends(
        "enquiry_ids.state", "enquiry_ids.deadline_at", "enquiry_ids.reply_ids.is_late"
    )
    def _compute_figures(self):
        """A letter answered, reopened and answered again counts as two answers."""
        waiting = [("inbox_id", "in", self.ids), ("state", "!=", "answered")]
        late = [*waiting, ("deadline_at", "<", fields.Datetime.now())]
        done = [("inbox_id", "in", self.ids)]
        enquiries = self.env["callcenter.enquiry"]
        replies = self.env["callcenter.enquiry.reply"]
        open_of = self._count_by_inbox(enquiries, waiting)
        late_of = self._count_by_inbox(enquiries, late)
        done_of = self._count_by_inbox(replies, done)
        in_time = [*done, ("is_late", "=", False)]
        in_time_of = self._count_by_inbox(replies, in_time)
        for record in self:
            record.waiting_count = open_of.get(record.id, 0)
            record.overdue_count = late_of.get(record.id, 0)
            totals = {
                "answered_in_time": in_time_of.get(record.id, 0),
                "answered": done_of.get(record.id, 0),
                "overdue": record.overdue_count,
            }
            record.in_time_share = KPIS["answered_in_time"].value(totals) or 0

    @api.model
    def _count_by_inbox(self, records, domain):
        groups = records._read_group(domain, ["inbox_id"], ["__count"])
        return {inbox.id: count for inbox, count in groups}

    def action_open_enquiries(self):
        """The letters and messages of the inbox, those to answer first."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "callcenter_ops.enquiry_action"
        )
        return action | {"domain": [("inbox_id", "in", self.ids)]}
