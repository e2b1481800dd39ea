from odoo import models


class MailActivity(models.Model):
    """Whoever settles Odoo's reminder of a promise has settled the promise."""

    _inherit = "mail.activity"

    def _action_done(self, feedback=False, attachment_ids=None):
        followups = self._get_followups()
        done = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        followups._close(feedback or followups._told_to().env._("Done"))
        return done

    def unlink(self):
        followups = self._get_followups()
        result = super().unlink()
        followups._close(
            followups._told_to().env._("Reminder removed"), state="cancelled"
        )
        return result

    def _get_followups(self):
        # sudo: the right to the reminder, which Odoo checks, is that to its promise
        followups = self.env["callcenter.followup"].sudo()
        return followups.search(
            [("activity_id", "in", self.ids), ("state", "=", "open")]
        )
