"""What the screens ask of the database must not grow with the data."""

from odoo import Command
from odoo.tests import warmup

from .common import WorkstationCase


class TestAtSize(WorkstationCase):
    def open_form(self, record):
        """Read what the form view of ``record`` reads."""
        view = record.get_view(view_type="form")
        fields = {
            name: {} for name in view["models"][record._name] if name in record._fields
        }
        for name in fields:
            field = record._fields[name]
            if field.type == "many2one":
                fields[name] = {"fields": {"display_name": {}}}
            elif field.type in ("one2many", "many2many"):
                inner = view["models"].get(field.comodel_name, ("display_name",))
                comodel = record.env[field.comodel_name]
                fields[name] = {
                    "fields": {
                        sub: {"fields": {"display_name": {}}}
                        if comodel._fields[sub].type == "many2one"
                        else {}
                        for sub in inner
                        if sub in comodel._fields
                    },
                    "limit": 40,
                }
        record.env.invalidate_all()
        return record.web_read(fields)

    @warmup
    def test_one_of_60_three_year_budgets_opens_in_under_30_queries(self):
        budget = self.approve(self.build_budget(seat_count=500, months=36))
        for _number in range(59):
            self.build_budget(months=36, scenario_of_id=budget.id)
        budget = self.as_("director", budget)
        self.open_form(budget)
        with self.assertQueryCount(29):
            self.open_form(budget)

    @warmup
    def test_the_grid_of_places_asks_the_same_for_five_and_fifty(self):
        def read(limit):
            self.env.flush_all()
            self.env.invalidate_all()
            places = self.env["callcenter.workstation"].with_user(self.users["hr"])
            start = self.env.cr.sql_log_count
            places.web_search_read(
                [],
                {
                    "name": {},
                    "state": {},
                    "employee_id": {"fields": {"display_name": {}}},
                    "line_id": {"fields": {"display_name": {}}},
                    "equipment_count": {},
                },
                limit=limit,
            )
            return self.env.cr.sql_log_count - start

        people = [self.build_employee(f"Operator {number}") for number in range(50)]
        for number, person in enumerate(people):
            place = self.build_place(f"P-{number:02}", employee_id=person.id)
            self.build_equipment(workstation_id=place.id)
        read(5)
        self.assertEqual(read(5), read(50))

    @warmup
    def test_the_minutes_of_all_lines_take_one_query_over_the_calls(self):
        package = self.env["callcenter.phone.package"].create(
            {"name": "Ural", "monthly_fee": 6700, "included_minutes": 3000}
        )
        lines = self.env["callcenter.phone.line"].create(
            [{"name": f"Line {n}", "package_id": package.id} for n in range(40)]
        )
        lines = self.as_("hr", lines)
        lines.mapped("usage_percent")
        self.env.invalidate_all()
        with self.assertQueryCount(8):
            lines.mapped("usage_percent")

    def test_500_acts_are_issued_without_a_query_per_old_act(self):
        operator = self.build_employee("Operator")
        operator._transition({"callcenter_status": "appointed"})
        things = self.env["maintenance.equipment"].create(
            [{"name": f"Thing {number}"} for number in range(40)]
        )
        acts = self.env["callcenter.handover"].create(
            [
                {
                    "employee_id": operator.id,
                    "line_ids": [Command.create({"equipment_id": thing.id})],
                }
                for thing in things
            ]
        )
        self.as_("hr", acts).action_issue()
        self.as_("hr", acts).action_note_paper()
        self.assertEqual(set(acts.mapped("state")), {"done"})
        self.assertEqual(len(set(acts.mapped("name"))), 40)
