"""Builders of the training tests: a small catalogue, quizzes, people."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from odoo.addons.callcenter_ops.tests.cases import CallcenterCase
from odoo.tests import new_test_user

from ..models.bank.fact_builder import FactBuilder

TRAINER = "callcenter_training.group_trainer"
_STEPS = Path(__file__).parents[1] / "migrations"


def load_step(version, name):
    """A step of an upgrade, as a module."""
    path = _STEPS / version / f"{name}.py"
    spec = spec_from_file_location(name.replace("-", "_"), path)
    step = module_from_spec(spec)
    spec.loader.exec_module(step)
    return step


class TrainingCase(CallcenterCase):
    """A catalogue of its own, one quiz on it, one operator who may take it.

    The catalogue is the whole assortment: other products are taken off sale, so that
    counts are exact.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.users["trainer"] = new_test_user(
            cls.env, "cc_trainer", groups=f"base.group_user,{TRAINER}", tz="UTC"
        )
        cls.env["product.template"].search([("sale_ok", "=", True)]).sale_ok = False
        cls.sports = cls.build_category("Sports")
        cls.balls = cls.build_category("Balls", cls.sports)
        cls.skis = cls.build_category("Skis", cls.sports)
        cls.builder = FactBuilder(cls.env)
        cls.operator = cls.build_operator(user=cls.users["operator"])
        cls.runner = cls.env["callcenter.quiz.runner"].with_user(cls.users["operator"])

    @classmethod
    def template(cls, code):
        return cls.env.ref(f"callcenter_training.question_template_{code}")

    @classmethod
    def build_category(cls, name, parent=None):
        return cls.env["product.category"].create(
            {"name": name, "parent_id": parent and parent.id}
        )

    @classmethod
    def build_product(cls, name, price, category=None, **vals):
        return cls.env["product.template"].create(
            {
                "name": name,
                "list_price": price,
                "categ_id": (category or cls.balls).id,
                **vals,
            }
        )

    @classmethod
    def build_products(cls, count, category=None, prefix="Ball", price=1000):
        return cls.env["product.template"].create(
            [
                {
                    "name": f"{prefix} {number:03}",
                    "list_price": price + 100 * number,
                    "categ_id": (category or cls.balls).id,
                    "default_code": f"{prefix[0]}{500 + number}",
                }
                for number in range(count)
            ]
        )

    @classmethod
    def build_attribute(cls, name, values, role=None):
        vals = {"name": name, "create_variant": "no_variant"}
        attribute = cls.env["product.attribute"].create(
            vals | ({"callcenter_role": role} if role else {})
        )
        cls.env["product.attribute.value"].create(
            [
                {"name": value, "attribute_id": attribute.id, "sequence": place}
                for place, value in enumerate(values)
            ]
        )
        return attribute

    @classmethod
    def give(cls, product, attribute, *values):
        """Give ``product`` these values of ``attribute``."""
        chosen = attribute.value_ids.filtered(lambda value: value.name in values)
        return cls.env["product.template.attribute.line"].create(
            {
                "product_tmpl_id": product.id,
                "attribute_id": attribute.id,
                "value_ids": [(6, 0, chosen.ids)],
            }
        )

    @classmethod
    def build_quiz(cls, sections=None, **vals):
        """A quiz; ``sections`` are ``(name, template codes, count, extra values)``."""
        sections = sections or [("Prices", ["price"], 4, {})]
        quiz = cls.env["callcenter.quiz"].create(
            {"name": "Balls", "cooldown_hours": 0, "max_starts": 0, **vals}
        )
        for name, codes, count, extra in sections:
            cls.env["callcenter.quiz.section"].create(
                {
                    "quiz_id": quiz.id,
                    "name": name,
                    "template_ids": [(6, 0, [cls.template(c).id for c in codes])],
                    "question_count": count,
                    **extra,
                }
            )
        quiz._transition({"state": "in_force"})
        return quiz

    @classmethod
    def facts(cls, product, code, **domain):
        return cls.env["callcenter.fact"].search(
            [
                ("product_tmpl_id", "=", product.id),
                ("template_id", "=", cls.template(code).id),
            ]
        )

    def coverage_of(self, employee, **context):
        """Coverage of the whole assortment by ``employee``, in percent."""
        self.env.flush_all()
        rows = (
            self.env["callcenter.coverage"]
            .with_context(**context)
            ._read_group([("employee_id", "=", employee.id)], [], ["coverage:avg"])
        )
        return rows[0][0] or 0.0

    def attempt_of(self, status):
        return self.env["callcenter.quiz.attempt"].browse(status["attempt_id"])

    def key_of(self, item):
        return (
            self.env["callcenter.quiz.attempt.key"]
            .search([("item_id", "=", item.id)])
            .key
        )

    def item_at(self, attempt, position):
        return attempt.item_ids.filtered(lambda item: item.position == position)

    def right_answer(self, shown):
        """The positions of the right options of a question shown by the runner."""
        attempt = self.env["callcenter.quiz.attempt"].browse(shown["attempt_id"])
        key = self.key_of(self.item_at(attempt, shown["position"]))
        if shown["kind"] == "short":
            return [next(text for text, is_right in key["answers"] if is_right)]
        return [key["value"]] if shown["kind"] == "number" else key["right"]

    def wrong_answer(self, shown):
        right = self.right_answer(shown)
        if shown["kind"] == "number":
            return [right[0] * 10 + 1]
        if shown["kind"] == "short":
            return [right[0] * 2]
        return [next(p for p in range(len(shown["options"])) if p not in right)]

    def take(self, quiz, right, runner=None):
        """Take ``quiz`` answering the first ``right`` questions rightly; the result."""
        # An abstract model is an empty recordset: not None is what counts.
        runner = self.runner if runner is None else runner
        status = runner.start(quiz.id)
        shown = runner.question(status["attempt_id"])
        while "nonce" in shown:
            good = shown["position"] < right
            choose = self.right_answer if good else self.wrong_answer
            shown = runner.answer(
                shown["attempt_id"], shown["position"], choose(shown), shown["nonce"]
            )
        return runner.submit(status["attempt_id"])
