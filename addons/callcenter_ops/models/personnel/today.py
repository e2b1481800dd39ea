from ast import literal_eval

from dateutil.relativedelta import relativedelta
from odoo import api, models

from ...tools.personnel.name_cases import listed_name
from ..common.today import MOST_LINES

_NEW_DAYS = 30
_SUBJECTS = {"hr.employee": "job_id", "hr.department": "manager_id"}


class Today(models.AbstractModel):
    """HR's work by deadline and the newcomers; the orders that the Director signs."""

    _inherit = "callcenter.today"

    @api.model
    def _get_roles(self):
        return [
            *super()._get_roles(),
            ("director", "callcenter_ops.group_director", self.env._("Director")),
            ("hr", "callcenter_ops.group_hr", self.env._("HR")),
        ]

    @api.model
    def _get_work(self, role):
        lines = super()._get_work(role)
        if role == "hr":
            for panel in self._get_panels():
                lines += self._get_lines_of(panel)
        elif role == "director":
            lines += self._get_orders_to_sign()
        return lines

    @api.model
    def _get_counts(self, role):
        counts = super()._get_counts(role)
        if role == "hr":
            counts += [self._prepare_panel(panel) for panel in self._get_panels()]
        return counts

    @api.model
    def _get_risks(self, role):
        """For the Director: what should not wait, and HR has not done."""
        risks = super()._get_risks(role)
        if role == "director":
            urgent = self._get_panels().filtered(lambda one: one._get_target()[2])
            risks += [self._prepare_panel(panel) for panel in urgent]
        return risks

    @api.model
    def _get_panels(self):
        return self.env["callcenter.personnel.panel"].search([], limit=50)

    @api.model
    def _prepare_panel(self, panel):
        return self._prepare_count(
            panel.code,
            panel.name,
            panel.count,
            panel._get_action(),
            hint=panel.hint,
            is_urgent=panel.is_urgent,
        )

    # ------------------------------------------------------------------- HR's work

    @api.model
    def _get_lines_of(self, panel):
        if panel.code not in (steps := panel._get_steps()):
            return []
        deadline, label, step = steps[panel.code]
        model, domain, _urgent = panel._get_target()
        order = f"{deadline}, id" if deadline else "id"
        found = self.env[model].search(domain, limit=MOST_LINES, order=order)
        today = self.env.company._callcenter_today()
        return [
            self._prepare_line(
                record,
                self._get_person(record),
                f"{panel.name}: {self._get_subject(record)}",
                record[deadline] if deadline else today,
                [self._prepare_panel_step(record, label, step)],
            )
            for record in found
        ]

    @api.model
    def _prepare_panel_step(self, record, label, step):
        if not step:
            return self._prepare_step(label, self._open_record(record))
        if "." in step:
            return self._prepare_step(label, self._open_dialog(step, record))
        return self._prepare_step(label, record=record, method=step)

    @api.model
    def _open_dialog(self, xmlid, record):
        """A dialog about a record, as a button of its form would open it."""
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        context = {
            "active_model": record._name,
            "active_id": record.id,
            "active_ids": record.ids,
            "default_order_id": record.id,
        }
        own = literal_eval(action["context"] or "{}")
        return action | {"context": own | context}

    @api.model
    def _get_person(self, record):
        if record._name in ("hr.employee", "hr.department"):
            return record.name
        return record.employee_id.name or record.display_name

    @api.model
    def _get_subject(self, record):
        """What of a person it is about, without his name."""
        if record._name in ("hr.employee", "hr.department"):
            return record[_SUBJECTS[record._name]].display_name or ""
        if "order_type" in record._fields:
            kinds = dict(record._fields["order_type"]._description_selection(self.env))
            return " № ".join(filter(None, (kinds[record.order_type], record.name)))
        if "rule_id" in record._fields:
            return record.rule_id.display_name
        if "document_name" in record._fields:
            return record.document_name or ""
        return record.display_name

    # --------------------------------------------------------- the Director's orders

    @api.model
    def _get_orders_to_sign(self):
        orders = self.env["callcenter.personnel.order"].search(
            [("state", "=", "submitted")], limit=50, order="date_effective, id"
        )
        return [
            self._prepare_line(
                order,
                self._get_person(order),
                self._get_subject(order),
                order.date_effective,
                [
                    self._prepare_step(
                        self.env._("Read and sign"),
                        self._open_dialog("callcenter_ops.order_signing_action", order),
                    ),
                    self._prepare_step(self.env._("Open"), self._open_record(order)),
                ],
            )
            for order in orders
        ]

    # ----------------------------------------------------------------- newcomers

    @api.model
    def _get_chains(self, role):
        """From the order to the first call: who came lately and is not there yet."""
        chains = super()._get_chains(role)
        if role == "hr":
            chains += self._get_newcomers()
        return chains

    @api.model
    def _get_newcomers(self):
        today = self.env.company._callcenter_today()
        orders = self.env["callcenter.personnel.order"].search(
            [
                ("order_type", "=", "appointment"),
                ("state", "in", ("draft", "submitted", "signed", "executed")),
                ("brought_in", "=", False),
                ("date_effective", ">=", today - relativedelta(days=_NEW_DAYS)),
                ("job_id.is_callcenter_operator", "=", True),
            ],
            order="date_effective desc, id desc",
            limit=MOST_LINES,
        )
        blockers = orders.employee_id._get_callcenter_blockers(today)
        return [
            self._prepare_chain(order, found)
            for order in orders
            if (found := blockers[order.employee_id.id]) or order.state != "executed"
        ]

    @api.model
    def _prepare_chain(self, order, blockers):
        employee = order.employee_id
        return {
            "key": order.id,
            "name": listed_name(employee.name),
            "full_name": employee.name,
            "dots": self._prepare_dots(order, {one["code"] for one in blockers}),
            "text": blockers[0]["message"] if blockers else "",
            "action": self._open_record(employee),
        }

    @api.model
    def _prepare_dots(self, order, missing):
        links = order.employee_id._get_callcenter_steps()
        # Before his day nobody has anything but the signed order.
        is_there = order.state == "executed"
        dots = [
            {"label": label, "is_done": is_there and not missing & set(codes)}
            for label, codes in [*links, (self.env._("Cleared"), missing)]
        ]
        dots[0]["is_done"] |= order.state == "signed"
        return dots
