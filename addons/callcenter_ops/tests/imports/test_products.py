from .common import PRODUCT_HEADER, ImportCase


class TestProducts(ImportCase):
    def find_product(self, code):
        return self.env["product.template"].search([("default_code", "=", code)])

    def test_a_line_becomes_a_product(self):
        record = self.load_products(
            "SKI-1;Лыжи «Тест»;Зима / Лыжи тестовые;12 990,50 руб.;красный|синий"
        )
        product = self.find_product("SKI-1")
        self.assertEqual(record.state, "done")
        self.assertEqual(product.name, "Лыжи «Тест»")
        self.assertEqual(product.list_price, 12990.5)
        self.assertEqual(product.categ_id.complete_name, "Зима / Лыжи тестовые")
        line = product.attribute_line_ids
        self.assertEqual(line.attribute_id.name, "Цвет")
        self.assertEqual(sorted(line.value_ids.mapped("name")), ["красный", "синий"])
        self.assertEqual(product.product_variant_count, 1)

    def test_a_new_price_overwrites_and_the_rest_stays(self):
        self.load_products("SKI-1;Лыжи;Зима;100;красный")
        record = self.load_products("SKI-1;;;120;", role="manager")
        self.assertIn("name is missing", self.fault(record, 2))
        record = self.load_products("SKI-1;Лыжи;;120;")
        product = self.find_product("SKI-1")
        self.assertEqual(self.outcomes(record), [(2, "updated")])
        self.assertEqual(product.list_price, 120)
        self.assertEqual(product.categ_id.name, "Зима")

    def test_the_same_file_twice_changes_nothing(self):
        lines = ("SKI-1;Лыжи;Зима;100,10;красный", "SKI-2;Палки;Зима;0,3;")
        self.load_products(*lines)
        record = self.load_products(*lines)
        self.assertEqual(self.outcomes(record), [(2, "unchanged"), (3, "unchanged")])

    def test_a_repeated_code_does_not_overwrite_the_first_line(self):
        record = self.load_products("S;Лыжи;Зима;100;красный", "S;Палки;;200;")
        self.assertEqual(self.outcomes(record), [(2, "created"), (3, "duplicate")])
        self.assertEqual(self.find_product("S").list_price, 100)

    def test_bad_amounts_and_barcodes_are_reported(self):
        record = self.load(
            "Артикул;Название;Цена;Штрихкод\n"
            "A;Лыжи;-1;\nB;Палки;дорого;\nC;Мяч;5;4600000000001\nD;Мат;5;4006381333931",
            role="manager",
            kind="products",
        )
        self.assertIn("negative", self.fault(record, 2))
        self.assertIn("no amount", self.fault(record, 3))
        self.assertIn("barcode", self.fault(record, 4))
        self.assertEqual(self.find_product("D").barcode, "4006381333931")

    def test_attribute_values_follow_the_file(self):
        self.load_products("SKI-1;Лыжи;Зима;100;красный")
        self.load_products("SKI-1;Лыжи;Зима;100;синий")
        values = self.find_product("SKI-1").attribute_line_ids.value_ids
        self.assertEqual(values.mapped("name"), ["синий"])

    def test_categories_are_made_once(self):
        self.load_products("A;А;Корень/Ветвь;1;", "B;Б;Корень > Ветвь;1;")
        self.load_products("C;В;Корень / Ветвь;1;")
        branch = self.env["product.category"].search([("name", "=", "Ветвь")])
        self.assertEqual(branch.complete_name, "Корень / Ветвь")

    def test_the_catalogue_needs_its_columns(self):
        record = self.read(
            PRODUCT_HEADER + "\nA;Лыжи;;1;", role="manager", kind="products"
        )
        record.column_ids.filtered(lambda c: c.target == "name").write(
            {"target": False}
        )
        with self.assertRaisesRegex(Exception, "No column is chosen for: Name"):
            record.action_start()
        self.assertEqual(record.state, "mapped")
