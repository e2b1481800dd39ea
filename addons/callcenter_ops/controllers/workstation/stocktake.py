from odoo.exceptions import AccessError, UserError
from odoo.http import Controller, request, route


class StocktakeController(Controller):
    """The page behind the QR label: what the thing is, and a button to count it."""

    @route("/callcenter/inventory/<callcenter_code:code>", auth="user", methods=["GET"])
    def show_thing(self, code):
        """What the label belongs to; nothing is changed by looking."""
        stocktake = self._get_stocktake()
        return self._render(code, stocktake, "")

    @route(
        "/callcenter/inventory/<callcenter_code:code>/found",
        auth="user",
        methods=["POST"],
    )
    def count_thing(self, code):
        """Count the thing in the stock-taking that runs."""
        stocktake = self._get_stocktake()
        try:
            message = stocktake.scan(code)["message"] if stocktake else ""
        except UserError as error:
            message = str(error)
        return self._render(code, stocktake, message)

    def _get_stocktake(self):
        stocktakes = request.env["callcenter.stocktake"]
        if not stocktakes.has_access("write"):
            raise AccessError(request.env._("Only who takes stock may open labels."))
        return stocktakes.search([("state", "=", "running")], limit=1)

    def _render(self, code, stocktake, message):
        thing = request.env["callcenter.stocktake"]._find_equipment(code)
        return request.render(
            "callcenter_ops.stocktake_page",
            {"code": code, "thing": thing, "stocktake": stocktake, "message": message},
        )
