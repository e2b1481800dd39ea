from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.calling.call_window import is_open, next_opening, to_local, to_utc

CALLBACK_HORIZON = timedelta(days=92)
_USUAL_HOUR = 10


class DeskCallback(models.AbstractModel):
    """When a client may be called back: by his own clock, inside his window."""

    _name = "callcenter.desk.callback"
    _inherit = ["callcenter.desk.access"]
    _description = "Call-backs agreed at the desk"

    @api.model
    def callback_choices(self, claim_id):
        """Moments to offer: soon, tomorrow, in a week; each may be agreed.

        :return: list of ``{"label": str, "at": UTC text}``; a moment outside the
            window is moved to the next opening and labelled by it
        """
        employee = self._get_operator()
        own = [("id", "=", self._read_id(claim_id)), ("employee_id", "=", employee.id)]
        claim = self._claims().search(own)
        if not claim.campaign_id:
            return []
        choices = {}
        for label, wanted in self._get_usual_moments(claim):
            allowed = self._get_allowed_moment(claim, wanted)
            if allowed and allowed != wanted:
                label = (
                    f"{to_local(allowed, claim._get_place()['timezone']):%d.%m %H:%M}"
                )
            if allowed:
                choices.setdefault(allowed, label)
        return [
            {"label": label, "at": fields.Datetime.to_string(moment)}
            for moment, label in choices.items()
        ]

    def _get_usual_moments(self, claim):
        """Pairs of words and moment, as people agree them."""
        zone = claim._get_place()["timezone"]
        now = fields.Datetime.now().replace(second=0)
        today = to_local(now, zone).date()

        def at_ten(days):
            return to_utc(today + timedelta(days=days), _USUAL_HOUR, zone)

        return [
            (self.env._("In 1 hour"), now + timedelta(hours=1)),
            (self.env._("In 3 hours"), now + timedelta(hours=3)),
            (self.env._("Tomorrow 10:00"), at_ten(1)),
            (self.env._("In a week 10:00"), at_ten(7)),
        ]

    def _read_callback(self, claim, disposition, values):
        """The agreed time, which must lie ahead and inside the client's window."""
        text = values.get("callback_at")
        if not text or not disposition.requires_callback:
            return False
        moment = self._read_moment(text)
        now = fields.Datetime.now()
        if moment <= now:
            raise UserError(self.env._("The call-back lies in the past."))
        if moment > now + CALLBACK_HORIZON:
            raise UserError(
                self.env._(
                    "The call-back is more than %(days)s days away: choose a nearer "
                    "day.",
                    days=CALLBACK_HORIZON.days,
                )
            )
        if not claim.campaign_id:
            raise UserError(
                self.env._(
                    "No campaign of incoming calls is open to you, so nobody would "
                    "call back: choose another result."
                )
            )
        self._check_callback_window(claim, moment)
        return moment

    def _read_moment(self, text):
        try:
            return fields.Datetime.to_datetime(text).replace(microsecond=0)
        except (TypeError, ValueError, AttributeError) as error:
            raise UserError(
                self.env._("%(text)s is no date and time.", text=text)
            ) from error

    def _check_callback_window(self, claim, moment):
        zone = claim._get_place()["timezone"]
        allowed = self._get_allowed_moment(claim, moment)
        if allowed == moment:
            return
        raise UserError(
            self.env._(
                "The client may not be called at %(asked)s of his time. The next "
                "allowed time is %(allowed)s.",
                asked=self._local_text(moment, zone),
                allowed=self._local_text(allowed, zone) if allowed else "—",
            )
        )

    def _get_allowed_moment(self, claim, moment):
        """The moment itself, the next one at which calls are allowed, or None."""
        zone = claim._get_place()["timezone"]
        # The rules of that day count: a newer version may be in force by then.
        day = to_local(moment, zone).date()
        version = claim.campaign_id.rule_set_id._get_version(day)
        window = version._get_window()
        dayoff = version._get_dayoff(claim.campaign_id._get_country())
        if is_open(window, zone, moment, dayoff):
            return moment
        return next_opening(window, zone, moment, dayoff)

    def _local_text(self, moment: datetime, zone):
        return f"{to_local(moment, zone):%d.%m.%Y %H:%M}"
