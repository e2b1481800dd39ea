from odoo.exceptions import UserError

from ....tools.common.date_words import date_in_words
from .contract_change import ContractChange


class Terms(ContractChange):
    """Changes the schedule, the term or other conditions of the contract."""

    series = "ИУ"
    title = "об изменении условий трудового договора"

    def check(self):
        self.check_stays()
        order = self.order
        if not (order.resource_calendar_id or order.date_end or order.note):
            raise UserError(
                self.env._(
                    "Say what changes: the schedule, the term or the conditions."
                )
            )

    def execute(self):
        if self.order.date_end:
            duties = self.env["callcenter.personnel.duty"]
            duties._drop_of_post(self.employee, ("date_end",), keep=self.order)
        return super().execute()

    def get_changes(self):
        order = self.order
        changes = {
            "resource_calendar_id": order.resource_calendar_id.id,
            "contract_date_end": order.date_end,
        }
        return {name: value for name, value in changes.items() if value}

    def get_sentence(self):
        order = self.order
        parts = [
            order.resource_calendar_id
            and f"режим рабочего времени — «{order.resource_calendar_id.name}»",
            order.date_end and f"срок договора — по {date_in_words(order.date_end)}",
            order.note,
        ]
        return "; ".join(filter(None, parts))

    def get_register_content(self):
        return f"{self.get_sentence()}, с {date_in_words(self.order.date_effective)}"
