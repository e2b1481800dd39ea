"""What people type stays text: no query, formula, page, header, path or address of it.

Generated over models, fields, methods and addresses where that can be; what else writes
or prints a text is held by a reading of the code.
"""

import ast
import inspect
import io
import json
import re
import zipfile

from attack_case import ROLES, Answer, AttackCase
from odoo.exceptions import ValidationError
from odoo.http import Request
from odoo.models import BaseModel
from odoo.tests import tagged
from source_tree import ADDONS, code_sources

SQL = (
    "id; SELECT pg_sleep(9)",
    "(SELECT 1)",
    "id) --",
    'name" || (SELECT login FROM res_users LIMIT 1) || "',
    "name ASC, (SELECT password FROM res_users LIMIT 1)",
)
# What a method of ours may be given in place of a word, a number or a day.
ODD = ("'; SELECT pg_sleep(9); --", "%s %(x)s %", "{0.__class__} {{7*191}}")
# Errors of PostgreSQL that say: what was sent became a part of the statement.
BROKEN = ("SyntaxError", "Undefined", "ProgrammingError", "Ambiguous", "IndexError")
FORMULA = '=HYPERLINK("http://10.0.0.1","x")'
WILD = "<img src=x onerror=alert(191)>"
TEMPLATE = "{{ 7*191 }}${7*191}<t t-out='7*191'/>{0.__class__}%(x)s"
COMPUTED = "1337"
HEADER = "a\r\nX-Evil: 1"
OWN = "https://own.example.com:8069"
# Addresses that the printing program would ask for, as a text may hide them.
FETCHING = (
    '<img src="http://10.0.0.1/admin"/>',
    '<img src="//10.0.0.1/admin"/>',
    r'<img src="/\\10.0.0.1/admin"/>',
    '<img src=" ht\ntp://10.0.0.1/admin"/>',
    '<img src="file:///etc/10.0.0.1"/>',
    '<img srcset="/a.png 1x, http://10.0.0.1/b.png 2x"/>',
    '<div style="background: url(http://10.0.0.1/a)">x</div>',
    "<div style=\"background: url('http://10.0.0.1/a')\">x</div>",
    r'<div style="background: u\72l(http://10.0.0.1/a)">x</div>',
    "<style>@import 'http://10.0.0.1/a.css';</style>",
    "<style>p { background: url(http://10.0.0.1/a) }</style>",
    '<link rel="stylesheet" href="http://10.0.0.1/a.css"/>',
    '<iframe src="http://10.0.0.1/"></iframe>',
    '<object data="http://10.0.0.1/"></object>',
    '<embed src="http://10.0.0.1/"/>',
    '<video poster="http://10.0.0.1/a"></video>',
    '<svg><image xlink:href="http://10.0.0.1/a"/></svg>',
    '<table background="http://10.0.0.1/a"><tr><td>x</td></tr></table>',
    '<script src="http://10.0.0.1/a.js"></script>',
)
# Where HTML is made of something that is no constant, and why it is no text of people.
MARKUP = {
    "callcenter_ops/wizard/personnel/order_signing.py": "articles of a rendered page",
    "callcenter_ops/models/position/document_mixin.py": "kept as it was rendered",
}
MARKUP_JS = {
    "callcenter_ops/static/src/desk/desk.js": "sanitised, values escaped",
    "callcenter_ops/static/src/desk/script_guide/script_guide.js": "the same",
    "callcenter_training/static/src/quiz/quiz.js": "a sanitised field",
    "callcenter_training/static/src/quiz/quiz_review.js": "a sanitised field",
    "callcenter_training/static/src/mastery/practice/practice.js": "a sanitised field",
}


