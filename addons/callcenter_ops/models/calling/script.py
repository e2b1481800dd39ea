from odoo import api, fields, models
from odoo.tools import ormcache

from ...tools.calling.script_text import unreached, walk
from ..common.cached_settings import SETTINGS_CACHE

_LONGEST_PATH = 200


class Script(models.Model):
    """A conversation in steps: what to say, and where each answer leads."""

    _name = "callcenter.script"
    _inherit = ["callcenter.cached.settings"]
    _description = "Script of a conversation"
    _order = "name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    product_id = fields.Many2one(
        "product.product",
        help="Fills in what steps without a product of their own say of it.",
    )
    step_ids = fields.One2many("callcenter.script.step", "script_id", copy=False)
    campaign_ids = fields.One2many("callcenter.campaign", "script_id", readonly=True)
    step_count = fields.Integer(string="Steps", compute="_compute_step_count")
    problems = fields.Text(compute="_compute_problems")

    @api.depends("step_ids")
    def _compute_step_count(self):
        for record in self:
            record.step_count = len(record.step_ids)

    @api.depends_context("lang")
    @api.depends("step_ids.sequence", "step_ids.answer_ids.next_step_id")
    def _compute_problems(self):
        for record in self:
            lost = record._get_unreached_steps()
            names = ", ".join(lost.mapped("name"))
            words = self.env._("No answer leads to: %(steps)s.", steps=names)
            record.problems = words if lost else False

    def _get_unreached_steps(self):
        """Steps that a conversation from the first step on never comes to."""
        steps = self.step_ids.sorted()
        ways = {step.id: step.answer_ids.next_step_id.ids for step in steps}
        return steps.browse(unreached(steps.ids, ways))

    @ormcache("self.id", "self.env.lang", cache=SETTINGS_CACHE)
    def _get_plain_steps(self):
        """The steps in order as plain values, nothing filled in; the first one begins.

        :return: tuple of dicts ``id``, ``name``, ``text`` (HTML), ``product_id``,
            ``answers``: dicts ``id``, ``name``, ``next_id``, ``disposition_id``
        """
        # sudo: operators read no scripts; the desk shows them that of their claim
        script = self.sudo()
        return tuple(
            {
                "id": step.id,
                "name": step.name,
                "text": step.text or "",
                "product_id": (step.product_id or script.product_id).id,
                "answers": [
                    {
                        "id": answer.id,
                        "name": answer.name,
                        "next_id": answer.next_step_id.id,
                        "disposition_id": answer.disposition_id.id,
                    }
                    for answer in step.answer_ids.sorted()
                ],
            }
            for step in script.step_ids.sorted()
        )

    def _get_path(self, answers):
        """Steps of the conversation that a browser tells of, see ``walk``.

        :param answers: ids of the client's answers, as sent: anything may be in it
        """
        if not self:
            return False
        answers = answers if isinstance(answers, list) else []
        return walk(self._get_plain_steps(), answers[:_LONGEST_PATH]) or False

    def copy_data(self, default=None):
        vals_list = super().copy_data(default=default)
        if "name" not in (default or {}):
            for record, vals in zip(self, vals_list, strict=True):
                vals["name"] = self.env._("%(name)s (copy)", name=record.name)
        return vals_list

    def copy(self, default=None):
        copies = super().copy(default)
        for old, new in zip(self, copies, strict=True):
            old._copy_steps(new)
        return copies

    def _copy_steps(self, script):
        """The same steps for ``script``, their answers leading to the new ones."""
        steps = self.step_ids.sorted()
        made = steps.create(
            [step.copy_data({"script_id": script.id})[0] for step in steps]
        )
        new_of = dict(zip(steps, made, strict=True))
        for answer in steps.answer_ids:
            answer.copy(
                {
                    "step_id": new_of[answer.step_id].id,
                    "next_step_id": new_of.get(answer.next_step_id, steps[:0]).id,
                }
            )
