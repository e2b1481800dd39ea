"""Every role tries every operation and every button on every model of the room."""

from odoo.tests import new_test_user, tagged

from ..attacks import ROLES, AttackMixin
from ..cases import GROUPS
from .common import PositionCase

DRAFTERS = {"hr"}
NOBODY = set()
# Who may write, create and delete; every other role is refused.
WRITERS = {
    "callcenter.job.description": DRAFTERS | {"director"},
    "callcenter.job.description.section": DRAFTERS,
    "callcenter.job.description.clause": DRAFTERS,
    "callcenter.job.requirement": DRAFTERS,
    "callcenter.policy": DRAFTERS | {"director"},
    "callcenter.policy.release": DRAFTERS,
    "callcenter.briefing.period": {"hr", "manager"},
    "callcenter.signing.rule": {"hr", "manager"},
    "callcenter.topic": {"hr", "manager"},
    "callcenter.acknowledgement": NOBODY,
    "callcenter.readiness": NOBODY,
    "callcenter.timeline": NOBODY,
}
CREATORS = WRITERS | {
    "callcenter.job.description": DRAFTERS,
    "callcenter.policy": DRAFTERS,
}
ERASERS = CREATORS | {"callcenter.topic": {"manager"}}
# Who of those who are no employees of the department may read a record at all.
READERS = {
    "callcenter.job.description": {"hr", "director", "manager"},
    "callcenter.job.description.section": {"hr", "director", "manager"},
    "callcenter.job.description.clause": {"hr", "director", "manager"},
    "callcenter.job.requirement": {"hr", "director", "manager"},
    "callcenter.policy": {"hr", "director", "manager"},
    "callcenter.policy.release": {"hr", "director", "manager"},
    "callcenter.briefing.period": {"hr", "director", "manager"},
    "callcenter.signing.rule": {"hr", "director", "manager"},
    "callcenter.topic": {"operator", "supervisor", "hr", "director", "manager"},
    "callcenter.acknowledgement": {"supervisor", "hr", "director", "manager"},
    "callcenter.readiness": {"supervisor", "hr", "director", "manager"},
    "callcenter.timeline": {"supervisor", "hr", "director", "manager"},
}
# Buttons that change something, and who may press them.
BUTTONS = {
    ("callcenter.job.description", "action_approve"): {"director"},
    ("callcenter.policy", "action_approve"): {"director"},
    ("callcenter.job.description", "action_new_version"): {"hr"},
    ("callcenter.policy", "action_new_version"): {"hr"},
    ("callcenter.acknowledgement", "action_acknowledge"): NOBODY,
    ("callcenter.acknowledgement", "action_register_refusal"): {"hr"},
    ("callcenter.acknowledgement", "action_register_paper"): {"hr"},
}
# What a role may change in which field of a draft.
CHANGES = {
    "callcenter.job.description": {"number": "X-1"},
    "callcenter.job.description.section": {"name": "Changed"},
    "callcenter.job.description.clause": {"text": "Changed."},
    "callcenter.job.requirement": {"name": "Changed"},
    "callcenter.policy": {"number": "X-1"},
    "callcenter.policy.release": {"basis": "Order 9"},
    "callcenter.briefing.period": {"basis": "Act 9"},
    "callcenter.signing.rule": {"source": "Act 9"},
    "callcenter.topic": {"name": "Changed"},
    "callcenter.acknowledgement": {"document_name": "Changed"},
    "callcenter.readiness": {"name": "Changed"},
    "callcenter.timeline": {"title": "Changed"},
}


