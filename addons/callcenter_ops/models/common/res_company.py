from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.addons.base.models.res_partner import _tz_get
from odoo.tools import ormcache

_CACHED_PREFIX = "callcenter_"


class ResCompany(models.Model):
    _inherit = "res.company"

    callcenter_tz = fields.Selection(
        _tz_get,
        string="Call centre time zone",
        default="Asia/Yekaterinburg",
        required=True,
        help="The working day of the call centre starts and ends in this zone.",
    )

    def write(self, vals):
        if any(name.startswith(_CACHED_PREFIX) for name in vals):
            self.env.registry.clear_cache()
        return super().write(vals)

    @ormcache("self.id", "name")
    def _get_callcenter_setting(self, name):
        """A plain setting of the call centre, kept until one of them changes.

        Every request at a desk asks for some, and a company has a hundred columns.

        :param name: a field whose name begins with ``callcenter_``
        """
        # sudo: settings, not data; operators may not read all fields of a company
        return self.sudo()[name]

    @ormcache("self.id")
    def _get_callcenter_lang(self):
        """Code of the language in which what many people read is kept."""
        # sudo: a language is no secret; not everybody reads the company's address
        lang = self.sudo().partner_id.lang
        return lang or self.env["res.lang"]._get_callcenter_paper_lang()

    @api.model
    def _find_callcenter_faults(self):
        """Faults of a live database that only a room above knows to look for.

        :return: list of ``Fault``, see ``LiveCheck``
        """
        return []

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
        zone = ZoneInfo(self._get_callcenter_setting("callcenter_tz"))
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
        zone = ZoneInfo(self._get_callcenter_setting("callcenter_tz"))
        local = datetime.combine(day, clock, tzinfo=zone)
        return local.astimezone(timezone.utc).replace(tzinfo=None)
