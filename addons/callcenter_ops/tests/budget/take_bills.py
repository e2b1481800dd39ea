"""A budget, and books that hold what a test says they hold."""

from datetime import date
from decimal import Decimal
from unittest.mock import patch

from ...models.budget.expense_source import ExpenseSource
from ...tools.budget.expense_match import SourceLine
from ..workstation.common import WorkstationCase


class BillBook(ExpenseSource):
    """Bills of a test; orders are another such book."""

    code = "bill"
    #: what the books hold now
    lines = []

    @staticmethod
    def get_label(env):
        return "Document of a test"

    def read_period(self):
        return [line for line in self.lines if line.kind == self.code]

    def read_taken(self, ids):
        return [
            line
            for line in self.read_period()
            if int(line.key[len(self.code) + 1 :]) in ids
        ]


class OrderBook(BillBook):
    code = "order"


class TakeBillsCase(WorkstationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.telecom = cls.env["res.partner"].create(
            {"name": "Uraltelecom", "callcenter_is_supplier": True}
        )
        cls.shop = cls.env["res.partner"].create(
            {"name": "Office shop", "callcenter_is_supplier": True}
        )
        cls.items["Internet"].account_code = "26.03"
        cls.items["Telephone service"].supplier_id = cls.telecom
        cls.items["Stationery"].supplier_id = cls.shop
        cls.items["Computer"].supplier_id = cls.shop
        cls.budget = cls.build_budget()
        cls.budget.with_user(cls.users["director"]).action_approve()
        cls.lines = [
            cls.build_line("bill|1", 6700, supplier_id=cls.telecom.id, document="T 7"),
            cls.build_line("bill|2", 600, account_code="26.03.1", document="I 1"),
            cls.build_line("bill|3", 250, supplier_id=cls.shop.id, document="S 4"),
        ]

    @classmethod
    def build_line(cls, key, amount, **vals):
        return SourceLine(
            **{
                "key": key,
                "kind": key.partition("|")[0],
                "date": date(2026, 3, 10),
                "amount": Decimal(amount),
                "currency_id": cls.rub.id,
                "supplier_id": cls.shop.id,
            }
            | vals
        )

    def setUp(self):
        super().setUp()
        self.patch_sources(BillBook, OrderBook)

    def patch_sources(self, *books):
        """The apps of these books, and no others, are installed."""
        model = self.registry["callcenter.workstation.actual"]
        sources = {book.code: book for book in books}
        self.patch(model, "_get_expense_sources", lambda _actuals: sources)
        model = self.registry["callcenter.workstation.actual.take"]
        self.patch(model, "_get_chosen_sources", lambda _take: list(sources))

    def books_hold(self, lines):
        """From now on the books hold these lines."""
        return patch.object(BillBook, "lines", list(lines))

    def find(self, lines, role="hr"):
        take = self.as_(role, self.env["callcenter.workstation.actual.take"]).create(
            {"budget_id": self.budget.id}
        )
        with self.books_hold(lines):
            take.action_find()
        return take

    def take(self, lines):
        take = self.find(lines)
        with self.books_hold(lines):
            take.action_take()
        return take
