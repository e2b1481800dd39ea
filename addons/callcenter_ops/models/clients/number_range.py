from pathlib import Path

from odoo import api, fields, models
from odoo.addons.base.models.res_partner import _tz_get
from odoo.exceptions import ValidationError
from odoo.tools import SQL, file_path

from ...tools.clients.number_plan import RUSSIAN_LENGTH, plan_key
from ...tools.clients.number_registry import NATIONWIDE
from ...tools.clients.plan_file import read_codes, read_plan

_SHIPPED = "callcenter_ops/data/clients"
# Numbers of the whole country go by the capital's clock unless an address tells more.
_NATIONWIDE_ZONE = "Europe/Moscow"
_RANGE = SQL("int8range(number_from::bigint, number_to::bigint, '[]')")
_NEW_ROWS = """
new AS (
    SELECT int8range(first::bigint, last::bigint, '[]') AS span, line, state_id,
           is_shared, timezone, provider
      FROM unnest(%(first)s::varchar[], %(last)s::varchar[], %(line)s::int[],
                  %(state)s::int[], %(shared)s::bool[], %(zone)s::varchar[],
                  %(provider)s::varchar[])
        AS row(first, last, line, state_id, is_shared, timezone, provider)
)
"""


class NumberRange(models.Model):
    _name = "callcenter.number.range"
    _description = "Range of the number plan"
    _order = "number_from"
    _rec_name = "number_from"

    number_from = fields.Char(
        string="From", required=True, size=RUSSIAN_LENGTH, help="Ten national digits."
    )
    number_to = fields.Char(string="To", required=True, size=RUSSIAN_LENGTH)
    state_id = fields.Many2one(
        "res.country.state",
        string="Region",
        help="Empty: numbers of the whole country.",
    )
    is_shared = fields.Boolean(
        string="Shared with a neighbour",
        help="The numbers are given out in another region of the same district and "
        "time zone too: an address there tells the region.",
    )
    federal_district = fields.Selection(related="state_id.federal_district")
    timezone = fields.Selection(
        _tz_get,
        string="Own time zone",
        help="Only where it differs from the zone of the region.",
    )
    provider = fields.Char(string="Telephone company")
    edition = fields.Date(
        string="Edition of the registry",
        readonly=True,
        index="btree_not_null",
        help="Empty: entered by hand.",
    )

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
    _has_zone = models.Constraint(
        "CHECK (state_id IS NOT NULL OR timezone IS NOT NULL)",
        "A range needs a region, or a time zone of its own.",
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

    # ------------------------------------------------------------------- looking up

    @api.model
    def _get_region(self, e164, home=None):
        """Region, zone and how they were found for one number.

        :param home: the region of the client's address, where it is known
        :return: ``{"state_id": int, "timezone": str, "federal_district": str,
            "source": "number" or "address"}``, empty when nothing is known
        """
        key = plan_key(e164)
        home_id = home.id if home else None
        if not key and not home_id:
            return {}
        place = self._get_region_query(SQL("%s", key or None))
        query = SQL(
            """
            SELECT place.*
              FROM (SELECT) one
              LEFT JOIN res_country_state home ON home.id = %(home)s
             CROSS JOIN LATERAL (%(place)s) place
            """,
            home=home_id,
            place=place,
        )
        rows = self.env.execute_query_dict(query)
        return rows[0] if rows else {}

    @api.model
    def _get_region_query(self, key):
        """SQL of the place of ``key``, an SQL expression of ten digits or NULL.

        It stands where ``home`` is the row of ``res_country_state`` of the client's
        address, or of NULLs. The number tells the place; the address does where the
        plan does not know the number, where that is one of the whole country, and
        where another region of the same district and zone shares the range.

        Ranges never overlap, so the nearest start below the number decides and one
        index probe is enough.
        """
        return SQL(
            """
            SELECT CASE WHEN p.at_home THEN home.id ELSE p.id END AS state_id,
                   CASE WHEN p.at_home THEN COALESCE(home.callcenter_tz, p.timezone)
                        ELSE p.timezone END AS timezone,
                   CASE WHEN p.at_home THEN home.federal_district
                        ELSE p.federal_district END AS federal_district,
                   CASE WHEN p.number_to IS NULL OR p.at_home AND p.id IS NULL
                        THEN 'address' ELSE 'number' END AS source
              FROM (SELECT r.number_to, plan.id, plan.federal_district,
                           COALESCE(r.timezone, plan.callcenter_tz) AS timezone,
                           home.id IS NOT NULL AND (
                               plan.id IS NULL
                               OR r.is_shared
                                  AND home.federal_district = plan.federal_district
                                  AND home.callcenter_tz
                                      = COALESCE(r.timezone, plan.callcenter_tz)
                           ) AS at_home
                      FROM (SELECT) one
                      LEFT JOIN (
                           SELECT near.*
                             FROM (SELECT state_id, timezone, number_to, is_shared
                                     FROM callcenter_number_range
                                    WHERE number_from <= %(key)s
                                    ORDER BY number_from DESC
                                    LIMIT 1) near
                            WHERE near.number_to >= %(key)s) r ON TRUE
                      LEFT JOIN res_country_state plan ON plan.id = r.state_id
                   ) p
             WHERE p.number_to IS NOT NULL OR p.at_home
            """,
            key=key,
        )

    # ---------------------------------------------------------------------- loading

    @api.model
    def _load_shipped(self):
        """Bring the shipped plan in, unless one as new stands.

        Older editions of the registry give way; what was entered by hand stays.
        """
        self._forget_external_ids()
        folder = Path(file_path(_SHIPPED))
        edition, rows = read_plan(folder / "number_plan.csv.gz")
        if self.search_count([("edition", ">=", edition)], limit=1):
            return
        rows += read_codes(folder / "landline_codes.csv")
        self._make_room(rows, edition)
        self._insert_gaps(rows, edition)

    def _forget_external_ids(self):
        """Landline codes were records of data files once: they stay, as ranges do."""
        # sudo: the names of records are nobody's to write; only an upgrade comes here
        names = self.env["ir.model.data"].sudo()
        names.search(
            [("module", "=", "callcenter_ops"), ("model", "=", self._name)]
        ).unlink()

    @api.model
    def _load_ranges(self, rows, replace, edition):
        """Add ranges of the registry; none is lost because another one is wrong.

        :param rows: list of ``tools.number_registry.PlanRow``
        :param replace: what a row covers of the plan's ranges gives way to it
        :param edition: the day of the registry's edition
        :return: list of ``(line, words)`` of rows left out
        """
        fresh, problems = self._drop_inner_overlaps(rows)
        if replace:
            self._make_room(fresh)
        else:
            known = self._find_overlapping(fresh)
            text = self.env._("overlaps a range of the plan")
            problems += [(row.line, text) for row in fresh if row.line in known]
            fresh = [row for row in fresh if row.line not in known]
        self._insert_gaps(fresh, edition)
        return problems

    def _drop_inner_overlaps(self, rows):
        """Keep the first of rows that overlap each other in the file."""
        kept, problems, end = [], [], ""
        for row in sorted(rows, key=lambda row: row.number_from):
            if row.number_from <= end:
                text = self.env._("overlaps another line of the file")
                problems.append((row.line, text))
                continue
            kept.append(row)
            end = row.number_to
        return kept, problems

    def _find_overlapping(self, rows):
        """Lines of the rows that overlap a range of the plan."""
        found = self._run(
            """
            SELECT line FROM new
             WHERE EXISTS (SELECT FROM callcenter_number_range
                            WHERE %(range)s && new.span)
            """,
            rows,
        )
        return {line for (line,) in found}

    def _make_room(self, rows, before=None):
        """Cut what the rows cover out of the plan; the rest of a range stays.

        :param before: only out of older editions than that of this day
        """
        self._run(
            """
            , gone AS (
                DELETE FROM callcenter_number_range known
                 USING (SELECT id, int8multirange(%(range)s) - taken AS rest
                          FROM (SELECT id, number_from, number_to,
                                       range_agg(new.span) AS taken
                                  FROM callcenter_number_range
                                  JOIN new ON %(range)s && new.span
                                 WHERE %(before)s IS NULL OR edition < %(before)s
                                 GROUP BY id) hit) cut
                 WHERE known.id = cut.id
             RETURNING known.*, cut.rest
            )
            INSERT INTO callcenter_number_range (
                number_from, number_to, state_id, is_shared, timezone, provider,
                edition, create_uid, write_uid, create_date, write_date)
            SELECT lower(part)::text, (upper(part) - 1)::text, state_id, is_shared,
                   timezone, provider, edition, create_uid, %(uid)s, create_date,
                   %(now)s
              FROM gone CROSS JOIN LATERAL unnest(gone.rest) part
            RETURNING id
            """,
            rows,
            before=before,
        )

    def _insert_gaps(self, rows, edition):
        """Add the rows, where the plan knows nothing yet."""
        self._run(
            """
            INSERT INTO callcenter_number_range (
                number_from, number_to, state_id, is_shared, timezone, provider,
                edition, create_uid, write_uid, create_date, write_date)
            SELECT lower(part)::text, (upper(part) - 1)::text, state_id, is_shared,
                   timezone, provider, %(edition)s, %(uid)s, %(uid)s, %(now)s, %(now)s
              FROM new
             CROSS JOIN LATERAL unnest(int8multirange(span) - COALESCE(
                       (SELECT range_agg(%(range)s)
                          FROM callcenter_number_range WHERE %(range)s && span),
                       '{}')) part
            RETURNING id
            """,
            rows,
            edition=edition,
        )

    def _run(self, statement, rows, **params):
        """Run SQL over ``new``, the rows with the places that their codes name."""
        self.flush_model()
        states = self.env["res.country.state"]._get_ids_by_code()
        main = [row.codes[0] for row in rows]
        query = SQL(
            f"WITH {_NEW_ROWS} {statement}",
            first=[row.number_from for row in rows],
            last=[row.number_to for row in rows],
            line=[row.line for row in rows],
            state=[None if code == NATIONWIDE else states[code] for code in main],
            shared=[len(row.codes) > 1 for row in rows],
            zone=[_NATIONWIDE_ZONE if code == NATIONWIDE else None for code in main],
            provider=[row.provider or None for row in rows],
            range=_RANGE,
            uid=self.env.uid,
            now=fields.Datetime.now(),
            **params,
        )
        found = self.env.execute_query(query)
        self.invalidate_model()
        return found
