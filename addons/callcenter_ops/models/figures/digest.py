from datetime import timedelta

from odoo import api, models

_READERS = ("callcenter_ops.group_supervisor", "callcenter_ops.group_director")


class Digest(models.AbstractModel):
    """The figures of the last week by mail, to each reader in his own language."""

    _name = "callcenter.digest"
    _description = "Weekly digest of calls"

    @api.model
    def _cron_send(self):
        """One letter a receiver; a run that is cut off goes on with the rest."""
        receivers = self._get_receivers()
        for number, user in enumerate(receivers, 1):
            self._send_to(user)
            self.env["ir.cron"]._commit_progress(1, remaining=len(receivers) - number)

    @api.model
    def _get_receivers(self):
        """Those who lead, have an address and did not switch the letter off."""
        groups = [self.env.ref(group).id for group in _READERS]
        users = self.env["res.users"].search(
            [("all_group_ids", "in", groups), ("callcenter_digest", "=", True)]
        )
        return users.filtered("email")

    @api.model
    def _send_to(self, user):
        # The figures are read in the receiver's own rights and language.
        reader = self.with_user(user).with_context(
            lang=user.lang, allowed_company_ids=user.company_id.ids
        )
        subject, body = reader._get_letter()
        self.env["mail.mail"].create(
            {
                "subject": subject,
                "body_html": body,
                "recipient_ids": [(6, 0, user.partner_id.ids)],
                "auto_delete": True,
            }
        )

    @api.model
    def _get_letter(self):
        """``(subject, body)`` of the week before this one, Monday to Sunday."""
        today = self.env.company._callcenter_today()
        monday = today - timedelta(days=today.weekday() + 7)
        papers = self.env["callcenter.dashboard.paper"]
        paper = papers._get_paper(
            date_from=monday.isoformat(),
            date_to=(monday + timedelta(days=6)).isoformat(),
        )
        body = self.env["ir.qweb"]._render(
            "callcenter_ops.digest_mail",
            {
                "paper": paper,
                "show": papers._get_text,
                "url": f"{self.get_base_url()}/odoo/calls-dashboard",
            },
        )
        return paper["title"], body
