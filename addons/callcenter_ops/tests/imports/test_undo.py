from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from ...models.imports import import_undo
from ...models.imports.import_run import ImportRun
from .common import CLIENT_HEADER, ImportCase

LINES = "Анна;83430000001;;;;Пермь", "Борис;83430000002;;;;"


class UndoCase(ImportCase):
    def undo(self, record):
        record.action_undo()
        self.run_imports()
        return record

    def run_undo(self, record, time_left):
        """Run while the clock answers what ``time_left`` lists."""
        cron = self.registry["ir.cron"]
        with patch.object(cron, "_commit_progress", side_effect=time_left):
            ImportRun(record.sudo()).go_on()
        record.invalidate_recordset()


class TestUndo(UndoCase):
    """What somebody has worked on since is never taken from him."""

    def test_a_new_client_whom_somebody_edited_stays_and_the_fields_are_named(self):
        record = self.load_clients(*LINES)
        self.find_client("Борис").write({"email": "b@x.example", "city": "Тверь"})
        with self.assertRaisesRegex(UserError, r"Борис .*line 3: City, Email"):
            record.action_undo()
        self.assertEqual(record.state, "done")
        self.assertTrue(self.find_client("Анна"))

    def test_a_value_that_somebody_has_emptied_is_an_edit_too(self):
        record = self.load_clients(*LINES)
        self.find_client("Анна").city = False
        with self.assertRaisesRegex(UserError, "line 2: City"):
            record.action_undo()

    def test_a_tag_or_a_salesperson_set_by_hand_is_an_edit(self):
        for values in (
            {"category_id": [(0, 0, {"name": "Дилер"})]},
            {"user_id": self.users["supervisor"].id},
        ):
            with self.subTest(values), self.env.cr.savepoint() as savepoint:
                record = self.load_clients(*LINES)
                self.find_client("Анна").write(values)
                with self.assertRaisesRegex(UserError, "Анна has been changed"):
                    record.action_undo()
                savepoint.rollback()

    def test_a_contact_person_whom_somebody_edited_keeps_the_import(self):
        record = self.load(
            f"{CLIENT_HEADER};Контактное лицо\nООО Мяч;83430000005;;;;;Анна"
        )
        self.find_client("Анна").function = "Бухгалтер"
        with self.assertRaisesRegex(UserError, "Job Position"):
            record.action_undo()

    def test_what_a_later_line_filled_in_is_no_edit(self):
        with patch(
            "odoo.addons.callcenter_ops.models.imports.import_run.BATCH_ROWS", 1
        ):
            record = self.load_clients(
                "Анна;83430000001;;;;", "Анна;83430000001;a@x.example;;;Пермь"
            )
        self.assertEqual(self.find_client("Анна").city, "Пермь")
        self.assertEqual(self.undo(record).state, "undone")
        self.assertFalse(self.find_client("Анна"))

    def test_what_two_lines_changed_becomes_what_it_was(self):
        self.assertEqual(import_undo._get_ends([["b", "c"], ["a", "b"]]), ("a", "c"))
        self.assertEqual(import_undo._get_ends([["a", "b"], ["b", "a"]]), ("a", "a"))
        self.assertEqual(import_undo._get_ends([[None, "b"]]), (None, "b"))

    def test_the_lines_taken_back_say_so(self):
        record = self.undo(self.load_clients(*LINES))
        self.assertEqual(self.outcomes(record), [(2, "undone"), (3, "undone")])
        self.assertEqual((record.undone_count, record.progress), (2, 100))

    def test_a_kind_that_is_evidence_says_why_it_stays(self):
        record = self.load("Телефон\n83430000001", kind="stops")
        with self.assertRaisesRegex(UserError, "Stop list cannot be taken back. .+"):
            record.action_undo()
        self.assertEqual(record.state, "done")


class TestUndoByBatches(UndoCase):
    """A taking back that is stopped says how far it came, and goes on from there."""

    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(import_undo, "BATCH_RECORDS", 2))
        lines = [f"Клиент {n};8343000000{n};;;;" for n in range(5)]
        self.record = self.load_clients(*lines)

    def left(self):
        return self.env["res.partner"].search_count([("name", "like", "Клиент _")])

    def test_a_run_whose_time_is_over_is_gone_on_with(self):
        self.record.action_undo()
        self.run_undo(self.record, [60, 60, 0])
        self.assertEqual((self.record.state, self.left()), ("running", 1))
        self.assertEqual((self.record.undone_count, self.record.progress), (4, 80))
        self.run_undo(self.record, [60, 60, 60])
        self.assertEqual((self.record.state, self.left()), ("undone", 0))

    def test_a_killed_worker_leaves_an_import_that_is_still_being_taken_back(self):
        self.record.action_undo()
        self.run_undo(self.record, [60, 0])
        killed = patch.object(
            import_undo.ImportUndo, "take_back", side_effect=SystemExit
        )
        with killed, self.assertRaises(SystemExit), self.env.cr.savepoint():
            self.run_undo(self.record, [60])
        self.assertEqual((self.record.state, self.record.stage), ("running", "undo"))
        self.run_imports()
        self.assertEqual((self.record.state, self.left()), ("undone", 0))

    def test_cancelled_in_the_middle_it_is_taken_back_in_part_and_not_loaded(self):
        self.record.action_undo()
        self.run_undo(self.record, [60, 0])
        self.record.action_cancel()
        self.assertEqual((self.record.state, self.left()), ("part_undone", 3))
        with self.assertRaises(UserError):
            self.record.action_load_decided()
        self.undo(self.record)
        self.assertEqual((self.record.state, self.left()), ("undone", 0))

    def test_cancelled_before_the_first_batch_it_is_what_it_was(self):
        self.record.action_undo()
        self.record.action_cancel()
        self.assertEqual((self.record.state, self.left()), ("done", 5))
        self.record._transition({"state": "cancelled", "row_count": 9})
        self.record.action_undo()
        self.record.action_cancel()
        self.assertEqual(self.record.state, "cancelled")

    def test_what_is_built_in_the_meantime_stops_it_with_a_reason(self):
        self.record.action_undo()
        self.run_undo(self.record, [60, 0])
        first = self.env["res.partner"].search([("name", "=", "Клиент 0")])
        lead = self.env["crm.lead"].create({"name": "x", "partner_id": first.id})
        self.run_imports()
        self.assertEqual((self.record.state, self.left()), ("part_undone", 1))
        self.assertIn("built on Клиент 0, line 2", self.record.failure)
        lead.unlink()
        self.undo(self.record)
        self.assertEqual((self.record.state, self.left()), ("undone", 0))
        self.assertFalse(self.record.failure)


