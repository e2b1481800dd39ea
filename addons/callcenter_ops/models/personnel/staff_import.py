from odoo.exceptions import UserError, ValidationError

from ...tools.imports.row_problems import Problem
from ...tools.personnel.name_cases import clean_name
from ...tools.personnel.staff_rows import parse_staff
from ..imports.import_kind import ImportKind

# Targets of a line that the card of the employee itself takes.
_CARD = {"name": "name", "personnel_number": "callcenter_personnel_number"}


class StaffImport(ImportKind):
    """The opening load: who works already, by which order and contract on paper.

    Each line becomes a card and an executed order of appointment that is marked as
    brought in: the number and the dates of its paper, and no signature of its own.
    """

    groups = ("callcenter_ops.group_hr",)
    model = "hr.employee"
    amount_targets = ("wage",)
    existing_policy = "fill"
    required = (
        ("name",),
        ("job",),
        ("department",),
        ("date_from",),
        ("order_number",),
        ("order_date",),
    )
    header_words = (
        ("personnel_number", "таб|personnel n"),
        ("contract_date", "дата.*(догов|тд)|(догов|тд).*дата|contract date"),
        ("order_date", "дата.*приказ|приказ.*дата|order date"),
        ("order_number", "приказ|order"),
        ("contract_number", r"догов|\bтд\b|contract"),
        ("trial_end", "испыт|probation"),
        ("date_end", "по какое|окончан|срок|до какого|until|end"),
        ("date_from", "принят|при[её]м|начал|с какого|hired|start|from"),
        ("job", "должн|проф|post|job"),
        ("department", "отдел|подразд|department"),
        ("wage", "оклад|ставк|зарплат|wage|salary"),
        ("email", "почт|mail"),
        ("login", "логин|login"),
        ("name", "фио|фамил|имя|сотрудник|работник|name|employee"),
    )

    def get_label(self):
        return self.env._("Staff (opening load)")

    def get_undo_refusal(self):
        return self.env._(
            "Its orders stand in the register: cancel each wrong one by an order of"
            " cancellation, which the Director signs."
        )

    def get_targets(self):
        return {
            "name": self.env._("Name"),
            "personnel_number": self.env._("Personnel number"),
            "job": self.env._("Post"),
            "department": self.env._("Department"),
            "date_from": self.env._("Hired on"),
            "order_number": self.env._("Number of the order"),
            "order_date": self.env._("Date of the order"),
            "contract_number": self.env._("Number of the contract"),
            "contract_date": self.env._("Date of the contract"),
            "date_end": self.env._("Contract ends on"),
            "trial_end": self.env._("Probation ends on"),
            "wage": self.env._("Monthly wage"),
            "email": self.env._("Email"),
            "login": self.env._("Login"),
        }

    def get_messages(self):
        return super().get_messages() | {
            "bad_date": self.env._("“%(value)s” is no day."),
            "bad_email": self.env._("“%(value)s” is no e-mail address."),
            "no_name": self.env._("The name is missing."),
            "no_job": self.env._("The post is missing."),
            "no_department": self.env._("The department is missing."),
            "no_date_from": self.env._("The day of the hire is missing."),
            "no_order_number": self.env._("The number of the order is missing."),
            "no_order_date": self.env._("The date of the order is missing."),
            "future": self.env._(
                "%(value)s has not come: a coming hire gets an order here."
            ),
            "end_first": self.env._("The contract ends before it begins: %(value)s."),
            "ended": self.env._("The contract has ended already: %(value)s."),
            "other_number": self.env._(
                "This personnel number belongs to somebody else: %(value)s."
            ),
        }

    def parse_row(self, row, cells):
        today = self.record.company_id._callcenter_today()
        parsed = parse_staff(row.line, cells, today)
        if name := parsed.values.get("name"):
            parsed.values["name"] = clean_name(name)
        return parsed

    # -- whose line it is

    def get_keys(self, values):
        number = values.get("personnel_number")
        name = ("name", values["name"].casefold())
        return [("number", number), name] if number else [name]

    def find_records(self, keys):
        found = {}
        names = [value for kind, value in keys if kind == "name"]
        people = self._search_people([("name", "=ilike", name) for name in names])
        for person in people:
            found.setdefault(("name", person.name.casefold()), person)
        numbers = [value for kind, value in keys if kind == "number"]
        for person in self.search_by_keys("callcenter_personnel_number", numbers):
            found["number", person.callcenter_personnel_number] = person
        return found

    def _search_people(self, conditions):
        people = self.env[self.model].with_context(active_test=False)
        if not conditions:
            return people.browse()
        domain = ["|"] * (len(conditions) - 1) + conditions
        return people.search([*domain, *self.get_company_domain()], order="id desc")

    def find_conflict(self, values, existing):
        if existing.name.casefold() != values["name"].casefold():
            return Problem("other_number", value=existing.name)
        return None

    # -- what it becomes

    def resolve_names(self, rows, dry_run):
        if dry_run:
            return
        for target, model in (("job", "hr.job"), ("department", "hr.department")):
            names = {row.values[target] for row in rows}
            ids = self._get_named(model, names)
            for row in rows:
                row.values[f"{target}_id"] = ids[row.values[target].casefold()]

    def _get_named(self, model, names):
        """``{name in small letters: id}``; what is missing is created."""
        domain = self.get_company_domain()
        known = {one.name.casefold(): one.id for one in self.env[model].search(domain)}
        company = self.record.company_id.id
        for name in sorted(names):
            if name.casefold() not in known:
                created = self.env[model].create({"name": name, "company_id": company})
                known[name.casefold()] = created.id
        return known

    def prepare_values(self, values):
        card = {field: values[key] for key, field in _CARD.items() if key in values}
        if values.get("email"):
            card["work_email"] = values["email"]
        return card

    def prepare_creation(self, values):
        return {"card": self.prepare_values(values), "line": values}

    def prepare_update(self, existing, values, overwrite):
        return {
            name: value
            for name, value in values.items()
            if name != "name"
            and value != existing[name]
            and (overwrite or not existing[name])
        }

    def create_records(self, vals_list):
        company = self.record.company_id.id
        people = self.env[self.model].create(
            [vals["card"] | {"company_id": company} for vals in vals_list]
        )
        for person, vals in zip(people, vals_list, strict=True):
            self._bring_in(person, vals["line"])
        return people

    def load_details(self, lines):
        """Who stands in the base as a candidate is appointed by his line too."""
        for line in lines:
            person = line.existing
            if person and person.callcenter_status == "candidate":
                self._try_to_bring_in(line)

    def _try_to_bring_in(self, line):
        try:
            with self.env.cr.savepoint():
                self._bring_in(line.existing, line.values)
        except (UserError, ValidationError) as error:
            line.refuse(Problem("refused", value=str(error)[:200]))
        else:
            line.outcome = "updated"

    def _bring_in(self, person, line):
        self.env["callcenter.personnel.order"]._bring_in(
            {
                "employee_id": person.id,
                "company_id": self.record.company_id.id,
                "job_id": line["job_id"],
                "department_id": line["department_id"],
                "name": line["order_number"],
                "date_order": line["order_date"],
                "date_effective": line["date_from"],
                "date_end": line.get("date_end"),
                "wage": float(line.get("wage", 0)),
                "contract_number": line.get("contract_number"),
                "contract_date": line.get("contract_date"),
                "login": line.get("login"),
            },
            trial_end=line.get("trial_end"),
        )
