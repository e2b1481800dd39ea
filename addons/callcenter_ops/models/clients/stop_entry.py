from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL, format_date

from ...tools.clients.phone_parse import PhoneError, parse_phone
from ...tools.common.peppered_hash import peppered_hash
from ...tools.common.row_guard import (
    filled_once,
    kept_or_emptied,
    same_client,
    unchanged,
)


class StopEntry(models.Model):
    """Who is not called, and by what number: entered, ended by a name, never changed.

    "Do not call" is said by a person. Whoever has an entry is called by none of his
    numbers, those included that he comes to have later (``_follow_numbers``); an entry
    that names nobody binds whoever has its number.
    """

    _name = "callcenter.stop.entry"
    _inherit = ["callcenter.guarded.mixin", "callcenter.row.guard.mixin"]
    _description = "Entry of the stop list"
    _order = "date desc, id desc"
    _rec_name = "phone"
    _guarded_fields = ("ended_by_id",)
    _settled_fields = ("partner_id", "reason", "date_end", "company_id")

    # The number goes when its client is forgotten, and the reason with it.
    _guard_update = f"""
        IF {unchanged(("date_end", "ended_by_id", "partner_id", "phone", "reason"))}
                AND {filled_once(("ended_by_id",))}
                AND {kept_or_emptied("phone")} AND {same_client()}
                AND (NEW.reason = OLD.reason OR NEW.phone IS NULL) THEN
            RETURN NEW;
        END IF;
    """

    phone = fields.Char(
        index="btree_not_null",
        help="Empty for a client who asked to be forgotten, and for one who has no "
        "number yet.",
    )
    phone_hash = fields.Char(readonly=True, copy=False)
    partner_id = fields.Many2one(
        "res.partner", string="Client", index="btree_not_null", ondelete="set null"
    )
    reason = fields.Char(required=True)
    date = fields.Datetime(
        string="Since", required=True, default=fields.Datetime.now, readonly=True
    )
    date_end = fields.Datetime(string="Until", help="Empty = for good.")
    ended_by_id = fields.Many2one(
        "res.users", string="Ended early by", readonly=True, copy=False
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )

    _phone_hash_idx = models.Index("(phone_hash)")
    _period = models.Constraint(
        "CHECK (date_end IS NULL OR date_end > date)",
        "An entry of the stop list must end after it begins.",
    )

    _binds_somebody = models.Constraint(
        "CHECK (phone_hash IS NOT NULL OR partner_id IS NOT NULL)",
        "An entry of the stop list needs a number or a client.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_kept({name for vals in vals_list for name in vals}, "create")
        for vals in vals_list:
            if vals.get("phone") or not vals.get("partner_id"):
                phone = self._read_phone(vals.get("phone"))
                vals |= {"phone": phone, "phone_hash": self._hash(phone)}
        # The hash is the server's own.
        entries = super(StopEntry, self._in_transition()).create(vals_list)
        entries = entries.with_env(self.env)
        self._follow_each(entries.partner_id)
        return entries

    def write(self, vals):
        if {"phone_hash", "phone"} & set(vals):
            raise UserError(
                self.env._(
                    "The number of an entry cannot be changed: add another entry."
                )
            )
        return super().write(vals)

    # -- one person, all his numbers --

    @api.model
    def _follow_numbers(self, cards):
        """Bind the numbers that somebody who is stopped has come to have.

        :param cards: ``res.partner`` that are one person
        """
        entries = self.search([("partner_id", "in", cards.ids), *self._live_domain()])
        numbers = {one for card in cards for one in card._get_callcenter_numbers()}
        now = fields.Datetime.now()
        vals_list = []
        for same in entries.grouped(lambda one: one._get_scope()).values():
            longest = same._get_longest()
            bound = set(longest.mapped("phone_hash"))
            vals_list += [
                longest[0].copy_data({"phone": number, "date": now})[0]
                for number in sorted(numbers)
                if self._hash(number) not in bound
            ]
        if vals_list:
            self._in_transition().create(vals_list)

    @api.model
    def _follow_each(self, clients):
        """The same of clients who are a person each; most of them are not stopped."""
        stopped = [("partner_id", "in", clients.ids), *self._live_domain()]
        for client in self.search(stopped).partner_id:
            self._follow_numbers(client)

    def _get_longest(self):
        """Those that end last: for good, where there are such."""
        ends = self.mapped("date_end")
        last = False if False in ends else max(ends)
        return self.filtered(lambda one: one.date_end == last)

    def _get_scope(self):
        """Where the entry binds, as plain values."""
        return (self.company_id.id,)

    @api.model
    def _live_domain(self):
        now = fields.Datetime.now()
        return ["|", ("date_end", "=", False), ("date_end", ">", now)]

    @api.model
    def _find_binding(self, client):
        """Live entries that keep everybody from calling the client."""
        hashes = [self._hash(number) for number in client._get_callcenter_numbers()]
        return self.search(
            [
                ("company_id", "in", self.env.companies.ids),
                *self._live_domain(),
                *("|", ("partner_id", "=", client.id), ("phone_hash", "in", hashes)),
            ]
        )

    def _get_note(self):
        """What the card says of a client whom these entries bind."""
        for_good = self.filtered(lambda one: not one.date_end)
        if for_good:
            since = format_date(self.env, min(for_good.mapped("date")).date())
            return self.env._("Do not call: asked so on %(day)s.", day=since)
        until = format_date(self.env, max(self.mapped("date_end")).date())
        return self.env._("Do not call until %(day)s.", day=until)

    @api.model
    def _hash(self, phone):
        pepper = self.env["ir.config_parameter"]._get_callcenter_pepper()
        return peppered_hash(phone, pepper)

    def action_end(self):
        """The client may be called again from now on: he has asked for it.

        All his entries of the same reach end, as he said yes and not one number.
        """
        self._check_role(
            "callcenter_ops.group_supervisor", "callcenter_ops.group_manager"
        )
        self.check_access("write")
        now = fields.Datetime.now()
        for entry in (self | self._get_siblings()).filtered_domain(self._live_domain()):
            # An entry lasts a second at least.
            end = max(now, fields.Datetime.add(entry.date, seconds=1))
            # sudo: the seals of past days are told by what right the entry changes
            self.env["callcenter.day.seal"].sudo()._excuse(
                entry, entry._told_to().env._("Ended: the number may be called again.")
            )
            entry._transition({"date_end": end, "ended_by_id": self.env.uid})

    def _get_siblings(self):
        """Live entries of the same persons, with the reach of these."""
        same = [("partner_id", "in", self.partner_id.ids), *self._live_domain()]
        scopes = {(entry.partner_id, entry._get_scope()) for entry in self}
        return self.search(same).filtered(
            lambda one: (one.partner_id, one._get_scope()) in scopes
        )

    @api.constrains("date_end")
    def _check_end_in_future(self):
        now = fields.Datetime.now()
        if any(record.date_end and record.date_end < now for record in self):
            raise ValidationError(
                self.env._("An entry of the stop list cannot end in the past.")
            )

    def _forget_number(self, basis=None):
        """Keep the hash alone, so the number stays refused without being known.

        :param basis: stands for the old reason, which may tell who it was
        """
        self.env.cr.execute(
            SQL(
                "UPDATE callcenter_stop_entry SET phone = NULL,"
                # Without a number the card, which says nothing more, is all there is.
                " partner_id = CASE WHEN phone_hash IS NULL THEN partner_id END,"
                " reason = COALESCE(%s, reason) WHERE id = ANY(%s)",
                basis,
                self.ids,
            )
        )
        self.invalidate_recordset(["phone", "partner_id", "reason"])

    def _read_phone(self, text):
        try:
            country = self.env.company.country_id.code or "RU"
            return parse_phone(text or "", country).e164
        except PhoneError as error:
            raise ValidationError(
                self.env._(
                    "%(number)s is no complete telephone number: write it with the "
                    "city or operator code.",
                    number=text or "—",
                )
            ) from error
