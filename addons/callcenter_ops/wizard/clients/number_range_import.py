import base64
import io

from odoo import fields, models
from odoo.exceptions import UserError

from ...tools.clients.number_registry import read_registry, region_key

SHOWN_PROBLEMS = 50


class NumberRangeImport(models.TransientModel):
    """Load the public registry of number ranges into the number plan."""

    _name = "callcenter.number.range.import"
    _description = "Import of number ranges"

    file = fields.Binary(required=True, attachment=False)
    file_name = fields.Char()
    replace = fields.Boolean(
        string="Replace overlapping ranges",
        default=True,
        help="Otherwise ranges that overlap known ones are reported and left out.",
    )
    report = fields.Text(readonly=True)

    def action_import(self):
        """Load the good rows; the report names every other line and its fault."""
        self.ensure_one()
        self.env["callcenter.number.range"].check_access("create")
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
        problems += self.env["callcenter.number.range"]._load_ranges(good, self.replace)
        self.report = self._write_report(len(rows), problems)
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _read_text(self):
        content = base64.b64decode(self.file)
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            # The other encoding that Russian offices save tables in.
            return content.decode("cp1251", errors="replace")

    def _match_regions(self, rows):
        """Values of ranges, and ``(line, words)`` of rows that cannot be used."""
        regions = self.env["res.country.state"]._get_region_keys()
        words = {
            "digits": self.env._("not ten digits"),
            "order": self.env._("the end lies before the beginning"),
        }
        good, problems = [], []
        for row in rows:
            state_id = regions.get(region_key(row.region))
            if row.problem:
                problems.append((row.line, words[row.problem]))
            elif not state_id:
                text = self.env._("unknown region %(name)s", name=row.region)
                problems.append((row.line, text))
            else:
                good.append((row, state_id))
        return good, problems

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
