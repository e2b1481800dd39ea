"""Every role opens one record of each of its menus, in each view, and comes back."""

from functools import partial

from attacks.bare_rows import insert_bare_row
from lxml import etree
from odoo import fields
from odoo.addons.callcenter_ops.tests.cases import CallcenterCase
from odoo.addons.mail.tools.discuss import Store
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger
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
    LOOP EXECUTE statement; END LOOP;
END $$
"""


class Door:
    """One row of a model, and the way of one reader to it."""

    def __init__(self, model, row):
        self.record = model.browse(row)

    def get_faults(self, views):
        """``{part of a view: what it answers}`` of all that the reader cannot open."""
        found = {}
        for kind in OPENED:
            if kind in views:
                arch = etree.fromstring(views[kind]["arch"])
                found |= self._read(kind, get_specification(self.record, arch))
                if arch.find(".//chatter") is not None:
                    found |= self._try(f"{kind}: chatter", self._read_chatter)[0]
        return found

    def _read(self, kind, specification):
        """The view at once, or where a row lacks something field by field."""
        found, is_whole = self._try(kind, partial(self.record.web_read, specification))
        if found or is_whole:
            return found
        for name, asked in specification.items():
            read = partial(self.record.web_read, {name: asked})
            found |= self._try(f"{kind}: {name}", read)[0]
        return found

    def _try(self, part, callback):
        """``({part: what it answers}, whether it came to an end)``."""
        self.record.env.invalidate_all()
        try:
            callback()
        except (AccessError, MissingError) as error:
            return {part: str(error)}, False
        except NOTHING:
            # A row made of nothing: what it lacks is no fault of the screen.
            return {}, False
        return {}, True

    def _read_chatter(self):
        Store().add(self.record, request_list=CHATTER, as_thread=True)


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

    def test_what_a_role_is_shown_opens_in_every_view(self):
        opened = set()
        for role in self.get_roles():
            user = self.build_reader(role)
            for name, model, views in self.get_screens(user):
                for door in self.get_doors(model, user):
                    with self.subTest(role=role, screen=name):
                        opened.add((role.rpartition(".")[2], model._name))
                        self.assertEqual(door.get_faults(views), {})
        # So many kinds of records were really opened by somebody, and these by theirs.
        self.assertGreater(len({name for _role, name in opened}), 60)
        self.assertLessEqual(MUST_OPEN, opened)

    def test_who_comes_back_finds_the_list(self):
        for role in self.get_roles():
            user = self.build_reader(role)
            for action, model in self.get_actions(user):
                with self.subTest(role=role, screen=action["name"]):
                    views = model.get_views(action["views"])["views"]
                    self.assertFalse(self.come_back(action, model, views))

    def get_roles(self):
        """Every role, and whoever has none."""
        return [*sorted(role_xmlids(self.env)), "base.group_user"]

    def build_reader(self, role):
        """A user of the role who is an employee of the department, or leads it."""
        name = role.rpartition(".")[2]
        user = new_test_user(self.env, f"door_{name}", groups=f"base.group_user,{role}")
        employee = self.build_employee(name, user=user)
        self.by_order(employee).department_id = self.department
        if name == "group_operator":
            employee._transition({"callcenter_status": "appointed"})
        if name == "group_supervisor":
            self.department.manager_id = employee
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
            drawn = self.env["ir.ui.view"].search([("model", "=", name)])
            kinds = [(False, kind) for kind in LINKED if kind in drawn.mapped("type")]
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

    def get_doors(self, model, user):
        """Rows that the reader may read: one of each state, and one that was there."""
        rows = [
            self.make_row(model, user, {}, state) for state in self.get_states(model)
        ]
        rows += model.search([], limit=1, order="id").ids
        return [
            Door(model, row)
            for row in filter(None, rows)
            if model.browse(row).has_access("read")
        ]

    def get_states(self, model):
        field = model._fields.get("state")
        is_choice = field and field.type == "selection"
        return field.get_values(model.env) if is_choice else [None]

    def make_row(self, model, user, made, state=None):
        """Id of a row all of whose fields are filled; None where it cannot be."""
        if not self.is_kept(model):
            return None
        if model._name not in made:
            made[model._name] = None
            values = self.fill(model.sudo(), user, made)
            values |= {"state": state} if state else {}
            made[model._name] = self.insert(model.sudo(), values)
        return made[model._name]

    def insert(self, model, values):
        try:
            with self.env.cr.savepoint(flush=False), mute_logger("odoo.sql_db"):
                return insert_bare_row(model, **values)
        except Error:
            return None

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
                plain = PLAIN[field.type]
                values[name] = Json({"en_US": plain}) if field.translate else plain
        return {name: value for name, value in values.items() if value is not None}

    def find_target(self, name, user, made):
        model = self.env[name].with_user(user)
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
