from odoo import api, models
from odoo.exceptions import UserError

# Characters that a field takes when its model does not say otherwise.
LINE_LIMIT = 1_000
TEXT_LIMIT = 100_000
LETTER_LIMIT = 1_000_000
_LIMITS = {"char": LINE_LIMIT, "text": TEXT_LIMIT, "html": TEXT_LIMIT}
# Odoo's own records that people of the call centre write into.
_WRITTEN_BY_PEOPLE = {
    "calendar.event": {},
    "crm.lead": {},
    "discuss.channel": {},
    "hr.department": {},
    "hr.employee": {},
    "hr.job": {},
    "mail.activity": {},
    "mail.message": {"body": LETTER_LIMIT},
    "maintenance.equipment": {},
    "maintenance.request": {},
    "product.template": {},
    "res.partner": {},
}


class Base(models.AbstractModel):
    """Texts have an end: nobody fills the database or stops a screen with one.

    Holds for all models of the call centre and for Odoo's own that its people write
    into, whichever way a text comes in.
    """

    _inherit = "base"

    # {field: characters} where a model takes more than usual.
    _text_limits = {}

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_texts(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_texts(vals)
        return super().write(vals)

    @api.model
    def _check_texts(self, vals):
        """Refuse texts that are longer than their fields take.

        :raise UserError: names the field, the length and the limit
        """
        # Asked at every row that is written: nearly all of them end here.
        if not any(map(_is_long, vals.values())):
            return
        for name, value in vals.items():
            limit = _is_long(value) and self._get_text_limit(name)
            if limit and _measure(value) > limit:
                raise UserError(
                    self.env._(
                        "“%(field)s” is too long: %(length)s characters, at most "
                        "%(limit)s are taken.",
                        field=self._fields[name]._description_string(self.env),
                        length=_measure(value),
                        limit=limit,
                    )
                )

    @api.model
    def _get_text_limit(self, name):
        """Characters that a field takes; None where there is no limit."""
        ours = self._name.startswith("callcenter.")
        special = self._text_limits if ours else _WRITTEN_BY_PEOPLE.get(self._name)
        field = self._fields.get(name)
        if special is None or field is None:
            return None
        return special.get(name, _LIMITS.get(field.type))


def _is_long(value):
    return isinstance(value, (str, dict)) and _measure(value) > LINE_LIMIT


def _measure(value):
    """Characters of a text, or of the longest of its translations."""
    if isinstance(value, dict):
        texts = (text for text in value.values() if isinstance(text, str))
        return max(map(len, texts), default=0)
    return len(value)
