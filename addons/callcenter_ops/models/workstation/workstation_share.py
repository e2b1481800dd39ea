from itertools import count

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.misc import format_date


class WorkstationShare(models.Model):
    """One of the people who take turns at a shared place, from which day to which.

    The place says how many share it at a time. Each share takes one of so many seats;
    the database refuses two shares of one seat on one day, a seat beyond the place's
    number, and one employee at two places.
    """

    _name = "callcenter.workstation.share"
    _description = "Share of a workplace"
    _order = "date_from desc, id desc"
    _rec_name = "employee_id"
    _check_company_auto = True

    workstation_id = fields.Many2one(
        "callcenter.workstation",
        string="Place",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        related="workstation_id.company_id", store=True, index=True
    )
    employee_id = fields.Many2one(
        "hr.employee",
        string="Operator",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
    )
    date_from = fields.Date(
        string="From",
        required=True,
        default=lambda self: self.env.company._callcenter_today(),
    )
    date_to = fields.Date(string="To", help="Last day; empty = until further notice.")
    seat = fields.Integer(
        compute="_compute_seat",
        store=True,
        precompute=True,
        aggregator=None,
        help="Which of the seats that the place is shared by.",
    )
    share_limit = fields.Integer(
        related="workstation_id.share_limit", store=True, precompute=True
    )

    _dates_in_order = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "The last day cannot come before the first one.",
    )
    _within_limit = models.Constraint(
        "CHECK (seat <= share_limit)",
        "The place is not shared by so many people on these days: raise its number or "
        "choose other days.",
    )
    # Ranges of one integer stand for equality: no extension of PostgreSQL is needed.
    _seat_once = models.Constraint(
        "EXCLUDE USING gist ("
        "int4range(workstation_id, workstation_id, '[]') WITH &&, "
        "int4range(seat, seat, '[]') WITH &&, "
        "daterange(date_from, date_to, '[]') WITH &&)",
        "Somebody else has taken this seat on some of these days.",
    )
    _employee_once = models.Constraint(
        "EXCLUDE USING gist ("
        "int4range(employee_id, employee_id, '[]') WITH &&, "
        "daterange(date_from, date_to, '[]') WITH &&)",
        "This operator shares a place on some of these days already.",
    )

    @api.depends("workstation_id", "date_from", "date_to")
    def _compute_seat(self):
        """The first seat that is free on all the days."""
        done = self.browse()
        for share in self:
            others = share._get_overlapping() + done.filtered(share._overlaps)
            taken = set(others.mapped("seat"))
            share.seat = next(seat for seat in count(1) if seat not in taken)
            done += share

    @api.depends_context("lang")
    @api.depends("employee_id", "workstation_id", "date_from", "date_to")
    def _compute_display_name(self):
        for share in self:
            share.display_name = self.env._(
                "%(name)s at %(place)s from %(start)s",
                name=share.employee_id.name or "",
                place=share.workstation_id.name or "",
                start=format_date(self.env, share.date_from),
            )

    @api.constrains("employee_id")
    def _check_no_own_place(self):
        for share in self:
            # sudo: an own place counts whoever looks
            own = share.sudo().employee_id.callcenter_workstation_ids[:1]
            if own:
                own._refuse_two_places(share.employee_id)

    def _get_overlapping(self):
        """The other stored shares of the place on some of the days."""
        # sudo: a taken seat counts whoever looks
        shares = self.sudo().search(
            Domain("workstation_id", "=", self.workstation_id.id)
            & Domain("id", "!=", self._origin.id or 0)
            & (Domain("date_to", "=", False) | Domain("date_to", ">=", self.date_from))
        )
        return shares.filtered(self._overlaps)

    def _overlaps(self, other):
        ends = other.date_to, self.date_to
        starts = self.date_from, other.date_from
        return self.workstation_id == other.workstation_id and all(
            not end or (start and start <= end)
            for start, end in zip(starts, ends, strict=True)
        )

    @api.model
    def _get_in_force_domain(self, on_date):
        ends = Domain("date_to", "=", False) | Domain("date_to", ">=", on_date)
        return Domain("date_from", "<=", on_date) & ends

    def _is_in_force(self, on_date):
        self.ensure_one()
        return self.date_from <= on_date and (
            not self.date_to or on_date <= self.date_to
        )

    def _get_lasting(self, on_date):
        """Those that are not over by that day: in force or to come."""
        return self.filtered(lambda one: not one.date_to or one.date_to >= on_date)

    def _describe_for_return(self):
        """The shares as JSON takes them, for ``_give_back``."""
        return [
            {
                "id": share.id,
                "workstation_id": share.workstation_id.id,
                "employee_id": share.employee_id.id,
                "date_from": fields.Date.to_string(share.date_from),
                "date_to": fields.Date.to_string(share.date_to) or False,
            }
            for share in self
        ]

    @api.model
    def _give_back(self, rows):
        """Take up again what a dismissal ended, where the seats are still free.

        :param rows: as of ``_describe_for_return``
        :return: ``callcenter.workstation``, places whose seats others have taken
        """
        taken = self.env["callcenter.workstation"]
        for row in rows:
            share = self.browse(row["id"]).exists()
            values = {name: row[name] for name in row if name != "id"}
            wanted = self.new(values, origin=share)
            if not wanted._has_free_seat():
                taken |= wanted.workstation_id._origin
            elif share:
                share.date_to = row["date_to"]
            else:
                self.create(values)
        return taken

    def _has_free_seat(self):
        seats = set(self._get_overlapping().mapped("seat"))
        return len(seats) < self.workstation_id.share_limit

    def _end_after(self, last_day):
        """The employee leaves: what lies after his last day falls away."""
        following = self.filtered(lambda share: share.date_from > last_day)
        following.unlink()
        lasting = (self - following)._get_lasting(last_day)
        lasting.write({"date_to": last_day})