@tagged("post_install", "-at_install")
class TestQueries(AttackCase):
    def test_no_order_group_sum_or_field_becomes_a_part_of_a_query(self):
        self.sign_in("supervisor")
        for number, model in enumerate(self._get_readable("supervisor")):
            text = SQL[number % len(SQL)]
            for method, args in self._get_questions(text):
                answer = self.call(model, method, *args)
                with self.subTest(model=model, method=method, text=text):
                    # Rules that let nothing through answer before there is a query.
                    told = answer.result
                    told = any(told.values()) if isinstance(told, dict) else told
                    self.assertFalse(told, answer.text[:200])
                    self._assert_whole(answer)

    def test_no_argument_of_a_method_of_ours_becomes_a_part_of_a_query(self):
        for role in ("director", "supervisor", "operator", "hr", "trainer"):
            self.sign_in(role)
            for model, method, args, count in self._get_calls():
                for text in ODD:
                    answer = self.call(model, method, *args, *[text] * count)
                    with self.subTest(role=role, model=model, method=method):
                        self._assert_whole(answer)
                        self.assertNotIn(COMPUTED, answer.text)

    def test_the_filter_of_clients_runs_no_code(self):
        campaign = self.build_campaign(start=False)
        before = campaign.partner_domain
        for text in (
            "[('id', 'in', [x for x in range(9**9)])]",
            "[('id', '=', 9 ** 9 ** 9)]",
            "[('id', '=', uid)]",
            "[('id', '=', len('x'))]",
            "[('id', '=', (lambda: 1)())]",
            "__import__('os').system('id')",
            "[('id', '=', 'x' * 10 ** 9)]",
        ):
            with self.subTest(text=text):
                with self.assertRaises(ValidationError), self.env.cr.savepoint():
                    campaign.with_user(self.users["supervisor"]).partner_domain = text
                self.assertEqual(campaign.partner_domain, before)

    def test_the_filter_of_clients_answers_no_question_about_secrets(self):
        campaign = self.build_campaign(start=False)
        self.sign_in("supervisor")
        for domain in (
            [("user_ids.totp_secret", "like", "A")],
            [("user_ids.password", "like", "A")],
            [("user_ids", "any!", [("login", "like", "a")])],
            [("id", "inselect", ("SELECT 1", []))],
            [("id; SELECT 1", "=", 1)],
        ):
            text = repr(domain)
            before = campaign.partner_domain
            answer = self.call(
                "callcenter.campaign",
                "write",
                campaign.ids,
                {"partner_domain": text},
            )
            with self.subTest(domain=text):
                self.assertTrue(answer.error)
                self.assertEqual(campaign.partner_domain, before)

    def _get_readable(self, role):
        """Our stored models that the role reads."""
        for name in sorted(self.env.registry):
            model = self.env[name]
            ours = name.startswith("callcenter.") or name in ("res.partner", "crm.lead")
            if (
                ours
                and not model._abstract
                and model.with_user(self.users[role]).has_access("read")
            ):
                yield name

    def _get_questions(self, text):
        """``(method, arguments)`` of each way to ask, ``text`` in each place."""
        return (
            ("search", [[], 0, 1, text]),
            ("search_read", [[], ["id"], 0, 1, text]),
            ("search_read", [[], [text]]),
            ("search", [[[text, "=", 1]]]),
            ("search", [[["id", text, 1]]]),
            ("formatted_read_group", [[], [text], ["__count"]]),
            ("formatted_read_group", [[], ["create_uid"], [text]]),
            ("formatted_read_group", [[], ["id"], ["__count"], [["__count", text, 1]]]),
            ("formatted_read_group", [[], ["create_uid"], ["__count"], [], 0, 1, text]),
            ("web_read_group", [[], [f"create_date:{text}"], ["__count"]]),
            ("web_read_group", [[], [], [f"id:{text}"]]),
            ("web_search_read", [[], {"id": {}}, 0, 1, text]),
        )

    def _get_calls(self):
        """``(model, method, ids, how many more)``: public methods of our addons."""
        seen = set()
        for name in sorted(self.env.registry):
            for kind in type(self.env[name]).__mro__:
                if not kind.__module__.startswith("odoo.addons.callcenter_"):
                    continue
                for method, function in vars(kind).items():
                    if method.startswith("_") or not inspect.isfunction(function):
                        continue
                    count = len(inspect.signature(function).parameters) - 1
                    odoos = hasattr(BaseModel, method) or method == "message_post"
                    if count and not odoos and function not in seen:
                        seen.add(function)
                        is_model = getattr(function, "_api_model", False)
                        yield name, method, [] if is_model else [[]], count

    def _assert_whole(self, answer):
        """Answered or refused, and the statement was the one that was written."""
        self.assertFalse(answer.error.startswith("HTTP"), answer.error)
        if "psycopg2" in answer.error:
            for fault in BROKEN:
                self.assertNotIn(fault, answer.error)


