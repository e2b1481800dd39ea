from odoo.models import MAGIC_COLUMNS

from ...tools.imports.column_guess import find_header, guess_columns
from ...tools.imports.row_problems import Problem


class ImportKind:
    """What a kind of import is: who may load it, its columns, what a line becomes.

    A kind is one subclass, declared in the room that it fills and put into the table
    ``callcenter.data.import._get_kinds`` there. An object of it serves one import;
    of an empty one it tells its words alone.
    """

    # External ids of the roles that may load it.
    groups = ()
    # The model whose records the lines become.
    model = None
    # Of each of these sets of targets one at least is mapped.
    required = ()
    # (target, pattern of a header), the first that fits wins.
    header_words = ()
    # Target -> what stands between the texts of several columns that go to it.
    joined = {}
    # (target, pattern) that many columns may go to.
    repeated_words = None
    # Targets that are amounts: their decimal mark is that of the file.
    amount_targets = ()
    # Field of the records -> the target with its value, of kinds whose lines may be
    # matched by several keys, the strongest first.
    key_fields = {}
    # Whether a whole import can be taken back.
    is_undoable = False
    # How the tables begin whose rows are parts of a record and go with it; what the
    # database deletes along with a record is a part of it as well, then.
    part_tables = ""
    # Models of the records that lines make, what refers to others first; without it
    # the kind's own.
    made_models = ()
    # What becomes of records that are there already, unless the user chooses.
    existing_policy = "overwrite"

    def __init__(self, record):
        """:param record: a ``callcenter.data.import``, or none"""
        self.record = record
        self.env = record.env

    # -- taking back

    def get_undo_refusal(self):
        """Why a kind that is not undoable cannot be taken back, and what to do."""
        return ""

    def get_parts(self, made):
        """Recordsets that go when those made are taken back, these among them."""
        return [made]

    def get_card_fields(self, records):
        """Names of the fields of records made that tell whether somebody edited them.

        What the server works out by itself is none of them.
        """
        return [
            name
            for name, field in records._fields.items()
            if field.store
            and not (name in MAGIC_COLUMNS or field.related)
            and not (field.compute and field.readonly)
            and field.type not in ("one2many", "binary", "json", "properties")
        ]

    def take_back(self, made):
        """Remove what lines have made.

        :param made: ``{model: records}``
        """
        for model in self.made_models or (self.model,):
            if model in made:
                made[model].unlink()

    # -- the words of a kind, in the user's language

    def get_label(self):
        raise NotImplementedError

    def get_targets(self):
        """``{target: label}`` of what a column may go to, in the order of the choice.

        A target that several kinds have is called the same in all of them.
        """
        raise NotImplementedError

    def get_messages(self):
        """``{code of a problem: words}`` with ``%(value)s`` and ``%(column)s``."""
        return {
            "width": self.env._("The line has %(value)s cells instead of %(column)s."),
            "broken_quotes": self.env._(
                "A quotation mark is opened and never closed: “%(value)s”."
            ),
            "unreadable": self.env._(
                "Letters were lost by a wrong encoding: “%(value)s”."
            ),
            "formula": self.env._("A formula stands instead of a value: “%(value)s”."),
            "markup": self.env._("HTML code is not a text: “%(value)s”."),
            "too_long": self.env._("The text is too long: “%(value)s…”."),
            "error_cell": self.env._(
                "The formula of “%(column)s” has failed (%(value)s): left empty."
            ),
            "rounded": self.env._(
                "A spreadsheet has rounded the code “%(value)s”: format the column as"
                " text and fill it in again."
            ),
            "no_name": self.env._("The name is missing."),
            "bad_vat": self.env._(
                "The check digits of the tax number “%(value)s” are wrong: it is not"
                " used."
            ),
            "bad_amount": self.env._("“%(value)s” is no amount."),
            "negative_amount": self.env._("A price cannot be negative: “%(value)s”."),
            "repeated": self.env._("Same as line %(value)s of this file."),
            "archived": self.env._("“%(value)s” is in the archive: restore it first."),
            "several": self.env._(
                "The telephone, the tax number and the code belong to different"
                " records: %(value)s."
            ),
            "other_key": self.env._(
                "The same %(column)s, but another code: %(value)s. Is it the same one?"
            ),
            "refused": self.env._("The record was refused: %(value)s"),
        }

    def describe_problems(self, problems):
        """Every ``Problem`` of a line in words, one a text line."""
        messages = self.get_messages()
        return "\n".join(
            messages.get(problem.code, problem.code)
            % {"value": problem.value, "column": problem.column}
            for problem in problems
        )

    # -- columns

    def guess_targets(self, headers):
        labels = {label: target for target, label in self.get_targets().items()}
        if self.repeated_words:
            labels.pop(self.get_targets()[self.repeated_words[0]])
        return guess_columns(headers, self.header_words, self.repeated_words, labels)

    def find_header(self, rows):
        """The ``Header`` among the first rows of a file, or none."""
        return find_header(rows, self.header_words, self.repeated_words)

    def may_repeat(self, target):
        """Whether several columns may go to one target."""
        is_open = bool(self.repeated_words) and target == self.repeated_words[0]
        return is_open or target in self.joined

    # -- from a line to its record

    def parse_row(self, row, cells):
        """``ParsedRow`` of a line.

        :param row: ``TableRow``
        :param cells: texts by target
        """
        raise NotImplementedError

    def resolve_owners(self, lines):
        """Before keys are compared: the owners of lines, such as a debt's client."""

    def get_keys(self, values):
        """Keys of a line, the strongest first."""
        raise NotImplementedError

    def find_records(self, keys):
        """``{key: record}`` of what is already in the base, archived ones too."""
        raise NotImplementedError

    def find_obstacle(self, values, found, earlier):
        """``Problem`` that keeps a line out.

        :param found: records with one of its keys
        :param earlier: ``Line`` of the same batch with one of its keys
        """
        if len(found) + len(earlier) > 1:
            names = found.mapped("display_name")
            names += [line.values["name"] for line in earlier]
            return Problem("several", value=", ".join(names)[:200])
        if found and not found.active:
            return Problem("archived", value=found.display_name)
        return self.find_conflict(values, found) if found else None

    def find_doubt(self, values, matches):
        """``Problem`` when the keys of a line contradict each other; or none.

        A weaker key never overrules a stronger one: who has the telephone of a client
        and another code is another client, or the same one with a new code. A person
        decides that.

        :param matches: list of ``(field, record or Line)`` found by the keys, the
            strongest first
        """
        if not matches:
            return None
        first_field, first = matches[0]
        for field, target in self.key_fields.items():
            if field == first_field:
                break
            known = self.get_key_value(first, field)
            if values.get(target) and known and known != values[target]:
                label = self.get_targets()[self.key_fields[first_field]]
                name = self.get_match_name(first)
                return Problem("other_key", label, f"{name}, {known}")
        return self._find_other_owner(values, matches)

    def _find_other_owner(self, values, matches):
        """A weaker key that belongs to somebody else, and not to the first as well."""
        first = matches[0][1]
        for field, other in matches[1:]:
            value = values[self.key_fields[field]]
            is_same = type(other) is type(first) and other == first
            if not is_same and self.get_key_value(first, field) != value:
                names = map(self.get_match_name, (first, other))
                return Problem("several", value=", ".join(names))
        return None

    def get_key_value(self, match, field):
        """The key of a record, or of an earlier line."""
        if hasattr(match, "parsed"):
            return match.values.get(self.key_fields[field])
        return match[field]

    def get_match_name(self, match):
        return match.values["name"] if hasattr(match, "parsed") else match.display_name

    def find_conflict(self, values, existing):
        """``Problem`` that forbids taking ``existing`` for the line's record."""
        return

    def resolve_names(self, rows, dry_run):
        """Put the ids of what lines name (regions, tags, categories) into them.

        What is missing is created, unless it is a dry run.

        :param rows: ``ParsedRow`` of the good lines
        """

    def prepare_values(self, values):
        """Of a new record, and of one already there."""
        raise NotImplementedError

    def prepare_creation(self, values):
        return self.prepare_values(values)

    def prepare_update(self, existing, values, overwrite):
        """The part of ``values`` that changes ``existing``."""
        raise NotImplementedError

    def merge_repeat(self, first, values):
        """A line that repeats one of the same batch fills in what that one lacks.

        :param first: values of the earlier line, changed in place
        """
        for target, value in values.items():
            if value and not first.get(target):
                first[target] = value

    def prepare_repeat(self, existing, values):
        """The same where the earlier line stands in the base already."""
        return self.prepare_update(existing, self.prepare_values(values), False)

    def create_records(self, vals_list):
        return self.env[self.model].create(vals_list)

    def load_details(self, lines):
        """What hangs on the records of the good lines (contacts, attributes)."""

    # -- for those above

    def search_by_keys(self, field, values):
        """Records of the company (or shared) whose ``field`` is one of ``values``."""
        model = self.env[self.model].with_context(active_test=False)
        if not values:
            return model.browse()
        domain = [(field, "in", list(values)), *self.get_company_domain()]
        return model.search(domain, order="id desc")

    def get_company_domain(self):
        return [("company_id", "in", (False, self.record.company_id.id))]
