from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .acknowledgement_guard import get_trigger_sql

DOCUMENT_FIELDS = ("description_id", "policy_id", "order_id")


class Acknowledgement(models.Model):
    """One employee's signature under one version of one document.

    Made by the system alone. Signed by the employee himself, or closed by HR with
    a refusal before two witnesses. What is finished is never changed or deleted:
    the guard refuses it here and a trigger in the database (acknowledgement_guard).
    """

    _name = "callcenter.acknowledgement"
    _inherit = [
        "callcenter.guarded.mixin",
        "callcenter.acknowledgement.request.mixin",
        "callcenter.acknowledgement.signing.mixin",
        "callcenter.acknowledgement.reminder.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Acknowledgement"
    _order = "due_date, id"
    _rec_name = "document_name"

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

    @api.depends(*DOCUMENT_FIELDS)
    def _compute_document_html(self):
        self._origin.check_access("read")
        for acknowledgement in self:
            # sudo: who may read the acknowledgement may read what it is about
            document = acknowledgement.sudo()._get_document()
            acknowledgement.document_html = (
                document._get_document_html() if document else False
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

    # -- buttons -----------------------------------------------------------------

    def action_open(self):
        """Open the document in full with the place to sign."""
        self.check_access("read")
        self.ensure_one()
        return self._get_signing_action()

    def action_acknowledge(self, signature=None, image=None, shown_hash=None):
        """Sign: the employee himself, once.

        :param signature: the name as typed; the employee's name when empty
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

    def action_register_refusal(self):
        """Open the form of refusal: HR only."""
        self._check_is_hr()
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
        self._check_is_hr()
        self.check_access("read")
        for acknowledgement in self:
            # sudo: acknowledgements are made by the system alone
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

    # -- helpers -----------------------------------------------------------------

    def _get_document(self):
        self.ensure_one()
        return next((self[name] for name in DOCUMENT_FIELDS if self[name]), None)

    def _is_valid(self, on_date):
        """Whether a signature stands that covers the day."""
        self.ensure_one()
        return bool(self.signed_on) and (
            not self.expires_on or on_date <= self.expires_on
        )

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

    def _check_is_hr(self):
        if not self.env.user.has_group("callcenter_ops.group_hr"):
            raise AccessError(self.env._("Only HR may do this."))
