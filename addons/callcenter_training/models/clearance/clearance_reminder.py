from odoo import api, fields, models

_REMIND_DAYS = "callcenter_training.remind_days"


class ClearanceReminder(models.AbstractModel):
    """Tells the person and whoever heads him that day in time of a clearance's end."""

    _name = "callcenter.clearance.reminder"
    _description = "Reminder of Clearances that End"

    @api.model
    def _cron_remind(self):
        """Once for each period: an activity for both and a mail to both."""
        days = self._get_days()
        for company, today in self.env["res.company"]._callcenter_todays():
            ending = self.env["callcenter.clearance"].search(
                [
                    ("company_id", "=", company.id),
                    ("state", "=", "valid"),
                    ("reminded_on", "=", False),
                    ("valid_until", ">=", today),
                    ("valid_until", "<=", fields.Date.add(today, days=days)),
                    ("employee_id.callcenter_status", "=", "appointed"),
                ]
            )
            heads = ending.department_id._get_acting_managers(today)
            for clearance in ending:
                head = heads.get(clearance.department_id.id)
                self._remind(clearance, head.user_id if head else head, today)

    def _remind(self, clearance, head, today):
        person = clearance.user_id
        summary = self.env._(
            "“%(quiz)s”: the clearance of %(person)s ends on %(day)s",
            quiz=clearance.quiz_id.name,
            person=clearance.employee_id.name,
            day=clearance.valid_until.strftime("%d.%m.%Y"),
        )
        if person:
            clearance.quiz_id._plan_for(person)
        if head:
            clearance.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=clearance.valid_until,
                summary=summary,
                user_id=head.id,
            )
        partners = person.partner_id | (head.partner_id if head else person.partner_id)
        if partners:
            clearance.message_notify(
                partner_ids=partners.ids,
                subject=summary,
                body=self.env._("%(summary)s. Pass the quiz again.", summary=summary),
            )
        clearance._transition({"reminded_on": today})

    def _get_days(self):
        """Days before the end; a setting, 14 unless changed."""
        # sudo: a setting, read by the scheduled action
        value = self.env["ir.config_parameter"].sudo().get_param(_REMIND_DAYS)
        return int(value) if (value or "").isdigit() else 14
