from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

_HORIZON = timedelta(days=366)


class DeskPromise(models.AbstractModel):
    """Debts on the client's card and the promise that a conversation may bring."""

    _name = "callcenter.desk.promise"
    _description = "Debts at the desk"

    def _get_debt_card(self, claim):
        """What the client owes and has promised.

        Empty outside debt campaigns, unless the debtor has come by himself.

        :return: dict ``debts``, ``debt_total``, ``promise``, or False
        """
        is_debt = claim.campaign_id.purpose == "debt"
        if not is_debt and not self._is_debtor_coming(claim):
            return False
        debts = self._get_debts(claim)
        return {
            "debts": [
                {
                    "id": debt.id,
                    "name": debt.name,
                    "amount_left": debt.amount_left,
                    "date_due": fields.Date.to_string(debt.date_due),
                    "days_overdue": debt.days_overdue,
                }
                for debt in debts
            ],
            "debt_total": sum(debts.mapped("amount_left")),
            "currency_id": claim.company_id.currency_id.id,
            "promise": self._get_promise_card(claim),
        }

    def _get_debts(self, record):
        # sudo: of the client in the caller's hands alone, as plain values
        debts = self.env["callcenter.debt"].sudo()
        return debts._get_open(record.partner_id, record.company_id)

    def _is_debtor_coming(self, record):
        """Whether somebody who owes has called or written by himself.

        :param record: the claim, call or letter
        """
        return record.direction == "in" and bool(self._get_debts(record))

    def _get_promise_card(self, claim):
        # sudo: as for the debts
        promises = self.env["callcenter.promise"].sudo()
        last = promises.search(
            [
                ("partner_id", "=", claim.partner_id.id),
                ("company_id", "=", claim.company_id.id),
                ("state", "in", ("open", "broken")),
            ],
            limit=1,
        )
        if not last:
            return False
        return {
            "amount": last.amount,
            "date": fields.Date.to_string(last.date_promised),
            "state": last.state,
        }

    def _read_promise(self, disposition, values):
        """Sum and day of a promise to pay; nothing where the result brings none.

        :raise UserError: the sum or the day cannot be promised
        """
        if not disposition.makes_promise:
            return {"promise_amount": 0, "promise_date": False}
        return {
            "promise_amount": self._read_revenue(values.get("promise_amount")),
            "promise_date": self._read_promise_date(values.get("promise_date")),
        }

    def _read_promise_date(self, text):
        if not text:
            return False
        try:
            day = fields.Date.to_date(text)
        except (TypeError, ValueError) as error:
            raise UserError(self.env._("%(text)s is no day.", text=text)) from error
        today = self.env.company._callcenter_today()
        if not today <= day <= today + _HORIZON:
            raise UserError(
                self.env._("A payment is promised for today or a later day of a year.")
            )
        return day
