import base64
import binascii

from odoo import Command, fields, models
from odoo.exceptions import UserError

from ...models.budget.expense_importer import ExpenseImporter
from ...models.imports.table_faults import describe_table_error
from ...tools.budget.expense_sheet import MAX_ROWS, SheetError, read_entries, read_rows
from ...tools.imports.table_error import TableError


class WorkstationActualImport(models.TransientModel):
    """Asks for a file of expenses and shows what became of its rows."""

    _name = "callcenter.workstation.actual.import"
    _description = "Import expenses"

    budget_id = fields.Many2one(
        "callcenter.workstation.budget",
        required=True,
        domain="[('state', '=', 'approved')]",
    )
    file = fields.Binary(required=True, attachment=False)
    filename = fields.Char()
    on_error = fields.Selection(
        [
            ("good", "Enter the good rows"),
            ("nothing", "Enter nothing"),
        ],
        string="If a row is wrong",
        required=True,
        default="good",
    )
    is_done = fields.Boolean(readonly=True)
    created_count = fields.Integer(string="Entered", readonly=True)
    repeated_count = fields.Integer(string="Entered before", readonly=True)
    error_count = fields.Integer(string="Wrong rows", readonly=True)
    error_ids = fields.One2many(
        "callcenter.workstation.actual.import.error", "import_id", readonly=True
    )

    def action_import(self):
        """Enter the rows of the file; the form then shows the wrong ones by line."""
        self.ensure_one()
        entries, unreadable = self._read_file()
        errors = [(line, self._describe(error)) for line, error in unreadable]
        actuals = self.env["callcenter.workstation.actual"]
        with self.env.cr.savepoint() as savepoint:
            importer = ExpenseImporter(self.budget_id)
            created, repeated, refused = importer.load(entries)
            errors += refused
            if errors and self.on_error == "nothing":
                created = actuals
                savepoint.rollback()
        self._note_result(len(created), repeated, errors)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import expenses"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def _note_result(self, created, repeated, errors):
        self.write(
            {
                "is_done": True,
                "created_count": created,
                "repeated_count": repeated,
                "error_count": len(errors),
                "error_ids": [Command.clear()]
                + [
                    Command.create({"line": line, "message": message})
                    for line, message in sorted(errors)
                ],
            }
        )

    def _read_file(self):
        try:
            content = base64.b64decode(self.file, validate=False)
            entries, errors = read_entries(read_rows(content))
        except binascii.Error:
            raise UserError(self.env._("The file did not arrive whole.")) from None
        except TableError as error:
            raise UserError(describe_table_error(self.env, error)) from None
        except SheetError as error:
            raise UserError(self._describe(error)) from None
        if len(entries) > MAX_ROWS:
            raise UserError(
                self.env._("At most %(limit)s rows at once.", limit=MAX_ROWS)
            )
        return entries, errors

    def _describe(self, error):
        """The words of a ``SheetError``."""
        texts = {
            "no_heading": self.env._(
                "A row must name the columns Date, Item and Amount; this one is"
                " missing: %(value)s.",
                value=error.value,
            ),
            "empty": self.env._("The cell is empty: %(value)s.", value=error.value),
            "bad_date": self.env._("“%(value)s” is no date.", value=error.value),
            "bad_amount": self.env._("“%(value)s” is no amount.", value=error.value),
            "not_positive": self.env._("The amount is zero."),
            "bad_row": self.env._("“%(value)s” is no row number.", value=error.value),
        }
        return texts[error.code]
