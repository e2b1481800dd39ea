from collections import defaultdict
from decimal import Decimal

from odoo.tools import SQL

from ...tools.common.period import add_months, first_of_month
from ...tools.workstation.phone_bill import Package, bill


class PhoneMinutes:
    """Minutes and bills of telephone lines in a month.

    They come from the calls of those who held the lines: a call belongs to the line
    that its operator held when it started.
    """

    def __init__(self, lines, month):
        """:param lines: ``callcenter.phone.line`` of one company

        :param month: any day of the month, by the company's calendar
        """
        self.env, self.lines, self.month = lines.env, lines, month

    def get_bills(self):
        """``{line: tools.phone_bill.Bill}``, each by its own package."""
        seconds = self._get_priced_seconds(self.lines.package_id)
        bills = {}
        for package, members in self.lines.grouped("package_id").items():
            bills |= _get_package_bills(package, members, seconds)
        return bills

    def get_bills_by_package(self, packages):
        """What the lines would have cost under each package.

        The calls are read once, however many packages there are.

        :return: ``{package: {line: tools.phone_bill.Bill}}``
        """
        seconds = self._get_priced_seconds(packages)
        return {
            package: _get_package_bills(package, self.lines, seconds)
            for package in packages
        }

    def _get_priced_seconds(self, packages):
        if not self.lines or not packages:
            return {}
        return self._get_seconds(packages.mapped("rounding_seconds"))

    def _get_seconds(self, roundings):
        """Seconds of outgoing calls, every call rounded up.

        :param roundings: units of rounding in seconds
        :return: ``{(line id, rounding): {district or "": seconds}}``
        """
        # The SQL below looks past the ORM.
        self.env["callcenter.call"].flush_model()
        self.env["callcenter.custody"].flush_model()
        seconds = defaultdict(dict)
        query = self._get_query(roundings)
        for line, district, rounding, total in self.env.execute_query(query):
            seconds[line, rounding][district or ""] = int(total)
        return seconds

    def _get_query(self, roundings):
        """Calls are counted before they meet the lines: few rows are joined, and the
        database reads the month alone, however old its statistics are.
        """
        company = self.lines.company_id
        start, end = month_bounds(company, self.month)
        return SQL(
            """
            WITH held AS MATERIALIZED (
                SELECT line_id, employee_id, date_from,
                       COALESCE(date_to, 'infinity') AS date_to
                  FROM callcenter_custody
                 WHERE line_id IS NOT NULL AND date_from < %(end)s
                   AND (date_to IS NULL OR date_to > %(start)s)
                   AND line_id = ANY(%(lines)s)
            ), calls AS MATERIALIZED (%(calls)s)
            SELECT h.line_id, c.federal_district, r.unit, SUM(c.times * r.unit
                   * CEIL(c.talk_seconds::numeric / r.unit))
              FROM calls c
              JOIN held h ON h.employee_id = c.employee_id
                         AND c.moment >= h.date_from AND c.moment < h.date_to
             CROSS JOIN UNNEST(%(roundings)s) AS r (unit)
             GROUP BY 1, 2, 3
            """,
            start=start,
            end=end,
            lines=self.lines.ids,
            calls=self._get_calls_query(company, start, end),
            roundings=sorted(set(roundings)),
        )

    def _get_calls_query(self, company, start, end):
        """Equal calls counted; only who changed lines needs the moment of each."""
        return SQL(
            """
            SELECT employee_id, federal_district, talk_seconds, COUNT(*) AS times,
                   CASE WHEN employee_id IN (
                        SELECT employee_id FROM held
                         WHERE date_from > %(start)s OR date_to < %(end)s)
                   THEN started_at ELSE %(start)s END AS moment
              FROM callcenter_call
             WHERE started_at >= %(start)s AND started_at < %(end)s
               AND company_id = %(company)s
               AND direction = 'out' AND channel = 'phone'
               AND correction_of_id IS NULL AND talk_seconds > 0
             GROUP BY 1, 2, 3, 5
            """,
            start=start,
            end=end,
            company=company.id,
        )


def month_bounds(company, month):
    """First moment of the company's month around ``month`` and of the next one."""
    first = first_of_month(month)
    start, _next_day = company._callcenter_day_bounds(first)
    end, _next_day = company._callcenter_day_bounds(add_months(first, 1))
    return start, end


def _get_package_bills(package, lines, seconds):
    unit = package.rounding_seconds
    usage = {line: seconds.get((line.id, unit), {}) for line in lines}
    rules = Package(
        fee=Decimal(str(package.monthly_fee)),
        free_district=package.free_district or "",
        included=package.included_minutes,
        price=Decimal(str(package.price_beyond)),
        is_pooled=package.is_pooled,
    )
    return bill(rules, usage)
