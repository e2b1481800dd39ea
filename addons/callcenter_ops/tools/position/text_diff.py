"""Comparison of two numbered texts: plain Python, no database."""

import difflib
import re

# Below this the two clauses have nothing in common: one went, another came.
SIMILAR_ENOUGH = 0.5
_WORD = re.compile(r"\s+|[^\s]+")


def compare_clauses(old, new):
    """Rows of two versions side by side, in the order of the new one.

    :param old: list of ``(number, text)``
    :param new: list of ``(number, text)``
    :return: list of ``{"kind", "old", "new"}``; kind is ``same`` | ``moved`` (same
        text, other number) | ``changed`` | ``added`` | ``removed``; ``old`` and
        ``new`` are the pairs, None where there is none
    """
    matcher = difflib.SequenceMatcher(
        None, [text for _n, text in old], [text for _n, text in new], autojunk=False
    )
    rows = []
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        before, after = old[old_from:old_to], new[new_from:new_to]
        if tag == "equal":
            rows += [
                _same(left, right) for left, right in zip(before, after, strict=True)
            ]
        else:
            rows += _pair(before, after)
    return rows


def mark_words(old, new):
    """Two texts cut into runs for showing: ``(old_runs, new_runs)``.

    Each run is ``(text, changed)``; the texts of a side joined are the text itself.
    """
    left, right = _WORD.findall(old), _WORD.findall(new)
    matcher = difflib.SequenceMatcher(None, left, right, autojunk=False)
    old_runs, new_runs = [], []
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        changed = tag != "equal"
        if old_to > old_from:
            old_runs.append(("".join(left[old_from:old_to]), changed))
        if new_to > new_from:
            new_runs.append(("".join(right[new_from:new_to]), changed))
    return old_runs, new_runs


def _same(left, right):
    kind = "same" if left[0] == right[0] else "moved"
    return {"kind": kind, "old": left, "new": right}


def _pair(before, after):
    """Match the rewritten clauses of one block by likeness, in order."""
    rows, rest = [], list(before)
    for clause in after:
        best = _find_counterpart(rest, clause)
        if best is None:
            rows.append({"kind": "added", "old": None, "new": clause})
            continue
        rows += [_removed(gone) for gone in rest[:best]]
        rows.append({"kind": "changed", "old": rest[best], "new": clause})
        rest = rest[best + 1 :]
    return rows + [_removed(gone) for gone in rest]


def _find_counterpart(candidates, clause):
    """Place of the clause that was rewritten: the likest, else the same number."""
    ratios = [_ratio(candidate, clause) for candidate in candidates]
    if ratios and max(ratios) >= SIMILAR_ENOUGH:
        return ratios.index(max(ratios))
    numbers = [number for number, _text in candidates]
    return numbers.index(clause[0]) if clause[0] in numbers else None


def _ratio(old, new):
    return difflib.SequenceMatcher(None, old[1], new[1], autojunk=False).ratio()


def _removed(clause):
    return {"kind": "removed", "old": clause, "new": None}
