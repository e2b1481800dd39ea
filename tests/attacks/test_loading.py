"""Nobody loads what he may not create or write, and learns nothing from trying.

``load`` and ``name_create`` of every model are open to RPC, and a window of Odoo's
loads files by them; external ids name records past everything that hides them.
"""

import json

from leak_case import CLOSED, LISTS, MAIL, NUMBER, SECRET, LeakCase
from odoo.tests import tagged

UNKNOWN = "__import__.nobody"


@tagged("post_install", "-at_install")
class TestLoading(LeakCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.known = cls._give_external_id(cls.stranger, "client_79990000000")

    @classmethod
    def _give_external_id(cls, record, name):
        """The external id that an import of the administrator's left."""
        cls.env["ir.model.data"].create(
            {
                "module": "__import__",
                "name": name,
                "model": record._name,
                "res_id": record.id,
            }
        )
        return f"__import__.{name}"

    def test_no_record_of_any_model_is_loaded_with_the_client(self):
        client = self.stranger
        for role in CLOSED:
            user = self.sign_in(role)
            for model, field in self._get_links(role, "create"):
                for column, value in (
                    (f"{field.name}/.id", str(client.id)),
                    (f"{field.name}/id", self.known),
                    (field.name, SECRET),
                ):
                    answer = self._load(model, role, {column: value})
                    with self.subTest(role=role, model=model, column=column):
                        self.assertFalse(self._get_made(user, model, field))
                        self._assert_tells_nothing(answer, but=value)

    def test_no_line_of_any_record_is_loaded_with_the_client(self):
        """Rows of a list stand in columns of their own, beside the record."""
        for role in CLOSED:
            user = self.sign_in(role)
            for model, lines, link in self._get_lines(role):
                columns = {f"{lines.name}/{link.name}/.id": str(self.stranger.id)}
                answer = self._load(model, role, columns)
                with self.subTest(role=role, model=model, lines=lines.name):
                    self.assertFalse(self._get_made(user, lines.comodel_name, link))
                    self._assert_tells_nothing(answer)

    def test_an_external_id_that_exists_answers_like_one_that_does_not(self):
        """Files of clients carry telephone numbers and tax numbers as external ids."""
        for role in CLOSED:
            self.sign_in(role)
            for model in self._get_creatable(role):
                links = self._get_links(role, "create")
                columns = [f"{one.name}/id" for name, one in links if name == model]
                for column in ["id", *columns]:
                    told = [
                        self._load(model, role, {column: xmlid}).text.replace(xmlid, "")
                        for xmlid in (self.known, UNKNOWN)
                    ]
                    with self.subTest(role=role, model=model, column=column):
                        self.assertEqual(_strip_ids(told[0]), _strip_ids(told[1]))

    def test_nobody_loads_over_a_record_that_he_may_not_write(self):
        for role in CLOSED:
            self.sign_in(role)
            for record, name in self._get_foreign(role):
                xmlid = self._give_external_id(record, f"{record._table}_{record.id}")
                before = record[name]
                for key, id_ in ((".id", str(record.id)), ("id", xmlid)):
                    rows = [[id_, "Overwritten"]]
                    answer = self.call(record._name, "load", [key, name], rows)
                    record.invalidate_recordset()
                    with self.subTest(role=role, model=record._name, key=key):
                        self.assertFalse((answer.result or {}).get("ids"))
                        self.assertEqual(record[name], before)
                self.env["ir.model.data"].search(
                    [
                        ("module", "=", "__import__"),
                        ("model", "=", record._name),
                        ("res_id", "=", record.id),
                    ]
                ).unlink()

    def test_nobody_takes_an_external_id_of_the_products_own(self):
        """The next upgrade would write its record over what stands behind the id."""
        for role in CLOSED:
            self.sign_in(role)
            xmlid = f"callcenter_ops.{role}_trap"
            self.call("calendar.event", "load", ["id", "name"], [[xmlid, "Trap"]])
            self.assertFalse(self.env.ref(xmlid, raise_if_not_found=False), role)

    def test_whoever_may_write_a_record_loads_it_by_its_external_id(self):
        user = self.sign_in("operator")
        own = self._put_on_own(user, with_client=False)
        xmlid = self._give_external_id(own, "own_event")
        answer = self.call("calendar.event", "load", ["id", "name"], [[xmlid, "New"]])
        self.assertEqual((answer.result["ids"], own.name), (own.ids, "New"))

    def test_no_name_makes_a_record_of_any_model_with_the_client(self):
        client = self.stranger.id
        for role in CLOSED:
            user = self.sign_in(role)
            for model, field in self._get_links(role, "create"):
                if field.type in LISTS:
                    continue
                for context in ({}, {f"default_{field.name}": client}):
                    name = f"{SECRET} <{MAIL}>"
                    answer = self.call(model, "name_create", name, context=context)
                    with self.subTest(role=role, model=model, context=context):
                        self.assertFalse(self._get_made(user, model, field))
                        self.assert_silent(answer, NUMBER[2:])

    def test_the_window_that_loads_files_is_no_way_in(self):
        rows = f"name,partner_ids/.id,partner_ids/id\nTrap,{self.stranger.id},"
        for role in CLOSED:
            user = self.sign_in(role)
            for dry in (True, False):
                answer = self._import("calendar.event", rows, dry)
                with self.subTest(role=role, dry=dry):
                    self.assertFalse((answer.result or {}).get("ids"))
                    self._assert_tells_nothing(answer)
            made = self.env["calendar.event"].search([("create_uid", "=", user.id)])
            self.assertFalse(made, role)

    # ---------------------------------------------------------------------- helpers

    def _load(self, model, role, columns):
        """One row with ``columns``, and what the model asks for besides."""
        filled = {
            f"{name}/.id" if self.env[model]._fields[name].relational else name: value
            for name, value in self._fill(model, role).items()
        }
        row = filled | columns
        values = ["" if value is False else str(value) for value in row.values()]
        return self.call(model, "load", list(row), [values])

    def _import(self, model, rows, dry):
        """As the window does it: a file, then its columns."""
        window = self.call(
            "base_import.import",
            "create",
            [{"res_model": model, "file_type": "text/csv"}],
        ).result
        # The test puts the file where the upload would.
        self.env["base_import.import"].browse(window).file = rows.encode()
        columns = rows.split("\n")[0].split(",")
        options = {"quoting": '"', "separator": ",", "has_headers": True}
        return self.call(
            "base_import.import",
            "execute_import",
            window,
            columns,
            columns,
            options,
            dryrun=dry,
        )

    def _assert_tells_nothing(self, answer, but=""):
        text = answer.text.replace(json.dumps(but)[1:-1], "") if but else answer.text
        for secret in (SECRET, MAIL, NUMBER[2:]):
            self.assertNotIn(secret.lower(), text.lower())

    def _get_creatable(self, role):
        return sorted({model for model, _field in self._get_links(role, "create")})

    def _get_lines(self, role):
        """``(model, list, link)``: lists whose lines may name a partner."""
        links = {}
        for model, field in self._get_links(role, "create"):
            if field.type == "many2one" and field.store:
                links.setdefault(model, field)
        for name in self._get_creatable(role):
            for field in self.env[name]._fields.values():
                if field.type == "one2many" and field.comodel_name in links:
                    yield name, field, links[field.comodel_name]

    def _get_foreign(self, role):
        """``(record, text field)``: one of each model that the role may not write."""
        user = self.users[role]
        for name in sorted(self.env.registry):
            model = self.env[name]
            if model._abstract or not model._auto or model._transient:
                continue
            field = model._fields.get(model._rec_name or "")
            if not (field and field.store and field.type in ("char", "text")):
                continue
            if not self._has_access(name, role, "write"):
                continue
            records = model.with_context(active_test=False).search([], limit=300)
            allowed = records.with_user(user)._filtered_access("write")
            foreign = records - allowed.with_user(self.env.user)
            if foreign:
                yield foreign[0], field.name


def _strip_ids(text):
    """The answer without the numbers of requests and new records."""
    body = json.loads(text)
    result = body.get("result")
    if isinstance(result, dict) and result.get("ids"):
        result["ids"] = ["made"]
    body.pop("id", None)
    return body
