import hashlib
from base64 import b64decode

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import html2plaintext

from ...tools.common.outside_code import runs_outside_code

# A context key alone could be sent by any RPC client; this very object cannot.
_TRANSITION = object()
_CONTEXT_KEY = "callcenter_transition"
_READERS_OF_TRAIL = (
    "callcenter_ops.group_director",
    "callcenter_ops.group_manager",
)
_MESSAGES_KEY = "callcenter_messages"
# Keys that a server action never inherits from what it was started by.
TRUSTED_KEYS = {_CONTEXT_KEY, _MESSAGES_KEY, "callcenter_call_unlocked"}
# Discussion and activities go on beside a frozen record.
_SOCIAL_PREFIXES = ("message_", "activity_", "my_activity_", "website_message_")


def is_guarded(env, model):
    """Whether records of the model named are kept by ``callcenter.guarded.mixin``."""
    return hasattr(env.registry.get(model), "_guarded_fields")


def is_in_transition(env):
    """Whether a guarded model's own method is at work, and no text from a screen."""
    key = env.context.get(_CONTEXT_KEY)
    return key is _TRANSITION and not runs_outside_code()


def keeping_messages(records):
    """The same records, allowed to write and erase messages as the program does."""
    return records.with_context(**{_MESSAGES_KEY: _TRANSITION})


def is_keeping_messages(env):
    """Whether the program itself writes or erases messages."""
    return env.context.get(_MESSAGES_KEY) is _TRANSITION and not runs_outside_code()


