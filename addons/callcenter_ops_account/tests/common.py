"""A budget and a bookkeeping in which vendor bills are posted."""

from odoo import Command
from odoo.addons.callcenter_ops.tests.workstation.common import WorkstationCase


class BillsCase(WorkstationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rub.rounding = 0.01
        cls.accounts = {
            code: cls.env["account.account"].create(
                {"code": code, "name": code, "account_type": kind}
            )
            for code, kind in (("26.03.1", "expense"), ("60", "liability_payable"))
        }
        cls.journal = cls.env["account.journal"].create(
            {
                "name": "Bills",
                "code": "BILL",
                "type": "purchase",
                "default_account_id": cls.accounts["26.03.1"].id,
            }
        )
        cls.telecom = cls.env["res.partner"].create(
            {
                "name": "Uraltelecom",
                "property_account_payable_id": cls.accounts["60"].id,
            }
        )
        cls.phone = cls.env["product.product"].create({"name": "Telephone"})
        cls.items["Internet"].account_code = "26.03"
        cls.items["Telephone service"].product_ids = cls.phone
        cls.budget = cls.build_budget()
        cls.budget.with_user(cls.users["director"]).action_approve()

    def build_bill(self, *lines, kind="in_invoice", **vals):
        bill = self.env["account.move"].create(
            {
                "move_type": kind,
                "journal_id": self.journal.id,
                "partner_id": self.telecom.id,
                "invoice_date": "2026-03-10",
                "ref": f"{kind} {len(lines)}",
                "currency_id": self.rub.id,
                "invoice_line_ids": [
                    Command.create(
                        {"name": "Line", "price_unit": 1, "tax_ids": False} | line
                    )
                    for line in lines
                ],
            }
            | vals
        )
        bill.action_post()
        return bill

    def take(self, **vals):
        take = self.as_("hr", self.env["callcenter.workstation.actual.take"]).create(
            {"budget_id": self.budget.id} | vals
        )
        take.action_find()
        take.action_take()
        return take
