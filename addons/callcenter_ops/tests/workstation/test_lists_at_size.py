"""Lists of places and equipment ask the same few questions, however long they are."""

from lxml import etree
from odoo import Command
from odoo.tests import warmup

from .common import WorkstationCase

PAGE = 80


class TestListsAtSize(WorkstationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        people = cls.env["hr.employee"].create(
            [{"name": f"Operator {n}", "company_id": cls.company.id} for n in range(60)]
        )
        package = cls.env["callcenter.phone.package"].create(
            {"name": "Ural", "monthly_fee": 6700, "included_minutes": 3000}
        )
        lines = cls.env["callcenter.phone.line"].create(
            [{"name": f"Line {n}", "package_id": package.id} for n in range(60)]
        )
        places = cls.env["callcenter.workstation"].create(
            [
                {"name": f"P-{n:03}", "room": f"Hall {n % 3}", "kit_id": cls.kit.id}
                for n in range(120)
            ]
        )
        for place, person, line in zip(places, people, lines, strict=False):
            place.write({"employee_id": person.id, "line_id": line.id})
        cls.env["maintenance.equipment"].with_context(tracking_disable=True).create(
            [
                {"name": f"Thing {n}", "workstation_id": places[n % 120].id}
                for n in range(240)
            ]
        )

    def open_list(self, view, role="hr"):
        """Read a page as the list (or the cards) of ``view`` reads it."""
        view = self.env.ref(f"callcenter_ops.{view}")
        records = self.as_(role, self.env[view.model])
        arch = etree.fromstring(records.get_view(view.id, view.type)["arch"])
        names = {node.get("name") for node in arch.iter("field")}
        asked = {
            name: {"fields": {"display_name": {}}}
            if records._fields[name].type == "many2one"
            else {}
            for name in names
        }
        self.env.flush_all()
        self.env.invalidate_all()
        return records.web_search_read([], asked, limit=PAGE)["records"]

    def assertOpensInFew(self, view):
        self.assertEqual(len(self.open_list(view)), PAGE)
        with self.assertQueryCount(19):
            self.open_list(view)

    @warmup
    def test_the_list_of_places_opens_in_under_20_queries(self):
        self.assertOpensInFew("workstation_view_list")

    @warmup
    def test_the_cards_of_places_open_in_under_20_queries(self):
        self.assertOpensInFew("workstation_view_kanban")

    @warmup
    def test_the_list_of_equipment_opens_in_under_20_queries(self):
        self.assertOpensInFew("maintenance_equipment_view_list")

    @warmup
    def test_the_floor_plan_of_all_rooms_opens_in_under_20_queries(self):
        def read():
            self.env.flush_all()
            self.env.invalidate_all()
            rooms = self.as_("hr", self.env["callcenter.floor.plan"]).get_plan()
            return sum(len(room["places"]) for room in rooms["rooms"])

        self.assertEqual(read(), 120)
        with self.assertQueryCount(19):
            read()

    @warmup
    def test_sixty_budgets_are_listed_in_under_20_queries(self):
        budgets = self.build_budget(seat_count=50, months=36)
        for _number in range(59):
            budgets |= budgets[0].copy({"seat_step_ids": [Command.clear()]})
        self.assertEqual(len(self.open_list("workstation_budget_view_list")), 60)
        with self.assertQueryCount(19):
            self.open_list("workstation_budget_view_list")
