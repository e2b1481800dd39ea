from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .common import WorkstationCase


class TestStocktake(WorkstationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hall = cls.build_place("A-01", room="Hall")
        cls.office = cls.build_place("B-01", room="Office")
        cls.computer = cls.build_equipment("Computer", workstation_id=cls.hall.id)
        cls.headset = cls.build_equipment("Headset", workstation_id=cls.hall.id)
        cls.printer = cls.build_equipment("Printer", workstation_id=cls.office.id)
        cls.stocktake = cls.env["callcenter.stocktake"].create({"room": "Hall"})

    def start(self):
        stocktake = self.as_("hr", self.stocktake)
        stocktake.action_start()
        return stocktake

    def results(self):
        return {line.equipment_id.name: line.result for line in self.stocktake.line_ids}

    def test_labels_tell_found_from_missing_moved_and_unexpected(self):
        stocktake = self.start()
        self.assertEqual(self.results(), {"Computer": "missing", "Headset": "missing"})
        stocktake.scan(self.computer.inventory_no, "Hall")
        stocktake.scan(self.headset._get_label_url(), "Office")
        stocktake.scan(self.printer.inventory_no, "Hall")
        self.assertEqual(
            self.results(),
            {"Computer": "found", "Headset": "elsewhere", "Printer": "extra"},
        )
        self.assertEqual(
            (
                stocktake.expected_count,
                stocktake.found_count,
                stocktake.missing_count,
                stocktake.difference_count,
            ),
            (2, 2, 0, 2),
        )

    def test_a_place_that_moves_after_the_count_changes_no_result(self):
        stocktake = self.start()
        stocktake.scan(self.computer.inventory_no, "Hall")
        stocktake.action_close()
        self.hall.room = "Cellar"
        self.computer.workstation_id = self.office
        self.assertEqual(self.results(), {"Computer": "found", "Headset": "missing"})

    def test_a_difference_is_explained_after_the_count(self):
        stocktake = self.start()
        stocktake.action_close()
        line = stocktake.line_ids[0]
        stocktake.write({"line_ids": [Command.update(line.id, {"remark": "Repair"})]})
        self.assertEqual(line.remark, "Repair")
        forged = {"equipment_id": self.printer.id}
        for change in (
            Command.create(forged),
            Command.update(line.id, {"found_room": "Hall"}),
            Command.delete(line.id),
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                stocktake.write({"line_ids": [change]})
        self.assertEqual(len(stocktake.line_ids), 2)

    def test_a_label_counts_once(self):
        stocktake = self.start()
        first = stocktake.scan(self.computer.inventory_no)
        self.assertEqual(stocktake.scan(self.computer.inventory_no, "Office"), first)
        self.assertEqual(stocktake.found_count, 1)

    def test_an_unknown_label_is_refused(self):
        stocktake = self.start()
        for code in ("", "999999", "http://elsewhere/x"):
            with self.assertRaises(UserError):
                stocktake.scan(code)
        self.assertEqual(len(stocktake.line_ids), 2)

    def test_only_hr_and_the_administrator_count(self):
        self.start()
        for role in ("operator", "supervisor", "director", "outsider"):
            with self.assertRaises(AccessError):
                self.as_(role, self.stocktake).scan(self.computer.inventory_no)
        self.assertEqual(self.results()["Computer"], "missing")

    def test_results_are_not_written_by_hand(self):
        stocktake = self.start()
        line = stocktake.line_ids[0]
        for attack in (
            lambda: line.write({"counted_on": "2026-03-01"}),
            lambda: line.write({"workstation_id": False}),
            lambda: line.unlink(),
            lambda: stocktake.write({"state": "done"}),
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                attack()
        stocktake.action_close()
        with self.assertRaises(UserError):
            stocktake.scan(self.computer.inventory_no)
        self.assertEqual(self.stocktake.state, "done")

    def test_the_scan_window_takes_one_label_after_the_other(self):
        self.start()
        window = self.as_("hr", self.env["callcenter.stocktake.scan"]).create(
            {"stocktake_id": self.stocktake.id, "code": self.computer.inventory_no}
        )
        window.action_scan()
        self.assertIn("Found", window.message)
        self.assertFalse(window.code)

    def test_written_off_equipment_leaves_the_books_but_keeps_its_number(self):
        number = self.printer.inventory_no
        self.as_("hr", self.printer).action_write_off()
        self.assertFalse(self.printer.active)
        self.assertTrue(self.printer.scrap_date)
        self.assertEqual(self.stocktake._find_equipment(number), self.printer)
        self.assertNotEqual(self.build_equipment("New").inventory_no, number)
        holder = self.build_employee("Holder")
        self.hand_over(holder, self.headset)
        with self.assertRaisesRegex(UserError, "Holder"), self.cr.savepoint():
            self.as_("hr", self.headset).action_write_off()
        self.assertTrue(self.headset.active)

    def test_replacement_is_due_after_the_items_period(self):
        item = self.items["Computer"]
        item.replacement_months = 48
        thing = self.build_equipment(
            "PC", cost_item_id=item.id, effective_date="2026-02-28"
        )
        self.assertEqual(str(thing.replacement_date), "2030-02-28")


@tagged("post_install", "-at_install")
class TestStocktakePage(HttpCase, WorkstationCase):
    def test_the_page_behind_the_label_counts_only_on_demand(self):
        thing = self.build_equipment("Computer")
        stocktake = self.env["callcenter.stocktake"].create({})
        stocktake.with_user(self.users["hr"]).action_start()
        self.users["hr"].password = "cc_hr_password"
        self.authenticate("cc_hr", "cc_hr_password")
        page = self.url_open(f"/callcenter/inventory/{thing.inventory_no}")
        self.assertIn("Computer", page.text)
        self.assertEqual(stocktake.found_count, 0)
        token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
        answer = self.url_open(
            f"/callcenter/inventory/{thing.inventory_no}/found",
            data={"csrf_token": token},
        )
        self.assertEqual(answer.status_code, 200)
        stocktake.invalidate_recordset()
        self.assertEqual(stocktake.found_count, 1)

    def test_an_operator_is_refused(self):
        thing = self.build_equipment("Computer")
        self.users["operator"].password = "cc_operator_password"
        self.authenticate("cc_operator", "cc_operator_password")
        answer = self.url_open(f"/callcenter/inventory/{thing.inventory_no}")
        self.assertEqual(answer.status_code, 403)
