from odoo import fields
from odoo.tools import SQL

# What a client's number, address or zone decides; they may change after the load.
NUMBER_REASONS = ("no_phone", "bad_number", "duplicate", "no_zone")
# Region, zone and exclusion are found by the database. A number met twice is called
# once: the client with the lowest id keeps it.
# The statistics do not know a campaign that is being loaded and promise that it is
# empty, so no plan may go by it: "+ 0" leaves the planner the number and the client.
_JUDGED = """
WITH picked AS (
    SELECT id, phone_sanitized AS phone, phone AS typed, state_id,
           callcenter_tz, callcenter_bad_phone AS bad
      FROM res_partner
     WHERE id = ANY(%(partners)s)
), placed AS (
    SELECT p.*,
           place.state_id AS region_id,
           place.federal_district AS district,
           COALESCE(p.callcenter_tz, place.timezone) AS tz,
           COALESCE(place.source,
                    CASE WHEN p.callcenter_tz IS NOT NULL THEN 'client' END) AS src,
           row_number() OVER (PARTITION BY p.phone ORDER BY p.id) AS copy_no
      FROM picked p
      LEFT JOIN res_country_state home ON home.id = p.state_id
      LEFT JOIN LATERAL (%(region)s) place ON TRUE
), judged AS (
    SELECT placed.*,
           CASE WHEN COALESCE(typed, '') = '' THEN 'no_phone'
                WHEN phone IS NULL OR phone = bad THEN 'bad_number'
                WHEN tz IS NULL THEN 'no_zone'
                WHEN copy_no > 1 OR EXISTS (
                    SELECT FROM callcenter_campaign_contact c
                     WHERE c.campaign_id + 0 = %(campaign)s
                       AND c.phone = placed.phone
                       AND c.partner_id <> placed.id
                       AND c.state <> 'excluded') THEN 'duplicate'
           END AS problem
      FROM placed
)
"""
_INSERT = (
    _JUDGED
    + """
INSERT INTO callcenter_campaign_contact (
    campaign_id, company_id, partner_id, phone, timezone, state_id,
    federal_district, region_source, state, exclusion_reason,
    attempt_count, priority, create_uid, write_uid, create_date, write_date)
SELECT %(campaign)s, %(company)s, id, phone, tz, region_id, district, src,
       CASE WHEN problem IS NULL THEN 'queued' ELSE 'excluded' END, problem,
       0, 0, %(uid)s, %(uid)s, %(now)s, %(now)s
  FROM judged
 ORDER BY id
ON CONFLICT DO NOTHING
"""
)
# Whoever is in a call keeps it; his further attempts go to the new number.
_RENEW = (
    _JUDGED
    + """
UPDATE callcenter_campaign_contact c
   SET phone = j.phone, timezone = j.tz, state_id = j.region_id,
       federal_district = j.district, region_source = j.src,
       exclusion_reason = j.problem, write_uid = %(uid)s, write_date = %(now)s,
       state = CASE WHEN c.state = 'claimed' THEN c.state
                    WHEN j.problem IS NULL THEN 'queued' ELSE 'excluded' END
  FROM judged j
 WHERE c.campaign_id + 0 = %(campaign)s AND c.partner_id = j.id
   AND (c.state <> 'claimed' OR j.problem IS NULL)
   AND (c.state IN ('queued', 'claimed') OR c.exclusion_reason IN %(number)s)
"""
)


class ContactLoader:
    """Makes contacts of a campaign out of clients, set by set, by the database.

    :param campaign: one ``callcenter.campaign``; its user's rights choose the clients
    """

    def __init__(self, campaign):
        self.campaign = campaign
        self.env = campaign.env

    def get_domain(self):
        """The filter on the client base, within the chosen files."""
        campaign = self.campaign
        domain = campaign._get_partner_domain()
        if not campaign.import_ids:
            return domain
        # sudo: whom a file brought is known to all who may load a campaign
        lines = self.env["callcenter.data.import.row"].sudo()
        query = lines._search(
            [
                ("import_id", "in", campaign.import_ids.ids),
                ("res_model", "=", "res.partner"),
                ("outcome", "not in", ("error", "doubtful", "undone")),
            ]
        )
        return domain & fields.Domain("id", "any!", query.select("res_id"))

    def count(self):
        """How many clients the filter finds."""
        return self.env["res.partner"].search_count(self.get_domain())

    def load(self, after, size):
        """Make contacts of the next ``size`` clients.

        :param after: id of the last client loaded before
        :return: ids of these clients, in order; fewer than ``size`` end the load
        """
        domain = self.get_domain() & fields.Domain("id", ">", after)
        query = self.env["res.partner"]._search(domain, order="id", limit=size)
        partner_ids = list(query.get_result_ids())
        if partner_ids:
            self.insert(partner_ids)
        return partner_ids

    def insert(self, partner_ids):
        """Put clients into the queue, or note why they cannot be called."""
        self._run(_INSERT, partner_ids)

    def renew(self, partner_ids):
        """Judge the contacts of clients anew whose number or place has changed."""
        self._run(_RENEW, partner_ids)

    def _run(self, statement, partner_ids):
        self.env["res.partner"].flush_model()
        self.env["callcenter.campaign.contact"].flush_model()
        self.env.cr.execute(self._get_query(statement, partner_ids))
        self.env["callcenter.campaign.contact"].invalidate_model()
        self.campaign._note_zones(partner_ids)

    def _get_query(self, statement, partner_ids):
        key = SQL(
            "CASE WHEN p.phone ~ '^\\+7[3489][0-9]{9}$' THEN substr(p.phone, 3) END"
        )
        region = self.env["callcenter.number.range"]._get_region_query(key)
        return SQL(
            statement,
            partners=partner_ids,
            number=NUMBER_REASONS,
            region=region,
            campaign=self.campaign.id,
            company=self.campaign.company_id.id,
            uid=self.env.uid,
            now=fields.Datetime.now(),
        )
