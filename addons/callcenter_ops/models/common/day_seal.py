import logging
from datetime import timedelta

from odoo import api, fields, models

from ...tools.common.chain import seal_hash
from ...tools.common.date_words import date_in_digits
from .sealed_table import SealedTable

_logger = logging.getLogger(__name__)
_DAY = timedelta(days=1)
_TRAIL = SealedTable(
    model="callcenter.trail",
    source="callcenter_trail t",
    moment="t.moment",
    columns=(
        *("t.model", "t.res_id", "t.user_id", "t.moment", "t.from_state"),
        *("t.to_state", "t.text", "t.acting_for", "t.sealed_day", "t.sealed_leaf"),
    ),
)


class DaySeal(models.Model):
    """A closed day of a table, hashed and chained to the seals before it.

    A job seals at night what the day left behind; nobody at a desk waits for it. The
    head of the chain leaves the database, to the log of the server and by mail to the
    Director, so that even who owns the database cannot make the chain anew unseen.
    """

    _name = "callcenter.day.seal"
    _inherit = ["callcenter.append.only.mixin"]
    _description = "Seal of a day"
    _order = "id desc"
    _rec_name = "hash"

    model = fields.Char(string="Table", required=True, readonly=True)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="restrict"
    )
    date_from = fields.Date(
        readonly=True, help="First sealed day; empty = everything from the beginning."
    )
    day = fields.Date(required=True, readonly=True)
    version = fields.Integer(
        string="Version of the payload", required=True, readonly=True, aggregator=None
    )
    row_count = fields.Integer(string="Rows", readonly=True)
    previous_hash = fields.Char(string="Seal before it", readonly=True)
    hash = fields.Char(required=True, readonly=True)

    _day_unique = models.UniqueIndex(
        "(company_id, model, day)", "This day is sealed already."
    )

    @api.model
    def _get_sealed_tables(self):
        """``{(model, version): SealedTable}``; each room adds its tables.

        A version that seals were made with stays here for good.
        """
        return {(_TRAIL.model, _TRAIL.version): _TRAIL}

    @api.model
    def _cron_seal(self):
        """Seal each day that is over, oldest first, and tell the heads outside."""
        for company, today in self.env["res.company"]._callcenter_todays():
            day = self._get_first_day(company, today)
            while day < today:
                self._seal_day(company, day)
                self._tell_head(company, day)
                if self.env.context.get("ir_cron_progress_id"):
                    self.env["ir.cron"]._commit_progress(1)
                day += _DAY

    @api.model
    def _get_first_day(self, company, today):
        last = self.search([("company_id", "=", company.id)], limit=1)
        return last.day + _DAY if last else today - _DAY

    @api.model
    def _seal_day(self, company, day):
        """Seals of all tables of a company's day, those that it has already apart."""
        tables = self._get_sealed_tables()
        newest = {model: tables[model, version] for model, version in sorted(tables)}
        for table in newest.values():
            self._seal(company, table, day)

    @api.model
    def _seal(self, company, table, day):
        own = [("company_id", "=", company.id)]
        last = self.search([*own, ("model", "=", table.model)], limit=1)
        if last.day and last.day >= day:
            return last
        seal = self.new(
            {
                "model": table.model,
                "company_id": company.id,
                "date_from": last._get_next_day() if last else False,
                "day": day,
                "version": table.version,
                "previous_hash": self.search(own, limit=1).hash or "",
            }
        )
        leaves = seal._read_leaves(table)
        vals = seal._convert_to_write(seal._cache) | {
            "row_count": len(leaves),
            "hash": seal_hash(seal.previous_hash, seal._get_head(), leaves),
        }
        return self._in_transition().create(vals)

    def _get_next_day(self):
        return self.day + _DAY

    def _get_head(self):
        """What is hashed of the seal itself, before its rows."""
        return (
            self.model,
            self.company_id.id,
            self.date_from or "",
            self.day,
            self.version,
        )

    def _read_leaves(self, table):
        company = self.company_id
        start = self.date_from and company._callcenter_day_bounds(self.date_from)[0]
        end = company._callcenter_day_bounds(self.day)[1]
        return table.read_leaves(self.env, company, start, end)

    # -- lawful changes of what is sealed --

    @api.model
    def _excuse(self, records, right):
        """Note what rows were before a lawful change, so that their day still verifies.

        To be called before the change; rows whose day is not sealed yet need nothing.

        :param str right: by what right, in words that stay on the trail
        """
        trail = self.env["callcenter.trail"]
        for table in self._get_sealed_tables().values():
            rows = table.model == records._name and table.read_rows(
                self.env, records.ids
            )
            for id_, leaf, moment, company_id in rows or ():
                seal = self._get_seal_of(table, company_id, moment)
                if seal.version == table.version:
                    trail._note_excuse(records.browse(id_), right, seal.day, leaf)

    @api.model
    def _get_seal_of(self, table, company_id, moment):
        """The seal that holds a row, of whatever version; empty before the night."""
        company = self.env["res.company"].browse(company_id)
        return self.search(
            [
                ("company_id", "=", company_id),
                ("model", "=", table.model),
                ("day", ">=", company._callcenter_local(moment).date()),
            ],
            order="day",
            limit=1,
        )

    # -- the head leaves the database --

    @api.model
    def _tell_head(self, company, day):
        head = self.search([("company_id", "=", company.id)], limit=1)
        _logger.info(
            "Seal of company %s, day %s, number %s: %s",
            company.id,
            day,
            head.id,
            head.hash,
        )
        group = self.env.ref("callcenter_ops.group_director")
        directors = group.all_user_ids.filtered(
            lambda user: company in user.company_ids and user.active
        )
        for director in directors:
            self._mail_head(director, company, head)

    @api.model
    def _mail_head(self, director, company, head):
        env = self._told_to(director).env
        body = env._(
            "Seal of %(company)s for %(day)s, number %(number)s: %(hash)s. Keep this "
            "letter: the records of that day and of all days before it are what they "
            "were as long as the chain leads to this seal.",
            company=company.name,
            day=date_in_digits(head.day),
            number=head.id,
            hash=head.hash,
        )
        env["mail.mail"].create(
            {
                "subject": env._(
                    "Seal of the day %(day)s", day=date_in_digits(head.day)
                ),
                "body_html": body,
                "recipient_ids": [(6, 0, director.partner_id.ids)],
                "auto_delete": True,
            }
        )
