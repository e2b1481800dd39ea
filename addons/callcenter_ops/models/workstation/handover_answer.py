from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class HandoverAnswer(models.AbstractModel):
    """What the employee named in an act says to it: yes, yes but, or not so."""

    _name = "callcenter.handover.answer"
    _description = "Answer of the employee to an act"

    employee_remark = fields.Text(
        string="Employee's remark", readonly=True, copy=False, tracking=True
    )
    is_mine = fields.Boolean(compute="_compute_is_mine")

    @api.depends("employee_id.user_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for act in self:
            # sudo: whose act it is may be known to whoever may read the act
            act.is_mine = act.sudo().employee_id.user_id == self.env.user

    def action_accept(self):
        """The employee himself confirms the act: the equipment changes hands."""
        self._check_own_issued()
        # sudo: the employee may sign his act but write no other field of it
        self.sudo()._finish(self.env.user)

    def action_answer(self):
        """Ask the employee for his remark to an act that waits for him."""
        self.ensure_one()
        self._check_own_issued()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Remark to the act"),
            "res_model": "callcenter.handover.reply",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_act_id": self.id},
        }

    def _accept_with_remark(self, remark):
        """The employee signs and notes what is wrong; HR is told."""
        self._note_remark(remark)
        self.action_accept()

    def _note_remark(self, remark):
        """Keep the employee's words on the act and tell who issued it."""
        self.ensure_one()
        self._check_own_issued()
        remark = (remark or "").strip()
        if not remark:
            raise UserError(self.env._("Write what is wrong."))
        # sudo: the employee may remark on his act but write no other field of it
        act = self.sudo()
        act._transition({"employee_remark": remark})
        act.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=act.issued_by_id.id or act.create_uid.id,
            summary=self.env._("Remark to the act %(number)s", number=act.name),
            note=remark,
        )

    def _check_own_issued(self):
        self.check_access("read")
        self._check_in_state("issued")
        if not all(act.is_mine for act in self):
            raise AccessError(
                self.env._("Only the employee named in the act may confirm it.")
            )
