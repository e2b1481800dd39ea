from datetime import timedelta
from functools import cached_property
from math import ceil

from odoo import fields

from ...tools.calling.call_counts import IN_FORCE
from ...tools.figures.campaign_forecast import (
    MOST_ATTEMPTS,
    Cell,
    SettleRates,
    Terms,
    done_after,
    forecast,
    pace,
)
from ...tools.figures.expected_end import expected_end

# Days whose calls tell the pace and the shares, and days that are checked.
LEARNT_DAYS = 28
TESTED_DAYS = 14
_WEEK, _MONTH = 7, 30
_WEEKEND = (5, 6)
_CALLS = f"""
  FROM callcenter_call call
  JOIN callcenter_disposition result ON result.id = call.disposition_id
 WHERE call.campaign_id = %(campaign)s AND call.started_at >= %(start)s
   AND call.started_at < %(end)s AND call.contact_id IS NOT NULL
   AND call.direction = 'out' AND call.channel = 'phone' AND {IN_FORCE}
"""
_CELLS = f"""
SELECT LEAST(GREATEST(call.attempt_no, 1), %(most)s),
       EXTRACT(hour FROM call.started_at AT TIME ZONE 'UTC' AT TIME ZONE
               COALESCE(NULLIF(call.timezone, ''), %(tz)s))::int,
       COALESCE(NULLIF(call.timezone, ''), %(tz)s), count(*),
       count(*) FILTER (WHERE result.is_final OR result.is_stop)
{_CALLS}
 GROUP BY 1, 2, 3
"""  # noqa: S608
_DAYS = f"""
SELECT (call.started_at AT TIME ZONE 'UTC' AT TIME ZONE %(tz)s)::date, count(*)
{_CALLS}
 GROUP BY 1
"""
_QUEUE = """
SELECT LEAST(COALESCE(attempt_count, 0), %(most)s),
       COALESCE(NULLIF(timezone, ''), %(tz)s),
       GREATEST(0, CEIL(EXTRACT(epoch FROM next_call_at - %(end)s) / 86400))::int,
       count(*)
  FROM callcenter_campaign_contact
 WHERE campaign_id = %(campaign)s AND state IN ('queued', 'claimed')
 GROUP BY 1, 2, 3
"""
# The queue as it was: who was done with later waited then. When each was to be called
# next is not kept: all may be called.
_QUEUE_THEN = f"""
SELECT LEAST(made.attempts, %(most)s), COALESCE(NULLIF(contact.timezone, ''), %(tz)s),
       0, count(*)
  FROM callcenter_campaign_contact contact
 CROSS JOIN LATERAL (
       SELECT count(*) AS attempts FROM callcenter_call call
        WHERE call.contact_id = contact.id AND call.started_at < %(end)s
          AND {IN_FORCE}) made
 WHERE contact.campaign_id = %(campaign)s AND contact.create_date < %(end)s
   AND (contact.state IN ('queued', 'claimed')
        OR contact.state = 'done' AND contact.last_call_at >= %(end)s)
 GROUP BY 1, 2
"""  # noqa: S608
_DONE_SINCE = """
SELECT count(*) FROM callcenter_campaign_contact
 WHERE campaign_id = %(campaign)s AND create_date < %(end)s AND state = 'done'
   AND last_call_at >= %(end)s AND last_call_at < %(now)s
"""


class CampaignForecaster:
    """Reads one campaign and says when it will be done, and what it would have said.

    Whoever makes it has checked that the reader may see the campaign.
    """

    def __init__(self, campaign):
        """:param campaign: one ``callcenter.campaign``"""
        self.campaign, self.env = campaign, campaign.env
        self.company = campaign.company_id
        self.today = self.company._callcenter_today()

    def get_values(self):
        """Values of a ``callcenter.campaign.forecast`` of today."""
        self.env.flush_all()
        counts = self._get_day_counts(self.today)
        paces = pace(list(counts.values()))
        rates = self._get_rates(self.today)
        queue = self._get_queue()
        found = forecast(queue, rates, paces, self._terms)
        ends = {
            f"end_{name}": self._get_end(counts, days)
            for name, days in (
                ("date", found.days),
                ("low", found.low),
                ("high", found.high),
            )
        }
        return {
            "campaign_id": self.campaign.id,
            "company_id": self.company.id,
            "day": self.today,
            "counted_at": fields.Datetime.now(),
            "left": sum(queue.values()),
            "pace": paces[0],
            "settled_share": rates.share,
            "has_end": found.days is not None,
            "days": found.days or 0,
            "days_low": found.low or 0,
            "days_high": found.high or 0,
            **ends,
            **self._get_test(),
        }

    @cached_property
    def _terms(self):
        rules = self.campaign._get_rules()
        limits = rules.limits
        gaps = [timedelta(minutes=rules.retry_minutes).days]
        gaps += [
            ceil(length / limit)
            for length, limit in (
                (1, limits.day),
                (_WEEK, limits.week),
                (_MONTH, limits.month),
            )
            if limit
        ]
        return Terms(max_attempts=rules.max_attempts, retry_days=max(gaps))

    def _get_test(self):
        """What would have been forecast some days ago, and what came.

        :return: values; none of them where nothing was known by then
        """
        then = self.today - timedelta(days=TESTED_DAYS)
        worked = [day for day in self._get_day_counts(self.today) if day >= then]
        learnt = self._get_day_counts(then)
        if not (worked and learnt):
            return {"tested_from": False}
        middle, low, high = done_after(
            self._get_queue(then),
            self._get_rates(then),
            pace(list(learnt.values())),
            self._terms,
            len(worked),
        )
        [[done]] = self._fetch(_DONE_SINCE, then, now=self._get_start(self.today))
        return {
            "tested_from": then,
            "tested_expected": round(middle),
            "tested_low": round(low),
            "tested_high": round(high),
            "tested_done": done,
        }

    def _get_rates(self, before):
        return SettleRates(Cell(*row) for row in self._fetch(_CELLS, before))

    def _get_day_counts(self, before):
        """Day -> attempts, of the days that were worked."""
        return dict(self._fetch(_DAYS, before))

    def _get_queue(self, then=None):
        """As ``campaign_forecast.flow`` wants it: now, or as it was on a day."""
        statement = _QUEUE_THEN if then else _QUEUE
        rows = self._fetch(statement, then or self.today)
        return {(made, zone, wait): clients for made, zone, wait, clients in rows}

    def _get_end(self, counts, days):
        """The day that ends so many days of work, today the first of them."""
        if days is None or not counts:
            return False
        worked = {day.weekday() for day in counts}
        calendar = self.campaign._get_rule_version()._get_dayoff(
            self.campaign._get_country()
        )

        def dayoff(day):
            is_holiday = day.weekday() not in _WEEKEND and calendar(day)
            return is_holiday or day.weekday() not in worked

        yesterday = self.today - timedelta(days=1)
        return expected_end(yesterday, max(days, 1), dayoff) or False

    def _get_start(self, day):
        start, _end = self.company._callcenter_day_bounds(day)
        return start

    def _fetch(self, statement, before, **values):
        """Rows of what the days before ``before`` tell."""
        values |= {
            "campaign": self.campaign.id,
            "tz": self.company.callcenter_tz,
            "most": MOST_ATTEMPTS,
            "start": self._get_start(before - timedelta(days=LEARNT_DAYS)),
            "end": self._get_start(before),
        }
        # The text is the program's own, values are passed beside it.
        self.env.cr.execute(statement, values)  # pylint: disable=sql-injection
        return self.env.cr.fetchall()
