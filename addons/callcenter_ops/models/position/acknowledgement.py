from collections import defaultdict
from datetime import timedelta

from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.http import request

from ...tools.common.date_words import date_in_digits
from ...tools.personnel.name_cases import is_name_of
from ..common.signed_paper_mixin import PAPER_FIELDS
from .acknowledgement_guard import get_trigger_sql
from .acknowledgement_paper import AcknowledgementPaper

_GROUP_HR = "callcenter_ops.group_hr"
_BATCH = 200
_TODO = "mail.mail_activity_data_todo"


class Acknowledgement(models.Model):
    """One employee's signature under one version of one document.

    Made by the system alone. Signed by the employee himself, or closed by HR with
    a refusal before two witnesses. What is finished is never changed or deleted:
    the guard refuses it here and a trigger in the database (acknowledgement_guard).

    ``reminder`` keeps how far the insisting has gone (told, mailed, escalated), so that
    a run after a crash goes on where the last batch was committed, and nobody is told
    twice. Who has no user account cannot be told here: his supervisor is told in his
    place at the first step and at the last one.
    """

    _name = "callcenter.acknowledgement"
    _inherit = [
        "callcenter.signed.paper.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Acknowledgement"
    _order = "due_date, id"
    _rec_name = "document_name"

    _guarded_fields = ("state", *PAPER_FIELDS)
    _frozen_states = ("signed", "refused", "expired")
    _frozen_exempt_fields = ("user_id",)

    employee_id = fields.Many2one(
        "hr.employee", required=True, readonly=True, ondelete="restrict", index=True
    )
    user_id = fields.Many2one(
        related="employee_id.user_id",
        store=True,
        index=True,
        compute_sudo=True,
        related_sudo=True,
    )
    department_id = fields.Many2one(
        related="employee_id.department_id",
        store=True,
        index=True,
        related_sudo=True,
    )
    job_id = fields.Many2one("hr.job", string="Post", readonly=True)
    signed_department_id = fields.Many2one(
        "hr.department",
        string="Department at the signature",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    description_id = fields.Many2one(
        "callcenter.job.description",
        string="Job description",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    policy_id = fields.Many2one(
        "callcenter.policy",
        string="Local act or briefing",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    order_id = fields.Many2one(
        "callcenter.personnel.order",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    document_name = fields.Char(string="Document", required=True, readonly=True)
    document_html = fields.Html(
        compute="_compute_document_html", string="Text of the document"
    )
    state = fields.Selection(
        [
            ("pending", "To acknowledge"),
            ("signed", "Signed"),
            ("refused", "Refused"),
            ("expired", "Expired"),
        ],
        default="pending",
        required=True,
        readonly=True,
        index=True,
        help="Expired: the signature's validity has passed, or the request lapsed "
        "because the document was superseded or the employee dismissed.",
    )
    requested_on = fields.Date(required=True, readonly=True)
    due_date = fields.Date(required=True, readonly=True, index=True)
    signed_on = fields.Datetime(readonly=True)
    signed_by_id = fields.Many2one("res.users", readonly=True)
    signed_way = fields.Selection(
        [
            ("paper", "On paper"),
            ("click", "By click"),
            ("electronic", "By electronic signature"),
            ("link", "By the candidate's own link"),
        ],
        string="How it was signed",
        readonly=True,
    )
    signing_way = fields.Selection(
        selection=lambda self: (
            self.env["callcenter.signing.rule"]
            ._fields["way"]
            ._description_selection(self.env)
        ),
        string="How it is signed",
        compute="_compute_signing_way",
        help="By the rules in force today for this kind of paper.",
    )
    read_on = fields.Datetime(
        readonly=True,
        help="The employee has read it here; the sheet on paper is still to be signed.",
    )
    signature = fields.Char(
        string="Signed as", readonly=True, help="The name as the signer typed it."
    )
    signature_image = fields.Binary(
        string="Drawn signature", readonly=True, attachment=False
    )
    content_hash = fields.Char(string="Hash of what was shown (SHA-256)", readonly=True)
    ip_address = fields.Char(string="IP address", readonly=True)
    expires_on = fields.Date(
        readonly=True,
        index="btree_not_null",
        help="Last day on which the signature is valid; empty if it does not expire.",
    )
    reminder = fields.Selection(
        [
            ("none", "Not told"),
            ("told", "Told"),
            ("mailed", "Reminded by mail"),
            ("escalated", "Escalated"),
        ],
        default="none",
        required=True,
        readonly=True,
        help="How far the insisting on an open request has gone.",
    )
    refused_on = fields.Date(readonly=True)
    refusal_reason = fields.Char(readonly=True)
    witness_id = fields.Many2one("hr.employee", readonly=True)
    second_witness_id = fields.Many2one("hr.employee", readonly=True)
    is_overdue = fields.Boolean(
        compute="_compute_is_overdue", search="_search_is_overdue"
    )
    is_mine = fields.Boolean(compute="_compute_is_mine", compute_sudo=True)

    _one_document = models.Constraint(
        "CHECK (num_nonnulls(description_id, policy_id, order_id) = 1)",
        "An acknowledgement is about exactly one document.",
    )
    _signed_is_complete = models.Constraint(
        "CHECK (state <> 'signed' "
        "OR num_nulls(signed_on, signature, content_hash) = 0)",
        "A signed acknowledgement keeps the time, the signature and the hash.",
    )
    _live_description_unique = models.UniqueIndex(
        "(employee_id, description_id, state) WHERE state IN ('pending', 'signed')"
        " AND description_id IS NOT NULL",
        "This employee has an acknowledgement of this version already.",
    )
    _live_policy_unique = models.UniqueIndex(
        "(employee_id, policy_id, state) WHERE state IN ('pending', 'signed')"
        " AND policy_id IS NOT NULL",
        "This employee has an acknowledgement of this version already.",
    )
    _live_order_unique = models.UniqueIndex(
        "(employee_id, order_id, state) WHERE state IN ('pending', 'signed')"
        " AND order_id IS NOT NULL",
        "This employee has an acknowledgement of this order already.",
    )
    _pending_due = models.Index("(company_id, due_date) WHERE state = 'pending'")

    def init(self):
        self.env.cr.execute(get_trigger_sql())

    def _get_paper_words(self):
        return AcknowledgementPaper(self).get_texts()

    @api.depends(lambda self: self._get_document_fields())
    def _compute_document_html(self):
        self._origin.check_access("read")
        for acknowledgement in self:
            # sudo: who may read the acknowledgement may read what it is about
            document = acknowledgement.sudo()._get_document()
            acknowledgement.document_html = (
                document._get_document_html() if document else False
            )

    @api.depends(lambda self: self._get_document_fields())
    def _compute_signing_way(self):
        for acknowledgement in self:
            # sudo: who may read the acknowledgement may read what it is about
            record = acknowledgement.sudo()
            acknowledgement.signing_way = (
                record._get_document() and record._get_signing_way()
            )

    @api.depends("state", "due_date")
    def _compute_is_overdue(self):
        for acknowledgement in self:
            # sudo: the company's clock is no secret
            today = acknowledgement.company_id.sudo()._callcenter_today()
            acknowledgement.is_overdue = (
                acknowledgement.state == "pending" and acknowledgement.due_date < today
            )

    @api.model
    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        overdue = Domain("state", "=", "pending") & Domain(
            "due_date", "<", self.env.company._callcenter_today()
        )
        return Domain.OR(overdue if wanted else ~overdue for wanted in value)

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for acknowledgement in self:
            acknowledgement.is_mine = acknowledgement.user_id == self.env.user

    # -- buttons --

    def action_open(self):
        """Open the document in full with the place to sign."""
        self.check_access("read")
        self.ensure_one()
        return self._get_signing_action()

    def action_acknowledge(self, signature=None, image=None, shown_hash=None):
        """Sign: the employee himself, once.

        A paper that the law wants on paper is only noted as read: it waits for the
        signed sheet.

        :param signature: the name as typed, his own; the employee's name when empty
        :param image: drawn signature, base64 PNG, optional
        :param shown_hash: hash of the text that was on the screen; signing another
            text is refused
        :raise AccessError: somebody else's acknowledgement
        :raise UserError: finished already, or the text is not the one shown
        """
        self.check_access("read")
        for acknowledgement in self:
            acknowledgement._check_is_own()
            # sudo: signers have no write access; only the checked method writes
            acknowledgement.sudo()._sign(signature, image, shown_hash)
        return True

    def action_register_paper(self):
        """Open the form that registers signed sheets: HR only."""
        self._check_role(_GROUP_HR)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Register signed sheets"),
            "res_model": "callcenter.acknowledgement.paper",
            "views": [[False, "form"]],
            "target": "new",
            "context": {"default_acknowledgement_ids": self.ids},
        }

    def action_register_refusal(self):
        """Open the form of refusal: HR only."""
        self._check_role(_GROUP_HR)
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Refusal to sign"),
            "res_model": "callcenter.acknowledgement.refuse",
            "views": [[False, "form"]],
            "target": "new",
            "context": {"default_acknowledgement_id": self.id},
        }

    def action_ask_again(self):
        """A new request after a refusal or an expiry: HR only."""
        self._check_role(_GROUP_HR)
        for acknowledgement in self:
            # sudo: HR, checked above, may not create acknowledgements by hand
            record = acknowledgement.sudo()
            if record.state not in ("refused", "expired"):
                raise UserError(
                    self.env._(
                        "%(document)s is signed or asked for already.",
                        document=record.document_name,
                    )
                )
            record._check_still_needed()
            record._request(record._get_document(), record.employee_id, renew=True)
        return True

    # -- the document --

    @api.model
    def _get_document_fields(self):
        """The fields that point at what is signed, one for each kind of document.

        What stands behind them answers ``_get_content_hash``, ``_get_document_html``,
        ``_get_acknowledgement_start`` and ``_blocks_clearance``, and names its field
        in ``_acknowledgement_field``.
        """
        return ("description_id", "policy_id", "order_id")

    def _get_document(self):
        """The one document that is signed here, of whatever model; None for none."""
        self.ensure_one()
        names = self._get_document_fields()
        return next((self[name] for name in names if self[name]), None)

    def _is_valid(self, on_date):
        """Whether a signature stands that covers the day."""
        self.ensure_one()
        return (
            bool(self.signed_on)
            and (not self.expires_on or on_date <= self.expires_on)
            and not self._is_of_former_employment()
        )

    def _is_open(self):
        """Asked and not signed, be it refused in this employment."""
        self.ensure_one()
        if self.state == "refused":
            return not self._is_of_former_employment()
        return self.state == "pending"

    def _is_of_former_employment(self):
        """Answered before the person left: who comes back is asked anew."""
        # sudo: the day of leaving is HR's, that the answer is stale everybody's
        left_on = self.sudo().employee_id.callcenter_left_on
        answered = self.refused_on
        if self.signed_on:
            answered = self.company_id._callcenter_local(self.signed_on).date()
        return bool(left_on and answered and answered <= left_on)

    @api.model
    def _get_about_domain(self, documents):
        """Acknowledgements of any of these documents, of whatever kind."""
        ids = defaultdict(list)
        for document in documents:
            ids[document._acknowledgement_field].append(document.id)
        return Domain.OR(Domain(name, "in", ids[name]) for name in ids)

    def _get_same_document_domain(self):
        document = self._get_document()
        return Domain("employee_id", "=", self.employee_id.id) & Domain(
            document._acknowledgement_field, "=", document.id
        )

    def _get_signing_action(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Read and sign"),
            "res_model": "callcenter.acknowledgement.sign",
            "views": [[False, "form"]],
            "target": "new",
            "context": {"default_acknowledgement_id": self.id, "dialog_size": "large"},
        }

    # -- requests: who is asked to sign what, and when he is asked again --

    @api.model
    def _cron_daily(self):
        """Close what is over, expire signatures, ask for what is missing."""
        self.env["callcenter.job.description"]._cron_supersede()
        self.env["callcenter.policy"]._cron_supersede()
        for company, today in self.env["res.company"]._callcenter_todays():
            self._expire_signatures(company, today)
            self._request_missing(company, today)
            self._renew_expiring(company, today)

    @api.model
    def _expire_signatures(self, company, today):
        """Signatures whose last valid day has passed become expired."""
        over = self.search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "signed"),
                ("expires_on", "<", today),
            ]
        )
        over._transition({"state": "expired"})
        return over

    @api.model
    def _request_missing(self, company, today):
        """Ask the appointed for required documents that nobody asked them for:
        after a transfer, an expiry or an import."""
        employees = self.env["hr.employee"].search(
            [("callcenter_status", "=", "appointed"), ("company_id", "=", company.id)]
        )
        employees._request_missing_documents(today)

    @api.model
    def _renew_expiring(self, company, today):
        """Ask again, in good time, for signatures about to expire."""
        horizon = today + relativedelta(days=company.callcenter_renewal_days)
        expiring = self.search(
            Domain("company_id", "=", company.id)
            & Domain("state", "=", "signed")
            & Domain("expires_on", ">=", today)
            & Domain("expires_on", "<=", horizon)
            & Domain("employee_id.callcenter_status", "=", "appointed")
        )
        for policy, acknowledgements in expiring.grouped("policy_id").items():
            if policy._is_in_force(today):
                self._request(policy, acknowledgements.employee_id, renew=True)

    @api.model
    def _request(self, document, employees, renew=False):
        """Ask employees to acknowledge a document; who is asked or has answered is
        left alone.

        :param document: record of a model with ``callcenter.document.mixin``
        :param renew: ask also those whose signature or refusal stands
        :return: the new acknowledgements
        """
        answered = ["pending"] if renew else ["pending", "signed", "refused"]
        # sudo: nobody may create acknowledgements, the program makes what is due
        model = self.sudo()._in_transition()
        known = model.search_fetch(
            [
                (document._acknowledgement_field, "=", document.id),
                ("employee_id", "in", employees.ids),
                ("state", "in", answered),
            ],
            ["employee_id", "signed_on", "refused_on"],
        )
        known = known.filtered(lambda one: not one._is_of_former_employment())
        known = known.employee_id
        return model.with_context(
            mail_create_nosubscribe=True, mail_create_nolog=True, tracking_disable=True
        ).create(self._prepare_requests(document, employees - known))

    def _check_still_needed(self):
        """Refuse to ask who has left, or for a text that is no longer in force."""
        self.ensure_one()
        today = self.company_id._callcenter_today()
        document = self.description_id or self.policy_id
        if self.employee_id.callcenter_status != "appointed":
            raise UserError(
                self.env._("%(name)s is not appointed.", name=self.employee_id.name)
            )
        if document and document.date_to and document.date_to < today:
            raise UserError(
                self.env._(
                    "%(document)s is superseded: its new version is asked for.",
                    document=document.display_name,
                )
            )

    @api.model
    def _get_answer_domain(self, on_date):
        """What counts on that day; signatures that have run out pile up for years."""
        valid = Domain("expires_on", "=", False) | Domain("expires_on", ">=", on_date)
        return Domain("state", "in", ("pending", "refused")) | (
            Domain("signed_on", "!=", False) & valid
        )

    @api.model
    def _get_document_name(self, document):
        """How the document is called in the register, whoever's request it was."""
        lang = self.env["res.lang"]._get_callcenter_paper_lang()
        return document.with_context(lang=lang).display_name

    @api.model
    def _prepare_requests(self, document, employees):
        company = document.company_id
        today = company._callcenter_today()
        due_date = max(today, document._get_acknowledgement_start()) + timedelta(
            days=company.callcenter_acknowledgement_days
        )
        shared = {
            document._acknowledgement_field: document.id,
            "document_name": self._get_document_name(document),
            "company_id": company.id,
            "requested_on": today,
            "due_date": due_date,
        }
        return [
            shared | {"employee_id": employee.id, "job_id": employee.job_id.id}
            for employee in employees
        ]

    # -- closing: a request is signed, refused or lapses --

    def action_verify(self):
        """Tell whether the text that was signed still stands word for word.

        :return: a notification: ``success``, or ``danger`` for a changed text
        :raise UserError: not signed, so there is no hash to compare with
        """
        self.check_access("read")
        self.ensure_one()
        # sudo: who may read the acknowledgement may read what it is about
        record = self.sudo()
        if not record.content_hash:
            raise UserError(
                self.env._("Nothing was signed here: there is no text to verify.")
            )
        notify = self.env["callcenter.document.mixin"]._get_notification
        if record._verify_signature():
            return notify(self.env._("The text is the one that was signed."), "success")
        return notify(
            self.env._(
                "The text of %(document)s is not the one that %(employee)s signed.",
                document=record.document_name,
                employee=record.employee_id.name,
            ),
            "danger",
        )

    def _verify_signature(self):
        document = self._get_document()
        return (
            document._get_content_hash() == self.content_hash
            and document._verify_paper()
            and self._verify_paper()
        )

    def _get_signing_way(self):
        """``paper``, ``click`` or ``electronic`` by the rules in force today."""
        company = self.company_id
        return self.env["callcenter.signing.rule"]._get_way(
            self._get_document()._get_signing_kind(),
            company,
            company._callcenter_today(),
        )

    def _sign(self, signature, image, shown_hash, by_link=False):
        self.ensure_one()
        self.lock_for_update()
        self._check_is_pending()
        self._check_own_name(signature)
        content_hash = self._check_shown_text(shown_hash)
        way = self._get_signing_way()
        if way == "paper":
            self._note_read()
        else:
            values = {
                "signed_way": "link" if by_link else way,
                "signature": (signature or "").strip() or self.employee_id.name,
                "signature_image": image,
                "content_hash": content_hash,
                "ip_address": request.httprequest.remote_addr if request else False,
            }
            self._close_signed(fields.Datetime.now(), values)
            self._log_quietly(self._told_to().env._("Signed by the employee."))

    def _check_own_name(self, signature):
        name = self.employee_id.name
        if (signature or "").strip() and not is_name_of(signature, name):
            raise UserError(
                self.env._(
                    "Sign with your own name: %(name)s, or surname and initials.",
                    name=name,
                )
            )

    def _check_shown_text(self, shown_hash):
        """The hash of the text as it is; refuses when another one was shown."""
        current_hash = self._get_document()._get_content_hash()
        if shown_hash and shown_hash != current_hash:
            raise UserError(
                self.env._(
                    "The text has changed since it was opened: read it again and "
                    "then sign."
                )
            )
        return current_hash

    def _note_read(self):
        """The click under a paper that is signed on paper alone."""
        if not self.read_on:
            self._transition({"read_on": fields.Datetime.now()})
            self._log_quietly(
                self._told_to().env._(
                    "Read by the employee; the sheet is to be signed."
                )
            )

    def _register_paper(self, day):
        """Clear the request by the date of the signed sheet (HR).

        :param date day: of the signature, in the company's time zone
        :raise UserError: closed already, an order, or an impossible day
        """
        self._check_role(_GROUP_HR)
        for acknowledgement in self.sudo():  # sudo: HR may not write them by hand
            acknowledgement.lock_for_update()
            acknowledgement._check_paper_day(day)
            acknowledgement._sign_on_paper(day)

    def _check_paper_day(self, day):
        if self.order_id:
            raise UserError(
                self.env._(
                    "%(document)s: register the paper on the order itself.",
                    document=self.document_name,
                )
            )
        today = self.company_id._callcenter_today()
        if not self.requested_on <= day <= today:
            raise UserError(
                self.env._(
                    "%(document)s was signed between the request, %(start)s, and "
                    "today, %(end)s.",
                    document=self.document_name,
                    start=date_in_digits(self.requested_on),
                    end=date_in_digits(today),
                )
            )

    def _sign_on_paper(self, day):
        """Close the request with the signature that HR registered from paper.

        :param date day: of the signature, in the company's time zone
        """
        self.ensure_one()
        self._check_is_pending()
        start, _end = self.company_id._callcenter_day_bounds(day)
        values = {
            "signed_way": "paper",
            "signature": self._get_paper_signature(),
            "content_hash": self._get_document()._get_content_hash(),
        }
        self._close_signed(start, values)
        self._log_quietly(self._told_to().env._("Signed on paper; registered by HR."))

    def _close_signed(self, moment, values):
        """:param values: the way, the signature, the hash of the text"""
        day = self.company_id._callcenter_local(moment).date()
        self._retire_previous_signature()
        self._transition(
            {
                "state": "signed",
                "signed_department_id": self.department_id.id,
                "signed_on": moment,
                "signed_by_id": self.env.uid,
                "expires_on": self._get_expiry(day),
                **values,
            }
        )
        self._keep_paper()
        self.activity_unlink([_TODO])

    def _get_paper_signature(self):
        lang = self.env["res.lang"]._get_callcenter_paper_lang()
        return self.with_context(lang=lang).env._("signed on paper")

    def _refuse(self, day, reason, witnesses):
        """Close the request with a refusal before two witnesses.

        :param day: date of the refusal
        :param witnesses: two employees, the signer not among them
        """
        self.ensure_one()
        self.lock_for_update()
        self._check_is_pending()
        witnesses._check_callcenter_witnesses(self.employee_id)
        if not self.requested_on <= day <= self.company_id._callcenter_today():
            raise UserError(
                self.env._("The refusal cannot be before the request or after today.")
            )
        self._transition(
            {
                "state": "refused",
                "signed_department_id": self.department_id.id,
                "refused_on": day,
                "refusal_reason": reason,
                "witness_id": witnesses[0].id,
                "second_witness_id": witnesses[1].id,
            }
        )
        self._keep_paper()
        self.activity_unlink([_TODO])
        self._log_quietly(self._told_to().env._("The employee refused to sign."))

    def _lapse(self):
        """Close open requests that nobody needs to sign any more."""
        self._transition({"state": "expired"})
        self.activity_unlink([_TODO])

    def _retire_previous_signature(self):
        """A renewed signature ends the one before it."""
        previous = self.search(
            self._get_same_document_domain() & Domain("state", "=", "signed")
        )
        previous._transition({"state": "expired"})
        previous.flush_recordset()

    def _get_expiry(self, signed_day):
        months = self.policy_id.validity_months
        return months and signed_day + relativedelta(months=months)

    def _check_is_own(self):
        # sudo: the employee's user decides, not what the signer may read
        record = self.sudo()
        if record.employee_id.user_id != self.env.user:
            raise AccessError(
                self.env._(
                    "Nobody signs for another: %(document)s waits for %(employee)s.",
                    document=record.document_name,
                    employee=record.employee_id.name,
                )
            )

    def _check_is_pending(self):
        if self.state != "pending":
            raise UserError(
                self.env._(
                    "%(document)s is closed already and cannot be signed or refused.",
                    document=self.document_name,
                )
            )

    # -- reminders: an activity, a mail, the supervisor --

    @api.model
    def _cron_remind(self):
        """Tell the asked, remind the late, escalate what stays unsigned."""
        for company, today in self.env["res.company"]._callcenter_todays():
            late = today - timedelta(days=company.callcenter_escalation_days)
            own = Domain("company_id", "=", company.id)
            asked, told, mailed = (
                own & self._get_step_domain(step) for step in ("none", "told", "mailed")
            )
            has_user = Domain("user_id", "!=", False)
            is_late = Domain("due_date", "<", late)
            is_over = Domain("due_date", "<", today)
            take = self._take_step
            take(asked & has_user, lambda batch: batch._tell_employee())
            take(asked & ~has_user, lambda batch: batch._tell_supervisor())
            take(told & has_user & is_over, lambda batch: batch._mail_employee())
            unheard = mailed | (told & ~has_user)
            take(unheard & is_late, lambda batch: batch._escalate())

    @api.model
    def _get_step_domain(self, step):
        return Domain("state", "=", "pending") & Domain("reminder", "=", step)

    @api.model
    def _take_step(self, domain, step):
        """Take ``step`` with all of ``domain``, a batch and a commit at a time."""
        while batch := self.search(domain, limit=_BATCH):
            step(batch)
            if not self._commit_batch(len(batch)):
                break

    @api.model
    def _commit_batch(self, processed):
        """Commit inside a cron run; elsewhere the caller owns the transaction."""
        if not self.env.context.get("ir_cron_progress_id"):
            return True
        return self.env["ir.cron"]._commit_progress(processed)

    def _tell_employee(self):
        """An activity for each, due on the last day to sign, in his language."""
        self._create_activities(
            [
                (
                    record,
                    record.user_id,
                    record.due_date,
                    record._in_language_of(record.user_id).env._("Read and sign"),
                )
                for record in self
            ]
        )
        self.reminder = "told"

    def _tell_supervisor(self):
        """An activity for the supervisor of each who has no account to be told in."""
        for company, records in self.grouped("company_id").items():
            today = company._callcenter_today()
            records._tell_supervisors(
                today,
                lambda record: record.due_date,
                lambda record, user: record._describe_errand(user),
            )
        self.reminder = "told"

    def _mail_employee(self):
        template = self.env.ref("callcenter_ops.mail_template_acknowledgement_late")
        template.send_mail_batch(self.ids)
        self.reminder = "mailed"

    def _escalate(self):
        """An activity for whoever heads the employee's department today."""
        for company, records in self.grouped("company_id").items():
            today = company._callcenter_today()
            records._tell_supervisors(
                today,
                lambda record: record.company_id._callcenter_today(),
                lambda record, user: record._describe_delay(user),
            )
        self.reminder = "escalated"

    def _tell_supervisors(self, today, get_deadline, describe):
        """An activity for whoever answers for each employee today.

        :param get_deadline: called with a record, gives the date
        :param describe: called with a record and the user told, gives the summary
        """
        heads = self._get_supervisors(today)
        told = self.filtered(lambda record: heads[record.id].user_id)
        self._create_activities(
            [
                (
                    one,
                    user := heads[one.id].user_id,
                    get_deadline(one),
                    describe(one, user),
                )
                for one in told
            ]
        )
        for record in self - told:
            record._log_quietly(
                record._told_to().env._("Nobody heads the department to be told.")
            )

    def _describe_errand(self, user):
        return self._in_language_of(user).env._(
            "%(employee)s has no user account; have it signed: %(document)s",
            employee=self.employee_id.name,
            document=self.document_name,
        )

    def _describe_delay(self, user):
        return self._in_language_of(user).env._(
            "%(employee)s has not signed: %(document)s",
            employee=self.employee_id.name,
            document=self.document_name,
        )

    def _in_language_of(self, user):
        return self._told_to(user)

    def _get_supervisors(self, on_date):
        """Who answers for the employee of each record on that day.

        The head of his department, or of the nearest one above that he does not
        head himself; without one his manager, or who stands in for that manager.

        :return: ``{acknowledgement id: hr.employee, empty when there is nobody}``
        """
        departments = self.env["hr.department"].search(
            [("id", "parent_of", self.department_id.ids)]
        )
        heads = departments._get_acting_managers(on_date)
        managers = self.employee_id.parent_id
        acting = self.env["callcenter.substitution"]._get_stand_ins(managers, on_date)
        nobody = managers.browse()
        return {
            record.id: record._find_head_above(heads)
            or acting.get(record.employee_id.parent_id.id, nobody) - record.employee_id
            for record in self
        }

    def _find_head_above(self, heads):
        """The first head other than the employee himself, going up."""
        self.ensure_one()
        department = self.department_id
        while department:
            if head := heads[department.id] - self.employee_id:
                return head
            department = department.parent_id
        return self.env["hr.employee"]

    @api.model
    def _create_activities(self, wanted):
        """:param wanted: list of ``(acknowledgement, user, deadline, summary)``"""
        values = {
            "activity_type_id": self.env.ref(_TODO).id,
            "automated": True,
            "res_model_id": self.env["ir.model"]._get_id(self._name),
        }
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(
            [
                values
                | {
                    "res_id": record.id,
                    "user_id": user.id,
                    "date_deadline": deadline,
                    "summary": summary,
                }
                for record, user, deadline, summary in wanted
            ]
        )
