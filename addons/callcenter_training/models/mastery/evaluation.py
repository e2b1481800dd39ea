from odoo import fields, models


class Evaluation(models.Model):
    _inherit = "callcenter.evaluation"

    training_task_ids = fields.One2many(
        "callcenter.training.task", "evaluation_id", string="Practice assigned"
    )

    def action_annul(self, decision):
        """Marks that fell make nobody repeat anything."""
        result = super().action_annul(decision)
        # sudo: what was assigned for the marks goes with them, whoever decides
        tasks = self.sudo().training_task_ids
        tasks.filtered(lambda task: task.state in ("open", "proposed"))._cancel()
        return result
