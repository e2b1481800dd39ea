"""Lists ask the database no more often for many rows than for few."""

from datetime import timedelta

from lxml import etree
from odoo.tests import tagged

from ..cases import MONDAY
from .common import PositionCase

ROWS = 40
FEW = 10
BUDGET = 21
EVERYBODY = ("hr", "director", "supervisor")
# Odoo's own list of employees is left out: it asks 20 questions without us.
MAIN_LISTS = {
    "callcenter.personnel.order": ("hr", "director"),
    "callcenter.substitution": EVERYBODY,
    "callcenter.acknowledgement": EVERYBODY,
    "callcenter.readiness": EVERYBODY,
    "callcenter.timeline": EVERYBODY,
    "callcenter.job.description": ("hr", "director"),
    "callcenter.policy": ("hr", "director"),
    "hr.employee.public": ("supervisor",),
}


@tagged("post_install", "-at_install")
class TestPositionSize(PositionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        jobs = cls.env["hr.job"].create([{"name": f"Post {n}"} for n in range(ROWS)])
        cls.people = [
            cls.build_operator(f"Operator Number{number}", job_id=job.id)
            for number, job in enumerate(jobs)
        ]
        director = cls.users["director"]
        cls.policies = [cls.build_policy(name=f"Act {n}") for n in range(ROWS)]
        for job in jobs:
            cls.build_description(job=job).with_user(director).action_approve()
        for policy in cls.policies:
            policy.job_ids = [(6, 0, jobs[:1].ids)]
            policy.with_user(director).action_approve()
        cls.stand_in_often()

    @classmethod
    def stand_in_often(cls):
        """A substitution a day, each by an order and a deputy of its own."""
        for number, deputy in enumerate(cls.people):
            day = MONDAY + timedelta(days=number)
            order = cls.env["callcenter.personnel.order"].create(
                {
                    "order_type": "acting",
                    "employee_id": deputy.id,
                    "absent_employee_id": cls.supervisor.id,
                    "date_order": MONDAY,
                    "date_effective": day,
                    "date_end": day,
                }
            )
            order._get_kind().after_sign()

    def setUp(self):
        super().setUp()
        self.enterContext(self.at("2026-03-02 06:00:00"))

    def test_the_main_lists_open_in_few_queries(self):
        for name, roles in MAIN_LISTS.items():
            for role in roles:
                self.assert_cheap(role, name)

    def test_the_cards_open_in_few_queries(self):
        for name in (
            "callcenter.acknowledgement",
            "callcenter.job.description",
            "callcenter.policy",
            "callcenter.readiness",
            "callcenter.substitution",
        ):
            self.assert_cheap("hr", name, "kanban")

    def test_the_board_costs_the_same_whatever_is_checked(self):
        for policy in ("none", "warn", "block"):
            self.company.callcenter_workplace_policy = policy
            self.assert_cheap("supervisor", "callcenter.readiness")

    def assert_cheap(self, role, name, view="list"):
        model = self.env[name].with_user(self.users[role])
        specification = self.get_specification(model, view)
        with self.subTest(role=role, model=name, view=view):
            self.count_queries(model, specification, FEW)  # warms the registry
            few = self.count_queries(model, specification, FEW)
            many = self.count_queries(model, specification, ROWS)
            self.assertLess(many, BUDGET)
            self.assertEqual(few, many)

    def count_queries(self, model, specification, limit):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        answer = model.web_search_read([], specification, limit=limit)
        self.assertEqual(len(answer["records"]), limit)
        return self.env.cr.sql_log_count - before

    def get_specification(self, model, view):
        """The fields of the view as the web client asks for them: the name of a
        related record only where it is seen."""
        arch = etree.fromstring(model.get_view(view_type=view)["arch"])
        names = set(arch.xpath("//field/@name"))
        seen = set(arch.xpath("//field[not(@column_invisible='1')]/@name"))
        return {
            name: {"fields": {"display_name": {}} if name in seen else {}}
            if model._fields[name].type == "many2one"
            else {}
            for name in names
        }

    def test_signatures_that_ran_out_are_not_read_again(self):
        briefing = self.build_policy(
            name="Drill",
            kind="briefing",
            briefing_field="fire_safety",
            briefing_type="repeated",
            validity_months=6,
            job_ids=[],
        )
        self.approve(briefing)
        anna = self.people[1]
        asked = self.get_acknowledgement(anna, briefing)
        self.sign_sheet(asked)
        model = self.env["callcenter.acknowledgement"]
        for day, counted in (("2026-09-02", asked), ("2026-09-03", model)):
            domain = model._get_answer_domain(day) & model._get_about_domain(briefing)
            found = model.search(domain).filtered(lambda one: one.employee_id == anna)
            self.assertEqual(found, counted, day)
