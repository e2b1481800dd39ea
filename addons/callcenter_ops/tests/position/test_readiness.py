from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..personnel.common import PersonnelCase
from .common import PositionCase


@tagged("post_install", "-at_install")
class TestReadiness(PositionCase):
    def setUp(self):
        super().setUp()
        self.enterContext(self.at("2026-03-02 06:00:00"))
        self.anna = self.build_operator("Anna Sharova")
        self.description = self.approve(self.build_description())
        self.boris = self.build_operator("Boris Kotov")
        self.sign(self.get_acknowledgement(self.anna, self.description))

    def get_board(self, role="supervisor"):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["callcenter.readiness"].with_user(self.users[role])

    def test_the_board_says_who_may_call_and_why_not(self):
        self.build_employee("Candidate", department_id=self.department.id)
        rows = self.get_board().search([])
        self.assertRecordValues(
            rows,
            [
                {"name": "Anna Sharova", "is_cleared": True, "blocker_text": ""},
                {
                    "name": "Boris Kotov",
                    "is_cleared": False,
                    "blocker_text": "Not acknowledged: Job description: Operator, "
                    "version 1.",
                },
            ],
        )

    def test_it_is_searched_by_the_answer(self):
        board = self.get_board()
        self.assertEqual(
            board.search([("is_cleared", "=", True)]).mapped("name"), ["Anna Sharova"]
        )
        self.assertEqual(
            board.search([("is_cleared", "=", False)]).mapped("name"), ["Boris Kotov"]
        )

    def test_a_supervisor_sees_his_departments_and_hr_everybody(self):
        elsewhere = self.env["hr.department"].create({"name": "Warehouse"})
        self.build_operator("Vera Lisina", department_id=elsewhere.id)
        self.assertNotIn("Vera Lisina", self.get_board().search([]).mapped("name"))
        for role in ("hr", "director"):
            self.assertIn("Vera Lisina", self.get_board(role).search([]).mapped("name"))

    def test_operators_have_no_board(self):
        for role in ("operator", "outsider"):
            with self.assertRaises(AccessError):
                self.get_board(role).search([])

    def test_fifty_operators_cost_no_more_queries_than_ten(self):
        for number in range(50):
            self.build_operator(f"Operator Number{number}")
        board = self.get_board()
        board.search([], limit=1).mapped("is_cleared")
        few = self.count_queries(board, 10)
        many = self.count_queries(board, 50)
        self.assertEqual(few, many)
        self.assertLess(many, 20)

    def count_queries(self, board, limit):
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        # As the list opens: found and read in one go.
        columns = ["name", "job_id", "department_id", "company_id"]
        rows = board.search_fetch([], columns, limit=limit)
        self.assertEqual(len(rows.mapped("is_cleared")), limit)
        return self.env.cr.sql_log_count - before

    def test_the_employee_form_shows_the_reasons(self):
        form = self.as_("hr", self.boris)
        self.assertIn("Not acknowledged", form.callcenter_blocker_text)
        self.assertEqual(form.callcenter_pending_count, 0)
        self.assertFalse(self.as_("hr", self.anna).callcenter_blocker_text)


@tagged("post_install", "-at_install")
class TestTimeline(PersonnelCase, PositionCase):
    def test_orders_and_documents_stand_in_the_order_of_time(self):
        self.approve(self.build_description())
        order = self.appoint()
        employee = self.candidate
        self.env.flush_all()
        events = (
            self.env["callcenter.timeline"]
            .with_user(self.users["hr"])
            .search([("employee_id", "=", employee.id)])
        )
        self.assertEqual(
            sorted(events.mapped("kind")),
            ["document_asked", "document_asked", "order_executed", "order_signed"],
        )
        signed = events.filtered(lambda e: e.kind == "order_signed")
        self.assertEqual(signed.title, order.name)
        action = signed.action_open()
        self.assertEqual(
            (action["res_model"], action["res_id"]),
            ("callcenter.personnel.order", order.id),
        )

    def test_an_operator_sees_his_own_timeline_alone(self):
        self.appoint()
        other = self.build_operator("Boris Kotov")
        self.env.flush_all()
        timeline = self.env["callcenter.timeline"]
        own = timeline.with_user(self.candidate.sudo().user_id).search([])
        self.assertEqual(own.employee_id.ids, self.candidate.ids)
        self.assertFalse(timeline.with_user(other.user_id).search([]))
        with self.assertRaises(AccessError):
            timeline.with_user(self.users["outsider"]).search([])

    def sign(self, record, **kwargs):
        return PersonnelCase.sign(self, record)
