from odoo import fields, models
from odoo.tools import SQL

from ...tools.mastery import reviews
from ..quiz.exam_reserve import ExamReserve


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

    def _get_callcenter_reviews(self, moment=None):
        """What each of ``self`` has to repeat at ``moment``: for shifts in low hours.

        :param moment: naive UTC; None: now
        :return: ``{employee_id: {"due": cards due, "assigned": right answers that tasks
            still ask for, "minutes": whole minutes for both at his pace}}``
        """
        moment = moment or fields.Datetime.now()
        due, paces = {}, dict(self._query_callcenter_pace())
        for company, employees in self.grouped("company_id").items():
            due |= dict(employees._query_callcenter_due(company, moment))
        assigned = self._get_callcenter_assigned()
        return {
            id_: self._prepare_reviews(due.get(id_, 0), assigned.get(id_, 0), pace)
            for id_ in self.ids
            for pace in [paces.get(id_, reviews.USUAL_SECONDS)]
        }

    def _prepare_reviews(self, due, assigned, pace):
        minutes = reviews.minutes(due + assigned, pace)
        return {"due": due, "assigned": assigned, "minutes": minutes}

    def _query_callcenter_due(self, company, moment):
        """``[(employee id, cards due), …]`` of what practice may show."""
        self.env.flush_all()
        return self.env.execute_query(
            SQL(
                """SELECT m.employee_id, count(*) FROM callcenter_mastery m
                     JOIN callcenter_fact f ON f.id = m.fact_id AND f.active
                    WHERE m.employee_id = ANY(%s) AND m.due_at <= %s AND NOT %s
                    GROUP BY m.employee_id""",
                self.ids,
                moment,
                # sudo: people read no sections; what exams keep is told as a sum
                ExamReserve(self.sudo().env, company).is_withheld(),
            )
        )

    def _query_callcenter_pace(self):
        """``[(employee id, seconds a card), …]`` of whoever practised lately."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """SELECT employee_id, sum(LEAST(%s, extract(epoch FROM
                          answered_at - create_date))), count(*)
                     FROM callcenter_practice_card
                    WHERE employee_id = ANY(%s) AND answered_at IS NOT NULL
                    GROUP BY employee_id""",
                reviews.LONGEST,
                self.ids,
            )
        )
        return [
            (id_, reviews.seconds_a_card(float(total), count))
            for id_, total, count in rows
        ]

    def _get_callcenter_assigned(self):
        """``{employee id: right answers that his tasks still ask for}``."""
        # sudo: a sum of the persons asked for, for whoever plans their hours
        tasks = self.env["callcenter.training.task"].sudo()
        rows = tasks._read_group(
            [
                ("employee_id", "in", self.ids),
                ("kind", "=", "practice"),
                ("state", "=", "open"),
            ],
            ["employee_id"],
            ["goal:sum", "done_count:sum"],
        )
        return {employee.id: max(0, goal - done) for employee, goal, done in rows}
