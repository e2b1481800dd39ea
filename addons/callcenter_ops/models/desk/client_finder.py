from odoo.exceptions import UserError

from ...tools.clients.phone_parse import display_number, is_number, to_e164
from ..calling.result_reader import read_id

# More clients of one name than this are not shown: the number tells them apart.
FOUND_LIMIT = 5
_TEXT_LIMIT = 200
_NEW_CLIENT = ("name", "function", "email", "city", "company_name")


class ClientFinder:
    """Finds the clients whom an operator calls or answers by hand.

    Each search is logged and limited; it alone gives the right to what it found.

    :param env: of the operator, who reads the messages
    :param employee: the operator, in superuser mode
    """

    def __init__(self, env, employee):
        self.env, self.employee = env, employee

    def search(self, query, direction):
        """Clients with exactly this number or name.

        :param query: a full telephone number in any spelling, or a whole name
        :param direction: ``out`` to call the client, ``in`` when he is on the line
        :return: ``{"found": [...], "message": str, "number": E.164 or "",
            "is_unknown": bool}``
        """
        text = " ".join(str(query or "").split())[:_TEXT_LIMIT]
        if not text:
            raise UserError(self.env._("Enter the full number or the whole name."))
        number = self.read_number(text)
        kind = "number" if is_number(text) else "name"
        typed = number or text.lstrip("+")
        search = self._searches()._note(self.employee, direction, kind, typed)
        partners = search._look_up(FOUND_LIMIT)
        return {
            "found": [self._get_card(partner) for partner in partners],
            "message": self._get_message(search),
            "number": number,
            "is_unknown": search.outcome == "none",
        }

    def read_number(self, text):
        """The E.164 number that ``text`` is in full, or ""."""
        country = self.employee.company_id.country_id.code or "RU"
        return to_e164(str(text or ""), country)

    def get(self, partner_id, direction):
        """The client of that number, in superuser mode.

        :raise UserError: he was neither found lately nor is in the operator's hands
        """
        partner_id = read_id(self.env, partner_id)
        found = self._searches()._find_recent(
            self.employee.user_id, direction, [("partner_ids", "in", partner_id)]
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

    def make(self, number, client):
        """A new client: a caller who was searched and is not known yet.

        :param number: E.164; empty when it is hidden: he was searched by his name then
        :param client: dict of ``name`` and what else he says of himself
        """
        client = client if isinstance(client, dict) else {}
        values = {
            name: " ".join(str(client.get(name) or "").split())[:_TEXT_LIMIT] or False
            for name in _NEW_CLIENT
        }
        if not values["name"]:
            raise UserError(self.env._("Ask the caller's name and enter it."))
        self._check_unknown(number or values["name"])
        company = self.employee.company_id
        # sudo: operators make clients here alone, from a logged search
        partners = self.env["res.partner"].sudo()
        ranges = self.env["callcenter.number.range"]
        region = ranges._get_region(number) if number else {}
        return partners.create(
            {
                **values,
                "phone": number or False,
                "state_id": region.get("state_id"),
                "country_id": company.country_id.id,
                "company_id": company.id,
                "user_id": False,
            }
        )

    def _searches(self):
        # sudo: operators neither read nor write the log; the desk writes their own
        return self.env["callcenter.client.search"].sudo()

    def _get_card(self, partner):
        """What is shown of a client before he is called: enough to tell him apart."""
        # sudo: who else is speaking with the client; the name is all that is told
        claims = self.env["callcenter.call.claim"].sudo()
        rivals = claims.search([("partner_id", "=", partner.id)], limit=1)
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

    def _get_message(self, search):
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

    def _check_unknown(self, query):
        """:param query: the caller's number, or his name where the number is hidden"""
        domain = [("query", "=", query), ("outcome", "=", "none")]
        user = self.employee.user_id
        search = self._searches()._find_recent(user, "in", domain)
        if not query or not search:
            raise UserError(
                self.env._("Search for the caller by his full number or name first.")
            )
        # A colleague may be making a client of the same caller at this very moment.
        locks = self.env["callcenter.key.lock"]
        locks._take(self.employee.company_id, "client", query)
        if search._look_up(FOUND_LIMIT):
            raise UserError(
                self.env._("A client with this number has been added: search again.")
            )
