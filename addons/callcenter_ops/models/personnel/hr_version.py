from odoo import api, models
from odoo.exceptions import UserError

_PLACE = ("job_id", "department_id")
_ORDERED = {*_PLACE, "date_version", "active", "departure_date"}


class HrVersion(models.Model):
    """The post and department of an appointed person follow from orders alone.

    Whatever writes them, a form, an import, RPC or Odoo's departure wizard, comes
    through here; the execution of an order passes with the guard's own token.
    """

    _inherit = "hr.version"

    @api.model_create_multi
    def create(self, vals_list):
        versions = super().create(vals_list)
        for version in versions._get_ordered():
            version._check_same_place()
        return versions

    def write(self, vals):
        if names := _ORDERED & set(vals):
            for version in self._get_ordered():
                version._refuse_changes({name: vals[name] for name in names})
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_ordered(self):
        for version in self._get_ordered():
            if version._has_other_places():
                version._refuse_place()

    def _get_ordered(self):
        """Versions of appointed people, unless an order itself is at work."""
        if self.env["hr.employee"]._is_in_transition():
            return self.browse()
        # sudo: the status is shown to few, the rule holds for all
        return self.sudo().filtered(
            lambda version: version.employee_id.callcenter_status == "appointed"
        )

    def _refuse_changes(self, vals):
        changed = {name for name in vals if self._differs(name, vals[name])}
        if "departure_date" in changed:
            self.employee_id._refuse_leaving_without_order()
        if changed & {*_PLACE} or (changed and self._has_other_places()):
            self._refuse_place()

    def _differs(self, name, value):
        field = self._fields[name]
        new = field.convert_to_record(field.convert_to_cache(value, self), self)
        return new != self[name]

    def _has_other_places(self):
        """Whether the versions tell of more than one post: their days matter."""
        versions = self.employee_id.version_ids
        return len(versions.grouped(lambda one: (one.job_id, one.department_id))) > 1

    def _check_same_place(self):
        """A version added by hand may not move the person from its day on."""
        earlier = self.employee_id.version_ids.filtered(
            lambda other: other.date_version < self.date_version
        ).sorted("date_version")[-1:]
        if earlier and any(self[name] != earlier[name] for name in _PLACE):
            self._refuse_place()

    def _refuse_place(self):
        raise UserError(
            self.env._(
                "%(name)s holds the post and the department by an order: make an order "
                "of transfer, it writes them on its day.",
                name=self.employee_id.name,
            )
        )
