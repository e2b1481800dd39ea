from odoo import Command, api, fields, models
from odoo.tools.misc import format_date

_GROUP_DIRECTOR = "callcenter_ops.group_director"
_TODO = "mail.mail_activity_data_todo"


class SubstitutionDirector(models.AbstractModel):
    """Who signs and approves while the Director is away."""

    _name = "callcenter.substitution.director"
    _description = "Rights of the Director's deputy"

    is_director_granted = fields.Boolean(
        string="Signs for the Director",
        readonly=True,
        help="The deputy holds the Director's rights because of this substitution.",
    )

    def _sync_director_rights(self):
        """Bring the Director's rights of all deputies in line with today."""
        granted = self.search([("is_director_granted", "=", True)])
        wanted = self._get_acting_for_directors(granted)
        (granted - wanted)._revoke_director(wanted.deputy_employee_id.user_id)
        (wanted - granted)._grant_director()

    @api.model
    def _get_acting_for_directors(self, granted):
        """Substitutions of today whose deputy, at the end of the chain, is acting
        for a Director.

        :param granted: substitutions that have given the rights already: their
            deputies are no Directors of their own
        """
        wanted = self.browse()
        borrowed = granted.deputy_employee_id.user_id
        own = self.env.ref(_GROUP_DIRECTOR).all_user_ids - borrowed
        for company, heads in own.employee_ids.grouped("company_id").items():
            today = company._callcenter_today()
            acting = self._get_stand_ins(heads, today).values()
            deputies = heads.browse().union(*acting) - own.employee_ids
            in_force = self.search(self._get_in_force_domain(today))
            replaced = heads | in_force.deputy_employee_id
            wanted |= in_force.filtered_domain(
                [
                    ("deputy_employee_id", "in", deputies.ids),
                    ("absent_employee_id", "in", replaced.ids),
                ]
            )
        return wanted

    def _grant_director(self):
        group = self.env.ref(_GROUP_DIRECTOR)
        for record in self.filtered("deputy_employee_id.user_id"):
            user = record.deputy_employee_id.user_id
            user.write({"group_ids": [Command.link(group.id)]})
            record.is_director_granted = True
            record._ask_for_signatures(user)
            record.order_id._log_line(
                self.env._(
                    "%(deputy)s may sign in the Director's place until %(end)s.",
                    deputy=user.name,
                    end=format_date(self.env, record.date_to),
                )
            )

    def _ask_for_signatures(self, deputy):
        """Tell the deputy of the orders that wait for the Director's signature."""
        for order in self._get_waiting_orders():
            order.activity_schedule(
                _TODO,
                date_deadline=order.date_effective,
                summary=self.with_context(lang=deputy.lang).env._("Sign the order"),
                user_id=deputy.id,
            )

    def _get_waiting_orders(self):
        return self.env["callcenter.personnel.order"].search(
            [("state", "=", "submitted"), ("company_id", "in", self.company_id.ids)]
        )

    def _revoke_director(self, kept):
        """:param kept: users whom another substitution leaves the rights"""
        group = self.env.ref(_GROUP_DIRECTOR)
        for record in self:
            record.is_director_granted = False
            user = record.deputy_employee_id.user_id
            if user not in kept:
                user.write({"group_ids": [Command.unlink(group.id)]})
                record._get_waiting_orders().activity_unlink(
                    [_TODO], user_id=user.id, only_automated=True
                )
            record.order_id._log_line(
                self.env._("%(deputy)s signs no more.", deputy=user.name)
            )

    @api.model
    def _get_represented_director(self, user):
        """The absent Director in whose place the user signs today, as ``hr.employee``;
        empty for a Director and for everybody else."""
        # sudo: every role may know who the Directors are
        own = self.env.ref(_GROUP_DIRECTOR).sudo().all_user_ids
        # sudo: a deputy may not read his own card
        person = user.sudo().employee_id
        today = (person.company_id or self.env.company)._callcenter_today()
        directors = own.employee_ids.filtered(
            lambda one: one.company_id == person.company_id
        )
        acting = self._get_stand_ins(directors - person, today)
        return directors.filtered(lambda one: person and acting.get(one.id) == person)[
            :1
        ]
