from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

_BATCH = 200
_TODO = "mail.mail_activity_data_todo"


class AcknowledgementReminderMixin(models.AbstractModel):
    """Three steps of insisting: an activity, a mail, the supervisor.

    ``reminder`` keeps the step that was taken, so that a run after a crash goes on
    where the last batch was committed, and nobody is told twice.
    """

    _name = "callcenter.acknowledgement.reminder.mixin"
    _description = "Reminders of an acknowledgement"

    @api.model
    def _cron_remind(self):
        """Tell the asked, remind the late, escalate what stays unsigned."""
        for company, today in self.env["res.company"]._callcenter_todays():
            late = today - timedelta(days=company.callcenter_escalation_days)
            own = Domain("company_id", "=", company.id)
            self._take_step(own & self._get_step_domain("none"), "_tell_employee")
            self._take_step(
                own & self._get_step_domain("told") & Domain("due_date", "<", today),
                "_mail_employee",
            )
            self._take_step(
                own & self._get_step_domain("mailed") & Domain("due_date", "<", late),
                "_escalate",
            )

    @api.model
    def _get_step_domain(self, step):
        return (
            Domain("state", "=", "pending")
            & Domain("reminder", "=", step)
            & Domain("user_id", "!=", False)
        )

    @api.model
    def _take_step(self, domain, method):
        """Take one step for all of ``domain``, a batch and a commit at a time."""
        while batch := self.search(domain, limit=_BATCH):
            getattr(batch, method)()
            if not self._commit_batch(len(batch)):
                break

    @api.model
    def _commit_batch(self, processed):
        """Commit inside a cron run; elsewhere the caller owns the transaction."""
        if not self.env.context.get("ir_cron_progress_id"):
            return True
        return self.env["ir.cron"]._commit_progress(processed)

    def _tell_employee(self):
        """An activity for each, due on the last day to sign."""
        summary = self.env._("Read and sign")
        self._create_activities(
            [(record, record.user_id, record.due_date, summary) for record in self]
        )
        self.reminder = "told"

    def _mail_employee(self):
        template = self.env.ref("callcenter_ops.mail_template_acknowledgement_late")
        template.send_mail_batch(self.ids)
        self.reminder = "mailed"

    def _escalate(self):
        """An activity for whoever heads the employee's department today."""
        wanted = []
        for record in self:
            today = record.company_id._callcenter_today()
            user = record._get_supervisor(today).user_id
            summary = self.env._(
                "%(employee)s has not signed: %(document)s",
                employee=record.employee_id.name,
                document=record.document_name,
            )
            if user:
                wanted.append((record, user, today, summary))
            else:
                record._message_log(
                    body=self.env._("Nobody heads the department to be told.")
                )
        self._create_activities(wanted)
        self.reminder = "escalated"

    def _get_supervisor(self, on_date):
        """Who heads the department on that day; without one the manager."""
        self.ensure_one()
        head = (
            self.department_id._get_acting_manager(on_date)
            if (self.department_id)
            else self.env["hr.employee"]
        )
        return head - self.employee_id or self.employee_id.parent_id

    @api.model
    def _create_activities(self, wanted):
        """:param wanted: list of ``(acknowledgement, user, deadline, summary)``"""
        values = {
            "activity_type_id": self.env.ref(_TODO).id,
            "automated": True,
            "res_model_id": self.env["ir.model"]._get_id(self._name),
        }
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(
            [
                values
                | {
                    "res_id": record.id,
                    "user_id": user.id,
                    "date_deadline": deadline,
                    "summary": summary,
                }
                for record, user, deadline, summary in wanted
            ]
        )
