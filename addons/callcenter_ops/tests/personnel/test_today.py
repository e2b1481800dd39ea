from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import TODAY, PersonnelCase


@tagged("post_install", "-at_install")
class TestToday(PersonnelCase):
    """HR's and the Director's first screens."""

    def ask(self, role):
        """The one part of the screen that the role sees."""
        screens = self.as_(role, self.env["callcenter.today"]).get_screen()
        [part] = screens
        self.assertEqual(part["role"], role)
        return part

    def find_line(self, role, record):
        key = f"{record._name},{record.id}"
        lines = [line for line in self.ask(role)["work"] if line["key"] == key]
        return lines[0] if lines else None

    def test_a_draft_stands_in_hr_s_list_by_its_day(self):
        order = self.build_order(date_effective=date(2026, 3, 5))
        line = self.find_line("hr", order)
        self.assertEqual(
            (line["title"], line["due"], line["is_late"]),
            (self.candidate.name, "2026-03-05", False),
        )
        [step] = line["steps"]
        self.assertEqual(step["call"]["method"], "action_submit")

    def test_the_step_of_a_line_is_taken_with_one_s_own_rights(self):
        order = self.build_order()
        [step] = self.find_line("hr", order)["steps"]
        called = self.env[step["call"]["model"]].browse(step["call"]["ids"])
        with self.assertRaises(AccessError):
            getattr(self.as_("outsider", called), step["call"]["method"])()
        self.assertEqual(order.sudo().state, "draft")
        getattr(self.as_("hr", called), step["call"]["method"])()
        self.assertEqual(order.sudo().state, "submitted")
        self.assertIsNone(self.find_line("hr", order))

    def test_work_stands_by_its_deadline(self):
        later = self.build_order(date_effective=date(2026, 3, 20))
        other = self.build_employee("Абрамов Глеб Ильич")
        sooner = self.build_order(other, date_effective=date(2026, 3, 9))
        keys = [line["key"] for line in self.ask("hr")["work"]]
        drafts = [f"{one._name},{one.id}" for one in (sooner, later)]
        self.assertEqual([key for key in keys if key in drafts], drafts)

    def test_what_was_to_be_done_before_today_is_late(self):
        order = self.build_order(date_effective=date(2026, 3, 3))
        with self.at("2026-03-04 07:00:00"):
            self.assertTrue(self.find_line("hr", order)["is_late"])

    def test_the_director_reads_and_signs_what_was_submitted(self):
        order = self.build_order()
        self.assertIsNone(self.find_line("director", order))
        self.as_("hr", order).action_submit()
        line = self.find_line("director", order)
        read, see = line["steps"]
        self.assertEqual(read["action"]["res_model"], "callcenter.order.signing")
        self.assertEqual(read["action"]["context"]["active_ids"], order.ids)
        self.assertEqual(see["action"]["res_id"], order.id)
        dialog = self.env[read["action"]["res_model"]].with_context(
            **read["action"]["context"]
        )
        self.as_("director", dialog).create({}).action_sign()
        self.assertIsNone(self.find_line("director", order))

    def test_the_director_has_six_figures_and_the_risks(self):
        part = self.ask("director")
        self.assertEqual(
            [figure["name"] for figure in part["figures"]],
            [
                "attempts",
                "contacts",
                "results",
                "service_level",
                "operators",
                "expenses",
            ],
        )
        self.assertIn("headless", [risk["key"] for risk in part["risks"]])
        self.assertEqual(part["counts"], [])

    def test_a_newcomer_is_followed_to_the_first_call(self):
        self.job.is_callcenter_operator = True
        order = self.build_order(date_effective=date(2026, 3, 9))
        [chain] = self.ask("hr")["chains"]
        self.as_("hr", order).action_submit()
        self.assertEqual(chain["name"], "Синицына В. О.")
        self.assertEqual({dot["is_done"] for dot in chain["dots"]}, {False})
        self.as_("director", order).action_sign()
        [chain] = self.ask("hr")["chains"]
        self.assertTrue(chain["dots"][0]["is_done"])
        self.assertFalse(chain["dots"][-1]["is_done"])

    def test_who_may_call_is_no_newcomer_any_more(self):
        self.job.is_callcenter_operator = True
        self.appoint(date_effective=TODAY)
        self.patch(
            type(self.env["hr.employee"]),
            "_get_callcenter_blockers",
            lambda people, day: {key: [] for key in people.ids},
        )
        self.assertEqual(self.ask("hr")["chains"], [])

    def test_a_department_that_nobody_heads_is_work_of_today(self):
        self.build_operator("Operator of the department")
        self.department.manager_id = False
        line = self.find_line("hr", self.department)
        self.assertEqual((line["title"], line["due"]), ("Call centre", str(TODAY)))

    def test_others_see_nothing_of_it(self):
        self.build_order()
        for role in ("operator", "outsider", "manager"):
            with self.assertRaises(AccessError):
                self.as_(role, self.env["callcenter.today"]).get_screen()
        [part] = self.as_("supervisor", self.env["callcenter.today"]).get_screen()
        self.assertEqual(part["role"], "supervisor")
        self.assertEqual(part["chains"], [])
