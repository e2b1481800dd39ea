from odoo import api, fields, models

SUBJECTS = {
    "maintenance.equipment": "equipment_id",
    "callcenter.workstation": "workstation_id",
    "callcenter.phone.line": "line_id",
}


class Custody(models.Model):
    """Who held a piece of equipment, a place or a telephone line, and when.

    Written by the system alone whenever a holder changes, whatever changed him: an
    act, a form, an import. Nobody has the right to write here.
    """

    _name = "callcenter.custody"
    _description = "Custody of equipment and places"
    _order = "date_from desc, id desc"

    employee_id = fields.Many2one(
        "hr.employee", required=True, ondelete="restrict", index=True
    )
    equipment_id = fields.Many2one(
        "maintenance.equipment", ondelete="restrict", index="btree_not_null"
    )
    workstation_id = fields.Many2one(
        "callcenter.workstation", ondelete="restrict", index="btree_not_null"
    )
    line_id = fields.Many2one(
        "callcenter.phone.line",
        string="Phone line",
        ondelete="restrict",
        index="btree_not_null",
    )
    company_id = fields.Many2one("res.company", index=True)
    date_from = fields.Datetime(required=True, string="Held from")
    date_to = fields.Datetime(string="Held until")
    handover_id = fields.Many2one(
        "callcenter.handover",
        string="Handover act",
        ondelete="restrict",
        index="btree_not_null",
    )
    return_id = fields.Many2one(
        "callcenter.handover",
        string="Return act",
        ondelete="restrict",
        index="btree_not_null",
    )
    is_current = fields.Boolean(
        compute="_compute_is_current", search="_search_is_current"
    )

    _one_subject = models.Constraint(
        "CHECK(num_nonnulls(equipment_id, workstation_id, line_id) = 1)",
        "One line of the history is about one thing.",
    )
    _interval = models.Constraint(
        "CHECK(date_to IS NULL OR date_to >= date_from)",
        "Nothing can be given back before it was handed over.",
    )
    _equipment_once = models.UniqueIndex(
        "(equipment_id) WHERE date_to IS NULL AND equipment_id IS NOT NULL",
        "This equipment is already held by somebody: it must be returned first.",
    )
    _workstation_once = models.UniqueIndex(
        "(workstation_id) WHERE date_to IS NULL AND workstation_id IS NOT NULL",
        "This place is already occupied: it must be freed first.",
    )
    _line_once = models.UniqueIndex(
        "(line_id) WHERE date_to IS NULL AND line_id IS NOT NULL",
        "This telephone line is already used by somebody.",
    )

    @api.depends("date_to")
    def _compute_is_current(self):
        for custody in self:
            custody.is_current = not custody.date_to

    def _search_is_current(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("date_to", "=" if True in value else "!=", False)]

    @api.model
    def _record_holders(self, holders):
        """Note that things changed hands now, by the act at work if there is one.

        :param holders: ``{record: employee or empty}``, things of one model
        """
        if not holders:
            return
        act = self._get_act()
        records = next(iter(holders)).union(*holders)
        employees = {record.id: employee for record, employee in holders.items()}
        # sudo: the history is written by the system, no role may write it
        history = self.sudo()
        kept = history._close_changed(records, employees, act)
        history._open_new(records, employees, kept, act)

    def _get_act(self):
        """The act that runs now; a record in the context comes from no client."""
        acts = self.env["callcenter.handover"]
        act = self.env.context.get("callcenter_act")
        return act if isinstance(act, type(acts)) else acts

    def _close_changed(self, records, employees, act):
        """Close the lines whose holder changed; ids of the things that kept theirs."""
        field = SUBJECTS[records._name]
        current = self.search([(field, "in", records.ids), ("date_to", "=", False)])
        changed = current.filtered(
            lambda line: line.employee_id != employees[line[field].id]
        )
        changed.write({"date_to": fields.Datetime.now(), "return_id": act.id})
        changed.flush_recordset()  # the unique indexes look at open lines only
        return set((current - changed)[field].ids)

    def _open_new(self, records, employees, kept, act):
        field = SUBJECTS[records._name]
        self.create(
            [
                {
                    field: record.id,
                    "employee_id": employees[record.id].id,
                    "company_id": record.company_id.id,
                    "date_from": fields.Datetime.now(),
                    "handover_id": act.id,
                }
                for record in records
                if employees[record.id] and record.id not in kept
            ]
        )