class GuardedMixin(models.AbstractModel):
    """Records whose state only the model's own methods may move.

    A model that inherits this names its guarded fields (the state, the number,
    the signature); ``write``, ``create``, ``load`` and default values coming from
    outside are refused for them. Its own methods write through ``_transition``.
    In a frozen state the whole record is refused, the exempt fields excepted; those
    of ``_frozen_once_fields`` may be filled in as long as they are empty.

    Each move leaves a line on the trail. Of each file in ``_evidence_fields`` the
    record keeps the SHA-256 in the field that stands there.
    """

    _name = "callcenter.guarded.mixin"
    _description = "Record guarded by its transitions"

    _guarded_fields = ("state",)
    _frozen_states = ()
    _frozen_exempt_fields = ()
    _frozen_once_fields = ()
    _evidence_fields = {}
    # The same for links to files, which are frozen with the record.
    _evidence_links = {}
    # None: too many moves to be told apart, and their story stands elsewhere.
    _trail_field = "state"

    @api.model
    def default_get(self, fields):
        """Defaults that a user stored for himself never reach guarded fields."""
        guarded = [name for name in fields if name in self._get_guarded_fields()]
        values = super().default_get([name for name in fields if name not in guarded])
        return values | self._get_initial_values(guarded)

    @api.model_create_multi
    def create(self, vals_list):
        if not self._is_in_transition():
            for vals in vals_list:
                self._refuse_by_hand(self._get_forged_fields(vals))
        return super().create([self._add_evidence_hashes(vals) for vals in vals_list])

    def write(self, vals):
        if not self._is_in_transition():
            self._refuse_by_hand(set(vals) & self._get_guarded_fields())
            self._refuse_frozen(vals)
        elif self._trail_field in vals and self._trail_field in self._fields:
            if vals[self._trail_field] in self._frozen_states:
                # What waits to be worked out is written while the row may change.
                self.flush_recordset()
            self._leave_trail(vals[self._trail_field])
        return super().write(self._add_evidence_hashes(vals))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        frozen = self.filtered(lambda record: record._is_frozen())
        if frozen and not self._is_in_transition():
            raise UserError(
                self.env._(
                    "%(record)s is closed for good and cannot be deleted.",
                    record=frozen[0].display_name,
                )
            )

    def _check_role(self, *groups):
        """Refuse who may not read the records or has none of the roles.

        Code of the system itself (a scheduled job) passes.

        :param groups: external ids of groups
        :raise AccessError: names the roles
        """
        self.check_access("read")
        if self.env.su or any(map(self.env.user.has_group, groups)):
            return
        # sudo: the name of a role is no secret, its record is
        labels = [self.env.ref(group).sudo().name for group in groups]
        raise AccessError(
            self.env._(
                "Only these roles may do this: %(roles)s.", roles=", ".join(labels)
            )
        )

    def _check_in_state(self, *states):
        """Refuse records that are in none of ``states``.

        :raise UserError: names the first of them, its state and those that it needs
        """
        wrong = self.filtered(lambda record: record.state not in states)
        if not wrong:
            return
        labels = dict(self._fields["state"]._description_selection(self.env))
        raise UserError(
            self.env._(
                "%(record)s is in the state “%(state)s”; this needs “%(needed)s”.",
                record=wrong[0].display_name,
                state=labels[wrong[0].state],
                needed=" / ".join(labels[state] for state in states),
            )
        )

    def _transition(self, vals):
        """Write guarded or frozen fields: for the model's own checked methods."""
        return self._in_transition().write(vals)

    def _in_transition(self):
        """The same records, allowed to touch guarded fields (server code only)."""
        return self.with_context(**{_CONTEXT_KEY: _TRANSITION})

    def _is_in_transition(self):
        """Whether the model's own method is at work, and no text from the database."""
        return is_in_transition(self.env)

    def _leave_trail(self, state):
        # sudo: nobody owns a right on the trail, its lines come with the steps
        self.env["callcenter.trail"].sudo()._note_move(self, self._trail_field, state)

    def _log_line(self, body, **kwargs):
        """Words about a step: on the trail, and in the chatter where there is one.

        :param body: plain text or markup
        :param kwargs: as of ``message_post``, e.g. ``partner_ids`` to tell somebody
        """
        # sudo: the author stays the user; he may move what he may not write upon
        records = self.sudo()
        records.env["callcenter.trail"]._note(records, html2plaintext(body))
        for record in records if hasattr(records, "message_post") else ():
            record.message_post(body=body, **kwargs)

    def _log_quietly(self, body):
        """As ``_log_line``, in one go and telling nobody."""
        # sudo: the author stays the user; he may move what he may not write upon
        records = self.sudo()
        records.env["callcenter.trail"]._note(records, html2plaintext(body))
        author = self.env.user.partner_id.id
        bodies = dict.fromkeys(self.ids, body)
        records._message_log_batch(bodies=bodies, author_id=author)

    def action_open_trail(self):
        """The lines of the trail of these records (Director, administrator)."""
        self._check_role(*_READERS_OF_TRAIL)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Trail"),
            "res_model": "callcenter.trail",
            "view_mode": "list",
            "domain": [("model", "=", self._name), ("res_id", "in", self.ids)],
        }

    def _is_frozen(self):
        self.ensure_one()
        return bool(self._frozen_states) and self.state in self._frozen_states

    def _may_fill_in(self, names):
        """What a frozen record lacks may come later, once."""
        return names <= set(self._frozen_once_fields) and not any(
            self[name] for name in names
        )

    def _may_change_file(self, attachment, is_new):
        """Whether the ORM may write the file of one of the record's fields."""
        name = attachment.res_field
        if not self._is_frozen() or name in self._frozen_exempt_fields:
            return True
        return is_new and name in self._frozen_once_fields

    def _get_guarded_fields(self):
        hashes = self._evidence_fields | self._evidence_links
        return {*self._guarded_fields, *hashes.values()}

    def _refuse_kept(self, names, operation):
        # By now no hash comes from a hand: the record added them to the files itself.
        hashes = set(self._evidence_fields.values())
        others = [one for one in names if one not in hashes]
        return super()._refuse_kept(others, operation)

    def _add_evidence_hashes(self, vals):
        """``vals`` with the hash of each file among them."""
        hashes = {
            name: self._hash_evidence(vals[source])
            for source, name in self._evidence_fields.items()
            if source in vals
        }
        return vals | hashes if hashes else vals

    def _hash_evidence(self, content):
        """SHA-256 of a file as the form sends it (base64), False without any."""
        return bool(content) and hashlib.sha256(b64decode(content)).hexdigest()

    @api.model
    def _keep_evidence_hashes(self):
        """Hash the files of records that are older than their hashes."""
        for source, kept in (self._evidence_fields | self._evidence_links).items():
            records = self.with_context(active_test=False)
            for record in records.search([(source, "!=", False), (kept, "=", False)]):
                content = self._get_evidence(record, source).raw or b""
                digest = hashlib.sha256(content).hexdigest()
                record._transition({kept: digest})

    @api.model
    def _get_evidence(self, record, source):
        """The ``ir.attachment`` of a field or link of evidence."""
        if record._fields[source].type == "many2one":
            return record[source]
        return self.env["ir.attachment"].search(
            [
                ("res_model", "=", record._name),
                ("res_field", "=", source),
                ("res_id", "=", record.id),
            ]
        )

    def _get_forged_fields(self, vals):
        """Guarded fields that ``vals`` or the context would set to a non-default."""
        initial = self._get_initial_values(self._get_guarded_fields())
        asked = {
            key.removeprefix("default_"): value
            for key, value in self.env.context.items()
            if key.startswith("default_")
        } | vals
        return {
            name
            for name in self._get_guarded_fields()
            if (asked.get(name) or initial.get(name)) != initial.get(name)
        }

    def _refuse_frozen(self, vals):
        names = {
            name
            for name in vals
            if not name.startswith(_SOCIAL_PREFIXES)
            and name not in self._frozen_exempt_fields
        }
        frozen = names and self.filtered(
            lambda record: record._is_frozen() and not record._may_fill_in(names)
        )
        if frozen:
            raise UserError(
                self.env._(
                    "%(record)s is closed for good and cannot be changed.",
                    record=frozen[0].display_name,
                )
            )
