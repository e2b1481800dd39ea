from odoo import fields, models
from odoo.tools import SQL


class Timeline(models.Model):
    """What happened to an employee, in the order of time, from every room.

    A room adds its events by extending ``_get_timeline_queries`` and, for new
    kinds, the selection. Each query has a number of its own below 16, so that the
    ids of different sources never meet: ``id * 16 + number``.
    """

    _name = "callcenter.timeline"
    _description = "Timeline of an operator"
    _auto = False
    _order = "moment desc, id desc"
    _depends = {
        "callcenter.acknowledgement": [
            "employee_id",
            "user_id",
            "department_id",
            "company_id",
            "document_name",
            "state",
            "create_date",
            "signed_on",
            "refused_on",
        ],
        "callcenter.personnel.order": [
            "employee_id",
            "company_id",
            "department_id",
            "name",
            "state",
            "order_type",
            "signed_on",
            "executed_on",
        ],
        "hr.employee": ["user_id"],
    }

    employee_id = fields.Many2one("hr.employee", readonly=True)
    user_id = fields.Many2one("res.users", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    moment = fields.Datetime(string="When", readonly=True)
    kind = fields.Selection(
        [
            ("order_signed", "Order signed"),
            ("order_executed", "Order executed"),
            ("document_asked", "Asked to sign"),
            ("document_signed", "Document signed"),
            ("document_refused", "Refused to sign"),
        ],
        string="What",
        readonly=True,
    )
    title = fields.Char(string="Subject", readonly=True)
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", readonly=True)

    @property
    def _table_query(self):
        return SQL(" UNION ALL ").join(self._get_timeline_queries())

    def action_open(self):
        """The order or document behind the event."""
        self.check_access("read")
        self.ensure_one()
        self.env[self.res_model].browse(self.res_id).check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [[False, "form"]],
        }

    def _get_action(self, employee_id, name):
        """The page of one employee."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "callcenter_ops.timeline_action"
        )
        return action | {
            "name": self.env._("Timeline of %(name)s", name=name),
            "domain": [("employee_id", "=", employee_id)],
        }

    def _get_timeline_queries(self):
        """One SELECT for each kind of event, all with the same columns."""
        return [
            self._get_order_query(1, "order_signed", SQL("signed_on")),
            self._get_order_query(2, "order_executed", SQL("executed_on")),
            self._get_document_query(3, "document_asked", SQL("create_date")),
            self._get_document_query(4, "document_signed", SQL("signed_on")),
            self._get_document_query(
                5, "document_refused", SQL("refused_on::timestamp")
            ),
        ]

    def _get_order_query(self, number, kind, moment):
        return SQL(
            """
            SELECT event.id * 16 + %(number)s AS id, event.employee_id,
                   employee.user_id, event.department_id, event.company_id,
                   event.%(moment)s AS moment, %(kind)s AS kind,
                   event.name AS title,
                   'callcenter.personnel.order' AS res_model, event.id AS res_id
              FROM callcenter_personnel_order event
              JOIN hr_employee employee ON employee.id = event.employee_id
             WHERE event.%(moment)s IS NOT NULL
            """,
            number=number,
            kind=kind,
            moment=moment,
        )

    def _get_document_query(self, number, kind, moment):
        return SQL(
            """
            SELECT event.id * 16 + %(number)s AS id, event.employee_id,
                   event.user_id, event.department_id, event.company_id,
                   event.%(moment)s AS moment, %(kind)s AS kind,
                   event.document_name AS title,
                   'callcenter.acknowledgement' AS res_model, event.id AS res_id
              FROM callcenter_acknowledgement event
             WHERE event.%(moment)s IS NOT NULL
            """,
            number=number,
            kind=kind,
            moment=moment,
        )
