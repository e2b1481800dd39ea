"""Two starts at the same moment, by two connections: the database lets one through."""

import threading

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged


@tagged("post_install", "-at_install")
class TestParallelStart(BaseCase):
    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.made = self._build(env)
        self.addCleanup(self._clean)

    def _build(self, env):
        user = env["res.users"].with_context(no_reset_password=True).create(
            {
                "name": "Parallel",
                "login": "cc_parallel",
                "group_ids": [(4, env.ref("callcenter_ops.group_operator").id)],
            }
        )  # fmt: skip
        employee = env["hr.employee"].create({"name": "Parallel", "user_id": user.id})
        products = env["product.template"].create(
            [{"name": f"Parallel {n}", "list_price": 100 + n} for n in range(6)]
        )
        template = env.ref("callcenter_training.question_template_price")
        quiz = env["callcenter.quiz"].create(
            {
                "name": "Parallel",
                "section_ids": [
                    (0, 0, {"name": "All", "question_count": 4,
                            "template_ids": [(6, 0, template.ids)]})
                ],
            }
        )  # fmt: skip
        quiz._transition({"state": "in_force"})
        return [user, employee, products, quiz]

    def _clean(self):
        """What was committed goes again: evidence leaves by the back door of a test."""
        user, employee, products, quiz = self.made
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            for table in ("key", "item", ""):
                name = "callcenter_quiz_attempt" + (table and f"_{table}")
                cr.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
            attempts = env["callcenter.quiz.attempt"].search(
                [("quiz_id", "=", quiz.id)]
            )
            attempts = attempts._in_transition()
            items = attempts.item_ids
            keys = env["callcenter.quiz.attempt.key"].search(
                [("item_id", "in", items.ids)]
            )
            for records in (keys, items, attempts):
                records._in_transition().unlink()
            for table in ("key", "item", ""):
                name = "callcenter_quiz_attempt" + (table and f"_{table}")
                cr.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")
            quiz.with_env(env).unlink()
            products.with_env(env).unlink()
            employee.with_env(env).unlink()
            user.with_env(env).unlink()

    def _start(self, gate, results):
        user, _employee, _products, quiz = self.made
        with self.registry.cursor() as cr:
            env = api.Environment(cr, user.id, {})
            runner = env["callcenter.quiz.runner"]
            # Both have looked for an open attempt and found none.
            env["callcenter.quiz.attempt"].sudo()._get_open(
                env.user.sudo().employee_id, env["callcenter.quiz"].browse(quiz.id)
            )
            gate.wait(30)
            try:
                results.append(runner.start(quiz.id)["attempt_id"])
            except UserError:
                cr.rollback()
                results.append("refused")

    def test_two_starts_at_once_make_one_attempt(self):
        gate, results = threading.Barrier(2), []
        threads = [
            threading.Thread(target=self._start, args=(gate, results))
            for _number in range(2)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        started = [result for result in results if result != "refused"]
        self.assertEqual(len(results), 2)
        self.assertEqual(len(started), 1)
        with self.registry.cursor() as cr:
            cr.execute(
                "SELECT count(*) FROM callcenter_quiz_attempt WHERE quiz_id = %s",
                [self.made[3].id],
            )
            self.assertEqual(cr.fetchone()[0], 1)
