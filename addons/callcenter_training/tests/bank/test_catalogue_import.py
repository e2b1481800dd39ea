import base64

from odoo.exceptions import AccessError

from ..common import TrainingCase


class TestCatalogueImport(TrainingCase):
    def build(self, kind):
        content = "Артикул;Название;Цена\nTRAINER-1;Лыжи;100\n".encode()
        model = self.env["callcenter.data.import"].with_user(self.users["trainer"])
        return model.create(
            {
                "kind": kind,
                "filename": "goods.csv",
                "file": base64.b64encode(content),
            }
        )

    def test_the_trainer_imports_goods(self):
        record = self.build("products")
        record.action_read_file()
        record.action_start()
        self.assertEqual(record.state, "queued")

    def test_the_trainer_imports_no_clients(self):
        with self.assertRaises(AccessError):
            self.build("clients")
