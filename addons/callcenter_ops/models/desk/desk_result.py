from odoo import models
from odoo.exceptions import UserError

from ...tools.calling.call_status import TECHNICAL_STATUSES

NOTE_LIMIT = 5000


class DeskResult(models.AbstractModel):
    """Checks what an operator brings back from a call; all or nothing is saved."""

    _name = "callcenter.desk.result"
    _inherit = [
        "callcenter.desk.lists",
        "callcenter.desk.callback",
        "callcenter.desk.promise",
    ]
    _description = "Result brought to the desk"

    def _read_result(self, claim, disposition, values, talk_seconds):
        """The disposition and the values of a result, checked.

        :param claim: the claim, or the cut off call whose result comes late
        :param disposition: id or code
        :param values: as of ``finish_call``
        :return: ``(disposition, values)``, the values ready for the call record
        :raise UserError: what is missing or wrong, in words
        """
        disposition = self._find_disposition(claim, disposition)
        values = values if isinstance(values, dict) else {}
        checked = {
            "note": self._read_note(values.get("note")),
            "callback_at": self._read_callback(claim, disposition, values),
            "refusal_reason_id": self._read_refusal(values.get("refusal_reason_id")),
            "expected_revenue": self._read_revenue(values.get("expected_revenue")),
            "product_ids": self._read_products(values.get("product_ids")),
            "technical_status": self._read_status(values.get("technical_status")),
            **self._read_promise(disposition, values),
        }
        self._check_required(disposition, checked)
        self._check_length(disposition, talk_seconds)
        return disposition, checked

    def _find_disposition(self, claim, wanted):
        campaign = claim.campaign_id
        offered = self._get_disposition_list(
            campaign.id, claim.direction, self._is_debtor_coming(claim)
        )
        key = "code" if isinstance(wanted, str) else "id"
        found = [option["id"] for option in offered if option[key] == wanted]
        if not found:
            raise UserError(
                self.env._(
                    "This result does not belong to the campaign %(campaign)s: choose "
                    "one of those on the desk.",
                    campaign=campaign.name or "—",
                )
            )
        # sudo: continues with the call record, which only the server writes
        return self.env["callcenter.disposition"].sudo().browse(found)._warm()

    def _read_note(self, note):
        note = str(note or "").strip()
        if len(note) > NOTE_LIMIT:
            raise UserError(
                self.env._(
                    "The note is longer than %(limit)s characters: shorten it.",
                    limit=NOTE_LIMIT,
                )
            )
        return note

    def _read_refusal(self, reason_id):
        if not reason_id:
            return False
        reason = self.env["callcenter.refusal.reason"].browse(self._read_id(reason_id))
        if not reason.exists().active:
            raise UserError(self.env._("Choose a reason of refusal from the list."))
        return reason.id

    def _read_revenue(self, amount):
        try:
            amount = float(amount or 0)
        except (TypeError, ValueError) as error:
            raise UserError(
                self.env._("%(amount)s is no amount.", amount=amount)
            ) from error
        if not 0 <= amount < 1e12:
            raise UserError(self.env._("The amount must be a positive number."))
        return amount

    def _read_products(self, product_ids):
        ids = [self._read_id(product_id) for product_id in product_ids or []]
        products = self.env["product.product"].browse(ids).exists()
        if len(products) != len(set(ids)):
            raise UserError(self.env._("One of the products does not exist any more."))
        return products.ids

    def _read_status(self, status):
        if status and status not in dict(TECHNICAL_STATUSES):
            raise UserError(
                self.env._(
                    "%(status)s is no technical status of a call.", status=status
                )
            )
        return status or False

    def _check_required(self, disposition, checked):
        labels = {
            "note": self.env._("a note"),
            "callback_at": self.env._("the time of the call-back"),
            "refusal_reason_id": self.env._("the reason of the refusal"),
            "expected_revenue": self.env._("the amount"),
            "promise_amount": self.env._("the promised sum"),
            "promise_date": self.env._("the day of the payment"),
        }
        missing = [
            labels[name]
            for name in disposition._get_required_fields()
            if not checked[name]
        ]
        if missing:
            raise UserError(
                self.env._(
                    "%(result)s needs %(missing)s.",
                    result=disposition.name,
                    missing=", ".join(missing),
                )
            )

    def _check_length(self, disposition, talk_seconds):
        if talk_seconds < disposition.min_talk_seconds:
            raise UserError(
                self.env._(
                    "%(result)s needs a conversation of at least %(seconds)s seconds.",
                    result=disposition.name,
                    seconds=disposition.min_talk_seconds,
                )
            )
