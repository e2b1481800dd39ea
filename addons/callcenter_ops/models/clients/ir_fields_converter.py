from odoo import models


class IrFieldsConverter(models.AbstractModel):
    _inherit = "ir.fields.converter"

    def _xmlid_to_record_id(self, xmlid, model):
        """Whom a user may not read has no external id for him.

        Odoo asks the tables without any rights, and says of an id in the wrong column
        what it belongs to. Files of clients carry their numbers as external ids.
        """
        if not self._get_named_clients():
            return super()._xmlid_to_record_id(xmlid, model)
        try:
            id_ = super()._xmlid_to_record_id(xmlid, model)
        except ValueError:
            return None
        return id_ if id_ and model.browse(id_).has_access("read") else None
