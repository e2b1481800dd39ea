from odoo import api, fields, models

from ...tools.figures.kpi import KPIS

SERVICE_MESSAGE = "callcenter_ops.service"
_SUMS = ("calls_offered", "calls_answered", "calls_in_time", "calls_abandoned")


class WallboardService(models.AbstractModel):
    """Today's service of incoming calls and letters on the wallboard."""

    _name = "callcenter.wallboard.service"
    _description = "Service on the wallboard"

    @api.model
    def _get_service(self, company):
        """Figures of today.

        :return: dict of the exchange's calls (``calls_offered``…, ``service_level``
            0..1 or None, ``goal`` 0..1) and of letters (``letters_waiting``,
            ``letters_overdue``)
        """
        today = company._callcenter_today()
        # sudo: numbers of the whole company for those who lead; checked by callers
        days = self.env["callcenter.service.day"].sudo()
        [values] = days._read_group(
            [("company_id", "=", company.id), ("day", "=", today)],
            [],
            [f"{name}:sum" for name in _SUMS],
        )
        sums = dict(zip(_SUMS, (value or 0 for value in values), strict=True))
        goal = self.env["callcenter.service.level"]._get_at(company, today).goal
        level = KPIS["service_level"].value(sums)
        return {
            "company_id": company.id,
            "goal": goal / 100,
            "service_level": level,
            **sums,
            **self._count_letters(company),
        }

    @api.model
    def _count_letters(self, company):
        # sudo: two numbers; letters themselves stay with those who may read them
        letters = self.env["callcenter.enquiry"].sudo()
        waiting = [("company_id", "=", company.id), ("state", "!=", "answered")]
        late = [*waiting, ("deadline_at", "<", fields.Datetime.now())]
        return {
            "letters_waiting": letters.search_count(waiting),
            "letters_overdue": letters.search_count(late),
        }

    @api.model
    def _announce_service(self, companies):
        """Tell the wallboards today's service of ``companies``."""
        for company in companies:
            message = self._get_service(company)
            for role in ("supervisor", "director"):
                self._post(self._get_group(role), SERVICE_MESSAGE, message)