@tagged("post_install", "-at_install")
class TestTexts(AttackCase):
    """Templates, pages and messages: a text is shown, never run."""

    def test_no_role_below_the_administrator_writes_what_is_run(self):
        """Views, templates of papers and letters, actions, rules, jobs, own fields."""
        for role in ROLES:
            for name in (
                *("ir.ui.view", "ir.actions.server", "ir.actions.report", "ir.cron"),
                *("ir.rule", "ir.model.fields", "ir.model", "ir.config_parameter"),
                *("base.automation", "ir.asset", "ir.actions.client", "ir.sequence"),
            ):
                if name not in self.env or role == "manager":
                    continue
                model = self.env[name].with_user(self.users[role])
                for operation in ("create", "write"):
                    with self.subTest(role=role, model=name, operation=operation):
                        self.assertFalse(model.has_access(operation))

    def test_no_letter_computes_what_stands_in_it(self):
        for role in ROLES:
            user = self.sign_in(role)
            event = self.env["calendar.event"].create(
                {
                    "name": "Own",
                    "start": "2026-03-02 06:00:00",
                    "stop": "2026-03-02 07:00:00",
                    "user_id": user.id,
                }
            )
            letter = {
                "model": event._name,
                "res_ids": repr(event.ids),
                "composition_mode": "comment",
                "subject": TEMPLATE,
                "body": TEMPLATE,
            }
            made = self.call("mail.compose.message", "create", [letter])
            self.call("mail.compose.message", "action_send_mail", made.result)
            posted = self.call(event._name, "message_post", event.ids, body=TEMPLATE)
            with self.subTest(role=role):
                self.assert_silent(made, COMPUTED)
                self.assert_silent(posted, COMPUTED)
                for message in event.message_ids:
                    self.assertNotIn(COMPUTED, f"{message.subject} {message.body}")

    def test_no_script_of_a_conversation_computes_what_stands_in_it(self):
        campaign = self.build_campaign(self.build_client(WILD), start=False)
        campaign.with_user(
            self.users["supervisor"]
        ).script = f"<p>{{{{ client_name }}}}</p>{TEMPLATE}<script>alert(191)</script>"
        campaign.action_start()
        operator = self.build_operator("Operator One")
        self.sign_in(operator.user_id)
        script = self.call("callcenter.desk", "claim_next").result["claim"]["script"]
        self.assertNotIn(COMPUTED, script)
        self.assertNotIn("<script", script)
        self.assertNotIn("<img", script)

    def test_every_html_of_ours_that_is_kept_is_sanitised(self):
        found = 0
        for name in sorted(self.env.registry):
            for field in self.env[name]._fields.values():
                ours = (field._module or "").startswith("callcenter_")
                if field.type != "html" or not field.store or not ours:
                    continue
                text = f"<p>Words</p>{WILD}<script>alert(191)</script>"
                kept = str(field.convert_to_column_insert(text, self.env[name]))
                found += 1
                with self.subTest(field=str(field)):
                    self.assertIn("Words", kept)
                    self.assertNotIn("onerror", kept)
                    self.assertNotIn("<script", kept)
        self.assertGreater(found, 6)

    def test_no_template_of_ours_prints_a_text_as_it_came(self):
        views = self.env["ir.model.data"].search(
            [("model", "=", "ir.ui.view"), ("module", "=like", "callcenter%")]
        )
        views = self.env["ir.ui.view"].browse(views.mapped("res_id"))
        templates = views.filtered(lambda view: view.type == "qweb")
        self.assertGreater(len(templates), 20)
        for view in templates:
            with self.subTest(view=view.key):
                self.assertNotRegex(view.arch_db, r"\bt-raw\b|\bmarkup\(|Markup\(")

    def test_names_and_notes_stand_on_papers_as_text(self):
        campaign = self.build_campaign(self.build_client(WILD), start=False)
        campaign.name = WILD
        campaign.action_start()
        operator = self.build_operator(f"Operator {WILD}")
        self.call_through(operator, note=WILD)
        sheet = self.env["callcenter.report.sheet"].search(
            [("employee_id", "=", operator.id)]
        )
        self.sign_in("supervisor")
        page = self.report("callcenter_ops.report_sheet_document", sheet.ids).text
        self.assertIn("onerror=alert(191)", page)
        self.assertNotIn(WILD, page)
        self.assertNotIn("<img src=x", page.replace('"', ""))

    def test_words_of_a_step_stand_in_the_chatter_as_text(self):
        client = self.build_client(WILD)
        self.build_campaign(client)
        self.call_through(self.build_operator("Operator One"), note=WILD)
        bodies = "".join(client.message_ids.mapped("body"))
        self.assertIn("onerror", bodies)
        self.assertNotIn("<img", bodies)

    def test_html_is_made_of_constants(self):
        """``Markup`` says that a text is safe: of a constant it is."""
        found = set()
        for source in code_sources():
            for node in ast.walk(source.tree):
                name = getattr(getattr(node, "func", None), "id", "")
                if isinstance(node, ast.Call) and name == "Markup":
                    constant = all(isinstance(a, ast.Constant) for a in node.args)
                    if not constant:
                        found.add(str(source).removeprefix("addons/"))
        self.assertEqual(found, set(MARKUP))

    def test_the_browser_is_told_of_no_other_html(self):
        found = set()
        for addon in ADDONS:
            for path in addon.glob("static/src/**/*.js"):
                text = path.read_text(encoding="utf-8")
                if re.search(r"\bmarkup\(|innerHTML|insertAdjacentHTML", text):
                    found.add(str(path.relative_to(addon.parent)))
        self.assertEqual(found, set(MARKUP_JS))

    def test_the_printing_program_is_given_no_address_outside(self):
        given = []
        reports = self.env["ir.actions.report"]
        odoos = next(
            kind
            for kind in type(reports).__mro__
            if kind.__module__ == "odoo.addons.base.models.ir_actions_report"
        )
        self.patch(
            odoos,
            "_run_wkhtmltopdf",
            lambda _self, bodies, *args, **kw: given.extend(
                (*bodies, kw.get("header"), kw.get("footer"))
            ),
        )
        self.env["ir.config_parameter"].set_param("report.url", OWN)
        for text in FETCHING:
            with self.subTest(text=text):
                given.clear()
                page = f"<html><body><p>Words</p>{text}<b>End</b></body></html>"
                reports._run_wkhtmltopdf([page], header=page, footer=page)
                self.assertEqual(len(given), 3)
                for part in given:
                    self.assertNotIn("10.0.0.1", part)
                    self.assertIn("<p>Words</p>", part)
                    self.assertIn("<b>End</b>", part)

    def test_a_papers_own_pictures_and_styles_stay(self):
        reports = self.env["ir.actions.report"]
        self.env["ir.config_parameter"].set_param("report.url", OWN)
        given = []
        odoos = next(
            kind
            for kind in type(reports).__mro__
            if kind.__module__ == "odoo.addons.base.models.ir_actions_report"
        )
        self.patch(
            odoos,
            "_run_wkhtmltopdf",
            lambda _self, bodies, *args, **kw: given.extend(bodies),
        )
        for text in (
            '<img src="data:image/png;base64,AAAA">',
            f'<img src="{OWN}/web/image/1">',
            '<link rel="stylesheet" href="/web/assets/1/x.css">',
            '<a href="http://elsewhere.example.com/">a link to click</a>',
            '<div style="background: url(/web/a.png)">x</div>',
        ):
            with self.subTest(text=text):
                given.clear()
                reports._run_wkhtmltopdf([f"<html><body>{text}</body></html>"])
                self.assertIn(text, given[0])


