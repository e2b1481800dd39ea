"""To which manager a new opportunity goes."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Route:
    """Managers of the opportunities that fit; an empty set asks for nothing."""

    campaigns: frozenset = frozenset()
    regions: frozenset = frozenset()
    categories: frozenset = frozenset()

    def fits(self, campaign, region, categories):
        """:param categories: set of the goods' categories and of those above them"""
        return (
            (not self.campaigns or campaign in self.campaigns)
            and (not self.regions or region in self.regions)
            and (not self.categories or bool(self.categories & categories))
        )


def least_loaded(managers, loads):
    """The manager with the fewest open opportunities, the first of equal ones.

    :param managers: ids in the order in which they are asked
    :param dict loads: id -> number of open opportunities; nothing counts as none
    :return: an id, or None where there is nobody
    """
    return min(managers, key=lambda manager: loads.get(manager, 0), default=None)
