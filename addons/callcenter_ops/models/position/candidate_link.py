import hashlib
import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

_WAITING = ("draft", "submitted", "signed")


class CandidateLink(models.Model):
    """A candidate's own link to the papers that are read before the contract.

    Made by HR for an order of appointment, shown once and kept as a hash. It opens
    this candidate's local acts and job description alone, ends before the first day,
    and a new one ends the one before it.
    """

    _name = "callcenter.candidate.link"
    _description = "Candidate's link"
    _order = "id desc"
    _rec_name = "employee_id"

    order_id = fields.Many2one(
        "callcenter.personnel.order",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    employee_id = fields.Many2one(
        related="order_id.employee_id", store=True, index=True
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    token_hash = fields.Char(required=True, readonly=True, groups=fields.NO_ACCESS)
    expires_on = fields.Datetime(required=True, readonly=True)
    is_revoked = fields.Boolean(string="Ended", readonly=True)

    _token_unique = models.Constraint(
        "unique (token_hash)", "This link has been given already."
    )

    @api.model
    def _make(self, order):
        """A new link of the order's candidate.

        :param order: ``callcenter.personnel.order``, an appointment to come
        :return: the token, which is nowhere else
        :raise UserError: the first day has come
        """
        token = secrets.token_urlsafe(32)
        # sudo: no role makes links by hand, the order's checked button does
        links = self.sudo()
        links.search([("order_id.employee_id", "=", order.employee_id.id)]).write(
            {"is_revoked": True}
        )
        links.create(
            {
                "order_id": order.id,
                "token_hash": self._hash(token),
                "expires_on": self._get_end(order),
            }
        )
        return token

    @api.model
    def _get_end(self, order):
        """The first instant of the first day, or sooner by the company's setting."""
        first_day, _end = order.company_id._callcenter_day_bounds(order.date_effective)
        now = fields.Datetime.now()
        if first_day <= now:
            raise UserError(
                self.env._(
                    "The first day has come: the papers are signed on paper before the "
                    "contract is."
                )
            )
        days = timedelta(days=order.company_id.callcenter_candidate_link_days)
        return min(first_day, now + days)

    @api.model
    def _hash(self, token):
        return hashlib.sha256(token.encode()).hexdigest()

    @api.model
    def _find(self, token):
        """The living link of a token; empty for all others."""
        return self.search(
            Domain("token_hash", "=", self._hash(token))
            & Domain("is_revoked", "=", False)
            & Domain("expires_on", ">", fields.Datetime.now())
            & Domain("order_id.state", "in", _WAITING)
            & Domain("employee_id.callcenter_status", "!=", "appointed")
        )

    def _get_requests(self):
        """What the candidate is asked to sign and has signed: no orders."""
        requests = self.env["callcenter.acknowledgement"]
        return requests.search(
            Domain("employee_id", "in", self.employee_id.ids)
            & Domain("order_id", "=", False)
            & Domain("state", "in", ("pending", "signed"))
        )

    def _sign(self, request_id, signature, shown_hash):
        """Sign one of the requests as the candidate.

        :param request_id: id as text, as a browser sends it
        :raise UserError: not among them, another's name, or another text
        """
        self.ensure_one()
        wanted = self._get_requests().filtered(lambda one: str(one.id) == request_id)
        if not wanted or not signature.strip() or not shown_hash:
            raise UserError(self.env._("Type your name under the document."))
        wanted._sign(signature, False, shown_hash, by_link=True)
