from odoo.tools import convert_file

from .common import Story

# Each table names records of those before it.
_TABLES = (
    "maintenance.equipment.category.csv",
    "callcenter.cost.item.csv",
    "callcenter.workstation.kit.csv",
    "callcenter.workstation.kit.line.csv",
    "callcenter.phone.package.csv",
    "callcenter.phone.line.csv",
    "callcenter.workstation.csv",
    "maintenance.equipment.csv",
)


class PlacesStory(Story):
    """The room, its places and what stands on them.

    Tables of a manifest are loaded anew at each upgrade, over what people changed;
    these are loaded once.
    """

    def tell(self):
        for name in _TABLES:
            path = f"demo/workstation/{name}"
            convert_file(self.env, "callcenter_demo", path, {}, noupdate=True)
        self._ref("workstation_kit_office").action_approve()
