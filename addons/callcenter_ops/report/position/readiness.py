from odoo import api, fields, models
from odoo.tools import SQL


class Readiness(models.Model):
    """Who may call today and why not: a row for each appointed employee.

    The rows are read from the employees; the reasons are asked of every room at
    the moment of reading, so that the board never tells an old truth.
    """

    _name = "callcenter.readiness"
    _description = "Readiness of an operator"
    _auto = False
    _order = "name, id"
    _depends = {
        "hr.employee": [
            "name",
            "active",
            "user_id",
            "company_id",
            "callcenter_status",
            "current_version_id",
        ],
        "hr.version": ["job_id", "department_id"],
    }

    name = fields.Char(string="Operator", readonly=True)
    employee_id = fields.Many2one("hr.employee", readonly=True)
    user_id = fields.Many2one("res.users", readonly=True)
    job_id = fields.Many2one("hr.job", string="Post", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    is_cleared = fields.Boolean(
        string="May call", compute="_compute_blockers", search="_search_is_cleared"
    )
    blocker_count = fields.Integer(string="Reasons", compute="_compute_blockers")
    blocker_text = fields.Text(string="Why not", compute="_compute_blockers")
    warning_text = fields.Text(
        string="Warnings",
        compute="_compute_warning_text",
        help="What the operator is told though it keeps no clients from him.",
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT employee.id AS id, employee.id AS employee_id, employee.name,
                   employee.user_id, employee.company_id,
                   version.job_id, version.department_id
              FROM hr_employee employee
              JOIN hr_version version ON version.id = employee.current_version_id
             WHERE employee.callcenter_status = 'appointed' AND employee.active
            """
        )

    @api.depends("employee_id")
    def _compute_blockers(self):
        blockers = self._get_blockers()
        for row in self:
            reasons = blockers.get(row.id, [])
            row.is_cleared = not reasons
            row.blocker_count = len(reasons)
            row.blocker_text = "\n".join(reason["message"] for reason in reasons)

    @api.depends("employee_id")
    def _compute_warning_text(self):
        for company, rows in self.grouped("company_id").items():
            today = company.sudo()._callcenter_today()  # sudo: the company's clock
            # sudo: the row's reader sees the warnings, not the employee's file
            employees = self.env["hr.employee"].sudo().browse(rows.ids)
            warnings = employees._get_callcenter_warnings(today)
            for row in rows:
                row.warning_text = "\n".join(one["message"] for one in warnings[row.id])

    @api.model
    def _search_is_cleared(self, operator, value):
        if operator != "in":
            return NotImplemented
        # Only a look at each row tells: they are the appointed operators, no more.
        rows = self.search([])  # pylint: disable=no-search-all
        blockers = rows._get_blockers()
        return [("id", "in", [i for i in rows.ids if (not blockers[i]) in value])]

    def action_view_acknowledgements(self):
        """The documents of this operator, signed and not."""
        self.check_access("read")
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "callcenter_ops.acknowledgement_action"
        )
        return action | {
            "domain": [("employee_id", "=", self.id)],
            "context": {},
        }

    def action_view_timeline(self):
        """Orders, documents and quizzes of this operator on one page."""
        self.check_access("read")
        self.ensure_one()
        return self.env["callcenter.timeline"]._get_action(self.id, self.name)

    def _get_blockers(self):
        """``{row id: blockers of today}``, each company by its own day."""
        blockers = {}
        for company, rows in self.grouped("company_id").items():
            # sudo: the row's reader sees the reasons, not the employee's file
            employees = self.env["hr.employee"].sudo().browse(rows.ids)
            today = company.sudo()._callcenter_today()  # sudo: the company's clock
            blockers |= employees._get_callcenter_blockers(today)
        return blockers
