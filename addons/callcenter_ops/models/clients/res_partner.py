from odoo import api, fields, models
from odoo.addons.base.models.res_partner import _tz_get
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.modules.db import FunctionStatus

from ...tools.clients.phone_parse import display_number, searched_digits

_FORGOTTEN_FIELDS = (
    "phone",
    "email",
    "street",
    "street2",
    "city",
    "zip",
    "vat",
    "function",
    "comment",
    "website",
    "image_1920",
    "ref",
    "callcenter_bad_phone",
    "callcenter_other_phones",
    "callcenter_phone_extension",
)
_FORGOTTEN_LEAD_FIELDS = (
    "description",
    "phone",
    "email_from",
    "contact_name",
    "partner_name",
)


def _parts_of(column):
    """The index by which a part of a name is found among all clients at once.

    A client is searched in five columns joined by "or": one of them without an index
    has all clients read.
    """

    def get_definition(registry):
        if not registry.has_trigram:
            return ""
        is_plain = registry.has_unaccent != FunctionStatus.INDEXABLE
        words = column if is_plain else registry.unaccent(column)
        return f"USING gin (({words}) gin_trgm_ops) WHERE {column} IS NOT NULL"

    return get_definition


class ResPartner(models.Model):
    _inherit = "res.partner"

    # A client is looked up by his number for every line of an imported file.
    phone_sanitized = fields.Char(index="btree_not_null")
    callcenter_phone_extension = fields.Char(
        string="Extension", help="Dialled after the number is connected."
    )
    callcenter_other_phones = fields.Char(
        string="Other phones", help="Further numbers of the client, E.164, by commas."
    )

    callcenter_last_purchase = fields.Date(
        string="Last purchase",
        help="As the file of clients told it, from the program that keeps the sales.",
    )
    callcenter_tz = fields.Selection(
        _tz_get,
        string="Time zone of calls",
        help="Only where the number and the address tell the wrong zone.",
    )
    callcenter_bad_phone = fields.Char(
        string="Number found bad",
        copy=False,
        help="Operators found this number wrong; a new number lifts the mark.",
    )
    callcenter_import_id = fields.Many2one(
        "callcenter.data.import",
        string="Came with the file",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups="callcenter_ops.group_supervisor,callcenter_ops.group_manager",
    )
    callcenter_is_supplier = fields.Boolean(
        string="Supplier of workplaces",
        index="btree_not_null",
        help="HR and the Director do not see clients; they choose him as a supplier.",
    )
    callcenter_grant_ids = fields.One2many(
        "callcenter.client.grant",
        "partner_id",
        string="In the hands of",
        readonly=True,
        copy=False,
        groups="callcenter_ops.group_supervisor",
    )
    callcenter_consent_ids = fields.One2many(
        "callcenter.consent",
        "partner_id",
        string="Consents",
        groups="callcenter_ops.group_supervisor",
    )

    callcenter_stop_entry_ids = fields.One2many(
        "callcenter.stop.entry",
        "partner_id",
        string="Entries of the stop list",
        readonly=True,
        copy=False,
        groups="callcenter_ops.group_supervisor",
    )
    callcenter_stop_note = fields.Char(
        string="Do not call",
        compute="_compute_callcenter_stop_note",
        compute_sudo=True,
        help="Whether the stop list forbids to call the client, by whatever number.",
    )

    # An operator looks for a client by the whole name or by any of his numbers.
    _callcenter_name_idx = models.Index("(lower(name))")
    _callcenter_complete_name_parts_idx = models.Index(_parts_of("complete_name"))
    _callcenter_email_parts_idx = models.Index(_parts_of("email"))
    _callcenter_ref_parts_idx = models.Index(_parts_of("ref"))
    _callcenter_vat_parts_idx = models.Index(_parts_of("vat"))
    _callcenter_other_phones_idx = models.Index(
        "USING gin (string_to_array(replace(callcenter_other_phones, ' ', ''), ','))"
        " WHERE callcenter_other_phones IS NOT NULL"
    )

    @api.model
    def _search_display_name(self, operator, value):
        """Who is looked for by a number is found by it, however it is written."""
        domain = super()._search_display_name(operator, value)
        digits = operator == "ilike" and searched_digits(value)
        if not digits:
            return domain
        return Domain.OR([domain, [("phone_sanitized", "like", digits)]])

    @api.depends("phone_sanitized", "callcenter_other_phones")
    @api.depends_context("allowed_company_ids", "lang")
    def _compute_callcenter_stop_note(self):
        entries = self.env["callcenter.stop.entry"]
        for client in self:
            found = entries._find_binding(client)
            client.callcenter_stop_note = found._get_note() if found else False

    def write(self, vals):
        """Whoever is stopped is stopped by his new numbers too."""
        result = super().write(vals)
        if {"phone", "callcenter_other_phones"} & vals.keys():
            # sudo: who corrects a number may have no right to the stop list
            self.env["callcenter.stop.entry"].sudo()._follow_each(self)
        return result

    def _is_callcenter_debtor(self, _company):
        """Whether the client owes the company something; the room of debts knows."""
        return False

    def _get_call_region(self):
        """Where a client is called to, and by which clock.

        The client's own zone wins, then the number plan, then the address.

        :return: ``{"state_id", "timezone", "federal_district", "region_source"}``
        """
        self.ensure_one()
        ranges = self.env["callcenter.number.range"]
        place = ranges._get_region(self.phone_sanitized, self.state_id)
        source = place.pop("source", "client" if self.callcenter_tz else False)
        nothing = dict.fromkeys(("state_id", "timezone", "federal_district"), False)
        region = nothing | place | {"region_source": source}
        if self.callcenter_tz:
            region["timezone"] = self.callcenter_tz
        return region

    def _forget_client(self, basis):
        """Erase who the client was; keep that his number may not be called.

        :param basis: the request to be forgotten, kept with the stop entry
        :raise UserError: he is somebody who works here, or is in a call now
        """
        self.ensure_one()
        self._check_forgettable()
        # sudo: entries of all companies; the right to forget was checked above
        entries = self.env["callcenter.stop.entry"].sudo()
        numbers = self._get_callcenter_numbers()
        entries |= entries.create([{"phone": one, "reason": basis} for one in numbers])
        entries |= entries.search(
            ["|", ("partner_id", "=", self.id), ("phone", "in", numbers)]
        )
        entries._forget_number(basis)
        self._forget_numbers(numbers)
        self._forget_traces()
        self._forget_card()

    def _get_callcenter_numbers(self):
        """All usable numbers of the client, E.164."""
        others = (self.callcenter_other_phones or "").split(",")
        read = [self.phone_sanitized, *(self._phone_format(number=n) for n in others)]
        return list(dict.fromkeys(number for number in read if number))

    def _get_spare_numbers(self):
        """Numbers to call when the present one turns out bad, E.164."""
        if not self.callcenter_other_phones:
            return []
        spent = (self.phone_sanitized, self.callcenter_bad_phone)
        return [one for one in self._get_callcenter_numbers() if one not in spent]

    def _pass_to_next_number(self):
        """The present number is not the client's: his next one takes its place."""
        number, spare = self.phone_sanitized, self._get_spare_numbers()
        self.write(
            {
                "callcenter_bad_phone": number,
                "phone": spare[0],
                "callcenter_other_phones": ",".join(spare[1:]) or False,
            }
        )
        self._message_log(
            body=self._told_to().env._(
                "%(bad)s is not the client's number: %(spare)s is called from now on.",
                bad=display_number(number),
                spare=display_number(spare[0]),
            )
        )

    def _drop_other_number(self, number):
        """One of the other numbers is not the client's; his first one stays."""
        others = [one for one in self._get_spare_numbers() if one != number]
        self.callcenter_other_phones = ",".join(others) or False
        self._message_log(
            body=self._told_to().env._(
                "%(bad)s is not the client's number.", bad=display_number(number)
            )
        )

    def _give_back_number(self, number):
        """The number was the client's after all."""
        if self.callcenter_bad_phone != number:
            return
        self.callcenter_bad_phone = False
        if number != self.phone_sanitized:
            others = [*self._get_spare_numbers(), number]
            self.callcenter_other_phones = ",".join(others)

    def _forget_numbers(self, numbers):
        """Lists that know numbers by themselves; the stop list keeps their hashes.

        Higher rooms add theirs.
        """
        known = [("number", "in", numbers)]
        # sudo: the blacklist has access rows for the system alone
        blacklist = self.env["phone.blacklist"].sudo().with_context(active_test=False)
        blacklist.search(known).unlink()

    def _check_forgettable(self):
        if not self.env.user.has_group("callcenter_ops.group_supervisor"):
            raise AccessError(self.env._("Only supervisors forget clients."))
        self.check_access("read")
        # sudo: a supervisor may not see every company of the database
        companies = self.env["res.company"].sudo()
        is_company = companies.search_count([("partner_id", "=", self.id)], limit=1)
        if not self.partner_share or is_company:
            raise UserError(self.env._("Only clients can be forgotten."))

    def _forget_traces(self):
        """Words about the client in searches, leads and the chatter; rooms add theirs.

        The right to forget was checked before.
        """
        # sudo: nobody writes the log of searches
        self.env["callcenter.client.search"].sudo()._forget_client(self)
        self._forget_leads()
        # sudo: supervisors may lack the right to the client's files
        files = self.env["ir.attachment"].sudo()
        files.search(
            [("res_model", "=", self._name), ("res_id", "=", self.id)]
        ).unlink()
        # sudo: messages of others are erased too
        self.sudo()._forget_chatter()

    def _forget_leads(self):
        # sudo: the leads of all salespeople, archived ones included
        leads = self.env["crm.lead"].sudo().with_context(active_test=False)
        leads = leads.search([("partner_id", "=", self.id)])
        leads.write(dict.fromkeys(_FORGOTTEN_LEAD_FIELDS, False) | {"name": "—"})
        leads._forget_chatter()
        # sudo: files of these leads, whoever added them
        files = self.env["ir.attachment"].sudo()
        files.search(
            [("res_model", "=", "crm.lead"), ("res_id", "in", leads.ids)]
        ).unlink()

    def _forget_card(self):
        blank = dict.fromkeys(_FORGOTTEN_FIELDS, False)
        # sudo: supervisors may lack the right to edit contacts
        client = self.sudo()
        client.callcenter_consent_ids._withdraw()
        name = self.env._("Forgotten client %(number)s", number=self.id)
        client.with_context(tracking_disable=True).write(
            {**blank, "name": name, "active": False}
        )
