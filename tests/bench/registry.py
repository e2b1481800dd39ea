"""Benchmarks of the project: each one is a function that returns a rate.

    @bench("import of 50 000 clients", unit="rows/s", reference="copy of 50 000 rows")
    def import_clients(context): ...

The rate is "how many a second"; more is better. A benchmark that names a reference
is printed as a ratio to it, measured in the same run on the same machine.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Bench:
    name: str
    unit: str
    run: Callable
    reference: str = ""


REGISTRY: dict[str, Bench] = {}


def bench(name, unit, reference=""):
    """Register a benchmark; ``reference`` is the name of the one to compare with."""

    def register(function):
        if name in REGISTRY:
            raise ValueError(f"two benchmarks are called {name!r}")
        REGISTRY[name] = Bench(name, unit, function, reference)
        return function

    return register
