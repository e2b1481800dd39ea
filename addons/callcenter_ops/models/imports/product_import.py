from odoo import Command
from odoo.tools import float_compare

from ...tools.imports.cell_values import is_error_cell
from ...tools.imports.product_rows import parse_product
from .import_kind import ImportKind

_PRICES = ("list_price", "standard_price")
_COPIED = ("name", "default_code", "barcode", "description_sale")
_KEYS = {"default_code": "default_code", "barcode": "barcode"}


class ProductImport(ImportKind):
    """Lines of a catalogue become goods, found by article code and barcode."""

    groups = ("callcenter_ops.group_manager",)
    model = "product.template"
    required = (("name",), ("default_code", "barcode"))
    amount_targets = _PRICES
    key_fields = _KEYS
    joined = {"name": " ", "description_sale": "\n"}
    is_undoable = True
    part_tables = "product_"
    header_words = (
        (
            "default_code",
            "артикул|sku|код товара|внутр.*код|reference|default_?code|^код$",
        ),
        ("barcode", "штрих|barcode|ean|gtin"),
        ("standard_price", "себестоим|закуп|cost|standard"),
        ("list_price", "цен|price|стоимост"),
        ("category", "категор|раздел|группа|category"),
        ("description_sale", "описан|descr"),
        ("name", "наимен|название|товар|модель|name|product|goods"),
    )
    repeated_words = (
        "attribute",
        "размер|цвет|бренд|марка|производитель|сезон|материал|страна|пол$|вес|длина|рост"
        "|возраст|вид спорта|жест|объ[её]м|уровень|для кого|гаранти|^уход"
        "|size|colou?r|brand|season|material|weight|level|for whom|guarantee|^care",
    )

    def get_parts(self, made):
        return [made, made.with_context(active_test=False).product_variant_ids]

    def get_label(self):
        return self.env._("Goods")

    def get_targets(self):
        return {
            "default_code": self.env._("Article code"),
            "name": self.env._("Name"),
            "category": self.env._("Category path"),
            "list_price": self.env._("Sales price"),
            "standard_price": self.env._("Cost"),
            "barcode": self.env._("Barcode"),
            "description_sale": self.env._("Sales description"),
            "attribute": self.env._("Attribute named by the header"),
        }

    def get_messages(self):
        return super().get_messages() | {
            "no_code": self.env._("Neither a code nor a barcode is given."),
            "bad_barcode": self.env._(
                "The check digit of the barcode “%(value)s” is wrong."
            ),
        }

    def parse_row(self, row, cells):
        attributes = [
            (column.header, row.cells[column.position])
            for column in self.record.column_ids
            if column.target == "attribute"
            and column.position < len(row.cells)
            and not is_error_cell(row.cells[column.position])
        ]
        return parse_product(row.line, cells, attributes)

    def get_keys(self, values):
        return [(field, values[field]) for field in _KEYS if values.get(field)]

    def find_records(self, keys):
        variants = self.env["product.product"].with_context(active_test=False)
        found = {}
        for field in _KEYS:
            values = [value for kind, value in keys if kind == field]
            domain = [(field, "in", values), *self.get_company_domain()]
            for variant in variants.search(domain, order="id desc"):
                found[field, variant[field]] = variant.product_tmpl_id
        return found

    def resolve_names(self, rows, dry_run):
        if dry_run:
            return
        categories = self._get_categories(rows)
        for row in rows:
            row.values["categ_id"] = categories.get(row.values.get("category"))

    def _get_categories(self, rows):
        """``{path: category id}``; missing levels are made from the root down."""
        paths = {row.values["category"] for row in rows if row.values.get("category")}
        levels = {path[:depth] for path in paths for depth in range(1, len(path) + 1)}
        found = {(): False}
        for depth in range(1, max(map(len, levels), default=0) + 1):
            level = sorted(path for path in levels if len(path) == depth)
            found |= self._get_category_level(level, found)
        return found

    def _get_category_level(self, paths, parents):
        model = self.env["product.category"]
        known = model.search(
            [
                ("name", "in", [path[-1] for path in paths]),
                ("parent_id", "in", [parents[path[:-1]] for path in paths]),
            ],
            order="id desc",
        )
        by_name = {
            (category.name, category.parent_id.id): category.id for category in known
        }
        found = {path: by_name.get((path[-1], parents[path[:-1]])) for path in paths}
        missing = [path for path in paths if not found[path]]
        created = model.create(
            [{"name": path[-1], "parent_id": parents[path[:-1]]} for path in missing]
        )
        return found | dict(zip(missing, created.ids, strict=True))

    def prepare_values(self, values):
        prepared = {name: values[name] for name in _COPIED if values.get(name)}
        prepared |= {name: float(values[name]) for name in _PRICES if name in values}
        if values.get("categ_id"):
            prepared["categ_id"] = values["categ_id"]
        return prepared

    def prepare_creation(self, values):
        # Goods whose price nobody told cost nothing that could be asked or quoted;
        # left out, the price would be one unit of the currency.
        usual = {"type": "consu", "sale_ok": True, "list_price": 0.0}
        return usual | self.prepare_values(values)

    def prepare_update(self, existing, values, overwrite):
        return {
            name: value
            for name, value in values.items()
            if (overwrite or not existing[name])
            and self._differs(existing, name, value)
        }

    def _differs(self, existing, name, value):
        if name in _PRICES:
            digits = existing.currency_id.decimal_places
            return bool(float_compare(existing[name], value, precision_digits=digits))
        if name == "categ_id":
            return existing.categ_id.id != value
        return existing[name] != value

    def load_details(self, lines):
        """Attributes named by the headers, with the values of the cells."""
        wanted = {}
        for line in lines:
            if line.record and line.values.get("attributes"):
                wanted.setdefault(line.record, (line, line.values["attributes"]))
        names = {name for _line, values in wanted.values() for name in values}
        attributes = self._get_attributes(names)
        options = self._get_options(attributes, [part for _, part in wanted.values()])
        for product, (line, values) in wanted.items():
            ids = {
                attributes[name]: [options[attributes[name], part] for part in parts]
                for name, parts in values.items()
            }
            self._set_attributes(line, product, ids)

    def _get_attributes(self, names):
        """``{name: attribute}``; new ones never make variants of a product."""
        model = self.env["product.attribute"]
        found = {
            attribute.name: attribute
            for attribute in model.search(
                [("name", "in", list(names))], order="id desc"
            )
        }
        missing = sorted(names - set(found))
        created = model.create(
            [{"name": name, "create_variant": "no_variant"} for name in missing]
        )
        return found | dict(zip(missing, created, strict=True))

    def _get_options(self, attributes, values_list):
        """``{(attribute, value name): value id}``, the missing ones made."""
        asked = {
            (attributes[name], part)
            for values in values_list
            for name, parts in values.items()
            for part in parts
        }
        model = self.env["product.attribute.value"]
        known = model.search(
            [
                (
                    "attribute_id",
                    "in",
                    [attribute.id for attribute in attributes.values()],
                )
            ]
        )
        found = {(option.attribute_id, option.name): option.id for option in known}
        missing = sorted(asked - set(found), key=lambda pair: (pair[0].id, pair[1]))
        created = model.create(
            [
                {"attribute_id": attribute.id, "name": part}
                for attribute, part in missing
            ]
        )
        return found | dict(zip(missing, created.ids, strict=True))

    def _set_attributes(self, line, product, ids):
        """Add missing attributes; replace values only where the file overwrites."""
        known = {held.attribute_id: held for held in product.attribute_line_ids}
        policy = self.record.existing_policy
        may_add = line.outcome == "created" or policy != "skip"
        overwrite = policy == "overwrite" and not line.first_number
        commands = []
        for attribute, value_ids in ids.items():
            held = known.get(attribute)
            if not held and may_add:
                commands.append(self._prepare_attribute(attribute, value_ids))
            elif held and overwrite and set(held.value_ids.ids) != set(value_ids):
                update = {"value_ids": [Command.set(value_ids)]}
                commands.append(Command.update(held.id, update))
        if commands:
            product.write({"attribute_line_ids": commands})
            line.outcome = line.outcome.replace("unchanged", "updated")

    def _prepare_attribute(self, attribute, value_ids):
        return Command.create(
            {"attribute_id": attribute.id, "value_ids": [Command.set(value_ids)]}
        )
