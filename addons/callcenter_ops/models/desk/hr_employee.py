from odoo import models

_TODO = "mail.mail_activity_data_todo"


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def _report_pace(self, seen):
        """Tell the supervisor, once a day, that clients pass through too fast.

        :param seen: clients within five minutes
        """
        today = self.company_id._callcenter_today()
        head = self.department_id._get_acting_manager(today).user_id
        reader = self._told_to(head)
        summary = reader.env._("Clients pass through too fast")
        known = [("summary", "=", summary), ("date_deadline", "=", today)]
        if not head or self.activity_ids.filtered_domain(known):
            return
        self.activity_schedule(
            _TODO,
            date_deadline=today,
            user_id=head.id,
            summary=summary,
            note=reader.env._(
                "%(operator)s was handed %(count)s clients within five minutes: look "
                "at what became of them.",
                operator=self.name,
                count=seen,
            ),
        )

    def _release_claims(self):
        """His desk is closed with the last client taken out of his hands."""
        done = super()._release_claims()
        # sudo: HR executes the order and has no rights on the states of operators
        states = self.env["callcenter.operator.state"].sudo()
        if states._get_current(self).state not in (False, "offline"):
            states._switch(self, "offline", reason="dismissal")
        return done
