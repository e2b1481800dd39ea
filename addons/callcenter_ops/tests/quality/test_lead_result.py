from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..figures.common import SupervisionCase


@tagged("post_install", "-at_install")
class TestLeadResult(SupervisionCase):
    """Three leads of one operator, one of his colleague; sales say what they found."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = new_test_user(
            cls.env, "cc_seller", groups="sales_team.group_sale_salesman"
        )
        cls.source = cls.env["utm.source"].create({"name": "Exhibition"})
        file = {"kind": "clients", "filename": "fair.csv", "file": b"eA=="}
        file = cls.env["callcenter.data.import"].create(
            {**file, "source_id": cls.source.id}
        )
        cls.client.callcenter_import_id = file
        cls.reason = cls.env["crm.lost.reason"].create({"name": "Too dear"})
        cls.won, cls.lost, cls.open, cls.others = cls.env["crm.lead"].create(
            [
                {"name": name, "type": "opportunity", "user_id": cls.seller.id}
                for name in ("Won", "Lost", "Open", "Of the colleague")
            ]
        )
        cls.won.expected_revenue = 5000
        cls.calls = [
            cls.build_call("interested", lead_id=lead.id)
            for lead in (cls.won, cls.lost, cls.open)
        ]
        cls.build_call("interested", lead_id=cls.others.id, employee=cls.colleague)
        # A later call of the colleague about the first lead did not bring it.
        cls.build_call("interested", lead_id=cls.won.id, employee=cls.colleague)
        cls.won.action_set_won()
        cls.lost.action_set_lost(lost_reason_id=cls.reason.id)

    def read(self, group, role="supervisor", measures=("leads", "won", "lost")):
        rows = self.as_(role, self.env["callcenter.lead.result"])._read_group(
            [("employee_id", "in", (self.operator | self.colleague).ids)],
            [group],
            [f"{name}:sum" for name in measures] + ["won_share:avg"],
        )
        return {key: counts for key, *counts in rows}

    def mark(self, lead, mark, note=False, user=None):
        self.env.flush_all()
        values = {"callcenter_mark": mark, "callcenter_mark_note": note}
        lead.with_user(user or self.seller).write(values)

    def evaluate(self, call):
        self.build_scorecard()
        action = self.as_("supervisor", call).action_evaluate()
        evaluation = self.env["callcenter.evaluation"].browse(action["res_id"])
        evaluation = self.as_("supervisor", evaluation)
        evaluation.line_ids.answer = "yes"
        evaluation.action_finish()
        return evaluation

    def test_a_lead_counts_once_for_who_brought_it(self):
        rows = self.read("employee_id")
        self.assertEqual(rows[self.operator], [3, 1, 1, 0.5])
        self.assertEqual(rows[self.colleague], [1, 0, 0, False])

    def test_leads_are_told_by_list_script_and_reason(self):
        self.assertEqual(self.read("source_id")[self.source], [4, 1, 1, 0.5])
        self.assertEqual(self.read("lost_reason_id")[self.reason], [1, 0, 1, 0])
        self.assertEqual(
            self.read("script_id"), {self.env["callcenter.script"]: [4, 1, 1, 0.5]}
        )

    def test_a_corrected_call_brought_no_lead(self):
        refusal = self.disposition("no_answer")
        self.as_("supervisor", self.calls[2]).action_correct(refusal.id, {}, "Slip")
        self.assertEqual(self.read("employee_id")[self.operator], [2, 1, 1, 0.5])

    def test_what_sales_say_is_signed_and_counts(self):
        self.mark(self.lost, "bad", "Wanted a catalogue only")
        self.mark(self.won, "good")
        self.assertEqual(self.lost.callcenter_marked_by_id, self.seller)
        self.assertTrue(self.lost.callcenter_marked_on)
        [[_employee, bad, share]] = self.env["callcenter.lead.result"]._read_group(
            [("employee_id", "=", self.operator.id)],
            ["employee_id"],
            ["bad:sum", "bad_share:avg"],
        )
        self.assertEqual((bad, share), (1, 0.5))

    def test_the_operator_reads_his_own_leads_and_marks(self):
        self.mark(self.lost, "bad", "Wanted a catalogue only")
        own = self.as_("operator", self.env["callcenter.lead.result"]).search([])
        self.assertEqual(own.mapped("employee_id.id"), self.operator.ids)
        found = own.filtered(lambda row: row.mark == "bad")
        self.assertEqual(found.mark_note, "Wanted a catalogue only")
        with self.assertRaises(AccessError):
            own.write({"mark": "good"})

    def test_what_sales_say_comes_back_to_the_evaluation(self):
        evaluation = self.evaluate(self.calls[1])
        self.mark(self.lost, "bad", "Wanted a catalogue only")
        own = self.as_("operator", evaluation)
        self.assertEqual((own.lead_outcome, own.lead_mark), ("lost", "bad"))
        self.assertEqual(own.lead_mark_note, "Wanted a catalogue only")
        self.assertIn("Wanted a catalogue only", evaluation.message_ids[0].body)
        self.assertIn(
            self.users["operator"].partner_id, evaluation.message_ids[0].partner_ids
        )

    def test_nobody_judges_the_leads_that_he_brought(self):
        user = self.users["operator"]
        user.group_ids |= self.env.ref("sales_team.group_sale_manager")
        with self.assertRaisesRegex(UserError, "brought himself"):
            self.mark(self.lost, "good", user=user)
        self.env.invalidate_all()
        self.mark(self.others, "good", user=user)
        self.assertEqual(self.others.callcenter_marked_by_id, user)

    def test_nobody_signs_a_mark_for_another(self):
        self.mark(self.lost, "bad")
        lead = self.lost.with_user(self.seller)
        moment = self.lost.callcenter_marked_on
        for vals in (
            {"callcenter_marked_by_id": self.users["director"].id},
            {"callcenter_marked_on": "2020-01-01 08:00:00"},
        ):
            with self.subTest(vals), self.assertRaisesRegex(UserError, "by hand"):
                lead.write(vals)
            with self.subTest(vals), self.assertRaisesRegex(UserError, "by hand"):
                lead.create({"name": "Shop", **vals})
        signed = self.lost.callcenter_marked_by_id, self.lost.callcenter_marked_on
        self.assertEqual(signed, (self.seller, moment))

    def test_weak_leads_are_chosen_for_evaluation(self):
        self.mark(self.open, "bad")
        rule = self.env["callcenter.sampling.rule"].create(
            {
                "name": "Weak leads",
                "kind": "lead",
                "scorecard_id": self.build_scorecard().id,
                "call_count": 5,
            }
        )
        with self.at("2026-03-03 06:00:00"):
            for role in ("director", "supervisor"):
                chosen = self.as_(role, rule)._choose_calls(rule.scorecard_id)
                self.assertEqual(set(chosen.ids), {c.id for c in self.calls[1:]})

    def test_the_director_reads_it_and_others_do_not(self):
        self.assertEqual(len(self.read("employee_id", "director")), 2)
        for role in ("hr", "manager", "outsider"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.read("employee_id", role)
