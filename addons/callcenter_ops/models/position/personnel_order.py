from odoo import fields, models
from odoo.tools.misc import format_date

from ...tools.common.content_hash import content_hash

_FACTS = (
    *("order_type", "name", "date_order", "employee_id", "job_id", "department_id"),
    *("date_effective", "date_end", "wage", "trial_months", "contract_number"),
    *("contract_date", "resource_calendar_id", "absent_employee_id", "additional_pay"),
    *("dismissal_ground_id", "cancelled_order_id", "basis", "note"),
)


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
        """Of the order's own values and of every word that its paper prints."""
        self.ensure_one()
        content = self._get_content()
        record = self.sudo()  # sudo: a hash tells nothing of the words
        if not record.paper_kept_later:  # else signed before words were kept
            content |= {"paper": record._get_kept_words()}
        return content_hash(content)

    def _register_paper(self, day, refused=False, witnesses=None, scan=None):
        """The answer on paper closes the request to sign by click as well."""
        result = super()._register_paper(day, refused, witnesses, scan)
        # sudo: HR may not write acknowledgements, their own methods close them
        for request in self.sudo().acknowledgement_ids:
            if request.state != "pending":
                continue
            if refused:
                request._refuse(day, False, witnesses)
            else:
                request._sign_on_paper(day)
        return result

    def _get_paper_words(self):
        return super()._get_paper_words() | {"facts": self._get_facts()}

    def _get_facts(self):
        """``[[name, text]]`` of what the order says, as the employee is shown it."""
        self.ensure_one()
        return [
            [
                self._fields[name]._description_string(self.env),
                self._get_fact_text(name),
            ]
            for name in _FACTS
            if self[name]
        ]

    def _get_fact_text(self, name):
        """A value of the order as it reads, in the reader's language."""
        self.ensure_one()
        field = self._fields[name]
        if field.type == "monetary":
            return self.currency_id.format(self[name])
        if field.type == "date":
            return format_date(self.env, self[name])
        return str(field.convert_to_export(self[name], self))

    def _get_document_html(self):
        self.ensure_one()
        return self.env["ir.qweb"]._render(
            "callcenter_ops.personnel_order_body",
            {"facts": self._get_kept_words()["facts"]},
        )
