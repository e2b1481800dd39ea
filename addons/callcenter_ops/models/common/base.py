from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.misc import get_lang

from ...tools.common.keepable import is_keepable
from ...tools.common.period import period_label
from .guarded_mixin import is_in_transition
from .view_dress import ViewDress

# Characters that a field takes when its model does not say otherwise.
LINE_LIMIT = 1_000
TEXT_LIMIT = 100_000
LETTER_LIMIT = 1_000_000
# Bytes of a file that somebody sends, when its model does not say otherwise.
FILE_LIMIT = 20 << 20
_MEGABYTE = 1 << 20
_FILES = ("binary", "image")
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
    """What a form shows without letting it be changed, nobody changes past the form.

    To Odoo ``readonly`` is a word to the screen alone: it takes whatever an RPC client
    writes into such a column, a figure that it works out itself included. A debt would
    be paid by saying so.

    Texts have an end, in all models of the call centre and in Odoo's own that its
    people write into, and so have files that are sent to the call centre's: nobody
    fills the database or stops a screen with one.
    """

    _inherit = "base"

    # Given when the record is made, and as it is from then on; see ``_transition``.
    _settled_fields = ()
    # {field: characters} where a model takes more than usual.
    _text_limits = {}
    # {field: bytes} where a model takes larger or only smaller files.
    _file_limits = {}

    @api.model
    def default_get(self, fields):
        """Defaults that a user stored or sent never reach such fields."""
        kept = [name for name in fields if self._is_kept_by_server(name)]
        values = super().default_get([name for name in fields if name not in kept])
        return values | self._get_initial_values(kept)

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_kept({name for vals in vals_list for name in vals}, "create")
        for vals in vals_list:
            self._check_keepable(vals)
            self._check_lengths(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_kept(vals, "write")
        self._check_keepable(vals)
        self._check_lengths(vals)
        before = self._get_settled_values(vals)
        result = super().write(vals)
        self._refuse_unsettled(before)
        return result

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Our views show days, sums and names in one way."""
        arch, view = super()._get_view(view_id, view_type, **options)
        if self._name.startswith("callcenter."):
            ViewDress(self.env).dress(self, arch)
        return arch, view

    @api.model
    def _web_read_group_groupby_formatter(self, groupby_spec, values):
        """Months and weeks of our figures are named as people name them."""
        tell = super()._web_read_group_groupby_formatter(groupby_spec, values)
        period = groupby_spec.rpartition(":")[2]
        if not self._name.startswith("callcenter.") or period not in ("week", "month"):
            return tell
        locale = get_lang(self.env).code

        def tell_period(value):
            answer, domain = tell(value)
            if value:
                answer = (answer[0], period_label(value, period, locale))
            return answer, domain

        return tell_period

    def copy_data(self, default=None):
        """A copy is made of what one may read, even where nothing of it is copied."""
        if self._name.startswith("callcenter."):
            self.check_access("read")
        return super().copy_data(default)

    @api.model
    def _get_initial_values(self, names):
        """The defaults that the fields themselves declare, and no others."""
        fields_ = [self._fields[name] for name in names if self._fields[name].default]
        return {
            field.name: field.convert_to_write(
                field.convert_to_record(
                    field.convert_to_cache(field.default(self), self, validate=False),
                    self,
                ),
                self,
            )
            for field in fields_
        }

    def _is_kept_by_server(self, name):
        """Whether it is a stored field of a model of ours that is only to be read.

        Wizards are left out: the page they open on tells them what they begin with.
        """
        is_ours = self._name.startswith("callcenter.") and not self._transient
        field = is_ours and self._fields.get(name)
        return bool(field and field.store and field.readonly)

    def _is_servers_own(self):
        """Whether the server writes by itself: after a check, or a checked method."""
        return self.env.su or is_in_transition(self.env)

    def _refuse_kept(self, names, operation):
        if self._is_servers_own():
            return
        if kept := [one for one in names if self._is_kept_by_server(one)]:
            self.check_access(operation)
            self._refuse_by_hand(kept)

    def _get_settled_values(self, names):
        """``{(record, field): value}`` of what is settled and about to be written."""
        settled = [name for name in self._settled_fields if name in names]
        if not settled or self._is_servers_own():
            return {}
        return {(record, name): record[name] for record in self for name in settled}

    def _refuse_unsettled(self, before):
        self._refuse_by_hand(
            {name for (record, name), value in before.items() if record[name] != value}
        )

    def _refuse_by_hand(self, names):
        """
        :raise UserError: there are ``names``, fields that no hand may set
        """
        if names:
            labels = [
                self._fields[name]._description_string(self.env)
                for name in sorted(names)
            ]
            raise UserError(
                self.env._(
                    "%(fields)s cannot be set by hand: use the buttons of the form.",
                    fields=", ".join(labels),
                )
            )

    # -- what is kept is written for whoever reads it --

    def _told_to(self, reader=None):
        """The same records in the language of who reads what is kept about them.

        Whoever writes it, a colleague or a job that has no language of its own:
        chatter, trail, activities and mails speak their reader's.

        :param reader: the one ``res.users`` or ``res.partner`` who reads it; without
            one many do, and it is the language of the record's company
        """
        # sudo: only his language is asked
        lang = reader and reader.sudo().lang
        # sudo: whose the record is decides in which language many read of it
        company = self.sudo().company_id[:1] if "company_id" in self._fields else None
        company = company or self.env.company
        return self.with_context(lang=lang or company._get_callcenter_lang())

    # -- texts are texts, numbers are numbers --

    @api.model
    def _check_keepable(self, vals):
        """Refuse NaN, infinity, NUL and halves of characters.

        A check like “more than zero” lets NaN pass, and NUL ends in the driver.

        :raise UserError: names the field
        """
        if all(map(_is_plain, vals.values())):
            return
        if not (
            self._name.startswith("callcenter.") or self._name in _WRITTEN_BY_PEOPLE
        ):
            return
        for name, value in vals.items():
            if not _is_plain(value):
                self._refuse_unkeepable(name)

    @api.model
    def _refuse_unkeepable(self, name):
        field = self._fields.get(name)
        raise UserError(
            self.env._(
                "“%(field)s” holds a character or a number that cannot be kept: type it"
                " anew.",
                field=field._description_string(self.env) if field else name,
            )
        )

    # -- texts and files have an end --

    @api.model
    def _check_lengths(self, vals):
        """Refuse texts and files that are longer than their fields take.

        :raise UserError: names the field, the length and the limit
        """
        # Asked at every row that is written: nearly all of them end here.
        if not any(map(_is_long, vals.values())):
            return
        for name, value in vals.items():
            if not _is_long(value):
                continue
            limit = self._get_text_limit(name)
            if limit and _measure(value) > limit:
                self._refuse_text(name, _measure(value), limit)
            limit = self._get_file_limit(name)
            if limit and _measure_file(value) > limit:
                size = _measure_file(value)
                raise UserError(describe_file_limit(self.env, size, limit))

    @api.model
    def _refuse_text(self, name, length, limit):
        raise UserError(
            self.env._(
                "“%(field)s” is too long: %(length)s characters, at most "
                "%(limit)s are taken.",
                field=self._fields[name]._description_string(self.env),
                length=length,
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

    @api.model
    def _get_file_limit(self, name):
        """Bytes that a field takes from a hand; None where there is no limit.

        What the program itself makes, a PDF of many acts, is as large as it is.
        """
        field = self._fields.get(name)
        ours = self._name.startswith("callcenter.")
        if not ours or field is None or field.type not in _FILES or field.readonly:
            return None
        return self._file_limits.get(name, FILE_LIMIT)


def describe_file_limit(env, size, limit):
    """Words for a file of ``size`` bytes where ``limit`` are taken."""
    return env._(
        "The file is too large: %(size)s MB, at most %(limit)s MB are taken.",
        size=-(-size // _MEGABYTE),
        limit=limit // _MEGABYTE,
    )


def _is_plain(value):
    """Whether a text or a number can be kept; lines of other records ask themselves."""
    return not isinstance(value, (str, float, dict)) or is_keepable(value)


def _is_long(value):
    return isinstance(value, (str, bytes, dict)) and _measure(value) > LINE_LIMIT


def _measure(value):
    """Characters of a text, or of the longest of its translations."""
    if isinstance(value, dict):
        texts = (text for text in value.values() if isinstance(text, str))
        return max(map(len, texts), default=0)
    return len(value)


def _measure_file(value):
    """Bytes of a file that comes as base64."""
    return len(value) * 3 // 4
