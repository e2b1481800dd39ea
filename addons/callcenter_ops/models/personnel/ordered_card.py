from odoo.exceptions import UserError

from ...tools.personnel.name_cases import clean_name

# What orders decide on the card of an appointed person: model -> field -> kind of the
# order that changes it. Whatever writes one of these by hand is refused.
ORDERED_FIELDS = {
    "hr.version": {
        "job_id": "transfer",
        "department_id": "transfer",
        "job_title": "transfer",
        "employee_id": "transfer",
        "wage": "pay",
        "contract_date_start": "terms",
        "contract_date_end": "terms",
        "trial_date_end": "terms",
        "resource_calendar_id": "terms",
    },
    "hr.employee": {
        "parent_id": "transfer",
        "current_version_id": "transfer",
        "name": "name",
    },
    "resource.resource": {"name": "name", "active": "dismissal"},
}


class OrderedCard:
    """Refuses to change by hand what orders decide.

    :param record: one record of a model of ``ORDERED_FIELDS``, as superuser
    :param person: ``hr.employee`` whom the record is about
    """

    def __init__(self, record, person):
        self.record = record
        self.person = person
        self.env = record.env
        self.kinds = ORDERED_FIELDS[record._name]

    def get_changed(self, vals):
        """Names of ordered fields to which ``vals`` give another value."""
        given = [name for name in self.kinds if name in vals]
        return [name for name in given if self._differs(name, vals[name])]

    def _differs(self, name, value):
        record = self.record
        field = record._fields[name]
        new = field.convert_to_record(field.convert_to_cache(value, record), record)
        if name == "name":
            return clean_name(new) != clean_name(record[name])
        if name == "current_version_id":
            return new != self._get_version_of_today()
        return new != record[name]

    def _get_version_of_today(self):
        """Odoo's own job keeps it up to date: that changes nothing by hand."""
        return self.person._get_version(self.person.company_id._callcenter_today())

    def refuse(self, names):
        """Raise UserError: says which order changes the first of the fields."""
        raise UserError(
            self.env._(
                "%(name)s: “%(fields)s” follows from orders alone. Make %(order)s: it "
                "writes the card on its day.",
                name=self.person.name,
                fields=", ".join(self._get_label(name) for name in names),
                order=self._get_order_phrase(self.kinds[names[0]]),
            )
        )

    def _get_label(self, name):
        return self.record._fields[name]._description_string(self.env)

    def _get_order_phrase(self, kind):
        return {
            "transfer": self.env._("an order of transfer"),
            "pay": self.env._("an order of pay"),
            "terms": self.env._("an order of changed terms"),
            "name": self.env._("an order of change of name"),
            "dismissal": self.env._("an order of dismissal"),
        }[kind]