@tagged("post_install", "-at_install")
class TestUndoOfDebts(UndoCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client = cls.env["res.partner"].create({"name": "First", "ref": "C-1"})
        cls.debts = cls.env["callcenter.debt"]

    def load_debts(self, *lines):
        header = "Договор;Сумма долга;Срок оплаты;Код клиента"
        return self.load("\n".join([header, *lines]), kind="debts")

    def load_payments(self, *lines):
        header = "Счёт;Платёжное поручение;Сумма;Дата оплаты"
        return self.load("\n".join([header, *lines]), kind="payments")

    def test_new_debts_go_and_changed_ones_are_as_before(self):
        self.load_debts("A-1;1000;10.03.2026;C-1")
        record = self.load_debts("A-1;900;12.03.2026;C-1", "A-2;5;10.03.2026;C-1")
        self.assertEqual(self.undo(record).state, "undone")
        debt = self.debts.search([("partner_id", "=", self.client.id)])
        self.assertEqual(
            (debt.name, debt.amount, str(debt.date_due)), ("A-1", 1000, "2026-03-10")
        )

    def test_a_debt_that_was_paid_stays_and_the_place_is_named(self):
        record = self.load_debts("A-1;1000;10.03.2026;C-1")
        self.load_payments("A-1;77;400;05.03.2026")
        with self.assertRaisesRegex(UserError, "A-1, line 2.*Payment of a debt"):
            record.action_undo()
        self.assertEqual(self.debts.search([("name", "=", "A-1")]).amount_paid, 400)

    def test_payments_taken_back_count_no_more(self):
        self.load_debts("A-1;1000;10.03.2026;C-1")
        record = self.load_payments("A-1;77;1000;05.03.2026")
        debt = self.debts.search([("name", "=", "A-1")])
        self.assertEqual((debt.state, debt.amount_left), ("paid", 0))
        self.assertEqual(self.undo(record).state, "undone")
        self.assertEqual((debt.state, debt.amount_left), ("open", 1000))

    def test_a_payment_that_was_struck_out_keeps_its_file(self):
        self.load_debts("A-1;1000;10.03.2026;C-1")
        record = self.load_payments("A-1;77;1000;05.03.2026")
        payment = self.env["callcenter.debt.payment"].search([("name", "=", "77")])
        self.as_("supervisor", payment).action_strike_out()
        with self.assertRaisesRegex(UserError, "Counts"):
            record.action_undo()
        self.assertFalse(payment.active)


@tagged("post_install", "-at_install")
class TestUndoOfTheJournal(UndoCase):
    def load_journal(self):
        return self.load(
            "calldate;src;dst;duration;billsec;disposition;uniqueid\n"
            f"{self.moment};83430000001;100;30;0;NO ANSWER;u1\n"
            f"{self.moment};83430000002;100;30;20;ANSWERED;u2",
            kind="pbx",
        )

    def setUp(self):
        super().setUp()
        self.enterContext(self.at("2026-03-10 09:00:00"))
        self.moment = "2026-03-10 09:00:00"
        self.followups = self.env["callcenter.followup"].search([])

    def made(self):
        return self.env["callcenter.followup"].search([]) - self.followups

    def test_the_calls_their_days_and_the_callbacks_go(self):
        record = self.load_journal()
        client = self.made().partner_id
        self.assertEqual((len(self.made()), len(client)), (1, 1))
        self.assertEqual(self.undo(record).state, "undone")
        self.assertFalse(self.env["callcenter.pbx.call"].search([]))
        self.assertFalse(self.env["callcenter.service.day"].search([]))
        self.assertFalse(self.made())
        self.assertFalse(client.exists())

    def test_a_callback_that_somebody_has_taken_keeps_the_journal(self):
        record = self.load_journal()
        self.made()._transition({"user_id": self.users["supervisor"].id})
        with self.assertRaisesRegex(UserError, "Owner"):
            record.action_undo()
        self.assertEqual(len(self.env["callcenter.pbx.call"].search([])), 2)
