"""Every role opens one record of each of its menus, in each view, and comes back."""

from collections import defaultdict
from functools import partial

from attacks.bare_rows import insert_bare_row
from lxml import etree
from odoo import fields
from odoo.addons.callcenter_ops.tests.cases import CallcenterCase
from odoo.addons.mail.tools.discuss import Store
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL, mute_logger
from odoo.tools.safe_eval import safe_eval
from psycopg2 import Error
from psycopg2.extras import Json
from test_security_matrix import role_xmlids

TO_ONE, TO_MANY = ("many2one",), ("one2many", "many2many")
OPENED = ("list", "kanban", "form")
# What a link or a dialog of choice opens.
LINKED = ("list", "form")
MUST_OPEN = {
    ("group_director", "callcenter.campaign"),
    ("group_operator", "callcenter.evaluation"),
    ("group_operator", "callcenter.personnel.order"),
    ("group_supervisor", "callcenter.campaign"),
    ("group_user", "callcenter.acknowledgement"),
}
NOTHING = (
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
    UserError,
)
CHATTER = [
    "activities",
    "attachments",
    "contact_fields",
    "followers",
    "scheduledMessages",
    "suggestedRecipients",
]
PLAIN = {
    "char": "x",
    "text": "x",
    "html": "x",
    "integer": 1,
    "float": 1.0,
    "monetary": 1.0,
    "date": "2026-03-02",
    "datetime": "2026-03-02 06:00:00",
}


_LIFT = """
DO $$
DECLARE statement text;
BEGIN
    FOR statement IN
        SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname)
          FROM pg_constraint
         WHERE contype IN ('c', 'u', 'x')
           AND conrelid::regclass::text LIKE 'callcenter%'
        UNION ALL
        SELECT format('DROP INDEX %s', indexrelid::regclass)
          FROM pg_index
         WHERE indisunique AND NOT indisprimary
           AND indrelid::regclass::text LIKE 'callcenter%'
           AND indexrelid NOT IN (SELECT conindid FROM pg_constraint)
        UNION ALL
        SELECT format('ALTER TABLE %s %s', attrelid::regclass, string_agg(
                      format('ALTER COLUMN %I DROP NOT NULL', attname), ', '))
          FROM pg_attribute
          JOIN pg_class ON pg_class.oid = attrelid
         WHERE attnotnull AND attnum > 0 AND attname <> 'id' AND relkind = 'r'
           AND relname LIKE 'callcenter%' AND relname NOT LIKE '%_rel'
         GROUP BY attrelid
    LOOP EXECUTE statement; END LOOP;
END $$
"""


class Door:
    """Rows of a model, and the way of one reader to them."""

    def __init__(self, model, rows):
        self.records = model.browse(rows)

    def get_faults(self, views):
        """``{part of a view: what it answers}`` of all that the reader cannot open."""
        found = {}
        for kind in OPENED:
            if kind in views:
                arch = etree.fromstring(views[kind]["arch"])
                found |= self._read(kind, get_specification(self.records, arch))
                if arch.find(".//chatter") is not None:
                    found |= self._read_chatters(f"{kind}: chatter")
        return found

    def _read(self, kind, specification):
        """All rows at once; where one lacks something row by row, field by field."""
        if self._try(kind, partial(self.records.web_read, specification))[1]:
            return {}
        found = {}
        for record in self.records:
            found |= self._read_row(f"{kind} of {record.id}", record, specification)
        return found

    def _read_row(self, part, record, specification):
        found, is_whole = self._try(part, partial(record.web_read, specification))
        if found or is_whole:
            return found
        for name, asked in specification.items():
            read = partial(record.web_read, {name: asked})
            found |= self._try(f"{part}: {name}", read)[0]
        return found

    def _read_chatters(self, part):
        if self._try(part, partial(self._read_chatter, self.records))[1]:
            return {}
        found = {}
        for record in self.records:
            found |= self._try(part, partial(self._read_chatter, record))[0]
        return found

    def _try(self, part, callback):
        """``({part: what it answers}, whether it came to an end)``."""
        self.records.env.invalidate_all()
        try:
            callback()
        except (AccessError, MissingError) as error:
            return {part: str(error)}, False
        except NOTHING:
            # A row made of nothing: what it lacks is no fault of the screen.
            return {}, False
        return {}, True

    def _read_chatter(self, records):
        Store().add(records, request_list=CHATTER, as_thread=True)


