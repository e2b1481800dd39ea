from odoo import api, fields, models

from ...fastpath.prepared import run_prepared
from ...fastpath.row_cache import prime
from ...tools.calling.call_window import open_zones
from ...tools.calling.hand_out import share_out
from .claim_picker import PLACE

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


class ClaimHandout(models.AbstractModel):
    """The way from the queue of a campaign to a claim."""

    _name = "callcenter.claim.handout"
    _description = "Handing out of clients"

    @api.model
    def _claim_next(
        self, employee, plans, is_blocked=lambda campaign_id: False, has_reserved=True
    ):
        """Hand ``employee`` the next client who may be called now.

        Contacts that a rule forbids are postponed or taken out on the way, so they
        are not looked at again.

        :param plans: ``tools.hand_out.Plan`` of the campaigns open to him
        :param is_blocked: whether he himself may not work in a campaign; asked only
            of those whose turn it is
        :param has_reserved: whether personal call-backs need a look at all
        :return: the claim; empty when nobody may be called
        """
        self.env.flush_all()
        slots = self._get_open_slots(plans)
        ways = [self._pick_free]
        if has_reserved:
            ways.insert(0, self._pick_reserved)
        for way in ways:
            for plan, zones in slots:
                if is_blocked(plan.campaign_id):
                    continue
                claim = self._take(employee, plan, zones, way)
                if claim:
                    return claim
        return self.browse()

    def _get_open_slots(self, plans):
        """``(plan, zones)`` of campaigns with an open window, in this turn's order."""
        minute = fields.Datetime.now().replace(second=0, microsecond=0)
        order = share_out([(plan, plan.priority, plan.share) for plan in plans])
        slots = [
            (plan, open_zones(plan.rules.window, plan.zones, minute, plan.country))
            for plan in order
        ]
        return [(plan, zones) for plan, zones in slots if zones]

    def _pick_reserved(self, employee, plan, zones):
        picker = self.env["callcenter.claim.picker"]
        return picker._pick_reserved(employee, plan, zones)

    def _pick_free(self, employee, plan, zones):
        return self.env["callcenter.claim.picker"]._pick_free(plan, zones)

    def _take(self, employee, plan, zones, pick):
        for _refused in range(MAX_REFUSED):
            row = pick(employee, plan, zones)
            if not row:
                break
            verdict = self.env["callcenter.claim.picker"]._judge(row, plan)
            if not verdict:
                return self._insert(employee, row)
            self._put_aside(row["id"], verdict)
        return self.browse()

    def _put_aside(self, contact_id, verdict):
        """Take a contact that may not be called now out of the queue's front."""
        contact = self.env["callcenter.campaign.contact"].browse(contact_id)
        contact._put_aside(verdict)
        self.env.flush_all()

    def _insert(self, employee, row):
        """One statement: the claim, the contact's state and the operator's grant."""
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
            "attempt_no": (row["attempt_count"] or 0) + 1,
            "claimed_at": now,
            "lease_expires_at": employee.company_id._callcenter_lease_end(
                "preview", now
            ),
        }
        run_prepared(self.env.cr, _TAKE, columns)
        [claim_id] = self.env.cr.fetchone()
        claim = self.browse(claim_id)
        prime(claim, **columns, **NOT_YET)
        self.env["callcenter.campaign.contact"].invalidate_model(["state"])
        prime(claim.contact_id, **{name: row[name] for name in PLACE})
        self._forget_grants()
        return claim
