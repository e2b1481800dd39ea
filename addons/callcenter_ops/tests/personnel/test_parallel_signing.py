from concurrent.futures import ThreadPoolExecutor
from datetime import date

import psycopg2
from odoo import SUPERUSER_ID, Command, api
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

# A year of its own: the series begins at 1 and nobody else signs in it.
YEAR, DAY = 2098, date(2098, 1, 15)
ORDERS, THREADS = 24, 6


@tagged("post_install", "-at_install")
class TestParallelSigning(BaseCase):
    """Directors sign at the same moment on connections of their own, really
    committing; every third signature is torn up at the last moment and repeated."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())
        cls.addClassCleanup(cls.remove_data)
        with cls.open_env() as env:
            cls.build_data(env)

    @classmethod
    def open_env(cls, uid=SUPERUSER_ID):
        return _Environment(cls.registry, uid)

    @classmethod
    def build_data(cls, env):
        # No order is dated ahead like this; in that year the company does not ask.
        cls.check_ids = (
            env["callcenter.labour.check"]
            .create(
                {
                    "code": "dated_ahead",
                    "name": "Dated ahead",
                    "article": "-",
                    "date_from": date(YEAR, 1, 1),
                    "severity": "off",
                }
            )
            .ids
        )
        users = env["res.users"].with_context(no_reset_password=True)
        groups = ("callcenter_ops.group_hr", "callcenter_ops.group_director")
        cls.user_ids = users.create(
            [
                {
                    "name": xmlid,
                    "login": f"parallel {xmlid}",
                    "group_ids": [Command.link(env.ref(xmlid).id)],
                }
                for xmlid in groups
            ]
        ).ids
        job = env["hr.job"].create({"name": "Parallel post"})
        department = env["hr.department"].create({"name": "Parallel department"})
        employees = env["hr.employee"].create(
            [{"name": f"Parallel {number}"} for number in range(ORDERS)]
        )
        orders = env["callcenter.personnel.order"].with_user(cls.user_ids[0])
        orders = orders.create(
            [
                {
                    "employee_id": employee.id,
                    "job_id": job.id,
                    "department_id": department.id,
                    "date_order": DAY,
                    "date_effective": DAY,
                }
                for employee in employees
            ]
        )
        orders.action_submit()
        cls.order_ids, cls.employee_ids = orders.ids, employees.ids
        cls.job_id, cls.department_id = job.id, department.id

    @classmethod
    def remove_data(cls):
        with cls.open_env() as env:
            env.cr.execute(
                "DELETE FROM callcenter_acknowledgement WHERE order_id = ANY(%s)",
                [cls.order_ids],
            )
            # As who owns the database: its guards stand aside meanwhile.
            env.cr.execute(
                """ALTER TABLE callcenter_personnel_order DISABLE TRIGGER USER;
                   ALTER TABLE callcenter_trail DISABLE TRIGGER USER;
                   DELETE FROM callcenter_personnel_order WHERE id = ANY(%(ids)s);
                   DELETE FROM callcenter_trail WHERE res_id = ANY(%(ids)s)
                      AND model = 'callcenter.personnel.order';
                   ALTER TABLE callcenter_personnel_order ENABLE TRIGGER USER;
                   ALTER TABLE callcenter_trail ENABLE TRIGGER USER""",
                {"ids": cls.order_ids},
            )
            env.cr.execute(
                "DELETE FROM callcenter_order_register WHERE year = %s", [YEAR]
            )
            env.cr.execute("DELETE FROM ir_cron_trigger WHERE call_at > '2090-01-01'")
            env["callcenter.labour.check"].browse(cls.check_ids).unlink()
            env["mail.message"].search(
                [
                    ("model", "=", "callcenter.personnel.order"),
                    ("res_id", "in", cls.order_ids),
                ]
            ).unlink()
            env["mail.activity"].search(
                [
                    ("res_model", "=", "callcenter.personnel.order"),
                    ("res_id", "in", cls.order_ids),
                ]
            ).unlink()
            env["hr.employee"].browse(cls.employee_ids).unlink()
            env["hr.job"].browse(cls.job_id).unlink()
            env["hr.department"].browse(cls.department_id).unlink()
            env["res.users"].browse(cls.user_ids).unlink()

    @mute_logger("odoo.sql_db")
    def sign(self, order_id):
        """Sign as the Director; returns how many attempts it took."""
        torn_up = order_id % 3 == 0
        for attempt in range(1, 200):
            try:
                with self.open_env(self.user_ids[1]) as env:
                    env["callcenter.personnel.order"].browse(order_id).action_sign()
                    env.flush_all()
                    if torn_up:
                        torn_up = False
                        raise _TornUpError
            except (_TornUpError, psycopg2.OperationalError):
                continue  # given up, or another signature was first: try again
            return attempt
        raise AssertionError("The signature never came through")

    def test_parallel_signatures_leave_neither_gaps_nor_doubles(self):
        with ThreadPoolExecutor(THREADS) as pool:
            attempts = list(pool.map(self.sign, self.order_ids))
        with self.open_env() as env:
            orders = env["callcenter.personnel.order"].browse(self.order_ids)
            self.assertEqual(set(orders.mapped("state")), {"signed"})
            self.assertEqual(
                sorted(orders.mapped("number")), list(range(1, ORDERS + 1))
            )
            register = env["callcenter.order.register"].search([("year", "=", YEAR)])
            self.assertEqual(register.last_number, ORDERS)
        self.assertGreater(sum(attempts), ORDERS, "Some signatures were repeated")


class _TornUpError(Exception):
    """The transaction is given up after the number was taken."""


class _Environment:
    """A connection of its own that commits at the end."""

    def __init__(self, registry, uid):
        self.cr = registry.cursor()
        self.env = api.Environment(self.cr, uid, {"tracking_disable": True})

    def __enter__(self):
        return self.env

    def __exit__(self, kind, error, trace):
        try:
            if kind is None:
                self.env.flush_all()
                self.cr.commit()  # pylint: disable=invalid-commit
            else:
                self.cr.rollback()
        finally:
            self.cr.close()
