"""The number plan as it is shipped: ranges and region codes, nothing else.

``number_plan.csv.gz``: the day of the registry's edition in the first line, then
``first number,last number,codes by +``, neighbours of the same regions as one range.
"""

import csv
import gzip
import io

from .number_plan import range_bounds
from .number_registry import PlanRow


def write_plan(path, rows, edition):
    """Keep ranges of the registry; equal ranges give an equal file.

    :param rows: list of ``PlanRow`` that do not overlap
    :param edition: ISO day of the registry's edition
    """
    text = io.StringIO()
    text.write(f"{edition}\n")
    writer = csv.writer(text, lineterminator="\n")
    for first, last, codes in _join_neighbours(rows):
        writer.writerow((first, last, "+".join(codes)))
    path.write_bytes(gzip.compress(text.getvalue().encode(), mtime=0))


def read_plan(path):
    """:return: ``(ISO day of the edition, list of PlanRow)``"""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        edition = stream.readline().strip()
        rows = [
            PlanRow(line, first, last, tuple(codes.split("+")))
            for line, (first, last, codes) in enumerate(csv.reader(stream), 2)
        ]
    return edition, rows


def read_codes(path):
    """Rows of the table of landline codes: ``code,region``, the header first."""
    with path.open(encoding="utf-8", newline="") as stream:
        next(stream)
        return [
            PlanRow(line, *range_bounds(prefix), (region,))
            for line, (prefix, region) in enumerate(csv.reader(stream), 2)
        ]


def _join_neighbours(rows):
    joined = []
    for row in sorted(rows, key=lambda row: row.number_from):
        last = joined[-1] if joined else None
        is_next = last and int(row.number_from) == int(last[1]) + 1
        if is_next and row.codes == last[2]:
            last[1] = row.number_to
        else:
            joined.append([row.number_from, row.number_to, row.codes])
    return joined
