import base64
import io
from datetime import date

import openpyxl
from odoo.exceptions import AccessError, UserError

from .common import TODAY, PersonnelCase


class TestOrderWizards(PersonnelCase):
    def test_one_wizard_makes_orders_for_several_people(self):
        people = self.candidate | self.build_employee("Second Candidate")
        wizard = self.env["callcenter.order.batch"].with_user(self.users["hr"])
        action = wizard.create(
            {"employee_ids": people.ids, "job_id": self.job.id, "wage": 41000}
        ).action_create_orders()
        orders = self.Order.search(action["domain"])
        self.assertEqual(orders.employee_id, people)
        self.assertEqual(set(orders.mapped("state")), {"draft"})
        self.assertEqual(orders.mapped("wage"), [41000, 41000])
        self.assertEqual(orders.department_id, self.department)
        self.as_("hr", orders).action_submit()
        self.as_("director", orders).action_sign()
        self.assertEqual(sorted(orders.mapped("number")), [1, 2])

    def test_an_empty_batch_says_what_is_missing(self):
        wizard = self.env["callcenter.order.batch"].with_user(self.users["hr"])
        with self.assertRaisesRegex(UserError, "at least one"):
            wizard.create({"job_id": self.job.id}).action_create_orders()

    def test_only_hr_opens_the_batch(self):
        for role in ("operator", "supervisor", "director", "manager"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.env["callcenter.order.batch"].with_user(self.users[role]).create(
                    {"employee_ids": self.candidate.ids}
                )

    def build_register(self, role="hr", **vals):
        return (
            self.env["callcenter.order.register.print"]
            .with_user(self.users[role])
            .create({"date_from": date(2026, 1, 1), "date_to": TODAY} | vals)
        )

    def test_the_register_lists_signed_orders_and_their_cancellations(self):
        first = self.appoint(basis="=1+1")
        self.cancel(first)
        self.build_order(self.build_employee("Draft"))
        rows = self.build_register()._get_rows()
        self.assertEqual([row[1] for row in rows], ["1-П/2026", "1-О/2026"])
        self.assertEqual(rows[0][2], "02.03.2026")
        self.assertEqual(rows[0][4], "Синицына Вера Олеговна")
        self.assertEqual(rows[0][10], "отменён приказом № 1-О/2026")
        self.assertEqual(rows[1][6], "отмена приказа № 1-П/2026")

    def test_the_xlsx_holds_the_rows_as_text(self):
        self.appoint(basis="=1+1")
        register = self.build_register()
        action = register.action_export_xlsx()
        self.assertIn(f"/{register.id}/file/", action["url"])
        book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(register.file)))
        rows = list(book.active.iter_rows(values_only=True))
        self.assertEqual(rows[0][1], "Номер приказа")
        self.assertEqual(rows[1][1], "1-П/2026")
        self.assertEqual(book.active.cell(2, 8).data_type, "s")
        self.assertEqual(rows[1][7], "=1+1")

    def test_the_printed_register_shows_the_period(self):
        self.appoint()
        html, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.users["director"])
            ._render_qweb_html(
                "callcenter_ops.report_order_register",
                self.build_register("director").ids,
            )
        )
        text = html.decode()
        self.assertIn("01.01.2026 — 02.03.2026", text)
        self.assertIn("1-П/2026", text)

    def test_the_leavers_checklist_warns_and_never_blocks(self):
        operator = self.build_operator("Leaver One")
        order = self.dismiss(operator)
        self.assertEqual(order.state, "executed")
        items = self.env["callcenter.order.checklist.item"].search_count([])
        self.assertEqual(order.checklist_open_count, items)
        self.assertTrue(
            order.message_ids.filtered(lambda m: "still open" in (m.body or ""))
        )
        line = order.checklist_ids[0]
        self.as_("supervisor", line).action_toggle()
        self.assertEqual(order.checklist_open_count, items - 1)
        self.assertEqual(line.done_by_id, self.users["supervisor"])

    def test_the_checklist_is_kept_by_hr_and_the_supervisor_alone(self):
        order = self.dismiss(self.build_operator("Leaver One"))
        line = order.checklist_ids[0]
        for role in ("operator", "director", "manager", "outsider"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.as_(role, line).action_toggle()
        with self.assertRaises(UserError):
            self.as_("hr", line).write({"is_done": True})
        self.assertFalse(line.is_done)

    def test_hrs_home_counts_what_waits(self):
        self.build_order(self.build_employee("Draft"))
        self.appoint(trial_months=1, date_effective=TODAY)
        panels = self.env["callcenter.personnel.panel"].with_user(self.users["hr"])
        with self.at("2026-03-20 07:00:00"):
            counts = {panel.code: panel.count for panel in panels.search([])}
        self.assertEqual(counts["to_prepare"], 1)
        self.assertEqual(counts["to_sign"], 0)
        self.assertEqual(counts["unsigned_paper"], 1)
        self.assertEqual(counts["probation"], 1)
        action = panels.search([("code", "=", "to_prepare")]).action_open()
        self.assertEqual(action["res_model"], "callcenter.personnel.order")

    def test_hr_and_the_director_open_every_tile_of_hrs_home(self):
        person = self.appoint(trial_months=1, date_effective=TODAY).employee_id
        for role in ("hr", "director"):
            panels = self.env["callcenter.personnel.panel"].with_user(self.users[role])
            with self.at("2026-03-20 07:00:00"):
                for panel in panels.search([]):
                    action = panel.action_open()
                    model = self.env[action["res_model"]].with_user(self.users[role])
                    with self.subTest(role=role, tile=panel.code):
                        found = model.search(action["domain"])
                        self.assertEqual(len(found), panel.count)
                    if panel.code == "probation":
                        self.assertEqual(found, person.with_user(self.users[role]))
