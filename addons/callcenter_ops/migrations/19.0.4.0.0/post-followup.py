"""Call-backs and activities of before become promises in the one list."""

# The end of a working day, where only the day was known.
_EVENING = "18:00"


def migrate(cr, version):
    make_followups(cr)


def make_followups(cr):
    """One promise for each call whose activity is open or whose call-back waits."""
    cr.execute(
        """
        INSERT INTO callcenter_followup (
            kind, call_id, disposition_id, partner_id, phone, campaign_id, contact_id,
            lead_id, activity_id, company_id, user_id, department_id, deadline_at,
            note, state, create_uid, write_uid, create_date, write_date)
        SELECT CASE WHEN call.callback_at IS NOT NULL THEN 'callback'
                    WHEN disposition.followup_by = 'supervisor' THEN 'complaint'
                    ELSE 'offer' END,
               call.id, call.disposition_id, call.partner_id, call.phone,
               call.campaign_id, call.contact_id, call.lead_id, activity.id,
               call.company_id, COALESCE(activity.user_id, call.user_id),
               call.department_id,
               COALESCE(call.callback_at,
                        (activity.date_deadline + %(evening)s::time)
                            AT TIME ZONE COALESCE(company.callcenter_tz, 'UTC')
                            AT TIME ZONE 'UTC'),
               call.note, 'open', 1, 1, now() AT TIME ZONE 'UTC',
               now() AT TIME ZONE 'UTC'
          FROM callcenter_call call
          JOIN callcenter_disposition disposition
            ON disposition.id = call.disposition_id
          JOIN res_company company ON company.id = call.company_id
          LEFT JOIN mail_activity activity
            ON activity.id = call.activity_id AND activity.active
          LEFT JOIN callcenter_campaign_contact contact
            ON contact.id = call.contact_id AND contact.state IN ('queued', 'claimed')
           AND contact.wait_reason = 'callback'
           AND contact.next_call_at = call.callback_at
         WHERE (activity.id IS NOT NULL OR contact.id IS NOT NULL)
           AND call.partner_id IS NOT NULL
           AND NOT EXISTS (SELECT FROM callcenter_call later
                            WHERE later.correction_of_id = call.id)
           AND NOT EXISTS (SELECT FROM callcenter_followup known
                            WHERE known.call_id = call.id)
        """,
        {"evening": _EVENING},
    )
