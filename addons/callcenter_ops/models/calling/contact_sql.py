"""How clients become contacts of a campaign, and follow their numbers later."""

# Region, zone and exclusion are found by the database. A number met twice is called
# once: the client with the lowest id keeps it.
_JUDGED = """
WITH picked AS (
    SELECT id, phone_sanitized AS phone, phone AS typed, state_id,
           callcenter_tz, callcenter_bad_phone AS bad
      FROM res_partner
     WHERE id = ANY(%(partners)s)
), placed AS (
    SELECT p.*,
           COALESCE(plan.state_id, p.state_id) AS region_id,
           COALESCE(plan.federal_district, s.federal_district) AS district,
           COALESCE(p.callcenter_tz, plan.timezone, s.callcenter_tz) AS tz,
           CASE WHEN plan.state_id IS NOT NULL THEN 'number'
                WHEN p.state_id IS NOT NULL THEN 'address'
                WHEN p.callcenter_tz IS NOT NULL THEN 'client' END AS src,
           row_number() OVER (PARTITION BY p.phone ORDER BY p.id) AS copy_no
      FROM picked p
      LEFT JOIN res_country_state s ON s.id = p.state_id
      LEFT JOIN LATERAL (%(region)s) plan ON TRUE
), judged AS (
    SELECT placed.*,
           CASE WHEN COALESCE(typed, '') = '' THEN 'no_phone'
                WHEN phone IS NULL OR phone = bad THEN 'bad_number'
                WHEN tz IS NULL THEN 'no_zone'
                WHEN copy_no > 1 OR EXISTS (
                    SELECT FROM callcenter_campaign_contact c
                     WHERE c.campaign_id = %(campaign)s
                       AND c.phone = placed.phone
                       AND c.partner_id <> placed.id
                       AND c.state <> 'excluded') THEN 'duplicate'
           END AS problem
      FROM placed
)
"""
INSERT = (
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
RENEW = (
    _JUDGED
    + """
UPDATE callcenter_campaign_contact c
   SET phone = j.phone, timezone = j.tz, state_id = j.region_id,
       federal_district = j.district, region_source = j.src,
       exclusion_reason = j.problem, write_uid = %(uid)s, write_date = %(now)s,
       state = CASE WHEN c.state = 'claimed' THEN c.state
                    WHEN j.problem IS NULL THEN 'queued' ELSE 'excluded' END
  FROM judged j
 WHERE c.campaign_id = %(campaign)s AND c.partner_id = j.id
   AND (c.state <> 'claimed' OR j.problem IS NULL)
   AND (c.state IN ('queued', 'claimed') OR c.exclusion_reason IN %(number)s)
"""
)
# What a client's number, address or zone decides; they may change after the load.
NUMBER_REASONS = ("no_phone", "bad_number", "duplicate", "no_zone")
