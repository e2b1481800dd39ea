import tempfile

from odoo.exceptions import UserError

from ...controllers.imports.data_import import write_template
from ...tools.imports.table_format import detect_format
from ...tools.imports.table_reader import open_table
from .common import ImportCase


class TestColumns(ImportCase):
    """Columns joined, split, filled with one value, remembered and offered empty."""

    def test_several_columns_that_go_to_one_text_are_joined(self):
        record = self.read("Имя;Телефон;Улица;Дом;Заметка\nЯн;83430000001;Мира;5;x\n")
        record.column_ids[3].target = "street"
        record.action_start()
        self.run_imports()
        self.assertEqual(self.find_client("Ян").street, "Мира, 5")

    def test_two_columns_of_what_cannot_be_joined_are_refused(self):
        record = self.read("Имя;Телефон;Город;Место\nЯн;83430000001;Пермь;Курган\n")
        record.column_ids[3].target = "city"
        with self.assertRaisesRegex(UserError, "both “City”"):
            record.action_start()

    def test_other_telephones_stand_in_a_cell_or_in_columns_of_their_own(self):
        record = self.read(
            "Имя;Телефон;Телефон 2;Ещё\n"
            "Ян;83430000001, 83430000002;83430000003;83430000004\n"
        )
        self.assertEqual(record.column_ids[2].target, "phone_other")
        record.column_ids[3].target = "phone_other"
        record.action_start()
        self.run_imports()
        self.assertEqual(
            self.find_client("Ян").callcenter_other_phones,
            "+73430000002, +73430000003, +73430000004",
        )

    def test_a_value_of_every_line_needs_no_column(self):
        record = self.read("Имя;Телефон\nЯн;83430000001\nПётр;83430000002;x\n")
        record.action_add_fixed_value()
        record.column_ids[2].write({"target": "city", "fixed_value": "Пермь"})
        record.action_start()
        self.run_imports()
        self.assertEqual(self.find_client("Ян").city, "Пермь")
        self.assertIn("3 cells instead of 2", self.fault(record, 3))

    def test_where_columns_go_is_remembered_for_the_next_file_of_the_source(self):
        content = "Имя;Телефон;X1\nЯн;83430000001;Пермь\n"
        first = self.read(content)
        first.column_ids[2].target = "city"
        first.action_add_fixed_value()
        first.column_ids[3].write({"target": "tag", "fixed_value": "Опт"})
        unstarted = self.read(content)
        self.assertFalse(unstarted.remembered_id)
        first.action_start()
        self.run_imports()
        changed = content.replace("Пермь", "Курган")
        again = self.read(changed, existing_policy="overwrite")
        self.assertEqual(again.remembered_id, first)
        self.assertEqual(
            again.column_ids.mapped("target"), ["name", "phone", "city", "tag"]
        )
        self.assertEqual(again.column_ids[3].fixed_value, "Опт")
        again.action_start()
        self.run_imports()
        self.assertEqual(self.find_client("Ян").city, "Курган")

    def test_the_template_of_every_kind_is_understood_whole(self):
        imports = self.env["callcenter.data.import"]
        for lang in ("en_US", "ru_RU"):
            model = imports.with_context(lang=lang)
            for name, kind_class in model._get_kinds().items():
                with self.subTest(kind=name, lang=lang):
                    kind = kind_class(model)
                    header = self.read_first_row(write_template(kind))
                    targets = list(kind.get_targets())
                    if kind.repeated_words:
                        targets.remove(kind.repeated_words[0])
                    self.assertEqual(kind.guess_targets(header), targets)

    def read_first_row(self, content):
        with tempfile.NamedTemporaryFile() as stream:
            stream.write(content)
            stream.flush()
            with open_table(stream.name, detect_format(stream.name)) as table:
                return next(table.iter_rows()).cells
