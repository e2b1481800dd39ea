"""Two scripts side by side: numbers in, verdict out."""

from unittest import TestCase

from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ...models.calling.script_report import ScriptReport
from ...tools.calling.ab_test import Arm, Comparison, compare, is_rival, needed_clients
from ...tools.calling.script_text import walk
from .common import CallingCase


class TestAbTool(TestCase):
    def test_a_worked_example(self):
        """100 of 1 000 against 130 of 1 000 clients with a target contact.

        Pooled share 0.115, its spread sqrt(0.115 * 0.885 * 2 / 1000) = 0.014268, so the
        difference of 0.03 is 2.1027 spreads: chance does that in 3.55 % of cases. To
        find it in four of five trials takes 1 774 clients per script.
        """
        said = compare(Arm(1000, 100), Arm(1000, 130))
        self.assertEqual(said.verdict, "b")
        self.assertAlmostEqual(said.p_value, 0.0355, 4)
        self.assertEqual(said.needed, 1774)

    def test_the_same_shares_of_fewer_clients_may_be_chance(self):
        said = compare(Arm(100, 10), Arm(100, 13))
        self.assertEqual((said.verdict, said.needed), ("open", 1774))
        self.assertAlmostEqual(said.p_value, 0.5062, 3)

    def test_few_cases_are_judged_exactly(self):
        """Fisher's lady tasting tea: 3 of 4 against 1 of 4."""
        said = compare(Arm(4, 3), Arm(4, 1))
        self.assertEqual(said.verdict, "open")
        self.assertAlmostEqual(said.p_value, 34 / 70, 9)
        said = compare(Arm(8, 8), Arm(8, 0))
        self.assertEqual(said.verdict, "a")
        self.assertAlmostEqual(said.p_value, 2 / 12870, 9)

    def test_nobody_and_no_difference(self):
        self.assertEqual(compare(Arm(0, 0), Arm(5, 1)), Comparison("empty"))
        self.assertEqual(compare(Arm(9, 3), Arm(9, 3)).verdict, "open")
        self.assertIsNone(needed_clients(0.2, 0.2))
        self.assertEqual(compare(Arm(9, 0), Arm(9, 0)).p_value, 1)

    def test_a_lot_is_drawn_once_for_each_contact(self):
        for share in (1, 20, 50, 99):
            drawn = sum(is_rival(number, share) for number in range(10_000))
            self.assertAlmostEqual(drawn / 100, share, delta=1)
        self.assertEqual(is_rival(77, 50), is_rival(77, 50))

    def test_the_way_through_a_script_is_the_servers_own(self):
        steps = [
            {"id": 1, "answers": [{"id": 11, "next_id": 2}, {"id": 12, "next_id": 0}]},
            {"id": 2, "answers": [{"id": 21, "next_id": 1}]},
        ]
        for answers, path in (
            ([], [1]),
            ([11], [1, 2]),
            ([11, 21, 12], [1, 2, 1]),
            ([21, 11], [1]),
            ([11, "21", None], [1, 2]),
        ):
            self.assertEqual(walk(steps, answers), path)
        self.assertEqual(walk([], [1]), [])


class TestScriptReport(CallingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        cls.scripts = cls.env["callcenter.script"]
        for name in ("Short", "Long"):
            cls.scripts += cls.build_script(name)
        clients = [cls.build_client(f"Client {number}") for number in range(8)]
        cls.campaign = cls.build_campaign(
            cls.env["res.partner"].concat(*clients),
            script_id=cls.scripts[0].id,
            rival_script_id=cls.scripts[1].id,
        )

    @classmethod
    def build_script(cls, name):
        script = cls.env["callcenter.script"].create({"name": name})
        greeting, offer = script.step_ids.create(
            [{"script_id": script.id, "name": step} for step in ("Greeting", "Offer")]
        )
        answer = {"step_id": greeting.id, "name": "Go on", "next_step_id": offer.id}
        script.step_ids.answer_ids.create(answer)
        return script

    def call(self, result, goes_on):
        """One call; the name of the script that was heard."""
        desk = self.desk(self.operator)
        claim = desk.claim_next()["claim"]
        desk.start_call(claim["id"])
        path = [claim["steps"][0]["answers"][0]["id"]] if goes_on else []
        values = {"script_path": path, "refusal_reason_id": self.reason.id}
        saved = self.desk(self.operator).finish_call(claim["id"], result, values, False)
        call = self.env["callcenter.call"].browse(saved["saved"]["call_id"])
        self.assertEqual(call.script_id.step_ids.ids[0], claim["steps"][0]["id"])
        return call.script_id

    @property
    def reason(self):
        return self.env["callcenter.refusal.reason"].search([], limit=1)

    def test_shares_and_drop_off_are_those_of_the_calls(self):
        heard = [self.call("informed", True) for _number in range(3)]
        heard += [self.call("wrong_person", False) for _number in range(2)]
        self.call("no_answer", False)
        report = ScriptReport(self.campaign)
        arms = report.get_arms()
        for script in self.scripts:
            mine = [one for one in heard if one == script]
            targets = [one for one in heard[:3] if one == script]
            arm = arms.get(script.id, {"clients": 0, "targets": 0})
            self.assertEqual(
                (arm["clients"], arm["targets"]), (len(mine), len(targets))
            )
            lost = len(mine) - len(targets)
            self.assertEqual(
                [row[1:] for row in report.get_steps(script)],
                [(len(mine), lost, lost), (len(targets), len(targets), 0)],
            )

    def test_a_contact_hears_one_script_at_every_call(self):
        contacts = self.campaign.contact_ids
        first = [self.campaign._get_script(contact) for contact in contacts]
        self.env.invalidate_all()
        self.assertEqual(
            first, [self.campaign._get_script(contact) for contact in contacts]
        )
        self.campaign.rival_share = 99
        self.campaign.rival_script_id = False
        self.assertEqual(self.campaign._get_script(contacts[0]), self.scripts[0])

    def test_the_supervisor_sees_the_report(self):
        self.call("informed", True)
        campaign = self.as_("supervisor", self.campaign)
        self.assertIn("Step of Short", campaign.script_report)
        self.assertIn("Clients with", campaign.script_report)

    def test_a_script_is_not_compared_with_itself(self):
        for vals in (
            {"rival_script_id": self.scripts[0].id},
            {"rival_share": 0},
            {"rival_share": 100},
        ):
            refused = self.assertRaises(IntegrityError)
            with refused, mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                self.campaign.write(vals)
                self.env.flush_all()
            self.env.invalidate_all(flush=False)