@tagged("post_install", "-at_install")
class TestFiles(AttackCase):
    """Files for spreadsheets, their names, and where files are read from."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["supervisor"].group_ids += cls.env.ref("base.group_allow_export")
        cls.names = [FORMULA, "+7", "-1", "@SUM(A1)", "\t=1", "{=1}"]
        cls.clients = cls.env["res.partner"].concat(
            *(cls.build_client(name, city=FORMULA) for name in cls.names)
        )

    def test_no_cell_of_a_csv_file_is_a_formula(self):
        self.sign_in("supervisor")
        domain = [("id", "in", self.clients.ids)]
        text = self.export("res.partner", domain, ["name", "city"]).text
        cells = re.findall(r'(?:^|,)"((?:[^"]|"")*)"', text, re.MULTILINE)
        self.assertEqual(len(cells), 2 + 2 * len(self.names))
        self.assertEqual([c for c in cells if c[:1] in "=+-@\t\r" and c], [])

    def test_no_cell_of_a_workbook_is_a_formula(self):
        self.sign_in("supervisor")
        for groups in ([], ["city"], ["parent_id", "city"]):
            content = self._export_workbook(groups)
            with self.subTest(groups=groups):
                self.assertEqual(self._find_formulas(content), [])

    def test_no_sheet_of_ours_holds_a_formula_that_somebody_wrote(self):
        self.build_campaign(self.clients)
        operator = self.build_operator(FORMULA)
        self.call_through(operator, note=FORMULA)
        sheet = self.env["callcenter.report.sheet"].search(
            [("employee_id", "=", operator.id)]
        )
        self.sign_in("supervisor")
        for path in (
            f"/callcenter_ops/report_sheet/{sheet.id}/xlsx",
            "/callcenter_ops/dashboard/xlsx",
        ):
            response = self.get(path).response
            with self.subTest(path=path):
                self.assertEqual(response.status_code, 200)
                self.assertEqual(self._find_formulas(response.content), [])

    def test_workbooks_of_ours_are_opened_in_one_way(self):
        """In which no text becomes a formula or a link."""
        opened = {
            str(source).removeprefix("addons/")
            for source in code_sources()
            if "xlsxwriter" in source.path.read_text(encoding="utf-8")
            and "manifest" not in source.path.name
        }
        self.assertEqual(
            opened,
            {
                "callcenter_ops/tools/common/spreadsheet.py",
                "callcenter_training/tools/bank/question_table.py",
            },
        )

    def test_no_name_of_a_file_adds_a_header(self):
        record = self.env["callcenter.data.import"].create(
            {"kind": "clients", "filename": f"{HEADER}.csv", "file": "eA=="}
        )
        self.sign_in("manager")
        response = self.get(f"/callcenter/import/{record.id}/report.csv").response
        self.assertEqual(response.status_code, 200)
        self.assertNotIn("X-Evil", response.headers)

    def test_names_of_files_go_into_headers_in_one_way(self):
        for source in code_sources():
            for node in ast.walk(source.tree):
                if not isinstance(node, ast.Tuple) or len(node.elts) != 2:
                    continue
                first, second = node.elts
                if getattr(first, "value", "") == "Content-Disposition":
                    with self.subTest(source=str(source)):
                        self.assertEqual(second.func.id, "content_disposition")

    def test_no_letter_gets_a_header_from_a_text(self):
        servers = self.env["ir.mail_server"]
        for place in ("email_from", "subject", "reply_to"):
            values = {"email_from": "a@example.com", "subject": "x", "reply_to": ""}
            values[place] = f"{values[place]}\r\nBcc: spy@example.com"
            try:
                letter = servers._build_email__(
                    email_to=["b@example.com"], body="x", **values
                )
            except ValueError:
                continue  # refused whole
            with self.subTest(place=place):
                self.assertNotIn("spy@example.com", str(letter["Bcc"]))

    def test_no_file_of_the_server_is_read_by_its_name(self):
        for role in ROLES:
            self.sign_in(role)
            for path in ("../../../../etc/passwd", "/etc/passwd"):
                vals = {"name": path, "store_fname": path, "type": "binary"}
                made = self.call("ir.attachment", "create", [vals]).result or []
                for attachment in self.env["ir.attachment"].browse(made):
                    with self.subTest(role=role, path=path):
                        self.assertNotEqual(attachment.store_fname, path)
                        self.assertNotIn("root:", self.attachment(attachment).text)

    def _export_workbook(self, groups):
        names = ["name", "city"]
        asked = {
            "model": "res.partner",
            "domain": [("id", "in", self.clients.ids)],
            "ids": False,
            "fields": [{"name": n, "label": FORMULA, "type": "char"} for n in names],
            "import_compat": False,
            "groupby": groups,
        }
        self.env.flush_all()
        form = {"data": json.dumps(asked), "csrf_token": Request.csrf_token(self)}
        answer = Answer(self.url_open("/web/export/xlsx", data=form, timeout=60))
        self.assertEqual(answer.response.status_code, 200, answer.text[:300])
        return answer.response.content

    def _find_formulas(self, content):
        book = zipfile.ZipFile(io.BytesIO(content))
        pages = [name for name in book.namelist() if "worksheets/sheet" in name]
        self.assertTrue(pages)
        return [
            formula
            for page in pages
            for formula in re.findall(r"<f>.*?</f>", book.read(page).decode())
        ]
