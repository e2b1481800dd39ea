from odoo import api, fields, models
from odoo.exceptions import UserError

_EXPIRE_BATCH = 500


class RuleOverride(models.Model):
    """A supervisor set a rule of the queue aside: who, why and until when.

    Written by the server, read by those who lead, never changed. Only the company's
    own rules can be set aside; limits of the law, the stop list, consents and call
    windows are asked again at the moment of handing out and always hold.
    """

    _name = "callcenter.rule.override"
    _description = "Rule set aside"
    _order = "date desc, id desc"
    _rec_name = "partner_id"

    kind = fields.Selection(
        [
            ("early_call", "Called before its time"),
            ("reservation", "Personal reservation lifted"),
            ("reassigned", "Given to another operator"),
            ("claim", "Client released from an operator"),
        ],
        required=True,
        readonly=True,
    )
    contact_id = fields.Many2one(
        "callcenter.campaign.contact",
        string="Contact of the campaign",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    campaign_id = fields.Many2one(
        "callcenter.campaign", readonly=True, index=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        "res.partner", string="Client", required=True, readonly=True, index=True
    )
    employee_id = fields.Many2one(
        "hr.employee", string="Operator", readonly=True, index="btree_not_null"
    )
    new_employee_id = fields.Many2one("hr.employee", string="Given to", readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", string="Decided by", required=True, readonly=True
    )
    acting_note = fields.Char(string="Acting for", readonly=True)
    reason = fields.Text(required=True, readonly=True)
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    expires_at = fields.Datetime(string="Valid until", readonly=True)
    previous_call_at = fields.Datetime(string="Next call before that", readonly=True)
    attempt_count = fields.Integer(
        string="Attempts by then", readonly=True, aggregator=None
    )
    state = fields.Selection(
        [("in_force", "In force"), ("used", "Used"), ("expired", "Expired")],
        required=True,
        default="used",
        readonly=True,
        index=True,
    )

    _expiry = models.Constraint(
        "CHECK (state <> 'in_force' OR expires_at IS NOT NULL)",
        "What is in force needs an end.",
    )

    @api.model
    def _log(self, kind, contacts, reason, **extra):
        """Note that ``contacts`` were freed from a rule, in the user's own name."""
        return self._write_down(
            {
                **self._prepare_from(contact, kind, reason),
                "contact_id": contact.id,
                "employee_id": contact.reserved_employee_id.id,
                "previous_call_at": contact.next_call_at,
                "attempt_count": contact.attempt_count,
                **extra,
            }
            for contact in contacts
        )

    @api.model
    def _log_release(self, claim, reason):
        """Note that a client was taken from an operator, in the user's own name."""
        return self._write_down(
            [
                {
                    **self._prepare_from(claim, "claim", reason),
                    "contact_id": claim.contact_id.id,
                    "employee_id": claim.employee_id.id,
                    "attempt_count": claim.attempt_no,
                }
            ]
        )

    def _prepare_from(self, record, kind, reason):
        return {
            "kind": kind,
            "campaign_id": record.campaign_id.id,
            "partner_id": record.partner_id.id,
            "company_id": record.company_id.id,
            "user_id": self.env.uid,
            "acting_note": self.env.user._get_callcenter_acting_note(),
            "reason": reason,
        }

    def _write_down(self, vals_list):
        # sudo: nobody writes the log; the caller checked the right to the step
        return self.sudo().create(list(vals_list))

    @api.model
    def _check_reason(self, reason):
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why the rule is set aside."))
        return reason

    @api.model
    def _cron_expire(self):
        """Close what was used and give back the old time of what was not."""
        while found := self._get_over():
            found._expire()
            if not self.env["ir.cron"]._commit_progress(len(found)):
                break

    def _get_over(self):
        over = self.search(
            [("state", "=", "in_force"), ("expires_at", "<=", fields.Datetime.now())],
            limit=_EXPIRE_BATCH,
        )
        return over.try_lock_for_update()

    def _expire(self):
        for record in self:
            contact = record.contact_id
            untouched = (
                contact.state == "queued"
                and contact.attempt_count == record.attempt_count
            )
            if untouched:
                contact._transition({"next_call_at": record.previous_call_at})
            record.state = "expired" if untouched else "used"
