from datetime import timedelta

from odoo.tests import tagged

from .common import TODAY, PersonnelCase

QUERIES = 20


@tagged("post_install", "-at_install")
class TestOrderSize(PersonnelCase):
    """Lists do not ask the database once a row."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        employees = cls.env["hr.employee"].create(
            [{"name": f"Person {number}"} for number in range(80)]
        )
        cls.Order.create(
            [
                {
                    "employee_id": employee.id,
                    "job_id": cls.job.id,
                    "department_id": cls.department.id,
                    "date_order": "2026-03-02",
                    "date_effective": "2026-03-02",
                }
                for employee in employees
            ]
        )

    def read_list(self, model, xmlid, role="hr"):
        """Open a list as the web client does; returns the number of rows."""
        records = self.env[model].with_user(self.users[role])
        view = records.get_view(self.env.ref(xmlid).id, "list")
        names = {name for name in view["models"][model] if name != "activity_ids"}
        spec = {
            name: {"fields": {"display_name": {}}}
            if records._fields[name].type == "many2one"
            else {}
            for name in names
        }
        result = records.web_search_read([], spec, limit=80)
        return len(result["records"])

    def test_the_list_of_orders_opens_in_a_few_queries(self):
        xmlid = "callcenter_ops.personnel_order_view_list"
        for role in ("hr", "director"):
            self.read_list("callcenter.personnel.order", xmlid, role)
            self.env.invalidate_all()
            with self.subTest(role=role), self.assertQueryCount(QUERIES):
                rows = self.read_list("callcenter.personnel.order", xmlid, role)
            self.assertEqual(rows, 80)

    def build_substitutions(self):
        orders = self.Order.search([], limit=80)
        self.env["callcenter.substitution"].create(
            [
                {
                    "order_id": order.id,
                    "company_id": self.company.id,
                    "absent_employee_id": self.supervisor.id,
                    "deputy_employee_id": order.employee_id.id,
                    "date_from": TODAY + timedelta(days=10 * number),
                    "date_to": TODAY + timedelta(days=10 * number + 5),
                }
                for number, order in enumerate(orders)
            ]
        )

    def test_the_list_of_substitutions_opens_in_a_few_queries(self):
        self.build_substitutions()
        xmlid = "callcenter_ops.substitution_view_list"
        model = "callcenter.substitution"
        for role in ("hr", "director", "supervisor"):
            self.read_list(model, xmlid, role)
            self.env.invalidate_all()
            with self.subTest(role=role), self.assertQueryCount(QUERIES):
                rows = self.read_list(model, xmlid, role)
            self.assertEqual(rows, 80)

    def test_the_figures_of_the_staff_ask_two_queries_whatever_the_staff(self):
        figures = self.env["callcenter.staff.figures"].with_user(self.users["hr"])
        figures.get_data()
        self.env.invalidate_all()
        with self.assertQueryCount(3):
            figures.get_data(months=36)

    def test_the_chart_reads_all_people_at_once(self):
        people = self.env["hr.employee"].search([("name", "like", "Person")])
        people._transition({"callcenter_status": "appointed"})
        employees = people.with_user(self.users["hr"])
        domain = [("callcenter_in_chart", "=", True)]
        spec = {"name": {}, "job_id": {}, "callcenter_chart_note": {}}
        employees.web_search_read(domain, spec)
        self.env.invalidate_all()
        with self.assertQueryCount(QUERIES):
            result = employees.web_search_read(domain, spec)
        self.assertEqual(result["length"], 80)

    def test_hrs_home_asks_a_few_queries_a_tile(self):
        panels = self.env["callcenter.personnel.panel"].with_user(self.users["hr"])
        panels.search([]).mapped("count")
        self.env.invalidate_all()
        with self.assertQueryCount(QUERIES):
            panels.search([]).mapped("count")
