from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form

from .common import TODAY, PersonnelCase


class TestEmployeeGuard(PersonnelCase):
    """The card of an appointed person changes by orders, not by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_job = cls.env["hr.job"].create({"name": "Senior"})
        cls.other_department = cls.env["hr.department"].create({"name": "Shop"})

    def setUp(self):
        super().setUp()
        self.appoint()
        self.card = self.as_("hr", self.candidate)

    def refused(self, order):
        return self.assertRaisesRegex(UserError, f"order of {order}")

    def assert_untouched(self):
        self.env.invalidate_all()
        self.assertTrue(self.candidate.active)
        self.assertEqual(self.candidate.job_id, self.job)
        self.assertEqual(self.candidate.department_id, self.department)
        self.assertFalse(self.candidate.departure_date)

    def test_the_post_is_not_written_by_hand(self):
        for vals in (
            {"job_id": self.other_job.id},
            {"department_id": self.other_department.id},
            {"department_id": False},
        ):
            for card in (self.card, self.candidate):
                with self.subTest(vals=vals), self.refused("transfer"):
                    card.write(vals)
        self.assert_untouched()

    def test_no_field_that_orders_decide_is_written_by_hand(self):
        calendar = self.env["resource.calendar"].create({"name": "Nights"})
        other = self.build_employee("Friend")
        for name, value, order in (
            ("wage", 90000, "pay"),
            ("contract_date_start", "2026-02-01", "changed terms"),
            ("contract_date_end", "2026-12-31", "changed terms"),
            ("trial_date_end", "2026-03-05", "changed terms"),
            ("resource_calendar_id", calendar.id, "changed terms"),
            ("job_title", "Chief", "transfer"),
            ("parent_id", other.id, "transfer"),
            ("name", "Другая Вера Олеговна", "change of name"),
        ):
            before = self.candidate[name]
            for card in (self.card, self.candidate):
                with self.subTest(name=name), self.refused(order):
                    card.write({name: value})
            loaded = self.card.load(
                [".id", f"{name}/.id" if name.endswith("_id") else name],
                [[str(self.candidate.id), str(value)]],
            )
            self.assertFalse(loaded["ids"], name)
            self.env.invalidate_all()
            self.assertEqual(self.candidate[name], before)

    def test_neither_the_version_nor_the_resource_is_a_way_round(self):
        version = self.candidate.version_id.with_user(self.users["hr"])
        resource = self.candidate.resource_id.with_user(self.users["hr"])
        stranger = self.build_employee("Stranger")
        for record, vals, order in (
            (version, {"wage": 90000}, "pay"),
            (version, {"contract_date_end": "2026-12-31"}, "changed terms"),
            (version, {"employee_id": stranger.id}, "transfer"),
            (resource, {"name": "Другая Вера"}, "change of name"),
            (resource, {"active": False}, "dismissal"),
            (self.card, {"current_version_id": stranger.version_id.id}, "transfer"),
        ):
            with self.subTest(vals=vals), self.refused(order):
                record.write(vals)
        self.assert_untouched()
        self.assertEqual(self.candidate.wage, 40000)
        self.assertEqual(self.candidate.name, "Синицына Вера Олеговна")

    def test_nobody_renames_himself_on_the_card_by_his_preferences(self):
        user = self.candidate.user_id
        with self.refused("change of name"), self.env.cr.savepoint():
            user.with_user(user).write({"name": "Другая Вера Олеговна"})
        self.env.invalidate_all()
        self.assertEqual(self.candidate.name, "Синицына Вера Олеговна")

    def test_a_name_written_with_other_capitals_is_the_same_name(self):
        self.card.name = "СИНИЦЫНА Вера  Олеговна"
        self.assertEqual(self.candidate.name, "СИНИЦЫНА Вера  Олеговна")

    def test_the_head_of_appointed_people_changes_by_an_order_alone(self):
        head = self.build_employee("Headov Head")
        department = self.as_("hr", self.department)
        with self.refused_text("changes by an order"):
            department.manager_id = head
        self.assertEqual(self.candidate.parent_id, self.supervisor)
        order = self.appoint(head, is_head=True)
        self.env.invalidate_all()
        self.assertEqual(self.department.manager_id, head)
        self.assertEqual(self.candidate.parent_id, head)
        self.cancel(order)
        self.env.invalidate_all()
        self.assertEqual(self.department.manager_id, self.supervisor)
        self.assertEqual(self.candidate.parent_id, self.supervisor)

    def refused_text(self, text):
        return self.assertRaisesRegex(UserError, text)

    def test_a_department_of_candidates_gets_its_head_by_hand(self):
        department = self.env["hr.department"].create({"name": "New"})
        person = self.build_employee("Newcomer", department_id=department.id)
        self.as_("hr", department).manager_id = self.supervisor
        self.assertEqual(person.parent_id, self.supervisor)

    def test_the_form_says_which_order_to_make(self):
        form = Form(self.card, "hr.view_employee_form")
        form.job_id = self.other_job
        with self.refused("transfer"):
            form.save()
        self.assert_untouched()

    def test_an_import_of_the_same_post_passes_and_of_another_does_not(self):
        for job, loads in ((self.job, True), (self.other_job, False)):
            result = self.card.load(
                [".id", "job_id/.id", "mobile_phone"],
                [[str(self.candidate.id), str(job.id), "+7 343 000 00 01"]],
            )
            self.assertEqual(bool(result["ids"]), loads, result["messages"])
        self.assert_untouched()

    def test_a_version_made_by_hand_moves_nobody(self):
        with self.refused("transfer"), self.env.cr.savepoint():
            self.card.create_version(
                {"date_version": "2026-04-01", "job_id": self.other_job.id}
            )
        with self.refused("transfer"), self.env.cr.savepoint():
            self.card.write(
                {
                    "version_ids": [
                        Command.create(
                            {
                                "date_version": "2026-04-01",
                                "job_id": self.other_job.id,
                                "department_id": self.department.id,
                            }
                        )
                    ]
                }
            )
        self.assertNotIn(self.other_job, self.candidate.version_ids.job_id)

    def test_a_version_of_the_same_post_is_free(self):
        version = self.card.create_version({"date_version": "2026-04-01"})
        self.assertEqual(version.job_id, self.job)

    def test_versions_written_by_orders_are_not_deleted_or_moved(self):
        with self.at("2026-03-09 07:00:00"):
            self.sign(
                self.build_order(
                    order_type="transfer",
                    job_id=self.other_job.id,
                    department_id=self.department.id,
                    date_order="2026-03-09",
                    date_effective="2026-03-09",
                )
            )
        versions = self.candidate.version_ids.sorted("date_version")
        first, last = versions.filtered(lambda one: one.date_version.month == 3)
        self.assertEqual((first.job_id, last.job_id), (self.job, self.other_job))
        with self.refused("transfer"):
            first.with_user(self.users["hr"]).unlink()
        with self.refused("transfer"):
            last.with_user(self.users["hr"]).date_version = "2026-05-01"
        self.env.invalidate_all()
        self.assertEqual(str(last.date_version), "2026-03-09")

    def test_the_card_is_not_archived_or_deleted_by_hand(self):
        for act in (
            lambda: self.card.write({"active": False}),
            lambda: self.card.with_context(no_wizard=True).action_archive(),
            lambda: self.candidate.action_archive(),
            lambda: self.card.unlink(),
        ):
            with self.refused("dismissal"):
                act()
        self.assert_untouched()

    def test_odoos_departure_wizard_is_refused(self):
        for termination in (True, False):
            wizard = (
                self.env["hr.departure.wizard"]
                .with_user(self.users["hr"])
                .with_context(employee_termination=termination)
                .create(
                    {
                        "employee_ids": [Command.set(self.candidate.ids)],
                        "departure_reason_id": self.ground.departure_reason_id.id,
                        "departure_date": TODAY,
                    }
                )
            )
            with self.refused("dismissal"), self.env.cr.savepoint():
                wizard.action_register_departure()
        self.assert_untouched()

    def test_the_token_of_an_order_cannot_be_sent_by_a_client(self):
        for token in (True, 1, "x", {}):
            card = self.card.with_context(callcenter_transition=token)
            with self.refused("transfer"):
                card.write({"job_id": self.other_job.id})
        self.assert_untouched()

    def test_other_fields_of_the_card_stay_free(self):
        self.card.write({"mobile_phone": "+7 343 000 00 00", "job_id": self.job.id})
        self.assertEqual(self.candidate.mobile_phone, "+7 343 000 00 00")

    def test_people_without_an_order_are_odoos_own(self):
        person = self.as_("hr", self.build_employee("Storekeeper"))
        person.write({"job_id": self.other_job.id})
        person.with_context(no_wizard=True).action_archive()
        self.assertEqual(person.job_id, self.other_job)
        self.assertFalse(person.active)

    def test_a_dismissed_card_is_odoos_own_again(self):
        self.dismiss(self.candidate)
        self.card.write({"job_id": self.other_job.id})
        self.assertEqual(self.candidate.job_id, self.other_job)
