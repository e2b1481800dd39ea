"""Check that every committed XML, CSV, JSON, YAML and TOML file can be read."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import yaml
from lxml import etree

try:
    import tomllib
except ImportError:  # Python 3.10
    from pip._vendor import tomli as tomllib


def read_csv(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    # Spreadsheet programs of Russian offices part the columns by semicolons.
    delimiter = max(",;", key=lines[0].count) if lines else ","
    rows = list(csv.reader(lines, delimiter=delimiter))
    widths = {len(row) for row in rows if row}
    if len(widths) > 1:
        raise ValueError(f"rows of {sorted(widths)} columns")


READERS = {
    ".csv": read_csv,
    ".json": lambda path: json.loads(path.read_text(encoding="utf-8")),
    ".svg": lambda path: etree.parse(str(path)),
    ".toml": lambda path: tomllib.loads(path.read_text(encoding="utf-8")),
    ".xml": lambda path: etree.parse(str(path)),
    ".yaml": lambda path: list(yaml.safe_load_all(path.read_text(encoding="utf-8"))),
    ".yml": lambda path: list(yaml.safe_load_all(path.read_text(encoding="utf-8"))),
}
FAULTS = (ValueError, csv.Error, etree.XMLSyntaxError, yaml.YAMLError)


def committed_files():
    listing = subprocess.run(
        ["git", "ls-files", "-z"], capture_output=True, check=True, text=True
    )
    paths = (Path(name) for name in listing.stdout.split("\0") if name)
    # Test data may be broken on purpose.
    return [path for path in paths if path.is_file() and "tests" not in path.parts]


def main():
    faults = []
    for path in committed_files():
        reader = READERS.get(path.suffix)
        try:
            if reader:
                reader(path)
        except FAULTS as error:
            faults.append(f"{path}: {error}")
    sys.stderr.writelines(f"{fault}\n" for fault in faults)
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