def get_specification(model, node):
    """What the browser asks for to draw ``node``, as ``web_read`` takes it."""
    asked = {}
    for child in node:
        field = child.tag == "field" and model._fields.get(child.get("name"))
        if not field:
            asked |= get_specification(model, child) if len(child) else {}
        elif field.type in TO_ONE:
            asked[field.name] = {"fields": {"display_name": {}}}
        elif field.type in TO_MANY:
            asked[field.name] = {"fields": get_rows(model, field, child)}
        else:
            asked[field.name] = {}
    return asked


def get_rows(model, field, node):
    comodel = model.env[field.comodel_name]
    view = next((one for one in node if one.tag in ("list", "kanban")), None)
    names = {} if view is None else get_specification(comodel, view)
    return names or {"display_name": {}}


@tagged("post_install", "-at_install")
class TestRoleDoors(CallcenterCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client = cls.env["res.partner"].create({"name": "Client"})
        # Rows are made of nothing here: what the database asks of them stands aside.
        cls.env.cr.execute(_LIFT)
        cls.roles = [*sorted(role_xmlids(cls.env)), "base.group_user"]
        cls.readers = {role: cls.build_reader(role) for role in cls.roles}
        cls.kinds = defaultdict(set)
        for view in cls.env["ir.ui.view"].search_fetch([], ["model", "type"]):
            cls.kinds[view.model].add(view.type)

    def test_what_a_role_is_shown_opens_in_every_view(self):
        opened, faults = set(), {}
        for role, user in self.readers.items():
            made, doors = {}, {}
            for name, model, views in self.get_screens(user):
                if model._name not in doors:
                    doors[model._name] = self.get_door(model, user, made)
                if door := doors[model._name]:
                    opened.add((role.rpartition(".")[2], model._name))
                    if found := door.get_faults(views):
                        faults[role, name] = found
        self.assertEqual(faults, {})
        # So many kinds of records were really opened by somebody, and these by theirs.
        self.assertGreater(len({name for _role, name in opened}), 60)
        self.assertLessEqual(MUST_OPEN, opened)

    def test_who_comes_back_finds_the_list(self):
        faults = {}
        for role, user in self.readers.items():
            for action, model in self.get_actions(user):
                views = model.get_views(action["views"])["views"]
                if found := self.come_back(action, model, views):
                    faults[role, action["name"]] = found
        self.assertEqual(faults, {})

    @classmethod
    def build_reader(cls, role):
        """A user of the role who is an employee of the department, or leads it."""
        name = role.rpartition(".")[2]
        user = new_test_user(cls.env, f"door_{name}", groups=f"base.group_user,{role}")
        employee = cls.build_employee(name, user=user)
        cls.by_order(employee).department_id = cls.department
        if name == "group_operator":
            employee._transition({"callcenter_status": "appointed"})
        if name == "group_supervisor":
            cls.department.manager_id = employee
        return user

    def get_screens(self, user):
        """``(name, model, its views)``: behind menus, and of all that links lead to."""
        for action, model in self.get_actions(user):
            yield action["name"], model, model.get_views(action["views"])["views"]
        for name in sorted(self.env.registry):
            model = self.env[name].with_user(user)
            if (
                not name.startswith("callcenter.")
                or model._transient
                or not model._auto
            ):
                continue
            kinds = [(False, kind) for kind in LINKED if kind in self.kinds[name]]
            if kinds and model.has_access("read"):
                yield name, model, model.get_views(kinds)["views"]

    def is_kept(self, model):
        return model._auto and not model._transient

    def get_actions(self, user):
        """``(action, its model)`` of our menus, as the user is shown them."""
        env = self.env(user=user)
        shown = {
            menu["action_id"]
            for menu in env["ir.ui.menu"].load_menus(False).values()
            if (menu.get("xmlid") or "").startswith("callcenter_")
            and menu.get("action_model") == "ir.actions.act_window"
        }
        actions = env["ir.actions.act_window"].browse(sorted(shown))
        found = [action.sudo()._get_action_dict() for action in actions]
        return [(action, env[action["res_model"]]) for action in found]

    def get_door(self, model, user, made):
        """Rows that the reader may read: one of each state, and one that was there."""
        rows = [
            self.make_row(model, user, made, state) for state in self.get_states(model)
        ]
        rows += model.search([], limit=1, order="id").ids
        # A row that breaks a rule of its reader hides the others from a look at all.
        shown = [row for row in rows if row and model.browse(row).has_access("read")]
        return Door(model, shown) if shown else None

    def get_states(self, model):
        field = model._fields.get("state")
        is_choice = field and field.type == "selection"
        return field.get_values(model.env) if is_choice else [None]

    def make_row(self, model, user, made, state=None):
        """Id of a row all of whose fields are filled; None where it cannot be.

        :param dict made: rows that stand for their models wherever they are linked to
        """
        if not self.is_kept(model):
            return None
        if state is None and made.get(model._name):
            return made[model._name]
        made.setdefault(model._name, None)
        values = self.fill(model.sudo(), user, made)
        values |= {"state": state} if state else {}
        row = self.insert(model.sudo(), values)
        made[model._name] = made[model._name] or row
        return row

    def insert(self, model, values):
        try:
            with self.env.cr.savepoint(flush=False), mute_logger("odoo.sql_db"):
                if not model._name.startswith("callcenter."):
                    return insert_bare_row(model, **values)
                return self.insert_free(model, values)
        except Error:
            return None

    def insert_free(self, model, values):
        """A row of a table of ours, from whose columns everything was lifted."""
        insert = SQL(
            "INSERT INTO %s (%s) VALUES %s RETURNING id",
            SQL.identifier(model._table),
            SQL(", ").join(map(SQL.identifier, values)),
            tuple(values.values()),
        )
        [[row]] = self.env.execute_query(insert)
        return row

    def fill(self, model, user, made):
        own = {
            "res.company": self.company.id,
            "res.users": user.id,
            "hr.employee": user.employee_id.id,
            "hr.department": self.department.id,
            "hr.job": self.job.id,
            "res.partner": self.client.id,
        }
        values = {}
        for name, field in model._fields.items():
            if not field.store or not field.column_type or name == "id":
                continue
            if field.type == "many2one":
                target = field.comodel_name
                values[name] = own.get(target) or self.find_target(target, user, made)
            elif field.type == "selection":
                values[name] = self.choose(model, field)
            elif field.type == "boolean":
                values[name] = name in ("active", "is_done")
            elif field.type in PLAIN:
                plain = "UTC" if "timezone" in name else PLAIN[field.type]
                values[name] = Json({"en_US": plain}) if field.translate else plain
        return {name: value for name, value in values.items() if value is not None}

    def find_target(self, name, user, made):
        model = self.env[name].with_user(user)
        if name in made:
            return made[name]
        if name.startswith("callcenter."):
            return self.make_row(model, user, made)
        return self.env[name].search([], limit=1, order="id").id or None

    def choose(self, model, field):
        values = field.get_values(model.env)
        return next(iter(values), None)

    def come_back(self, action, model, views):
        """What the list answers to whoever comes back to it; nothing when it opens."""
        kind = next((one for one in views if one in ("list", "kanban")), None)
        if not kind:
            return ""
        context = {"uid": model.env.uid, "context": {}, "time": None}
        context["context_today"] = fields.Date.today
        context["allowed_company_ids"] = self.company.ids
        try:
            domain = safe_eval(action["domain"] or "[]", context)
        except ValueError:
            domain = []
        specification = get_specification(model, etree.fromstring(views[kind]["arch"]))
        model.env.invalidate_all()
        try:
            model.web_search_read(domain, specification, limit=5)
        except (AccessError, MissingError) as error:
            return str(error)
        return ""
