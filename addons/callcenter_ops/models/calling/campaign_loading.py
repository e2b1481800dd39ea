import logging

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .contact_sql import INSERT, NUMBER_REASONS, RENEW

_logger = logging.getLogger(__name__)
# Above this many clients the load leaves the request and runs in the background.
DIRECT_LIMIT = 5000
BATCH = 20000


class CampaignLoading(models.AbstractModel):
    """Filling a campaign from the client base, set by set, restartable at any point."""

    _name = "callcenter.campaign.loading"
    _description = "Loading of a campaign"

    load_state = fields.Selection(
        [
            ("none", "Not loaded"),
            ("loading", "Loading"),
            ("done", "Loaded"),
            ("cancelled", "Cancelled"),
        ],
        string="Load",
        default="none",
        required=True,
        readonly=True,
        copy=False,
    )
    import_ids = fields.Many2many(
        "callcenter.data.import",
        string="Lists from files",
        domain="[('kind', '=', 'clients'), ('state', '=', 'done')]",
        help="Only the clients of these imported files; empty = the whole base.",
    )
    load_user_id = fields.Many2one("res.users", readonly=True, copy=False)
    load_cursor = fields.Integer(readonly=True, copy=False)
    load_total = fields.Integer(string="To load", readonly=True, copy=False)
    load_done = fields.Integer(string="Read", readonly=True, copy=False)
    load_progress = fields.Float(
        string="Progress", compute="_compute_load_progress", aggregator=None
    )

    @api.depends("load_done", "load_total")
    def _compute_load_progress(self):
        for record in self:
            total = record.load_total
            record.load_progress = 100 * record.load_done / total if total else 0

    def action_load_contacts(self):
        """Put the clients of the filter into the queue; repeated, it adds new ones.

        Small sets are loaded at once, large ones by the background job.
        """
        self.ensure_one()
        self._check_supervisor()
        self._check_in_state("draft", "running", "paused")
        if self.load_state == "loading":
            raise UserError(
                self.env._("%(name)s is being loaded already.", name=self.name)
            )
        total = self.env["res.partner"].search_count(self._get_load_domain())
        self._transition(
            {
                "load_state": "loading",
                "load_user_id": self.env.uid,
                "load_cursor": 0,
                "load_done": 0,
                "load_total": total,
            }
        )
        if total <= DIRECT_LIMIT:
            self._load_batch(DIRECT_LIMIT + 1)
        else:
            # sudo: the scheduled job belongs to the system
            self.env.ref("callcenter_ops.cron_load_campaigns").sudo()._trigger()
        return True

    def action_cancel_load(self):
        """Stop the background load; what is loaded stays."""
        self._check_supervisor()
        loading = self.filtered(lambda campaign: campaign.load_state == "loading")
        loading._transition({"load_state": "cancelled"})
        return True

    @api.model
    def _cron_load(self):
        """Load waiting campaigns batch by batch, each batch in its own transaction."""
        loading = self.search([("load_state", "=", "loading")], order="id")
        remaining = len(loading)
        for campaign in loading:
            user = campaign.load_user_id
            campaign = campaign.with_user(user).with_context(lang=user.lang)
            while campaign.load_state == "loading":
                campaign._load_batch(BATCH)
                if not self.env["ir.cron"]._commit_progress(1, remaining=remaining):
                    return
            remaining -= 1
        self.env["ir.cron"]._commit_progress(remaining=0)

    def _load_batch(self, size):
        """Load the next ``size`` clients; the last batch ends the load."""
        partners = self._get_next_partners(size)
        if partners:
            self._insert_contacts(partners)
        done = len(partners) < size
        self._transition(
            {
                "load_cursor": partners[-1] if partners else self.load_cursor,
                "load_done": self.load_done + len(partners),
                "load_state": "done" if done else "loading",
            }
        )
        self._note_zones()
        if done:
            self._log_load()
        return len(partners)

    def _get_load_domain(self):
        """The filter on the client base, within the chosen files."""
        domain = self._get_partner_domain()
        if not self.import_ids:
            return domain
        # sudo: whom a file brought is known to all who may load a campaign
        lines = self.env["callcenter.data.import.row"].sudo()
        query = lines._search(
            [
                ("import_id", "in", self.import_ids.ids),
                ("res_model", "=", "res.partner"),
                ("outcome", "!=", "error"),
            ]
        )
        return domain & fields.Domain("id", "any!", query.select("res_id"))

    def _get_next_partners(self, size):
        """Ids of the next clients of the filter, as the loading user sees them."""
        query = self.env["res.partner"]._search(
            self._get_load_domain() & fields.Domain("id", ">", self.load_cursor),
            order="id",
            limit=size,
        )
        return list(query.get_result_ids())

    def _insert_contacts(self, partner_ids):
        self.env["res.partner"].flush_model()
        self.env["callcenter.campaign.contact"].flush_model()
        self.env.cr.execute(self._get_judged_query(INSERT, partner_ids))
        self.env["callcenter.campaign.contact"].invalidate_model()

    @api.model
    def _renew_numbers(self, partners):
        """Judge waiting contacts anew whose client has another number or place now."""
        contacts = self.env["callcenter.campaign.contact"].search(
            [
                ("partner_id", "in", partners.ids),
                ("campaign_id.state", "!=", "done"),
                "|",
                ("state", "in", ("queued", "claimed")),
                ("exclusion_reason", "in", NUMBER_REASONS),
            ]
        )
        for campaign, found in contacts.grouped("campaign_id").items():
            self.env.flush_all()
            ids = found.partner_id.ids
            self.env.cr.execute(campaign._get_judged_query(RENEW, ids))
            contacts.invalidate_model()
            campaign._note_zones()

    def _get_judged_query(self, statement, partner_ids):
        """One batch of clients, judged on the way into the queue."""
        key = SQL(
            "CASE WHEN p.phone ~ '^\\+7[3489][0-9]{9}$' THEN substr(p.phone, 3) END"
        )
        region = self.env["callcenter.number.range"]._get_region_query(key)
        return SQL(
            statement,
            partners=partner_ids,
            number=NUMBER_REASONS,
            region=region,
            campaign=self.id,
            company=self.company_id.id,
            uid=self.env.uid,
            now=fields.Datetime.now(),
        )

    def _find_contacts(self, partner):
        """Contacts of one client in these campaigns, the waiting ones first."""
        contacts = self.env["callcenter.campaign.contact"].search(
            [("campaign_id", "in", self.ids), ("partner_id", "=", partner.id)]
        )
        return contacts.sorted(lambda contact: contact.state != "queued")

    def _ensure_contact(self, partner):
        """The client's contact in this campaign, judged as at a load if it is new."""
        contact = self._find_contacts(partner)
        if not contact:
            self._insert_contacts(partner.ids)
            self._note_zones()
            contact = self._find_contacts(partner)
        return contact

    def _log_load(self):
        groups = self.env["callcenter.campaign.contact"]._read_group(
            [("campaign_id", "=", self.id)], ["state"], ["__count"]
        )
        counts = dict(groups)
        self.message_post(
            body=self.env._(
                "Loaded: %(queued)s in the queue, %(excluded)s excluded.",
                queued=counts.get("queued", 0),
                excluded=counts.get("excluded", 0),
            )
        )

    def _get_recycle_domain(self, dispositions):
        """Contacts that may be called once more after these results."""
        return [
            ("campaign_id", "in", self.ids),
            ("state", "=", "done"),
            ("last_disposition_id", "in", dispositions.ids),
            ("last_disposition_id.is_stop", "=", False),
            ("last_disposition_id.is_bad_number", "=", False),
        ]

    def _recycle(self, dispositions, reset_attempts):
        """Put contacts with these last results back into the queue.

        :return: how many came back
        """
        self._check_supervisor()
        self._check_in_state("draft", "running", "paused")
        contacts = self.env["callcenter.campaign.contact"].search(
            self._get_recycle_domain(dispositions)
        )
        back = {"state": "queued", "exclusion_reason": False, "next_call_at": False}
        if reset_attempts:
            back["attempt_count"] = 0
        contacts._transition(back)
        self.message_post(
            body=self.env._(
                "%(count)s contacts went back to the queue after: %(results)s.",
                count=len(contacts),
                results=", ".join(dispositions.mapped("name")),
            )
        )
        return len(contacts)
