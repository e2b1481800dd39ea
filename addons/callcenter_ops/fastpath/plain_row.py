from odoo import api, fields, models
from odoo.tools import ormcache

from .prepared import run_prepared
from .row_cache import prime


class PlainRow(models.AbstractModel):
    """Rows written by one prepared statement, where a desk writes one at every call.

    For models from which nothing stored is computed and which the database itself
    checks: the rounds that the ORM makes for all that cost more than the row.
    Defaults, the marks of who wrote when, and the cache are kept as the ORM does.
    """

    _name = "callcenter.plain.row"
    _description = "Row of plain columns"

    @api.model
    def _insert_row(self, vals):
        """A new record; ``vals`` are stored columns as ``create`` takes them."""
        self._check_texts(vals)
        vals = self._add_missing_default_values(vals)
        vals |= self._get_marks("create") | self._get_marks("write")
        columns = {
            name: self._fields[name].convert_to_column(value, self)
            for name, value in vals.items()
        }
        names = ", ".join(columns)
        places = ", ".join(f"%({name})s" for name in columns)
        text = f"INSERT INTO {self._table} ({names}) VALUES ({places}) RETURNING id"  # noqa: S608
        run_prepared(self.env.cr, text, columns)
        record = self.browse(self.env.cr.fetchone())
        record._remember(vals)
        prime(record, **self._get_emptiness())
        record.modified(vals, create=True)
        return record

    def _update_row(self, vals):
        """Write stored columns of one record."""
        self.ensure_one()
        self._check_texts(vals)
        self.flush_recordset()
        vals = vals | self._get_marks("write")
        columns = {
            name: self._fields[name].convert_to_column(value, self)
            for name, value in vals.items()
        }
        changes = ", ".join(f"{name} = %({name})s" for name in columns)
        text = f"UPDATE {self._table} SET {changes} WHERE id = %(row_id)s"  # noqa: S608
        run_prepared(self.env.cr, text, columns | {"row_id": self.id})
        self.invalidate_recordset(vals, flush=False)
        self._remember(vals)
        self.modified(vals)

    def _get_marks(self, kind):
        return {f"{kind}_uid": self.env.uid, f"{kind}_date": fields.Datetime.now()}

    @api.model
    @ormcache()
    def _get_emptiness(self):
        """What the cache holds of a new record that was given nothing."""
        return {
            name: field.convert_to_cache(False, self, validate=False)
            for name, field in self._fields.items()
            if field.store and not field.compute and name != "id"
        }

    def _remember(self, vals):
        """Put written columns into the cache, and out of it what lists them."""
        columns = {}
        for name, value in vals.items():
            field = self._fields[name]
            columns[name] = field.convert_to_cache(value, self, validate=False)
            for inverse in self.pool.field_inverses[field]:
                inverse._invalidate_cache(self.env)
        prime(self, **columns)
