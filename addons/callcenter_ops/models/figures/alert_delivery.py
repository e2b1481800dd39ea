import json
import time
import uuid
from datetime import timedelta

from odoo import api, fields, models

from ...tools.figures import webhook as wire

# A run sends so many and waits for each a few seconds at most.
_BATCH = 20
_ATTEMPTS = 6
_FIRST_PAUSE = timedelta(minutes=1)


class AlertDelivery(models.Model):
    """A message to another program: sent, still tried, or given up with its reason.

    It is tried again after 1, 2, 4, 8 and 16 minutes; a receiver knows a message that
    came twice by its ``id``.
    """

    _name = "callcenter.alert.delivery"
    _description = "Delivery of an alert"
    _order = "id desc"
    _rec_name = "ident"

    ident = fields.Char(
        readonly=True, required=True, default=lambda self: str(uuid.uuid4())
    )
    webhook_id = fields.Many2one(
        "callcenter.alert.webhook",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    alert_id = fields.Many2one(
        "callcenter.alert", readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    body = fields.Text(readonly=True, required=True)
    state = fields.Selection(
        [("waiting", "Waiting"), ("sent", "Sent"), ("failed", "Not delivered")],
        required=True,
        readonly=True,
        default="waiting",
    )
    attempt_count = fields.Integer(
        string="Attempts", readonly=True, default=0, aggregator=None
    )
    next_attempt_at = fields.Datetime(readonly=True, default=fields.Datetime.now)
    sent_at = fields.Datetime(readonly=True)
    error = fields.Selection(
        [
            ("address", "The address is not https"),
            ("private", "The address leads into a private network"),
            ("unresolved", "There is no such server"),
            ("network", "No connection, or no answer in time"),
            ("status", "The server did not take it"),
        ],
        string="What hindered it",
        readonly=True,
    )
    answer_code = fields.Integer(
        string="Answer", readonly=True, aggregator=None, help="HTTP status."
    )

    _waiting_idx = models.Index("(next_attempt_at) WHERE state = 'waiting'")

    @api.model
    def _queue(self, alert, webhook):
        """An alert as it stands now, for a webhook."""
        return self._put(webhook, alert, self._describe(alert))

    @api.model
    def _queue_test(self, webhook):
        return self._put(webhook, self.env["callcenter.alert"], {"event": "test"})

    @api.model
    def _put(self, webhook, alert, message):
        ident = str(uuid.uuid4())
        # sudo: nobody writes deliveries, they follow from alerts
        return self.sudo().create(
            {
                "ident": ident,
                "webhook_id": webhook.id,
                "alert_id": alert.id,
                "company_id": webhook.company_id.id,
                "body": json.dumps({"id": ident, **message}),
            }
        )

    @api.model
    def _describe(self, alert):
        """Numbers and names of settings, nothing of any client."""
        return {
            "event": "cleared" if alert.state == "cleared" else "raised",
            "alert": alert.id,
            "rule": alert.rule_id.name,
            "metric": alert.metric,
            "comparison": alert.comparison,
            "threshold": alert.threshold,
            "value": alert.value,
            "raised_at": fields.Datetime.to_string(alert.raised_at),
            "cleared_at": fields.Datetime.to_string(alert.cleared_at) or None,
            "url": alert._get_link(),
        }

    @api.model
    def _send_due(self):
        """Send what waits, each kept at once: none is lost or sent for nothing."""
        due = self.search(
            [
                ("state", "=", "waiting"),
                ("next_attempt_at", "<=", fields.Datetime.now()),
            ],
            order="next_attempt_at, id",
            limit=_BATCH,
        )
        for delivery in due:
            delivery._send()
            self.env["ir.cron"]._commit_progress(1)

    def _send(self):
        # sudo: the secret that no role reads signs the message
        secret = self.webhook_id.sudo().secret
        body = self.body.encode()
        signature = wire.sign(secret, int(time.time()), body)
        headers = {
            "X-Callcenter-Signature": signature,
            "X-Callcenter-Delivery": self.ident,
        }
        try:
            wire.post(self.webhook_id.url, body, headers)
        except wire.WebhookError as error:
            self._note_failure(error.code)
        else:
            self.write(
                {
                    "state": "sent",
                    "sent_at": fields.Datetime.now(),
                    "attempt_count": self.attempt_count + 1,
                    "error": False,
                }
            )

    def _note_failure(self, code):
        kind, _space, answer = code.partition(" ")
        count = self.attempt_count + 1
        pause = _FIRST_PAUSE * 2 ** (count - 1)
        self.write(
            {
                "state": "failed" if count >= _ATTEMPTS else "waiting",
                "attempt_count": count,
                "next_attempt_at": fields.Datetime.now() + pause,
                "error": kind,
                "answer_code": int(answer or 0),
            }
        )

    def action_retry(self):
        """Try once more what was given up (administrator)."""
        self.webhook_id.check_access("write")
        # sudo: nobody writes deliveries; the administrator of the webhook was checked
        failed = self.sudo().filtered(lambda one: one.state == "failed")
        failed.write(
            {
                "state": "waiting",
                "attempt_count": 0,
                "next_attempt_at": fields.Datetime.now(),
            }
        )
        return True
