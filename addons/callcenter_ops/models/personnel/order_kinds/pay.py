from odoo.exceptions import UserError

from ....tools.common.date_words import date_in_words
from ....tools.common.money_words import amount_in_digits
from .contract_change import ContractChange


class Pay(ContractChange):
    """Pays an appointed person anew."""

    series = "ОТ"
    title = "об изменении оплаты труда"

    def check(self):
        self.check_stays()
        if not self.order.wage:
            raise UserError(self.env._("Name the new monthly wage."))

    def get_changes(self):
        return {"wage": self.order.wage}

    def get_sentence(self):
        terms = self.get_wage_terms()
        digits = amount_in_digits(self.order.wage or 0)
        return f"должностной оклад {digits} руб. ({terms['wage_words']}) в месяц"

    def get_register_content(self):
        wage = amount_in_digits(self.order.wage or 0)
        return f"оклад {wage} руб., с {date_in_words(self.order.date_effective)}"
