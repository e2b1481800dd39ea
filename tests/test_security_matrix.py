"""What holds for the rights of every model of both addons, whatever its room."""

import inspect

from odoo.exceptions import AccessError, UserError
from odoo.models import BaseModel
from odoo.service.model import get_public_method
from odoo.tests import TransactionCase, new_test_user, tagged
from source_tree import ADDONS

OUR_MODULES = tuple(f"odoo.addons.{addon.name}." for addon in ADDONS)
# Evidence: once made it is corrected by another record, never removed.
UNDELETABLE = {
    "callcenter.acknowledgement",
    "callcenter.call",
    "callcenter.clearance",
    "callcenter.quiz.attempt",
    "callcenter.quiz.attempt.item",
    "callcenter.report.sheet",
}
# What every employee may open: what he himself is asked to sign, and its page.
OWN_PAPERS = {("callcenter.acknowledgement", "read")}
OWN_MODELS = {"callcenter.acknowledgement", "callcenter.acknowledgement.sign"}
# The id of a row that is never there.
NO_ROW = 2**31 - 1
OPERATIONS = ("read", "create", "write", "unlink")


@tagged("post_install", "-at_install")
class TestSecurityMatrix(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.outsider = new_test_user(cls.env, "outsider", groups="base.group_user")
        cls.everyone = new_test_user(
            cls.env,
            "everyone",
            groups=",".join(sorted(role_xmlids(cls.env))),
        )
        cls.operator = new_test_user(
            cls.env, "operator", groups="callcenter_ops.group_operator"
        )

    def _own_models(self):
        return [
            self.env[name]
            for name in sorted(self.env.registry)
            if name.startswith("callcenter.") and self.env[name]._auto
        ]

    def test_an_employee_without_a_role_reaches_no_model(self):
        for model in self._own_models():
            for operation in OPERATIONS:
                with self.subTest(model=model._name, operation=operation):
                    allowed = model.with_user(self.outsider).has_access(operation)
                    is_own = (model._name, operation) in OWN_PAPERS
                    self.assertEqual(allowed and not model._transient, is_own)

    def test_no_role_deletes_evidence(self):
        for name in sorted(UNDELETABLE & set(self.env.registry)):
            with self.subTest(model=name):
                model = self.env[name].with_user(self.everyone)
                self.assertFalse(model.has_access("unlink"))

    def test_an_operator_creates_and_deletes_nothing_by_himself(self):
        for model in self._own_models():
            for operation in ("create", "unlink"):
                with self.subTest(model=model._name, operation=operation):
                    allowed = model.with_user(self.operator).has_access(operation)
                    self.assertFalse(allowed and not model._transient)

    def test_every_model_of_a_company_has_its_company_rule(self):
        for model in self._own_models():
            if "company_id" not in model._fields or model._transient:
                continue
            with self.subTest(model=model._name):
                rules = self.env["ir.rule"].search(
                    [("model_id.model", "=", model._name), ("groups", "=", False)]
                )
                domains = " ".join(rules.mapped("domain_force"))
                self.assertIn("company_id", domains)

    def test_no_public_method_serves_an_employee_without_a_role(self):
        for model in self._all_own_models():
            for name in _public_methods(model):
                with self.subTest(model=model._name, method=name):
                    self._assert_refused(model, name)

    def _all_own_models(self):
        """Mixins are left out: what they bring is tried on their heirs."""
        models = [
            self.env[name]
            for name in sorted(self.env.registry)
            if name.startswith("callcenter.")
        ]
        return [m for m in models if not (m._abstract and m._inherit_children)]

    def _assert_refused(self, model, name):
        """Refused on a row of the model, or before it is even looked for one."""
        record = model.browse()
        if not model._abstract and not model._transient:
            record = model.sudo().search([], limit=1)
        method = getattr(record.with_user(self.outsider), name)
        refusal = UserError
        if not record and not getattr(method, "_api_model", False):
            # No row here: whoever may reach none must be told so all the same, and
            # not that this one is missing.
            method = getattr(model.browse(NO_ROW).with_user(self.outsider), name)
            refusal = UserError if model._name in OWN_MODELS else AccessError
        with self.assertRaises(refusal), self.env.cr.savepoint():
            method(*_guess_arguments(method))


def role_xmlids(env):
    groups = env.ref("callcenter_ops.privilege_callcenter").group_ids
    return [xmlids[0] for xmlids in groups._get_external_ids().values()]


def _public_methods(model):
    """Names that RPC reaches and that our addons define or override."""
    names = set()
    for klass in type(model).__mro__:
        if klass.__module__.startswith(OUR_MODULES) and issubclass(klass, BaseModel):
            names |= {
                name
                for name, value in vars(klass).items()
                if callable(value) and not name.startswith("_")
            }
    return sorted(name for name in names if _reachable(model, name))


def _reachable(model, name):
    if hasattr(BaseModel, name):  # create, write, read...: rights are tested above
        return False
    try:
        get_public_method(model, name)
    except (AccessError, AttributeError):
        return False
    return True


def _guess_arguments(method):
    """A harmless value for each argument that has no default."""
    samples = {"ids": [], "values": {}, "vals": {}, "state": "ready"}
    return [
        samples.get(parameter.name, 1)
        for parameter in inspect.signature(method).parameters.values()
        if parameter.default is inspect.Parameter.empty
        and parameter.kind
        in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD)
    ]
