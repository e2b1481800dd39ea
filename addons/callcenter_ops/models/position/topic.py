from odoo import fields, models


class Topic(models.Model):
    """What a requirement of a post is about, and what a quiz can prove."""

    _name = "callcenter.topic"
    _description = "Topic of knowledge"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True, help="Short latin name, the same in every database."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_unique = models.Constraint(
        "UNIQUE(code)", "A topic with this code exists already."
    )
