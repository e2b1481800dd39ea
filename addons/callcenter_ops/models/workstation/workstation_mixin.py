from decimal import Decimal

from odoo import models
from odoo.exceptions import UserError

from ...tools.common.date_words import date_in_digits
from ...tools.common.exact_money import to_decimal
from ...tools.common.money_words import amount_in_words
from ...tools.personnel.name_cases import short_name


class WorkstationMixin(models.AbstractModel):
    """What the records of workplaces share: checks in words, exact money."""

    _name = "callcenter.workstation.mixin"
    _inherit = ["callcenter.guarded.mixin"]
    _description = "Checks of workplace records"

    def _get_amount_words(self, amount, currency):
        """An amount in words; in Russian roubles read as on papers."""
        if currency.name == "RUB" and (self.env.lang or "").startswith("ru"):
            words = amount_in_words(abs(amount))
            return words if amount >= 0 else f"Минус {words.lower()}"
        return currency.amount_to_text(amount) if currency else ""

    def _get_approval_day(self):
        """The day of the approval by the company's clock, False before it."""
        moment = self.approved_on
        return moment and self.company_id._callcenter_local(moment).date()

    def _get_approver(self):
        """Post and name as they stand beside the approver's signature, as texts."""
        # sudo: the Director's name and post are on every paper
        user = self.sudo().approved_by_id
        post = self.company_id.callcenter_signer_title or "Директор"
        return {
            "post": post,
            "approved_by": short_name(user.employee_id.name or user.name),
        }

    def _get_rounding(self, company=None):
        """Smallest unit of the company's currency as ``Decimal``."""
        company = company or self.company_id or self.env.company
        return Decimal(str(company.currency_id.rounding))

    def _to_company_currency(self, amount, currency, on_date):
        """``amount`` as ``Decimal`` of the company's currency at the day's rate.

        :raise UserError: the currency has no rate on or before ``on_date``
        """
        company = self.company_id or self.env.company
        target = company.currency_id
        if not currency or currency == target:
            return to_decimal(amount, self._get_rounding(company))
        self._require_rate(currency, company, on_date)
        rate = Decimal(
            str(currency._get_conversion_rate(currency, target, company, on_date))
        )
        exact = to_decimal(amount, Decimal(str(currency.rounding))) * rate
        return to_decimal(exact, self._get_rounding(company))

    def _require_rate(self, currency, company, on_date):
        # Odoo itself silently takes 1.0, or a later day's rate, for a missing one.
        known = self.env["res.currency.rate"].search_count(
            [
                ("currency_id", "=", currency.id),
                ("company_id", "in", [False, company.root_id.id]),
                ("name", "<=", on_date),
            ],
            limit=1,
        )
        if not known:
            raise UserError(
                self.env._(
                    "%(currency)s has no rate on %(date)s: enter the rate of that day "
                    "or an earlier one.",
                    currency=currency.name,
                    date=date_in_digits(on_date),
                )
            )
