from odoo import Command
from odoo.exceptions import UserError

from ....tools.personnel.name_cases import make_login

_GROUP_OPERATOR = "callcenter_ops.group_operator"


class UserAccount:
    """The user account of the employee whom an order is about.

    :param order: ``callcenter.personnel.order``, one record
    """

    def __init__(self, order):
        self.order = order
        # An order links a card with its user: the card's own guard lets it through.
        self.employee = order.employee_id._in_transition()
        self.env = self.employee.env

    def check_login_free(self):
        """The login may belong to nobody, or to the returning person's old user."""
        if self.employee.user_id:
            return
        if not self._get_login():
            raise UserError(
                self.env._("Give a login: none can be made from the employee's name.")
            )
        owner = self._get_login_owner()
        if owner and (owner.active or owner.employee_ids - self.employee):
            raise UserError(
                self.env._(
                    "The login “%(login)s” belongs to another user: give another one "
                    "on the order.",
                    login=self._get_login(),
                )
            )

    def open(self):
        """Create or re-open the user of the employee with the rights of the post."""
        user = self._find_user()
        if user.active:
            user.write({"group_ids": [Command.link(gid) for gid in self._get_groups()]})
            return
        user = self._reopen(user) if user else self._create()
        if self.employee.user_id != user:
            self.employee.user_id = user
        self.order._transition({"opened_user_id": user.id})

    def set_operator_rights(self, job):
        """Give the operator's rights, or take them away, as the post wants it."""
        command = Command.link if job.is_callcenter_operator else Command.unlink
        group = self.env.ref(_GROUP_OPERATOR)
        self.employee.user_id.write({"group_ids": [command(group.id)]})

    def end_access(self, user):
        """End sessions, keys and operator's rights; others keep their own company.

        :return: numbers of keys and of devices that were ended
        """
        keys, devices = user.api_key_ids, user.device_ids
        counts = len(keys), len(devices)
        user._action_revoke_all_devices()
        keys.unlink()
        group = self.env.ref(_GROUP_OPERATOR)
        user.write({"group_ids": [Command.unlink(group.id)]})
        return counts

    def restore(self, user):
        """Let a person who was dismissed by mistake in again, as the post wants it."""
        if user:
            user.write({"active": True, "group_ids": [Command.set(self._get_groups())]})

    def close(self):
        """End the access; archive a user whom this very order has opened."""
        user = self.employee.user_id
        if not user:
            return
        self.end_access(user)
        others = user.employee_ids - self.employee
        if self.order.opened_user_id == user and not others:
            user.action_archive()

    # -- finding and making the user --

    def _find_user(self):
        return self.employee.user_id or self._get_login_owner().filtered(
            lambda user: not user.active
        )

    def _get_login_owner(self):
        return self._search_users([("login", "=", self._get_login())])

    def _search_users(self, domain):
        # sudo: a login is taken by users of any company, HR reads only its own
        users = self.env["res.users"].sudo()
        return users.with_context(active_test=False).search(domain)

    def _get_login(self):
        return (self.order.login or self._suggest_login() or "").strip()

    def _suggest_login(self):
        """The work e-mail, else the name in Latin letters, numbered when taken."""
        base = make_login(self.employee.name or "")
        if self.employee.work_email or not base:
            return self.employee.work_email
        taken = set(
            self._search_users([("login", "=like", f"{base}%")]).mapped("login")
        )
        numbered = (f"{base}{number}" for number in range(2, len(taken) + 3))
        return next(login for login in (base, *numbered) if login not in taken)

    def _get_groups(self):
        groups = self.env.ref("base.group_user")
        if self.order.job_id.is_callcenter_operator:
            groups |= self.env.ref(_GROUP_OPERATOR)
        return groups.ids

    def _reopen(self, user):
        """A returning person starts from the rights of the post alone."""
        self.restore(user)
        self.order._log_line(
            self.order._told_to().env._("User %(login)s re-opened.", login=user.login)
        )
        return user

    def _create(self):
        users = self.env["res.users"].with_context(no_reset_password=True)
        user = users.create(self._prepare_values())
        self._invite(user)
        return user

    def _prepare_values(self):
        company = self.order.company_id
        contact = self.employee.work_contact_id
        vals = {
            "name": self.employee.name,
            "login": self._get_login(),
            "email": self.employee.work_email,
            "tz": company.callcenter_tz,
            "lang": self.employee.lang or self.env.user.lang,
            "company_id": company.id,
            "company_ids": [Command.set(company.ids)],
            "group_ids": [Command.set(self._get_groups())],
        }
        if contact and not contact.with_context(active_test=False).user_ids:
            vals["partner_id"] = contact.id
        return vals

    def _invite(self, user):
        """Queue Odoo's own invitation; it leaves when a mail server is there."""
        template = self.env.ref(
            "auth_signup.set_password_email", raise_if_not_found=False
        )
        if not template or not user.email:
            self.order._log_line(
                self.order._told_to().env._(
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
        self.order._log_line(
            self.order._told_to().env._(
                "User %(login)s created and invited.", login=user.login
            )
        )
