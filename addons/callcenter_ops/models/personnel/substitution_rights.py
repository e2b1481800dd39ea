from odoo import Command, api, fields, models
from odoo.fields import Domain
from odoo.tools.misc import format_date

_GROUP_SUPERVISOR = "callcenter_ops.group_supervisor"


class SubstitutionRights(models.AbstractModel):
    """What a deputy may do on his days, unless he may do it anyway.

    A head's deputy holds the supervisor's rights. The Director's are held by whoever
    ends the chain of deputies: one person signs on one day.
    """

    _name = "callcenter.substitution.rights"
    _inherit = "callcenter.substitution.director"
    _description = "Rights of deputies"

    is_granted = fields.Boolean(
        string="Rights given",
        readonly=True,
        help="The deputy holds the supervisor's rights because of this substitution.",
    )

    @api.model
    def _cron_sync_rights(self):
        """Give and take the deputies' rights; runs at each company's midnight too."""
        self._sync_rights()

    def _sync_rights(self):
        """Bring the supervisor's rights of all deputies in line with today."""
        records = self.sudo()  # sudo: groups of users follow from signed orders
        wanted = records.browse()
        for (company,) in records._read_group([], ["company_id"]):
            domain = self._get_in_force_domain(company._callcenter_today())
            wanted |= records.search(domain & Domain("company_id", "=", company.id))
        granted = records.search([("is_granted", "=", True)])
        (granted - wanted)._revoke()
        (wanted - granted)._grant()
        records._sync_director_rights()

    def _grant(self):
        group = self.env.ref(_GROUP_SUPERVISOR)
        for record in self.filtered(lambda record: record._replaces_head()):
            user = record.deputy_employee_id.user_id
            if not user or (group in user.all_group_ids and not record._has_twin(user)):
                continue  # a supervisor of his own right keeps it afterwards
            user.write({"group_ids": [Command.link(group.id)]})
            record.is_granted = True
            record._pass_on_approvals(user)
            record.order_id._log_line(
                self.env._(
                    "%(deputy)s holds the rights of %(absent)s until %(end)s.",
                    deputy=user.name,
                    absent=record.absent_employee_id.name,
                    end=format_date(self.env, record.date_to),
                )
            )

    def _pass_on_approvals(self, deputy):
        """Tell the deputy of the orders that wait for the absent head's approval."""
        waiting = self.env["callcenter.order.visa"].search(
            [
                ("user_id", "=", self.absent_employee_id.user_id.id or 0),
                ("state", "=", "pending"),
                ("order_id.state", "=", "submitted"),
            ]
        )
        for order in waiting.order_id:
            order.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.with_context(lang=deputy.lang).env._("Approve the order"),
                user_id=deputy.id,
            )

    def _revoke(self):
        group = self.env.ref(_GROUP_SUPERVISOR)
        for record in self:
            record.is_granted = False
            user = record.deputy_employee_id.user_id
            if not record._has_twin(user):
                user.write({"group_ids": [Command.unlink(group.id)]})
            record.order_id._log_line(
                self.env._("The rights of %(deputy)s ended.", deputy=user.name)
            )

    def _has_twin(self, user):
        """Another substitution has given the same user the same rights."""
        return bool(
            self.search_count(
                [
                    ("id", "!=", self.id),
                    ("is_granted", "=", True),
                    ("deputy_employee_id.user_id", "=", user.id),
                ],
                limit=1,
            )
        )

    def _replaces_head(self):
        """The absent person heads a department, supervises, or stands in himself."""
        self.ensure_one()
        absent = self.absent_employee_id
        if absent.user_id and absent.user_id.has_group(_GROUP_SUPERVISOR):
            return True
        heads = self.env["hr.department"].search_count(
            [("manager_id", "=", absent.id)], limit=1
        )
        return bool(heads) or absent in self._get_deputies(self.date_from).values()
