import csv
import io
from functools import cached_property, partial

from odoo import fields
from odoo.tools import format_amount, format_date, formatLang

from ...tools.calling.kpi import SHARE, clock
from ...tools.common.spreadsheet import guard_for_spreadsheet, open_workbook
from ...tools.figures.tile_map import TILES
from ..common.figure_text import NOTHING, change_text, percent_text

# How a workbook shows each unit; the reader's program puts in his own signs.
_NUMBER_FORMATS = {
    "share": "0.0%",
    "money": "#,##0",
    "price": "#,##0.00",
    "day": "dd.mm.yyyy",
    "month": "mm.yyyy",
}


class DashboardPaper:
    """The dashboard on paper and in a workbook: its panels as on the screen."""

    def __init__(self, env, **asked):
        """:param asked: the arguments of the dashboard's ``get_data``

        :raise AccessError: the reader may not see the dashboard
        """
        self.env = env
        dashboard = env["callcenter.dashboard"]
        self._scope = dashboard._get_scope(**asked)
        self._panels = dashboard._make_panels(self._scope)
        self.data = dashboard._collect(self._scope, self._panels)

    @property
    def title(self):
        scope = self._scope
        dates = self.env._(
            "Calls, %(first)s to %(last)s",
            first=format_date(self.env, scope.first),
            last=format_date(self.env, scope.last),
        )
        return ", ".join([dates, *scope.get_filter_names()])

    @property
    def tiles(self):
        return [self._prepare_tile(tile) for tile in self.data["tiles"]]

    @cached_property
    def tables(self):
        """Tables of all panels, as of ``dashboard_panel.table``."""
        return [one for panel in self._panels for one in panel.get_tables(self.data)]

    def _prepare_tile(self, tile):
        return {
            "label": self.data["words"][tile["name"]],
            "value": self.show(tile["value"], tile["unit"]),
            "previous": self.show(tile["previous"], tile["unit"]),
            "change": change_text(
                self.env, tile["change"], is_points=tile["unit"] == SHARE
            ),
            "formula": tile["formula"],
        }

    def show(self, value, unit):
        """A value as text by its unit; a dash for none."""
        if value is None:
            return NOTHING
        formats = {
            "share": partial(percent_text, self.env),
            "seconds": clock,
            "per_hour": partial(formatLang, self.env, digits=1),
            "money": self._get_money,
            "price": self._get_money,
            "count": partial(formatLang, self.env, digits=0),
            "day": partial(format_date, self.env),
            "month": partial(format_date, self.env, date_format="LLLL y"),
        }
        return formats.get(unit, str)(value)

    def _get_money(self, value):
        return format_amount(self.env, value, self.env.company.currency_id)

    def get_map(self):
        """The tile map as rows of cells, and the most attempts of a region."""
        territory = self.data["territory"]
        most = max((row["attempts"] for row in territory), default=0) or 1
        places = {(row["column"], row["row"]): row for row in territory}
        width = 1 + max(column for column, _row in TILES.values())
        height = 1 + max(row for _column, row in TILES.values())
        grid = [
            [places.get((column, row)) for column in range(width)]
            for row in range(height)
        ]
        return {"grid": grid, "most": most}

    def make_pdf(self):
        """The tables as the bytes of a PDF."""
        values = {"paper": self}
        content, _kind = self.env["ir.actions.report"]._render_qweb_pdf(
            "callcenter_ops.res_company_action_report_dashboard",
            self.env.company.ids,
            data=values,
        )
        return content

    # ------------------------------------------------------------- one table

    def make_csv(self, number):
        """A table as the bytes of a CSV file, as the reader's spreadsheet opens it."""
        table, stream = self.tables[number], io.StringIO()
        writer = csv.writer(stream, delimiter=";")
        writer.writerow([heading for heading, _unit in table["columns"]])
        writer.writerows(
            [self._show_raw(cell) for cell in row] for row in table["rows"]
        )
        return stream.getvalue().encode("utf-8-sig")

    def _show_raw(self, value):
        if value is None:
            return ""
        if isinstance(value, str):
            return guard_for_spreadsheet(value)
        lang = self.env["res.lang"]._get_data(code=self.env.lang or "en_US")
        text = f"{value:.4f}".rstrip("0").rstrip(".")
        return text.replace(".", lang.decimal_point or ".")

    # ---------------------------------------------------------------- workbook

    def make_xlsx(self):
        """The tables as the bytes of an XLSX file, one page each."""
        stream = io.BytesIO()
        book = open_workbook(stream)
        self._write_tiles(book)
        for number, table in enumerate(self.tables, 2):
            self._write_table(book, f"{number}. {table['title']}"[:31], table)
        book.close()
        return stream.getvalue()

    def _write_tiles(self, book):
        page = book.add_worksheet(f"1. {self.env._('Figures')}"[:31])
        bold = book.add_format({"bold": True})
        page.write_string(0, 0, self.title, bold)
        headings = [
            self.env._("Figure"),
            self.env._("Value"),
            self.env._("Before"),
            self.env._("Change"),
            self.env._("Formula"),
        ]
        page.write_row(2, 0, headings, bold)
        page.set_column(0, 4, 26)
        for row, tile in enumerate(self.tiles, 3):
            for column, name in enumerate(
                ("label", "value", "previous", "change", "formula")
            ):
                page.write_string(row, column, tile[name])

    def _write_table(self, book, name, table):
        page = book.add_worksheet(name.translate(str.maketrans("[]:*?/\\", "       ")))
        bold = book.add_format({"bold": True, "text_wrap": True, "border": 1})
        formats = {
            unit: book.add_format({"num_format": text})
            for unit, text in _NUMBER_FORMATS.items()
        }
        page.set_column(0, 0, 34)
        page.set_column(1, len(table["columns"]), 16)
        page.freeze_panes(1, 0)
        for column, (heading, _unit) in enumerate(table["columns"]):
            page.write_string(0, column, heading, bold)
        for row, values in enumerate(table["rows"], 1):
            for column, value in enumerate(values):
                unit = table["columns"][column][1]
                if unit == "text":
                    page.write_string(row, column, value or "")
                elif unit in ("day", "month"):
                    day = fields.Date.to_date(value)
                    page.write_datetime(row, column, day, formats[unit])
                elif value is not None:
                    page.write_number(row, column, value, formats.get(unit))
        page.write_string(len(table["rows"]) + 2, 0, table["note"])
        self._write_chart(book, page, table)

    def _write_chart(self, book, page, table):
        count = len(table["rows"])
        if not count:
            return
        chart = book.add_chart({"type": "column"})
        chart.add_series(
            {
                "name": table["columns"][1][0],
                "categories": [page.name, 1, 0, count, 0],
                "values": [page.name, 1, 1, count, 1],
            }
        )
        chart.set_title({"name": table["title"]})
        page.insert_chart(1, len(table["columns"]) + 1, chart)
