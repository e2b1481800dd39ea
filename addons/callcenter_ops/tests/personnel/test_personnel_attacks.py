"""Every role tries every operation and every button on every model of the room."""

from odoo.tests import tagged

from ..attacks import ROLES, AttackMixin
from .common import TODAY, PersonnelCase

NOBODY = set()
KEEPERS = {"hr", "manager"}
BOARD = {"hr", "director"}
# model: (who reads, who writes, who creates and deletes, what is written)
RIGHTS = {
    "callcenter.personnel.order": (
        BOARD | {"manager"},
        {"hr"},
        {"hr"},
        {"basis": "Memo 9"},
    ),
    "callcenter.order.visa": (
        BOARD | {"manager", "supervisor"},
        NOBODY,
        NOBODY,
        {"note": "Forged"},
    ),
    "callcenter.order.visa.rule": (
        BOARD | {"manager"},
        KEEPERS,
        KEEPERS,
        {"sequence": 77},
    ),
    "callcenter.order.checklist.item": (
        BOARD | {"manager"},
        KEEPERS,
        KEEPERS,
        {"name": "Badge"},
    ),
    "callcenter.order.checklist": (
        BOARD | {"supervisor"},
        {"hr"},
        NOBODY,
        {"note": "Back on Friday"},
    ),
    "callcenter.dismissal.ground": (
        set(ROLES) - {"outsider"},
        {"hr"},
        {"hr"},
        {"name": "Changed"},
    ),
    "callcenter.substitution": (
        set(ROLES) - {"operator", "outsider"},
        NOBODY,
        NOBODY,
        {"date_to": "2027-03-02"},
    ),
    "callcenter.order.register": (BOARD, NOBODY, NOBODY, {"last_number": 0}),
    "callcenter.order.handover": (
        BOARD | {"supervisor"},
        NOBODY,
        NOBODY,
        {"count": 99},
    ),
    "callcenter.personnel.panel": (BOARD, NOBODY, NOBODY, {"name": "Changed"}),
}
# Buttons of an order: in which state it is tried, and who alone may press it.
BUTTONS = {
    "action_submit": ("draft", {"hr"}),
    "action_return_to_draft": ("submitted", BOARD),
    "action_approve": ("asked", {"supervisor"}),
    "action_refuse": ("asked", {"supervisor"}),
    "action_sign": ("submitted", {"director"}),
    "action_execute": ("due", BOARD),
    "action_end_last_day": ("leaving", {"hr"}),
    "action_prepare_cancellation": ("due", {"hr"}),
    "action_print": ("draft", BOARD),
    "action_verify_paper": ("due", BOARD),
}
REMARKS = {"action_refuse": ("Mend it",), "action_end_last_day": ("Work is done",)}


