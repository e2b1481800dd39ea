from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError

from ...tools.calling.call_window import is_open, next_opening, to_local, to_utc

CALLBACK_HORIZON = timedelta(days=92)
_USUAL_HOUR = 10


class CallbackTimes:
    """When a client may be called back: by his own clock, inside his window.

    :param env: of whoever agrees the time, who reads the messages
    :param occasion: the claim or call in which it is agreed, in superuser mode; its
        campaign's rules decide
    """

    def __init__(self, env, occasion):
        self.env, self.occasion = env, occasion
        self.campaign = occasion.campaign_id
        self.zone = occasion._get_place()["timezone"]

    def get_choices(self):
        """Moments to offer: soon, tomorrow, in a week; each may be agreed.

        :return: list of ``{"label": str, "at": UTC text}``; a moment outside the
            window is moved to the next opening and labelled by it
        """
        choices = {}
        for label, wanted in self._get_usual_moments():
            allowed = self._get_allowed(wanted)
            if allowed and allowed != wanted:
                label = f"{to_local(allowed, self.zone):%d.%m %H:%M}"
            if allowed:
                choices.setdefault(allowed, label)
        return [
            {"label": label, "at": fields.Datetime.to_string(moment)}
            for moment, label in choices.items()
        ]

    def parse(self, text):
        """The agreed time (naive UTC).

        :param str text: as a browser sends it, UTC
        :raise UserError: it does not lie ahead and inside the client's window
        """
        moment = self._to_moment(text)
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
        if not self.campaign:
            raise UserError(
                self.env._(
                    "No campaign of incoming calls is open to you, so nobody would "
                    "call back: choose another result."
                )
            )
        self._check_window(moment)
        return moment

    def _get_usual_moments(self):
        """Pairs of words and moment, as people agree them."""
        now = fields.Datetime.now().replace(second=0)
        today = to_local(now, self.zone).date()

        def at_ten(days):
            return to_utc(today + timedelta(days=days), _USUAL_HOUR, self.zone)

        return [
            (self.env._("In 1 hour"), now + timedelta(hours=1)),
            (self.env._("In 3 hours"), now + timedelta(hours=3)),
            (self.env._("Tomorrow 10:00"), at_ten(1)),
            (self.env._("In a week 10:00"), at_ten(7)),
        ]

    def _to_moment(self, text):
        try:
            return fields.Datetime.to_datetime(text).replace(microsecond=0)
        except (TypeError, ValueError, AttributeError) as error:
            raise UserError(
                self.env._("%(text)s is no date and time.", text=text)
            ) from error

    def _check_window(self, moment):
        allowed = self._get_allowed(moment)
        if allowed == moment:
            return
        raise UserError(
            self.env._(
                "The client may not be called at %(asked)s of his time. The next "
                "allowed time is %(allowed)s.",
                asked=self._local_text(moment),
                allowed=self._local_text(allowed) if allowed else "—",
            )
        )

    def _get_allowed(self, moment):
        """The moment itself, the next one at which calls are allowed, or None."""
        # The rules of that day count: a newer version may be in force by then.
        day = to_local(moment, self.zone).date()
        version = self.campaign.rule_set_id._get_version(day)
        window = version._get_window()
        dayoff = version._get_dayoff(self.campaign._get_country())
        if is_open(window, self.zone, moment, dayoff):
            return moment
        return next_opening(window, self.zone, moment, dayoff)

    def _local_text(self, moment):
        return f"{to_local(moment, self.zone):%d.%m.%Y %H:%M}"
