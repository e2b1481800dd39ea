"""The sample files go through the import, and every kind of dirt meets its fate."""

import base64
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from odoo.addons.callcenter_ops.models.imports.import_run import ImportRun
from odoo.tests import TransactionCase, tagged

sys.path.insert(0, str(Path(__file__).parent))

from make_sample import write_samples
from samples.dirt import BLOCKING

CLIENTS, GOODS = 1500, 90


@tagged("post_install", "-at_install")
class TestSampleImport(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        cls.kinds = write_samples(cls.folder, CLIENTS, GOODS, seed=7)

    def load(self, name, kind="clients"):
        """Load a file whole in this transaction, good lines only."""
        record = self.env["callcenter.data.import"].create(
            {
                "kind": kind,
                "filename": name,
                "file": base64.b64encode((self.folder / name).read_bytes()),
            }
        )
        record.action_read_file()
        if record.state == "reading":
            self.read_in_background()
        record.action_start()
        run = ImportRun(record)
        with record._open_path() as path:
            for rows in run.iter_batches(path):
                run.process(rows)
        return record

    def read_in_background(self):
        """What the scheduled action does with a large file."""
        job = self.env.ref("callcenter_ops.ir_cron_load_imports")
        with self.enter_registry_test_mode():
            job.method_direct_trigger()
        self.env.invalidate_all()

    def test_each_line_of_a_dirty_base_meets_its_fate(self):
        record = self.load("clients.csv")
        bad = sum(self.kinds[kind] for kind in BLOCKING)
        lines = sum(self.kinds.values())
        self.assertEqual(record.error_count, bad)
        self.assertEqual(record.duplicate_count, self.kinds["repeated"])
        self.assertEqual(record.created_count, lines - bad - self.kinds["repeated"])
        again = self.load("clients-cp1251.csv")
        self.assertEqual(again.found_encoding, "cp1251")
        self.assertEqual((again.created_count, again.updated_count), (0, 0))
        workbook = self.load("clients.xlsx")
        self.assertEqual(workbook.error_count, bad)
        self.assertEqual((workbook.created_count, workbook.updated_count), (0, 0))

    def test_a_catalogue_is_loaded_from_both_files(self):
        record = self.load("products.csv", "products")
        self.assertEqual((record.created_count, record.error_count), (GOODS, 0))
        again = self.load("products.xlsx", "products")
        self.assertEqual((again.unchanged_count, again.error_count), (GOODS, 0))

    def test_equal_arguments_give_equal_files(self):
        with TemporaryDirectory() as folder:
            write_samples(folder, CLIENTS, GOODS, seed=7)
            for path in self.folder.iterdir():
                other = Path(folder, path.name)
                self.assertEqual(path.read_bytes(), other.read_bytes(), path.name)
