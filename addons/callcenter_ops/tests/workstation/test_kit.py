from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import WorkstationCase


class TestKit(WorkstationCase):
    def test_customers_kit_costs_27400_in_the_first_month(self):
        self.assertEqual(self.kit.amount_one_time, 20000.0)
        self.assertEqual(self.kit.amount_monthly, 7400.0)
        self.assertEqual(self.kit.amount_first_month, 27400.0)
        self.assertEqual(
            [(line.item_id.name, line.amount_seat) for line in self.kit.line_ids],
            [
                ("Computer", 20000.0),
                ("Stationery", 100.0),
                ("Telephone service", 6700.0),
                ("Internet", 600.0),
            ],
        )

    def test_optional_items_do_not_count_in_the_norm(self):
        headset = self.env["callcenter.cost.item"].create(
            {"name": "Headset", "amount": 2500}
        )
        self.kit.line_ids = [
            Command.create({"item_id": headset.id, "is_optional": True})
        ]
        self.assertEqual(self.kit.amount_first_month, 27400.0)

    def test_a_kit_in_force_does_not_change_and_a_new_version_replaces_it(self):
        self.as_("hr", self.kit).action_approve()
        with self.assertRaises(UserError):
            self.as_("hr", self.kit).write({"date_from": "2026-02-01"})
        with self.assertRaises(UserError):
            self.as_("hr", self.kit.line_ids[0]).amount = 1
        with self.assertRaises(UserError):
            self.as_("hr", self.kit.line_ids[0]).unlink()
        self.assertEqual(self.kit.amount_first_month, 27400.0)
        action = self.as_("hr", self.kit).action_new_version()
        draft = self.env["callcenter.workstation.kit"].browse(action["res_id"])
        self.assertEqual((draft.version, draft.state), (2, "draft"))
        self.assertEqual(draft.amount_first_month, 27400.0)
        self.as_("hr", draft.line_ids[0]).amount = 25000
        self.as_("hr", draft).action_approve()
        self.assertEqual(self.kit.state, "superseded")
        self.assertEqual(draft.amount_first_month, 32400.0)

    def test_a_kit_without_lines_cannot_be_put_in_force(self):
        empty = self.env["callcenter.workstation.kit"].create({"name": "Empty"})
        with self.assertRaisesRegex(UserError, "has no lines"), self.cr.savepoint():
            self.as_("hr", empty).action_approve()
        self.assertEqual(empty.state, "draft")

    def test_prices_and_quantities_of_zero_and_below_are_refused(self):
        line = self.kit.line_ids[0]
        for vals in ({"amount": 0}, {"amount": -1}, {"quantity": 0}):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.cr.savepoint(),
            ):
                line.write(vals)
                line.flush_recordset()

    def test_the_state_cannot_be_forged(self):
        kits = self.as_("hr", self.kit)
        with self.assertRaises(UserError):
            kits.write({"state": "approved"})
        with self.assertRaises(UserError):
            kits.create({"name": "Forged", "state": "approved"})
        with self.assertRaises(UserError):
            kits.with_context(default_state="approved").create({"name": "Forged"})
        self.assertEqual(self.kit.state, "draft")

    def test_supervisor_reads_kits_but_puts_none_in_force(self):
        self.assertEqual(self.as_("supervisor", self.kit).amount_monthly, 7400.0)
        with self.assertRaises(AccessError):
            self.as_("supervisor", self.kit).action_approve()
        self.assertEqual(self.kit.state, "draft")

    def test_a_currency_without_a_rate_is_refused(self):
        usd = self.env.ref("base.USD")
        usd.active = True
        usd.rate_ids.unlink()
        item = self.env["callcenter.cost.item"].create(
            {"name": "Licence", "amount": 10, "currency_id": usd.id}
        )
        with self.assertRaisesRegex(UserError, "has no rate"), self.cr.savepoint():
            self.kit.line_ids = [Command.create({"item_id": item.id})]
            self.env.flush_all()

    def test_another_currency_is_converted_at_the_days_rate(self):
        usd = self.env.ref("base.USD")
        usd.active = True
        usd.rate_ids.unlink()
        self.env["res.currency.rate"].create(
            {
                "currency_id": usd.id,
                "company_id": self.company.id,
                "name": "2025-12-31",
                "inverse_company_rate": 90.5,
            }
        )
        item = self.env["callcenter.cost.item"].create(
            {"name": "Licence", "amount": 10, "currency_id": usd.id}
        )
        self.kit.line_ids = [Command.create({"item_id": item.id})]
        self.assertEqual(self.kit.line_ids[-1].amount_seat, 905.0)
        self.assertEqual(self.kit.amount_first_month, 28305.0)

    def test_the_difference_between_two_versions_names_every_change(self):
        self.as_("hr", self.kit).action_approve()
        action = self.as_("hr", self.kit).action_new_version()
        draft = self.env["callcenter.workstation.kit"].browse(action["res_id"])
        draft.line_ids[0].amount = 25000
        draft.line_ids[1].unlink()
        headset = self.env["callcenter.cost.item"].create(
            {"name": "Headset", "amount": 2500}
        )
        draft.line_ids = [Command.create({"item_id": headset.id})]
        action = self.as_("supervisor", draft).action_compare()
        rows = self.env[action["res_model"]].browse(action["res_id"]).row_ids
        self.assertEqual(
            [(row.item_id.name, row.kind, row.difference) for row in rows],
            [
                ("Computer", "changed", 5000.0),
                ("Stationery", "removed", -100.0),
                ("Headset", "added", 2500.0),
            ],
        )
        with self.assertRaisesRegex(UserError, "first version"), self.cr.savepoint():
            self.as_("supervisor", self.kit).action_compare()
