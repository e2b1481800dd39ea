from odoo import api, fields, models
from odoo.tools import SQL

SWEEP_BATCH = 200


class ClaimSweep(models.AbstractModel):
    """Ending of claims whose desk fell silent."""

    _name = "callcenter.claim.sweep"
    _description = "Sweep of claims"

    @api.model
    def _cron_sweep(self):
        """Return the clients of silent desks to the queue, counting the attempt."""
        while dead := self._get_dead():
            dead._sweep()
            if not self.env["ir.cron"]._commit_progress(len(dead)):
                break
        self.env["callcenter.operator.state"]._sweep()

    def _get_dead(self):
        expired = self.search(
            [("lease_expires_at", "<", fields.Datetime.now())], limit=SWEEP_BATCH
        )
        return expired.try_lock_for_update()

    def _sweep(self, reason="lease"):
        """End claims without a result.

        A call that had begun leaves a record, so that the limits hold and the operator
        can still write down its result; personal call-backs stay personal.
        """
        employees = self.employee_id
        interrupted = self.env.ref("callcenter_ops.disposition_interrupted")
        talking = self.filtered(lambda claim: claim.state == "talk")
        self.env["callcenter.call"]._create_from_claims(talking, interrupted)
        self._end_expired(interrupted)
        self.env["callcenter.operator.state"]._switch(
            employees, "offline", reason=reason
        )

    def _end_expired(self, interrupted):
        """Delete the claims and requeue their contacts in one statement."""
        now = fields.Datetime.now()
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                WITH dead AS (
                    DELETE FROM callcenter_call_claim WHERE id = ANY(%(ids)s)
                    RETURNING contact_id, attempt_no, state)
                UPDATE callcenter_campaign_contact c
                   SET state = 'queued', attempt_count = dead.attempt_no,
                       next_call_at = CASE WHEN dead.state = 'talk'
                            THEN %(retry)s ELSE c.next_call_at END,
                       wait_reason = CASE WHEN dead.state = 'talk'
                            THEN 'retry' ELSE c.wait_reason END,
                       last_call_at = CASE WHEN dead.state = 'talk'
                            THEN %(now)s ELSE c.last_call_at END
                  FROM dead
                 WHERE c.id = dead.contact_id
                """,
                ids=self.ids,
                now=now,
                retry=interrupted._get_next_attempt(now, 1, 30),
            )
        )
        self.env.invalidate_all()
