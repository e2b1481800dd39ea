import base64
import io

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.clients.number_registry import (
    PlanRow,
    find_codes,
    read_registry,
    region_key,
)
from ...tools.clients.region_names import find_region_code

SHOWN_PROBLEMS = 50


class NumberRangeImport(models.TransientModel):
    """Load the public registry of number ranges into the number plan."""

    _name = "callcenter.number.range.import"
    _description = "Import of number ranges"

    # The largest part of the registry has some 30 MB.
    _file_limits = {"file": 64 << 20}

    file = fields.Binary(required=True, attachment=False)
    file_name = fields.Char()
    replace = fields.Boolean(
        string="Replace overlapping ranges",
        default=True,
        help="Otherwise ranges that overlap known ones are reported and left out.",
    )
    edition = fields.Date(
        string="Edition of",
        required=True,
        default=lambda self: self.env.company._callcenter_today(),
        help="The day on which the registry was published.",
    )
    report = fields.Text(readonly=True)

    def action_import(self):
        """Load the good rows; the report names every other line and its fault."""
        self.ensure_one()
        self._check_importer()
        try:
            rows = list(read_registry(io.StringIO(self._read_text())))
        except ValueError as error:
            raise UserError(
                self.env._(
                    "The file lacks the columns %(columns)s: load the registry as it "
                    "is published, separated by semicolons.",
                    columns=error,
                )
            ) from error
        good, problems = self._match_regions(rows)
        problems += self.env["callcenter.number.range"]._load_ranges(
            good, self.replace, self.edition
        )
        self.report = self._write_report(len(rows), problems)
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _check_importer(self):
        """The plan is every company's, as its record rule says."""
        self.env["callcenter.number.range"].check_access("create")
        if not self.env.user.callcenter_enters_every_company:
            raise AccessError(
                self.env._(
                    "The number plan serves all companies: whoever enters every one "
                    "of them loads it."
                )
            )

    def _read_text(self):
        content = base64.b64decode(self.file)
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            # The other encoding that Russian offices save tables in.
            return content.decode("cp1251", errors="replace")

    def _match_regions(self, rows):
        """``PlanRow`` of good rows, and ``(line, words)`` of those unusable."""
        known = self.env["res.country.state"]._get_region_keys()

        def find(name):
            return known.get(region_key(name)) or find_region_code(name)

        good, problems = [], []
        for row in rows:
            codes = find_codes(row.places, find)
            problem = self._describe_problem(row, codes)
            if problem:
                problems.append((row.line, problem))
            else:
                bounds = row.number_from, row.number_to
                good.append(PlanRow(row.line, *bounds, codes, row.provider))
        return good, problems

    def _describe_problem(self, row, codes):
        if row.problem == "digits":
            return self.env._("not ten digits")
        if row.problem == "order":
            return self.env._("the end lies before the beginning")
        if not codes:
            return self.env._("unknown region %(name)s", name=" / ".join(row.places))
        return None

    def _write_report(self, total, problems):
        lines = [
            self.env._(
                "%(good)s of %(total)s ranges loaded.",
                good=total - len(problems),
                total=total,
            )
        ]
        lines += [
            self.env._("Line %(line)s: %(problem)s", line=line, problem=problem)
            for line, problem in sorted(problems)[:SHOWN_PROBLEMS]
        ]
        if len(problems) > SHOWN_PROBLEMS:
            rest = len(problems) - SHOWN_PROBLEMS
            lines.append(self.env._("… and %(rest)s more lines.", rest=rest))
        return "\n".join(lines)
