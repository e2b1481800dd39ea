import psycopg2
from odoo import api, models
from odoo.exceptions import ConcurrencyError
from odoo.fields import Domain

from ...fastpath.prepared import run_prepared
from ...fastpath.row_cache import prime

_REMINDERS = 1000
_FIND = """
SELECT id, employee_id, date, company_id, state FROM callcenter_report_sheet
 WHERE (employee_id, date) IN (
       SELECT * FROM unnest(%(employees)s::int[], %(days)s::date[]))
"""


class ReportSheetMaker(models.AbstractModel):
    """Makes the sheet of an operator's day when its first call is saved."""

    _name = "callcenter.report.sheet.maker"
    _description = "Making of report sheets"

    @api.model
    def _ensure(self, keys):
        """The sheets of ``(employee id, day)`` pairs, made where they are missing.

        :return: dict pair -> sheet
        :raise ConcurrencyError: another request made one just now; Odoo tries again
        """
        found = self._find(keys)
        missing = [key for key in dict.fromkeys(keys) if key not in found]
        if missing:
            self._insert(missing)
            found = self._find(keys)
        if len(found) < len(set(keys)):
            raise ConcurrencyError("A report sheet was made by another request")
        return found

    @api.model
    def _find(self, keys):
        if not keys:
            return {}
        self.flush_model(["employee_id", "date", "company_id", "state"])
        employee_ids, days = zip(*set(keys), strict=True)
        keys = {"employees": list(employee_ids), "days": list(days)}
        run_prepared(self.env.cr, _FIND, keys)
        rows = self.env.cr.fetchall()
        found = {}
        for sheet_id, employee_id, day, company_id, state in rows:
            sheet = self.browse(sheet_id)
            prime(sheet, company_id=company_id, state=state)
            found[employee_id, day] = sheet
        return found

    @api.model
    def _insert(self, keys):
        values = self._prepare_values(keys)
        try:
            with self.env.cr.savepoint():
                self._in_transition().create(values)
        except psycopg2.errors.UniqueViolation as error:
            raise ConcurrencyError("A report sheet was made meanwhile") from error

    @api.model
    def _prepare_values(self, keys):
        employees = self.env["hr.employee"].browse({key[0] for key in keys})
        by_id = {employee.id: employee for employee in employees}
        return [
            {
                "employee_id": employee_id,
                "date": day,
                "company_id": by_id[employee_id].company_id.id,
                "department_id": by_id[employee_id].department_id.id,
                "plan_attempts": by_id[employee_id].company_id.callcenter_plan_attempts,
                "plan_contacts": by_id[employee_id].company_id.callcenter_plan_contacts,
            }
            for employee_id, day in keys
        ]

    @api.model
    def _cron_remind(self):
        """Remind operators, and who heads them now, of past days not handed in.

        One reminder a sheet; a run that is cut off goes on with the rest.
        """
        late = self._get_late_sheets()
        heads = late.department_id._get_acting_managers(
            self.env.company._callcenter_today()
        )
        for number, sheet in enumerate(late, 1):
            sheet._remind(heads.get(sheet.department_id.id))
            self.env["ir.cron"]._commit_progress(1, remaining=len(late) - number)

    def _remind(self, head):
        """One activity for the operator and one for ``head``, each in his language."""
        self.ensure_one()
        for user in self._get_reminded(head):
            reader = self.with_context(lang=user.lang)
            reader.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=user.id,
                summary=reader._get_reminder(user),
            )

    def _get_reminded(self, head):
        users = self.employee_id.user_id
        return users | head.user_id if head else users

    def _get_reminder(self, user):
        if user == self.employee_id.user_id:
            return self.env._("Hand in the sheet of %(day)s", day=self.date)
        return self.env._(
            "%(operator)s has not handed in the sheet of %(day)s",
            operator=self.employee_id.name,
            day=self.date,
        )

    @api.model
    def _get_late_sheets(self):
        late = Domain.OR(
            Domain("company_id", "=", company.id) & Domain("date", "<", today)
            for company, today in self.env["res.company"]._callcenter_todays()
        )
        waiting = Domain("state", "=", "draft") & Domain("activity_ids", "=", False)
        active = Domain("employee_id.user_id.active", "=", True)
        return self.search(late & waiting & active, limit=_REMINDERS)
