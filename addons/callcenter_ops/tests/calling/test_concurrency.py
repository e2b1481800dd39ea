"""Desks that really work at the same time: own connections, real commits."""

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.sql_db import db_connect
from odoo.tests import BaseCase, tagged
from odoo.tests.common import get_db_name, new_test_user
from odoo.tools import SQL

OPERATORS = 4
CLIENTS = 20
_MARK = "Concurrency"


@tagged("post_install", "-at_install")
class TestConcurrency(BaseCase):
    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.addCleanup(self._clean)
        with self._env() as env:
            self._build(env)

    def _env(self, uid=SUPERUSER_ID):
        return _Session(self.registry, uid)

    def _build(self, env):
        env["callcenter.campaign"].search([("state", "=", "running")])._transition(
            {"state": "paused"}
        )
        operators = [self._build_operator(env, n) for n in range(OPERATORS)]
        self.uids = [operator.user_id.id for operator in operators]
        clients = env["res.partner"].create(
            [
                {
                    "name": f"{_MARK} client {number}",
                    "phone": f"+7343001{number // 2:04d}",
                    "callcenter_tz": "Asia/Yekaterinburg",
                }
                for number in range(CLIENTS)
            ]
        )
        version = {
            "date_from": "2020-01-01",
            "workday_from": 0,
            "workday_to": 24,
            "dayoff_to": 24,
            "limit_day": 1,
            "max_attempts": 0,
        }
        rules = env["callcenter.rule.set"].create(
            {
                "name": _MARK,
                "for_informative": True,
                "version_ids": [(0, 0, version)],
            }
        )
        # Pairs of clients share a number, and both campaigns hold all clients.
        halves = (clients.filtered(lambda c: c.id % 2), clients)
        for number, half in enumerate(halves):
            campaign = env["callcenter.campaign"].create(
                {
                    "name": f"{_MARK} {number}",
                    "rule_set_id": rules.id,
                    "partner_domain": repr([("id", "in", half.ids)]),
                }
            )
            campaign.action_load_contacts()
            campaign.action_start()

    def _build_operator(self, env, number):
        user = new_test_user(
            env, f"concurrency_{number}", groups="callcenter_ops.group_operator"
        )
        employee = env["hr.employee"].create(
            {"name": f"{_MARK} {number}", "user_id": user.id}
        )
        employee._transition({"callcenter_status": "appointed"})
        return employee

    def _clean(self):
        with self._env() as env:
            campaigns = env["callcenter.campaign"].search([("name", "like", _MARK)])
            # Incoming calls and letters belong to no campaign.
            incoming = env["callcenter.call"].search(
                [("campaign_id", "=", False), ("employee_id.name", "like", _MARK)]
            )
            letters = env["callcenter.enquiry"].search([("name", "=", _MARK)])
            letters._in_transition().unlink()
            env.cr.execute(
                SQL("DELETE FROM callcenter_call WHERE id = ANY(%s)", incoming.ids)
            )
            env["callcenter.call.claim"].search(
                [("employee_id.name", "like", _MARK)]
            )._end()
            env["callcenter.client.search"].search(
                [("employee_id.name", "like", _MARK)]
            ).unlink()
            for table in (
                "callcenter_call_claim",
                "callcenter_call",
                "callcenter_campaign_contact",
            ):
                env.cr.execute(
                    SQL(
                        "DELETE FROM %s WHERE campaign_id = ANY(%s)",
                        SQL.identifier(table),
                        campaigns.ids,
                    )
                )
            employees = env["hr.employee"].search([("name", "like", _MARK)])
            env["callcenter.operator.state"].search(
                [("employee_id", "in", employees.ids)]
            ).unlink()
            env["callcenter.call.stat"]._rebuild()
            campaigns._transition({"state": "draft"})
            campaigns.unlink()
            env["callcenter.rule.set"].search([("name", "=", _MARK)]).unlink()
            users = employees.user_id
            env.cr.execute(
                SQL(
                    "DELETE FROM callcenter_report_sheet WHERE employee_id = ANY(%s)",
                    employees.ids,
                )
            )
            # As who owns the database: the trail keeps its people otherwise.
            env.cr.execute(
                SQL(
                    """ALTER TABLE callcenter_trail DISABLE TRIGGER USER;
                       DELETE FROM callcenter_trail WHERE user_id = ANY(%s);
                       ALTER TABLE callcenter_trail ENABLE TRIGGER USER""",
                    users.ids,
                )
            )
            employees._in_transition().unlink()
            partners = users.partner_id
            users.unlink()
            partners |= env["res.partner"].search([("name", "like", f"{_MARK} client")])
            partners.unlink()
            env["utm.campaign"].search([("title", "like", _MARK)]).unlink()

    def _together(self, function, uids):
        """Run ``function(env)`` for each user, all starting at the same moment."""
        barrier = threading.Barrier(len(uids))

        def work(uid):
            with self._env(uid) as env:
                barrier.wait()
                return retrying(partial(function, env), env)

        with ThreadPoolExecutor(len(uids)) as pool:
            return list(pool.map(work, uids))

    def test_desks_that_ask_at_once_get_different_clients_and_numbers(self):
        answers = self._together(
            lambda env: env["callcenter.desk"].claim_next()["claim"], self.uids
        )
        self.assertEqual(len(answers), OPERATORS)
        self.assertTrue(all(answers))
        clients = {claim["partner"]["id"] for claim in answers}
        numbers = {claim["phone"] for claim in answers}
        self.assertEqual((len(clients), len(numbers)), (OPERATORS, OPERATORS))

    def test_tabs_of_one_operator_get_the_same_client(self):
        uid = self.uids[0]
        answers = self._together(
            lambda env: env["callcenter.desk"].claim_next()["claim"]["id"], [uid] * 4
        )
        self.assertEqual(len(set(answers)), 1)

    def test_a_result_sent_four_times_at_once_is_stored_once(self):
        uid = self.uids[0]
        with self._env(uid) as env:
            claim_id = env["callcenter.desk"].claim_next()["claim"]["id"]
            env["callcenter.desk"].start_call(claim_id)
        answers = self._together(
            lambda env: env["callcenter.desk"].finish_call(
                claim_id, "informed", {"note": "Once"}, claim_next=False
            )["saved"]["call_id"],
            [uid] * 4,
        )
        self.assertEqual(len(set(answers)), 1)
        with self._env() as env:
            calls = env["callcenter.call"].search_count([("claim_ref", "=", claim_id)])
        self.assertEqual(calls, 1)

    def test_no_number_is_called_twice_when_all_work_until_nobody_is_left(self):
        shifts = self._together(self._work_shift, self.uids[:4])
        calls = [call for shift in shifts for call in shift]
        self.assertEqual(len(calls), len(set(calls)))
        with self._env() as env:
            made = env["callcenter.call"].browse(calls)
            self.assertEqual(len(set(made.mapped("phone"))), len(made))
            contacts = env["callcenter.campaign.contact"].search(
                [("campaign_id.name", "like", _MARK)]
            )
            self.assertEqual(
                set(contacts.mapped("state")), {"queued", "done", "excluded"}
            )
            done = contacts.filtered(lambda contact: contact.state == "done")
            self.assertEqual(len(done), len(made))
            waiting = contacts.filtered(lambda contact: contact.state == "queued")
            self.assertLessEqual(set(waiting.mapped("wait_reason")), {"limit", "busy"})

    def test_desks_that_answer_one_new_caller_at_once_make_one_client(self):
        number = "+73430018888"
        for uid in self.uids:
            with self._env(uid) as env:
                env["callcenter.desk"].search_clients(number, direction="in")
        answers = self._together(partial(self._answer_new, number), self.uids)
        self.assertEqual(answers.count("talk"), 1)
        self.assertEqual(len([one for one in answers if "has been added" in one]), 3)
        with self._env() as env:
            domain = [("phone_sanitized", "=", number)]
            self.assertEqual(env["res.partner"].search_count(domain), 1)

    def _answer_new(self, number, env):
        client = {"name": f"{_MARK} client new"}
        try:
            answer = env["callcenter.desk"].answer_call(number, client=client)
        except UserError as error:
            env.cr.rollback()
            return str(error)
        return answer["state"]

    def test_letters_of_one_new_sender_answered_at_once_make_one_client(self):
        uids = self.uids[:2]
        with self._env() as env:
            letters = env["callcenter.enquiry"].create(
                [
                    {
                        "name": _MARK,
                        "inbox_id": env.ref("callcenter_ops.inbox_main").id,
                        "sender": f"{_MARK} client <new@other.example.com>",
                    }
                    for _uid in uids
                ]
            )
            ids = dict(zip(uids, letters.ids, strict=True))
        for uid in uids:
            with self._env(uid) as env:
                env["callcenter.enquiry"].action_take_next()
        self._together(self._answer_letter, uids)
        with self._env() as env:
            letters = env["callcenter.enquiry"].browse(ids.values())
            self.assertEqual(set(letters.mapped("state")), {"answered"})
            self.assertEqual(len(letters.partner_id), 1)

    def _answer_letter(self, env):
        held = [("user_id", "=", env.uid), ("state", "=", "taken")]
        letter = env["callcenter.enquiry"].search(held)
        letter.action_answer("question_answered", {}, "")

    def _work_shift(self, env):
        """Calls made by one operator, each request in its own transaction."""
        request = partial(self._request, env)
        claim, made = request("claim_next")["claim"], []
        while claim:
            if request("start_call", claim["id"])["claim"]:
                answer = request("finish_call", claim["id"], "informed", {})
                made.append(answer["saved"]["call_id"])
                claim = answer["claim"]
            else:
                claim = request("claim_next")["claim"]
        return made

    def _request(self, env, method, *args):
        """As the server does it: repeated on a clash, committed at the end."""
        answer = retrying(partial(getattr(env["callcenter.desk"], method), *args), env)
        env.cr.commit()
        env.invalidate_all()
        return answer


class _Session:
    """One request: its own connection, committed at the end."""

    def __init__(self, registry, uid):
        self.registry, self.uid = registry, uid

    def __enter__(self):
        self.cr = db_connect(self.registry.db_name).cursor()
        return Environment(self.cr, self.uid, {"allowed_company_ids": [1]})

    def __exit__(self, kind, value, trace):
        try:
            if kind is None:
                self.cr.commit()
        finally:
            self.cr.close()
