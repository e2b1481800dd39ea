from collections import defaultdict

from odoo import api, models
from odoo.exceptions import UserError

_EDITORS = ("callcenter_ops.group_hr", "callcenter_ops.group_manager")
LARGEST = 200


class FloorPlan(models.AbstractModel):
    """The places of the call centre drawn by room, row and seat."""

    _name = "callcenter.floor.plan"
    _description = "Floor plan"

    @api.model
    def get_plan(self):
        """What the user may see of the places of his companies.

        :return: dict ``can_edit`` and ``rooms``: list of ``name``, ``rows``,
            ``seats`` (size of the grid), ``places``; a place has ``id``, ``name``,
            ``row``, ``seat`` (0: not drawn yet), ``state``, ``operator``, ``line``,
            ``reason``, ``equipment``
        """
        places = self.env["callcenter.workstation"]
        places.check_access("read")
        by_room = defaultdict(list)
        places = places.search([("company_id", "in", self.env.companies.ids)])
        # sudo: who sits where may be seen by whoever may see the place; read at once
        seen = places.sudo()
        (seen.employee_id | seen.share_ids.employee_id).fetch(["name"])
        for place in places:
            by_room[place.room or ""].append(self._describe(place))
        return {
            "can_edit": self._can_edit(),
            "rooms": [
                {
                    "name": room,
                    "rows": max(place["row"] for place in drawn),
                    "seats": max(place["seat"] for place in drawn),
                    "places": drawn,
                }
                for room, drawn in sorted(by_room.items())
            ],
        }

    @api.model
    def move(self, place_id, room, row, seat):
        """Put a place at other coordinates; who stands there takes the old ones.

        :param row: 1 to 200; 0 takes the place off the drawing
        :raise UserError: not the user's to change, or no such coordinates
        """
        place = self.env["callcenter.workstation"].browse(place_id).exists()
        place._check_role("callcenter_ops.group_hr", "callcenter_ops.group_manager")
        place.check_access("write")
        if not place:
            raise UserError(self.env._("This place no longer exists."))
        self._check_coordinates(row, seat)
        if not row or not seat:
            row = seat = 0
        place._move_to(room or False, row, seat)

    def _check_coordinates(self, row, seat):
        numbers = (row, seat)
        # A boolean is an int to Python and no number to whoever draws the room.
        fine = all(type(n) is int and 0 <= n <= LARGEST for n in numbers)
        if not fine:
            raise UserError(
                self.env._(
                    "Row and seat are numbers from 1 to %(largest)s.", largest=LARGEST
                )
            )

    def _can_edit(self):
        return any(self.env.user.has_group(group) for group in _EDITORS)

    def _describe(self, place):
        today = place.company_id._callcenter_today()
        drawn = place.row_no > 0 and place.seat_no > 0
        return {
            "id": place.id,
            "name": place.name,
            "row": place.row_no if drawn else 0,
            "seat": place.seat_no if drawn else 0,
            "state": place.state,
            # sudo: who sits where may be seen by whoever may see the place
            "operator": ", ".join(place.sudo()._get_people(today).mapped("name")),
            # sudo: the number of a place's telephone is no secret to them either
            "line": place.sudo().line_id.name or "",
            "reason": place.out_of_order_reason or "",
            "equipment": place.equipment_count,
        }
