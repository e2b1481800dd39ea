from odoo import fields

from ...fastpath.prepared import run_prepared
from ...fastpath.row_cache import warm
from ...tools.calling.call_window import open_zones
from ...tools.calling.hand_out import share_out
from .client_picker import PLACE, ClientPicker

# Forbidden contacts put aside for one hand-out; the next request goes on from there.
MAX_REFUSED = 200

# The columns that a claim begins with, and those that begin empty.
COLUMNS = (
    "contact_id",
    "campaign_id",
    "partner_id",
    "phone",
    "employee_id",
    "user_id",
    "company_id",
    "state",
    "attempt_no",
    "claimed_at",
    "lease_expires_at",
)
NOT_YET = {"is_incoming": None, "call_started_at": None, "call_ended_at": None}
# A rival's row makes this fail as a serialisation error, which the request is
# repeated for, and not as a broken constraint.
_TAKE = f"""
WITH taken AS (
    UPDATE callcenter_campaign_contact
       SET state = 'claimed', write_date = %(claimed_at)s
     WHERE id = %(contact_id)s)
INSERT INTO callcenter_call_claim ({", ".join(COLUMNS)}, create_date, write_date)
VALUES ({", ".join(f"%({name})s" for name in COLUMNS)}, %(claimed_at)s, %(claimed_at)s)
ON CONFLICT DO NOTHING
RETURNING id
"""  # noqa: S608


class HandOut:
    """The way from the queue of a campaign to a claim.

    :param claims: ``callcenter.call.claim`` in superuser mode, in whose environment
        all is done
    """

    def __init__(self, claims):
        self.claims = claims
        self.env = claims.env
        self.picker = ClientPicker(claims.env)

    def claim_next(self, employee, terms, is_blocked, has_reserved):
        """The claim on the next client, see ``callcenter.call.claim._claim_next``."""
        self.env.flush_all()
        slots = self._get_open_slots(terms)
        ways = [self.picker.pick_free]
        if has_reserved:
            ways.insert(0, self.picker.pick_reserved)
        for pick in ways:
            for one, zones in slots:
                if is_blocked(one.campaign_id):
                    continue
                claim = self._take(employee, one, zones, pick)
                if claim:
                    return claim
        return self.claims.browse()

    def insert(self, employee, row):
        """One statement: the claim, the contact's state and the operator's grant.

        :param row: the contact as ``ClientPicker`` found it
        """
        now = fields.Datetime.now()
        columns = {
            "contact_id": row["id"],
            "campaign_id": row["campaign_id"],
            "partner_id": row["partner_id"],
            "phone": row["phone"],
            "employee_id": employee.id,
            "user_id": employee.user_id.id,
            "company_id": row["company_id"],
            "state": "preview",
            "attempt_no": row["attempt_count"] + 1,
            "claimed_at": now,
            "lease_expires_at": employee.company_id._callcenter_lease_end(
                "preview", now
            ),
        }
        run_prepared(self.env.cr, _TAKE, columns)
        [claim_id] = self.env.cr.fetchone()
        claim = self.claims.browse(claim_id)
        warm(claim, **columns, **NOT_YET)
        self.env["callcenter.campaign.contact"].invalidate_model(["state"])
        warm(claim.contact_id, **{name: row[name] for name in PLACE})
        claim._forget_grants()
        return claim

    def _get_open_slots(self, terms):
        """``(terms, zones)`` of campaigns with an open window, in this turn's order."""
        minute = fields.Datetime.now().replace(second=0, microsecond=0)
        order = share_out([(one, one.priority, one.share) for one in terms])
        slots = [
            (one, open_zones(one.rules.window, one.zones, minute, one.country))
            for one in order
        ]
        return [(one, zones) for one, zones in slots if zones]

    def _take(self, employee, terms, zones, pick):
        for _refused in range(MAX_REFUSED):
            row = pick(employee, terms, zones)
            if not row:
                break
            verdict = self.picker.judge(row, terms)
            if not verdict:
                return self.insert(employee, row)
            self._put_aside(row["id"], verdict)
        return self.claims.browse()

    def _put_aside(self, contact_id, verdict):
        """Take a contact that may not be called now out of the queue's front."""
        contact = self.env["callcenter.campaign.contact"].browse(contact_id)
        contact._put_aside(verdict)
        self.env.flush_all()
