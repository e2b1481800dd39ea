from odoo import api, models
from odoo.exceptions import UserError

from ...tools.clients.phone_parse import display_number, is_number, to_e164

# More clients of one name than this are not shown: the number tells them apart.
FOUND_LIMIT = 5
_TEXT_LIMIT = 200
_NEW_CLIENT = ("name", "function", "email", "city", "company_name")


class DeskByHand(models.AbstractModel):
    """Calls that no queue hands out: to a client looked for, and from a caller."""

    _name = "callcenter.desk.by.hand"
    _inherit = ["callcenter.desk.access"]
    _description = "Calls by hand at the desk"

    @api.model
    def search_clients(self, query, direction="out"):
        """Clients with exactly this number or name; the search is logged and limited.

        :param query: a full telephone number in any spelling, or a whole name
        :param direction: ``out`` to call the client, ``in`` when he is on the line
        :return: ``{"found": [...], "message": str, "number": E.164 or "",
            "campaigns": [...]}``; ``message`` says why nobody is shown
        """
        employee = self._get_operator()
        if direction not in ("out", "in"):
            raise UserError(self.env._("A search is for calling or for answering."))
        text = " ".join(str(query or "").split())[:_TEXT_LIMIT]
        if not text:
            raise UserError(self.env._("Enter the full number or the whole name."))
        number = self._read_number(employee, text)
        kind = "number" if is_number(text) else "name"
        typed = number or text.lstrip("+")
        search = self._searches()._note(employee, direction, kind, typed)
        partners = search._look_up(FOUND_LIMIT)
        return {
            "found": [self._get_found(partner) for partner in partners],
            "message": self._get_search_message(search),
            "number": number,
            "campaigns": self._get_choice(employee, direction),
        }

    @api.model
    def call_client(self, partner_id, campaign_id=None):
        """Hand the operator the client whom he looked for, if every rule allows it.

        :param partner_id: a client of his own recent search, or in his hands
        :param campaign_id: the campaign of the call; empty = the client's own or the
            first open one
        :return: the snapshot; ``reasons`` say what forbids the call
        """
        employee = self._get_operator()
        partner = self._get_searched(employee, partner_id, "out")
        held = self._claims()._get_own(employee)
        if held:
            return self._keep_held(employee, held, partner)
        today = employee.company_id._callcenter_today()
        blockers = employee._get_callcenter_blockers(today)
        if blockers:
            return self._refuse(employee, blockers)
        plan, reasons = self._choose_plan(employee, today, partner, campaign_id)
        if not plan:
            return self._get_snapshot(employee, held, reasons)
        claim, refusal = self._claims()._claim_client(employee, plan, partner)
        if refusal:
            return self._get_snapshot(employee, claim, [self._explain(claim, refusal)])
        self._show(employee, claim)
        return self._get_snapshot(employee, claim)

    @api.model
    def answer_call(self, number=None, partner_id=None, client=None, campaign_id=None):
        """A caller is on the line: the conversation begins.

        A client only looked at goes back to the queue. Another operator's claim on
        the same client or number does not keep anybody from answering.

        :param number: the caller's number as searched; empty when it is hidden
        :param partner_id: a client of the operator's own recent search
        :param client: ``name`` and more of a new client who was not found
        :param campaign_id: an open campaign of incoming calls; empty = the first
        """
        employee = self._get_operator()
        number = self._read_number(employee, number) if number else ""
        held = self._claims()._get_own(employee)
        if held.state == "talk":
            return self._keep_answered(employee, held, number, partner_id)
        today = employee.company_id._callcenter_today()
        campaign = self._get_inbound_campaign(employee, today, campaign_id)
        blockers = employee._get_callcenter_blockers(today)
        if campaign:
            blockers += campaign._get_operator_blockers(employee, today)
        if blockers:
            return self._refuse(employee, blockers)
        if partner_id:
            partner = self._get_searched(employee, partner_id, "in")
        else:
            partner = self._make_client(employee, number, client)
        held._return_to_queue()
        phone = number or partner.phone_sanitized
        claim = self._claims()._answer(employee, partner, phone, campaign)
        self._show(employee, claim)
        return self._get_snapshot(employee, claim)

    @api.model
    def write_to_client(self, claim_id):
        """The window for a letter or message to the client in the operator's hands.

        :raise UserError: he rang himself and waits in no queue of the campaign
        """
        claim = self._get_claim(self._get_operator(), claim_id)
        if not claim.contact_id:
            raise UserError(
                self.env._("This client belongs to no campaign that writes to him.")
            )
        return claim.contact_id._get_writing_window()

    # searching

    def _searches(self):
        # sudo: operators neither read nor write the log; the desk writes their own
        return self.env["callcenter.client.search"].sudo()

    def _read_number(self, employee, text):
        """The E.164 number that ``text`` is in full, or ""."""
        country = employee.company_id.country_id.code or "RU"
        return to_e164(str(text or ""), country)

    def _get_found(self, partner):
        """What is shown of a client before he is called: enough to tell him apart."""
        rivals = self._claims().search([("partner_id", "=", partner.id)], limit=1)
        phone = display_number(partner.phone_sanitized) if partner.phone else ""
        return {
            "id": partner.id,
            "name": partner.name or "",
            "company_name": partner.commercial_company_name or "",
            "city": partner.city or "",
            "region": partner.state_id._get_region_label(),
            "phone_end": phone[-5:],
            "held_by": rivals.employee_id.name or "",
        }

    def _get_search_message(self, search):
        messages = {
            "none": self.env._("Nobody has this number or name."),
            "many": self.env._(
                "Several clients have this name: search by the full number."
            ),
            "unreadable": self.env._(
                "This is no full number: write it with the city or operator code."
            ),
            "refused": self.env._(
                "You have searched too often: the limit is set by your supervisor. "
                "Try again later."
            ),
        }
        return messages.get(search.outcome, "")

    def _get_choice(self, employee, direction):
        """Campaigns that the call may belong to."""
        today = employee.company_id._callcenter_today()
        campaigns = self._get_campaigns(self._get_plans(employee, today, None))
        is_inbound = direction == "in"
        return [
            {"id": campaign.id, "name": campaign.name}
            for campaign in campaigns
            if (campaign.purpose == "inbound") == is_inbound
        ]

    def _get_campaigns(self, plans):
        # sudo: continues with plans, which were read for the operator
        campaigns = self.env["callcenter.campaign"].sudo()
        return campaigns.browse(plan.campaign_id for plan in plans)

    # choosing

    def _get_searched(self, employee, partner_id, direction):
        """The client, if the operator may have him.

        :raise UserError: he was neither found lately nor is in the operator's hands
        """
        partner_id = self._read_id(partner_id)
        found = self._searches()._find_recent(
            employee.user_id, direction, [("partner_ids", "in", partner_id)]
        )
        # sudo: operators do not read the grants; this asks for their own alone
        grants = self.env["callcenter.client.grant"].sudo()
        own = [("user_id", "=", self.env.uid), ("partner_id", "=", partner_id)]
        if not found and not grants.search_count(own, limit=1):
            raise UserError(
                self.env._("Search for the client by his full number or name first.")
            )
        # sudo: the right to this client was shown right above
        return self.env["res.partner"].sudo().browse(partner_id).exists()

    def _keep_held(self, employee, held, partner):
        """A repeated request changes nothing; another client has to wait."""
        if held.partner_id != partner:
            raise UserError(
                self.env._("You hold a client: save the result or give him back first.")
            )
        return self._get_snapshot(employee, held)

    def _keep_answered(self, employee, held, number, partner_id):
        is_same = held.is_incoming and (
            held.partner_id.id == partner_id or (number and held.phone == number)
        )
        if not is_same:
            raise UserError(self.env._("Save the result of the call first."))
        return self._get_snapshot(employee, held)

    def _choose_plan(self, employee, today, partner, campaign_id):
        """The plan of the campaign that the call belongs to, and why there is none."""
        wanted = [self._read_id(campaign_id)] if campaign_id else None
        plans = self._get_plans(employee, today, wanted)
        campaigns = self._get_campaigns(plans)
        outgoing = campaigns.filtered(lambda campaign: campaign.purpose != "inbound")
        contacts = outgoing._find_contacts(partner)
        campaign = (contacts.campaign_id or outgoing)[:1]
        blockers = campaign and campaign._get_operator_blockers(employee, today)
        if campaign and not blockers:
            return next(p for p in plans if p.campaign_id == campaign.id), []
        return None, blockers or [self._get_wait_reason(employee, [])]

    def _get_inbound_campaign(self, employee, today, campaign_id):
        wanted = [self._read_id(campaign_id)] if campaign_id else None
        campaigns = self._get_campaigns(self._get_plans(employee, today, wanted))
        inbound = campaigns.filtered(lambda campaign: campaign.purpose == "inbound")
        return inbound[:1]

    def _explain(self, claims, refusal):
        message = self.env._(
            "This client may not be called now: %(rule)s.",
            rule=claims._get_rule_label(refusal),
        )
        return self._reason(refusal, message)

    # new clients

    def _make_client(self, employee, number, client):
        """A client who was searched by his number and is not known yet."""
        client = client if isinstance(client, dict) else {}
        values = {
            name: " ".join(str(client.get(name) or "").split())[:_TEXT_LIMIT] or False
            for name in _NEW_CLIENT
        }
        if not values["name"]:
            raise UserError(self.env._("Ask the caller's name and enter it."))
        self._check_unknown(employee, number)
        # sudo: operators make clients here alone, from a logged search
        partners = self.env["res.partner"].sudo()
        region = self.env["callcenter.number.range"]._get_region(number)
        return partners.create(
            {
                **values,
                "phone": number,
                "state_id": region.get("state_id"),
                "country_id": employee.company_id.country_id.id,
                "company_id": employee.company_id.id,
                "user_id": False,
            }
        )

    def _check_unknown(self, employee, number):
        domain = [("query", "=", number), ("outcome", "=", "none")]
        search = self._searches()._find_recent(employee.user_id, "in", domain)
        if not number or not search:
            raise UserError(
                self.env._("Search for the caller by his full number or name first.")
            )
        # A colleague may be making a client of this number at this very moment.
        self.env["callcenter.key.lock"]._take(employee.company_id, "client", number)
        if search._look_up(FOUND_LIMIT):
            raise UserError(
                self.env._("A client with this number has been added: search again.")
            )
