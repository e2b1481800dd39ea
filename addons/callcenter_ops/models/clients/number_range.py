from odoo import api, fields, models
from odoo.addons.base.models.res_partner import _tz_get
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ...tools.clients.number_plan import RUSSIAN_LENGTH, plan_key


class NumberRange(models.Model):
    _name = "callcenter.number.range"
    _description = "Range of the number plan"
    _order = "number_from"
    _rec_name = "number_from"

    number_from = fields.Char(
        string="From", required=True, size=RUSSIAN_LENGTH, help="Ten national digits."
    )
    number_to = fields.Char(string="To", required=True, size=RUSSIAN_LENGTH)
    state_id = fields.Many2one("res.country.state", string="Region", required=True)
    federal_district = fields.Selection(related="state_id.federal_district")
    timezone = fields.Selection(
        _tz_get,
        string="Own time zone",
        help="Only where it differs from the zone of the region.",
    )
    provider = fields.Char(string="Telephone company")

    _digits = models.Constraint(
        "CHECK (number_from ~ '^[0-9]{10}$' AND number_to ~ '^[0-9]{10}$'"
        " AND number_from <= number_to)",
        "A range needs ten digits from and to, the first not above the last.",
    )
    # A number must have one answer; the database refuses overlapping ranges.
    _no_overlap = models.Constraint(
        "EXCLUDE USING gist (int8range(number_from::bigint, number_to::bigint, '[]')"
        " WITH &&)",
        "This range overlaps another range of the number plan.",
    )
    _number_from_idx = models.UniqueIndex("(number_from)")

    @api.constrains("number_from", "number_to")
    def _check_digits(self):
        for record in self:
            for number in (record.number_from, record.number_to):
                if len(number) != RUSSIAN_LENGTH or not number.isdigit():
                    raise ValidationError(
                        self.env._(
                            "%(number)s is not a national number of ten digits.",
                            number=number,
                        )
                    )

    @api.model
    def _get_region(self, e164):
        """Region, zone and how they were found for one number.

        :return: ``{"state_id": int, "timezone": str, "federal_district": str}``,
            empty when the plan does not know the number
        """
        key = plan_key(e164)
        if not key:
            return {}
        rows = self.env.execute_query_dict(self._get_region_query(SQL("%s", key)))
        return rows[0] if rows else {}

    @api.model
    def _get_region_query(self, key):
        """SQL that finds the range of ``key``, an SQL expression of ten digits.

        Ranges never overlap, so the nearest start below the number decides and one
        index probe is enough.
        """
        return SQL(
            """
            SELECT s.id AS state_id,
                   COALESCE(r.timezone, s.callcenter_tz) AS timezone,
                   s.federal_district
              FROM (SELECT state_id, timezone, number_to
                      FROM callcenter_number_range
                     WHERE number_from <= %(key)s
                     ORDER BY number_from DESC
                     LIMIT 1) r
              JOIN res_country_state s ON s.id = r.state_id
             WHERE r.number_to >= %(key)s
            """,
            key=key,
        )

    @api.model
    def _load_ranges(self, rows, replace):
        """Add ranges of the registry; none is lost because another one is wrong.

        :param rows: list of ``(tools.number_registry.RegistryRow, region id)``
        :param replace: ranges of the plan that a row overlaps give way
        :return: list of ``(line, words)`` of rows left out
        """
        fresh, problems = self._drop_inner_overlaps(rows)
        known = self._get_overlapped([row for row, _region in fresh])
        if replace:
            self.browse(set(known.values())).unlink()
            self.flush_model()
        else:
            text = self.env._("overlaps a range of the plan")
            problems += [(row.line, text) for row, _r in fresh if row.line in known]
            fresh = [pair for pair in fresh if pair[0].line not in known]
        self.create(
            [
                {
                    "number_from": row.number_from,
                    "number_to": row.number_to,
                    "state_id": state_id,
                    "provider": row.provider,
                }
                for row, state_id in fresh
            ]
        )
        return problems

    def _drop_inner_overlaps(self, rows):
        """Keep the first of rows that overlap each other in the file."""
        kept, problems, end = [], [], ""
        for row, state_id in sorted(rows, key=lambda pair: pair[0].number_from):
            if row.number_from <= end:
                text = self.env._("overlaps another line of the file")
                problems.append((row.line, text))
                continue
            kept.append((row, state_id))
            end = row.number_to
        return kept, problems

    def _get_overlapped(self, rows):
        """Ids of known ranges by the line of the row that overlaps them."""
        self.flush_model()
        pairs = self.env.execute_query(
            SQL(
                """
                SELECT new.line, known.id
                  FROM unnest(%s::int[], %s::varchar[], %s::varchar[])
                       AS new(line, first, last)
                  JOIN callcenter_number_range known
                    ON int8range(known.number_from::bigint, known.number_to::bigint,
                                 '[]') && int8range(new.first::bigint,
                                                    new.last::bigint, '[]')
                """,
                [row.line for row in rows],
                [row.number_from for row in rows],
                [row.number_to for row in rows],
            )
        )
        return dict(pairs)
