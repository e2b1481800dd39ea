import random
from datetime import datetime, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ...models.figures.sql.call_stat import FACET_KEYS, MEASURES
from ...models.sheets.report_sheet_paper import ReportSheetPaper
from ..cases import GROUPS
from ..figures.common import SupervisionCase

_TOTALS = (
    "attempt_count",
    "client_count",
    "contact_count",
    "target_count",
    "sale_count",
    "amount",
    "refusal_count",
    "stop_count",
    "talk_seconds",
    "wrap_seconds",
    "contact_rate",
    "connection_rate",
    "conversion",
    "aht",
)
_RIGHT = ("informed", "refusal", "no_answer", "busy", "unavailable", "line_failure")


@tagged("post_install", "-at_install")
class TestCallCorrection(SupervisionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.refusal = cls.env["callcenter.refusal.reason"].search([], limit=1)
        cls.stats = cls.env["callcenter.call.stat"]

    def check(self, sheet):
        sheet.with_user(sheet.employee_id.user_id).action_submit()
        self.as_("supervisor", sheet).action_check()

    def correct(self, call, code, role="supervisor", **values):
        disposition = self.disposition(code)
        if disposition.requires_refusal_reason:
            values.setdefault("refusal_reason_id", self.refusal.id)
        correction = self.as_(role, call).action_correct(
            disposition.id, values, "Wrong key"
        )
        self.env.flush_all()
        self.env.invalidate_all()
        return correction.sudo()

    def read_figures(self):
        """Sums by facet and key; keys whose every sum is nothing are left out."""
        figures = {}
        for facet, keys in FACET_KEYS.items():
            rows = self.stats._read_group(
                [("facet", "=", facet)],
                ["day:day", *keys],
                [f"{name}:sum" for name in MEASURES],
            )
            for row in rows:
                key, sums = row[: -len(MEASURES)], row[-len(MEASURES) :]
                if any(sums):
                    figures[(facet, *map(str, key))] = tuple(
                        value or 0 for value in sums
                    )
        return figures

    def build_checked(self, code="informed", **vals):
        call = self.build_call(code, **vals)
        self.check(call.sheet_id)
        return call

    def test_the_wrong_record_is_not_touched_and_counts_no_more(self):
        call = self.build_checked("order", expected_revenue=500)
        before = call.read()[0]
        correction = self.correct(call, "informed", note="He only listened")
        after = call.read()[0]
        for name in ("correction_ids", "is_in_force"):
            before.pop(name), after.pop(name)
        self.assertEqual(after, before)
        self.assertFalse(call.is_in_force)
        self.assertTrue(correction.is_in_force)
        sheet = call.sheet_id
        self.assertEqual(correction.sheet_id, sheet)
        self.assertEqual(sheet.state, "checked")
        self.assertEqual(
            (sheet.attempt_count, sheet.sale_count, sheet.amount), (1, 0, 0)
        )

    def test_the_correction_names_author_reason_and_what_it_corrects(self):
        call = self.build_checked()
        correction = self.correct(call, "refusal")
        self.assertEqual(correction.correction_of_id, call)
        self.assertEqual(correction.correction_user_id, self.users["supervisor"])
        self.assertEqual(correction.correction_reason, "Wrong key")
        self.assertEqual(correction.user_id, call.user_id)
        self.assertEqual(correction.started_at, call.started_at)
        self.assertIn("Wrong key", call.sheet_id.message_ids[0].body)

    def test_figures_are_as_if_every_call_had_been_right_from_the_start(self):
        chance = random.Random(11)
        wrong_codes = ("order", "informed", "no_answer", "wrong_person", "busy")
        plan = [
            {
                "wrong": chance.choice(wrong_codes),
                "right": chance.choice(_RIGHT),
                "vals": {
                    "started_at": datetime(2026, 3, 2, 4)
                    + timedelta(minutes=chance.randrange(500)),
                    "talk_seconds": chance.randrange(300),
                    "partner_id": chance.choice([self.client, self.other_client]).id,
                },
            }
            for _number in range(40)
        ]
        base = self.read_figures()
        with self.env.cr.savepoint() as right_from_the_start:
            for step in plan:
                reason = step["right"] == "refusal" and self.refusal.id
                call = self.build_call(
                    step["right"], refusal_reason_id=reason, **step["vals"]
                )
            expected = self.read_figures()
            totals = call.sheet_id.read(_TOTALS)[0]
            right_from_the_start.rollback()
        self.env.invalidate_all()
        self.assertEqual(self.read_figures(), base)
        calls = [
            self.build_call(step["wrong"], expected_revenue=100, **step["vals"])
            for step in plan
        ]
        self.check(calls[0].sheet_id)
        for call, step in zip(calls, plan, strict=True):
            self.correct(call, step["right"])
        sheet = calls[0].sheet_id
        self.assertEqual(sheet.read(_TOTALS)[0] | {"id": 0}, totals | {"id": 0})
        self.assertEqual(self.read_figures(), expected)
        self.stats._rebuild()
        self.assertEqual(self.read_figures(), expected)

    def test_a_correction_is_corrected_in_its_turn_and_the_first_only_once(self):
        call = self.build_checked()
        first = self.correct(call, "refusal")
        with self.assertRaisesRegex(UserError, "corrected already"):
            self.correct(call, "busy")
        second = self.correct(first, "no_answer")
        self.assertEqual(second.correction_of_id, first)
        sheet = call.sheet_id
        self.assertEqual((sheet.attempt_count, sheet.contact_count), (1, 0))
        self.assertEqual(len(sheet.line_ids), 3)

    def test_a_closed_sheet_stays_closed(self):
        call = self.build_checked("order", expected_revenue=90)
        self.as_("supervisor", call.sheet_id).action_close()
        self.correct(call, "informed")
        self.assertEqual((call.sheet_id.state, call.sheet_id.sale_count), ("closed", 0))

    def test_a_correction_without_a_reason_or_a_required_value_is_refused(self):
        call = self.build_checked()
        with self.assertRaisesRegex(UserError, "Say why"):
            self.as_("supervisor", call).action_correct(
                self.disposition("busy").id, {}, "  "
            )
        with self.assertRaisesRegex(UserError, "needs the reason"):
            self.correct(call, "refusal", refusal_reason_id=False)
        self.assertTrue(call.is_in_force)
        self.assertEqual(len(call.sheet_id.line_ids), 1)

    def test_nobody_but_the_supervisor_of_the_day_corrects(self):
        call = self.build_checked()
        for role in ("operator", "hr", "director", "manager", "outsider"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.correct(call, "busy", role=role)
        stranger = new_test_user(
            self.env, "other_head", groups=GROUPS["supervisor"], tz="UTC"
        )
        with self.assertRaises(AccessError):
            call.with_user(stranger).action_correct(
                self.disposition("busy").id, {}, "No"
            )
        self.assertTrue(call.is_in_force)

    def test_a_supervisor_does_not_correct_his_own_calls(self):
        self.supervisor.department_id = self.department
        call = self.build_call(employee=self.supervisor)
        with self.assertRaisesRegex(UserError, "his own calls"):
            self.correct(call, "busy")

    def test_the_context_of_a_request_does_not_thaw_a_call(self):
        call = self.build_checked()
        with self.assertRaisesRegex(UserError, "is checked"):
            call.with_context(callcenter_call_unlocked=True).write({"note": "No"})

    def test_the_paper_shows_both_and_says_which_one_counts(self):
        call = self.build_checked("order", expected_revenue=90)
        self.correct(call, "informed")
        wrong, right = ReportSheetPaper(call.sheet_id).get_lines()
        self.assertEqual(wrong["result"], "Order placed (does not count, see No. 2)")
        self.assertEqual(right["result"], "Informed")
        self.assertEqual(right["status"], "Answered")
        self.assertIn("Correction of No. 1 by cc_supervisor", right["note"])

    def test_the_list_of_calls_leaves_corrected_ones_out(self):
        call = self.build_checked()
        correction = self.correct(call, "busy")
        calls = self.env["callcenter.call"].search(
            [("sheet_id", "=", call.sheet_id.id), ("is_in_force", "=", True)]
        )
        self.assertEqual(calls, correction)
        self.env.invalidate_all()
        self.assertEqual(self.client.callcenter_call_count, 1)

    def test_the_window_offers_the_recorded_values_and_corrects(self):
        call = self.build_checked("order", expected_revenue=90, note="Skis")
        wizards = self.as_("supervisor", self.env["callcenter.call.correct"])
        wizard = wizards.with_context(default_call_id=call.id).create(
            {"disposition_id": self.disposition("informed").id, "reason": "Misheard"}
        )
        self.assertEqual((wizard.note, wizard.technical_status), ("Skis", "answered"))
        action = wizard.action_apply()
        correction = self.env["callcenter.call"].browse(action["res_id"])
        self.assertEqual(correction.disposition_id.code, "informed")
        self.assertEqual(correction.expected_revenue, 0)
