import io

from odoo import Command, api, fields, models

from ...models.common.figure_text import NOTHING, percent_text
from ...models.figures.kpi_words import KpiWords
from ...tools.calling.kpi import KPIS
from ...tools.common.period import add_months, first_of_month, last_of_month
from ...tools.common.spreadsheet import open_workbook
from ...tools.figures.compare_shares import difference, wilson

# Shares of calls, which the kept figures tell for every choice.
FIGURES = ("connection_rate", "contact_rate", "target_rate", "lead_rate", "conversion")
_CHOICES = ("campaign_id", "department_id", "employee_id")


class FigureCompare(models.TransientModel):
    """Any two periods, operators, campaigns or teams: what differs beyond chance."""

    _name = "callcenter.figure.compare"
    _description = "Comparison of figures"

    first_from = fields.Date(
        string="First: first day",
        required=True,
        default=lambda self: self._default_month(0)[0],
    )
    first_to = fields.Date(
        string="First: last day",
        required=True,
        default=lambda self: self._default_month(0)[1],
    )
    first_campaign_id = fields.Many2one("callcenter.campaign", string="First: campaign")
    first_department_id = fields.Many2one("hr.department", string="First: team")
    first_employee_id = fields.Many2one("hr.employee", string="First: operator")
    second_from = fields.Date(
        string="Second: first day",
        required=True,
        default=lambda self: self._default_month(-1)[0],
    )
    second_to = fields.Date(
        string="Second: last day",
        required=True,
        default=lambda self: self._default_month(-1)[1],
    )
    second_campaign_id = fields.Many2one(
        "callcenter.campaign", string="Second: campaign"
    )
    second_department_id = fields.Many2one("hr.department", string="Second: team")
    second_employee_id = fields.Many2one("hr.employee", string="Second: operator")
    row_ids = fields.One2many(
        "callcenter.figure.compare.row", "compare_id", readonly=True
    )

    @api.model
    def _default_month(self, offset):
        """First and last day of this month, or of one before."""
        today = self.env.company._callcenter_today()
        first = add_months(first_of_month(today), offset)
        return first, last_of_month(first)

    @api.depends_context("lang")
    def _compute_display_name(self):
        self.display_name = self.env._("Comparison")

    def action_compare(self):
        """Count both sides and say what can be told of them."""
        self.ensure_one()
        self.check_access("write")
        sides = [self._read_side(side) for side in ("first", "second")]
        words = KpiWords(self.env)
        rows = [self._prepare_row(code, words, *sides) for code in FIGURES]
        self.row_ids = [Command.clear(), *map(Command.create, rows)]

    def _get_scope(self, side):
        """What is asked for on a side, as the dashboard reads it."""
        choice = {name: self[f"{side}_{name}"].id for name in _CHOICES}
        return self.env["callcenter.dashboard"]._get_scope(
            self[f"{side}_from"],
            self[f"{side}_to"],
            choice.pop("campaign_id"),
            choice,
        )

    def _read_side(self, side):
        """Sums of a side by name."""
        names = sorted({name for code in FIGURES for name in _get_sums(code)})
        [sums] = self._get_scope(side).read_stats("operator", [], names)
        return {name: value or 0 for name, value in zip(names, sums, strict=True)}

    def _prepare_row(self, code, words, first, second):
        above, below = _get_sums(code)
        pairs = [(sums[above], sums[below]) for sums in (first, second)]
        said = difference(*pairs)
        row = {
            "code": code,
            "name": words.get_figure_words()[code],
            "formula": words.get_formula(code),
            "verdict": said.verdict,
            "difference_text": self._show_points(said),
        }
        for side, pair in zip(("first", "second"), pairs, strict=True):
            row[f"{side}_hits"], row[f"{side}_count"] = pair
            row[f"{side}_text"] = self._show_share(*pair)
        return row

    def _show_share(self, hits, count):
        """The share and its interval, e.g. ``30.8 % (25.5…36.6)``."""
        if not count:
            return NOTHING
        low, high = map(self._show_number, wilson(hits, count))
        return f"{percent_text(self.env, hits / count)} ({low}…{high})"

    def _show_points(self, said):
        if said.value is None:
            return NOTHING
        value, low, high = map(self._show_number, (said.value, said.low, said.high))
        return f"{value} ({low}…{high})"

    def _show_number(self, share):
        """Per cent without their sign, which the heading has."""
        return percent_text(self.env, share).rstrip("% \N{NO-BREAK SPACE}")

    def action_download_xlsx(self):
        """The comparison as a workbook."""
        self.ensure_one()
        self.action_compare()
        return {
            "type": "ir.actions.act_url",
            "url": f"/callcenter_ops/figure_compare/{self.id}/xlsx",
            "target": "download",
        }

    def _make_xlsx(self):
        """The rows as the bytes of a workbook."""
        stream = io.BytesIO()
        book = open_workbook(stream)
        page = book.add_worksheet()
        page.set_column(0, 12, 24)
        names = self._get_columns()
        fields_ = self.row_ids.fields_get(names, ["string", "selection"])
        bold = book.add_format({"bold": True, "text_wrap": True})
        page.write_row(0, 0, [self._describe("first"), self._describe("second")], bold)
        page.write_row(2, 0, [fields_[name]["string"] for name in names], bold)
        labels = dict(fields_["verdict"]["selection"])
        for line, row in enumerate(self.row_ids, 3):
            values = [row[name] for name in names]
            page.write_row(line, 0, [labels.get(one, one) for one in values])
        book.close()
        return stream.getvalue()

    @api.model
    def _get_columns(self):
        return [
            *("name", "first_hits", "first_count", "first_text"),
            *("second_hits", "second_count", "second_text"),
            *("difference_text", "verdict", "formula"),
        ]

    def _describe(self, side):
        """Days and choice of a side in words."""
        scope = self._get_scope(side)
        days = (scope.first, scope.last)
        lang = self.env["res.lang"]._get_data(code=self.env.lang or "en_US")
        dates = " — ".join(f"{day:{lang.date_format}}" for day in days)
        return ", ".join([dates, *scope.get_filter_names()])


def _get_sums(code):
    """The names of what stands above and below the line of a figure."""
    kpi = KPIS[code]
    return kpi.above[0], kpi.below[0]
