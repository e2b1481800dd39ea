from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..calling.common import CallingCase


@tagged("post_install", "-at_install")
class TestDebt(CallingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        cls.client = cls.build_client("Debtor")
        cls.law = cls.env.ref("callcenter_ops.rule_set_debt")
        cls.debt = cls.build_debt()
        cls.campaign = cls.build_campaign(
            cls.client, purpose="debt", rule_set_id=cls.law.id
        )
        cls.promises = cls.env["callcenter.promise"]

    @classmethod
    def build_debt(cls, client=None, name="Invoice 1", amount=1000, **vals):
        return cls.env["callcenter.debt"].create(
            {
                "name": name,
                "partner_id": (client or cls.client).id,
                "amount": amount,
                "date_due": "2026-02-10",
                **vals,
            }
        )

    def pay(self, amount, day, debt=None, role="supervisor", name=None):
        payments = self.as_(role, self.env["callcenter.debt.payment"])
        payment = payments.create(
            {
                "debt_id": (debt or self.debt).id,
                "name": name or f"P-{amount}-{day}",
                "amount": amount,
                "date": day,
            }
        )
        self.env.flush_all()
        self.env.invalidate_all()
        return payment

    def promise(self, amount=600, day="2026-03-05", **values):
        self.call_through(
            self.operator,
            "promise",
            promise_amount=amount,
            promise_date=day,
            **values,
        )
        self.env.invalidate_all()
        return self.promises.search([("partner_id", "=", self.client.id)], limit=1)

    def run_cron(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(
                "callcenter_ops.ir_cron_settle_promises"
            ).method_direct_trigger()
        self.env.invalidate_all()

    # -------------------------------------------------------------------- card

    def test_the_card_shows_what_is_owed_in_debt_campaigns_alone(self):
        self.build_debt(name="Invoice 2", amount=500, date_due="2026-04-01")
        self.pay(200, "2026-03-01")
        card = self.desk(self.operator).claim_next()["claim"]["debt"]
        self.assertEqual(card["debt_total"], 1300)
        self.assertEqual(
            [(debt["name"], debt["amount_left"]) for debt in card["debts"]],
            [("Invoice 1", 800), ("Invoice 2", 500)],
        )
        self.assertEqual(card["debts"][0]["days_overdue"], 20)
        self.assertFalse(card["promise"])

    def test_another_campaign_tells_nothing_about_debts(self):
        self.campaign.action_pause()
        self.build_campaign(self.client, name="Spring")
        claim = self.desk(self.operator).claim_next()["claim"]
        self.assertFalse(claim["debt"])
        codes = [option["code"] for option in claim["dispositions"]]
        self.assertNotIn("promise", codes)

    # ---------------------------------------------------------------- promises

    def test_a_promise_is_kept_with_its_sum_and_day(self):
        promise = self.promise()
        self.assertEqual((promise.amount, promise.state), (600, "open"))
        self.assertEqual(promise.date_promised, date(2026, 3, 5))
        self.assertEqual(promise.date_made, date(2026, 3, 2))
        self.assertEqual(promise.debt_id, self.debt)
        self.assertEqual(promise.employee_id, self.operator)
        contact = self.contact(self.campaign, self.client)
        self.assertEqual(str(contact.next_call_at), "2026-03-05 19:00:00")
        self.assertEqual(contact.wait_reason, "promise")

    def test_a_promise_needs_its_sum_and_a_day_ahead(self):
        desk = self.desk(self.operator)
        claim = desk.claim_next()["claim"]
        desk.start_call(claim["id"])
        bad = [
            ({}, "promised sum"),
            ({"promise_amount": 100}, "day of the payment"),
            ({"promise_amount": -1, "promise_date": "2026-03-05"}, "positive"),
            ({"promise_amount": 100, "promise_date": "2026-03-01"}, "later day"),
            ({"promise_amount": 100, "promise_date": "2027-09-01"}, "later day"),
            ({"promise_amount": 100, "promise_date": "soon"}, "is no day"),
        ]
        for values, message in bad:
            with (
                self.subTest(values=values),
                self.assertRaisesRegex(UserError, message),
            ):
                self.desk(self.operator).finish_call(claim["id"], "promise", values)
        self.assertFalse(self.promises.search([("partner_id", "=", self.client.id)]))

    def answer_debtor(self):
        """The debtor rings a line of the company; his claim comes back."""
        hotline = self.env["callcenter.campaign"].create(
            {"name": "Hotline", "purpose": "inbound", "rule_set_id": self.rules.id}
        )
        hotline.action_start()
        number = self.client.phone_sanitized
        desk = self.desk(self.operator)
        [found] = desk.search_clients(number, direction="in")["found"]
        desk = self.desk(self.operator)
        return desk.answer_call(number, partner_id=found["id"])["claim"]

    def test_a_debtor_who_rings_himself_promises_and_is_left_in_peace(self):
        claim = self.answer_debtor()
        self.assertEqual(claim["debt"]["debt_total"], 1000)
        values = {"promise_amount": 600, "promise_date": "2026-03-05"}
        self.desk(self.operator).finish_call(claim["id"], "promise", values, False)
        promise = self.promises.search([("partner_id", "=", self.client.id)])
        self.assertEqual((promise.amount, promise.state), (600, "open"))
        contact = self.contact(self.campaign, self.client)
        self.assertEqual(str(contact.next_call_at), "2026-03-05 19:00:00")
        self.assertEqual((contact.wait_reason, contact.attempt_count), ("promise", 0))

    def test_whoever_owes_nothing_is_offered_no_promise(self):
        self.pay(1000, "2026-03-01")
        claim = self.answer_debtor()
        self.assertFalse(claim["debt"])
        codes = [option["code"] for option in claim["dispositions"]]
        self.assertNotIn("promise", codes)
        with self.assertRaisesRegex(UserError, "does not belong"):
            self.desk(self.operator).finish_call(claim["id"], "promise", {}, False)

    def test_payments_until_the_day_keep_the_promise(self):
        promise = self.promise()
        self.pay(400, "2026-03-03")
        self.assertEqual((promise.state, promise.amount_kept), ("open", 400))
        self.pay(200, "2026-03-05")
        self.assertEqual((promise.state, promise.amount_kept), ("kept", 600))
        self.assertEqual(self.debt.amount_left, 400)

    def test_the_day_after_an_unkept_promise_is_broken(self):
        promise = self.promise()
        self.pay(599, "2026-03-04")
        with self.at("2026-03-05 18:59:00"):
            self.run_cron()
            self.assertEqual(promise.state, "open")
        with self.at("2026-03-05 19:00:00"):
            self.run_cron()
            self.assertEqual(promise.state, "broken")
        self.assertEqual((promise.kept_count, promise.decided_count), (0, 1))

    def test_money_that_came_in_time_but_was_entered_late_counts(self):
        promise = self.promise()
        with self.at("2026-03-06 05:00:00"):
            self.run_cron()
            self.pay(600, "2026-03-05")
            self.assertEqual(promise.state, "kept")
            self.pay(600, "2026-03-06", debt=self.build_debt(name="Other"))
        self.assertEqual(promise.amount_kept, 600)

    def test_money_after_the_day_keeps_nothing(self):
        promise = self.promise()
        with self.at("2026-03-06 05:00:00"):
            self.run_cron()
            self.pay(600, "2026-03-06")
        self.assertEqual((promise.state, promise.amount_kept), ("broken", 0))

    def test_a_newer_promise_replaces_the_open_one(self):
        first = self.promise()
        with self.at("2026-03-06 05:00:00"):
            second = self.promise(amount=700, day="2026-03-10")
        self.assertEqual((first.state, second.state), ("replaced", "open"))

    def test_the_kept_share_leaves_open_promises_out(self):
        self.promise(amount=100)
        self.pay(100, "2026-03-03")
        with self.at("2026-03-06 05:00:00"):
            self.promise(amount=200, day="2026-03-07")
        with self.at("2026-03-09 05:00:00"):
            self.run_cron()
            self.promise(amount=300, day="2026-03-12")
        campaign = self.as_("supervisor", self.campaign)
        self.assertEqual((campaign.promise_count, campaign.kept_share), (3, 0.5))

    def test_a_corrected_call_takes_its_promise_back(self):
        promise = self.promise()
        third = self.env.ref("callcenter_ops.disposition_third_person")
        self.as_("supervisor", promise.call_id).action_correct(third.id, {}, "Son")
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(promise.state, "cancelled")

    # ---------------------------------------------------------------- payments

    def test_whoever_has_paid_everything_is_not_called_any_more(self):
        self.pay(1000, "2026-03-01")
        contact = self.contact(self.campaign, self.client)
        self.assertEqual((self.debt.state, self.debt.amount_left), ("paid", 0))
        self.assertEqual((contact.state, contact.exclusion_reason), ("done", "paid"))
        self.assertFalse(self.desk(self.operator).claim_next()["claim"])

    def test_whoever_owes_by_another_document_stays_in_the_queue(self):
        self.build_debt(name="Invoice 2")
        self.pay(1000, "2026-03-01")
        self.assertEqual(self.contact(self.campaign, self.client).state, "queued")

    # --------------------------------------------------------------------- law

    def test_a_protected_debtor_is_not_called_and_it_is_written_down(self):
        ground = self.env.ref("callcenter_ops.debt_ban_hospital")
        self.as_("supervisor", self.env["callcenter.debt.ban"]).create(
            {
                "partner_id": self.client.id,
                "ground_id": ground.id,
                "document": "Letter 5",
                "date_from": "2026-03-01",
            }
        )
        holdback = {
            row["reason"]: row["count"] for row in self.campaign._get_holdback()
        }
        self.assertEqual(holdback, {"protected": 1})
        self.assertFalse(self.desk(self.operator).claim_next()["claim"])
        contact = self.contact(self.campaign, self.client)
        self.assertEqual(contact.exclusion_reason, "protected")
        log = self.env["callcenter.rule.refusal"].search(
            [("partner_id", "=", self.client.id)]
        )
        self.assertEqual((log.rule, log.campaign_id), ("Spared by law", self.campaign))
        self.assertEqual(log.basis, "Federal Law 230-FZ, article 7")
        self.assertEqual(log.phone, self.client.phone_sanitized)

    def test_protection_ends_with_its_day_and_binds_debt_rules_alone(self):
        ground = self.env.ref("callcenter_ops.debt_ban_hospital")
        ban = self.env["callcenter.debt.ban"].create(
            {
                "partner_id": self.client.id,
                "ground_id": ground.id,
                "document": "Letter 5",
                "date_from": "2026-02-01",
                "date_to": "2026-03-01",
            }
        )
        self.assertTrue(self.desk(self.operator).claim_next()["claim"])
        self.desk(self.operator).set_state("offline")
        ban.date_to = False
        self.campaign.rule_set_id = self.build_rules()
        self.assertTrue(self.desk(self.operator).claim_next()["claim"])

    def test_the_second_call_of_a_day_is_refused_and_written_down(self):
        self.call_through(self.operator, "third_person")
        contact = self.contact(self.campaign, self.client)
        contact._transition({"next_call_at": "2026-03-02 05:00:00"})
        self.assertFalse(self.desk(self.operator).claim_next()["claim"])
        log = self.env["callcenter.rule.refusal"].search(
            [("partner_id", "=", self.client.id)]
        )
        self.assertEqual(log.rule, "Limit of calls")
        self.assertEqual(str(log.until), "2026-03-03 05:00:00")

    # ------------------------------------------------------------------ rights

    def test_debts_are_closed_to_operators_and_read_by_the_director(self):
        promise = self.promise()
        for record in (self.debt, promise, self.pay(1, "2026-03-02")):
            with self.subTest(model=record._name):
                self.assertTrue(self.as_("director", record).partner_id)
                for role in ("operator", "hr", "manager", "outsider"):
                    with self.assertRaises(AccessError):
                        self.as_(role, record).read(["partner_id"])
        with self.assertRaises(AccessError):
            self.as_("director", self.debt).write({"amount": 1})
        with self.assertRaises(AccessError):
            self.as_("supervisor", promise).write({"state": "kept"})
        self.assertEqual((self.debt.amount, promise.state), (1000, "open"))
