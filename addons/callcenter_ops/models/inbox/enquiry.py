from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.calling.contact_kind import CHANNELS

ENQUIRY_CHANNELS = [channel for channel in CHANNELS if channel[0] != "phone"]


class Enquiry(models.Model):
    """A letter, mail, chat or fax of a client that waits for an answer.

    Operators take them one by one. The answer is a record among the client's calls,
    with a result like any other, written in the same transaction.
    """

    _name = "callcenter.enquiry"
    _description = "Letter or message of a client"
    _inherit = [
        "callcenter.guarded.mixin",
        "callcenter.enquiry.chat",
        "callcenter.enquiry.client",
        "callcenter.enquiry.queue",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "received_at, id"
    _mail_post_access = "read"
    _primary_email = "email_from"

    _guarded_fields = (
        "state",
        "user_id",
        "employee_id",
        "taken_at",
        "answered_at",
        "is_late",
        "call_id",
        "message_ident",
    )

    name = fields.Char(string="Subject", required=True)
    inbox_id = fields.Many2one(
        "callcenter.inbox", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="inbox_id.company_id", store=True, index=True, readonly=True
    )
    department_id = fields.Many2one(
        related="inbox_id.department_id", store=True, index=True, readonly=True
    )
    campaign_id = fields.Many2one(related="inbox_id.campaign_id")
    channel = fields.Selection(ENQUIRY_CHANNELS, required=True, default="email")
    direction = fields.Selection(
        [("in", "Incoming")], compute="_compute_direction", string="Kind of contact"
    )
    partner_id = fields.Many2one(
        "res.partner", string="Client", index="btree_not_null", ondelete="restrict"
    )
    email_from = fields.Char(string="Sender's address")
    sender = fields.Char(help="Name or number as it was given.")
    body = fields.Html(string="Text", sanitize_attributes=True)
    message_ident = fields.Char(readonly=True, copy=False)
    received_at = fields.Datetime(
        string="Received", required=True, default=fields.Datetime.now, index=True
    )
    deadline_at = fields.Datetime(
        string="Answer by", compute="_compute_deadline_at", store=True
    )
    state = fields.Selection(
        [("new", "To answer"), ("taken", "In hand"), ("answered", "Answered")],
        required=True,
        default="new",
        readonly=True,
        copy=False,
        tracking=True,
    )
    user_id = fields.Many2one(
        "res.users", string="Answered by", readonly=True, copy=False, index=True
    )
    employee_id = fields.Many2one(
        "hr.employee", string="Operator", readonly=True, copy=False
    )
    taken_at = fields.Datetime(string="Taken", readonly=True, copy=False)
    answered_at = fields.Datetime(string="Answered", readonly=True, copy=False)
    is_late = fields.Boolean(string="Answered late", readonly=True, copy=False)
    call_id = fields.Many2one(
        "callcenter.call",
        string="Record in the history",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    reply_ids = fields.One2many("callcenter.enquiry.reply", "enquiry_id", readonly=True)

    _message_unique = models.UniqueIndex(
        "(company_id, message_ident) WHERE message_ident IS NOT NULL",
        "This letter is registered already.",
    )
    _waiting_idx = models.Index("(company_id, received_at) WHERE state = 'new'")
    _one_in_hand = models.UniqueIndex(
        "(user_id) WHERE state = 'taken'",
        "An operator answers one letter at a time.",
    )

    @api.depends("channel")
    def _compute_direction(self):
        self.direction = "in"

    @api.depends("received_at", "inbox_id.answer_hours")
    def _compute_deadline_at(self):
        for record in self:
            hours = timedelta(hours=record.inbox_id.answer_hours)
            record.deadline_at = record.received_at and record.received_at + hours

    # ------------------------------------------------------------ incoming mail

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """An incoming mail becomes an enquiry; the same mail never becomes two."""
        self.check_access("create")
        ident = msg_dict.get("message_id") or False
        known = ident and self.search([("message_ident", "=", ident)], limit=1)
        if known:
            return known
        values = {
            "name": msg_dict.get("subject") or self.env._("No subject"),
            "email_from": msg_dict.get("from"),
            "sender": msg_dict.get("from"),
            "body": msg_dict.get("body"),
            "channel": "email",
            "message_ident": ident,
            **(custom_values or {}),
        }
        enquiry = super(Enquiry, self._in_transition()).message_new(msg_dict, values)
        enquiry._match_client()
        return enquiry.with_env(self.env)

    def message_update(self, msg_dict, update_vals=None):
        """The client writes again: an answered letter waits for an answer anew.

        What was answered before stays among the letter's replies.
        """
        answered = self.filtered(lambda enquiry: enquiry.state == "answered")
        answered._transition(
            {
                "state": "new",
                "user_id": False,
                "employee_id": False,
                "taken_at": False,
                "answered_at": False,
                "is_late": False,
                "received_at": fields.Datetime.now(),
            }
        )
        return super().message_update(msg_dict, update_vals)

    # --------------------------------------------------------------- answering

    def action_ask_result(self):
        """Ask for the answer and its result."""
        self.ensure_one()
        self._check_holder()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Answer"),
            "res_model": "callcenter.enquiry.answer",
            "view_mode": "form",
            "target": "new",
            "context": {"default_enquiry_id": self.id},
        }

    def action_answer(self, disposition, values, answer=""):
        """Close the letter with a result; it joins the client's history.

        :param disposition: id or code
        :param values: as of ``callcenter.desk.finish_call``
        :param str answer: text that is sent to the client; empty = answered otherwise
        :return: the record of the history
        :raise UserError: a value is missing or wrong; nothing is saved or sent
        """
        self.ensure_one()
        self._check_holder()
        desk = self.env["callcenter.desk"]
        # sudo: operators write neither enquiries nor calls; the holder is checked
        own = self.sudo()
        disposition, checked = desk._read_result(own, disposition, values, 0)
        if disposition.requires_callback:
            raise UserError(self.env._("Choose a result without a call-back time."))
        own._ensure_client(disposition, answer)
        call = own.env["callcenter.call"].create(
            own._prepare_call(disposition, checked)
        )
        call._apply_outcome()
        own._close(call)
        own._send_answer(answer)
        return call.with_env(self.env)

    def _close(self, call):
        """Answered: each answer keeps its own mark of being in time."""
        now = fields.Datetime.now()
        reply = self.reply_ids.create(self._prepare_reply(call, now))
        self._transition(
            {
                "state": "answered",
                "answered_at": now,
                "is_late": reply.is_late,
                "call_id": call.id,
            }
        )

    def _prepare_reply(self, call, now):
        return {
            "enquiry_id": self.id,
            "call_id": call.id,
            "employee_id": self.employee_id.id,
            "user_id": self.user_id.id,
            "received_at": self.received_at,
            "deadline_at": self.deadline_at,
            "answered_at": now,
            "is_late": now > self.deadline_at,
        }

    def _check_holder(self):
        self.check_access("read")
        if self.state != "taken" or self.user_id != self.env.user:
            raise AccessError(
                self.env._("Only whoever has taken a letter answers it: take it first.")
            )

    def _prepare_call(self, disposition, checked):
        region = self.partner_id._get_call_region() if self.partner_id else {}
        return {
            "campaign_id": self.campaign_id.id,
            "partner_id": self.partner_id.id,
            "employee_id": self.employee_id.id,
            "user_id": self.user_id.id,
            "department_id": self.employee_id.department_id.id,
            "company_id": self.company_id.id,
            "direction": "in",
            "channel": self.channel,
            # Nobody dialled it; whoever writes "do not call" means this number.
            "phone": self.partner_id.phone_sanitized,
            "state_id": region.get("state_id"),
            "federal_district": region.get("federal_district"),
            "timezone": region.get("timezone"),
            "started_at": self.taken_at,
            "ended_at": fields.Datetime.now(),
            "attempt_no": 0,
            **self.env["callcenter.call"]._prepare_result(disposition, checked),
            "technical_status": False,
        }

    def _send_answer(self, answer):
        if answer:
            self.message_post(
                body=answer,
                subject=self.name,
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
                partner_ids=self.partner_id.ids,
                author_id=self.user_id.partner_id.id,
            )
