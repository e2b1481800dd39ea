from datetime import date, timedelta

from odoo.tests import tagged

from ..cases import MONDAY
from .common import PositionCase


@tagged("post_install", "-at_install")
class TestClearanceByDocuments(PositionCase):
    def setUp(self):
        super().setUp()
        self.enterContext(self.at("2026-03-02 06:00:00"))
        self.anna = self.build_operator("Anna Sharova")

    def get_codes(self, on_date=MONDAY, employee=None):
        blockers = self.get_blockers(employee or self.anna, on_date)
        return [blocker["code"] for blocker in blockers]

    def test_no_documents_no_blockers(self):
        self.assertEqual(self.get_codes(), [])

    def test_an_unsigned_description_blocks_until_signed(self):
        description = self.approve(self.build_description())
        anna = self.anna.with_user(self.anna.user_id)
        (blocker,) = self.get_blockers(anna, MONDAY)
        self.assertEqual(blocker["code"], "acknowledgement_pending")
        self.assertIn("Job description: Operator, version 1", blocker["message"])
        acknowledgement = self.get_acknowledgement(self.anna, description)
        self.assertEqual(
            blocker["action"]["context"]["default_acknowledgement_id"],
            acknowledgement.id,
        )
        self.sign(acknowledgement)
        self.assertEqual(self.get_codes(), [])

    def test_a_later_version_blocks_from_its_first_day(self):
        self.approve(self.build_description())
        self.sign(self.get_acknowledgement(self.anna, self.get_description()))
        later = MONDAY + timedelta(days=10)
        self.approve(self.build_description(date_from=later))
        self.assertEqual(self.get_codes(later - timedelta(days=1)), [])
        self.assertEqual(self.get_codes(later), ["acknowledgement_pending"])

    def test_a_description_never_asked_for_blocks_too(self):
        self.approve(self.build_description())
        boris = self.build_operator("Boris Kotov")
        blockers = self.get_blockers(boris, MONDAY)
        self.assertEqual(
            [blocker["code"] for blocker in blockers], ["acknowledgement_pending"]
        )
        self.assertEqual(
            blockers[0]["action"]["res_model"], "callcenter.acknowledgement"
        )

    def test_a_refused_document_blocks_without_a_way_out_of_his_own(self):
        description = self.approve(self.build_description())
        witnesses = self.supervisor | self.build_employee("Second Witness")
        self.get_acknowledgement(self.anna, description)._refuse(
            MONDAY, "None given", witnesses
        )
        (blocker,) = self.get_blockers(self.anna, MONDAY)
        self.assertEqual(blocker["code"], "acknowledgement_pending")
        self.assertIn("refused to sign", blocker["message"])
        self.assertFalse(blocker["action"])

    def test_an_act_that_does_not_block_is_asked_for_all_the_same(self):
        policy = self.approve(self.build_policy(blocks_clearance=False))
        self.assertEqual(self.get_acknowledgement(self.anna, policy).state, "pending")
        self.assertEqual(self.get_codes(), [])

    def test_an_expired_briefing_blocks_from_the_next_day(self):
        policy = self.approve(self.build_policy(validity_months=6))
        acknowledgement = self.sign(self.get_acknowledgement(self.anna, policy))
        self.assertEqual(acknowledgement.expires_on, date(2026, 9, 2))
        self.assertEqual(self.get_codes(date(2026, 9, 2)), [])
        self.assertEqual(self.get_codes(date(2026, 9, 3)), ["acknowledgement_pending"])

    def test_a_batch_gives_the_same_answers_as_one_by_one(self):
        self.approve(self.build_description())
        boris = self.build_operator("Boris Kotov")
        people = self.anna | boris | self.build_employee("Candidate")
        self.sign(self.get_acknowledgement(self.anna, self.get_description()))
        self.assertEqual(
            people._get_callcenter_blockers(MONDAY),
            {one.id: self.get_blockers(one, MONDAY) for one in people},
        )

    def test_the_look_up_costs_the_same_for_one_and_for_many(self):
        self.approve(self.build_description())
        self.approve(self.build_policy())
        many = self.anna
        for number in range(20):
            many |= self.build_operator(f"Operator Number{number}")
        many._request_missing_documents(MONDAY)
        self.env.flush_all()
        self.env.invalidate_all()
        self.anna._get_callcenter_blockers(MONDAY)
        self.env.invalidate_all()
        with self.assertQueryCount(14):
            missing = many._get_missing_documents(MONDAY)
        self.assertEqual(len(missing), 21)

    def get_description(self):
        return self.job._get_callcenter_description(MONDAY, self.company)
