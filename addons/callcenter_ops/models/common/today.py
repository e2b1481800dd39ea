from odoo import api, fields, models
from odoo.exceptions import AccessError

# Of each kind so many lines; a number beside them tells how many there are.
MOST_LINES = 8


class Today(models.AbstractModel):
    """The first screen of a role: what waits by its deadline, and what it watches.

    Each room adds what it knows by the hooks, which are asked for every role that the
    user has. What they find, they find with his rights.
    """

    _name = "callcenter.today"
    _description = "First screen of a role"

    @api.model
    @api.readonly
    def get_screen(self):
        """What the user sees first, by his roles.

        :return: list of dicts, one a role, of plain values:
            ``role``, ``title``; ``work``: lines (see ``_prepare_line``), the earliest
            deadline first; ``counts`` and ``risks`` (see ``_prepare_count``);
            ``figures``: name, value and plan as texts, ``tone`` good | bad | empty;
            ``chains``: people on their way to the first call; ``team``: who does what
            now, or False
        :raise AccessError: no role of his has a first screen
        """
        roles = [
            (role, title)
            for role, group, title in self._get_roles()
            if self.env.user.has_group(group)
        ]
        if not roles:
            raise AccessError(self.env._("Your role has no first screen of its own."))
        return [self._get_part(role, title) for role, title in roles]

    @api.model
    def _get_part(self, role, title):
        return {
            "role": role,
            "title": title,
            "work": sorted(self._get_work(role), key=lambda line: line["due"] or "9"),
            "counts": self._get_counts(role),
            "risks": self._get_risks(role),
            "figures": self._get_figures(role),
            "chains": self._get_chains(role),
            "team": self._get_team(role),
        }

    # ------------------------------------------------------------------ the hooks

    @api.model
    def _get_roles(self):
        """``[(role, external id of its group, title)]``: who has a first screen."""
        return []

    @api.model
    def _get_work(self, role):
        """Lines of what the role has to do."""
        return []

    @api.model
    def _get_counts(self, role):
        """How many of each kind wait, with the way to them."""
        return []

    @api.model
    def _get_risks(self, role):
        """What goes wrong, in the shape of counts."""
        return []

    @api.model
    def _get_figures(self, role):
        """The figures that the role answers for."""
        return []

    @api.model
    def _get_chains(self, role):
        """``[{name, action, dots: [{label, is_done}]}]`` of newcomers."""
        return []

    @api.model
    def _get_team(self, role):
        """Who does what now: dict ``states``, ``rows``; False for no team."""
        return False

    # ------------------------------------------------------------------- its parts

    @api.model
    def _prepare_line(self, record, title, text, due, steps, action=None):
        """One thing to do.

        :param str title: whom or what it is about
        :param str text: what is to be done or decided
        :param due: date, naive UTC moment, or False
        :param list steps: of ``_prepare_step``; the first one is the usual
        :param dict action: what a click on the title opens; the record by default
        """
        return {
            "key": f"{record._name},{record.id}",
            "title": title or record.display_name,
            "text": text,
            "due": str(due) if due else "",
            "is_late": self._is_late(due),
            "action": action or self._open_record(record),
            "steps": steps,
        }

    @api.model
    def _is_late(self, due):
        if hasattr(due, "hour"):
            return due < fields.Datetime.now()
        return bool(due) and due < self.env.company._callcenter_today()

    @api.model
    def _prepare_step(self, label, action=None, record=None, method=None):
        """A button of a line: it opens ``action``, or asks ``method`` of the record."""
        call = method and {
            "model": record._name,
            "method": method,
            "ids": record.ids,
        }
        return {"label": label, "action": action or False, "call": call or False}

    @api.model
    def _prepare_count(self, key, label, count, action, hint="", is_urgent=False):
        """How many of a kind there are, and the way to them."""
        return {
            "key": key,
            "label": label,
            "hint": hint or "",
            "count": count,
            "is_urgent": bool(is_urgent and count),
            "action": action,
        }

    @api.model
    def _count(self, key, label, model, domain, **options):
        """``_prepare_count`` of the records of a domain."""
        found = self.env[model]
        action = self._open_list(label, model, domain, options.pop("modes", None))
        count = found.search_count(domain)
        return self._prepare_count(key, label, count, action, **options)

    @api.model
    def _prepare_figure(self, name, label, value, plan, is_good, action):
        """A figure beside its plan, as texts; ``is_good`` None: nothing to judge."""
        is_judged = plan and is_good is not None
        tone = ("good" if is_good else "bad") if is_judged else ""
        return {
            "name": name,
            "label": label,
            "value": value,
            "plan": plan or "",
            "tone": tone,
            "action": action,
        }

    @api.model
    def _open_record(self, record):
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [[False, "form"]],
        }

    @api.model
    def _open_list(self, name, model, domain, modes=None):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "views": [[False, mode] for mode in modes or ("list", "form")],
            "domain": domain,
        }
