"""Rights of each role on every model: r(ead), c(reate), w(rite), d(elete)."""

from odoo import Command
from odoo.exceptions import AccessError

from .common import MARCH, WorkstationCase

ROOMS = tuple(
    f"odoo.addons.callcenter_ops.models.{room}." for room in ("workstation", "budget")
)
ROLES = ("operator", "supervisor", "hr", "director", "manager", "outsider")
LETTERS = {"read": "r", "create": "c", "write": "w", "unlink": "d"}
# model: rights of operator, supervisor, HR, director, administrator on a record that
# is not the operator's own; whoever has no role has none.
RIGHTS = {
    "callcenter.cost.item": ("", "r", "rcwd", "r", "rcwd"),
    "callcenter.workstation.kit": ("", "r", "rcwd", "rw", "rcwd"),
    "callcenter.workstation.kit.line": ("", "r", "rcwd", "rw", "rcwd"),
    "callcenter.workstation": ("", "r", "rcwd", "r", "rcwd"),
    "callcenter.workstation.share": ("", "r", "rcwd", "r", "rcwd"),
    "callcenter.custody": ("", "r", "r", "r", "r"),
    "callcenter.handover": ("", "r", "rcwd", "r", "r"),
    "callcenter.handover.line": ("", "r", "rcwd", "r", "r"),
    "callcenter.workstation.budget": ("", "rcwd", "rcwd", "rcwd", "r"),
    "callcenter.workstation.budget.seat": ("", "rcwd", "rcwd", "rcwd", "r"),
    "callcenter.workstation.budget.line": ("", "rcwd", "rcwd", "rcwd", "r"),
    "callcenter.workstation.amendment": ("", "rcwd", "rcwd", "rcwd", "r"),
    "callcenter.workstation.amendment.line": ("", "rcwd", "rcwd", "rcwd", "r"),
    "callcenter.workstation.actual": ("", "r", "rcwd", "r", "r"),
    "callcenter.phone.package": ("", "r", "rcwd", "r", "rcwd"),
    "callcenter.phone.line": ("", "r", "rcwd", "r", "rcwd"),
    "callcenter.stocktake": ("", "r", "rcwd", "r", "rcwd"),
    "callcenter.stocktake.line": ("", "r", "rcwd", "r", "rcwd"),
    "callcenter.result.cost": ("", "", "r", "r", ""),
}
# button: who may press it
BUTTONS = {
    ("callcenter.workstation.kit", "action_approve"): {"hr", "director"},
    ("callcenter.workstation.kit", "action_new_version"): {"hr", "director", "manager"},
    ("callcenter.workstation", "action_free"): {"hr", "manager"},
    ("callcenter.handover", "action_fill"): {"hr"},
    ("callcenter.handover", "action_issue"): {"hr"},
    ("callcenter.handover", "action_note_paper"): {"hr"},
    ("callcenter.handover", "action_cancel"): {"hr"},
    ("callcenter.workstation.budget", "action_generate"): {
        "supervisor",
        "hr",
        "director",
    },
    ("callcenter.workstation.budget", "action_approve"): {"director"},
    ("callcenter.workstation.budget", "action_close"): {"hr", "director"},
    ("callcenter.workstation.amendment", "action_approve"): {"director"},
    ("callcenter.stocktake", "action_start"): {"hr", "manager"},
    ("callcenter.stocktake", "action_close"): {"hr", "manager"},
    # Whoever may manage equipment in Odoo, as those with rights on employees may.
    ("maintenance.equipment", "action_write_off"): {"hr", "director", "manager"},
}
# window: who may open it
WINDOWS = {
    "callcenter.workstation.actual.import": {"hr"},
    "callcenter.workstation.actual.take": {"hr"},
    "callcenter.stocktake.scan": {"hr", "manager"},
    "callcenter.handover.reply": {"operator"},
    "callcenter.phone.package.compare": {"supervisor", "hr", "director", "manager"},
    "callcenter.workstation.kit.compare": {"supervisor", "hr", "director", "manager"},
}


