"""Builders of the workplaces' tests."""

from datetime import date
from unittest.mock import patch

from odoo import Command

from ..cases import CallcenterCase

# The customer's own list: item, kind, periodicity, roubles.
CUSTOMER_ITEMS = [
    ("Computer", "equipment", "one_time", 20000),
    ("Stationery", "consumable", "monthly", 100),
    ("Telephone service", "telephone", "monthly", 6700),
    ("Internet", "internet", "monthly", 600),
]
MARCH = date(2026, 3, 1)


class WorkstationCase(CallcenterCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rub = cls.env.ref("base.RUB")
        cls.rub.active = True
        cls.company = cls.env["res.company"].create(
            {"name": "Olsport", "currency_id": cls.rub.id}
        )
        cls.company.callcenter_tz = "Asia/Yekaterinburg"
        cls.env = cls.env(
            context=dict(cls.env.context, allowed_company_ids=cls.company.ids)
        )
        for user in cls.users.values():
            user.write(
                {
                    "company_ids": [Command.link(cls.company.id)],
                    "company_id": cls.company.id,
                }
            )
        cls.items = cls.build_items()
        cls.kit = cls.build_kit()

    @classmethod
    def build_employee(cls, name, user=None, **vals):
        return super().build_employee(
            name, user=user, **{"company_id": cls.env.company.id} | vals
        )

    @classmethod
    def build_items(cls):
        """``{name: cost item}`` of the customer's list."""
        items = cls.env["callcenter.cost.item"].create(
            [
                {
                    "name": name,
                    "code": name.lower().split()[0],
                    "kind": kind,
                    "periodicity": periodicity,
                    "amount": amount,
                    "currency_id": cls.rub.id,
                }
                for name, kind, periodicity, amount in CUSTOMER_ITEMS
            ]
        )
        return {item.name: item for item in items}

    @classmethod
    def build_kit(cls, name="Office operator", date_from="2026-01-01", **prices):
        """The customer's kit; ``prices`` replace a price by the item's code."""
        return cls.env["callcenter.workstation.kit"].create(
            {
                "name": name,
                "date_from": date_from,
                "line_ids": [
                    Command.create(
                        {"item_id": item.id}
                        | ({"amount": prices[item.code]} if item.code in prices else {})
                    )
                    for item in cls.items.values()
                ],
            }
        )

    @classmethod
    def build_budget(cls, seat_count=1, months=12, date_from=MARCH, **vals):
        return cls.env["callcenter.workstation.budget"].create(
            {
                "kit_id": cls.kit.id,
                "seat_count": seat_count,
                "months": months,
                "date_from": date_from,
            }
            | vals
        )

    def follow_bills(self):
        """The hourly look at the bills and orders that expenses were taken from."""

        def no_commit(_cron, *_args, **_kwargs):
            return 60

        with patch.object(self.registry["ir.cron"], "_commit_progress", no_commit):
            self.env["callcenter.workstation.actual"]._cron_follow()

    def spent(self):
        """``{item: actual}`` of what was spent of ``self.budget``."""
        return {
            line.item_id.name: line.amount_actual
            for line in self.budget.line_ids
            if line.amount_actual
        }

    def approve(self, budget):
        self.as_("director", budget).action_approve()
        return budget

    @classmethod
    def build_place(cls, name="A-01", **vals):
        return cls.env["callcenter.workstation"].create({"name": name} | vals)

    @classmethod
    def build_equipment(cls, name="Headset", **vals):
        return cls.env["maintenance.equipment"].create({"name": name} | vals)

    @classmethod
    def build_act(cls, employee, equipment, place=None, kind="handover", **vals):
        """A draft; acts hand things to nobody but those who hold a post."""
        employee._transition({"callcenter_status": "appointed"})
        return cls.env["callcenter.handover"].create(
            {
                "handover_type": kind,
                "employee_id": employee.id,
                "workstation_id": place.id if place else False,
                "line_ids": [
                    Command.create({"equipment_id": thing.id}) for thing in equipment
                ],
            }
            | vals
        )

    def hand_over(self, employee, equipment, place=None, kind="handover", **vals):
        """An act issued by HR and signed on paper."""
        act = self.build_act(employee, equipment, place, kind, **vals)
        self.as_("hr", act).action_issue()
        self.as_("hr", act).action_note_paper()
        return act
