from odoo import api, fields, models


class PbxCall(models.Model):
    """An incoming call as the PBX tells it, answered or lost.

    Comes from the PBX's journal only. What the operator says of a conversation
    is ``callcenter.call``; here stands how long the client waited for it.
    """

    _name = "callcenter.pbx.call"
    _description = "Incoming call at the PBX"
    _order = "started_at desc, id desc"
    _rec_name = "started_at"

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    ident = fields.Char(
        string="Identifier",
        required=True,
        readonly=True,
        help="The PBX's own name of the call: it is loaded once.",
    )
    line = fields.Char(readonly=True, help="Number or queue that was called.")
    started_at = fields.Datetime(string="Called at", required=True, readonly=True)
    day = fields.Date(required=True, readonly=True)
    phone = fields.Char(readonly=True, index="btree_not_null")
    partner_id = fields.Many2one(
        "res.partner", string="Client", readonly=True, index="btree_not_null"
    )
    wait_seconds = fields.Integer(string="Waited, seconds", readonly=True)
    talk_seconds = fields.Integer(string="Talk, seconds", readonly=True)
    is_answered = fields.Boolean(string="Answered", readonly=True)
    is_in_time = fields.Boolean(
        string="Answered in time",
        readonly=True,
        help="Within the seconds of the service level that held on that day.",
    )

    _ident_unique = models.UniqueIndex(
        "(company_id, ident)", "This call of the PBX is loaded already."
    )
    _day_idx = models.Index("(company_id, day)")
    _not_negative = models.Constraint(
        "CHECK (wait_seconds >= 0 AND talk_seconds >= 0)",
        "Nobody waits or talks for less than nothing.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Calls with their local day, client and mark of being in time.

        Callers whom nobody answered are called back.
        """
        clients = self._find_clients(vals_list)
        limits = {}
        for vals in vals_list:
            company = self.env["res.company"].browse(vals["company_id"])
            moment = fields.Datetime.to_datetime(vals["started_at"])
            vals["day"] = company._callcenter_local(moment).date()
            vals["partner_id"] = clients.get(vals.get("phone"))
            limit = self._get_limit(company, vals["day"], limits)
            vals["is_in_time"] = _is_within(vals, limit)
        calls = super().create(vals_list)
        # sudo: promises and cards of new callers are written by the server alone
        self.env["callcenter.followup"].sudo()._promise_to_missed(calls.sudo())
        return calls

    def _is_answered_in_time(self, vals, day):
        """The mark of a call of which another line tells more."""
        return _is_within(vals, self._get_limit(self.company_id, day, {}))

    @api.model
    def _get_limit(self, company, day, known):
        """Seconds within which a call of ``day`` is answered in time."""
        if (company, day) not in known:
            level = self.env["callcenter.service.level"]._get_at(company, day)
            known[company, day] = level.seconds
        return known[company, day]

    @api.model
    def _find_clients(self, vals_list):
        """Number -> id of the client it belongs to, the oldest where several share."""
        phones = {vals["phone"] for vals in vals_list if vals.get("phone")}
        companies = {vals["company_id"] for vals in vals_list}
        clients = self.env["res.partner"].search(
            [
                ("phone_sanitized", "in", list(phones)),
                ("company_id", "in", [False, *companies]),
            ],
            order="id desc",
        )
        return {client.phone_sanitized: client.id for client in clients}


def _is_within(vals, limit):
    return bool(vals.get("is_answered")) and vals.get("wait_seconds", 0) <= limit
