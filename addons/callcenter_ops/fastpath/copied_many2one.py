from odoo import fields
from odoo.tools import SQL


class CopiedMany2one(fields.Many2one):
    """A link that another row has as well, copied for the sake of an index or a sum.

    The foreign key of the original guards the value, so it must forbid the deletion, or
    whoever keeps the copy must follow it. A second key would be asked at each copy.
    """

    def update_db_foreign_key(self, model, column):
        """Without the key, also in databases that were made with it."""
        model.env.cr.execute(
            SQL(
                "ALTER TABLE %s DROP CONSTRAINT IF EXISTS %s",
                SQL.identifier(model._table),
                SQL.identifier(f"{model._table}_{self.name}_fkey"),
            )
        )
