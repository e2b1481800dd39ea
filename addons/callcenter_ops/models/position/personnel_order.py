from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date, format_datetime

from ...tools.common.content_hash import content_hash

_BEFORE_START = ("draft", "submitted", "signed")
_FACTS = (
    *("order_type", "name", "date_order", "employee_id", "job_id", "department_id"),
    *("date_effective", "date_end", "wage", "trial_months", "contract_number"),
    *("contract_date", "resource_calendar_id", "absent_employee_id", "additional_pay"),
    *("dismissal_ground_id", "cancelled_order_id", "basis", "note", "is_head"),
    "new_name",
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

    unread_papers = fields.Char(
        string="Not read before the contract", compute="_compute_unread_papers"
    )

    @api.depends("order_type", "state", "employee_id", "job_id", "date_effective")
    def _compute_unread_papers(self):
        for order in self:
            order.unread_papers = ", ".join(
                document.display_name for document in order._get_unread_papers()
            )

    # -- what is read before the contract --

    def action_ask_candidate(self):
        """A link by which the candidate reads and signs; shown once (HR)."""
        self.ensure_one()
        self._check_role("callcenter_ops.group_hr")
        self._check_in_state("draft", "submitted", "signed")
        self._ask_for_papers()
        links = self.env["callcenter.candidate.link"]
        token = links._make(self)
        link = links.sudo()._find(token)  # sudo: the link that was just made
        reader = self._told_to()
        self.sudo()._log_line(  # sudo: the order's history is written by its steps
            reader.env._(
                "A link for the candidate was made, valid until %(end)s.",
                end=format_datetime(reader.env, link.expires_on),
            )
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Link for the candidate"),
            "res_model": "callcenter.candidate.link.show",
            "views": [[False, "form"]],
            "target": "new",
            "context": {
                "default_url": f"{self.get_base_url()}/callcenter/acts/{token}",
                "default_expires_on": fields.Datetime.to_string(link.expires_on),
            },
        }

    def _after_submit(self):
        result = super()._after_submit()
        self._ask_for_papers()
        return result

    def _ask_for_papers(self):
        """Request what the candidate has not been asked to sign yet."""
        order = self.sudo()  # sudo: requests are made by the system alone
        requests = order.env["callcenter.acknowledgement"]
        for document in order._get_unread_papers():
            made = requests._request(document, order.employee_id)
            made._transition({"job_id": order.job_id.id})

    def _get_unread_papers(self):
        """Local acts and the job description that an appointment still waits for."""
        order = self.sudo()  # sudo: what is in force is known to all
        if order.order_type != "appointment" or order.state not in _BEFORE_START:
            return []
        if not order.employee_id or not order.date_effective:
            return []
        return order.employee_id._get_papers_before_contract(
            order.job_id, order.date_effective
        )

    def _check_unread_papers(self):
        """Refuse or note, as the company set it, what the candidate has not read."""
        # sudo: a setting of the company, which binds whoever signs
        policy = self.company_id.sudo().callcenter_local_acts_policy
        unread = self._get_unread_papers() if policy != "none" else []
        if not unread:
            return
        message = self.env._(
            "%(name)s has not acknowledged before the contract (Labour Code, art. 68): "
            "%(papers)s.",
            name=self.employee_id.name,
            papers=", ".join(document.display_name for document in unread),
        )
        if policy == "block":
            raise UserError(message)
        self._log_line(message)

    # -- the signed order itself --

    def _sign(self):
        self._check_unread_papers()
        result = super()._sign()
        self.env["callcenter.acknowledgement"]._request(self, self.employee_id)
        return result

    def _blocks_clearance(self):
        return False

    def _get_signing_kind(self):
        return self.order_type

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
        if field.type == "boolean":
            return self.env._("yes")
        return str(field.convert_to_export(self[name], self))

    def _get_document_html(self):
        self.ensure_one()
        return self.env["ir.qweb"]._render(
            "callcenter_ops.personnel_order_body",
            {"facts": self._get_kept_words()["facts"]},
        )
