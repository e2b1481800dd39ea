from dateutil.relativedelta import relativedelta
from odoo import api, fields, models

_SOON_DAYS = 14
# Views of what has no board of cards; an editable list is its own form.
_MODES = {
    "hr.employee": ["list", "form"],
    "callcenter.briefing.period": ["list"],
}


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
        model, domain, _urgent = self._get_target()
        modes = _MODES.get(model, ["list", "kanban", "form"])
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": model,
            "view_mode": ",".join(modes),
            "views": [(False, mode) for mode in modes],
            "domain": domain,
        }

    def _get_target(self):
        """``(model, domain, is urgent)`` of the tile; other rooms add codes."""
        self.ensure_one()
        return getattr(self, f"_get_target_{self.code}")()

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

    def _get_target_acknowledgements(self):
        today = self.env.company._callcenter_today()
        domain = [("state", "=", "pending"), ("due_date", "<", today)]
        return "callcenter.acknowledgement", domain, True

    def _get_target_leaving(self):
        domain = [("callcenter_last_day", "!=", False)]
        return "hr.employee", domain, False

    def _get_target_lapsed(self):
        return "callcenter.briefing.period", [("is_lapsed", "=", True)], True
