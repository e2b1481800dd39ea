"""What companies share, and what evidence stands on."""

from attacks.attack_case import AttackCase
from odoo.exceptions import UserError
from odoo.service.model import call_kw
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

# Models whose records all companies share; see the record rules named "shared".
SHARED = {
    "callcenter.campaign.recipe": {"name": "Forged"},
    "callcenter.disposition": {"name": "Forged"},
    "callcenter.refusal.reason": {"name": "Forged"},
    "callcenter.pause.reason": {"name": "Forged"},
    "callcenter.number.range": {"provider": "Forged"},
    "callcenter.debt.ban.ground": {"name": "Forged"},
    "callcenter.topic": {"name": "Forged"},
    "callcenter.briefing.period": {"basis": "Forged"},
    "callcenter.dismissal.ground": {"name": "Forged"},
    "callcenter.rule.set": {"name": "Forged"},
    "callcenter.rule.set.version": {"limit_day": 99},
    "callcenter.question.template": {"name": "Forged"},
    "callcenter.training.plan": {"name": "Forged"},
    "callcenter.training.plan.step": {"title": "Forged"},
}


@tagged("post_install", "-at_install")
class TestShared(AttackCase):
    def try_as(self, user, record, method, *args):
        self.env.flush_all()
        self.env.invalidate_all()
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                call_kw(record.with_user(user), method, [record.ids, *args], {})
        except (UserError, IntegrityError):
            return False
        finally:
            self.env.invalidate_all()
        return True

    def test_a_manager_of_one_company_changes_nothing_for_all(self):
        roles = ("operator", "supervisor", "hr", "director", "manager")
        groups = ",".join(f"callcenter_ops.group_{role}" for role in roles)
        if "callcenter.quiz" in self.env:
            groups += ",callcenter_training.group_trainer"
        everywhere = new_test_user(self.env, "cc_everywhere", groups=groups)
        other = self.env["res.company"].create({"name": "Another"})
        stranger = new_test_user(
            self.env,
            "cc_stranger",
            groups=groups,
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        everywhere.company_ids |= other
        for name, vals in SHARED.items():
            record = self.env.get(name, self.env["callcenter.topic"]).search(
                [], limit=1
            )
            if record._name != name or not record:
                continue
            [field] = vals
            before = record[field]
            with self.subTest(model=name):
                self.assertFalse(self.try_as(stranger, record, "write", vals))
                self.assertFalse(self.try_as(stranger, record, "unlink"))
                self.assertEqual(record[field], before)
                self.assertTrue(self.try_as(everywhere, record, "write", vals))

    def test_nothing_is_deleted_from_under_calls_and_custody(self):
        goods = self.env["product.product"].create({"name": "Skis"})
        lead = self.env["crm.lead"].create({"name": "Interested", "type": "lead"})
        self.build_campaign()
        self.call_through(self.build_operator("Operator Two"))
        call = self.env["callcenter.call"].search([], limit=1, order="id desc")
        call.write({"lead_id": lead.id, "product_ids": [(4, goods.id)]})
        package = self.env["callcenter.phone.package"].create(
            {"name": "Package", "monthly_fee": 100}
        )
        line = self.env["callcenter.phone.line"].create(
            {"name": "Line 1", "package_id": package.id}
        )
        self.env["callcenter.custody"].create(
            {
                "employee_id": self.supervisor.id,
                "line_id": line.id,
                "date_from": "2026-03-01 08:00:00",
            }
        )
        for record in (goods, goods.product_tmpl_id, lead, line):
            for user in (self.env.user, self.users["supervisor"]):
                with self.subTest(model=record._name, user=user.login):
                    self.try_as(user, record, "unlink")
                    self.assertTrue(record.exists())
        self.assertEqual((call.lead_id, call.product_ids), (lead, goods))

    def test_joined_leads_keep_the_calls_of_both(self):
        leads = self.env["crm.lead"].create(
            [{"name": f"Lead {number}", "type": "opportunity"} for number in (1, 2)]
        )
        self.build_campaign()
        self.call_through(self.build_operator("Operator Two"))
        call = self.env["callcenter.call"].search([], limit=1, order="id desc")
        for lead in leads:
            call.write({"lead_id": lead.id})
        kept = leads.merge_opportunity()
        self.assertEqual(call.lead_id, kept)


@tagged("post_install", "-at_install")
class TestSettled(AttackCase):
    """What is settled once it is there, tried on records as RPC would."""

    def test_a_debt_is_not_paid_by_saying_so(self):
        debt = self._build_debt()
        for vals in (
            {"state": "paid"},
            {"amount_paid": 100},
            {"amount_left": 0},
            {"partner_id": self.build_client("Another").id},
            {"partner_id": str(self.build_client("A third").id)},
            {"name": "Invoice 2"},
        ):
            self._assert_kept("supervisor", debt, vals)
        payment = self.env["callcenter.debt.payment"].create(
            {"debt_id": debt.id, "name": "P-1", "amount": 40}
        )
        other = self._build_debt("Invoice 3")
        for vals in (
            {"amount": 100},
            {"date": "2020-01-01"},
            {"name": "P-2"},
            {"debt_id": other.id},
            {"active": False},
        ):
            self._assert_kept("supervisor", payment, vals)
        self._assert_kept(
            "supervisor", debt, {"payment_ids": [(1, payment.id, {"amount": 100})]}
        )
        self.assertEqual((debt.state, debt.amount_left), ("open", 60))

    def test_a_payment_entered_by_mistake_is_struck_out_and_stays_to_be_seen(self):
        debt = self._build_debt()
        values = {"debt_id": debt.id, "name": "P-1", "amount": 100}
        payment = self.env["callcenter.debt.payment"].create(values)
        self.assertEqual(debt.state, "paid")
        payment.with_user(self.users["supervisor"]).action_strike_out()
        self.assertEqual((debt.state, debt.amount_left), ("open", 100))
        self.assertFalse(payment.active)
        self.assertIn("P-1", debt.message_ids[0].body)
        self.env["callcenter.debt.payment"].create(values | {"amount": 10})
        self.assertEqual(debt.amount_left, 90)

    def test_an_entry_of_the_stop_list_is_neither_moved_nor_put_off(self):
        entry = self.env["callcenter.stop.entry"].create(
            {"phone": "+73430009999", "reason": "Asked", "company_id": self.company.id}
        )
        for vals in (
            {"date_end": "2026-03-02 06:00:00"},
            {"date": "2030-01-01 00:00:00"},
            {"phone": "+73430008888"},
            {"phone_hash": "0" * 64},
            {"partner_id": self.build_client().id},
            {"campaign_id": self.build_campaign().id},
            {"reason": "Never mind"},
            {"ended_by_id": self.users["hr"].id},
        ):
            for role in ("supervisor", "manager"):
                self._assert_kept(role, entry, vals)
        entry.with_user(self.users["supervisor"]).action_end()
        self.env.flush_all()  # the trigger lets it pass
        self.assertEqual(entry.ended_by_id, self.users["supervisor"])
        self.assertEqual(str(entry.date_end), "2026-03-02 05:00:01")

    def test_a_letter_is_as_the_client_sent_it(self):
        letter = self.env["callcenter.enquiry"].create(
            {
                "name": "Complaint",
                "body": "<p>Where are my skis?</p>",
                "email_from": "shop@client.example.com",
                "inbox_id": self.env["callcenter.inbox"].search([], limit=1).id,
            }
        )
        for vals in (
            {"body": "<p>Thank you!</p>"},
            {"name": "Praise"},
            {"received_at": "2026-03-02 04:59:00"},
            {"deadline_at": "2030-01-01 00:00:00"},
            {"email_from": "other@client.example.com"},
            {"channel": "letter"},
            {"state": "answered"},
            {"is_late": False, "answered_at": "2026-03-02 05:00:00"},
        ):
            self._assert_kept("supervisor", letter, vals)

    def _build_debt(self, name="Invoice 1"):
        return self.env["callcenter.debt"].create(
            {
                "name": name,
                "partner_id": self.build_client().id,
                "amount": 100,
                "date_due": "2026-02-01",
            }
        )

    def _assert_kept(self, role, record, vals):
        """Refused over HTTP, and the record is as before."""
        names = list(vals)
        self.sign_in(role)
        before = record.read(names)
        with self.subTest(role=role, model=record._name, vals=vals):
            self.assert_refused(self.call(record._name, "write", record.ids, vals))
            self.assertEqual(record.read(names), before)
