from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ..cases import MONDAY
from .common import PositionCase


@tagged("post_install", "-at_install")
class TestPolicy(PositionCase):
    def setUp(self):
        super().setUp()
        self.enterContext(self.at("2026-03-02 06:00:00"))
        self.anna = self.build_operator("Anna Sharova")

    def build_briefing(self, **vals):
        return self.build_policy(
            **{
                "name": "Fire drill",
                "kind": "briefing",
                "briefing_field": "fire_safety",
                "briefing_type": "repeated",
            }
            | vals
        )

    def test_the_validity_follows_the_dated_setting(self):
        periods = self.env["callcenter.briefing.period"]
        periods.search([("briefing_field", "=", "fire_safety")]).unlink()
        for start, months in ((date(2022, 3, 1), 12), (date(2026, 6, 1), 3)):
            periods.create(
                {
                    "briefing_field": "fire_safety",
                    "briefing_type": "repeated",
                    "date_from": start,
                    "months": months,
                    "basis": "Test act",
                }
            )
        self.assertEqual(self.build_briefing().validity_months, 12)
        self.assertEqual(
            self.build_briefing(date_from=date(2026, 6, 1)).validity_months, 3
        )
        self.assertEqual(
            self.build_briefing(date_from=date(2020, 1, 1)).validity_months, 0
        )
        self.assertEqual(self.build_briefing(validity_months=1).validity_months, 1)

    @mute_logger("odoo.sql_db")
    def test_a_period_whose_act_has_ended_is_told_until_its_successor_starts(self):
        periods = self.env["callcenter.briefing.period"].with_user(self.users["hr"])
        periods.search([]).unlink()
        briefing = {"briefing_field": "fire_safety", "briefing_type": "repeated"}
        old, new = periods.create(
            [
                briefing
                | {"date_from": first, "date_to": last, "months": 6, "basis": "Act"}
                for first, last in (("2020-01-01", "2026-02-28"), ("2026-03-10", False))
            ]
        )
        tile = self.as_("hr", self.env.ref("callcenter_ops.personnel_panel_lapsed"))
        for moment, lapsed in {
            "2026-02-28 18:59:59": False,  # Yekaterinburg is five hours ahead
            "2026-02-28 19:00:00": True,
            "2026-03-09 18:59:59": True,
            "2026-03-09 19:00:00": False,
        }.items():
            with self.at(moment), self.subTest(moment=moment):
                self.env.invalidate_all()
                self.assertEqual((old.is_lapsed, new.is_lapsed), (lapsed, False))
                self.assertEqual((tile.count, tile.is_urgent), (lapsed, lapsed))
                domain = tile.action_open()["domain"]
                self.assertEqual(periods.search(domain), old if lapsed else new[:0])

    def test_a_briefing_needs_its_subject(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.build_briefing(briefing_type=False)

    def test_an_unplanned_briefing_needs_its_reason(self):
        briefing = self.build_briefing(briefing_type="unplanned")
        with self.assertRaisesRegex(UserError, "needs its reason"):
            self.approve(briefing)
        briefing.reason = "New heaters"
        self.approve(briefing)
        self.assertEqual(briefing.state, "approved")

    def test_an_act_without_text_is_not_approved(self):
        with self.assertRaisesRegex(UserError, "has no text"):
            self.approve(self.build_policy(body="<p><br/></p>"))

    def test_a_pasted_script_never_reaches_who_signs(self):
        body = '<p onclick="steal()">Be <b>polite</b>.</p><script>steal()</script>'
        policy = self.approve(self.build_policy(body=body))
        asked = self.get_acknowledgement(self.anna, policy)
        shown = asked.with_user(self.anna.user_id).document_html
        self.assertIn("<b>polite</b>", shown)
        self.assertNotIn("steal", shown)

    def test_a_released_post_is_not_asked(self):
        briefing = self.build_briefing()
        self.env["callcenter.policy.release"].with_user(self.users["hr"]).create(
            {
                "policy_id": briefing.id,
                "job_id": self.job.id,
                "basis": "Order 5 of 12 January 2026",
                "date_from": MONDAY,
            }
        )
        self.approve(briefing)
        self.assertFalse(self.get_acknowledgement(self.anna, briefing))
        self.assertEqual(self.get_blockers(self.anna, MONDAY), [])

    def test_the_release_covers_later_versions_and_ends_with_its_last_day(self):
        briefing = self.approve(self.build_briefing())
        self.env["callcenter.policy.release"].create(
            {
                "policy_id": briefing.id,
                "job_id": self.job.id,
                "basis": "Order 5",
                "date_from": MONDAY,
                "date_to": date(2026, 3, 31),
            }
        )
        action = self.as_("hr", briefing).action_new_version()
        second = self.approve(briefing.browse(action["res_id"]))
        self.assertEqual(second.version, 2)
        self.assertEqual(second.root_id, briefing)
        self.assertEqual(self.get_blockers(self.anna, date(2026, 3, 31)), [])
        self.assertEqual(len(self.get_blockers(self.anna, date(2026, 4, 1))), 1)

    def test_a_duplicate_starts_a_register_entry_of_its_own(self):
        policy = self.approve(self.build_policy())
        twin = self.as_("hr", policy).copy()
        self.assertEqual((twin.version, twin.root_id, twin.state), (1, twin, "draft"))

    def test_the_root_cannot_be_forged(self):
        policy = self.approve(self.build_policy())
        with self.assertRaises(UserError):
            self.build_policy(root_id=policy.id)
        other = self.build_policy(name="Other")
        with self.assertRaises(UserError):
            other.write({"root_id": policy.id})

    def test_an_act_for_an_archived_post_does_not_become_one_for_everybody(self):
        job = self.env["hr.job"].create({"name": "Cleaner", "active": False})
        other = self.build_operator("Operator Elsewhere")
        policy = self.approve(self.build_policy(job_ids=[(6, 0, job.ids)]))
        self.assertFalse(policy.sudo().acknowledgement_ids)
        codes = [one["message"] for one in self.get_blockers(other, MONDAY)]
        self.assertFalse([code for code in codes if "House rules" in code])

    def test_an_expired_signature_is_asked_for_again(self):
        briefing = self.approve(self.build_briefing(validity_months=6))
        first = self.sign_sheet(self.get_acknowledgement(self.anna, briefing))
        with self.at("2026-08-10 03:00:00"):
            self.run_day()
            self.assertEqual(self.get_acknowledgement(self.anna, briefing), first)
        with self.at("2026-08-20 03:00:00"):
            self.run_day()
            self.run_day()
            renewal = self.get_acknowledgement(self.anna, briefing)
            self.assertEqual((first.state, renewal.state), ("signed", "pending"))
            self.sign_sheet(renewal)
        self.assertEqual((first.state, renewal.state), ("expired", "signed"))
        self.assertEqual(renewal.expires_on, date(2027, 2, 20))

    def test_a_signature_nobody_renewed_expires(self):
        briefing = self.approve(self.build_briefing(validity_months=6))
        signed = self.sign_sheet(self.get_acknowledgement(self.anna, briefing))
        with self.at("2026-09-02 03:00:00"):
            self.run_day()
            self.assertEqual(signed.state, "signed")
        with self.at("2026-09-03 03:00:00"):
            self.run_day()
            self.assertEqual(signed.state, "expired")
            self.assertEqual(
                self.get_acknowledgement(self.anna, briefing).state, "pending"
            )

    def test_the_director_alone_approves(self):
        policy = self.build_policy()
        for role in ("hr", "supervisor", "operator", "manager"):
            with self.assertRaises(AccessError):
                self.as_(role, policy).action_approve()
        self.assertEqual(policy.state, "draft")

    def run_day(self):
        self.env["callcenter.acknowledgement"].sudo()._cron_daily()
        self.env.flush_all()
