from odoo import api, models
from odoo.exceptions import AccessError, UserError

# A context key alone could be sent by any RPC client; this very object cannot.
_TRANSITION = object()
_CONTEXT_KEY = "callcenter_transition"
# Discussion and activities go on beside a frozen record.
_SOCIAL_PREFIXES = ("message_", "activity_", "my_activity_", "website_message_")


def is_in_transition(env):
    """Whether a checked method of ours is at work: only server code can say so."""
    return env.context.get(_CONTEXT_KEY) is _TRANSITION


class GuardedMixin(models.AbstractModel):
    """Records whose state only the model's own methods may move.

    A model that inherits this names its guarded fields (the state, the number,
    the signature); ``write``, ``create``, ``load`` and default values coming from
    outside are refused for them. Its own methods write through ``_transition``.
    In a frozen state the whole record is refused, the exempt fields excepted.
    """

    _name = "callcenter.guarded.mixin"
    _description = "Record guarded by its transitions"

    _guarded_fields = ("state",)
    _frozen_states = ()
    _frozen_exempt_fields = ()

    @api.model
    def default_get(self, fields):
        """Defaults that a user stored for himself never reach guarded fields."""
        guarded = [name for name in fields if name in self._guarded_fields]
        values = super().default_get([name for name in fields if name not in guarded])
        return values | self._get_initial_values(guarded)

    @api.model_create_multi
    def create(self, vals_list):
        if not self._is_in_transition():
            for vals in vals_list:
                self._refuse_by_hand(self._get_forged_fields(vals))
        return super().create(vals_list)

    def write(self, vals):
        if not self._is_in_transition():
            self._refuse_by_hand(set(vals) & set(self._guarded_fields))
            self._refuse_frozen(vals)
        return super().write(vals)

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
        return is_in_transition(self.env)

    def _is_frozen(self):
        self.ensure_one()
        return bool(self._frozen_states) and self.state in self._frozen_states

    def _get_forged_fields(self, vals):
        """Guarded fields that ``vals`` or the context would set to a non-default."""
        initial = self._get_initial_values(self._guarded_fields)
        asked = {
            key.removeprefix("default_"): value
            for key, value in self.env.context.items()
            if key.startswith("default_")
        } | vals
        return {
            name
            for name in self._guarded_fields
            if (asked.get(name) or initial.get(name)) != initial.get(name)
        }

    def _refuse_frozen(self, vals):
        names = {
            name
            for name in vals
            if not name.startswith(_SOCIAL_PREFIXES)
            and name not in self._frozen_exempt_fields
        }
        frozen = names and self.filtered(lambda record: record._is_frozen())
        if frozen:
            raise UserError(
                self.env._(
                    "%(record)s is closed for good and cannot be changed.",
                    record=frozen[0].display_name,
                )
            )
