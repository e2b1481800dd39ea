from datetime import datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..figures.common import SupervisionCase


@tagged("post_install", "-at_install")
class TestEvaluation(SupervisionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card = cls.build_scorecard()
        cls.call = cls.build_call("informed")

    def plan(self, call=None):
        call = call or self.call
        action = self.as_("supervisor", call).action_evaluate()
        return self.env["callcenter.evaluation"].browse(action["res_id"])

    def evaluate(self, *answers, evaluation=None, role="supervisor"):
        """The call judged by ``answers``; by default all of them are yes."""
        evaluation = self.as_(role, evaluation or self.plan())
        answers = answers or ("yes", "yes", "yes", "yes")
        for line, answer in zip(evaluation.line_ids, answers, strict=True):
            line.answer = answer
        evaluation.action_finish()
        return evaluation

    def test_the_score_is_the_share_of_the_points_that_apply(self):
        evaluation = self.evaluate("yes", "partly", "na", "yes")
        self.assertEqual(evaluation.score, 70)
        self.assertFalse(evaluation.is_passed)
        self.assertEqual(evaluation.evaluator_id, self.users["supervisor"])

    def test_a_fatal_criterion_fails_the_call_at_once(self):
        self.assertEqual(self.evaluate("yes", "yes", "yes", "no").score, 0)

    def test_every_criterion_is_marked_before_the_end(self):
        evaluation = self.as_("supervisor", self.plan())
        with self.assertRaisesRegex(UserError, "every criterion"):
            evaluation.action_finish()
        self.assertEqual(evaluation.state, "planned")

    def test_finished_marks_do_not_change(self):
        evaluation = self.evaluate()
        with self.assertRaisesRegex(UserError, "do not change"):
            evaluation.line_ids[0].answer = "no"
        with self.assertRaises(UserError):
            evaluation.write({"comment": "Later thoughts"})
        with self.assertRaises(UserError):
            evaluation.write({"score": 5})
        self.assertEqual(evaluation.score, 100)

    def test_the_operator_reads_his_finished_evaluations_only(self):
        planned = self.plan(self.build_call("informed"))
        done = self.evaluate()
        others = self.evaluate(
            evaluation=self.plan(self.build_call(employee=self.colleague))
        )
        model = self.as_("operator", self.env["callcenter.evaluation"])
        self.assertEqual(model.search([]).ids, done.ids)
        with self.assertRaises(AccessError):
            self.as_("operator", planned).read(["state"])
        with self.assertRaises(AccessError):
            self.as_("operator", others).read(["score"])
        with self.assertRaises(AccessError):
            self.as_("operator", planned.line_ids).read(["answer"])

    def test_a_supervisor_of_another_department_sees_nothing(self):
        done = self.evaluate()
        user = new_test_user(
            self.env, "other_head", groups="callcenter_ops.group_supervisor"
        )
        self.assertFalse(self.env["callcenter.evaluation"].with_user(user).search([]))
        with self.assertRaises(AccessError):
            done.with_user(user).action_calibrate()
        self.assertEqual(self.as_("director", done).score, 100)

    def test_others_evaluate_nothing(self):
        evaluation = self.plan()
        for role in ("operator", "hr", "manager", "outsider"):
            with self.assertRaises(AccessError):
                self.as_(role, evaluation).action_finish()
            with self.assertRaises(AccessError):
                self.as_(role, self.call).action_evaluate()
        self.assertEqual(evaluation.state, "planned")

    def test_the_operator_replies_and_appeals(self):
        evaluation = self.evaluate("no", "no", "yes", "yes")
        own = self.as_("operator", evaluation)
        own.action_reply("The client was in a hurry.")
        own.action_appeal("He did not let me speak.")
        self.assertEqual(evaluation.state, "appealed")
        self.assertEqual(evaluation.reply, "The client was in a hurry.")
        with self.assertRaisesRegex(UserError, "did not evaluate"):
            self.as_("supervisor", evaluation).action_annul("You are right.")
        self.as_("director", evaluation).action_annul("You are right.")
        self.assertEqual(evaluation.state, "annulled")
        again = self.plan()
        self.assertNotEqual(again, evaluation)

    def test_a_colleague_and_a_leader_do_not_appeal(self):
        evaluation = self.evaluate()
        for user in (self.colleague.user_id, self.users["supervisor"]):
            with self.assertRaises(AccessError):
                evaluation.with_user(user).action_appeal("No")
        with self.assertRaisesRegex(UserError, "Write your reason"):
            self.as_("operator", evaluation).action_appeal("  ")
        self.assertEqual(evaluation.state, "done")

    def test_two_evaluators_agree_so_much(self):
        first = self.evaluate("yes", "yes", "no", "yes")
        action = first.action_calibrate()
        second = first.browse(action["res_id"])
        for line, answer in zip(
            second.line_ids, ("yes", "no", "no", "yes"), strict=True
        ):
            line.answer = answer
        with self.assertRaisesRegex(UserError, "somebody else"):
            second.action_finish()
        self.as_("director", second).action_finish()
        second.invalidate_recordset()
        self.assertEqual(second.agreement, 75)
        self.assertAlmostEqual(second.kappa, 0.5)

    def test_the_second_evaluator_does_not_see_the_first_marks(self):
        first = self.evaluate("yes", "yes", "no", "yes")
        second = first.browse(first.action_calibrate()["res_id"])
        blind, marks = self.as_("director", first), first.line_ids
        for records in (blind, self.as_("director", marks)):
            records.invalidate_model()
            self.assertFalse(records.search([("id", "in", records.ids)]))
            with self.assertRaises(AccessError):
                records.read([])
        self.assertEqual(first.read(["score"])[0]["score"], 50)
        self.assertEqual(len(self.as_("operator", marks).read(["answer"])), 4)
        second.line_ids.answer = "yes"
        self.as_("director", second).action_finish()
        self.assertEqual(blind.read(["score"])[0]["score"], 50)

    def test_an_appeal_opens_the_marks_to_those_who_decide(self):
        first = self.evaluate("yes", "yes", "no", "yes")
        first.action_calibrate()
        self.as_("operator", first).action_appeal("The client was in a hurry.")
        self.assertEqual(self.as_("director", first).read(["score"])[0]["score"], 50)

    def test_a_weak_topic_is_to_be_repeated(self):
        topic = self.env.ref("callcenter_ops.topic_sales_techniques")
        evaluation = self.evaluate("yes", "no", "yes", "yes")
        activity = evaluation.sudo().activity_ids
        self.assertEqual(activity.user_id, self.users["operator"])
        self.assertIn(topic.name, activity.summary)

    def test_a_single_slip_of_a_good_operator_is_no_weakness(self):
        for _number in range(2):
            self.evaluate(evaluation=self.plan(self.build_call("informed")))
        evaluation = self.evaluate("yes", "no", "yes", "yes")
        self.assertFalse(evaluation.sudo().activity_ids)

    def test_a_recording_is_a_link_and_no_script(self):
        evaluation = self.as_("supervisor", self.plan())
        with self.assertRaisesRegex(UserError, "begins with"):
            evaluation.recording_url = "javascript:alert(1)"
        evaluation.recording_url = "https://records.example/1"


@tagged("post_install", "-at_install")
class TestScorecard(SupervisionCase):
    def test_an_approved_scorecard_is_frozen(self):
        card = self.as_("supervisor", self.build_scorecard())
        with self.assertRaisesRegex(UserError, "new version"):
            card.criterion_ids[0].points = 1
        with self.assertRaisesRegex(UserError, "new version"):
            card.criterion_ids[0].unlink()
        with self.assertRaises(UserError):
            card.write({"pass_percent": 1})

    def test_a_new_version_takes_the_place_of_the_old_one(self):
        card = self.as_("supervisor", self.build_scorecard())
        draft = card.browse(card.action_new_version()["res_id"])
        self.assertEqual((draft.version, draft.state), (2, "draft"))
        self.assertEqual(draft.criterion_ids.mapped("points"), [20, 30, 50, 0])
        draft.criterion_ids[0].points = 40
        draft.action_approve()
        self.assertEqual((card.state, draft.state), ("superseded", "approved"))
        self.assertEqual(card.points_total, 100)

    def test_a_duplicate_is_a_scorecard_of_its_own(self):
        card = self.as_("supervisor", self.build_scorecard())
        draft = card.browse(card.action_new_version()["res_id"])
        duplicate = draft.copy()
        self.assertEqual((duplicate.version, duplicate.root_id), (1, duplicate))
        self.assertEqual((draft.version, draft.root_id), (2, card))

    def test_an_empty_scorecard_is_not_approved(self):
        card = self.env["callcenter.scorecard"].create({"name": "Empty"})
        with self.assertRaisesRegex(UserError, "Add criteria"):
            self.as_("supervisor", card).action_approve()

    def test_operators_and_the_director_approve_nothing(self):
        card = self.build_scorecard(approve=False)
        for role in ("operator", "director", "hr"):
            with self.assertRaises(AccessError):
                self.as_(role, card).action_approve()
        self.assertEqual(card.state, "draft")


@tagged("post_install", "-at_install")
class TestSamplingRule(SupervisionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card = cls.build_scorecard()

    def build_rule(self, **vals):
        return self.env["callcenter.sampling.rule"].create(
            {"name": "Rule", "scorecard_id": self.card.id, "call_count": 1, **vals}
        )

    def sample(self, rule):
        with self.at("2026-03-03 05:00:00"):
            return self.as_("supervisor", rule)._sample().call_id

    def test_the_longest_conversation_of_every_operator_is_chosen(self):
        self.build_call(talk_seconds=100)
        long = self.build_call(talk_seconds=500)
        other = self.build_call(employee=self.colleague, talk_seconds=40)
        self.build_call(started_at=datetime(2026, 2, 2, 6), talk_seconds=900)
        self.assertEqual(self.sample(self.build_rule(kind="longest")), long | other)

    def test_a_call_is_chosen_once(self):
        call = self.build_call()
        rule = self.build_rule(kind="random", call_count=5)
        self.assertEqual(self.sample(rule), call)
        self.assertFalse(self.sample(rule))

    def test_refusals_are_chosen_by_their_reason(self):
        reason = self.env["callcenter.refusal.reason"].search([], limit=1)
        self.build_call("informed")
        refusal = self.build_call("refusal", refusal_reason_id=reason.id)
        self.assertEqual(self.sample(self.build_rule(kind="refusal")), refusal)

    def test_the_version_in_force_is_used(self):
        self.build_call()
        rule = self.build_rule()
        card = self.as_("supervisor", self.card)
        draft = card.browse(card.action_new_version()["res_id"])
        draft.action_approve()
        with self.at("2026-03-03 05:00:00"):
            self.assertEqual(rule._sample().scorecard_id, draft)

    def test_an_operator_samples_nothing(self):
        rule = self.build_rule()
        with self.assertRaises(AccessError):
            self.as_("operator", rule).action_sample()
