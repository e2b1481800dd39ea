from datetime import date

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from ...tools.calling.attempt_limits import Limits
from ...tools.calling.call_rules import Rules
from ...tools.calling.call_window import Window, country_calendar, is_dayoff
from ...tools.calling.rule_floor import find_looser

_HOURS = "Local time of the client."


class RuleSetVersion(models.Model):
    _name = "callcenter.rule.set.version"
    _inherit = ["callcenter.cached.settings"]
    _description = "Version of a rule set of calls"
    _order = "rule_set_id, date_from desc"
    _rec_name = "date_from"
    _settled_fields = ("rule_set_id",)

    rule_set_id = fields.Many2one(
        "callcenter.rule.set", required=True, ondelete="cascade", index=True
    )
    date_from = fields.Date(
        string="In force from", required=True, default=fields.Date.context_today
    )
    source = fields.Char(
        string="Basis",
        translate=True,
        help="Law, article and edition, or the company's own rule.",
    )
    workday_from = fields.Float(
        string="Workdays from", required=True, default=9, help=_HOURS
    )
    workday_to = fields.Float(
        string="Workdays to", required=True, default=20, help=_HOURS
    )
    dayoff_from = fields.Float(string="Days off from", help=_HOURS)
    dayoff_to = fields.Float(
        string="Days off to", help="Equal to the beginning = no calls on days off."
    )
    limit_day = fields.Integer(
        string="Calls a day", default=1, help="To one client or number. 0 = no limit."
    )
    limit_week = fields.Integer(string="Calls a week", default=3)
    limit_month = fields.Integer(string="Calls a month", default=8)
    message_limit_day = fields.Integer(
        string="Messages a day", help="To one client, in any channel. 0 = no limit."
    )
    message_limit_week = fields.Integer(string="Messages a week")
    message_limit_month = fields.Integer(string="Messages a month")
    meeting_limit_week = fields.Integer(string="Meetings a week")
    limit_period = fields.Selection(
        [
            ("rolling", "Last 24 hours, 7 and 30 days"),
            ("calendar", "Calendar day, week and month of the client"),
            ("strict", "Both, whichever is stricter"),
        ],
        string="Periods",
        required=True,
        default="strict",
    )
    retry_minutes = fields.Integer(
        string="Retry after, minutes",
        default=180,
        help="Where the disposition sets no delay of its own.",
    )
    max_attempts = fields.Integer(
        string="Attempts in a campaign",
        default=5,
        help="After that the client leaves the queue. 0 = no limit.",
    )
    consent_kind = fields.Selection(
        [
            ("personal_data", "Consent to the processing of personal data"),
            ("advertising", "Consent to advertising"),
        ],
        string="Consent needed",
    )
    mass_consent = fields.Boolean(
        string="Consent to mass calls needed",
        help="Also the subscriber's consent to mass calls, apart from any other.",
    )
    mass_consent_basis = fields.Text(
        string="Why so",
        translate=True,
        help="The law, and why the switch stands as it does.",
    )
    spares_protected = fields.Boolean(
        string="Spare protected debtors",
        help="Whoever is on the list of debtors spared by law is not called.",
    )
    logs_refusals = fields.Boolean(
        string="Log refusals",
        help="Each call that a rule forbids is written down as a proof.",
    )
    recording_notice = fields.Boolean(
        string="Tell that the call is recorded", default=True
    )

    _unique_date = models.Constraint(
        "UNIQUE (rule_set_id, date_from)",
        "This rule set has a version from that day already.",
    )
    _window = models.Constraint(
        "CHECK (workday_from >= 0 AND workday_from <= workday_to AND workday_to <= 24"
        " AND dayoff_from >= 0 AND dayoff_from <= dayoff_to AND dayoff_to <= 24)",
        "Hours lie between 0 and 24, the end not before the beginning.",
    )
    _limits = models.Constraint(
        "CHECK (limit_day >= 0 AND limit_week >= 0 AND limit_month >= 0"
        " AND COALESCE(message_limit_day, 0) >= 0"
        " AND COALESCE(message_limit_week, 0) >= 0"
        " AND COALESCE(message_limit_month, 0) >= 0"
        " AND COALESCE(meeting_limit_week, 0) >= 0"
        " AND max_attempts >= 0 AND retry_minutes > 0)",
        "Limits cannot be negative and the retry delay must be positive.",
    )

    @api.constrains(
        *("date_from", "workday_from", "workday_to", "dayoff_from", "dayoff_to"),
        *("limit_day", "limit_week", "limit_month", "limit_period", "consent_kind"),
        *("message_limit_day", "message_limit_week", "message_limit_month"),
        *("meeting_limit_week", "mass_consent", "spares_protected", "rule_set_id"),
    )
    def _check_law(self):
        """A company's own rules are no looser than those of the law at their time."""
        for rules in self.rule_set_id.filtered("company_id"):
            for law in rules._find_laws():
                for record in rules.version_ids:
                    record._check_against(law)

    def _check_against(self, law):
        for version in self._get_law_meanwhile(law):
            self._check_against_version(law, version)

    def _get_law_meanwhile(self, law):
        """Versions of the law in force on some day on which this one is."""
        begins = self.rule_set_id.version_ids.mapped("date_from")
        end = min((day for day in begins if day > self.date_from), default=date.max)
        later = law.version_ids.filtered(
            lambda one: self.date_from < one.date_from < end
        )
        return law._find_version(self.date_from) | later

    def _check_against_version(self, law, version):
        is_consent_only = law.binding == "consent"
        looser = find_looser(self._get_rules(), version._get_rules(), is_consent_only)
        if looser:
            words = self._get_words_of_rules()
            raise ValidationError(
                self.env._(
                    "%(set)s allows more than %(law)s does (%(basis)s): %(points)s. "
                    "Make it no looser, or take that purpose from it.",
                    set=self.rule_set_id.name,
                    law=law.name,
                    basis=version.source or "—",
                    points=", ".join(words[one] for one in looser),
                )
            )

    def _get_words_of_rules(self):
        """Words for what ``find_looser`` finds."""
        return {
            "consent": self.env._("consent"),
            "protected": self.env._("protected debtors"),
            "workday": self.env._("hours on workdays"),
            "dayoff": self.env._("hours on days off"),
            "day": self.env._("calls a day"),
            "week": self.env._("calls a week"),
            "month": self.env._("calls a month"),
            "messages": self.env._("messages"),
            "meetings": self.env._("meetings"),
            "period": self.env._("periods of the limits"),
        }

    @api.depends("date_from")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for record in self:
            record.display_name = format_date(self.env, record.date_from)

    def _get_window(self):
        """The allowed local hours, see ``tools.calling.call_window.Window``."""
        self.ensure_one()
        return Window(
            self.workday_from, self.workday_to, self.dayoff_from, self.dayoff_to
        )

    def _get_rules(self):
        """All limits in plain values, see ``tools.calling.call_rules.judge``."""
        self.ensure_one()
        return Rules(
            window=self._get_window(),
            limits=Limits(
                self.limit_day, self.limit_week, self.limit_month, self.limit_period
            ),
            max_attempts=self.max_attempts,
            consents=self._get_consents(),
            spares_protected=self.spares_protected,
            retry_minutes=self.retry_minutes,
            recording_notice=self.recording_notice,
            message_limits=Limits(
                self.message_limit_day,
                self.message_limit_week,
                self.message_limit_month,
                self.limit_period,
            ),
            meeting_limits=Limits(0, self.meeting_limit_week, 0, self.limit_period),
        )

    def _get_consents(self):
        """Kinds of ``callcenter.consent`` without which nobody is called."""
        kinds = (self.consent_kind, self.mass_consent and "mass_calls")
        return tuple(kind for kind in kinds if kind)

    def _get_dayoff(self, country):
        """Function ``date -> bool``: weekends, holidays and transferred days."""
        calendar = country_calendar(country)
        return lambda day: is_dayoff(day, calendar)
