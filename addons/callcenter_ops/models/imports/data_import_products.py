from odoo import Command, models
from odoo.tools import float_compare

from ...tools.imports.product_rows import parse_product

_PRICES = ("list_price", "standard_price")
_COPIED = ("name", "default_code", "barcode", "description_sale")


class DataImportProducts(models.AbstractModel):
    """Lines of a catalogue become goods, found by article code and barcode."""

    _name = "callcenter.data.import.products"
    _description = "Loader of goods"
    _inherit = "callcenter.data.import.loader"

    _load_model = "product.template"

    def _parse_row(self, record, row, cells):
        attributes = [
            (column.header, row.cells[column.position])
            for column in record.column_ids
            if column.target == "attribute" and column.position < len(row.cells)
        ]
        return parse_product(row.line, cells, attributes)

    def _get_keys(self, values):
        return [
            (field, values[field])
            for field in ("default_code", "barcode")
            if values.get(field)
        ]

    def _find_records(self, record, keys):
        variants = self.env["product.product"].with_context(active_test=False)
        found = {}
        for field in ("default_code", "barcode"):
            values = [value for kind, value in keys if kind == field]
            domain = [(field, "in", values), *self._get_company_domain(record)]
            for variant in variants.search(domain, order="id desc"):
                found[field, variant[field]] = variant.product_tmpl_id
        return found

    def _resolve_names(self, record, rows, dry_run):
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

    def _prepare_values(self, record, parsed):
        values = parsed.values
        prepared = {name: values[name] for name in _COPIED if values.get(name)}
        prepared |= {name: float(values[name]) for name in _PRICES if name in values}
        if values.get("categ_id"):
            prepared["categ_id"] = values["categ_id"]
        return prepared

    def _prepare_creation(self, record, parsed):
        return {"type": "consu", "sale_ok": True} | self._prepare_values(record, parsed)

    def _prepare_update(self, existing, values, overwrite):
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

    def _load_details(self, record, plans):
        """Attributes named by the headers, with the values of the cells."""
        wanted = {}
        for plan in plans:
            product = (plan["first"] or plan)["existing"]
            if product and plan["parsed"].values.get("attributes"):
                wanted.setdefault(product, (plan, plan["parsed"].values["attributes"]))
        names = {name for _plan, values in wanted.values() for name in values}
        attributes = self._get_attributes(names)
        options = self._get_options(attributes, [part for _p, part in wanted.values()])
        for product, (plan, values) in wanted.items():
            ids = {
                attributes[name]: [options[attributes[name], part] for part in parts]
                for name, parts in values.items()
            }
            self._set_attributes(record, plan, product, ids)

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

    def _set_attributes(self, record, plan, product, ids):
        """Add missing attributes; replace values only where the file overwrites."""
        lines = {line.attribute_id: line for line in product.attribute_line_ids}
        fresh = plan["outcome"] == "created"
        overwrite = record.existing_policy == "overwrite" and not plan["first_line"]
        commands = []
        for attribute, value_ids in ids.items():
            line = lines.get(attribute)
            if not line and (fresh or record.existing_policy != "skip"):
                commands.append(self._prepare_line(attribute, value_ids))
            elif line and overwrite and set(line.value_ids.ids) != set(value_ids):
                update = {"value_ids": [Command.set(value_ids)]}
                commands.append(Command.update(line.id, update))
        if commands:
            product.write({"attribute_line_ids": commands})
            plan["outcome"] = plan["outcome"].replace("unchanged", "updated")

    def _prepare_line(self, attribute, value_ids):
        return Command.create(
            {"attribute_id": attribute.id, "value_ids": [Command.set(value_ids)]}
        )
