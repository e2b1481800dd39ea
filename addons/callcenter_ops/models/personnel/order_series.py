from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

_TOKENS = ("{number}", "{series}", "{year}")


class OrderSeries(models.Model):
    """How the orders of a kind are numbered from a day on: letters, form, start.

    The company's own way beside the kind's usual one. The first number counts for the
    year of the day alone: whoever has given 41 numbers on paper goes on with 42.
    """

    _name = "callcenter.order.series"
    _description = "Series of orders"
    _order = "order_type, date_from desc"
    _rec_name = "letters"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
    )
    order_type = fields.Selection(
        selection=lambda self: (
            self.env["callcenter.personnel.order"]
            ._fields["order_type"]
            ._description_selection(self.env)
        ),
        string="Kind",
        required=True,
    )
    date_from = fields.Date(
        string="Valid from",
        required=True,
        default=lambda self: self.env.company._callcenter_today(),
    )
    letters = fields.Char(
        string="Letters of the series", help="Empty: those of the kind."
    )
    number_format = fields.Char(
        required=True,
        default="{number}-{series}/{year}",
        help="{number} always; {series} and {year} as the company writes them.",
    )
    first_number = fields.Integer(
        string="First number of that year",
        required=True,
        default=1,
        help="What the register goes on with in the year of the day: one more than "
        "the last number given on paper.",
    )

    _start_unique = models.UniqueIndex(
        "(company_id, order_type, date_from)",
        "This kind has a series from that day already.",
    )
    _first_positive = models.Constraint(
        "CHECK (first_number > 0)", "Numbers begin with 1 or later."
    )

    @api.constrains("number_format")
    def _check_number_format(self):
        for series in self:
            rest = series.number_format
            for token in _TOKENS:
                rest = rest.replace(token, "")
            if "{number}" not in series.number_format or set(rest) & set("{}"):
                raise ValidationError(
                    self.env._(
                        "The form of a number holds {number}, and of other words in "
                        "braces only {series} and {year}."
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._check_unused()
        return records

    def write(self, vals):
        self._check_unused()
        result = super().write(vals)
        self._check_unused()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self._check_unused()

    def _check_unused(self):
        """Numbers that were given stay as they were, and so does what made them."""
        orders = self.env["callcenter.personnel.order"]
        for series in self:
            used = orders.search(
                [
                    ("company_id", "=", series.company_id.id),
                    ("order_type", "=", series.order_type),
                    ("number", ">", 0),
                    ("date_order", ">=", series.date_from),
                ],
                limit=1,
            )
            if used:
                raise UserError(
                    self.env._(
                        "%(order)s has its number from this series already: begin "
                        "another one on a later day.",
                        order=used.display_name,
                    )
                )

    @api.model
    def _get_of(self, company, order_type, on_date):
        """The series in force on the day; empty: the kind's own way."""
        # sudo: the Director who signs need not read settings
        return self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("order_type", "=", order_type),
                ("date_from", "<=", on_date),
            ],
            limit=1,
        )

    @api.model
    def _get_first_number(self, company, order_type, year):
        """Where the register of a year begins."""
        # sudo: the Director who signs need not read settings
        series = self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("order_type", "=", order_type),
                ("date_from", ">=", f"{year}-01-01"),
                ("date_from", "<=", f"{year}-12-31"),
            ],
            order="first_number desc",
            limit=1,
        )
        return series.first_number or 1

    @api.model
    def _format(self, company, kind, number):
        """A number of the register as printed, e.g. ``12-П/2026``.

        :param kind: the ``OrderKind`` of an order that is signed
        """
        order = kind.order
        series = self._get_of(company, order.order_type, order.date_order)
        words = {
            "{number}": str(number),
            "{series}": series.letters or kind.series,
            "{year}": str(order.date_order.year),
        }
        text = series.number_format or "{number}-{series}/{year}"
        for token, word in words.items():
            text = text.replace(token, word)
        return text