@tagged("post_install", "-at_install")
class TestPersonnelAttacks(AttackMixin, PersonnelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.env["callcenter.order.visa.rule"].create(
            {"order_type": "dismissal", "approver": "head"}
        )

    def setUp(self):
        super().setUp()
        leaver = self.appoint(self.build_employee("Leaver")).employee_id
        self.orders = {
            "draft": self.build_order(),
            "submitted": self.build_order(self.build_employee("Submitted")),
            "asked": self.build_dismissal(leaver),
        }
        self.as_("hr", self.orders["submitted"]).action_submit()
        self.as_("hr", self.orders["asked"]).action_submit()
        self.orders["due"] = self.build_due()

    def build_due(self):
        """Signed for tomorrow; tomorrow has come before the scheduler."""
        order = self.sign(
            self.build_order(
                self.build_employee("Due"), date_effective=TODAY.replace(day=3)
            )
        )
        self.enterContext(self.at("2026-03-03 07:00:00"))
        return order

    def build_one_of_each(self):
        deputy = self.build_operator("Deputy One")
        substitution = self.stand_in(deputy, self.supervisor, TODAY.replace(day=3))
        asked = self.orders["asked"].sudo()
        records = [
            self.orders["draft"],
            asked.visa_ids,
            self.rule,
            self.env["callcenter.order.checklist.item"].create({"name": "Pass"}),
            asked.checklist_ids[:1],
            self.env["callcenter.dismissal.ground"].create(
                self.twin("callcenter.dismissal.ground") | {"code": "own"}
            ),
            substitution,
            self.env["callcenter.order.register"].search([], limit=1),
            self.env["callcenter.order.handover"].create(
                {"order_id": asked.id, "what": "Leads", "count": 1, "to_whom": "Heir"}
            ),
            self.env.ref("callcenter_ops.personnel_panel_due"),
        ]
        return {record._name: record.sudo() for record in records}

    def see(self, record):
        self.env.flush_all()
        self.env.invalidate_all()
        names = [*RIGHTS[record._name][3], *({"state", "name"} & set(record._fields))]
        return record.sudo().exists().read(names)

    def test_reading_writing_creating_and_deleting(self):
        records = self.build_one_of_each()
        self.assertEqual(set(records), set(RIGHTS))
        for model, (readers, writers, makers, change) in RIGHTS.items():
            record = records[model]
            self.assert_only(readers, record, "read", list(change))
            self.assert_only(writers, record, "write", change)
            self.assert_only(makers, record, "unlink")

    def test_creating(self):
        records = self.build_one_of_each()
        for model, (_readers, _writers, makers, _change) in RIGHTS.items():
            self.assert_only(makers, records[model], "create", [self.twin(model)])

    def twin(self, model):
        """Values of a second record of the model."""
        own = {"order_id": self.orders["asked"].id}
        return {
            "callcenter.personnel.order": {
                "order_type": "appointment",
                "employee_id": self.build_employee("Second").id,
            },
            "callcenter.order.visa": own | {"user_id": self.users["hr"].id},
            "callcenter.order.visa.rule": {"approver": "head"},
            "callcenter.order.checklist": own | {"name": "Keys"},
            "callcenter.order.handover": own | {"what": "x", "count": 1},
            "callcenter.dismissal.ground": {
                "name": "Second",
                "article": "art. 2",
                "code": "second",
                "departure_reason_id": self.ground.departure_reason_id.id,
            },
            "callcenter.order.register": {
                "order_type": "appointment",
                "year": 2030,
                "company_id": self.company.id,
            },
        }.get(model, {"name": "Second"})

    def test_the_buttons_of_an_order(self):
        for button, (state, allowed) in BUTTONS.items():
            if state != "leaving":
                order = self.orders[state].sudo()
                self.assert_only(allowed, order, button, *REMARKS.get(button, ()))

    def test_the_last_day_is_ended_by_hr_alone(self):
        leaver = self.appoint(self.build_employee("Leaver Two")).employee_id
        self.rule.unlink()
        order = self.sign(
            self.build_dismissal(leaver, date_effective=TODAY.replace(day=3))
        )
        self.assertEqual(order.state, "signed")
        button = "action_end_last_day"
        self.assert_only(BUTTONS[button][1], order, button, *REMARKS[button])

    def test_every_button_of_an_order_is_known_here(self):
        room = self.get_buttons("callcenter.personnel.order")
        # These look alone; the trail of all guarded models is for two roles.
        looks = {"action_open_trail", "action_view_acknowledgements"}
        # The room of documents gives and tests it.
        looks.add("action_ask_candidate")
        self.assertEqual(room - set(BUTTONS), looks & room)

    def test_the_checklist_is_ticked_by_those_who_keep_it(self):
        line = self.orders["asked"].sudo().checklist_ids[:1]
        self.assert_only({"hr", "supervisor"}, line, "action_toggle")

    def test_a_wizard_takes_nobody_past_the_checks(self):
        person = self.build_employee("Batch Person")
        batch = {
            "order_type": "appointment",
            "employee_ids": [(6, 0, person.ids)],
            "job_id": self.job.id,
            "department_id": self.department.id,
            "wage": 1,
        }
        paper = {"order_id": self.orders["due"].id, "paper_date": str(TODAY)}
        for wizard, values, button, allowed in (
            ("callcenter.order.batch", batch, "action_create_orders", {"hr"}),
            ("callcenter.order.paper.register", paper, "action_register", {"hr"}),
            ("callcenter.order.register.print", {}, "action_print_pdf", BOARD),
            ("callcenter.order.register.print", {}, "action_export_xlsx", BOARD),
        ):
            for role in ROLES:
                with self.subTest(role=role, wizard=wizard, button=button):
                    with self.env.cr.savepoint() as savepoint:
                        pressed = self.press(role, wizard, values, button)
                        savepoint.rollback()
                    self.env.invalidate_all()
                    self.assertEqual(pressed, role in allowed)
