from unittest.mock import patch

from odoo.exceptions import AccessError, UserError

from ...models.imports import import_run
from ...models.imports.import_run import ImportRun
from .common import CLIENT_HEADER, ImportCase

OLD = "Пётр;83430000001;;;;Пермь"
LINES = (
    "Пётр;83430000001;new@b.example;;;Курган",
    "Новая;83430000002;;;;",
    "Новая;83430000002;;;;Курган",
    "Плохая;1;;;;",
)


class TestPreview(ImportCase):
    """What will happen is told before anything is written, and can be taken back."""

    def setUp(self):
        super().setUp()
        self.load_clients(OLD)
        self.client = self.find_client("Пётр")

    def preview(self, *lines, **vals):
        record = self.read("\n".join([CLIENT_HEADER, *lines]), **vals)
        record.action_preview()
        self.run_imports()
        return record

    def counts(self, record):
        return (
            record.created_count,
            record.updated_count,
            record.unchanged_count,
            record.duplicate_count,
            record.error_count,
        )

    def test_a_preview_tells_everything_and_writes_nothing(self):
        record = self.preview(*LINES, existing_policy="overwrite")
        self.assertEqual(record.state, "checked")
        self.assertEqual(self.counts(record), (1, 1, 0, 1, 1))
        changed = self.rows(record)[0]
        self.assertEqual(
            changed.changes_text, "City: Пермь → Курган\nEmail: — → new@b.example"
        )
        self.assertEqual((self.client.city, self.client.email), ("Пермь", False))
        self.assertFalse(self.find_client("Новая"))

    def test_what_was_told_is_what_happens(self):
        record = self.preview(*LINES, existing_policy="overwrite")
        told = self.outcomes(record), self.counts(record)
        record.action_start()
        self.run_imports()
        self.assertEqual(record.state, "done")
        self.assertEqual((self.outcomes(record), self.counts(record)), told)
        self.assertEqual(self.client.city, "Курган")

    def test_lines_of_different_batches_tell_what_one_batch_would(self):
        """Whatever repeats whatever: in batches of one line the same is told."""
        lines = (
            "Пётр;83430000001;;;;Курган",
            "Новая;83430000002;n@b.example;;;",
            "Новая;83430000002;;7707083893;;Курган",
            "Третья;;;7707083893;;Тверь",
            "Пётр;83430000001;p@b.example;;;Тверь",
            "Плохая;1;;;;",
            "Третья;83430000003;;7707083893;;",
        )
        whole = self.preview(*lines, existing_policy="overwrite")
        with patch.object(import_run, "BATCH_ROWS", 1):
            one_by_one = self.preview(*lines, existing_policy="overwrite")
            self.assertEqual(self.told(one_by_one), self.told(whole))
            one_by_one.action_start()
            self.run_imports()
        self.assertEqual(
            self.outcomes(one_by_one),
            [(line, fate) for line, fate, *_ in self.told(whole)],
        )

    def told(self, record):
        return [
            (row.line, row.outcome, row.message, row.changes_text)
            for row in self.rows(record)
        ]

    def run_preview(self, record, time_left):
        cron = self.registry["ir.cron"]
        progress = patch.object(cron, "_commit_progress", side_effect=time_left)
        with progress, self.enter_registry_test_mode():
            ImportRun(record.sudo()).go_on()
        record.invalidate_recordset()

    def test_a_preview_of_a_large_file_goes_on_where_its_last_run_ended(self):
        self.startPatcher(patch.object(import_run, "BATCH_ROWS", 1))
        record = self.read("\n".join([CLIENT_HEADER, *LINES]))
        record.action_preview()
        self.run_preview(record, [60, 60, 0])
        self.assertEqual((record.state, record.position), ("running", 2))
        self.assertEqual((record.progress, len(self.rows(record))), (50, 2))
        self.assertFalse(self.find_client("Новая"))
        killed = patch.object(ImportRun, "_foretell", side_effect=SystemExit)
        with killed, self.assertRaises(SystemExit), self.env.cr.savepoint():
            self.run_preview(record, [60])
        self.run_preview(record, [60] * 4)
        self.assertEqual(
            (record.state, self.counts(record)), ("checked", (1, 1, 0, 1, 1))
        )
        self.assertFalse(self.find_client("Новая"))

    def test_a_preview_that_is_cancelled_is_forgotten(self):
        self.startPatcher(patch.object(import_run, "BATCH_ROWS", 1))
        record = self.read("\n".join([CLIENT_HEADER, *LINES]))
        record.action_preview()
        self.run_preview(record, [60, 0])
        record.action_cancel()
        self.assertEqual((record.state, record.position), ("mapped", 0))
        self.assertEqual(self.counts(record), (0, 0, 0, 0, 0))

    def test_what_was_found_in_another_sheet_or_line_is_forgotten(self):
        record = self.preview(*LINES)
        record.action_back_to_columns()
        record.header_line = 1
        record.action_read_file()
        self.assertFalse(self.rows(record))

    def test_choices_are_changed_after_a_preview_and_found_out_anew(self):
        record = self.preview(LINES[0], existing_policy="overwrite")
        with self.assertRaises(UserError):
            record.existing_policy = "skip"
        record.action_back_to_columns()
        record.existing_policy = "skip"
        record.action_preview()
        self.run_imports()
        self.assertEqual(self.outcomes(record), [(2, "unchanged")])
        self.assertFalse(self.rows(record).changes)

    def test_a_whole_import_is_taken_back(self):
        contact = "ООО Мяч;83430000005;;;;"
        record = self.load(
            f"{CLIENT_HEADER};Контактное лицо\n"
            + "\n".join(f"{line};" for line in LINES)
            + f"\n{contact};Анна",
            existing_policy="overwrite",
        )
        self.assertEqual(self.client.city, "Курган")
        company = self.find_client("ООО Мяч")
        self.assertEqual(company.child_ids.name, "Анна")
        record.action_undo()
        self.run_imports()
        self.assertEqual(record.state, "undone")
        self.assertEqual((self.client.city, self.client.email), ("Пермь", False))
        self.assertFalse(self.find_client("Новая") | company.exists())
        self.assertFalse(self.find_client("Анна"))

    def test_an_import_on_which_something_was_built_stays(self):
        record = self.load_clients(*LINES, existing_policy="overwrite")
        new = self.find_client("Новая")
        self.env["crm.lead"].create({"name": "x", "partner_id": new.id})
        with self.assertRaisesRegex(UserError, "built on Новая"):
            record.action_undo()
        self.assertEqual(record.state, "done")
        self.assertEqual(self.client.city, "Курган")

    def test_words_files_and_plans_on_a_client_are_built_on_the_import(self):
        record = self.load_clients(*LINES)
        new = self.find_client("Новая")
        todo = "mail.mail_activity_data_todo"
        for build in (
            lambda: new._message_log(body="Rings back in May"),
            lambda: new.activity_schedule(todo, user_id=self.users["hr"].id),
            lambda: self.env["ir.attachment"].create(
                {"name": "contract", "res_model": new._name, "res_id": new.id}
            ),
        ):
            with self.env.cr.savepoint() as savepoint:
                build()
                with self.assertRaisesRegex(UserError, "built on Новая"):
                    record.action_undo()
                savepoint.rollback()
            self.env.invalidate_all()

    def test_goods_that_a_client_asked_for_stay(self):
        record = self.load_products("A1;Мяч;Игры;10;красный")
        goods = self.env["product.template"].search([("default_code", "=", "A1")])
        lead = self.env["crm.lead"].create(
            {
                "name": "x",
                "callcenter_product_ids": [(6, 0, goods.product_variant_ids.ids)],
            }
        )
        with self.assertRaisesRegex(UserError, "built on"):
            record.action_undo()
        self.assertEqual(lead.callcenter_product_ids, goods.product_variant_ids)

    def test_an_import_after_which_somebody_changed_a_client_stays(self):
        record = self.load_clients(*LINES, existing_policy="overwrite")
        self.client.city = "Тюмень"
        with self.assertRaisesRegex(UserError, "Пётр has been changed since"):
            record.action_undo()
        self.assertEqual(self.client.city, "Тюмень")
        self.assertTrue(self.find_client("Новая"))

    def test_goods_are_taken_back_with_their_parts(self):
        record = self.load_products("A1;Мяч;Игры;10;красный")
        goods = self.env["product.template"].search([("default_code", "=", "A1")])
        record.action_undo()
        self.run_imports()
        self.assertEqual(record.state, "undone")
        self.assertFalse(goods.exists())

    def test_only_who_may_load_previews_and_takes_back(self):
        record = self.load_clients(*LINES)
        for role in ("operator", "hr", "director"):
            for method in ("action_preview", "action_undo", "action_load_decided"):
                with self.subTest(role=role), self.assertRaises(AccessError):
                    getattr(self.as_(role, record), method)()
        self.assertEqual(record.state, "done")
