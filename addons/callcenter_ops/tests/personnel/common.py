"""Builders of personnel orders."""

from datetime import date

from ..cases import CallcenterCase

TODAY = date(2026, 3, 2)
# 12:00 in Yekaterinburg on that day
NOON = "2026-03-02 07:00:00"
# the first instant of the next day there
MIDNIGHT = "2026-03-02 19:00:00"


class PersonnelCase(CallcenterCase):
    """A candidate, a ground and the three hands through which an order goes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Order = cls.env["callcenter.personnel.order"]
        cls.ground = cls.env.ref("callcenter_ops.dismissal_ground_77_1_3")
        cls.candidate = cls.build_employee(
            "Синицына Вера Олеговна", work_email="v.sinitsyna@example.com"
        )

    def setUp(self):
        super().setUp()
        clock = self.at(NOON)
        clock.__enter__()
        self.addCleanup(clock.__exit__, None, None, None)

    def build_order(self, employee=None, role="hr", **vals):
        """A draft made by HR; appointment of the candidate by default."""
        values = {
            "order_type": "appointment",
            "employee_id": (employee or self.candidate).id,
            "date_order": TODAY,
            "date_effective": TODAY,
        } | vals
        if values["order_type"] == "appointment":
            values = {
                "job_id": self.job.id,
                "department_id": self.department.id,
                "wage": 40000,
            } | values
        return self.Order.with_user(self.users[role]).create(values)

    def sign(self, order):
        """Submit by HR and sign by the Director."""
        self.as_("hr", order).action_submit()
        self.as_("director", order).action_sign()
        order.invalidate_recordset()
        return order.sudo()

    def stand_in(self, deputy, absent, start=TODAY, end=date(2026, 3, 15)):
        """The executed or coming substitution of a signed acting order."""
        order = self.build_order(
            deputy,
            order_type="acting",
            absent_employee_id=absent.id,
            date_effective=start,
            date_end=end,
        )
        return self.sign(order).substitution_ids

    def midnight(self):
        """The scheduler runs as at the first instant of a day."""
        self.env["callcenter.substitution"]._cron_sync_rights()
        self.env.flush_all()
        self.env.invalidate_all()

    def appoint(self, employee=None, **vals):
        """An executed appointment; returns the order."""
        return self.sign(self.build_order(employee, **vals))

    def dismiss(self, employee, **vals):
        """A signed dismissal; today's is executed when its last day is over."""
        order = self.sign(self.build_dismissal(employee, **vals))
        if order.is_last_day:
            with self.at(MIDNIGHT):
                self.Order._cron_execute_due()
        return order

    def build_dismissal(self, employee, **vals):
        vals = {"dismissal_ground_id": self.ground.id} | vals
        return self.build_order(employee, order_type="dismissal", **vals)

    def cancel(self, order, **vals):
        vals = {"basis": "memo 7"} | vals
        return self.sign(
            self.build_order(
                order.employee_id,
                order_type="cancellation",
                cancelled_order_id=order.id,
                **vals,
            )
        )
