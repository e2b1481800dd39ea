from odoo import api, models

from .ordered_card import ORDERED_FIELDS, OrderedCard

_CARD = tuple(name for name in ORDERED_FIELDS["hr.version"] if name != "employee_id")
# These say which version counts on which day.
_DAYS = ("date_version", "active")


class HrVersion(models.Model):
    """What orders decide about an appointed person follows from orders alone.

    Whatever writes it, a form, an import, RPC or Odoo's departure wizard, comes
    through here; the execution of an order passes with the guard's own token.
    """

    _inherit = "hr.version"

    @api.model_create_multi
    def create(self, vals_list):
        versions = super().create(vals_list)
        for version in versions._get_ordered():
            version._check_same_terms()
        return versions

    def write(self, vals):
        for version in self._get_ordered():
            version._refuse_changes(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_ordered(self):
        for version in self._get_ordered():
            if version._has_other_terms():
                version._get_card().refuse(["job_id"])

    def _get_ordered(self):
        """Versions of appointed people, unless an order itself is at work."""
        if self.env["hr.employee"]._is_in_transition():
            return self.browse()
        # sudo: the status is shown to few, the rule holds for all
        return self.sudo().filtered(
            lambda version: version.employee_id.callcenter_status == "appointed"
        )

    def _get_card(self):
        return OrderedCard(self, self.employee_id)

    def _refuse_changes(self, vals):
        if self._changes("departure_date", vals):
            self.employee_id._refuse_leaving_without_order()
        if changed := self._get_card().get_changed(vals):
            self._get_card().refuse(changed)
        moves = any(self._changes(name, vals) for name in _DAYS)
        if moves and self._has_other_terms():
            self._get_card().refuse(["job_id"])

    def _changes(self, name, vals):
        if name not in vals:
            return False
        field = self._fields[name]
        new = field.convert_to_record(field.convert_to_cache(vals[name], self), self)
        return new != self[name]

    def _has_other_terms(self):
        """Whether the versions tell of several posts or wages: their days matter."""
        versions = self.employee_id.version_ids
        return len(versions.grouped(lambda one: tuple(one[n] for n in _CARD))) > 1

    def _check_same_terms(self):
        """A version added by hand may not change anything from its day on."""
        earlier = self.employee_id.version_ids.filtered(
            lambda other: other.date_version < self.date_version
        ).sorted("date_version")[-1:]
        changed = [name for name in _CARD if earlier and self[name] != earlier[name]]
        if changed:
            self._get_card().refuse(changed)
