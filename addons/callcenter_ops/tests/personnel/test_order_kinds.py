from odoo.exceptions import UserError

from ...models.personnel.order_kinds import ORDER_KINDS
from ...models.personnel.order_kinds.order_kind import OrderKind
from .common import PersonnelCase


class Reprimand(OrderKind):
    """A kind that another addon might bring."""

    series = "В"

    def check(self):
        if not self.order.basis:
            raise UserError("Say what the reprimand is for.")

    def execute(self):
        """A reprimand changes nothing on the employee's card."""


class TestOrderKinds(PersonnelCase):
    def test_every_choice_of_the_form_has_its_kind(self):
        choices = dict(self.Order._fields["order_type"].selection)
        self.assertEqual(set(self.Order._get_kinds()), set(choices))

    def test_every_kind_has_a_series_of_its_own_and_a_paper(self):
        series = [kind.series for kind in ORDER_KINDS.values()]
        self.assertEqual(series, ["П", "ПВ", "ИО", "У", "О", "ОТ", "ИУ", "Ф"])
        for kind in ORDER_KINDS.values():
            self.assertEqual(self.env.ref(kind.paper_template).type, "qweb")

    def test_only_a_dismissal_is_executed_after_its_day(self):
        late = [name for name, kind in ORDER_KINDS.items() if kind.ends_work]
        self.assertEqual(late, ["dismissal"])

    def test_another_addon_adds_a_kind_to_the_table(self):
        order = self.build_order()
        kinds = ORDER_KINDS | {"appointment": Reprimand}
        self.patch(type(self.Order), "_get_kinds", lambda _orders: kinds)
        with self.assertRaisesRegex(UserError, "what the reprimand is for"):
            self.as_("hr", order).action_submit()
        self.assertEqual(order.state, "draft")
        order.basis = "Memo 3"
        self.assertEqual(self.sign(order).name, "1-В/2026")
