class NumberText(str):
    """The text of a spreadsheet's cell that is a number: a point is its mark."""

    __slots__ = ()
