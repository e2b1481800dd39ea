from odoo.exceptions import UserError
from odoo.tools import email_normalize

from ...tools.clients.phone_parse import display_number, to_e164

_LENGTH = 200


class ClientNote:
    """What a client says of himself in a call: a number, an address, a person.

    Nothing is lost by it: a number joins the others, and an address that takes the
    place of an older one leaves it in the client's chatter.

    :param env: of the operator, who reads the messages
    :param partner: the client in his hands, in superuser mode
    :param author: user of the operator
    """

    def __init__(self, env, partner, author):
        self.env, self.partner, self.author = env, partner, author
        self.reader = partner._told_to()

    def add(self, values):
        """:param values: ``phone``, ``email``, ``person``, ``function``; any of them"""
        said = {
            name: " ".join(str(values.get(name) or "").split())[:_LENGTH]
            for name in ("phone", "email", "person", "function")
        }
        if not any(said.values()):
            raise UserError(self.env._("Enter a number, an e-mail or a name."))
        lines = [
            *self._add_number(said["phone"]),
            *self._add_email(said["email"]),
            *self._add_person(said["person"], said["function"]),
        ]
        for line in lines:
            self.partner._message_log(body=line, author_id=self.author.partner_id.id)

    def _add_number(self, text):
        if not text:
            return
        number = to_e164(text, self.partner.country_id.code or "RU")
        if not number:
            raise UserError(
                self.env._(
                    "This is no full number: write it with the city or operator code."
                )
            )
        known = self.partner._get_callcenter_numbers()
        if number in known:
            return
        if not self.partner.phone:
            self.partner.phone = number
        else:
            others = [self.partner.callcenter_other_phones, number]
            self.partner.callcenter_other_phones = ",".join(filter(None, others))
        yield self.reader.env._("New number: %(number)s", number=display_number(number))

    def _add_email(self, text):
        if not text:
            return
        email = email_normalize(text)
        if not email:
            raise UserError(self.env._("%(text)s is no e-mail address.", text=text))
        before = self.partner.email
        self.partner.email = email
        yield self.reader.env._(
            "New e-mail: %(email)s (before: %(before)s)",
            email=email,
            before=before or "—",
        )

    def _add_person(self, name, function):
        if not name:
            return
        self.partner.create(
            {
                "name": name,
                "function": function or False,
                "parent_id": self.partner.id,
                "type": "contact",
                "company_id": self.partner.company_id.id,
                "user_id": False,
            }
        )
        yield self.reader.env._("Contact person: %(name)s", name=name)
