"""A line of a CSV file whose quotation marks were not doubled inside a cell."""


def split_loosely(line, delimiter):
    """The cells of one line; a mark ends a cell only where the cell can end.

    ``"ООО "Вершина"";1`` is ``ООО "Вершина"`` and ``1``.

    :return: list of texts, or None where a cell that a mark begins has no end
    """
    line = line.rstrip("\r\n")
    cells, place = [], 0
    while place <= len(line):
        end = _find_end(line, place, delimiter)
        if end is None:
            return None
        cells.append(_unquote(line[place:end]))
        place = end + 1
    return cells


def _find_end(line, place, delimiter):
    """Where the cell that begins at ``place`` ends; None for nowhere."""
    end = line.find(delimiter, place)
    end = len(line) if end < 0 else end
    if not line.startswith('"', place) or line.count('"', place, end) % 2 == 0:
        return end
    # The delimiter stands between the marks: the cell goes on to one that closes it.
    mark = place
    while (mark := line.find('"', mark + 1)) >= 0:
        if line[mark + 1 : mark + 2] in ("", delimiter):
            return mark + 1
    return None


def _unquote(cell):
    """The text between the marks, its doubled marks single ones where all are."""
    if len(cell) < 2 or not (cell[0] == cell[-1] == '"'):
        return cell
    cell = cell[1:-1]
    return cell if '"' in cell.replace('""', "") else cell.replace('""', '"')
