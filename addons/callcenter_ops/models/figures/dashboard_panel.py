class DashboardPanel:
    """A part of the dashboard: its values for the browser, its tables on paper.

    ``callcenter.dashboard`` holds the list of them.
    """

    def __init__(self, scope):
        """:param scope: a ``DashboardScope``"""
        self.scope, self.env = scope, scope.env

    def get_data(self):
        """Values by name, plain enough for JSON; no two panels share a name."""
        raise NotImplementedError

    def get_tables(self, data):
        """``[table(…)]`` for paper and workbook, of what ``get_data`` answered."""
        return []


def table(title, rows, *columns, note=""):
    """A table of a paper.

    :param rows: dicts
    :param columns: ``(name in the rows, heading, unit)``; units are those of figures,
        and ``count``, ``money``, ``price`` (money whose kopecks matter), ``text``,
        ``day`` and ``month`` (ISO days)
    """
    return {
        "title": title,
        "columns": [(heading, unit) for _name, heading, unit in columns],
        "rows": [[row[name] for name, _heading, _unit in columns] for row in rows],
        "note": note,
    }
