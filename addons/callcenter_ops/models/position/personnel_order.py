from odoo import fields, models
from odoo.tools.misc import format_date

from ...tools.position.document_text import content_hash


class PersonnelOrder(models.Model):
    """A signed order is shown to its employee, who acknowledges it.

    It keeps nobody from calls: no law sets a term for it, and the paper with the
    live signature counts.
    """

    _inherit = "callcenter.personnel.order"

    _acknowledgement_field = "order_id"

    acknowledgement_ids = fields.One2many(
        "callcenter.acknowledgement", "order_id", readonly=True
    )

    def _sign(self):
        result = super()._sign()
        self.env["callcenter.acknowledgement"]._request(self, self.employee_id)
        return result

    def _blocks_clearance(self):
        return False

    def _get_acknowledgement_start(self):
        """The day from which the employee's days to sign are counted."""
        self.ensure_one()
        return self.date_order

    def _get_content(self):
        """What the employee is shown, as plain values: what is hashed."""
        self.ensure_one()
        return {
            "kind": self._name,
            "order_type": self.order_type,
            "number": self.name or "",
            "date_order": fields.Date.to_string(self.date_order),
            "date_effective": fields.Date.to_string(self.date_effective),
            "date_end": fields.Date.to_string(self.date_end) or "",
            "employee": self.employee_id.id,
            "job": self.job_id.id,
            "department": self.department_id.id,
            "wage": f"{self.wage:.2f}",
            "basis": self.basis or "",
            "note": self.note or "",
            "dismissal_ground": self.dismissal_ground_id.id,
            "cancelled_order": self.cancelled_order_id.id,
        }

    def _get_content_hash(self):
        self.ensure_one()
        return content_hash(self._get_content())

    def _get_fact_text(self, name):
        """A value of the order as it reads, in the reader's language."""
        self.ensure_one()
        field = self._fields[name]
        if field.type == "monetary":
            return self.env["ir.qweb.field.monetary"].value_to_html(
                self[name], {"display_currency": self.currency_id}
            )
        if field.type == "date":
            return format_date(self.env, self[name])
        return field.convert_to_export(self[name], self)

    def _get_document_html(self):
        self.ensure_one()
        return self.env["ir.qweb"]._render(
            "callcenter_ops.personnel_order_body", {"document": self}
        )
