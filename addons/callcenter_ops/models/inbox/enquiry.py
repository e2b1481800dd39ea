from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL, email_normalize
from odoo.tools.mail import email_split_tuples, html2plaintext, plaintext2html

from ...tools.calling.contact_kind import WRITTEN_CHANNELS
from ..calling.result_reader import ResultReader
from ..common.base import LETTER_LIMIT, LINE_LIMIT

# With one answer, or as scans of one letter.
FILE_LIMIT = 20


class Enquiry(models.Model):
    """A letter, mail, chat or fax of a client that waits for an answer.

    Operators take them one by one, the longest waiting first. The answer is a record
    among the client's calls, with a result like any other, written in the same
    transaction.
    """

    _name = "callcenter.enquiry"
    _description = "Letter or message of a client"
    _text_limits = {"body": LETTER_LIMIT}
    _inherit = [
        "callcenter.guarded.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "received_at, id"
    _mail_post_access = "read"
    _primary_email = "email_from"

    _guarded_fields = (
        "state",
        "user_id",
        "reserved_user_id",
        "employee_id",
        "taken_at",
        "answered_at",
        "is_late",
        "call_id",
        "message_ident",
    )
    # What the client sent, how and when: it is answered for by these.
    _settled_fields = (
        "name",
        "channel",
        "email_from",
        "sender",
        "body",
        "received_at",
    )
    _frozen_states = ("answered",)

    name = fields.Char(string="Subject", required=True, index="trigram")
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
    channel = fields.Selection(WRITTEN_CHANNELS, required=True, default="email")
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
    reserved_user_id = fields.Many2one(
        "res.users",
        string="Given to",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="He takes it first; from its deadline on anybody may.",
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

    reply_ids = fields.One2many(
        "callcenter.enquiry.reply", "enquiry_id", string="Replies", readonly=True
    )

    _message_unique = models.UniqueIndex(
        "(company_id, message_ident) WHERE message_ident IS NOT NULL",
        "This letter is registered already.",
    )
    _waiting_idx = models.Index("(company_id, received_at) WHERE state = 'new'")
    _deadline_idx = models.Index("(deadline_at) WHERE state IN ('new', 'taken')")
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
            record.deadline_at = record.received_at and (
                record.inbox_id.company_id._get_service_end(
                    record.received_at, record.inbox_id.answer_hours
                )
            )

    # --------------------------------------------------------------- incoming mail

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """An incoming mail becomes an enquiry; the same mail never becomes two."""
        self.check_access("create")
        ident = msg_dict.get("message_id") or False
        known = ident and self.search([("message_ident", "=", ident)], limit=1)
        if known:
            return known
        self._shorten(msg_dict)
        values = {
            "name": msg_dict.get("subject") or self._told_to().env._("No subject"),
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

    @api.model
    def _shorten(self, msg_dict):
        """A letter of any length arrives; what no person would read is cut off."""
        subject, body = msg_dict.get("subject") or "", msg_dict.get("body") or ""
        msg_dict["subject"] = subject[:LINE_LIMIT]
        if len(body) > LETTER_LIMIT:
            words = html2plaintext(body[:LETTER_LIMIT])
            msg_dict["body"] = plaintext2html(words[: LETTER_LIMIT // 10])

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

    # ---------------------------------------------------------- whose letter it is

    def _match_client(self):
        """Find the client by the address, else by the telephone number."""
        for record in self.filtered(lambda enquiry: not enquiry.partner_id):
            record.partner_id = record._find_client()

    def _get_client_key(self):
        """``(field, value)`` by which the sender is known; None without one."""
        address = email_normalize(self.email_from or self.sender or "")
        if address:
            return ("email_normalized", address)
        number = self._read_number()
        return ("phone_sanitized", number) if number else None

    def _find_client(self):
        # sudo: operators may not search the client base; one match is all they learn
        partners = self.env["res.partner"].sudo()
        key = self._get_client_key()
        if not key:
            return partners
        name, value = key
        domain = [
            (name, "=", value),
            ("company_id", "in", (False, self.company_id.id)),
            ("partner_share", "=", True),
        ]
        return partners.search(domain, order="parent_id desc, id", limit=1)

    def _read_number(self):
        number = self.sender and self._phone_format(number=self.sender)
        return number or False

    def _ensure_client(self, disposition, answer):
        """Whoever is answered or spoken to becomes a client, if he is none yet."""
        if self.partner_id or not (answer or disposition.is_contact):
            return
        key = self._get_client_key()
        if key:
            # Another letter of this sender may be answered at this very moment.
            locks = self.env["callcenter.key.lock"]
            locks._take(self.company_id, "client", key[1])
            self._match_client()
        if not self.partner_id:
            self.partner_id = self.env["res.partner"].create(self._prepare_client())

    def _prepare_client(self):
        written = self.email_from or self.sender or ""
        [(name, _address)] = email_split_tuples(written)[:1] or [("", "")]
        return {
            "name": name or self.sender or self.email_from or self.name,
            "email": email_normalize(written),
            "phone": self._read_number(),
            "company_id": self.company_id.id,
        }

    def _forget_letter(self):
        """Erase who wrote and what; the figures of the answer stay."""
        words = {"name": "—", "sender": False, "email_from": False, "body": False}
        self._in_transition().write(words)
        self.reply_ids.write({"answer": False, "file_names": False})
        self._forget_chatter()

    # ---------------------------------------------------- taking one after another

    def action_take_next(self):
        """Take the letter that waits longest; the one in hand comes back first.

        :return: a window with the letter, or a notice that none waits
        :raise UserError: the operator is not cleared, in words
        """
        employee = self._get_answerer()
        held = self.search(
            [("user_id", "=", self.env.uid), ("state", "=", "taken")], limit=1
        )
        if not held:
            self._check_looks(employee)
        enquiry = held or self._take_first(employee)
        return enquiry._get_window() if enquiry else self._get_empty_notice()

    def action_take(self):
        """Take a chosen letter that the user may read."""
        self.ensure_one()
        self.check_access("read")
        employee = self._get_answerer()
        self._check_no_other()
        self._check_looks(employee)
        # sudo: operators write no letters; this one gets the caller as its holder
        if not self.sudo()._hold(employee):
            raise UserError(self.env._("Another operator has just taken this letter."))
        return self._get_window()

    def action_put_back(self):
        """Give the letter back to the queue: its holder or a supervisor."""
        self.ensure_one()
        self.check_access("read")
        is_own = self.user_id == self.env.user
        if not is_own and not self.env.user.has_group(
            "callcenter_ops.group_supervisor"
        ):
            raise AccessError(
                self.env._("Only its holder or a supervisor puts a letter back.")
            )
        if self.state != "taken":
            raise UserError(self.env._("This letter is in nobody's hands."))
        # sudo: operators write no letters; the right to this one is checked above
        own = self.sudo()
        if is_own and not self.env.user.callcenter_sees_clients:
            own._note_look()
        own._free()
        return True

    def _note_look(self):
        """A letter put back was a look at its client, and counts as one."""
        if not self.partner_id:
            return
        searches = self.env["callcenter.client.search"]
        search = searches._note(self.employee_id, "letter", "sender", self.sender)
        if search.outcome != "refused":
            search._conclude(self.partner_id, 1)

    def _check_looks(self, employee):
        """Whoever has looked at too many clients takes no further letter."""
        # sudo: operators do not read the log of searches; their own are counted
        searches = self.env["callcenter.client.search"].sudo()
        if not self.env.user.callcenter_sees_clients and searches._is_spent(employee):
            raise UserError(self._get_spent_message())

    def _get_spent_message(self):
        return self.env._(
            "You have looked up too many clients: the limit is set by your supervisor. "
            "Try again later."
        )

    def _free(self):
        self._transition(
            {"state": "new", "user_id": False, "employee_id": False, "taken_at": False}
        )

    def _get_answerer(self):
        """Whoever may answer, as employee in superuser mode: an operator who is
        cleared, or a supervisor, who reads the clients anyway.

        :raise AccessError: anybody else
        """
        if self.env.user.has_group("callcenter_ops.group_operator"):
            # The desk knows who is an operator and speaks to him in superuser mode.
            employee = self.env["callcenter.desk"]._get_operator()
            self._check_cleared(employee)
            return employee
        self._check_role("callcenter_ops.group_supervisor")
        # sudo: personnel records are closed to supervisors, their own included
        employee = self.env.user.sudo().employee_id
        if not employee:
            raise AccessError(
                self.env._("Your user has no employee record: ask the HR department.")
            )
        return employee

    def _check_cleared(self, employee):
        today = employee.company_id._callcenter_today()
        blockers = employee._get_callcenter_blockers(today)[employee.id]
        if blockers:
            raise UserError("\n".join(blocker["message"] for blocker in blockers))

    def _check_no_other(self):
        if self.search_count([("user_id", "=", self.env.uid), ("state", "=", "taken")]):
            raise UserError(self.env._("Answer the letter in your hands first."))

    def _take_first(self, employee):
        """The first letter that no rival is taking at this moment."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id FROM callcenter_enquiry
                 WHERE company_id = %(company)s AND state = 'new'
                   AND (reserved_user_id = %(user)s
                        OR (reserved_user_id IS NULL OR deadline_at < %(now)s)
                           AND (department_id IS NULL
                                OR department_id = %(department)s))
                 ORDER BY (reserved_user_id = %(user)s) IS TRUE DESC, received_at, id
                 LIMIT 1 FOR UPDATE SKIP LOCKED
                """,
                company=employee.company_id.id,
                user=employee.user_id.id,
                department=employee.department_id.id or None,
                now=fields.Datetime.now(),
            )
        )
        if not rows:
            return self.browse()
        # sudo: the queue is closed to operators until a letter is theirs
        enquiry = self.sudo().browse(rows[0])
        enquiry._hold(employee)
        return enquiry.with_env(self.env)

    def _hold(self, employee):
        """Put the letter into the operator's hands; whether it was still free."""
        if not self.try_lock_for_update() or self.state != "new":
            return False
        self._transition(
            {
                "state": "taken",
                "user_id": employee.user_id.id,
                "reserved_user_id": False,
                "employee_id": employee.id,
                "taken_at": fields.Datetime.now(),
            }
        )
        # Somebody else's answer may have made a client of the sender meanwhile.
        self._match_client()
        self.flush_recordset()
        self.env["callcenter.client.grant"].invalidate_model()
        self.env["res.partner"].invalidate_model(["callcenter_grant_ids"])
        return True

    def _get_empty_notice(self):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": self.env._("No letter is waiting."),
                "type": "info",
                # The window of the answer has no letter to go on with.
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _get_window(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": "callcenter.enquiry",
            "res_id": self.id,
            "views": [(False, "form")],
        }

    # ------------------------------------- giving letters to an operator of choice

    def action_assign(self, operator_id=None):
        """Give the letters to an operator, be they in another's hands.

        :param int operator_id: an appointed operator of the user's departments; asked
            for without one
        :raise UserError: he is none, or a letter is answered
        """
        self.check_access("write")
        if not operator_id:
            return self._ask_operator()
        self._check_in_state("new", "taken")
        contacts = self.env["callcenter.campaign.contact"]
        operator = contacts._get_new_operator(operator_id)
        self.filtered(lambda one: one.state == "taken")._free()
        self._transition({"reserved_user_id": operator.user_id.id})
        self._tell_operator(operator.user_id)
        return True

    def _ask_operator(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Give to an operator"),
            "res_model": "callcenter.enquiry.assign",
            "view_mode": "form",
            "target": "new",
            "context": {"default_enquiry_ids": self.ids},
        }

    def _tell_operator(self, user):
        reader = self._told_to(user)
        user._bus_send(
            "simple_notification",
            {
                "type": "info",
                "title": reader.env._("Letters and messages"),
                "message": reader.env._(
                    "%(count)s letters are given to you: take the next one.",
                    count=len(self),
                ),
            },
        )

    # ------------------------------------------------------------------- answering

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

    def action_answer(self, disposition, values, answer="", attachment_ids=()):
        """Close the letter with a result; it joins the client's history.

        :param disposition: id or code
        :param values: as of ``callcenter.desk.finish_call``
        :param str answer: text for the client: sent to his address, or printed where
            he wrote on paper; empty = answered otherwise
        :param attachment_ids: files that the user may read, sent with it
        :return: the record of the history
        :raise UserError: a value is missing or wrong; nothing is saved or sent
        """
        self.ensure_one()
        self._check_holder()
        files = self._read_files(attachment_ids)
        # sudo: operators write neither letters nor calls; the holder is checked above
        own = self.sudo()
        reader = ResultReader(self.env, own)
        if reader.find_disposition(disposition).requires_callback:
            raise UserError(self.env._("Choose a result without a call-back time."))
        disposition, checked = reader.parse(disposition, values)
        own._ensure_client(disposition, answer)
        call = own.env["callcenter.call"].create(
            own._prepare_call(disposition, checked)
        )
        call._apply_outcome()
        own._close(call, answer, files)
        own._send_answer(answer, files)
        return call.with_env(self.env)

    def _read_files(self, attachment_ids):
        """``[(name, bytes)]`` of files that the user may read himself."""
        ids = list(attachment_ids or ())
        if len(ids) > FILE_LIMIT:
            raise UserError(
                self.env._("At most %(count)s files go with it.", count=FILE_LIMIT)
            )
        files = self.env["ir.attachment"].browse(ids)
        files.check_access("read")
        return [(one.name, one.raw or b"") for one in files]

    def _keep_scans(self, scans):
        """The paper as it came stands with the letter."""
        if scans:
            body = self._told_to().env._("Scan of the paper")
            self.message_post(body=body, attachments=scans)

    def _close(self, call, answer, files):
        """Answered: each answer keeps its words and its own mark of being in time."""
        now = fields.Datetime.now()
        words = {
            "answer": answer,
            "file_names": "\n".join(name for name, _content in files),
        }
        reply = self.reply_ids.create(self._prepare_reply(call, now) | words)
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

    def _send_answer(self, answer, files):
        """Send it to the address that the letter came from; on paper it is printed."""
        if not (answer or files):
            return
        is_mailed = bool(self.email_from)
        # sudo: who answers may not write the enquiry; he took it before
        self.sudo().message_post(
            body=answer,
            subject=self.name,
            message_type="comment",
            subtype_xmlid="mail.mt_comment" if is_mailed else "mail.mt_note",
            partner_ids=self.partner_id.ids if is_mailed else [],
            author_id=self.user_id.partner_id.id,
            attachments=files,
        )

    def action_print_answer(self):
        """The last answer on paper: a fax with its cover, a letter with its address."""
        self.ensure_one()
        self.check_access("read")
        reply = self.reply_ids.filtered("answer").sorted()[:1]
        if not reply:
            raise UserError(self.env._("There is no answer to print."))
        return self.env.ref("callcenter_ops.enquiry_reply_report").report_action(reply)
