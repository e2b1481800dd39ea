from odoo import fields, models
from odoo.fields import Domain

from ...tools.calling.call_counts import DOMAINS
from ...tools.calling.kpi import KPIS


class FigureCompareRow(models.TransientModel):
    """One figure of both sides, and whether they differ beyond chance."""

    _name = "callcenter.figure.compare.row"
    _description = "Figure in a comparison"

    compare_id = fields.Many2one(
        "callcenter.figure.compare", required=True, ondelete="cascade", index=True
    )
    code = fields.Char(required=True, readonly=True)
    name = fields.Char(string="Figure", readonly=True)
    formula = fields.Char(readonly=True)
    first_hits = fields.Integer(string="First: above the line", readonly=True)
    first_count = fields.Integer(string="First: of", readonly=True)
    first_text = fields.Char(
        string="First",
        readonly=True,
        help="The share and its 95 % interval (Wilson): so far it may lie from the "
        "true one by chance.",
    )
    second_hits = fields.Integer(string="Second: above the line", readonly=True)
    second_count = fields.Integer(string="Second: of", readonly=True)
    second_text = fields.Char(string="Second", readonly=True)
    difference_text = fields.Char(
        string="Difference, pp",
        readonly=True,
        help="First - second in points, with its 95 % interval (Newcombe, "
        "method 10). An interval with 0 in it: no difference can be told.",
    )
    verdict = fields.Selection(
        [
            ("first", "The first is higher"),
            ("second", "The second is higher"),
            ("open", "No difference can be told"),
            ("empty", "Nothing to divide by"),
        ],
        readonly=True,
    )

    def action_open_first(self):
        """The calls behind the figure of the first side."""
        return self._open("first")

    def action_open_second(self):
        """The calls behind the figure of the second side."""
        return self._open("second")

    def _open(self, side):
        self.ensure_one()
        self.check_access("read")
        domain = self.compare_id._get_scope(side).call_domain
        domain &= _behind(self.code)
        return self.env["callcenter.call"]._get_list_action(list(domain))


def _behind(code):
    """Calls that stand below the line: what the share is of."""
    return Domain(DOMAINS[KPIS[code].below[0]])
