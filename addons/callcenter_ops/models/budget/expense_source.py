from ...tools.common.period import first_of_month


class ExpenseSource:
    """Documents of an app from which the expenses of a budget can be taken.

    A bridge addon gives its app's one by
    ``callcenter.workstation.actual._get_expense_sources``. Whoever makes a source has
    checked the right to the budget; whether the reader may open the documents
    themselves plays no part. Amounts are those with taxes or those without them.
    """

    #: begins the keys of the lines: ``bill|12``
    code = None

    def __init__(self, budget, with_taxes=True):
        """:param budget: one ``callcenter.workstation.budget``"""
        self.env = budget.env
        self.budget = budget
        self.company = budget.company_id
        self.with_taxes = with_taxes

    @staticmethod
    def get_label(env):
        """What one such document is called, in the user's language."""
        raise NotImplementedError

    def read_period(self):
        """Lines of the budget's period that some cost item names.

        :return: list of ``tools.budget.expense_match.SourceLine`` in the order of their
            documents
        """
        raise NotImplementedError

    def read_taken(self, ids):
        """Of the lines ``ids`` those that the books still hold, as ``SourceLine``."""
        raise NotImplementedError

    def read_returns(self, ids):
        """What later documents take back of the lines ``ids``.

        :return: list of (``SourceLine`` of the later document, id of the taken line)
        """
        return []

    def get_key(self, line):
        """The name by which a line is known for ever."""
        return f"{self.code}|{line.id}"

    def get_ids(self, keys):
        """Ids of those of ``keys`` that are of this source."""
        prefix = f"{self.code}|"
        return [int(key.removeprefix(prefix)) for key in keys if key.startswith(prefix)]

    def get_items(self):
        """The cost items whose products, accounts and suppliers are looked for."""
        return self.env["callcenter.cost.item"].search(
            [("company_id", "=", self.company.id)]
        )

    def get_period(self):
        """First and last day of the budget."""
        return first_of_month(self.budget.date_from), self.budget.date_to
