from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError

from ...tools.calling.call_status import TECHNICAL_STATUSES
from .callback_times import CallbackTimes

NOTE_LIMIT = 5000
_PROMISE_HORIZON = timedelta(days=366)


class ResultReader:
    """Checks the result that somebody brings back from a client; all of it or nothing.

    :param env: of whoever brings it, who reads the messages
    :param occasion: what it is the result of: a claim, call or letter in superuser
        mode, or an ``Occasion``
    :param int talk_seconds: length of the conversation
    """

    def __init__(self, env, occasion, talk_seconds=0):
        self.env, self.occasion = env, occasion
        self.talk_seconds = talk_seconds

    def parse(self, disposition, values):
        """The disposition and the values of a result, checked.

        What the operator entered for another result, before he changed his mind, is
        left out.

        :param disposition: id or code
        :param values: as of ``callcenter.desk.finish_call``
        :return: ``(disposition, values)``, the disposition in superuser mode, the
            values ready for ``callcenter.call._prepare_result``
        :raise UserError: what is missing or wrong, in words
        """
        disposition = self.find_disposition(disposition)
        values = disposition._keep_own(values if isinstance(values, dict) else {})
        checked = {
            "note": self._read_note(values.get("note")),
            "callback_at": self._read_callback(values.get("callback_at")),
            "refusal_reason_id": self._read_refusal(values.get("refusal_reason_id")),
            "expected_revenue": self._read_amount(values.get("expected_revenue")),
            "product_ids": self._read_products(values.get("product_ids")),
            "technical_status": self._read_status(values.get("technical_status")),
            "promise_amount": self._read_amount(values.get("promise_amount")),
            "promise_date": self._read_promise_date(values.get("promise_date")),
        }
        self._check_required(disposition, checked)
        self._check_length(disposition)
        return disposition, checked

    def read_path(self, values):
        """Steps of the script that the conversation came to, as the browser tells.

        :param values: as of ``callcenter.desk.finish_call``
        """
        answers = values.get("script_path") if isinstance(values, dict) else None
        return self.occasion._get_script()._get_path(answers)

    def find_disposition(self, wanted):
        """The disposition of that id or code, in superuser mode.

        :raise UserError: it is not offered here
        """
        offered = self.env["callcenter.disposition"]._get_offer(self.occasion)
        key = "code" if isinstance(wanted, str) else "id"
        found = [option["id"] for option in offered if option[key] == wanted]
        if not found:
            raise UserError(
                self.env._(
                    "This result does not belong to the campaign %(campaign)s: choose "
                    "one of those on the desk.",
                    campaign=self.occasion.campaign_id.name or "—",
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

    def _read_callback(self, text):
        if not text:
            return False
        return CallbackTimes(self.env, self.occasion).parse(text)

    def _read_refusal(self, reason_id):
        if not reason_id:
            return False
        reason = self.env["callcenter.refusal.reason"].browse(
            read_id(self.env, reason_id)
        )
        if not reason.exists().active:
            raise UserError(self.env._("Choose a reason of refusal from the list."))
        return reason.id

    def _read_amount(self, amount):
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
        ids = [read_id(self.env, product_id) for product_id in product_ids or []]
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

    def _read_promise_date(self, text):
        if not text:
            return False
        try:
            day = fields.Date.to_date(text)
        except (TypeError, ValueError) as error:
            raise UserError(self.env._("%(text)s is no day.", text=text)) from error
        today = self.env.company._callcenter_today()
        if not today <= day <= today + _PROMISE_HORIZON:
            raise UserError(
                self.env._("A payment is promised for today or a later day of a year.")
            )
        return day

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

    def _check_length(self, disposition):
        if self.talk_seconds < disposition.min_talk_seconds:
            raise UserError(
                self.env._(
                    "%(result)s needs a conversation of at least %(seconds)s seconds.",
                    result=disposition.name,
                    seconds=disposition.min_talk_seconds,
                )
            )


def read_id(env, value):
    """The number of a record that a browser sent.

    :raise UserError: it is none
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise UserError(env._("%(value)s is no record number.", value=value))
