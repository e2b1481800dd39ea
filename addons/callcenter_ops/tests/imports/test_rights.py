from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .common import CLIENT_HEADER, ImportCase

CONTENT = f"{CLIENT_HEADER}\nПётр;83430000001;;;;\nПлох;@1;;;;\n"


class TestRights(ImportCase):
    def test_supervisor_and_administrator_import_clients(self):
        for role in ("supervisor", "manager"):
            with self.subTest(role=role):
                self.assertEqual(self.load(CONTENT, role=role).state, "done")

    def test_nobody_else_reaches_imports(self):
        record = self.read(CONTENT)
        for role in ("operator", "hr", "director", "outsider"):
            with self.subTest(role=role):
                foreign = self.as_(role, record)
                with self.assertRaises(AccessError):
                    self.build_import(CONTENT, role=role)
                for method in ("action_start", "action_cancel", "action_read_file"):
                    with self.assertRaises(AccessError):
                        getattr(foreign, method)()
                with self.assertRaises(AccessError):
                    foreign.read(["filename"])
        self.assertEqual(record.state, "mapped")

    def test_only_the_administrator_imports_goods(self):
        vals = {"kind": "products"}
        with self.assertRaises(AccessError):
            self.build_import("a;b\n1;2", role="supervisor", **vals)
        record = self.build_import("a;b\n1;2", role="manager", **vals)
        with self.assertRaises(AccessError):
            self.as_("supervisor", record).action_read_file()
        clients = self.build_import(CONTENT)
        with self.assertRaises(AccessError):
            clients.kind = "products"
            self.env.flush_all()

    def test_a_role_sees_the_imports_that_it_may_load(self):
        """The administrator sees the debts too, which he may not load."""
        kinds = ["clients", "products", "debts", "payments", "pbx"]
        made = self.env["callcenter.data.import"]
        for kind in kinds:
            made += self.build_import("a;b\n1;2", "su", kind=kind)
        seen = {"supervisor": ["clients", "debts", "payments", "pbx"]}
        seen["manager"] = kinds
        for role, expected in seen.items():
            with self.subTest(role=role):
                model = self.env["callcenter.data.import"].with_user(self.users[role])
                found = model.search([("id", "in", made.ids)], order="id")
                self.assertEqual(found.mapped("kind"), expected)

    def test_a_column_goes_only_where_its_kind_has_a_place(self):
        record = self.read(CONTENT)
        refused = self.assertRaisesRegex(UserError, "cannot go there")
        with refused, self.env.cr.savepoint():
            record.column_ids[0].target = "barcode"
            self.env.flush_all()
        self.assertEqual(record.column_ids[0].target, "name")

    def test_state_and_figures_cannot_be_forged(self):
        record = self.read(CONTENT)
        for vals in (
            {"state": "queued"},
            {"created_count": 5},
            {"user_id": self.users["manager"].id},
            {"position": 1},
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                record.write(vals)
        with self.assertRaises(UserError):
            self.build_import(CONTENT, state="done")
        self.assertEqual((record.state, record.created_count), ("mapped", 0))

    def test_a_started_import_is_frozen_with_its_columns(self):
        record = self.read(CONTENT)
        record.action_start()
        with self.assertRaises(UserError):
            record.error_policy = "nothing"
        with self.assertRaises(UserError):
            record.column_ids[0].target = "city"
        with self.assertRaises(UserError):
            record.column_ids.unlink()
        with self.assertRaises(UserError):
            record.unlink()
        self.assertEqual(record.column_ids[0].target, "name")

    def test_lines_are_written_by_the_import_alone(self):
        record = self.load(CONTENT)
        row = self.as_("supervisor", self.rows(record)[0])
        with self.assertRaises(AccessError):
            row.message = "fine"
        with self.assertRaises(AccessError):
            row.unlink()
        with self.assertRaises(AccessError):
            row.create({"import_id": record.id, "line": 9, "outcome": "created"})

    def test_another_company_does_not_see_the_import(self):
        other = self.env["res.company"].create({"name": "Other"})
        record = self.load(CONTENT)
        stranger = self.users["manager"]
        stranger.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        seen = self.env["callcenter.data.import"].with_user(stranger)
        self.assertFalse(seen.search([("id", "=", record.id)]))


@tagged("post_install", "-at_install")
class TestReport(ImportCase, HttpCase):
    def test_the_report_of_bad_lines_can_be_loaded_again(self):
        record = self.load(f"{CLIENT_HEADER}\n=1+1;83430000001;;;;\nИван;22;;;;\n")
        self.authenticate("cc_supervisor", "cc_supervisor")
        answer = self.url_open(f"/callcenter/import/{record.id}/report.csv")
        text = answer.content.decode("utf-8-sig").splitlines()
        # The two columns before those of the file are in the reader's language.
        self.assertEqual(text[0].split(";", 2)[2], CLIENT_HEADER)
        self.assertTrue(text[1].startswith("2;"))
        self.assertIn(";'=1+1;83430000001", text[1])
        self.assertTrue(text[2].startswith("3;"))
        again = self.read(answer.content)
        self.assertEqual(again.column_ids[2].target, "name")

    def test_the_report_is_refused_to_others(self):
        record = self.load(CONTENT)
        self.authenticate("cc_operator", "cc_operator")
        answer = self.url_open(f"/callcenter/import/{record.id}/report.csv")
        self.assertEqual(answer.status_code, 403)

    def test_a_template_is_handed_to_who_may_load_its_kind(self):
        for role, name, status in (
            ("supervisor", "clients", 200),
            ("supervisor", "products", 403),
            ("manager", "products", 200),
            ("operator", "clients", 403),
            ("supervisor", "nothing", 404),
        ):
            with self.subTest(role=role, name=name):
                self.authenticate(f"cc_{role}", f"cc_{role}")
                answer = self.url_open(f"/callcenter/import/template/{name}.xlsx")
                self.assertEqual(answer.status_code, status)