@tagged("post_install", "-at_install")
class TestPositionAttacks(AttackMixin, PositionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The roles' own users: none of them works in the department.
        cls.anna = cls.build_operator("Anna Sharova")

    def setUp(self):
        super().setUp()
        self.enterContext(self.at("2026-03-02 06:00:00"))
        self.act = self.approve(self.build_policy(name="Approved act"))
        self.records = self.build_one_of_each()

    def build_one_of_each(self):
        """``{model: one record}``: drafts, and what the approved act led to."""
        requirement = {"name": "Skates", "topic_id": self.topic.id, "kind": "skill"}
        description = self.build_description(requirement_ids=[(0, 0, requirement)])
        policy = self.build_policy()
        release = self.env["callcenter.policy.release"].create(
            {"policy_id": self.act.id, "job_id": self.job.id, "basis": "Order 5"}
        )
        period = self.env["callcenter.briefing.period"].create(
            {
                "briefing_field": "fire_safety",
                "briefing_type": "targeted",
                "date_from": "2026-01-01",
                "basis": "Act 5",
            }
        )
        rule = self.env["callcenter.signing.rule"].create(
            {
                "paper_kind": "acting",
                "way": "click",
                "date_from": "2026-01-01",
                "source": "Act 5",
            }
        )
        mine = [("employee_id", "=", self.anna.id)]
        records = [
            rule,
            description,
            description.section_ids,
            description.section_ids.clause_ids,
            description.requirement_ids,
            policy,
            release,
            period,
            self.env["callcenter.topic"].create({"name": "Own", "code": "own"}),
            self.env["callcenter.acknowledgement"].search(mine),
            self.env["callcenter.readiness"].search(mine),
            self.env["callcenter.timeline"].search(mine, limit=1),
        ]
        return {record._name: record.sudo() for record in records}

    def see(self, record):
        self.env.flush_all()
        self.env.invalidate_all()
        return record.exists().read(list(CHANGES[record._name]))

    def test_reading(self):
        for model, allowed in READERS.items():
            self.assert_only(allowed, self.records[model], "read", list(CHANGES[model]))

    def test_writing(self):
        for model, allowed in WRITERS.items():
            self.assert_only(allowed, self.records[model], "write", CHANGES[model])

    def test_creating(self):
        for model, allowed in CREATORS.items():
            self.assert_only(
                allowed, self.records[model], "create", [self.prepare_twin(model)]
            )

    def prepare_twin(self, model):
        """Values of a second record like the one there is."""
        if model in ("callcenter.readiness", "callcenter.timeline"):
            return {}
        (values,) = self.records[model].copy_data()
        values.pop("state", None)
        return values | {
            "callcenter.topic": {"code": "second"},
            "callcenter.policy.release": {
                "date_from": "2020-01-01",
                "date_to": "2020-02-01",
            },
            "callcenter.briefing.period": {"date_from": "2020-01-01"},
            "callcenter.signing.rule": {"date_from": "2020-01-01"},
            "callcenter.job.requirement": {"name": "Second"},
        }.get(model, {})

    def test_deleting(self):
        for model, allowed in ERASERS.items():
            self.assert_only(allowed, self.records[model], "unlink")

    def test_the_buttons(self):
        for (model, button), allowed in BUTTONS.items():
            if button == "action_new_version":
                self.approve(self.records[model])
            self.assert_only(allowed, self.records[model], button)

    def test_asking_again(self):
        acknowledgement = self.records["callcenter.acknowledgement"]
        acknowledgement._lapse()
        model = acknowledgement._name
        self.assert_only({"hr"}, self.records[model], "action_ask_again")

    def test_every_public_method_of_the_room_is_known_here(self):
        """A new button comes with its row in this table, or with none to fear."""
        harmless = {
            "action_open",
            "action_verify",
            "action_verify_hash",
            "action_verify_paper",
            "action_view_acknowledgements",
            "action_view_timeline",
            "action_compare",
            "action_print_sheet",
            "action_ask_again",  # a test of its own
            "action_open_trail",  # of all guarded models, for two roles
        }
        known = harmless | {button for _model, button in BUTTONS}
        for model in WRITERS:
            self.assertEqual(self.get_buttons(model) - known, set(), model)

    def test_harmless_buttons_open_for_readers_alone(self):
        looks = {
            "callcenter.job.description": (
                "action_view_acknowledgements",
                "action_compare",
            ),
            "callcenter.policy": ("action_view_acknowledgements", "action_print_sheet"),
            "callcenter.acknowledgement": ("action_open",),
            "callcenter.readiness": (
                "action_view_acknowledgements",
                "action_view_timeline",
            ),
        }
        for model, buttons in looks.items():
            for button in buttons:
                self.assert_only(READERS[model], self.records[model], button)

    def test_a_wizard_takes_nobody_past_the_checks(self):
        pending = self.records["callcenter.acknowledgement"]
        witnesses = self.supervisor | self.build_employee("Second Witness")
        refusal = {
            "acknowledgement_id": pending.id,
            "witness_ids": [(6, 0, witnesses.ids)],
        }
        for role in ROLES:
            for wizard, values, button in (
                ("callcenter.acknowledgement.refuse", refusal, "action_confirm"),
                (
                    "callcenter.acknowledgement.sign",
                    {"acknowledgement_id": pending.id},
                    "action_sign",
                ),
            ):
                allowed = role == "hr" and wizard.endswith("refuse")
                with self.subTest(role=role, wizard=wizard):
                    with self.env.cr.savepoint() as savepoint:
                        pressed = self.press(role, wizard, values, button)
                        state = self.see_state(pending)
                        savepoint.rollback()
                    self.env.invalidate_all()
                    self.assertEqual(pressed, allowed)
                    self.assertEqual(state, "refused" if allowed else "pending")

    def see_state(self, acknowledgement):
        self.env.flush_all()
        self.env.invalidate_all()
        return acknowledgement.state

    def test_another_companys_hr_and_director_reach_nothing(self):
        company = self.env["res.company"].create({"name": "Other company"})
        self.users["stranger"] = new_test_user(
            self.env,
            "cc_stranger",
            groups=",".join(("base.group_user", GROUPS["hr"], GROUPS["director"])),
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        common = {
            "callcenter.briefing.period",
            "callcenter.signing.rule",
            "callcenter.topic",
        }
        for model in set(WRITERS) - common:
            record = self.records[model]
            for method, args in (
                ("read", [list(CHANGES[model])]),
                ("write", [CHANGES[model]]),
                ("unlink", []),
            ):
                with self.subTest(model=model, method=method):
                    self.assertTrue(self.is_refused("stranger", record, method, *args))
