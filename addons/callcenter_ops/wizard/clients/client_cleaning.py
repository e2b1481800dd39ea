from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.clients.phone_parse import PhoneError, parse_phones
from ...tools.clients.region_names import find_region_code

# So many rows of one kind are shown and cleaned at a time.
ROW_LIMIT = 500


class ClientCleaning(models.TransientModel):
    """Bad numbers, missing zones and doubles of the client base, shown before anything
    is changed.

    Only what is ticked is changed, by the rights of the user.
    """

    _name = "callcenter.client.cleaning"
    _description = "Cleaning of the client base"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    import_ids = fields.Many2many(
        "callcenter.data.import",
        string="Lists from files",
        domain="[('kind', '=', 'clients'), ('state', '=', 'done')]",
        help="Only the clients who came with these files; empty = the whole base.",
    )
    row_ids = fields.One2many("callcenter.client.cleaning.row", "cleaning_id")
    bad_count = fields.Integer(string="Bad numbers", compute="_compute_counts")
    zone_count = fields.Integer(string="Without a zone", compute="_compute_counts")
    double_count = fields.Integer(string="Doubles", compute="_compute_counts")
    fixable_count = fields.Integer(string="Can be mended", compute="_compute_counts")

    @api.depends_context("lang")
    def _compute_display_name(self):
        self.display_name = self.env._("Cleaning of the client base")

    @api.depends("row_ids.kind", "row_ids.is_fixable")
    def _compute_counts(self):
        for record in self:
            kinds = record.row_ids.mapped("kind")
            record.bad_count = kinds.count("number")
            record.zone_count = kinds.count("zone")
            record.double_count = kinds.count("double")
            record.fixable_count = len(record.row_ids.filtered("is_fixable"))

    def action_look(self):
        """Find what is wrong; nothing is changed."""
        self.ensure_one()
        self._check_cleaner()
        rows = [*self._find_bad_numbers(), *self._find_zones(), *self._find_doubles()]
        self.row_ids = [Command.clear(), *(Command.create(row) for row in rows)]
        return self._get_window()

    def action_clean(self):
        """Mend what is ticked; each row says what became of it."""
        self.ensure_one()
        self._check_cleaner()
        ticked = self.row_ids.filtered(lambda row: row.is_chosen and row.is_fixable)
        if not ticked:
            raise UserError(self.env._("Tick what is to be mended."))
        for row in ticked:
            row._mend()
        return self._get_window()

    def _check_cleaner(self):
        self.env["res.partner"].check_access("write")
        self.check_access("write")

    def _get_window(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Cleaning of the client base"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "main",
        }

    def _get_scope(self):
        """Clients of the company, or of the chosen files."""
        scope = Domain("company_id", "in", (False, self.company_id.id))
        scope &= Domain("partner_share", "=", True)
        if self.import_ids:
            scope &= Domain("callcenter_import_id", "in", self.import_ids.ids)
        return scope

    def _search_clients(self, domain):
        return self.env["res.partner"].search(
            self._get_scope() & domain, limit=ROW_LIMIT, order="id"
        )

    def _find_bad_numbers(self):
        unread = Domain("phone", "not in", (False, ""))
        unread &= Domain("phone_sanitized", "=", False)
        for client in self._search_clients(unread):
            numbers = self._read_numbers(client)
            yield {
                "kind": "number",
                "partner_id": client.id,
                "found": client.phone,
                "proposal": ", ".join(numbers) or False,
                "is_fixable": bool(numbers),
                "is_chosen": bool(numbers),
            }

    @api.model
    def _read_numbers(self, client):
        """The numbers in the client's field, as they are shown; E.164 after the first.

        :return: list of texts, empty where no number can be read
        """
        country = client.country_id.code or self.env.company.country_id.code or "RU"
        try:
            first, *others = parse_phones(client.phone, country)
        except PhoneError:
            return []
        return [first.display, *(one.e164 for one in others)]

    def _find_zones(self):
        """Clients whose number, address and card tell no zone; the town may."""
        unknown = Domain("phone_sanitized", "!=", False)
        unknown &= Domain("callcenter_tz", "=", False)
        nowhere = Domain("state_id", "=", False)
        unknown &= nowhere | Domain("state_id.callcenter_tz", "=", False)
        codes = self.env["res.country.state"]._get_ids_by_code()
        for client in self._search_clients(unknown):
            if client._get_call_region()["timezone"]:
                continue
            region_id = codes.get(find_region_code(client.city or ""))
            region = self.env["res.country.state"].browse(region_id)
            yield {
                "kind": "zone",
                "partner_id": client.id,
                "found": client.city or client.phone_sanitized,
                "proposal": region.display_name or False,
                "state_id": region.id,
                "is_fixable": bool(region),
                "is_chosen": bool(region),
            }

    def _find_doubles(self):
        """Cards with one number: each but the oldest may go into that one."""
        numbered = self._get_scope() & Domain("phone_sanitized", "!=", False)
        groups = self.env["res.partner"]._read_group(
            numbered & Domain("parent_id", "=", False),
            ["phone_sanitized"],
            ["id:recordset"],
            having=[("__count", ">", 1)],
            order="phone_sanitized",
            limit=ROW_LIMIT,
        )
        for number, clients in groups:
            oldest, *others = clients.sorted("id")
            for client in others:
                yield {
                    "kind": "double",
                    "partner_id": client.id,
                    "target_id": oldest.id,
                    "found": number,
                    "proposal": oldest.display_name,
                    "is_fixable": True,
                    # Two people may share a telephone: a person decides.
                    "is_chosen": client.name == oldest.name,
                }
