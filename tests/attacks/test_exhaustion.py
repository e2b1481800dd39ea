"""Small things sent that would keep the server busy, fill it, or bring it down."""

import base64
import inspect
import io
import time
import zipfile
from contextlib import contextmanager
from urllib.parse import quote

from attack_case import AttackCase
from odoo.addons.callcenter_ops.models.common.base import (
    FILE_LIMIT,
    LETTER_LIMIT,
    TEXT_LIMIT,
)
from odoo.addons.callcenter_ops.tests.imports.common import write_xlsx
from odoo.exceptions import UserError
from odoo.http import Request, _generate_routing_rules
from odoo.tests import tagged
from source_tree import ADDONS

PATIENCE = 5
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"
_NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
MEGABYTE = 1 << 20
# What addresses are tried with in place of each of their parts.
NASTY = (
    "%00", "a%00b", "%0A", "0", "-1", "999999999", "2147483648", "9" * 40, "1e9",
    "None", "%FF%FE", "..%2F..%2Fetc%2Fpasswd", "'", "%27%20OR%201=1", "<b>", "%25",
    "a" * 300, "a" * 5000, "%E2%80%AE", "1,2", "1.5", "{{7*7}}",
)  # fmt: skip
# Megabytes that each field takes.
FILE_LIMITS = {
    ("callcenter.acknowledgement.sign", "image"): 1,
    ("callcenter.data.import", "file"): 100,
    ("callcenter.employment.contract", "scan"): 20,
    ("callcenter.handover", "scan"): 20,
    ("callcenter.number.range.import", "file"): 64,
    ("callcenter.order.paper.register", "paper_scan"): 20,
    ("callcenter.question", "image_128"): 20,
    ("callcenter.question.import", "content"): 20,
    ("callcenter.question.option", "image_128"): 20,
    ("callcenter.quiz.attempt.item", "image_128"): 20,
    ("callcenter.workstation.actual.import", "file"): 20,
}
# Pages of ours that take more than an address.
TAKING = {
    "/callcenter/acts/<callcenter_code:token>/sign",
    "/callcenter/inventory/<callcenter_code:code>/found",
}


def make_bomb(part, text):
    """A workbook whose ``part`` says ``text``; what repeats packs to nothing."""
    source = zipfile.ZipFile(io.BytesIO(write_xlsx([["Имя", "Телефон"], ["a", "b"]])))
    parts = {name: source.read(name) for name in source.namelist()} | {part: text}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def make_sheet(rows):
    return f"<worksheet {_NS}><sheetData>{rows}</sheetData></worksheet>"