class TestRights(WorkstationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        person = cls.build_employee("Ann")
        thing = cls.build_equipment()
        act = cls.build_act(person, thing)
        package = cls.env["callcenter.phone.package"].create(
            {"name": "P", "monthly_fee": 1}
        )
        line = cls.env["callcenter.phone.line"].create(
            {"name": "L", "package_id": package.id}
        )
        place = cls.build_place(employee_id=person.id)
        share = cls.env["callcenter.workstation.share"].create(
            {
                "workstation_id": cls.build_place("A-02", share_limit=2).id,
                "employee_id": cls.build_employee("Bob").id,
            }
        )
        stocktake = cls.env["callcenter.stocktake"].create(
            {"line_ids": [Command.create({"equipment_id": thing.id})]}
        )
        money = cls._build_money(person)
        records = [*money, thing, act, act.line_ids, package, line, place, share]
        records += [place.custody_ids, stocktake, stocktake.line_ids]
        cls.records = {record._name: record for record in records}

    @classmethod
    def _build_money(cls, person):
        step = Command.create({"month": "2026-06-01", "seat_count": 2})
        budget = cls.build_budget(seat_step_ids=[step])
        approved = cls.build_budget()
        approved.with_user(cls.users["director"]).action_approve()
        spent = {"item_id": cls.items["Internet"].id, "amount": 600}
        actual = cls.env["callcenter.workstation.actual"].create(
            spent | {"budget_id": approved.id, "date": MARCH}
        )
        amendment = cls.env["callcenter.workstation.amendment"].create(
            {
                "budget_id": approved.id,
                "reason": "More",
                "line_ids": [Command.create(spent | {"month": MARCH})],
            }
        )
        cost = cls.env["callcenter.result.cost"].create(
            {"company_id": cls.company.id, "month": MARCH, "employee_id": person.id}
        )
        kit, item = cls.kit, cls.items["Internet"]
        lines = (budget.seat_step_ids, budget.line_ids[0], amendment.line_ids)
        return [item, kit, kit.line_ids[0], budget, *lines, actual, amendment, cost]

    def test_every_role_has_its_rights_on_every_model_and_no_others(self):
        for model, rights in RIGHTS.items():
            for role, allowed in zip(ROLES, (*rights, ""), strict=True):
                record = self.as_(role, self.records[model])
                has = "".join(
                    letter
                    for operation, letter in LETTERS.items()
                    if record.has_access(operation)
                )
                with self.subTest(model=model, role=role):
                    self.assertEqual(has, allowed)

    def test_a_button_that_is_not_his_changes_nothing(self):
        for (model, button), allowed in BUTTONS.items():
            record = self.records[model]
            before = record.read(["write_date", "display_name"])
            for role in set(ROLES) - allowed:
                with (
                    self.subTest(model=model, button=button, role=role),
                    self.assertRaises(AccessError),
                    self.cr.savepoint(),
                ):
                    getattr(self.as_(role, record), button)()
            record.invalidate_recordset()
            self.assertEqual(record.read(["write_date", "display_name"]), before)

    def test_windows_open_for_those_whose_work_they_are(self):
        for model, allowed in WINDOWS.items():
            for role in ROLES:
                with self.subTest(model=model, role=role):
                    window = self.as_(role, self.env[model])
                    self.assertEqual(window.has_access("create"), role in allowed)

    def test_the_table_names_every_model_of_both_rooms(self):
        own = {
            model._name
            for model in map(self.env.get, self.registry)
            if model._auto and not model._transient and _is_of_these_rooms(model)
        }
        printing = {"callcenter.handover.print"}  # everyone's own: see its tests
        figures = {"callcenter.result.cost"}  # reads the money of both rooms
        self.assertEqual(own - printing, set(RIGHTS) - figures)


def _is_of_these_rooms(model):
    return model._name.startswith("callcenter.") and any(
        klass.__module__.startswith(ROOMS) and vars(klass).get("_name") == model._name
        for klass in type(model).__mro__
    )
