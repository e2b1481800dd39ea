from datetime import timedelta

from .dashboard_paper import DashboardPaper

# Which tables of the paper the letter shows: operators, refusals, campaigns.
_TABLES = (2, 4, 5)


class Digest:
    """The figures of the last week, in the rights and the language of one reader."""

    def __init__(self, user):
        reader = user.with_user(user).with_context(
            lang=user.lang, allowed_company_ids=user.company_id.ids
        )
        self.user, self.env = user, reader.env

    def send(self):
        """Put the letter in the queue of outgoing mail."""
        paper = self._get_paper()
        self.user.env["mail.mail"].create(
            {
                "subject": paper.title,
                "body_html": self._render(paper),
                "recipient_ids": [(6, 0, self.user.partner_id.ids)],
                "auto_delete": True,
            }
        )

    def _get_paper(self):
        """The dashboard of the week before this one, Monday to Sunday."""
        today = self.env.company._callcenter_today()
        monday = today - timedelta(days=today.weekday() + 7)
        sunday = monday + timedelta(days=6)
        return DashboardPaper(
            self.env, date_from=monday.isoformat(), date_to=sunday.isoformat()
        )

    def _render(self, paper):
        return self.env["ir.qweb"]._render(
            "callcenter_ops.digest_mail",
            {
                "paper": paper,
                "tables": [paper.tables[number] for number in _TABLES],
                "url": f"{self.user.get_base_url()}/odoo/calls-dashboard",
            },
        )
