from odoo import fields, models

from ...tools.common.federal_districts import FEDERAL_DISTRICTS


class CallFigures(models.AbstractModel):
    """What a row of kept figures tells, be it of a day or of a month."""

    _name = "callcenter.call.figures"
    _description = "Kept figures of calls"
    _order = "day desc, id desc"
    _rec_name = "day"
    _log_access = False

    facet = fields.Selection(
        [
            ("operator", "Operator and campaign"),
            ("region", "Region"),
            ("hour", "Hour"),
            ("result", "Result"),
            ("category", "Product category"),
            ("time", "Time at the desk"),
        ],
        required=True,
        readonly=True,
    )
    # Links that the calls hold too, whose own keys forbid the deletion.
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    day = fields.Date(required=True, readonly=True)
    employee_id = fields.Many2one("hr.employee", string="Operator", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    campaign_id = fields.Many2one("callcenter.campaign", readonly=True)
    direction = fields.Selection(
        [("out", "Outgoing"), ("in", "Incoming")], readonly=True
    )
    channel = fields.Char(readonly=True)
    state_id = fields.Many2one("res.country.state", string="Region", readonly=True)
    federal_district = fields.Selection(FEDERAL_DISTRICTS, readonly=True)
    hour = fields.Integer(string="Hour of the client", readonly=True, aggregator=None)
    disposition_id = fields.Many2one(
        "callcenter.disposition", string="Result", readonly=True
    )
    refusal_reason_id = fields.Many2one("callcenter.refusal.reason", readonly=True)
    categ_id = fields.Many2one(
        "product.category", string="Product category", readonly=True
    )
    attempts = fields.Integer(readonly=True)
    connected = fields.Integer(
        readonly=True, default=0, help="Somebody or something answered."
    )
    contacts = fields.Integer(readonly=True)
    targets = fields.Integer(string="Target contacts", readonly=True)
    leads = fields.Integer(string="Interested", readonly=True)
    sales = fields.Integer(string="Customer orders", readonly=True)
    refusals = fields.Integer(readonly=True)
    callbacks = fields.Integer(string="Call-backs", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount = fields.Monetary(string="Amount of orders", readonly=True)
    talk_seconds = fields.Integer(string="Talk, seconds", readonly=True)
    wrap_seconds = fields.Integer(string="Wrap-up, seconds", readonly=True)
    ready_seconds = fields.Integer(string="Ready, seconds", readonly=True)
    preview_seconds = fields.Integer(string="Preview, seconds", readonly=True)
    pause_seconds = fields.Integer(string="Pause, seconds", readonly=True)
