import secrets

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError, ValidationError
from odoo.tools import SQL
from psycopg2.errors import UniqueViolation

from ...tools.clients.number_plan import number_hash, read_number

_PEPPER_KEY = "callcenter.number_pepper"


class StopEntry(models.Model):
    _name = "callcenter.stop.entry"
    _description = "Entry of the stop list"
    _order = "date desc, id desc"
    _rec_name = "phone"

    phone = fields.Char(
        index="btree_not_null", help="Empty for a client who asked to be forgotten."
    )
    phone_hash = fields.Char(required=True, readonly=True, copy=False)
    partner_id = fields.Many2one(
        "res.partner", string="Client", index="btree_not_null", ondelete="set null"
    )
    campaign_id = fields.Many2one(
        "callcenter.campaign",
        string="Only in campaign",
        ondelete="cascade",
        index="btree_not_null",
        help="Empty = in every campaign.",
    )
    reason = fields.Char(required=True)
    date = fields.Datetime(
        string="Since", required=True, default=fields.Datetime.now, readonly=True
    )
    date_end = fields.Datetime(string="Until", help="Empty = for good.")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )

    _phone_hash_idx = models.Index("(phone_hash)")
    _period = models.Constraint(
        "CHECK (date_end IS NULL OR date_end > date)",
        "An entry of the stop list must end after it begins.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        pepper = self._get_pepper()
        for vals in vals_list:
            phone = self._read_phone(vals.get("phone"))
            vals["phone"] = phone
            vals["phone_hash"] = number_hash(phone, pepper)
        return super().create(vals_list)

    def write(self, vals):
        if {"phone_hash", "phone"} & set(vals):
            raise UserError(
                self.env._(
                    "The number of an entry cannot be changed: add another entry."
                )
            )
        return super().write(vals)

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
                "UPDATE callcenter_stop_entry SET phone = NULL, partner_id = NULL,"
                " reason = COALESCE(%s, reason) WHERE id = ANY(%s)",
                basis,
                self.ids,
            )
        )
        self.invalidate_recordset(["phone", "partner_id", "reason"])

    @api.model
    def _get_pepper(self):
        """The database's own secret, without which the hashes could be guessed."""
        # sudo: operators make entries, only the server reads the secret
        parameters = self.env["ir.config_parameter"].sudo()
        pepper = parameters.get_param(_PEPPER_KEY)
        return pepper or self._make_pepper(parameters)

    def _make_pepper(self, parameters):
        """The secret, made at the first need.

        :raise ConcurrencyError: another request made it just now; Odoo tries again
        """
        pepper = secrets.token_hex(16)
        try:
            with self.env.cr.savepoint():
                parameters.set_param(_PEPPER_KEY, pepper)
        except UniqueViolation as error:
            raise ConcurrencyError("The secret was made meanwhile") from error
        return pepper

    def _read_phone(self, text):
        read = read_number(text, self.env.company.country_id.code or "RU")
        if read.problem:
            raise ValidationError(
                self.env._(
                    "%(number)s is no complete telephone number: write it with the "
                    "city or operator code.",
                    number=text or "—",
                )
            )
        return read.e164
