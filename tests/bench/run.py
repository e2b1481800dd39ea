"""Run the benchmarks and print their table. Usage: run.py DATABASE URL [WORD...]

A WORD keeps the benchmarks whose name has it (and what they are compared with).
"""

import importlib
import sys
from pathlib import Path

from context import Context
from registry import REGISTRY

HERE = Path(__file__).parent


def chosen(words):
    names = [n for n in REGISTRY if not words or any(w in n for w in words)]
    needed = {REGISTRY[n].reference for n in names} | set(names)
    kept = [bench for name, bench in REGISTRY.items() if name in needed]
    return sorted(kept, key=lambda bench: bool(bench.reference))


def measure(context, benches):
    """Rates by name; a failure is a row of the table, not its end."""
    results, failures = {}, []
    for bench in benches:
        print(f"... {bench.name}", file=sys.stderr, flush=True)
        try:
            results[bench.name] = bench.run(context)
        except Exception as error:  # noqa: BLE001  (any fault must not hide the rest)
            failures.append(f"{bench.name}: {type(error).__name__}: {error}")
    return results, failures


def row(bench, results):
    rate = results.get(bench.name)
    reference = results.get(bench.reference)
    ratio = f"{rate / reference:.3g}" if rate and reference else "—"
    return (
        bench.name,
        f"{rate:,.0f}" if rate and rate >= 100 else f"{rate:.2f}" if rate else "failed",
        bench.unit,
        ratio,
        bench.reference or "(reference)",
    )


def table(benches, results):
    rows = [("benchmark", "rate", "unit", "ratio", "compared with")]
    rows += [row(bench, results) for bench in benches]
    widths = [max(len(r[i]) for r in rows) for i in range(5)]
    for cells in rows:
        name, rate, unit, ratio, reference = cells
        print(
            f"{name:{widths[0]}}  {rate:>{widths[1]}} {unit:{widths[2]}}"
            f"  {ratio:>{widths[3]}}  {reference}"
        )


def main(database, url, *words):
    from odoo.tools import config

    config.parse_config(["-d", database, "--no-http"], setup_logging=True)
    for path in sorted(HERE.glob("bench_*.py")):
        importlib.import_module(path.stem)
    benches = chosen(words)
    results, failures = measure(Context(database, url), benches)
    table(benches, results)
    for failure in failures:
        print(f"FAILED {failure}")
    return bool(failures)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
