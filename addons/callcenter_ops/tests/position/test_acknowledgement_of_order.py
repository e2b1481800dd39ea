from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..personnel.common import PersonnelCase
from .common import PositionCase


@tagged("post_install", "-at_install")
class TestAcknowledgementOfOrder(PersonnelCase, PositionCase):
    def get_open_names(self, employee):
        return (
            self.env["callcenter.acknowledgement"]
            .search([("employee_id", "=", employee.id), ("state", "=", "pending")])
            .mapped("document_name")
        )

    def test_an_executed_appointment_asks_for_the_order_and_the_documents(self):
        description = self.approve(self.build_description())
        policy = self.approve(self.build_policy())
        order = self.appoint()
        self.assertEqual(order.state, "executed")
        self.assertEqual(
            sorted(self.get_open_names(self.candidate)),
            sorted(self.on_paper(record) for record in (order, description, policy)),
        )

    def test_the_appointed_operator_signs_his_way_to_clearance(self):
        self.approve(self.build_description())
        order = self.appoint()
        employee = self.candidate.sudo()
        codes = [
            blocker["code"]
            for blocker in self.get_blockers(employee, order.date_effective)
        ]
        self.assertEqual(codes, ["acknowledgement_pending"])
        for acknowledgement in self.env["callcenter.acknowledgement"].search(
            [("employee_id", "=", employee.id)]
        ):
            self.sign(acknowledgement)
        self.assertEqual(self.get_blockers(employee, order.date_effective), [])

    def test_who_comes_back_is_asked_for_the_documents_anew(self):
        self.approve(self.build_description())
        self.appoint()
        model = self.env["callcenter.acknowledgement"]
        mine = [("employee_id", "=", self.candidate.id), ("order_id", "=", False)]
        for pending in model.search(mine):
            self.sign(pending)
        old = model.search(mine)
        self.assertEqual(set(old.mapped("state")), {"signed"})
        self.dismiss(self.candidate)
        later = date(2026, 3, 16)
        with self.at(f"{later} 07:00:00"):
            self.appoint(date_order=later, date_effective=later)
            new = model.search(mine) - old
            self.assertEqual(set(new.mapped("state")), {"pending"})
            self.assertEqual(new.mapped("document_name"), old.mapped("document_name"))
            codes = [one["code"] for one in self.get_blockers(self.candidate, later)]
        self.assertIn("acknowledgement_pending", codes)

    def test_the_order_is_shown_with_its_facts(self):
        order = self.appoint(basis="Contract 12")
        acknowledgement = self.get_acknowledgement(self.candidate, order)
        shown = acknowledgement.with_user(acknowledgement.user_id).document_html
        for text in (
            order.name,
            "Синицына Вера Олеговна",
            "Operator",
            "Contract 12",
            "02.03.2026",
        ):
            self.assertIn(text, shown)

    def test_dismissal_closes_what_was_open(self):
        self.approve(self.build_description())
        self.appoint()
        self.assertEqual(len(self.get_open_names(self.candidate)), 2)
        order = self.dismiss(self.candidate)
        self.assertEqual(order.state, "executed")
        self.assertEqual(self.get_open_names(self.candidate), [])

    def test_a_cancelled_appointment_closes_what_it_had_opened(self):
        self.approve(self.build_description())
        order = self.appoint()
        cancellation = self.cancel(order)
        self.assertEqual((cancellation.state, order.state), ("executed", "cancelled"))
        self.assertEqual(
            self.get_open_names(self.candidate), [self.on_paper(cancellation)]
        )

    def test_a_transfer_asks_for_the_documents_of_the_new_post(self):
        trainer_job = self.env["hr.job"].create({"name": "Trainer"})
        old = self.approve(self.build_description())
        new = self.approve(self.build_description(job=trainer_job))
        self.appoint()
        self.sign(
            self.build_order(
                self.candidate,
                order_type="transfer",
                job_id=trainer_job.id,
                department_id=self.department.id,
            )
        )
        open_names = self.get_open_names(self.candidate)
        self.assertIn(self.on_paper(new), open_names)
        self.assertNotIn(self.on_paper(old), open_names)

    def sign(self, record, **kwargs):
        """Orders are signed by the Director, acknowledgements by their employee."""
        if record._name == "callcenter.acknowledgement":
            return PositionCase.sign(self, record, **kwargs)
        return PersonnelCase.sign(self, record)

    def test_an_unacknowledged_order_blocks_nobody(self):
        order = self.appoint()
        self.assertEqual(
            self.get_acknowledgement(self.candidate, order).state, "pending"
        )
        self.assertEqual(self.get_blockers(self.candidate, order.date_effective), [])

    def test_the_signed_paper_closes_the_request_to_click(self):
        order = self.appoint()
        day = order.date_order
        self.as_("hr", order)._register_paper(day)
        request = self.get_acknowledgement(self.candidate, order)
        self.assertEqual(request.state, "signed")
        signed = order.company_id._callcenter_local(request.signed_on)
        self.assertEqual(signed.date(), day)
        self.assertEqual(request.content_hash, order._get_content_hash())
        self.assertEqual(request.signed_by_id, self.users["hr"])

    def test_the_refusal_on_paper_closes_the_request_as_refused(self):
        order = self.appoint()
        witnesses = self.supervisor | self.build_employee("Witness")
        self.as_("hr", order)._register_paper(order.date_order, True, witnesses)
        request = self.get_acknowledgement(self.candidate, order)
        self.assertEqual(request.state, "refused")
        self.assertEqual(request.refused_on, order.date_order)
        self.assertEqual(request.witness_id | request.second_witness_id, witnesses)
        with self.assertRaises(UserError):
            self.sign(request)
        self.assertEqual(request.state, "refused")

    def test_a_stranger_or_somebody_who_left_confirms_no_refusal(self):
        order = self.appoint()
        request = self.get_acknowledgement(self.candidate, order)
        stranger = self.build_employee(
            "Stranger", company_id=self.env["res.company"].create({"name": "Else"}).id
        )
        left = self.build_employee("Left", active=False)
        for witness in (stranger, left):
            with self.subTest(witness=witness.name), self.assertRaises(UserError):
                request._refuse(order.date_order, False, self.supervisor | witness)
        self.assertEqual(request.state, "pending")

    def test_the_order_is_acknowledged_by_its_employee_alone(self):
        order = self.appoint()
        acknowledgement = self.get_acknowledgement(self.candidate, order)
        with self.assertRaises(UserError):
            self.as_("hr", acknowledgement).action_acknowledge()
        self.assertEqual(acknowledgement.state, "pending")

    def test_the_signature_under_an_order_is_verified(self):
        order = self.appoint(basis="Contract 12")
        signed = self.sign(self.get_acknowledgement(self.candidate, order))
        for role in ("hr", "director"):
            answer = self.as_(role, signed).action_verify()
            self.assertEqual(answer["params"]["type"], "success")
        with self.as_owner_of("callcenter_personnel_order") as cr:
            cr.execute(
                "UPDATE callcenter_personnel_order SET basis = 'Forged' WHERE id = %s",
                [order.id],
            )
        answer = self.as_("hr", signed).action_verify()
        self.assertEqual(answer["params"]["type"], "danger")
        self.assertIn("Синицына Вера Олеговна", answer["params"]["message"])

    def test_nothing_is_verified_before_it_is_signed(self):
        order = self.appoint()
        pending = self.get_acknowledgement(self.candidate, order)
        with self.assertRaisesRegex(UserError, "Nothing was signed"):
            self.as_("hr", pending).action_verify()
