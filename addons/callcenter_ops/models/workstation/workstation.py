from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class Workstation(models.Model):
    _name = "callcenter.workstation"
    _inherit = ["callcenter.workstation.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Workplace"
    _order = "room, row_no, seat_no, name, id"
    _check_company_auto = True

    name = fields.Char(string="Place", required=True, tracking=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    department_id = fields.Many2one(
        "hr.department", check_company=True, index="btree_not_null"
    )
    room = fields.Char(index="btree_not_null", help="Room or zone of the floor plan.")
    row_no = fields.Integer(string="Row")
    seat_no = fields.Integer(string="Seat")
    kit_id = fields.Many2one(
        "callcenter.workstation.kit",
        check_company=True,
        index="btree_not_null",
        help="The norm by which the place is equipped.",
    )
    employee_id = fields.Many2one(
        "hr.employee",
        string="Operator",
        check_company=True,
        tracking=True,
        copy=False,
        index="btree_not_null",
    )
    share_limit = fields.Integer(
        string="Shared by",
        tracking=True,
        help="How many people share the place at a time; 0 = it is one person's own.",
    )
    share_ids = fields.One2many(
        "callcenter.workstation.share", "workstation_id", string="Shared by whom"
    )
    line_id = fields.Many2one(
        "callcenter.phone.line",
        string="Phone line",
        check_company=True,
        tracking=True,
        copy=False,
        index="btree_not_null",
    )
    equipment_ids = fields.One2many("maintenance.equipment", "workstation_id")
    equipment_count = fields.Integer(compute="_compute_equipment_count")
    custody_ids = fields.One2many(
        "callcenter.custody", "workstation_id", string="Who sat here", readonly=True
    )
    out_of_order_reason = fields.Char(
        tracking=True,
        copy=False,
        help="As long as a reason stands here, the place is out of order.",
    )
    state = fields.Selection(
        [
            ("free", "Free"),
            ("occupied", "Occupied"),
            ("shared", "Shared"),
            ("out_of_order", "Out of order"),
        ],
        compute="_compute_state",
        store=True,
        index=True,
        group_expand=True,
    )

    _name_unique = models.UniqueIndex(
        "(company_id, name)", "A place of this name already exists."
    )
    _employee_once = models.UniqueIndex(
        "(employee_id) WHERE employee_id IS NOT NULL",
        "This operator already has a workplace: free that one first.",
    )
    _line_once = models.UniqueIndex(
        "(line_id) WHERE line_id IS NOT NULL",
        "This telephone line already serves another place.",
    )
    _coordinates_once = models.UniqueIndex(
        "(company_id, COALESCE(room, ''), row_no, seat_no) "
        "WHERE active AND row_no > 0 AND seat_no > 0",
        "Another place of the room has this row and seat.",
    )
    _shared_has_no_holder = models.Constraint(
        "CHECK(COALESCE(share_limit, 0) = 0 OR employee_id IS NULL)",
        "A shared place has no permanent holder: free it or set the number of people "
        "who share it to 0.",
    )
    _share_limit_positive = models.Constraint(
        "CHECK(COALESCE(share_limit, 0) >= 0)",
        "The number of people who share a place cannot be negative.",
    )
    _coordinates_positive = models.Constraint(
        "CHECK(COALESCE(row_no, 0) >= 0 AND COALESCE(seat_no, 0) >= 0)",
        "Row and seat cannot be negative.",
    )

    @api.depends("equipment_ids")
    def _compute_equipment_count(self):
        counts = dict(
            self.env["maintenance.equipment"]._read_group(
                [("workstation_id", "in", self.ids)], ["workstation_id"], ["__count"]
            )
        )
        for place in self:
            place.equipment_count = counts.get(place, 0)

    @api.depends("employee_id", "share_limit", "out_of_order_reason")
    def _compute_state(self):
        for place in self:
            if place.out_of_order_reason:
                place.state = "out_of_order"
            elif place.share_limit:
                place.state = "shared"
            else:
                place.state = "occupied" if place.employee_id else "free"

    @api.constrains("employee_id")
    def _check_no_share(self):
        for place in self.filtered("employee_id"):
            today = place.company_id._callcenter_today()
            # sudo: a share counts whoever looks
            shares = place.sudo().employee_id.callcenter_share_ids
            if shares._get_lasting(today):
                place._refuse_two_places(place.employee_id)

    def _refuse_two_places(self, employee):
        raise ValidationError(
            self.env._(
                "%(name)s has an own place or shares one: one person sits at one "
                "place. End the share or free the place first.",
                name=employee.name,
            )
        )

    @api.model_create_multi
    def create(self, vals_list):
        places = super().create(vals_list)
        places._record_holders()
        return places

    def write(self, vals):
        if vals.get("active") is False:
            self._check_free()
        lines = self.line_id
        result = super().write(vals)
        if {"employee_id", "line_id"} & vals.keys():
            self._record_holders(lines - self.line_id)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        # sudo: the history counts whoever deletes
        used = self.sudo().custody_ids.workstation_id
        if used:
            raise UserError(
                self.env._(
                    "Somebody sat at %(place)s: archive the place, its history stays.",
                    place=used[0].name,
                )
            )

    def action_free(self):
        """Free the place; its equipment stays with its holder until returned."""
        self._check_role("callcenter_ops.group_hr", "callcenter_ops.group_manager")
        self.check_access("write")
        self._free()

    def action_open_history(self):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "callcenter_ops.custody_action"
        )
        return action | {"domain": [("workstation_id", "=", self.id)]}

    def action_open_equipment(self):
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Equipment"),
            "res_model": "maintenance.equipment",
            "view_mode": "list,form",
            "domain": [("workstation_id", "=", self.id)],
            "context": {"default_workstation_id": self.id},
        }

    def _free(self):
        self.write({"employee_id": False})

    def _occupy(self, employee, act):
        """Give the place to ``employee`` by ``act``.

        :raise UserError: the place is out of order or somebody else's
        """
        self.ensure_one()
        if self.state in ("out_of_order", "shared") or self.employee_id - employee:
            shared = self.share_limit and self.env._("it is shared")
            raise UserError(
                self.env._(
                    "%(place)s is not free: %(why)s.",
                    place=self.name,
                    why=self.out_of_order_reason or shared or self.employee_id.name,
                )
            )
        self.with_context(callcenter_act=act).write({"employee_id": employee.id})

    def _move_to(self, room, row, seat):
        """Put the place elsewhere; who stands there changes places with it."""
        self.ensure_one()
        old = {"room": self.room, "row_no": self.row_no, "seat_no": self.seat_no}
        new = {"room": room, "row_no": row, "seat_no": seat}
        other = self.browse()
        if row and seat:
            other = self._get_place_at(room, row, seat) - self
        # The index on coordinates looks at every single step.
        other.write({"row_no": 0, "seat_no": 0})
        other.flush_recordset()
        self.write(new)
        self.flush_recordset()
        other.write(old)

    def _get_place_at(self, room, row, seat):
        return self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("room", "=", room),
                ("row_no", "=", row),
                ("seat_no", "=", seat),
            ]
        )

    def _record_holders(self, dropped_lines=None):
        """Carry the operators of the places and of their lines into the history."""
        custody = self.env["callcenter.custody"]
        nobody = self.env["hr.employee"]
        custody._record_holders({place: place.employee_id for place in self})
        custody._record_holders(
            dict.fromkeys(dropped_lines or (), nobody)
            | {place.line_id: place.employee_id for place in self if place.line_id}
        )

    def _get_people(self, on_date):
        """Who sits here on a day: the holder, or those who share the place."""
        self.ensure_one()
        shares = self.share_ids.filtered(lambda share: share._is_in_force(on_date))
        return self.employee_id | shares.employee_id

    def _check_free(self):
        for place in self:
            today = place.company_id._callcenter_today()
            lasting = place.share_ids._get_lasting(today)
            if people := place.employee_id | lasting.employee_id:
                raise UserError(
                    self.env._(
                        "%(place)s is occupied by %(name)s: free it first.",
                        place=place.name,
                        name=people[0].name,
                    )
                )
