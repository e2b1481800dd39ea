from odoo import models


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def _after_callcenter_appointment(self, order):
        """The newcomer begins the plan of his post on his first day."""
        result = super()._after_callcenter_appointment(order)
        # sudo: the order is executed by whoever may, the plan follows
        plans = self.env["callcenter.training.plan"].sudo()
        for employee in self:
            for plan in plans._find_for(employee):
                plan._start_for(employee, order.date_effective, order)
        return result

    def _after_callcenter_cancellation(self, order):
        """Whoever never began has nothing to learn."""
        result = super()._after_callcenter_cancellation(order)
        self.filtered(
            lambda one: one.callcenter_status != "appointed"
        )._drop_callcenter_tasks()
        return result

    def _hand_over_callcenter_work(self, order, successor):
        report = super()._hand_over_callcenter_work(order, successor)
        line = {
            "what": self.env._("Training tasks"),
            "count": self._drop_callcenter_tasks(),
            "to": self.env._("Taken back"),
        }
        return [*report, line]

    def _drop_callcenter_tasks(self):
        # sudo: the order ends them, whoever executes it
        tasks = self.env["callcenter.training.task"].sudo()
        tasks = tasks.search(
            [("employee_id", "in", self.ids), ("state", "in", ("open", "proposed"))]
        )
        tasks._cancel()
        return len(tasks)

    def _repeat_callcenter_weak_topics(self, evaluation):
        """Practice by the rules first; the rest is advised as before."""
        # sudo: what he is to repeat follows from the marks, whoever gave them
        self.env["callcenter.retraining.rule"].sudo()._follow(evaluation)
        return super()._repeat_callcenter_weak_topics(evaluation)

    def _get_callcenter_weak_topics(self, evaluation):
        """Without the topics that he practises for this evaluation."""
        weak = super()._get_callcenter_weak_topics(evaluation)
        return weak - evaluation.training_task_ids.topic_id
