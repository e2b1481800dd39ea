"""Builders of the calling room: clients, campaigns and operators at their desks."""

from odoo import fields

from ...models.calling.rule_set import PURPOSES
from ..cases import CallcenterCase

# A Monday, 10:00 in Yekaterinburg: inside every rule set's window.
MONDAY_10 = "2026-03-02 05:00:00"
MINUTE_LATER = "2026-03-02 05:01:00"
# No region of Russia has given out numbers of these hundreds; nobody answers there.
_NUMBERS = "+7343000{:04d}"


class CallingCase(CallcenterCase):
    """A company in Russia, a rule set, and a campaign of a few clients."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.country_id = cls.env.ref("base.ru")
        cls.rules = cls.env.ref("callcenter_ops.rule_set_informative")
        cls.sverdlovsk = cls.env.ref("base.state_ru_sve")
        cls._number = 0
        # Campaigns of a demo company would hand out their own clients.
        running = cls.env["callcenter.campaign"].search([("state", "=", "running")])
        running._transition({"state": "paused"})

    def setUp(self):
        super().setUp()
        self.enterContext(self.at(MONDAY_10))

    @classmethod
    def build_client(cls, name="Client", **vals):
        """A client of Sverdlovsk with a number of his own."""
        cls._number += 1
        defaults = {
            "name": name,
            "phone": _NUMBERS.format(cls._number),
            "state_id": cls.sverdlovsk.id,
            "country_id": cls.env.ref("base.ru").id,
        }
        return cls.env["res.partner"].create(defaults | vals)

    @classmethod
    def build_campaign(cls, clients=None, start=True, **vals):
        """A campaign loaded with ``clients`` and, by default, running."""
        clients = cls.build_client() if clients is None else clients
        campaign = cls.env["callcenter.campaign"].create(
            {
                "name": "Spring assortment",
                "partner_domain": repr([("id", "in", clients.ids)]),
                "rule_set_id": cls.rules.id,
                **vals,
            }
        )
        campaign.action_load_contacts()
        if start:
            campaign.action_start()
        return campaign

    @classmethod
    def build_rules(cls, **vals):
        """A rule set of one version, open day and night unless ``vals`` differ."""
        always = {"workday_from": 0, "workday_to": 24, "dayoff_from": 0}
        limits = {"limit_day": 0, "limit_week": 0, "limit_month": 0}
        version = {"date_from": "2020-01-01", "dayoff_to": 24, "max_attempts": 0}
        return cls.env["callcenter.rule.set"].create(
            {
                "name": "Test rules",
                "company_id": False,
                **{f"for_{code}": True for code, _name in PURPOSES},
                "version_ids": [(0, 0, always | limits | version | vals)],
            }
        )

    def desk(self, employee):
        """The desk as ``employee`` sees it, nothing cached."""
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["callcenter.desk"].with_user(employee.user_id)

    def contact(self, campaign, client):
        """The contact of ``client`` as the database has it now."""
        self.env.invalidate_all()
        return campaign.contact_ids.filtered(lambda c: c.partner_id == client)

    def call_through(
        self, employee, disposition="informed", claim_next=False, **values
    ):
        """Hand out, start and finish one call; the last snapshot comes back."""
        desk = self.desk(employee)
        claim = desk.claim_next()["claim"]
        desk.start_call(claim["id"])
        return self.desk(employee).finish_call(
            claim["id"], disposition, values, claim_next=claim_next
        )

    def later(self, **delta):
        """UTC text of a moment after now."""
        moment = fields.Datetime.add(fields.Datetime.now(), **delta)
        return fields.Datetime.to_string(moment)
