"""What an upgrade lost: facts of the first snapshot that the second does not hold.

Usage: upgrade_compare.py BEFORE AFTER. Records and what a role reads of them may grow,
for a version brings rows of its own; a paper may gain words and loses none; everything
else stays as it was. Prints a line a loss.
"""

import sys
from pathlib import Path

GROWING = ("rows", "reads")
# The bank of questions is built anew: facts worth no question retire, rows stay.
REBUILT = ("callcenter.fact",)
# Names of models that changed: what was read by the old one is read by the new.
RENAMED = {
    "callcenter.exchange.call": "callcenter.pbx.call",
    "callcenter_exchange_call": "callcenter_pbx_call",
}
# Halves of words that the forms had for all numbers: «месяца(ев)» agrees with its own.
REWORDED = {"ев"}


def read_facts(path):
    """``{(kind, key): value}`` of a snapshot's lines."""
    facts = {}
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        _snapshot, kind, *words = line.split()
        words = [RENAMED.get(word, word) for word in words]
        if kind == "reads" and not set(REBUILT).isdisjoint(words):
            continue
        if kind == "paper":
            facts[kind, words[0]] = frozenset(words[1:])
        elif kind in GROWING:
            facts[(kind, *words[:-1])] = words[-1]
        else:
            facts[(kind, *words)] = ""
    return facts


def is_kept(kind, before, after):
    if after is None:
        return False
    if kind == "paper":
        return before - REWORDED <= after
    if kind in GROWING:
        return before == "-" or (after != "-" and int(before) <= int(after))
    return before == after


def main(before_path, after_path):
    before, after = read_facts(before_path), read_facts(after_path)
    for key, value in sorted(before.items()):
        now = after.get(key)
        if not is_kept(key[0], value, now):
            lost = sorted(value - (now or set())) if key[0] == "paper" else value
            shown = now if isinstance(now, str) else ""
            print(*key, lost, "->", shown)


if __name__ == "__main__":
    main(*sys.argv[1:])
