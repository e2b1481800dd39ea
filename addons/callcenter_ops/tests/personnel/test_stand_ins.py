"""Who acts for whom: the query against a plain walk, and what a transaction sees."""

from datetime import timedelta
from random import Random

from .common import TODAY, PersonnelCase

PEOPLE = 12


class TestStandIns(PersonnelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls.env["hr.employee"].create(
            [{"name": f"Person {number}"} for number in range(PEOPLE)]
        )
        cls.substitutions = cls.env["callcenter.substitution"]

    def substitute(self, absent, deputy, **vals):
        order = self.build_order(
            deputy,
            order_type="acting",
            absent_employee_id=absent.id,
            date_end=TODAY + timedelta(days=9),
        )
        values = {
            "order_id": order.id,
            "company_id": self.company.id,
            "absent_employee_id": absent.id,
            "deputy_employee_id": deputy.id,
            "date_from": TODAY,
            "date_to": TODAY + timedelta(days=9),
        }
        return self.substitutions.create(values | vals)

    def walk(self, person, deputies):
        """The definition in plain words: go to the deputy while there is one."""
        seen = person
        while person in deputies:
            person = deputies[person]
            if person in seen:
                return person.browse()
            seen |= person
        return person.filtered("active")

    def test_the_query_agrees_with_a_walk_through_random_substitutions(self):
        for seed in range(8):
            with self.subTest(seed=seed):
                self.substitutions.search(
                    [("is_cancelled", "=", False)]
                ).is_cancelled = True
                self.env.flush_all()
                deputies = self.draw_substitutions(Random(seed))
                self.assertEqual(
                    self.substitutions._get_stand_ins(self.people, TODAY),
                    {one.id: self.walk(one, deputies) for one in self.people},
                )

    def draw_substitutions(self, random):
        """Some of the people are away, some have left, some orders were called off."""
        for person in self.people:
            person._in_transition().active = random.random() < 0.8
        deputies = {}
        for absent in random.sample(list(self.people), PEOPLE * 2 // 3):
            deputy = random.choice(self.people - absent)
            kind = random.choice(["now", "now", "now", "called off", "later"])
            later = {"date_from": TODAY + timedelta(days=1)}
            self.substitute(
                absent,
                deputy,
                is_cancelled=kind == "called off",
                **later if kind == "later" else {},
            )
            if kind == "now":
                deputies[absent] = deputy
        return deputies

    def sees(self, user, department):
        departments = self.env["hr.department"].with_user(user)
        found = departments.search([("callcenter_is_supervised", "=", True)])
        return department in found

    def test_a_change_counts_at_once_in_the_same_transaction(self):
        deputy = self.build_operator("Deputy One")
        child = self.env["hr.department"].create({"name": "Evening shift"})
        own = self.users["supervisor"]
        self.assertFalse(self.sees(own, child))
        child.parent_id = self.department
        self.assertTrue(self.sees(own, child))
        self.assertFalse(self.sees(deputy.user_id, child))
        acting = self.substitute(self.supervisor, deputy)
        self.assertTrue(self.sees(deputy.user_id, child))
        acting.is_cancelled = True
        self.assertFalse(self.sees(deputy.user_id, child))
        self.department.manager_id = deputy
        self.assertTrue(self.sees(deputy.user_id, child))
        self.assertFalse(self.sees(own, child))

    def test_the_head_keeps_his_department_while_somebody_stands_in(self):
        self.substitute(self.supervisor, self.build_operator("Deputy One"))
        self.assertTrue(self.sees(self.users["supervisor"], self.department))

    def test_whose_departments_costs_one_statement(self):
        departments = self.env["hr.department"].with_user(self.users["supervisor"])
        departments._get_supervised()
        self.env["res.users"].invalidate_model(["callcenter_supervised_department_ids"])
        with self.assertQueryCount(1):
            for _time in range(3):
                departments._get_supervised()
