"""Write sample files for the import. Usage: see bin/make-sample."""

import argparse
import csv
import sys
from datetime import datetime
from pathlib import Path

import xlsxwriter

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "addons" / "callcenter_demo"))

from samples.clients import CLIENT_HEADERS, make_clients  # noqa: E402
from samples.dirt import count_kinds, dirty_clients  # noqa: E402
from samples.goods import GOODS_HEADERS, make_goods  # noqa: E402

# Two files of one content must be equal to the byte.
_MADE_ON = datetime(2026, 1, 1)


def write_samples(folder, clients=50_000, products=2_000, seed=1):
    """Write the five files.

    :return: ``Counter`` of the kinds of dirt among the lines of clients
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    lines = list(dirty_clients(make_clients(clients, seed), seed))
    rows = [cells for _kind, cells in lines]
    goods = [list(product.values()) for product in make_goods(products, seed)]
    _write_csv(folder / "clients.csv", CLIENT_HEADERS, rows, "utf-8-sig")
    _write_csv(folder / "clients-cp1251.csv", CLIENT_HEADERS, rows, "cp1251")
    _write_xlsx(folder / "clients.xlsx", CLIENT_HEADERS, rows)
    _write_csv(folder / "products.csv", GOODS_HEADERS, goods, "utf-8")
    _write_xlsx(folder / "products.xlsx", GOODS_HEADERS, goods)
    return count_kinds(lines)


def _write_csv(path, headers, rows, encoding):
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(headers)
        writer.writerows(rows)


def _write_xlsx(path, headers, rows):
    options = {"constant_memory": True, "strings_to_formulas": False}
    with xlsxwriter.Workbook(path, options) as book:
        book.set_properties({"created": _MADE_ON})
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, headers)
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, row)


def main():
    parser = argparse.ArgumentParser(prog="bin/make-sample")
    parser.add_argument("folder", nargs="?", default="samples")
    parser.add_argument("--clients", type=int, default=50_000)
    parser.add_argument("--products", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    kinds = write_samples(asked.folder, asked.clients, asked.products, asked.seed)
    report = [f"{asked.folder}: {sum(kinds.values())} lines of clients"]
    report += [f"  {kind or 'clean':16}{n:7}" for kind, n in sorted(kinds.items())]
    sys.stdout.write("\n".join(report) + "\n")


if __name__ == "__main__":
    main()
