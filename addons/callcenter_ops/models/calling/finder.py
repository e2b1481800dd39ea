from odoo import api, models
from odoo.exceptions import AccessError

# What is found of each kind; whoever looks for more opens the list.
_MOST = 5
_SHORTEST = 2
_MODELS = (
    "callcenter.personnel.order",
    "hr.employee",
    "res.partner",
    "callcenter.call",
)
_FINDERS = [
    f"callcenter_ops.group_{role}"
    for role in ("operator", "supervisor", "hr", "director", "manager")
]


class Finder(models.AbstractModel):
    """An order, a person, a client or a call, by number and by name, from anywhere."""

    _name = "callcenter.finder"
    _description = "Search over the call centre"

    @api.model
    @api.readonly
    def find(self, text):
        """What the user may read of what he looks for.

        :param str text: a part of a name or of a number, two characters at least
        :return: list of dicts ``model``, ``kind``, ``id``, ``name``
        :raise AccessError: he has no role in the call centre
        """
        if not any(map(self.env.user.has_group, _FINDERS)):
            raise AccessError(
                self.env._("Only the call centre's own people look here.")
            )
        text = str(text or "").strip()
        if len(text) < _SHORTEST:
            return []
        return [found for name in _MODELS for found in self._find_in(name, text)]

    @api.model
    def _find_in(self, name, text):
        model = self.env[name]
        if not model.has_access("read"):
            return []
        kind = self.env["ir.model"]._get(name).sudo().name  # sudo: a word of the screen
        try:
            rows = model.name_search(text, limit=_MOST)
        except AccessError:
            # Whom one looks for may stand in fields that are closed to him.
            return []
        return [
            {"model": name, "kind": kind, "id": one, "name": label}
            for one, label in rows
        ]
