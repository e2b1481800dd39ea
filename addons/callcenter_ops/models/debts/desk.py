from odoo import fields, models


class Desk(models.AbstractModel):
    _inherit = "callcenter.desk"

    def _get_debt_card(self, claim):
        """What the client owes and has promised.

        Empty outside debt campaigns, unless the debtor has come by himself.

        :return: dict ``debts``, ``debt_total``, ``currency_id``, ``promise``, or False
        """
        is_debt = claim.campaign_id.purpose == "debt"
        if not is_debt and claim.direction != "in":
            return False
        # sudo: of the client in the caller's hands alone, as plain values
        debts = self.env["callcenter.debt"].sudo()
        debts = debts._get_open(claim.partner_id, claim.company_id)
        if not is_debt and not debts:
            return False
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

    def _get_promise_card(self, claim):
        # sudo: of the client in the caller's hands alone, as plain values
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
