"""Builders of calls and sheets."""

from datetime import datetime, timedelta

from ..cases import CallcenterCase


class SupervisionCase(CallcenterCase):
    """One operator with a user, and calls made with one line each."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One", user=cls.users["operator"])
        cls.colleague = cls.build_operator("Operator Two")
        cls.client = cls.env["res.partner"].create({"name": "Severny Veter"})
        cls.other_client = cls.env["res.partner"].create({"name": "Lyzhnya"})
        cls.region = cls.env.ref("base.state_ru_sve")

    @classmethod
    def disposition(cls, code):
        return cls.env["callcenter.disposition"].search([("code", "=", code)])

    @classmethod
    def build_call(cls, code="informed", employee=None, **vals):
        """A finished outgoing call, one minute of talk unless told."""
        disposition = cls.disposition(code)
        employee = employee or cls.operator
        started_at = vals.pop("started_at", datetime(2026, 3, 2, 6))
        talk_seconds = vals.pop("talk_seconds", 60)
        return cls.env["callcenter.call"].create(
            {
                "employee_id": employee.id,
                "user_id": employee.user_id.id,
                "department_id": employee.department_id.id,
                "company_id": employee.company_id.id,
                "partner_id": cls.client.id,
                "phone": "+73430000000",
                "state_id": cls.region.id,
                "federal_district": "ural",
                "started_at": started_at,
                "ended_at": started_at + timedelta(seconds=talk_seconds),
                "talk_seconds": talk_seconds,
                "wrap_seconds": 30,
                "disposition_id": disposition.id,
                "technical_status": disposition.technical_status,
                "is_contact": disposition.is_contact,
                "is_target": disposition.is_target,
                "is_sale": disposition.is_sale,
                **vals,
            }
        )

    @classmethod
    def build_scorecard(cls, approve=True):
        """Greeting 20, needs 30 (sales techniques), offer 50, no rudeness (fatal)."""
        topic = cls.env.ref("callcenter_ops.topic_sales_techniques")
        criteria = [
            {"name": "Greeting", "points": 20},
            {"name": "Needs", "points": 30, "topic_id": topic.id},
            {"name": "Offer", "points": 50},
            {"name": "No rudeness", "points": 0, "is_fatal": True},
        ]
        card = cls.env["callcenter.scorecard"].create(
            {
                "name": "Informative call",
                "criterion_ids": [(0, 0, criterion) for criterion in criteria],
            }
        )
        if approve:
            card.with_user(cls.users["supervisor"]).action_approve()
        return card
