from odoo import api, fields, models

from ..bank.value_reader import ValueReader


class ProductTemplate(models.Model):
    """A card to learn a product from: what it is and does, and what has changed."""

    _inherit = "product.template"

    callcenter_replaced_by_ids = fields.One2many(
        "product.template",
        "callcenter_replaces_id",
        string="Replaced by",
        help="What came in its place.",
    )
    callcenter_changes = fields.Text(
        string="Changed since your last answer",
        compute="_compute_callcenter_changes",
        help="What was said of the product before, and what holds now.",
    )

    def action_open_callcenter_card(self):
        """Open the learning card: no cost, no stock, nothing to edit."""
        self.check_access("read")
        self.ensure_one()
        self.env["callcenter.training.task"]._note_card(self)
        view = self.env.ref("callcenter_training.product_template_view_card")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Learning card"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(view.id, "form")],
        }

    @api.depends_context("uid", "lang")
    def _compute_callcenter_changes(self):
        reader = ValueReader(self.env)
        for product in self:
            changes = product._get_changed_facts()
            product.callcenter_changes = "\n".join(
                product._describe_change(reader, fact, old) for fact, old in changes
            )

    def _get_changed_facts(self):
        """``[(fact in force, the one before it), …]`` newer than one's last answer."""
        # sudo: people read no facts; of this product they may read what is told
        every = self.env["callcenter.fact"].sudo().with_context(active_test=False)
        own = every.search([("product_tmpl_id", "=", self.id)])
        last = self._get_last_answer(own)
        earlier = {self._get_key(fact): fact for fact in own}
        fresh = own.filtered(
            lambda fact: (
                fact.active
                and fact.version > 1
                and (not last or fact.create_date > last)
                and self._is_told(fact)
            )
        )
        pairs = [(fact, earlier.get(self._get_key(fact, before=1))) for fact in fresh]
        return [(fact, old) for fact, old in pairs if old]

    def _get_key(self, fact, before=0):
        return fact.template_id, fact.attribute_id, fact.version - before

    def _is_told(self, fact):
        """Pictures and marks of novelty have no words."""
        return fact.template_id.formatter not in ("image", "recent", "flag")

    def _get_last_answer(self, facts):
        # sudo: only his own answers about this product
        own = self.env["callcenter.mastery"].sudo()
        employee = self.env.user.sudo().employee_id  # sudo: his own record
        domain = [("employee_id", "=", employee.id), ("fact_id", "in", facts.ids)]
        return max(own.search(domain).mapped("last_review_at"), default=False)

    def _describe_change(self, reader, fact, old):
        said, before = (
            ", ".join(reader.get_texts(fact.template_id, one.value))
            for one in (fact, old)
        )
        name = fact.attribute_id.name or fact.template_id.name
        return f"{name}: {before} → {said}"
