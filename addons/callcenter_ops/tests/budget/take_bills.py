"""A budget, and books that hold what a test says they hold."""

from datetime import date
from decimal import Decimal
from unittest.mock import patch

from ...models.budget.workstation_bill_reader import WorkstationBillReader
from ...tools.budget.expense_match import SourceLine
from ..workstation.common import WorkstationCase


class TakeBillsCase(WorkstationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.telecom = cls.env["res.partner"].create({"name": "Uraltelecom"})
        cls.shop = cls.env["res.partner"].create({"name": "Office shop"})
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
        self.patch_sources(["bill", "order"])

    def patch_sources(self, sources):
        self.patch(WorkstationBillReader, "_get_sources", lambda _reader: sources)

    def read(self, lines):
        """From now on the books hold these lines."""

        def read_taken(_reader, _budget, keys, _with_taxes):
            return [line for line in lines if line.key in keys]

        return patch.multiple(
            WorkstationBillReader,
            _read_source_lines=lambda *_args: list(lines),
            _read_taken_lines=read_taken,
            _read_credit_lines=lambda *_args: [],
        )

    def find(self, lines, role="hr"):
        take = self.as_(role, self.env["callcenter.workstation.actual.take"]).create(
            {"budget_id": self.budget.id}
        )
        with self.read(lines):
            take.action_find()
        return take

    def take(self, lines):
        take = self.find(lines)
        with self.read(lines):
            take.action_take()
        return take
