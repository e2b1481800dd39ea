from odoo import api, fields, models
from odoo.tools import SQL


class OrderRegister(models.Model):
    """Last number given in each series of the register of orders.

    A series is one kind of order in one company and one year. The row is locked
    until the signing transaction ends, so a number is either on a signed order or
    was never given: the register has neither gaps nor doubles.
    """

    _name = "callcenter.order.register"
    _description = "Register of orders"
    _order = "year desc, order_type"
    _rec_name = "order_type"

    company_id = fields.Many2one("res.company", required=True, ondelete="restrict")
    order_type = fields.Char(string="Series", required=True)
    year = fields.Integer(required=True, aggregator=None)
    last_number = fields.Integer(required=True, default=0, aggregator=None)

    _series_unique = models.UniqueIndex(
        "(company_id, order_type, year)", "This series has been opened already."
    )

    @api.model
    def _take_next(self, company, order_type, year):
        """Next number of the series as int; it opens by itself, with 1 or where the
        company's setting lets it begin."""
        first = self.env["callcenter.order.series"]._get_first_number(
            company, order_type, year
        )
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO callcenter_order_register AS register
                            (company_id, order_type, year, last_number)
                     VALUES (%(company)s, %(order_type)s, %(year)s, %(first)s)
                ON CONFLICT (company_id, order_type, year)
                  DO UPDATE SET last_number = register.last_number + 1
                  RETURNING last_number
                """,
                company=company.id,
                order_type=order_type,
                year=year,
                first=first,
            )
        )
        (number,) = self.env.cr.fetchone()
        self.invalidate_model(["last_number"])
        return number

    @api.model
    def _reserve(self, company, order_type, year, number):
        """Never give this number or one below it: it was given on paper before."""
        register = self.search(
            [
                ("company_id", "=", company.id),
                ("order_type", "=", order_type),
                ("year", "=", year),
            ]
        )
        if not register:
            self.create(
                {
                    "company_id": company.id,
                    "order_type": order_type,
                    "year": year,
                    "last_number": number,
                }
            )
        elif register.last_number < number:
            register.last_number = number
