class TableError(ValueError):
    """A file as a whole cannot be read; ``code`` and ``values`` say why."""

    def __init__(self, code, **values):
        super().__init__(f"{code} {values}")
        self.code = code
        self.values = values
