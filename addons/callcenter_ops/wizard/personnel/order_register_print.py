import base64
import io

from odoo import fields, models
from odoo.exceptions import UserError

from ...tools.common.date_words import date_in_digits
from ...tools.common.spreadsheet import open_workbook

# Customary columns of the journal, in Russian like the papers it lists.
_COLUMNS = (
    ("№ п/п", 6),
    ("Номер приказа", 14),
    ("Дата приказа", 12),
    ("Вид приказа", 26),
    ("Фамилия, имя, отчество", 34),
    ("Табельный номер", 10),
    ("Краткое содержание", 44),
    ("Основание", 34),
    ("Кем подписан", 24),
    ("Дата ознакомления", 14),
    ("Примечание", 18),
)


class OrderRegisterPrint(models.TransientModel):
    """The register of signed orders for a period, on paper or as a table."""

    _name = "callcenter.order.register.print"
    _description = "Print the register of orders"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    date_from = fields.Date(
        string="From",
        required=True,
        default=lambda self: self.env.company._callcenter_today().replace(
            month=1, day=1
        ),
    )
    date_to = fields.Date(
        string="To",
        required=True,
        default=lambda self: self.env.company._callcenter_today(),
    )
    order_type = fields.Selection(
        selection=lambda self: (
            self.env["callcenter.personnel.order"]
            ._fields["order_type"]
            ._description_selection(self.env)
        ),
        string="Kind",
        help="Empty = all series one after another.",
    )
    file = fields.Binary(readonly=True)
    file_name = fields.Char(readonly=True)

    def action_print_pdf(self):
        """The register as PDF."""
        self._get_orders()
        return self.env.ref(
            "callcenter_ops.order_register_print_action_report"
        ).report_action(self)

    def action_export_xlsx(self):
        """The register as an XLSX file to download."""
        self.ensure_one()
        rows = self._get_rows()
        name = f"register-{self.date_from}-{self.date_to}.xlsx"
        self.write({"file": base64.b64encode(self._make_xlsx(rows)), "file_name": name})
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/file/{name}?download=true",
            "target": "self",
        }

    def _get_orders(self):
        if self.date_to < self.date_from:
            raise UserError(
                self.env._("The last day cannot come before the first one.")
            )
        domain = [
            ("company_id", "=", self.company_id.id),
            ("number", ">", 0),
            ("date_order", ">=", self.date_from),
            ("date_order", "<=", self.date_to),
        ]
        if self.order_type:
            domain.append(("order_type", "=", self.order_type))
        orders = self.env["callcenter.personnel.order"]
        series = list(
            dict(orders._fields["order_type"]._description_selection(self.env))
        )
        return orders.search(domain).sorted(
            lambda order: (series.index(order.order_type), order.year, order.number)
        )

    def _get_columns(self):
        return [title for title, _width in _COLUMNS]

    def _get_rows(self):
        """Rows of texts in the order of the columns."""
        orders = self._get_orders()
        return [
            [str(place), *order._get_register_row()]
            for place, order in enumerate(orders, 1)
        ]

    def _get_period(self):
        start, end = date_in_digits(self.date_from), date_in_digits(self.date_to)
        return f"{start} — {end}"

    def _make_xlsx(self, rows):
        stream = io.BytesIO()
        with open_workbook(stream) as book:
            sheet = book.add_worksheet("Журнал приказов")
            bold = book.add_format({"bold": True, "text_wrap": True, "border": 1})
            plain = book.add_format({"text_wrap": True, "border": 1, "valign": "top"})
            for place, (title, width) in enumerate(_COLUMNS):
                sheet.set_column(place, place, width)
                sheet.write_string(0, place, title, bold)
            for line, row in enumerate(rows, 1):
                for place, text in enumerate(row):
                    # as text: a basis that begins with = is no formula
                    sheet.write_string(line, place, text, plain)
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, max(len(rows), 1), len(_COLUMNS) - 1)
        return stream.getvalue()
