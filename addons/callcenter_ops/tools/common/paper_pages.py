"""Tables of a paper cut into pages, each with its own heading.

The renderer of PDF cuts a row where the page ends and repeats no heading, so the rows
of a page are counted here.
"""

import textwrap

# Borders and padding of a row, in lines.
_PADDING = 0.4


def split_pages(rows, widths, first, rest, foot=0):
    """Rows by page.

    :param rows: lists of cells, as texts
    :param widths: characters that fit into a line of each column
    :param first: lines that fit on the first page, below what stands above the table
    :param rest: lines that fit on each further page
    :param foot: lines below the table; the last row stays on their page
    :return: list of pages, each a list of ``(number of the row from 1, row)``
    """
    pages, room = [[]], first
    for number, row in enumerate(rows, 1):
        height = _count_lines(row, widths) + _PADDING
        if height > room and pages[-1]:
            pages.append([])
            room = rest
        pages[-1].append((number, row))
        room -= height
    if foot > room and len(pages[-1]) > 1:
        pages.append([pages[-1].pop()])
    return pages


def _count_lines(row, widths):
    return max(
        (
            sum(
                len(textwrap.wrap(line, max(int(width), 1))) or 1
                for line in str(text).split("\n")
            )
            for text, width in zip(row, widths, strict=True)
        ),
        default=1,
    )
