"""Builders shared by the tests of every room."""

from contextlib import contextmanager
from datetime import date

from freezegun import freeze_time
from odoo.tests import TransactionCase, new_test_user

GROUPS = {
    "operator": "callcenter_ops.group_operator",
    "supervisor": "callcenter_ops.group_supervisor",
    "hr": "callcenter_ops.group_hr",
    "director": "callcenter_ops.group_director",
    "manager": "callcenter_ops.group_manager",
}
MONDAY = date(2026, 3, 2)


class CallcenterCase(TransactionCase):
    """One user per role, one department, one post; builders for the rest.

    ``self.users["hr"]`` and so on are the users; ``self.as_("hr", record)`` is the
    record seen by that role.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True))
        cls.company = cls.env.company
        cls.company.callcenter_tz = "Asia/Yekaterinburg"
        # Without hours in it the clock of deadlines runs on.
        cls.company.callcenter_service_calendar_id = cls.env[
            "resource.calendar"
        ].create({"name": "Always", "attendance_ids": [(6, 0, [])]})
        # Papers and mails speak the language of their reader: here English.
        cls.company.partner_id.lang = "en_US"
        cls.env["ir.default"].set("res.partner", "lang", "en_US")
        cls.users = {
            role: new_test_user(
                cls.env, f"cc_{role}", groups=f"base.group_user,{group}", tz="UTC"
            )
            for role, group in GROUPS.items()
        }
        cls.users["outsider"] = new_test_user(
            cls.env, "cc_outsider", groups="base.group_user", tz="UTC"
        )
        cls.supervisor = cls.build_employee("Supervisor", user=cls.users["supervisor"])
        cls.department = cls.env["hr.department"].create(
            {"name": "Call centre", "manager_id": cls.supervisor.id}
        )
        cls.job = cls.env["hr.job"].create(
            {"name": "Operator", "department_id": cls.department.id}
        )

    @classmethod
    def build_employee(cls, name, user=None, **vals):
        """A candidate: an employee without any order."""
        if user:
            vals["user_id"] = user.id
        return cls.env["hr.employee"].create({"name": name, **vals})

    @classmethod
    def build_operator(cls, name="Operator One", user=None, **vals):
        """An appointed operator with a user, without the paper work."""
        if user is None:
            login = name.lower().replace(" ", "_")
            user = new_test_user(cls.env, login, groups=GROUPS["operator"], tz="UTC")
        employee = cls.build_employee(
            name,
            user=user,
            **{"department_id": cls.department.id, "job_id": cls.job.id} | vals,
        )
        employee._transition({"callcenter_status": "appointed"})
        return employee

    @classmethod
    def by_order(cls, record):
        """``record`` as the execution of an order writes it, past the card's guard."""
        return record.with_env(cls.env["hr.employee"]._in_transition().env)

    def get_blockers(self, employee, on_date):
        """What keeps one employee from calls on a day."""
        return employee._get_callcenter_blockers(on_date)[employee.id]

    def get_warnings(self, employee, on_date):
        """What one employee is told though it keeps him from nothing."""
        return employee._get_callcenter_warnings(on_date)[employee.id]

    def as_(self, role, record):
        """``record`` in the environment of a role, its cache emptied first."""
        record.env.flush_all()
        record.env.invalidate_all()
        return record.with_user(self.users[role])

    @contextmanager
    def as_owner_of(self, table):
        """What who owns the database can do: its guards stand aside meanwhile."""
        self.env.flush_all()
        self.env.cr.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield self.env.cr
        self.env.cr.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        self.env.invalidate_all()

    @contextmanager
    def at(self, moment):
        """Freeze the server clock, the database's ``now()`` included.

        :param moment: naive UTC datetime or its ISO text
        """
        with freeze_time(moment) as frozen:
            previous = self.env.cr._now
            self.env.cr._now = frozen()
            try:
                yield frozen
            finally:
                self.env.cr._now = previous
