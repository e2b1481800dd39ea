import os
import tempfile
from contextlib import contextmanager
from itertools import islice

from odoo import api, models
from odoo.exceptions import ValidationError

from ...tools.imports.column_guess import guess_columns, looks_like_header
from ...tools.imports.table_format import TableFormat, detect_format
from ...tools.imports.table_reader import iter_rows
from .data_import_column import TARGETS

PREVIEW_ROWS = 8
SAMPLE_CELLS = 3
_REQUIRED_TARGETS = {
    "clients": (("name", "contact_name"), ("phone", "vat")),
    "products": (("name",), ("default_code", "barcode")),
    "debts": (("number",), ("amount",), ("date_due",), ("ref", "vat", "phone")),
    "exchange": (("started",), ("wait", "total"), ("talk", "answered")),
    "payments": (("number",), ("payment",), ("amount",), ("date_paid",)),
}


class DataImportReader(models.AbstractModel):
    """Opens the uploaded file of an import without taking it into memory."""

    _name = "callcenter.data.import.reader"
    _description = "Reader of an imported file"
    _inherit = "callcenter.data.import.message"

    @contextmanager
    def _open_table(self):
        """``(path, table format)`` of the uploaded file.

        :raises TableError: when it is no table
        """
        with self._open_path() as path:
            yield (
                path,
                detect_format(path, self.encoding or "", self.delimiter or ""),
            )

    @contextmanager
    def _open_path(self):
        """A path to the bytes: the filestore's own, or a temporary copy of them."""
        attachment = self._get_attachment()
        if attachment.store_fname:
            yield attachment._full_path(attachment.store_fname)
            return
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "table")
            with open(path, "wb") as stream:
                stream.write(attachment.raw)
            yield path

    def _get_attachment(self):
        # sudo: nobody owns the attachment of a binary field; the import was checked
        attachments = self.env["ir.attachment"].sudo()
        domain = [
            ("res_model", "=", self._name),
            ("res_id", "=", self.id),
            ("res_field", "=", "file"),
        ]
        return attachments.search(domain, limit=1)

    def _iter_data_rows(self, path, table_format=None):
        """Rows below the header."""
        table_format = table_format or self._get_found_format()
        rows = iter_rows(path, table_format, self.sheet_name or "")
        return islice(rows, 1 if self.has_header else 0, None)

    def _get_found_format(self):
        if not self.found_encoding:
            return TableFormat("xlsx")
        return TableFormat("csv", self.found_encoding, self.found_delimiter)

    def _map_columns(self, path, table_format):
        """Write the guessed columns and the first rows, then wait for the user."""
        rows = iter_rows(path, table_format, self.sheet_name or "")
        head = [row.cells for row in islice(rows, PREVIEW_ROWS + 1)]
        has_header = self.has_header and looks_like_header(head[0], self.kind)
        count = len(head) + sum(1 for _row in rows)
        body = head[1:] if has_header else head
        self._transition(
            {
                "state": "mapped",
                "has_header": has_header,
                "found_encoding": table_format.encoding,
                "found_delimiter": table_format.delimiter,
                "row_count": count - has_header,
                "position": 0,
                "preview_rows": [list(cells) for cells in body[:PREVIEW_ROWS]],
                "column_ids": [
                    (5,),
                    *self._prepare_columns(head, has_header, body),
                ],
            }
        )

    @api.model
    def _prepare_columns(self, head, has_header, body):
        width = len(head[0]) if has_header else max(map(len, head))
        headers = head[0] if has_header else self._name_columns(width)
        targets = guess_columns(headers, self.kind)
        return [
            (0, 0, self._prepare_column(position, header, target, body))
            for position, (header, target) in enumerate(
                zip(headers, targets, strict=True)
            )
        ]

    def _prepare_column(self, position, header, target, body):
        sample = [row[position] for row in body if position < len(row)]
        filled = [cell.strip()[:60] for cell in sample if cell.strip()]
        field, _targets = TARGETS[self.kind]
        return {
            "position": position,
            "header": header.strip()[:120] or self._name_columns(position + 1)[-1],
            "sample": "\n".join(filled[:SAMPLE_CELLS]),
            field: target,
        }

    def _name_columns(self, width):
        return [
            self.env._("Column %(number)s", number=number + 1)
            for number in range(width)
        ]

    def _check_mapping(self):
        """Each target once, and what a record cannot do without mapped.

        :raises ValidationError: naming the columns
        """
        targets = [target for target in self.column_ids.mapped("target") if target]
        unique = [target for target in targets if target != "attribute"]
        labels = dict(TARGETS[self.kind][1])
        for target in unique:
            if unique.count(target) > 1:
                raise ValidationError(
                    self.env._(
                        "Two columns are both “%(target)s”: choose one of them.",
                        target=labels[target],
                    )
                )
        for choice in _REQUIRED_TARGETS[self.kind]:
            if not set(choice) & set(targets):
                raise ValidationError(
                    self.env._(
                        "No column is chosen for: %(targets)s.",
                        targets=" / ".join(labels[target] for target in choice),
                    )
                )
