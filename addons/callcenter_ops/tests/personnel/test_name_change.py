from odoo.exceptions import UserError

from .common import MIDNIGHT, PersonnelCase

NEW = "Воробей Вера Олеговна"
OLD = "Синицына Вера Олеговна"


class TestNameChange(PersonnelCase):
    """An order gives an appointed person the name of the new passport."""

    def setUp(self):
        super().setUp()
        self.appointment = self.appoint()
        self.card = self.candidate.sudo()

    def build(self, **vals):
        vals = {"new_name": NEW, "basis": "паспорт от 01.03.2026"} | vals
        return self.build_order(order_type="name", **vals)

    def test_the_card_the_account_and_the_contact_take_the_name_over(self):
        self.card.write({"callcenter_name_gen": "Синицыной В. О."})
        order = self.sign(self.build())
        self.env.invalidate_all()
        self.assertEqual(order.state, "executed")
        self.assertEqual(self.card.name, NEW)
        self.assertEqual(self.card.legal_name, NEW)
        self.assertEqual(self.card.user_id.name, NEW)
        self.assertEqual(self.card.work_contact_id.name, NEW)
        self.assertEqual(self.card.user_id.login, "v.sinitsyna@example.com")
        self.assertFalse(self.card.callcenter_name_gen)
        self.assertEqual(
            self.card._get_name_in_case("genitive"), "Воробей Веры Олеговны"
        )

    def test_the_paper_says_both_names_and_the_earlier_one_stays_as_signed(self):
        before = self.as_("hr", self.appointment)._get_paper()
        order = self.sign(self.build())
        paper = self.as_("hr", order)._get_paper()
        self.assertEqual(paper["old_name_gen"], "Синицыной Веры Олеговны")
        self.assertEqual(paper["new_name"], NEW)
        self.assertEqual(paper["person"], OLD)
        self.assertEqual(self.as_("hr", self.appointment)._get_paper(), before)

    def test_a_name_of_tomorrow_comes_tomorrow(self):
        order = self.sign(self.build(date_effective="2026-03-03"))
        self.assertEqual((order.state, self.card.name), ("signed", OLD))
        with self.at(MIDNIGHT):
            self.Order._cron_execute_due()
        self.env.invalidate_all()
        self.assertEqual((order.state, self.card.name), ("executed", NEW))

    def test_a_cancelled_change_gives_the_old_name_and_its_forms_back(self):
        self.card.write({"callcenter_name_short": "В. О. Синицына-мл."})
        order = self.sign(self.build())
        self.assertEqual(self.card._get_short_name(), "В. О. Воробей")
        self.cancel(order)
        self.env.invalidate_all()
        self.assertEqual((self.card.name, self.card.user_id.name), (OLD, OLD))
        self.assertEqual(self.card._get_short_name(), "В. О. Синицына-мл.")

    def test_a_change_without_a_new_name_or_its_proof_is_refused(self):
        for vals, text in (
            ({"new_name": False}, "new name"),
            ({"new_name": "СИНИЦЫНА Вера Олеговна"}, "new name"),
            ({"basis": False}, "proves"),
        ):
            order = self.build(**vals)
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, text):
                order.action_submit()
            self.assertEqual(order.state, "draft")

    def test_a_candidate_is_renamed_on_the_card(self):
        person = self.build_employee("Иванов Иван Иванович")
        order = self.build(employee_id=person.id)
        with self.assertRaisesRegex(UserError, "on the card"):
            order.action_submit()
        self.as_("hr", person).name = "Иванов Иван Ильич"
        self.assertEqual(person.name, "Иванов Иван Ильич")
