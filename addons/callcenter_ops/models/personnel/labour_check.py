from odoo import api, fields, models

from ...tools.personnel.labour_checks import find_violations


class LabourCheck(models.Model):
    """One thing that an order is looked at for, with its article and its limit.

    The law changes and the past stays: of each code the latest record that has
    started counts. How the limit is compared stands in ``labour_checks``.
    """

    _name = "callcenter.labour.check"
    _description = "Check of orders"
    _order = "sequence, code, date_from desc"

    code = fields.Selection(
        [
            ("trial_too_long", "Longest probation of all"),
            ("trial_long", "Longest probation of a common post"),
            ("trial_short_contract", "Contract too short for a probation"),
            ("trial_half_year_contract", "Contract with a probation of two weeks"),
            ("wage_missing", "No wage"),
            ("wage_minimum", "Minimum wage"),
            ("contract_missing", "No contract"),
            ("term_too_long", "Longest fixed term"),
            ("transfer_too_long", "Longest temporary transfer"),
            ("notice_employee", "Notice given by the employee"),
            ("notice_employer", "Notice given by the employer"),
            ("ground_out_of_trial", "Ground of a probation that is over"),
            ("ground_no_term", "End of a term that nobody set"),
            ("dated_back", "Order dated back"),
            ("dated_ahead", "Order dated ahead"),
            ("effect_far_ahead", "Effect far ahead"),
            ("effect_far_back", "Effect far back"),
            ("namesake", "Namesake"),
        ],
        string="What is looked at",
        required=True,
        index=True,
    )
    name = fields.Char(string="What is wrong", required=True, translate=True)
    article = fields.Char(
        required=True, help="Article of the law, or the company's rule."
    )
    source = fields.Char(help="The act that sets the limit, with its date.")
    date_from = fields.Date(string="Valid from", required=True)
    severity = fields.Selection(
        [("refuse", "Refuses"), ("warn", "Warns"), ("off", "Is not asked")],
        required=True,
        default="warn",
        help="A warning lets the order go on; who went on is kept in its history.",
    )
    limit = fields.Float(
        digits=(16, 2), help="Months, days or roubles, as the check wants them."
    )
    sequence = fields.Integer(default=10)

    _start_unique = models.Constraint(
        "UNIQUE (code, date_from)", "This check has a limit from that day already."
    )
    _limit_not_negative = models.Constraint(
        'CHECK ("limit" >= 0)', "A limit cannot be negative."
    )

    @api.depends_context("lang")
    @api.depends("name", "article")
    def _compute_display_name(self):
        for check in self:
            check.display_name = f"{check.name} ({check.article})"

    @api.model
    def _get_in_force(self, on_date):
        """Of each code the latest record that has started by that day."""
        # sudo: the checks hold for whoever submits or signs
        started = self.sudo().search([("date_from", "<=", on_date)], order="date_from")
        latest = {one.code: one.id for one in started}
        in_force = started.browse(latest.values())
        return in_force.filtered(lambda one: one.severity != "off").sorted("sequence")

    @api.model
    def _find_violations(self, facts):
        """Checks in force on the day of the order that it does not pass.

        :param facts: ``OrderFacts``
        """
        checks = self._get_in_force(facts.date_order)
        return self.browse(check.id for check in find_violations(facts, checks))
