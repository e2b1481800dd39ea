from odoo import fields, models


class HrEmployee(models.Model):
    _name = "hr.employee"
    _inherit = ["hr.employee", "callcenter.guarded.mixin"]

    _guarded_fields = ("callcenter_status",)

    callcenter_status = fields.Selection(
        [
            ("candidate", "Candidate"),
            ("appointed", "Appointed"),
            ("dismissed", "Dismissed"),
        ],
        string="Call centre status",
        default="candidate",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        groups="hr.group_hr_user,callcenter_ops.group_director,"
        "callcenter_ops.group_supervisor",
        help="Follows from the executed orders alone.",
    )

    def _get_callcenter_blockers(self, on_date):
        """Why the employee may not be handed clients on ``on_date``.

        Each room adds its own reasons to ``super()``; an empty list means cleared.

        :param on_date: date in the call centre's time zone
        :return: list of ``{"code": str, "message": str, "action": dict | False}``,
            the action being what clears the blocker for the person himself
        """
        self.ensure_one()
        if self.sudo().callcenter_status == "appointed":  # sudo: operators ask too
            return []
        return [
            {
                "code": "not_appointed",
                "message": self.env._(
                    "No order of appointment is in force for %(name)s.", name=self.name
                ),
                "action": False,
            }
        ]

    def _after_callcenter_appointment(self, order):
        """Called in the transaction that executes an order of appointment.

        Rooms extend it: documents to acknowledge, quizzes to take.
        """

    def _hand_over_callcenter_work(self, order, successor):
        """Called in the transaction that executes an order of dismissal.

        :param order: ``callcenter.personnel.order`` of kind dismissal
        :param successor: ``hr.employee`` who takes the work over, may be empty
        :return: list of ``{"what": str, "count": int, "to": str}`` for the report
        """
        return []
