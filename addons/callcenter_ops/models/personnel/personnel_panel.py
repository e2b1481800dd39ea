from dateutil.relativedelta import relativedelta
from odoo import api, fields, models

_SOON_DAYS = 14
_TERM_DAYS = 30


class PersonnelPanel(models.Model):
    """A tile of HR's home: how many records wait, and the way to them."""

    _name = "callcenter.personnel.panel"
    _description = "Tile of HR's home"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    hint = fields.Char(translate=True)
    icon = fields.Char()
    sequence = fields.Integer(default=10)
    count = fields.Integer(compute="_compute_count")
    is_urgent = fields.Boolean(
        compute="_compute_count", help="Something here should not wait."
    )

    _code_unique = models.Constraint("unique (code)", "This tile exists already.")

    @api.depends("code")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_count(self):
        for panel in self:
            model, domain, urgent = panel._get_target()
            panel.count = self.env[model].search_count(domain)
            panel.is_urgent = bool(urgent and panel.count)

    def action_open(self):
        """The records behind the tile."""
        self.ensure_one()
        self.check_access("read")
        return self._get_action()

    def _get_action(self):
        model, domain, _urgent = self._get_target()
        modes = self._get_view_modes(model)
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": model,
            "view_mode": ",".join(modes),
            "views": [[False, mode] for mode in modes],
            "domain": domain,
        }

    def _get_target(self):
        """``(model, domain, is urgent)`` of the tile."""
        self.ensure_one()
        return self._get_targets()[self.code]()

    @api.model
    def _get_targets(self):
        """The table of tiles: ``{code: function that gives a target}``.

        A higher room adds its own, and a record of data with the code.
        """
        return {
            "to_prepare": self._get_target_to_prepare,
            "to_sign": self._get_target_to_sign,
            "due": self._get_target_due,
            "unsigned_paper": self._get_target_unsigned_paper,
            "probation": self._get_target_probation,
            "acting": self._get_target_acting,
            "headless": self._get_target_headless,
            "leaving": self._get_target_leaving,
            "duties": self._get_target_duties,
            "terms": self._get_target_terms,
        }

    @api.model
    def _get_steps(self):
        """What stands in HR's list of work: ``{code: (deadline, label, step)}``.

        The deadline is a field of the records behind the tile, or None; the step is a
        method of theirs, the external id of a dialog, or None: the record is opened.
        """
        submit, register = self.env._("Submit for signature"), self.env._("Register")
        see = self.env._("Open")
        dialog = "callcenter_ops.order_paper_register_action"
        return {
            "to_prepare": ("date_effective", submit, "action_submit"),
            "due": ("date_execution", self.env._("Execute"), "action_execute"),
            "unsigned_paper": ("date_effective", register, dialog),
            "probation": ("trial_date_end", see, None),
            "leaving": ("callcenter_last_day", see, None),
            "duties": ("date_last", self.env._("Done"), "action_done"),
            "terms": ("date_end", see, None),
            "headless": (None, see, None),
        }

    @api.model
    def _get_view_modes(self, model):
        """The views in which a tile opens; its employees are shown as a list."""
        if model == "hr.employee":
            return ["list", "form"]
        if model == "callcenter.personnel.duty":
            return ["list"]
        return ["list", "kanban", "form"]

    def _get_target_to_prepare(self):
        return "callcenter.personnel.order", [("state", "=", "draft")], False

    def _get_target_to_sign(self):
        return "callcenter.personnel.order", [("state", "=", "submitted")], False

    def _get_target_due(self):
        today = self.env.company._callcenter_today()
        domain = [("state", "=", "signed"), ("date_execution", "<=", today)]
        return "callcenter.personnel.order", domain, True

    def _get_target_unsigned_paper(self):
        domain = [
            ("state", "in", ("signed", "executed")),
            ("paper_date", "=", False),
            ("paper_refused", "=", False),
            ("brought_in", "=", False),
        ]
        return "callcenter.personnel.order", domain, False

    def _get_target_probation(self):
        today = self.env.company._callcenter_today()
        domain = [
            ("callcenter_status", "=", "appointed"),
            ("trial_date_end", ">=", today),
            ("trial_date_end", "<=", today + relativedelta(days=_SOON_DAYS)),
            ("company_id", "in", self.env.companies.ids),
        ]
        # sudo: the Director sees whose probation ends, the date is in HR's hands
        people = self.env["hr.employee"].sudo().search(domain)
        return "hr.employee", [("id", "in", people.ids)], True

    def _get_target_acting(self):
        today = self.env.company._callcenter_today()
        substitutions = self.env["callcenter.substitution"]
        return (
            substitutions._name,
            list(substitutions._get_in_force_domain(today)),
            False,
        )

    def _get_target_headless(self):
        return "hr.department", [("callcenter_is_headless", "=", True)], True

    def _get_target_duties(self):
        duties = self.env["callcenter.personnel.duty"]
        return duties._name, list(duties._get_shown_domain()), True

    def _get_target_terms(self):
        """Of the orders in force: who is not there any more has no term."""
        today = self.env.company._callcenter_today()
        domain = [
            ("state", "=", "executed"),
            ("date_end", ">=", today),
            ("date_end", "<=", today + relativedelta(days=_TERM_DAYS)),
            ("employee_id.callcenter_status", "=", "appointed"),
        ]
        return "callcenter.personnel.order", domain, False

    def _get_target_leaving(self):
        domain = [("callcenter_last_day", "!=", False)]
        return "hr.employee", domain, False
