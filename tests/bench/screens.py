"""Every screen of every role, asked for as the web client asks: time and queries."""

import ast
import time
from dataclasses import dataclass
from datetime import date

from lxml import etree
from odoo.tools.safe_eval import safe_eval

TO_MANY = ("one2many", "many2many")
TYPED = "343"


@dataclass(frozen=True)
class Screen:
    """One request of a screen: who asks for what, and how it is shown."""

    role: str
    action: str
    part: str


class Walker:
    """Opens all actions of a user's menus.

    :param env: the environment of a user, with a context like a browser's
    :param role: his login
    """

    def __init__(self, env, role):
        self.env, self.role = env, role
        self.found = {}

    def walk(self):
        """``{Screen: (milliseconds, queries)}``; a screen that fails has None."""
        for action in self._get_actions():
            self._open(action)
        return self.found

    def _get_actions(self):
        menus = self.env["ir.ui.menu"].load_menus(False).values()
        ids = {
            menu["action_id"]
            for menu in menus
            if (menu.get("xmlid") or "").startswith("callcenter_")
            and menu.get("action_model") == "ir.actions.act_window"
        }
        actions = self.env["ir.actions.act_window"].browse(sorted(ids))
        return [action.sudo()._get_action_dict() for action in actions]

    def _open(self, action):
        model = self.env[action["res_model"]].with_context(
            self._evaluate(action["context"]) or {}
        )
        views = model.get_views([*action["views"], (False, "search")])["views"]
        domain = self._evaluate(action["domain"]) or []
        asked = Asked(model, domain, views)
        for part, ask in asked.get_parts():
            self.found[Screen(self.role, action["name"], part)] = self._time(model, ask)

    def _evaluate(self, text):
        names = {"uid": self.env.uid, "allowed_company_ids": self.env.companies.ids}
        names["context"] = dict(self.env.context)
        names["context_today"] = date.today
        return safe_eval(text, names) if isinstance(text, str) else text

    def _time(self, model, ask):
        """The second of two readings: caches of the process are warm in life."""
        measured = None
        for _turn in range(2):
            model.env.invalidate_all()
            before, start = model.env.cr.sql_log_count, time.perf_counter()
            try:
                ask()
            except Exception:  # noqa: BLE001  (the walk goes on; doors have a test)
                model.env.cr.rollback()
                return None
            seconds = time.perf_counter() - start
            measured = 1000 * seconds, model.env.cr.sql_log_count - before
            if seconds > 5:
                break
        return measured


class Asked:
    """What the web client asks for to draw the views of one action."""

    def __init__(self, model, domain, views):
        self.model, self.domain = model, domain
        self.arches = {
            kind: etree.fromstring(view["arch"]) for kind, view in views.items()
        }

    def get_parts(self):
        """Pairs of a name and a callable."""
        for kind in ("list", "kanban"):
            if kind in self.arches:
                specification = self._specify(self.arches[kind])
                yield kind, lambda asked=specification: self._search(self.domain, asked)
        if "form" in self.arches:
            yield "form", self._read_first
        for kind in ("graph", "pivot"):
            if kind in self.arches:
                yield kind, lambda kind=kind: self._group(self._get_fields(kind))
        yield from self._get_searches()

    def _get_searches(self):
        search = self.arches["search"]
        for node in search.iter("filter"):
            by = ast.literal_eval(node.get("context") or "{}").get("group_by")
            if by:
                yield f"group by {by}", lambda by=by: self._group([by])
        for node in search.iter("field"):
            name = node.get("name")
            if name in self.model._fields:
                domain = [*self.domain, (name, "ilike", TYPED)]
                yield f"search {name}", lambda domain=domain: self._search(domain, {})

    def _search(self, domain, specification):
        self.model.web_search_read(domain, specification, limit=80, count_limit=10001)

    def _read_first(self):
        first = self.model.search(self.domain, limit=1)
        first.web_read(self._specify(self.arches["form"]))

    def _group(self, names):
        self.model.web_read_group(self.domain, names, ["__count"], limit=80)

    def _get_fields(self, kind):
        nodes = self.arches[kind].iter("field")
        return [
            self._with_step(node) for node in nodes if node.get("type") != "measure"
        ] or ["id"]

    def _with_step(self, node):
        name, step = node.get("name"), node.get("interval")
        return f"{name}:{step}" if step else name

    def _specify(self, node):
        asked = {}
        for child in node:
            field = child.tag == "field" and self.model._fields.get(child.get("name"))
            if not field:
                asked |= self._specify(child) if len(child) else {}
            elif field.type == "many2one":
                asked[field.name] = {"fields": {"display_name": {}}}
            elif field.type in TO_MANY:
                asked[field.name] = {"fields": {"display_name": {}}, "limit": 40}
            else:
                asked[field.name] = {}
        return asked
