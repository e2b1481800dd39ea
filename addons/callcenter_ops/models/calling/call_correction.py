from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

# A context key alone could be sent by any RPC client; this very object cannot.
_THAWED = object()
_CONTEXT_KEY = "callcenter_call_thawed"
# What a result decides; all the rest of a call is what happened and is copied.
_HAPPENED = (
    "campaign_id",
    "contact_id",
    "partner_id",
    "employee_id",
    "user_id",
    "department_id",
    "company_id",
    "direction",
    "channel",
    "phone",
    "state_id",
    "federal_district",
    "timezone",
    "started_at",
    "ended_at",
    "talk_seconds",
    "wrap_seconds",
    "attempt_no",
)


class CallCorrection(models.AbstractModel):
    """Correcting a call without touching it.

    The wrong record stays as it was written. A second one takes its place in every
    figure: it has the same times, the right result, an author and a reason. A record
    is in force while no later one corrects it, so a correction can be corrected too.
    """

    _name = "callcenter.call.correction"
    _description = "Correction of calls"
    _inherit = ["callcenter.call.outcome"]

    correction_of_id = fields.Many2one(
        "callcenter.call",
        string="Corrects",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    correction_ids = fields.One2many(
        "callcenter.call", "correction_of_id", string="Corrected by", readonly=True
    )
    correction_reason = fields.Text(string="Reason of the correction", readonly=True)
    correction_user_id = fields.Many2one(
        "res.users", string="Correction by", readonly=True
    )
    correction_acting_for_id = fields.Many2one(
        "hr.employee", string="Correction acting for", readonly=True
    )
    is_in_force = fields.Boolean(
        string="In force",
        compute="_compute_is_in_force",
        search="_search_is_in_force",
        help="Counts in every figure: no correction has taken its place.",
    )

    @api.depends("correction_ids")
    def _compute_is_in_force(self):
        for record in self:
            record.is_in_force = not record.correction_ids

    @api.model
    def _search_is_in_force(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("correction_ids", "=" if True in value else "!=", False)

    def action_correct(self, disposition_id, values, reason):
        """Record the right result of a call; the wrong record stays beside it.

        :param values: as of ``callcenter.desk.finish_call``
        :param str reason: why; it is kept on the correction and the report sheet
        :return: the correction
        :raise UserError: a value is missing or wrong, or the call is corrected already
        """
        self.ensure_one()
        self._check_corrector()
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why the result is corrected."))
        # sudo: nobody writes calls; the right to correct this one was checked above
        correction = self.sudo()._create_correction(disposition_id, values, reason)
        correction._apply_correction()
        return correction.with_env(self.env)

    def _get_offered_dispositions(self):
        """Results that the operator could have chosen."""
        is_debtor = self.env["callcenter.desk"]._is_debtor_coming(self)
        # sudo: reads the settings of the campaign whose call may be read
        campaign = self.sudo().campaign_id
        return campaign._get_dispositions(self.direction, is_debtor)

    def action_ask_correction(self):
        """Ask for the right result."""
        self.ensure_one()
        self._check_corrector()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Correct the result"),
            "res_model": "callcenter.call.correct",
            "view_mode": "form",
            "target": "new",
            "context": {"default_call_id": self.id},
        }

    def _check_corrector(self):
        if not self.env.user.has_group("callcenter_ops.group_supervisor"):
            raise AccessError(
                self.env._("Results of calls are corrected by the supervisor.")
            )
        self.check_access("read")
        if self.user_id == self.env.user:
            raise UserError(self.env._("Nobody corrects his own calls."))
        if not self.is_in_force:
            raise UserError(
                self.env._("This record is corrected already: correct the newer one.")
            )

    def _create_correction(self, disposition_id, values, reason):
        checks = self.env["callcenter.desk"]
        disposition, checked = checks._read_result(
            self, disposition_id, values, self.talk_seconds
        )
        happened = {
            name: self._fields[name].convert_to_write(self[name], self)
            for name in _HAPPENED
        }
        [correction] = self._thawed().create(
            [
                {
                    **happened,
                    **self._prepare_result(disposition, checked),
                    "correction_of_id": self.id,
                    "correction_reason": reason,
                    "correction_user_id": self.env.uid,
                    "correction_acting_for_id": self._get_represented().id,
                }
            ]
        )
        # The unique index must speak now, before anything is done for the client.
        correction.flush_recordset()
        return correction

    def _get_represented(self):
        """The head whom the current user stands in for; the supervision room knows."""
        return self.env["hr.employee"]

    def _apply_correction(self):
        """Do what the right result does, and undo of the wrong one what can be."""
        original = self.correction_of_id
        original._undo_outcome()
        if self._is_last_attempt():
            self._move_contact(personal=False)
        self._carry_out(personal=False)
        left = original._get_lasting_effects(self.disposition_id)
        self._note_correction(left)

    def _is_last_attempt(self):
        """Whether the queue still stands where this call left it."""
        contact = self.contact_id
        return (
            contact.state in ("queued", "done")
            and contact.attempt_count == self.attempt_no
        )

    def _undo_outcome(self):
        """Take back what nobody has acted upon yet."""
        planned = self.activity_id.filtered("active")
        planned._action_done(
            feedback=self.env._("The result of the call is corrected.")
        )
        # sudo: promises are written by the server alone
        promises = self.env["callcenter.promise"].sudo()
        promises.search([("call_id", "=", self.id)]).state = "cancelled"
        if self.disposition_id.is_bad_number:
            self.partner_id._give_back_number(self.phone)

    def _get_lasting_effects(self, disposition):
        """What the wrong result did and its correction cannot undo, in words.

        :param disposition: the right one
        """
        lines = []
        if self.lead_id and not disposition.makes_lead:
            lines.append(
                self.env._(
                    "The opportunity %(lead)s stays: mark it lost if nothing is in it.",
                    lead=self.lead_id.name,
                )
            )
        elif self.lead_id and self.is_sale and not disposition.is_sale:
            lines.append(
                self.env._(
                    "The opportunity %(lead)s stays won: restore it by hand.",
                    lead=self.lead_id.name,
                )
            )
        if self.disposition_id.is_stop and not disposition.is_stop:
            lines.append(
                self.env._(
                    "The number stays on the stop list and the withdrawn consents stay "
                    "withdrawn."
                )
            )
        return lines

    def _note_correction(self, lines):
        """Tell the report sheet and the lead; the supervision room adds the sheet."""
        original = self.correction_of_id
        body = self.env._(
            "Call corrected from “%(wrong)s” to “%(right)s” by %(user)s: %(reason)s",
            wrong=original.disposition_id.name,
            right=self.disposition_id.name,
            user=self.correction_user_id.name,
            reason=self.correction_reason,
        )
        author = self.correction_user_id.partner_id.id
        body = "\n".join([body, *lines])
        for lead in self.lead_id | original.lead_id:
            lead._message_log(body=body, author_id=author)
        return body

    def _get_open_lead(self):
        """A correction goes on with the lead that the wrong record made."""
        return self.correction_of_id.lead_id or super()._get_open_lead()

    def _thawed(self):
        """The same records, open to the lawful changes of checked calls."""
        return self.with_context(**{_CONTEXT_KEY: _THAWED})

    def _is_thawed(self):
        return self.env.context.get(_CONTEXT_KEY) is _THAWED
