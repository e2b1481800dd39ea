import io

import xlsxwriter
from odoo import api, models
from odoo.tools import format_amount, format_date

from ...tools.figures.kpi import clock, percent
from ...tools.figures.tile_map import TILES

_NUMBER, _SHARE, _MONEY, _CLOCK, _TEXT = "count", "share", "money", "seconds", "text"
_PRICE = "price"  # money whose kopecks matter


class DashboardPaper(models.AbstractModel):
    """The dashboard on paper and in a workbook: its panels as on the screen."""

    _name = "callcenter.dashboard.paper"
    _description = "Printed dashboard"
    _inherit = [
        "callcenter.kpi.words",
        "callcenter.dashboard.cost.paper",
        "callcenter.dashboard.service.paper",
    ]

    @api.model
    def _get_paper(self, **asked):
        """Everything a paper of the dashboard shows, for ``get_data``'s arguments."""
        dashboard = self.env["callcenter.dashboard"]
        data = dashboard.get_data(**asked)
        return {
            "data": data,
            "title": self._get_title(data["period"], asked.get("campaign_id")),
            "tiles": [self._prepare_tile(tile) for tile in data["tiles"]],
            "panels": self._get_panels(data),
            "map": self._get_map(data["territory"]),
        }

    @api.model
    def _get_title(self, period, campaign_id):
        dates = self.env._(
            "Calls, %(first)s to %(last)s",
            first=format_date(self.env, period["first"]),
            last=format_date(self.env, period["last"]),
        )
        campaign = self.env["callcenter.campaign"].browse(campaign_id or [])
        return ", ".join(filter(None, (dates, campaign.name)))

    @api.model
    def _prepare_tile(self, tile):
        return {
            "label": self._get_figure_words()[tile["name"]],
            "value": self._get_text(tile["value"], tile["unit"]),
            "previous": self._get_text(tile["previous"], tile["unit"]),
            "change": self._get_text(tile["change"], _SHARE),
            "formula": tile["formula"],
        }

    @api.model
    def _get_text(self, value, unit):
        if value is None:
            return "—"
        formats = {
            _SHARE: percent,
            _CLOCK: clock,
            _MONEY: self._get_money,
            _PRICE: self._get_money,
        }
        return formats.get(unit, str)(value)

    @api.model
    def _get_money(self, value):
        return format_amount(self.env, value, self.env.company.currency_id)

    @api.model
    def _get_panels(self, data):
        """``[{"title", "columns": [(heading, unit)], "rows": [[value]]}]``."""
        words = self._get_figure_words()
        return [
            self._panel(
                self.env._("Calls by day"),
                data["days"],
                ("day", self.env._("Day"), _TEXT),
                ("attempts", words["attempts"], _NUMBER),
                ("contacts", words["contacts"], _NUMBER),
                ("sales", words["sales"], _NUMBER),
            ),
            self._panel(
                self.env._("From call to won"),
                [
                    {"name": words[step["name"]], "value": step["value"]}
                    for step in data["funnel"]
                ],
                ("name", self.env._("Step"), _TEXT),
                ("value", self.env._("Calls"), _NUMBER),
            ),
            self._get_operators_panel(data, words),
            *self._get_list_panels(data, words),
            *self._get_territory_panels(data, words),
            *self._get_service_panels(data["service"]),
            *self._get_cost_panels(data, words),
        ]

    @api.model
    def _get_operators_panel(self, data, words):
        return self._panel(
            self.env._("Operators side by side"),
            data["operators"],
            ("name", self.env._("Operator"), _TEXT),
            ("attempts", words["attempts"], _NUMBER),
            ("contacts", words["contacts"], _NUMBER),
            ("contact_rate", words["contact_rate"], _SHARE),
            ("leads", words["leads"], _NUMBER),
            ("sales", words["sales"], _NUMBER),
            ("conversion", words["conversion"], _SHARE),
            ("amount", words["amount"], _MONEY),
            ("aht", words["aht"], _CLOCK),
            ("occupancy", words["occupancy"], _SHARE),
        )

    @api.model
    def _get_list_panels(self, data, words):
        name = ("name", self.env._("Name"), _TEXT)
        calls = ("value", self.env._("Calls"), _NUMBER)
        return [
            self._panel(self.env._("Results"), data["results"], name, calls),
            self._panel(
                self.env._("Reasons of refusal"), data["refusals"], name, calls
            ),
            self._panel(
                self.env._("Campaigns: plan, left, forecast"),
                data["campaigns"],
                name,
                ("contacts", words["contacts"], _NUMBER),
                ("plan_contacts", self.env._("Planned contacts"), _NUMBER),
                ("targets", self.env._("Goals"), _NUMBER),
                ("plan_results", self.env._("Planned goals"), _NUMBER),
                ("left", self.env._("Left"), _NUMBER),
            ),
            self._panel(
                self.env._("Channels"),
                data["channels"],
                name,
                ("attempts", words["attempts"], _NUMBER),
                ("contacts", words["contacts"], _NUMBER),
                ("sales", words["sales"], _NUMBER),
                ("talk_seconds", self.env._("Talk time"), _CLOCK),
            ),
            self._panel(
                self.env._("Product categories"),
                data["categories"],
                name,
                ("attempts", words["attempts"], _NUMBER),
                ("targets", words["targets"], _NUMBER),
                ("sales", words["sales"], _NUMBER),
                ("conversion", words["conversion"], _SHARE),
                ("amount", words["amount"], _MONEY),
            ),
        ]

    @api.model
    def _get_territory_panels(self, data, words):
        name = ("name", self.env._("Region"), _TEXT)
        return [
            self._panel(
                self.env._("Territory"),
                [row for row in data["territory"] if row["attempts"] or row["clients"]],
                name,
                ("district", self.env._("Federal district"), _TEXT),
                ("attempts", words["attempts"], _NUMBER),
                ("contacts", words["contacts"], _NUMBER),
                ("sales", words["sales"], _NUMBER),
                ("amount", words["amount"], _MONEY),
                ("clients", self.env._("Clients"), _NUMBER),
                ("reached", self.env._("Reached"), _NUMBER),
                ("share", self.env._("Share reached"), _SHARE),
                ("own_leads", self.env._("Opportunities without calls"), _NUMBER),
                ("meetings", self.env._("Meetings"), _NUMBER),
            ),
            self._panel(
                self.env._("Calls beside the sales department"),
                data["sales_work"],
                ("name", self.env._("Federal district"), _TEXT),
                ("attempts", words["attempts"], _NUMBER),
                ("contacts", words["contacts"], _NUMBER),
                ("call_leads", self.env._("Opportunities by calls"), _NUMBER),
                ("own_leads", self.env._("Opportunities without calls"), _NUMBER),
                ("meetings", self.env._("Meetings"), _NUMBER),
            ),
        ]

    @api.model
    def _panel(self, title, rows, *columns):
        return {
            "title": title,
            "columns": [(heading, unit) for _name, heading, unit in columns],
            "rows": [[row[name] for name, _heading, _unit in columns] for row in rows],
        }

    @api.model
    def _get_map(self, territory):
        """The tile map as rows of cells; None where there is no region."""
        most = max((row["attempts"] for row in territory), default=0) or 1
        places = {(row["column"], row["row"]): row for row in territory}
        width = 1 + max(column for column, _row in TILES.values())
        height = 1 + max(row for _column, row in TILES.values())
        grid = [
            [places.get((column, row)) for column in range(width)]
            for row in range(height)
        ]
        return {"grid": grid, "most": most}

    @api.model
    def _get_pdf(self, **asked):
        """The panels as the bytes of a PDF."""
        values = {"paper": self._get_paper(**asked), "show": self._get_text}
        content, _kind = self.env["ir.actions.report"]._render_qweb_pdf(
            "callcenter_ops.dashboard_report", self.env.company.ids, data=values
        )
        return content

    # ---------------------------------------------------------------- workbook

    @api.model
    def _get_xlsx(self, **asked):
        """The panels as the bytes of an XLSX file, one page each."""
        paper = self._get_paper(**asked)
        stream = io.BytesIO()
        book = xlsxwriter.Workbook(stream, {"in_memory": True})
        self._write_tiles(book, paper)
        for number, panel in enumerate(paper["panels"], 2):
            self._write_panel(book, f"{number}. {panel['title']}"[:31], panel)
        book.close()
        return stream.getvalue()

    @api.model
    def _write_tiles(self, book, paper):
        page = book.add_worksheet(f"1. {self.env._('Figures')}"[:31])
        bold = book.add_format({"bold": True})
        page.write_string(0, 0, paper["title"], bold)
        headings = [
            self.env._("Figure"),
            self.env._("Value"),
            self.env._("Before"),
            self.env._("Change"),
            self.env._("Formula"),
        ]
        page.write_row(2, 0, headings, bold)
        page.set_column(0, 4, 26)
        for row, tile in enumerate(paper["tiles"], 3):
            for column, name in enumerate(
                ("label", "value", "previous", "change", "formula")
            ):
                page.write_string(row, column, tile[name])

    @api.model
    def _write_panel(self, book, name, panel):
        page = book.add_worksheet(name.translate(str.maketrans("[]:*?/\\", "       ")))
        bold = book.add_format({"bold": True, "text_wrap": True, "border": 1})
        share = book.add_format({"num_format": "0.0%"})
        money = book.add_format({"num_format": "#,##0"})
        price = book.add_format({"num_format": "#,##0.00"})
        formats = {_SHARE: share, _MONEY: money, _PRICE: price}
        page.set_column(0, 0, 34)
        page.set_column(1, len(panel["columns"]), 16)
        page.freeze_panes(1, 0)
        for column, (heading, _unit) in enumerate(panel["columns"]):
            page.write_string(0, column, heading, bold)
        for row, values in enumerate(panel["rows"], 1):
            for column, value in enumerate(values):
                unit = panel["columns"][column][1]
                if unit == _TEXT:
                    page.write_string(row, column, value or "")
                elif value is not None:
                    page.write_number(row, column, value, formats.get(unit))
        page.write_string(len(panel["rows"]) + 2, 0, panel.get("note", ""))
        self._write_chart(book, page, panel)

    @api.model
    def _write_chart(self, book, page, panel):
        count = len(panel["rows"])
        if not count:
            return
        chart = book.add_chart({"type": "column"})
        chart.add_series(
            {
                "name": panel["columns"][1][0],
                "categories": [page.name, 1, 0, count, 0],
                "values": [page.name, 1, 1, count, 1],
            }
        )
        chart.set_title({"name": panel["title"]})
        page.insert_chart(1, len(panel["columns"]) + 1, chart)
