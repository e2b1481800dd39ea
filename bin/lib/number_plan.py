"""Make the shipped number plan out of the public registry of number ranges."""

import argparse
import datetime
import gzip
import sys
from pathlib import Path

OPS = Path(__file__).parents[2] / "addons" / "callcenter_ops"
sys.path.insert(0, str(OPS))

from tools.clients.number_registry import (  # noqa: E402
    PlanRow,
    find_codes,
    read_registry,
)
from tools.clients.plan_file import write_plan  # noqa: E402

PLAN = OPS / "data" / "clients" / "number_plan.csv.gz"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("registry", type=Path)
    parser.add_argument("edition", type=datetime.date.fromisoformat)
    args = parser.parse_args()
    opener = gzip.open if args.registry.suffix == ".gz" else open
    with opener(args.registry, "rt", encoding="utf-8-sig", newline="") as stream:
        rows = [_place(row) for row in read_registry(stream)]
    write_plan(PLAN, rows, args.edition.isoformat())
    print(f"{len(rows)} ranges of the registry, {PLAN.stat().st_size} bytes")


def _place(row):
    codes = find_codes(row.places)
    if row.problem or not codes:
        sys.exit(f"Line {row.line}: {row.problem or row.places}")
    return PlanRow(row.line, row.number_from, row.number_to, codes)


if __name__ == "__main__":
    main()
