from odoo import Command, fields, models
from odoo.exceptions import UserError


class OrderTransfer(models.AbstractModel):
    """What an order of transfer to another post or department asks for and does."""

    _name = "callcenter.order.transfer"
    _description = "Order of transfer"

    previous_values = fields.Json(
        readonly=True, copy=False, groups="callcenter_ops.group_hr"
    )
    previous_job_id = fields.Many2one(
        "hr.job", string="Former post", readonly=True, copy=False
    )
    previous_department_id = fields.Many2one(
        "hr.department", string="Former department", readonly=True, copy=False
    )

    def _check_transfer(self):
        self._check_appointed()
        employee = self.employee_id
        if not self.job_id or not self.department_id:
            raise UserError(self.env._("Name the new post and the new department."))
        same_place = (self.job_id, self.department_id) == (
            employee.job_id,
            employee.department_id,
        )
        if same_place and not self.wage:
            raise UserError(
                self.env._(
                    "%(name)s holds this post in this department already: a transfer "
                    "names another post, department or wage.",
                    name=employee.name,
                )
            )

    def _check_appointed(self):
        if self.employee_id.callcenter_status != "appointed":
            raise UserError(
                self.env._(
                    "%(name)s is not appointed: an order of appointment must be "
                    "executed first.",
                    name=self.employee_id.name,
                )
            )

    def _execute_transfer(self):
        self._remember_previous()
        vals = {"job_id": self.job_id.id, "department_id": self.department_id.id}
        if self.wage:
            vals["wage"] = self.wage
        if self.resource_calendar_id:
            vals["resource_calendar_id"] = self.resource_calendar_id.id
        self._write_version(self.date_effective, vals)
        self._write_manager()
        self._set_operator_rights(self.job_id)

    def _undo_transfer(self, order):
        """Back to the former post from the day of the cancelling order."""
        self._restore_previous(max(order.date_effective, self.date_effective))
        self._set_operator_rights(self.employee_id.job_id)

    def _set_operator_rights(self, job):
        group = self.env.ref("callcenter_ops.group_operator")
        command = Command.link if job.is_callcenter_operator else Command.unlink
        self.employee_id.user_id.write({"group_ids": [command(group.id)]})

    # --- what was there before, for the undoing ---------------------------------

    def _remember_previous(self):
        employee = self.employee_id
        version = employee._get_version(self.date_effective)
        values = {
            name: version._fields[name].convert_to_write(version[name], version)
            for name in self._get_remembered_fields()
        }
        dates = {
            name: value and value.isoformat()
            for name, value in values.items()
            if version._fields[name].type == "date"
        }
        self._transition(
            {
                "previous_values": values
                | dates
                | {
                    "parent_id": employee.parent_id.id,
                    "callcenter_status": employee.callcenter_status,
                },
                "previous_job_id": version.job_id.id,
                "previous_department_id": version.department_id.id,
            }
        )

    def _get_remembered_fields(self):
        return [
            "job_id",
            "department_id",
            "wage",
            "resource_calendar_id",
            "contract_date_start",
            "contract_date_end",
            "trial_date_end",
        ]

    def _restore_previous(self, date_from):
        previous = dict(self.previous_values or {})
        self.employee_id.parent_id = previous.pop("parent_id", False)
        previous.pop("callcenter_status", None)
        self._write_version(date_from, previous)
