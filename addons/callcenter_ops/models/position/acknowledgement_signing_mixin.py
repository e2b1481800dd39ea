from dateutil.relativedelta import relativedelta
from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.http import request


class AcknowledgementSigningMixin(models.AbstractModel):
    """How a request is closed: signed, refused or lapsed."""

    _name = "callcenter.acknowledgement.signing.mixin"
    _description = "Closing of an acknowledgement"

    def action_verify(self):
        """Tell whether the text that was signed still stands word for word.

        :return: a notification: ``success``, or ``danger`` for a changed text
        :raise UserError: not signed, so there is no hash to compare with
        """
        self.check_access("read")
        self.ensure_one()
        # sudo: who may read the acknowledgement may read what it is about
        record = self.sudo()
        if not record.content_hash:
            raise UserError(
                self.env._("Nothing was signed here: there is no text to verify.")
            )
        notify = self.env["callcenter.document.mixin"]._get_notification
        if record._get_document()._get_content_hash() == record.content_hash:
            return notify(self.env._("The text is the one that was signed."), "success")
        return notify(
            self.env._(
                "The text of %(document)s is not the one that %(employee)s signed.",
                document=record.document_name,
                employee=record.employee_id.name,
            ),
            "danger",
        )

    def _sign(self, signature, image, shown_hash):
        self.ensure_one()
        self.lock_for_update()
        self._check_is_pending()
        current_hash = self._get_document()._get_content_hash()
        if shown_hash and shown_hash != current_hash:
            raise UserError(
                self.env._(
                    "The text has changed since it was opened: read it again and "
                    "then sign."
                )
            )
        now = fields.Datetime.now()
        signed_day = self.company_id._callcenter_local(now).date()
        self._retire_previous_signature()
        self._transition(
            {
                "state": "signed",
                "signed_on": now,
                "signed_by_id": self.env.uid,
                "signature": (signature or "").strip() or self.employee_id.name,
                "signature_image": image,
                "content_hash": current_hash,
                "ip_address": request.httprequest.remote_addr if request else False,
                "expires_on": self._get_expiry(signed_day),
            }
        )
        self.activity_unlink(["mail.mail_activity_data_todo"])
        self._message_log(body=self.env._("Signed by the employee."))

    def _refuse(self, day, reason, witnesses):
        """Close the request with a refusal before two witnesses.

        :param day: date of the refusal
        :param witnesses: two employees, the signer not among them
        """
        self.ensure_one()
        self.lock_for_update()
        self._check_is_pending()
        self._check_witnesses(witnesses)
        if not self.requested_on <= day <= self.company_id._callcenter_today():
            raise UserError(
                self.env._("The refusal cannot be before the request or after today.")
            )
        self._transition(
            {
                "state": "refused",
                "refused_on": day,
                "refusal_reason": reason,
                "witness_id": witnesses[0].id,
                "second_witness_id": witnesses[1].id,
            }
        )
        self.activity_unlink(["mail.mail_activity_data_todo"])
        self._message_log(body=self.env._("The employee refused to sign."))

    def _lapse(self):
        """Close open requests that nobody needs to sign any more."""
        self._transition({"state": "expired"})
        self.activity_unlink(["mail.mail_activity_data_todo"])

    def _retire_previous_signature(self):
        """A renewed signature ends the one before it."""
        previous = self.search(
            self._get_same_document_domain() & Domain("state", "=", "signed")
        )
        previous._transition({"state": "expired"})
        previous.flush_recordset()

    def _get_expiry(self, signed_day):
        months = self.policy_id.validity_months
        return months and signed_day + relativedelta(months=months)

    def _check_is_own(self):
        # sudo: the employee's user decides, not what the signer may read
        record = self.sudo()
        if record.employee_id.user_id != self.env.user:
            raise AccessError(
                self.env._(
                    "Nobody signs for another: %(document)s waits for %(employee)s.",
                    document=record.document_name,
                    employee=record.employee_id.name,
                )
            )

    def _check_is_pending(self):
        if self.state != "pending":
            raise UserError(
                self.env._(
                    "%(document)s is closed already and cannot be signed or refused.",
                    document=self.document_name,
                )
            )

    def _check_witnesses(self, witnesses):
        if len(witnesses) != 2 or self.employee_id in witnesses:
            raise UserError(
                self.env._("A refusal needs two witnesses other than the employee.")
            )
