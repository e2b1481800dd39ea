import secrets

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ...tools.figures.webhook import WebhookError, read_address

_SECRET_BYTES = 32


class AlertWebhook(models.Model):
    """Another program that hears of alerts; its secret is shown once and never again.

    Each message is signed with it, see ``sign`` of ``tools/figures/webhook.py``.
    """

    _name = "callcenter.alert.webhook"
    _description = "Webhook of alerts"
    _order = "name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    url = fields.Char(
        string="Address",
        required=True,
        groups="callcenter_ops.group_manager",
        help="https alone; addresses of one's own network are refused.",
    )
    secret = fields.Char(
        groups=fields.NO_ACCESS,
        copy=False,
        required=True,
        default=lambda self: secrets.token_urlsafe(_SECRET_BYTES),
    )
    delivery_ids = fields.One2many("callcenter.alert.delivery", "webhook_id")
    failed_count = fields.Integer(
        string="Not delivered", compute="_compute_failed_count"
    )

    @api.depends("delivery_ids.state")
    def _compute_failed_count(self):
        groups = self.env["callcenter.alert.delivery"]._read_group(
            [("webhook_id", "in", self.ids), ("state", "=", "failed")],
            ["webhook_id"],
            ["__count"],
        )
        counts = {webhook.id: count for webhook, count in groups}
        for webhook in self:
            webhook.failed_count = counts.get(webhook.id, 0)

    @api.constrains("url")
    def _check_url(self):
        for webhook in self:
            webhook._check_address()

    def _check_address(self):
        try:
            read_address(self.url)
        except WebhookError as error:
            raise ValidationError(
                self.env._(
                    "The address begins with https:// and names a server that is not "
                    "of a private network."
                )
            ) from error

    def action_renew_secret(self):
        """A new secret, shown to the administrator this once; the old one is void."""
        self.ensure_one()
        self.check_access("write")
        if not self.env.user.has_group("callcenter_ops.group_manager"):
            raise AccessError(self.env._("Secrets are the administrator's."))
        secret = secrets.token_urlsafe(_SECRET_BYTES)
        # sudo: no role reads or writes the secret; the administrator renews it here
        self.sudo().secret = secret
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "title": self.env._("The secret is shown this once"),
                "message": secret,
            },
        }

    def action_test(self):
        """Put a message without an alert in the queue (administrator)."""
        self.ensure_one()
        self.check_access("write")
        # sudo: nobody writes deliveries; the administrator was checked above
        self.env["callcenter.alert.delivery"].sudo()._queue_test(self)
        return True
