from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.addons.base.models.res_partner import _tz_get


class ResCompany(models.Model):
    _inherit = "res.company"

    callcenter_tz = fields.Selection(
        _tz_get,
        string="Call centre time zone",
        default="Asia/Yekaterinburg",
        required=True,
        help="The working day of the call centre starts and ends in this zone.",
    )

    def _callcenter_today(self):
        """Today's date in the call centre's time zone (server clock)."""
        return self._callcenter_local(fields.Datetime.now()).date()

    @api.model
    def _callcenter_todays(self):
        """``[(company, its today)]`` of all companies, for runs that serve them all."""
        # A run of the scheduler leaves no company out, and there are few.
        companies = self.search([])  # pylint: disable=no-search-all
        return [(company, company._callcenter_today()) for company in companies]

    def _callcenter_local(self, moment):
        """``moment`` (naive UTC, as stored) as an aware local datetime."""
        self.ensure_one()
        zone = ZoneInfo(self.callcenter_tz)
        return moment.replace(tzinfo=timezone.utc).astimezone(zone)

    def _callcenter_day_bounds(self, day):
        """Naive UTC bounds ``(start, end)`` of a local day, the end excluded."""
        self.ensure_one()
        return (
            self._callcenter_utc(day, time.min),
            self._callcenter_utc(day + timedelta(days=1), time.min),
        )

    def _callcenter_utc(self, day, clock):
        """A local wall-clock moment as naive UTC."""
        local = datetime.combine(day, clock, tzinfo=ZoneInfo(self.callcenter_tz))
        return local.astimezone(timezone.utc).replace(tzinfo=None)
