from dateutil.relativedelta import relativedelta
from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ...tools.personnel.name_cases import make_login

_HR_AND_DIRECTOR = "callcenter_ops.group_hr,callcenter_ops.group_director"
_GROUP_OPERATOR = "callcenter_ops.group_operator"


class OrderAppointment(models.AbstractModel):
    """What an order of appointment asks for and does."""

    _name = "callcenter.order.appointment"
    _description = "Order of appointment"

    trial_months = fields.Integer(string="Probation, months", tracking=True)
    date_trial_end = fields.Date(
        string="Probation ends on", compute="_compute_date_trial_end", store=True
    )
    resource_calendar_id = fields.Many2one(
        "resource.calendar", string="Work schedule", check_company=True
    )
    contract_number = fields.Char(copy=False)
    contract_date = fields.Date(copy=False)
    login = fields.Char(
        copy=False,
        groups=_HR_AND_DIRECTOR,
        help="Login of the user account; empty = the work e-mail, or the name in "
        "Latin letters.",
    )
    opened_user_id = fields.Many2one(
        "res.users", readonly=True, copy=False, groups=_HR_AND_DIRECTOR
    )

    _amounts_positive = models.Constraint(
        "CHECK (COALESCE(wage, 0) >= 0 AND COALESCE(trial_months, 0) >= 0)",
        "The wage and the probation cannot be negative.",
    )

    @api.depends("date_effective", "trial_months")
    def _compute_date_trial_end(self):
        for order in self:
            order.date_trial_end = order._get_trial_end()

    def _check_appointment(self):
        if not self.job_id or not self.department_id:
            raise UserError(
                self.env._("Name the post and the department of the appointment.")
            )
        if self.employee_id.callcenter_status == "appointed":
            raise UserError(
                self.env._(
                    "%(name)s is appointed already: use an order of transfer.",
                    name=self.employee_id.name,
                )
            )
        self._check_login_free()

    def _execute_appointment(self):
        self._remember_previous()
        employee = self.employee_id
        if not employee.active:
            employee.action_unarchive()
        self._write_version(self.date_effective, self._prepare_appointment_version())
        self._write_manager()
        self._open_user()
        employee._transition({"callcenter_status": "appointed"})
        employee._after_callcenter_appointment(self)

    def _undo_appointment(self, order):
        """Annul the appointment: as if the person had never started."""
        self.employee_id._transition(
            {"callcenter_status": self.previous_values["callcenter_status"]}
        )
        self._restore_previous(self.date_effective)
        self._close_user()

    def _prepare_appointment_version(self):
        vals = {
            "job_id": self.job_id.id,
            "department_id": self.department_id.id,
            "wage": self.wage,
        }
        if self.resource_calendar_id:
            vals["resource_calendar_id"] = self.resource_calendar_id.id
        if self.trial_months:
            vals["trial_date_end"] = self.date_trial_end
        if not self.employee_id._get_version(self.date_effective)._is_in_contract(
            self.date_effective
        ):
            vals["contract_date_start"] = self.date_effective
            vals["contract_date_end"] = self.date_end
        return vals

    def _get_trial_end(self):
        """Last day of the probation: the day before the same day of the month."""
        if not self.trial_months or not self.date_effective:
            return False
        return self.date_effective + relativedelta(months=self.trial_months, days=-1)

    def _write_version(self, date_from, vals):
        """Write ``vals`` on the employee's versions from ``date_from`` on.

        ``create_version`` returns an existing version of that day and drops the
        values, so they are written afterwards; a version that begins later keeps
        what was changed there on purpose and takes over the rest.
        """
        employee = self.employee_id._in_transition()  # past the card's own guard
        before = employee._get_version(date_from)
        old = {name: before[name] for name in vals}
        # sudo: create_version drops it, and contract fields are HR's alone
        version = employee.create_version({"date_version": date_from}).sudo()
        version.write(vals)
        for later in employee.version_ids.filtered(
            lambda later: later.date_version > date_from
        ):
            later.write({k: v for k, v in vals.items() if later[k] == old[k]})
        self._make_current()

    def _make_current(self):
        """Show the version of today in the company's zone, not of the UTC day."""
        employee = self.employee_id
        version = employee._get_version(self.company_id._callcenter_today())
        if employee.current_version_id != version:
            employee.current_version_id = version

    def _write_manager(self):
        manager = self.department_id.manager_id
        if manager and manager != self.employee_id:
            self.employee_id.parent_id = manager

    # --- the user account -------------------------------------------------------

    def _open_user(self):
        """Create or re-open the user of the employee with the rights of the post."""
        user = self._find_user()
        if user.active:
            user.write({"group_ids": [Command.link(gid) for gid in self._get_groups()]})
            return
        user = self._reopen_user(user) if user else self._create_user()
        if self.employee_id.user_id != user:
            self.employee_id.user_id = user
        self._transition({"opened_user_id": user.id})

    def _reopen_user(self, user):
        """A returning person starts from the rights of the post alone."""
        user.write({"active": True, "group_ids": [Command.set(self._get_groups())]})
        self._log_line(self.env._("User %(login)s re-opened.", login=user.login))
        return user

    def _find_user(self):
        return self.employee_id.user_id or self._get_login_owner().filtered(
            lambda user: not user.active
        )

    def _get_login_owner(self):
        users = self.env["res.users"].sudo()  # sudo: HR may not read archived users
        return users.with_context(active_test=False).search(
            [("login", "=", self._get_login())]
        )

    def _get_login(self):
        return (self.login or self._suggest_login() or "").strip()

    def _suggest_login(self):
        """The work e-mail, else the name in Latin letters, numbered when taken."""
        employee = self.employee_id
        base = make_login(employee.name or "")
        if employee.work_email or not base:
            return employee.work_email
        users = self.env["res.users"].sudo()  # sudo: HR may not read archived users
        similar = users.with_context(active_test=False).search(
            [("login", "=like", f"{base}%")]
        )
        taken = set(similar.mapped("login"))
        numbered = (f"{base}{number}" for number in range(2, len(taken) + 3))
        return next(login for login in (base, *numbered) if login not in taken)

    def _check_login_free(self):
        """The login may belong to nobody, or to the returning person's old user."""
        if self.employee_id.user_id:
            return
        if not self._get_login():
            raise UserError(
                self.env._("Give a login: none can be made from the employee's name.")
            )
        owner = self._get_login_owner()
        if owner and (owner.active or owner.employee_ids - self.employee_id):
            raise UserError(
                self.env._(
                    "The login “%(login)s” belongs to another user: give another one "
                    "on the order.",
                    login=self._get_login(),
                )
            )

    def _create_user(self):
        users = self.env["res.users"].with_context(no_reset_password=True)
        user = users.create(self._prepare_user_values())
        self._invite(user)
        return user

    def _prepare_user_values(self):
        employee = self.employee_id
        contact = employee.work_contact_id
        vals = {
            "name": employee.name,
            "login": self._get_login(),
            "email": employee.work_email,
            "tz": self.company_id.callcenter_tz,
            "lang": employee.lang or self.env.user.lang,
            "company_id": self.company_id.id,
            "company_ids": [Command.set(self.company_id.ids)],
            "group_ids": [Command.set(self._get_groups())],
        }
        if contact and not contact.with_context(active_test=False).user_ids:
            vals["partner_id"] = contact.id
        return vals

    def _get_groups(self):
        groups = self.env.ref("base.group_user")
        if self.job_id.is_callcenter_operator:
            groups |= self.env.ref(_GROUP_OPERATOR)
        return groups.ids

    def _invite(self, user):
        """Queue Odoo's own invitation; it leaves when a mail server is there."""
        template = self.env.ref(
            "auth_signup.set_password_email", raise_if_not_found=False
        )
        if not template or not user.email:
            self._log_line(
                self.env._(
                    "User %(login)s created without an invitation: there is no e-mail "
                    "address. Set a password by hand.",
                    login=user.login,
                )
            )
            return
        user.partner_id.signup_prepare(signup_type="signup")
        template.send_mail(
            user.id, force_send=False, email_values={"email_to": user.email}
        )
        self._log_line(
            self.env._("User %(login)s created and invited.", login=user.login)
        )

    def _close_user(self):
        """Take the operator's rights away and end the sessions of the account."""
        user = self.employee_id.user_id
        if not user:
            return
        user.write({"group_ids": [Command.unlink(self.env.ref(_GROUP_OPERATOR).id)]})
        user._action_revoke_all_devices()
        user.api_key_ids.unlink()
        if self.opened_user_id == user and not user.employee_ids - self.employee_id:
            user.action_archive()
