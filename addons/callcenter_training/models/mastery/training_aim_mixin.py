from odoo import api, fields, models
from odoo.exceptions import ValidationError

# What each kind and scope cannot do without.
_NEEDS = {
    "topic": "topic_id",
    "category": "categ_id",
    "products": "product_tmpl_ids",
    "quiz": "quiz_id",
}


class TrainingAimMixin(models.AbstractModel):
    """What somebody is to learn, and how much of it: a step of a plan, a task."""

    _name = "callcenter.training.aim.mixin"
    _description = "What is to be learnt"

    kind = fields.Selection(
        [
            ("practice", "Practice"),
            ("cards", "Learning cards"),
            ("quiz", "Quiz"),
            ("document", "Documents"),
            ("shift", "With a mentor"),
        ],
        string="What to do",
        default="practice",
        required=True,
        help="Done by evidence: questions answered rightly, cards opened, the quiz "
        "passed, documents signed. What one does with a mentor is confirmed by the "
        "supervisor or the trainer.",
    )
    scope = fields.Selection(
        [
            ("topic", "A topic"),
            ("category", "A product category"),
            ("products", "Products"),
            ("weak", "What the person does not know yet"),
        ],
        string="About",
        default="topic",
        required=True,
    )
    topic_id = fields.Many2one("callcenter.topic", ondelete="restrict")
    categ_id = fields.Many2one(
        "product.category", string="Product category", ondelete="restrict"
    )
    product_tmpl_ids = fields.Many2many("product.template", string="Products")
    quiz_id = fields.Many2one("callcenter.quiz", ondelete="cascade")
    policy_id = fields.Many2one(
        "callcenter.policy",
        string="Local act or briefing",
        ondelete="cascade",
        help="Empty: all the documents that the person is asked to acknowledge.",
    )
    goal = fields.Integer(
        string="How many",
        default=10,
        required=True,
        help="Different questions to be answered rightly, or cards to be opened.",
    )

    @api.constrains(
        "kind", "scope", "topic_id", "categ_id", "product_tmpl_ids", "quiz_id", "goal"
    )
    def _check_aim(self):
        for one in self:
            missing = one._get_missing_aim()
            if missing:
                raise ValidationError(
                    self.env._(
                        "Say what is to be learnt: “%(field)s” is empty.",
                        field=self._fields[missing]._description_string(self.env),
                    )
                )

    def _get_missing_aim(self):
        """The name of the field that is needed and empty; None: all is said."""
        if self.kind in ("practice", "cards"):
            if self.goal < 1:
                return "goal"
            wanted = _NEEDS.get(self.scope)
        else:
            wanted = _NEEDS.get(self.kind)
        if (self.kind, self.scope) == ("cards", "weak"):
            wanted = "product_tmpl_ids"
        return wanted if wanted and not self[wanted] else None

    def _get_aim_values(self):
        """The aim as values for another record."""
        return {
            "kind": self.kind,
            "scope": self.scope,
            "topic_id": self.topic_id.id,
            "categ_id": self.categ_id.id,
            "product_tmpl_ids": [(6, 0, self.product_tmpl_ids.ids)],
            "quiz_id": self.quiz_id.id,
            "policy_id": self.policy_id.id,
            "goal": self.goal,
        }

    def _get_aim_name(self):
        """What is to be done, in words of the reader's language."""
        self.ensure_one()
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        words = (kinds.get(self.kind), self._get_subject_name())
        return ": ".join(filter(None, words))

    def _get_subject_name(self):
        # sudo: whoever is told his task reads neither the act nor the topic's record
        one = self.sudo()
        if one.kind in ("practice", "cards"):
            if one.scope == "weak":
                return self.env._("weak spots")
            subject = one[_NEEDS.get(one.scope, "topic_id")]
        else:
            subject = one.quiz_id or one.policy_id
        return ", ".join(subject.mapped("display_name"))
