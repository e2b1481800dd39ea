from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

_BATCH = 200
_TODO = "mail.mail_activity_data_todo"


class AcknowledgementReminderMixin(models.AbstractModel):
    """Three steps of insisting: an activity, a mail, the supervisor.

    Who has no user account cannot be told here: his supervisor is told in his place
    at the first step and at the last one.

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
            asked, told, mailed = (
                own & self._get_step_domain(step) for step in ("none", "told", "mailed")
            )
            has_user = Domain("user_id", "!=", False)
            is_late = Domain("due_date", "<", late)
            self._take_step(asked & has_user, "_tell_employee")
            self._take_step(asked & ~has_user, "_tell_supervisor")
            self._take_step(
                told & has_user & Domain("due_date", "<", today), "_mail_employee"
            )
            self._take_step(is_late & (mailed | (told & ~has_user)), "_escalate")

    @api.model
    def _get_step_domain(self, step):
        return Domain("state", "=", "pending") & Domain("reminder", "=", step)

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
        """An activity for each, due on the last day to sign, in his language."""
        self._create_activities(
            [
                (
                    record,
                    record.user_id,
                    record.due_date,
                    record._in_language_of(record.user_id).env._("Read and sign"),
                )
                for record in self
            ]
        )
        self.reminder = "told"

    def _tell_supervisor(self):
        """An activity for the supervisor of each who has no account to be told in."""
        for company, records in self.grouped("company_id").items():
            today = company._callcenter_today()
            records._tell_supervisors(today, "due_date", "_get_errand")
        self.reminder = "told"

    def _mail_employee(self):
        template = self.env.ref("callcenter_ops.mail_template_acknowledgement_late")
        template.send_mail_batch(self.ids)
        self.reminder = "mailed"

    def _escalate(self):
        """An activity for whoever heads the employee's department today."""
        for company, records in self.grouped("company_id").items():
            today = company._callcenter_today()
            records._tell_supervisors(today, "", "_get_escalation")
        self.reminder = "escalated"

    def _tell_supervisors(self, today, deadline, words):
        """An activity for whoever answers for each employee today.

        :param deadline: name of the field with the deadline; today when empty
        :param words: name of the method that says what is to be done
        """
        heads = self._get_supervisors(today)
        told = self.filtered(lambda record: heads[record.id].user_id)
        self._create_activities(
            [
                (
                    one,
                    user := heads[one.id].user_id,
                    one[deadline] if deadline else today,
                    getattr(one, words)(user),
                )
                for one in told
            ]
        )
        for record in self - told:
            record._message_log(
                body=self.env._("Nobody heads the department to be told.")
            )

    def _get_errand(self, user):
        return self._in_language_of(user).env._(
            "%(employee)s has no user account; have it signed: %(document)s",
            employee=self.employee_id.name,
            document=self.document_name,
        )

    def _get_escalation(self, user):
        return self._in_language_of(user).env._(
            "%(employee)s has not signed: %(document)s",
            employee=self.employee_id.name,
            document=self.document_name,
        )

    def _in_language_of(self, user):
        return self.with_context(lang=user.lang)

    def _get_supervisors(self, on_date):
        """Who answers for the employee of each record on that day.

        The head of his department, or of the nearest one above that he does not
        head himself; without one his manager, or who stands in for that manager.

        :return: ``{acknowledgement id: hr.employee, empty when there is nobody}``
        """
        departments = self.env["hr.department"].search(
            [("id", "parent_of", self.department_id.ids)]
        )
        heads = departments._get_acting_managers(on_date)
        managers = self.employee_id.parent_id
        acting = self.env["callcenter.substitution"]._get_stand_ins(managers, on_date)
        nobody = managers.browse()
        return {
            record.id: record._find_head_above(heads)
            or acting.get(record.employee_id.parent_id.id, nobody) - record.employee_id
            for record in self
        }

    def _find_head_above(self, heads):
        """The first head other than the employee himself, going up."""
        self.ensure_one()
        department = self.department_id
        while department:
            if head := heads[department.id] - self.employee_id:
                return head
            department = department.parent_id
        return self.env["hr.employee"]

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
