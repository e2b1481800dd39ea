"""Attacks come over real HTTP, signed in as the role named: what a browser can send."""

import json

from odoo.addons.callcenter_ops.tests.calling.common import CallingCase
from odoo.http import Request, root
from odoo.tests import HttpCase, new_test_user

TRAINER = "callcenter_training.group_trainer"
ROLES = (
    "operator",
    "supervisor",
    "hr",
    "director",
    "manager",
    "trainer",
    "outsider",
)


class Answer:
    """What the server said, whether data or a refusal.

    :param response: of a JSON-RPC request
    """

    def __init__(self, response):
        self.response = response
        self.text = response.text
        try:
            self.body = response.json()
        except ValueError:
            self.body = {}

    @property
    def error(self):
        """Name of the exception, e.g. ``odoo.exceptions.AccessError``; "" without."""
        error = self.body.get("error")
        if not error:
            return "" if self.response.ok else f"HTTP {self.response.status_code}"
        return error.get("data", {}).get("name") or error.get("message", "?")

    @property
    def result(self):
        return self.body.get("result")

    @property
    def is_refused(self):
        """Refused in words, and not by a crash of the server."""
        return self.error.startswith("odoo.exceptions.")


class AttackCase(CallingCase, HttpCase):
    """A company of the calling room, one user per role, over HTTP.

    ``self.users[role]`` are the users of ``ROLES``; ``self.sign_in(role or user)``
    opens his session, in developer mode, which anybody may turn on.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = "base.group_user"
        if cls.env.ref(TRAINER, raise_if_not_found=False):
            groups = f"{groups},{TRAINER}"
        cls.users["trainer"] = new_test_user(
            cls.env, "cc_trainer", groups=groups, tz="UTC"
        )

    def sign_in(self, who):
        """Open a session; ``who`` is a role, or a user whose password is his login."""
        user = self.users[who] if isinstance(who, str) else who
        self.env.flush_all()
        self.authenticate(user.login, user.login)
        self.session.debug = "1"
        root.session_store.save(self.session)
        return user

    def ask(self, path, **params):
        """One JSON-RPC request to ``path``."""
        self.env.flush_all()
        asked = {"jsonrpc": "2.0", "method": "call", "params": params}
        answer = Answer(self.url_open(path, json=asked, timeout=60))
        self.env.invalidate_all()
        return answer

    def call(self, model, method, *args, **kwargs):
        """``model.method(*args, **kwargs)`` as the browser calls it."""
        return self.ask(
            f"/web/dataset/call_kw/{model}/{method}",
            model=model,
            method=method,
            args=args,
            kwargs=kwargs,
        )

    def press(self, model, method, ids, **context):
        """A button of a form."""
        return self.ask(
            f"/web/dataset/call_button/{model}/{method}",
            model=model,
            method=method,
            args=[ids],
            kwargs={"context": context},
        )

    def change(self, model, values, spec, ids=(), **context):
        """What a form works out after ``values`` were put into it.

        :param spec: fields that are told, as ``onchange`` takes them
        """
        names = list(values)
        return self.call(
            model, "onchange", list(ids), values, names, spec, context=context
        )

    def suggest(self, model, text, **kwargs):
        """The look-up of a many2one."""
        return self.call(model, "name_search", text, **kwargs)

    def get(self, path):
        """A page or file, as an ``Answer``."""
        self.env.flush_all()
        answer = Answer(self.url_open(path, timeout=60))
        self.env.invalidate_all()
        return answer

    def report(self, name, ids, kind="html"):
        """A paper: ``html``, ``text`` or ``pdf``."""
        return self.get(f"/report/{kind}/{name}/{','.join(map(str, ids))}")

    def attachment(self, attachment):
        return self.get(f"/web/content/{attachment.id}")

    def export(self, model, domain, names):
        """A list as a CSV file, as the export window asks for it."""
        asked = {
            "model": model,
            "domain": domain,
            "ids": False,
            "fields": [{"name": name, "label": name, "type": "char"} for name in names],
            "import_compat": False,
            "groupby": [],
        }
        self.env.flush_all()
        form = {"data": json.dumps(asked), "csrf_token": Request.csrf_token(self)}
        return Answer(self.url_open("/web/export/csv", data=form, timeout=60))

    def subscribe(self, *channels):
        """What the bus has for a browser that listens to ``channels``."""
        return self.ask(
            "/websocket/peek_notifications",
            channels=list(channels),
            last=0,
            is_first_poll=True,
        )

    def assert_refused(self, answer, *secrets):
        """Refused in words; none of ``secrets`` is in them."""
        self.assertTrue(answer.is_refused, answer.error or answer.text[:500])
        self.assert_silent(answer, *secrets)

    def assert_silent(self, answer, *secrets):
        text = answer.text.lower()
        for secret in secrets:
            self.assertNotIn(str(secret).lower(), text)