def fill(piece, size):
    """``piece`` again and again, up to about ``size`` characters."""
    return piece * (size // len(piece))


class ExhaustionCase(AttackCase):
    @contextmanager
    def quickly(self):
        start = time.perf_counter()
        yield
        self.assertLess(time.perf_counter() - start, PATIENCE)


@tagged("post_install", "-at_install")
class TestBombs(ExhaustionCase):
    """Each file is small, and each is answered within seconds."""

    def setUp(self):
        super().setUp()
        size = 15 * MEGABYTE
        wide = "<row>" + "<c><v>1</v></c>" * 150 + "</row>"
        gaps = '<row><c r="XFD1"><v>1</v></c></row>'
        stated = '<dimension ref="A1:XFD1048576"/>'
        many_rows = fill("<row><c><v>1</v></c></row>", MEGABYTE)
        self.bombs = {
            "empty rows": make_bomb(SHEET, make_sheet(fill("<row/>", size))),
            "empty cells": make_bomb(
                SHEET, make_sheet(fill(f"<row>{'<c/>' * 150}</row>", size))
            ),
            "filled cells": make_bomb(SHEET, make_sheet(fill(wide, size))),
            "one row": make_bomb(
                SHEET, make_sheet(f"<row>{fill('<c/>', MEGABYTE - 99)}</row>")
            ),
            "one cell": make_bomb(
                SHEET, make_sheet(f"<row><c>{fill('<is/>', MEGABYTE - 99)}</c></row>")
            ),
            "last column": make_bomb(SHEET, make_sheet(fill(gaps, MEGABYTE))),
            "stated size": make_bomb(
                SHEET,
                f"<worksheet {_NS}>{stated}<sheetData>{many_rows}</sheetData>"
                "</worksheet>",
            ),
            "last row": make_bomb(
                SHEET, make_sheet('<row r="1048576"><c><v>1</v></c></row>')
            ),
            "texts": make_bomb(
                STRINGS, f"<sst {_NS}>{fill('<si><t>a</t></si>', size)}</sst>"
            ),
            "styles": make_bomb(
                STYLES,
                f"<styleSheet {_NS}><fonts>{fill('<font/>', size)}</fonts>"
                "</styleSheet>",
            ),
            "before the rows": make_bomb(
                SHEET, f"<worksheet {_NS}>{fill('<x/>', size)}<sheetData/></worksheet>"
            ),
            "unpacked size": make_bomb(SHEET, " " * (100 * MEGABYTE)),
        }

    def upload(self, content, name="table.xlsx", kind="clients"):
        record = self.call(
            "callcenter.data.import",
            "create",
            {
                "kind": kind,
                "filename": name,
                "file": base64.b64encode(content).decode(),
            },
        )
        return self.env["callcenter.data.import"].browse(record.result)

    def assert_refused_or_left_to_the_job(self, answer, record):
        if answer.error:
            self.assertEqual(answer.error, "odoo.exceptions.UserError")
        else:
            self.assertIn(record.state, ("reading", "mapped"))

    def test_bombs_of_clients_keep_nobody_waiting(self):
        self.sign_in("supervisor")
        for name, content in self.bombs.items():
            self.assertLess(len(content), 200_000)
            with self.subTest(bomb=name):
                record = self.upload(content)
                with self.quickly():
                    answer = self.call(record._name, "action_read_file", record.ids)
                self.assert_refused_or_left_to_the_job(answer, record)

    def test_bombs_of_questions_keep_nobody_waiting(self):
        self.sign_in("trainer")
        for name, content in self.bombs.items():
            with self.subTest(bomb=name):
                record = self.put_questions("questions.xlsx", content)
                with self.quickly():
                    answer = self.call(record._name, "action_import", record.ids)
                self.assertIn(answer.error, ("", "odoo.exceptions.UserError"))
                self.assertFalse(record.created_count)

    def test_bombs_of_expenses_keep_nobody_waiting(self):
        budget = self.env["callcenter.workstation.budget"].create(
            {"name": "B", "date_from": "2026-01-01", "months": 12, "seat_count": 1}
        )
        budget._transition({"state": "approved"})
        self.sign_in("manager")
        for name, content in self.bombs.items():
            with self.subTest(bomb=name):
                record = self.env["callcenter.workstation.actual.import"].create(
                    {"budget_id": budget.id, "file": base64.b64encode(content)}
                )
                with self.quickly(), self.assertRaises(UserError):
                    record.action_import()

    def put_questions(self, name, content):
        answer = self.call(
            "callcenter.question.import",
            "create",
            {"filename": name, "content": base64.b64encode(content).decode()},
        )
        return self.env["callcenter.question.import"].browse(answer.result)

    def test_endless_files_of_questions_keep_nobody_waiting(self):
        question = "::1:: Is it so? {=yes ~no}\n\n"
        for name, text, words in (
            ("many.gift", question * 60_000, "more than 20000 questions"),
            ("long.gift", "::1:: So? {" + "=a ~b " * 400_000 + "}", "longer than"),
            ("open.gift", "::1:: So? {" * 400_000, "more than 20000 questions"),
            ("deep.xml", "<quiz>" + "<a>" * 200_000, "more elements"),
            ("wide.xml", "<quiz>" + "<a/>" * 1_500_000, "more elements"),
            ("many.xml", "<quiz>" + '<question type="essay"/>' * 60_000, "20000"),
            (
                "laughs.xml",
                '<!DOCTYPE q [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><quiz>&c;</quiz>',
                "document type",
            ),
        ):
            with self.subTest(file=name):
                self.sign_in("trainer")
                record = self.put_questions(name, text.encode())
                with self.quickly():
                    answer = self.call(record._name, "action_import", record.ids)
                self.assertFalse(answer.error)
                if record.state == "waiting":
                    with self.quickly():
                        record._cron_run()
                self.assertEqual(record.state, "done")
                self.assertIn(words, record.errors)
                self.assertFalse(record.created_count)

    def test_a_large_honest_file_of_questions_is_loaded_by_the_job(self):
        """Batch by batch, in the trainer's name, each question once."""
        code = self.env["callcenter.topic"].search([], limit=1).code
        text = f"$CATEGORY: {code}\n\n" + "\n\n".join(
            f"// [id:attack-{number}]\n::{number}:: Is {'it ' * 80}so? {{=yes ~no}}"
            for number in range(450)
        )
        self.sign_in("trainer")
        record = self.put_questions("questions.gift", text.encode())
        self.call(record._name, "action_import", record.ids)
        self.assertEqual(record.state, "waiting")
        job = self.env.ref("callcenter_training.ir_cron_load_questions").sudo()
        with self.enter_registry_test_mode():
            job.method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(
            (record.state, record.created_count, record.error_count), ("done", 450, 0)
        )
        created = self.env["callcenter.question"].search(
            [("external_key", "=like", "attack-%")]
        )
        self.assertEqual(len(created), 450)
        self.assertEqual(created.create_uid, self.users["trainer"])

    def test_a_large_honest_table_is_read_by_the_job_and_loaded(self):
        text = "Наименование;Телефон\n" + "".join(
            f"Клиент {'и' * 1500} {number};\n" for number in range(1500)
        )
        self.sign_in("supervisor")
        record = self.upload(text.encode(), "table.csv")
        self.assertFalse(self.call(record._name, "action_read_file", record.ids).error)
        self.assertEqual(record.state, "reading")
        job = self.env.ref("callcenter_ops.ir_cron_load_imports").sudo()
        with self.enter_registry_test_mode():
            job.method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(record.state, "mapped")
        self.assertEqual(record.column_ids.mapped("target"), ["name", "phone"])
        self.assertEqual(record.row_count, 1500)

    def test_a_table_that_never_ends_a_line_is_refused(self):
        self.sign_in("supervisor")
        for content in (b"a;" * 3_000_000, b'"a\n";' * 900_000, b"\n" * 4_000_000):
            with self.subTest(content=content[:4]):
                record = self.upload(content, "table.csv")
                with self.quickly():
                    answer = self.call(record._name, "action_read_file", record.ids)
                self.assert_refused_or_left_to_the_job(answer, record)
                if record.state == "reading":
                    job = self.env.ref("callcenter_ops.ir_cron_load_imports").sudo()
                    with self.quickly(), self.enter_registry_test_mode():
                        job.method_direct_trigger()
                    self.env.invalidate_all()
                    self.assertEqual(record.state, "failed")
                    self.assertTrue(record.failure)


@tagged("post_install", "-at_install")
class TestEndlessTexts(ExhaustionCase):
    """No text is kept that no person would read, whichever way it comes in."""

    def test_every_text_of_ours_has_an_end(self):
        """Generated over all models and fields; a new one is in it by itself."""
        checked = 0
        for model in self.env.values():
            if not model._name.startswith("callcenter.") or model._abstract:
                continue
            for field in model._fields.values():
                if field.type in ("char", "text", "html") and field.store:
                    limit = model._get_text_limit(field.name)
                    with self.subTest(model=model._name, field=field.name):
                        self.assertLessEqual(limit, LETTER_LIMIT)
                        with self.assertRaisesRegex(UserError, "is too long"):
                            model._check_lengths({field.name: "x" * (limit + 1)})
                        model._check_lengths({field.name: "x" * limit})
                    checked += 1
        self.assertGreater(checked, 100)

    def test_every_file_of_ours_has_an_end(self):
        """Whatever a hand may send into; a new field is in it by itself."""
        limits = {}
        for model in self.env.values():
            if not model._name.startswith("callcenter.") or model._abstract:
                continue
            for field in model._fields.values():
                if field.type not in ("binary", "image") or field.readonly:
                    continue
                limit = model._get_file_limit(field.name)
                limits[model._name, field.name] = limit >> 20
                for content in (str, str.encode):
                    with self.subTest(field=str(field), content=content):
                        with self.assertRaisesRegex(UserError, "is too large"):
                            model._check_lengths(
                                {field.name: content("x" * (limit // 3 * 4 + 8))}
                            )
                        model._check_lengths(
                            {field.name: content("x" * (limit // 3 * 4))}
                        )
        self.assertEqual(limits, FILE_LIMITS)

    def test_no_file_of_any_size_is_sent_up(self):
        large = b"x" * (FILE_LIMIT + 1)
        for role in ("operator", "hr", "trainer", "outsider"):
            self.sign_in(role)
            vals = {"name": "large", "datas": base64.b64encode(large).decode()}
            with self.subTest(role=role):
                answer = self.call("ir.attachment", "create", [vals])
                self.assertEqual(answer.error, "odoo.exceptions.UserError")
                answer = self.url_open(
                    "/web/binary/upload_attachment",
                    data={
                        "model": "res.partner",
                        "id": self.users[role].partner_id.id,
                        "csrf_token": Request.csrf_token(self),
                    },
                    files={"ufile": ("large.bin", large)},
                )
                self.assertIn("error", answer.text)
                made = [("name", "in", ("large", "large.bin"))]
                self.assertFalse(self.env["ir.attachment"].search(made))

    def test_every_page_that_takes_something_takes_no_file(self):
        """A page that would take one needs a limit of its own first."""
        found = set()
        for url, endpoint in _generate_routing_rules(
            [addon.name for addon in ADDONS], nodb_only=False
        ):
            ours = endpoint.func.__module__.startswith("odoo.addons.callcenter_")
            if ours and "POST" in (endpoint.routing.get("methods") or ["POST"]):
                found.add(url)
                self.assertNotIn("files", inspect.getsource(endpoint.func))
        self.assertEqual(found, TAKING)

    def test_a_translation_is_a_text_as_well(self):
        quiz = self.env["callcenter.quiz"]
        with self.assertRaisesRegex(UserError, "is too long"):
            quiz._check_lengths({"name": {"en_US": "x" * 5000}})

    def refused(self, role, model, method, *args, **kwargs):
        self.sign_in(role)
        with self.quickly():
            answer = self.call(model, method, *args, **kwargs)
        self.assertEqual(answer.error, "odoo.exceptions.UserError", answer.text[:300])
        self.assertIn("is too long", answer.text)
        self.assertLess(len(answer.text), 100_000)

    def test_endless_texts_are_refused_over_http(self):
        endless, line = "x" * (10 * MEGABYTE), "y" * MEGABYTE
        client = self.build_client()
        employee = self.build_operator("Operator Two")
        quiz = self.env["callcenter.quiz"].create({"name": "Q"})
        for role, model, method, args in (
            ("supervisor", "callcenter.campaign", "create", [{"name": line}]),
            ("supervisor", "callcenter.campaign", "name_create", [line]),
            ("trainer", "callcenter.quiz", "write", [quiz.ids, {"name": line}]),
            ("trainer", "callcenter.quiz", "web_save", [
                quiz.ids, {"description": endless}, {}]),
            ("trainer", "callcenter.quiz", "message_post", [quiz.ids]),
            ("trainer", "callcenter.quiz", "write", [
                quiz.ids, {"section_ids": [[0, 0, {"name": line}]]}]),
            ("trainer", "callcenter.question", "create", [{"stem": endless}]),
            ("trainer", "callcenter.quiz", "load", [["name"], [[line]]]),
            ("supervisor", "res.partner", "write", [client.ids, {"comment": endless}]),
            ("hr", "hr.employee", "write", [
                employee.ids, {"emergency_contact": line}]),
            ("operator", "mail.activity", "create", [{"note": endless}]),
            ("operator", "calendar.event", "create", [{"name": line}]),
        ):  # fmt: skip
            with self.subTest(role=role, model=model, method=method):
                if method == "message_post":
                    self.refused(role, model, method, *args, body=endless)
                    self.refused(role, model, method, *args, subject=line, body="a")
                elif method == "load":
                    self.sign_in(role)
                    answer = self.call(model, method, *args)
                    self.assertFalse(answer.result["ids"])
                else:
                    self.refused(role, model, method, *args)
        self.assertEqual(quiz.name, "Q")
        self.assertFalse(employee.emergency_contact)
        self.assertFalse(quiz.description or quiz.section_ids)

    def test_a_note_at_the_desk_has_an_end(self):
        """At the desk and, behind it, in whatever writes a call."""
        employee = self.build_operator(user=self.users["operator"])
        self.build_campaign()
        desk = self.desk(employee)
        shown = desk.claim_next()
        claim_id = shown["claim"]["id"]
        desk.start_call(claim_id)
        with self.assertRaisesRegex(UserError, "is longer than 5000 characters"):
            desk.finish_call(claim_id, "no_answer", {"note": "x" * (TEXT_LIMIT + 1)})
        calls = self.env["callcenter.call"]
        with self.assertRaisesRegex(UserError, "is too long"):
            calls._create_from_claims(
                self.env["callcenter.call.claim"].browse(claim_id),
                self.env["callcenter.disposition"].search([], limit=1),
                {"note": "x" * (TEXT_LIMIT + 1)},
            )
        self.assertFalse(calls.search([("employee_id", "=", employee.id)]))

    def test_a_letter_of_any_length_arrives_shortened(self):
        inbox = self.env["callcenter.inbox"].search([], limit=1)
        letter = {
            "subject": "s" * MEGABYTE,
            "body": "<p>" + "word " * (2 * MEGABYTE) + "</p>",
            "from": "somebody@example.com",
            "message_id": "<long@example.com>",
        }
        values = {"inbox_id": inbox.id} if inbox else {}
        enquiry = self.env["callcenter.enquiry"].message_new(letter, values)
        self.assertEqual(len(enquiry.name), 1000)
        self.assertLess(len(enquiry.body), LETTER_LIMIT)
        self.assertIn("word word", enquiry.body)


@tagged("post_install", "-at_install")
class TestAddresses(ExhaustionCase):
    """Whatever stands in an address of ours: an answer, never a crash."""

    def addresses(self):
        """``[(template of a path, its parts)]`` of all our pages."""
        addons = [addon.name for addon in ADDONS]
        found = []
        for url, endpoint in _generate_routing_rules(addons, nodb_only=False):
            ours = endpoint.func.__module__.startswith("odoo.addons.callcenter_")
            if ours and "GET" in (endpoint.routing.get("methods") or ["GET"]):
                found.append(url)
        self.assertGreater(len(found), 5)
        return found

    def test_our_parts_of_addresses_are_our_own_kinds(self):
        """``string`` and ``int`` take what the database cannot."""
        for url in self.addresses():
            with self.subTest(url=url):
                for kind in ("<string:", "<int:", "<model(", "<path:"):
                    self.assertNotIn(kind, url)

    def test_nasty_addresses_are_answered(self):
        for role in ("manager", "operator"):
            self.sign_in(role)
            for url in self.addresses():
                if "<" not in url:
                    continue
                for nasty in NASTY:
                    path = url[: url.index("<")] + nasty + url[url.index(">") + 1 :]
                    with self.subTest(role=role, path=path[:120]):
                        with self.quickly():
                            status = self.get(path).response.status_code
                        self.assertIn(status, (200, 303, 400, 403, 404, 414))

    def test_what_the_database_cannot_hold_is_not_found(self):
        for path in ("%00", "a%00b", "%0A", "a" * 300):
            page = self.url_open(f"/callcenter/certificate/{path}")
            self.assertEqual(page.status_code, 404)

    def test_nasty_questions_are_answered(self):
        self.sign_in("supervisor")
        for name in ("date_from", "date_to", "campaign_id"):
            for nasty in (*NASTY, quote("2026-13-45"), "0001-01-01", "9999-12-31"):
                path = f"/callcenter_ops/dashboard/xlsx?{name}={nasty}"
                with self.subTest(path=path[:120]), self.quickly():
                    status = self.get(path).response.status_code
                    self.assertLess(status, 500)
