from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ...tools.clients.phone_parse import PhoneError, parse_phone
from ...tools.common.peppered_hash import peppered_hash
from ...tools.common.row_guard import (
    filled_once,
    kept_or_emptied,
    same_client,
    unchanged,
)


class StopEntry(models.Model):
    """A number that is not called: entered, and ended by a name, never changed."""

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
        index="btree_not_null", help="Empty for a client who asked to be forgotten."
    )
    phone_hash = fields.Char(required=True, readonly=True, copy=False)
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

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_kept({name for vals in vals_list for name in vals}, "create")
        pepper = self.env["ir.config_parameter"]._get_callcenter_pepper()
        for vals in vals_list:
            phone = self._read_phone(vals.get("phone"))
            vals["phone"] = phone
            vals["phone_hash"] = peppered_hash(phone, pepper)
        # The hash is the server's own.
        entries = super(StopEntry, self._in_transition()).create(vals_list)
        return entries.with_env(self.env)

    def write(self, vals):
        if {"phone_hash", "phone"} & set(vals):
            raise UserError(
                self.env._(
                    "The number of an entry cannot be changed: add another entry."
                )
            )
        return super().write(vals)

    def action_end(self):
        """The number may be called again from now on: the client has asked for it."""
        self._check_role(
            "callcenter_ops.group_supervisor", "callcenter_ops.group_manager"
        )
        self.check_access("write")
        now = fields.Datetime.now()
        for entry in self.filtered(lambda one: not one.date_end or one.date_end > now):
            # An entry lasts a second at least.
            end = max(now, fields.Datetime.add(entry.date, seconds=1))
            # sudo: the seals of past days are told by what right the entry changes
            self.env["callcenter.day.seal"].sudo()._excuse(
                entry, self.env._("Ended: the number may be called again.")
            )
            entry._transition({"date_end": end, "ended_by_id": self.env.uid})

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
