from unittest import TestCase

from ...tools.calling.attempt_limits import Limits
from ...tools.calling.call_rules import Rules
from ...tools.calling.call_window import Window
from ...tools.calling.rule_floor import find_looser

LAW = Rules(
    window=Window(8, 22, 9, 20),
    limits=Limits(1, 2, 8, "strict"),
    consents=("advertising",),
    spares_protected=True,
    message_limits=Limits(2, 4, 16),
    meeting_limits=Limits(0, 1, 0),
)


class TestRuleFloor(TestCase):
    """A company's own rules are compared with those of the law, point by point."""

    def looser(self, **own):
        rules = {name: getattr(LAW, name) for name in LAW.__dataclass_fields__}
        return find_looser(Rules(**{**rules, **own}), LAW)

    def test_the_law_itself_and_what_is_stricter_is_no_looser(self):
        self.assertEqual(self.looser(), [])
        self.assertEqual(self.looser(limits=Limits(1, 1, 4, "strict")), [])
        self.assertEqual(self.looser(window=Window(9, 18, 0, 0)), [])
        self.assertEqual(self.looser(consents=("advertising", "mass_calls")), [])

    def test_each_point_that_allows_more_is_named(self):
        for own, point in (
            ({"consents": ()}, "consent"),
            ({"spares_protected": False}, "protected"),
            ({"window": Window(8, 23, 9, 20)}, "workday"),
            ({"window": Window(8, 22, 8, 20)}, "dayoff"),
            ({"limits": Limits(2, 2, 8)}, "day"),
            ({"limits": Limits(1, 0, 8)}, "week"),
            ({"limits": Limits(1, 2, 9)}, "month"),
            ({"limits": Limits(1, 2, 8, "rolling")}, "period"),
            ({"message_limits": Limits()}, "messages"),
            ({"meeting_limits": Limits(0, 2, 0)}, "meetings"),
        ):
            with self.subTest(point=point):
                self.assertEqual(self.looser(**own), [point])

    def test_a_law_of_consent_alone_binds_to_nothing_else(self):
        free = Rules(Window(0, 24, 0, 24), Limits(), consents=("advertising",))
        self.assertEqual(find_looser(free, LAW, consent_only=True), [])
