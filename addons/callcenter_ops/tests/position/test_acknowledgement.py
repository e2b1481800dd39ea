from datetime import date, datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import Error

from ...models.common.chain_verifier import ChainVerifier
from .common import PositionCase


@tagged("post_install", "-at_install")
class TestAcknowledgement(PositionCase):
    def setUp(self):
        super().setUp()
        self.enterContext(self.at("2026-03-02 06:00:00"))
        self.anna = self.build_operator("Anna Sharova")
        self.description = self.approve(self.build_description())
        self.pending = self.get_acknowledgement(self.anna, self.description)

    def test_an_approved_version_asks_everyone_in_the_post(self):
        boris = self.build_operator("Boris Kotov")
        candidate = self.build_employee("Candidate", job_id=self.job.id)
        second = self.approve(self.build_description())
        asked = self.env["callcenter.acknowledgement"].search(
            [("description_id", "=", second.id)]
        )
        self.assertEqual(asked.employee_id, self.anna | boris)
        self.assertNotIn(candidate, asked.employee_id)
        self.assertEqual(set(asked.mapped("state")), {"pending"})
        self.assertEqual(asked[0].due_date, date(2026, 3, 5))

    def test_an_appointment_asks_for_what_is_in_force(self):
        boris = self.build_operator("Boris Kotov")
        policy = self.approve(self.build_policy(job_ids=[]))
        self.env["callcenter.acknowledgement"].search(
            [("employee_id", "=", boris.id)]
        ).unlink()
        boris._after_callcenter_appointment(None)
        asked = self.env["callcenter.acknowledgement"].search(
            [("employee_id", "=", boris.id)]
        )
        self.assertEqual(asked.description_id, self.description)
        self.assertEqual(asked.policy_id, policy)
        boris._after_callcenter_appointment(None)
        self.assertEqual(
            asked.search_count([("employee_id", "=", boris.id)]), 2, "asked once"
        )

    def test_the_operator_signs_in_two_steps(self):
        own = self.pending.with_user(self.anna.user_id)
        action = own.action_open()
        page = (
            self.env[action["res_model"]]
            .with_user(self.anna.user_id)
            .with_context(**action["context"])
            .create({})
        )
        self.assertIn("Calls clients.", page.document_html)
        self.assertEqual(page.signature, "Anna Sharova")
        page.action_sign()
        self.assertRecordValues(
            self.pending,
            [
                {
                    "state": "signed",
                    "signed_on": datetime(2026, 3, 2, 6, 0, 0),
                    "signature": "Anna Sharova",
                    "signed_by_id": self.anna.user_id.id,
                    "content_hash": self.description.content_hash,
                    "expires_on": False,
                }
            ],
        )

    def test_nobody_signs_for_another(self):
        self.build_operator("Boris Kotov")
        for user in [*self.users.values(), self.env.ref("base.user_admin")]:
            self.env.flush_all()
            with self.assertRaises(AccessError):
                self.pending.with_user(user).action_acknowledge()
        with self.assertRaises(AccessError):
            self.pending.sudo().action_acknowledge()
        self.assertEqual(self.pending.state, "pending")
        self.assertFalse(self.pending.signed_on)

    def test_it_is_signed_once(self):
        self.sign(self.pending)
        with (
            self.at("2026-03-02 07:00:00"),
            self.assertRaisesRegex(UserError, "closed already"),
        ):
            self.sign(self.pending)
        self.assertEqual(self.pending.signed_on, datetime(2026, 3, 2, 6, 0, 0))

    def test_another_text_than_the_one_shown_is_not_signed(self):
        with self.assertRaisesRegex(UserError, "has changed"):
            self.sign(self.pending, shown_hash="0" * 64)
        self.assertEqual(self.pending.state, "pending")

    def test_a_signed_one_is_changed_by_nobody(self):
        self.sign(self.pending)
        for changed in (
            {"signature": "Other"},
            {"state": "pending"},
            {"employee_id": self.supervisor.id},
            {"expires_on": date(2030, 1, 1)},
        ):
            with self.assertRaises(UserError):
                self.pending.write(changed)
            with self.assertRaises(UserError):
                self.pending.with_user(self.env.ref("base.user_admin")).write(changed)
        with self.assertRaises(UserError):
            self.pending.unlink()
        self.assertEqual(self.pending.signature, "Anna Sharova")

    @mute_logger("odoo.sql_db")
    def test_the_database_itself_refuses_to_change_a_signed_one(self):
        self.sign(self.pending)
        self.env.flush_all()
        for query in (
            "UPDATE callcenter_acknowledgement SET signature = 'x' WHERE id = %s",
            "UPDATE callcenter_acknowledgement SET state = 'pending' WHERE id = %s",
            "UPDATE callcenter_acknowledgement SET state = 'expired' WHERE id = %s",
            "DELETE FROM callcenter_acknowledgement WHERE id = %s",
        ):
            with self.assertRaises(Error), self.env.cr.savepoint():
                self.env.cr.execute(query, [self.pending.id])
        self.env.invalidate_all()
        self.assertEqual(
            (self.pending.state, self.pending.signature), ("signed", "Anna Sharova")
        )

    @mute_logger("odoo.sql_db")
    def test_the_database_holds_one_open_request_for_a_version(self):
        model = self.env["callcenter.acknowledgement"]._in_transition()
        values = model._prepare_requests(self.description, self.anna)
        with self.assertRaises(Error), self.env.cr.savepoint():
            model.create(values)

    def test_requests_cannot_be_made_by_hand(self):
        values = self.env["callcenter.acknowledgement"]._prepare_requests(
            self.description, self.anna
        )
        for role in ("operator", "hr", "director", "manager"):
            with self.assertRaises(AccessError):
                self.env["callcenter.acknowledgement"].with_user(
                    self.users[role]
                ).create(values)

    def test_a_new_version_ends_the_open_request_of_the_old_one(self):
        second = self.approve(self.build_description())
        self.assertEqual(self.pending.state, "expired")
        self.assertEqual(self.get_acknowledgement(self.anna, second).state, "pending")

    def test_a_refusal_needs_two_other_witnesses(self):
        witnesses = self.supervisor | self.build_employee("Second Witness")
        for wrong in (self.supervisor, self.supervisor | self.anna):
            with self.assertRaisesRegex(UserError, "two witnesses"):
                self._refuse("hr", wrong)
        self.assertEqual(self.pending.state, "pending")
        self._refuse("hr", witnesses)
        self.assertRecordValues(
            self.pending,
            [
                {
                    "state": "refused",
                    "refused_on": date(2026, 3, 2),
                    "witness_id": witnesses[0].id,
                    "second_witness_id": witnesses[1].id,
                }
            ],
        )

    def test_a_refusal_is_sealed_with_its_day(self):
        self._refuse("hr", self.supervisor | self.build_employee("Second Witness"))
        with self.at("2026-03-02 22:30:00"):
            self.env["callcenter.day.seal"]._cron_seal()
        verifier = ChainVerifier(self.env)
        self.assertEqual(list(verifier.find_faults(self.company)), [])
        with self.as_owner_of("callcenter_acknowledgement") as cr:
            cr.execute(
                "UPDATE callcenter_acknowledgement SET refusal_reason = 'x'"
                " WHERE id = %s",
                [self.pending.id],
            )
        faults = verifier.find_faults(self.company)
        self.assertEqual(
            [seal.model for seal, _what in faults], ["callcenter.acknowledgement"]
        )

    def test_only_hr_registers_a_refusal(self):
        witnesses = self.supervisor | self.build_employee("Second Witness")
        for role in ("operator", "supervisor", "manager", "director"):
            with self.assertRaises(AccessError):
                self._refuse(role, witnesses)
            with self.assertRaises(AccessError):
                self.as_(role, self.pending).action_register_refusal()
        self.assertEqual(self.pending.state, "pending")

    def test_hr_asks_again_after_a_refusal(self):
        self._refuse("hr", self.supervisor | self.build_employee("Second Witness"))
        self.as_("hr", self.pending).action_ask_again()
        again = self.get_acknowledgement(self.anna, self.description)
        self.assertNotEqual(again, self.pending)
        self.sign(again)
        self.assertEqual((self.pending.state, again.state), ("refused", "signed"))

    def test_a_superseded_text_is_not_asked_for_again(self):
        self.approve(self.build_description())
        self.assertEqual(self.pending.state, "expired")
        with self.assertRaisesRegex(UserError, "superseded"):
            self.as_("hr", self.pending).action_ask_again()

    def test_the_operator_sees_only_his_own(self):
        boris = self.build_operator("Boris Kotov")
        self.approve(self.build_policy())
        seen = (
            self.env["callcenter.acknowledgement"]
            .with_user(boris.user_id)
            .search([])
            .employee_id
        )
        self.assertEqual(seen.ids, boris.ids)
        with self.assertRaises(AccessError):
            self.pending.with_user(boris.user_id).read(["state"])

    def test_the_signing_page_shows_nobody_elses_document(self):
        boris = self.build_operator("Boris Kotov")
        pages = self.env["callcenter.acknowledgement.sign"].with_user(boris.user_id)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            pages.create({"acknowledgement_id": self.pending.id})
        with self.assertRaises(AccessError):
            pages.with_context(default_acknowledgement_id=self.pending.id).default_get(
                ["acknowledgement_id", "shown_hash"]
            )
        for name in ("document_html", "document_name", "due_date"):
            for peek in (self.peek_by_new, self.peek_by_onchange):
                self.env.invalidate_all()
                self.assertFalse(peek(pages, name), name)
            own = pages.with_user(self.anna.user_id)
            self.assertTrue(self.peek_by_onchange(own, name), "the signer sees it")

    def peek_by_new(self, pages, name):
        try:
            return pages.new({"acknowledgement_id": self.pending.id})[name]
        except AccessError:
            return False

    def peek_by_onchange(self, pages, name):
        values = {"acknowledgement_id": self.pending.id}
        specification = {"acknowledgement_id": {}, name: {}}
        try:
            answer = pages.onchange(values, ["acknowledgement_id"], specification)
        except AccessError:
            return False
        return answer["value"].get(name)

    def test_overdue_after_the_last_day_by_the_company_clock(self):
        overdue = [("is_overdue", "=", True), ("id", "=", self.pending.id)]
        model = self.env["callcenter.acknowledgement"]
        with self.at("2026-03-05 18:59:00"):  # 23:59 in Yekaterinburg
            self.env.invalidate_all()
            self.assertFalse(self.pending.is_overdue)
            self.assertFalse(model.search(overdue))
        with self.at("2026-03-05 19:00:00"):  # the next local day
            self.env.invalidate_all()
            self.assertTrue(self.pending.is_overdue)
            self.assertEqual(model.search(overdue), self.pending)

    def _refuse(self, role, witnesses):
        self.env.flush_all()
        wizard = (
            self.env["callcenter.acknowledgement.refuse"]
            .with_user(self.users[role])
            .create(
                {
                    "acknowledgement_id": self.pending.id,
                    "reason": "No reason given",
                    "witness_ids": [(6, 0, witnesses.ids)],
                }
            )
        )
        wizard.action_confirm()
