from odoo import Command, api, fields, models

from ...tools.common.exact_money import exact_sum


class WorkstationKitCompare(models.TransientModel):
    """Two versions of a kit line by line: what came, went and changed."""

    _name = "callcenter.workstation.kit.compare"
    _description = "Difference between kits"

    before_id = fields.Many2one("callcenter.workstation.kit", required=True)
    after_id = fields.Many2one("callcenter.workstation.kit", required=True)
    row_ids = fields.One2many(
        "callcenter.workstation.kit.compare.row",
        "compare_id",
        compute="_compute_row_ids",
        store=True,
    )

    @api.depends("before_id", "after_id")
    def _compute_row_ids(self):
        for wizard in self:
            before = {line.item_id: line for line in wizard.before_id.line_ids}
            after = {line.item_id: line for line in wizard.after_id.line_ids}
            wizard.row_ids = [Command.clear()] + [
                Command.create(wizard._compare(item, before.get(item), after.get(item)))
                for item in before | after
                if not wizard._is_same(before.get(item), after.get(item))
            ]

    def _is_same(self, before, after):
        names = ("periodicity", "quantity", "amount_seat", "is_optional")
        return before and after and all(before[name] == after[name] for name in names)

    def _compare(self, item, before, after):
        old = before.amount_seat if before else 0.0
        new = after.amount_seat if after else 0.0
        kind = "changed" if before and after else "added" if after else "removed"
        rounding = self.after_id._get_rounding()
        return {
            "item_id": item.id,
            "kind": kind,
            "quantity_before": before.quantity if before else 0.0,
            "quantity_after": after.quantity if after else 0.0,
            "amount_before": old,
            "amount_after": new,
            "difference": float(exact_sum([new, -old], rounding)),
        }
