from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain


class DocumentMixin(models.AbstractModel):
    """A document in versions: drafted by HR, approved and so frozen by the Director.

    The versions of one document form a series (``_get_series_domain``). Approval of
    a version ends the one in force on the day before, and asks everyone concerned
    to acknowledge the new one. The database itself refuses two versions in force on
    one day: each model that inherits this carries its own exclusion constraint.
    """

    _name = "callcenter.document.mixin"
    _inherit = [
        "callcenter.document.validity.mixin",
        "callcenter.document.paper.mixin",
    ]
    _description = "Document in versions"

    acknowledgement_count = fields.Integer(compute="_compute_acknowledgement_counts")
    acknowledgement_signed_count = fields.Integer(
        compute="_compute_acknowledgement_counts"
    )

    @api.depends("state")
    def _compute_acknowledgement_counts(self):
        field = self._acknowledgement_field
        groups = self.env["callcenter.acknowledgement"]._read_group(
            [(field, "in", self.ids)], [field, "state"], ["__count"]
        )
        counts = {(document.id, state): count for document, state, count in groups}
        for document in self:
            by_state = [
                counts.get((document.id, state), 0)
                for state in ("signed", "pending", "refused", "expired")
            ]
            document.acknowledgement_count = sum(by_state)
            document.acknowledgement_signed_count = by_state[0]

    # -- buttons -----------------------------------------------------------------

    def action_approve(self):
        """Approve drafts: the Director only. Freezes the text, ends the version in
        force, asks those concerned to acknowledge.

        :raise UserError: not the Director, not a draft, nothing in it, or a later
            version already approved
        """
        self._check_is_director()
        self._approve_all()
        return True

    def action_new_version(self):
        """A draft of the next version with the same text; opens it."""
        self._check_may_prepare()
        self.ensure_one()
        draft = self.search(
            self._get_series_domain() & Domain("state", "=", "draft"), limit=1
        )
        if not draft:
            draft = self._in_transition().copy(self._prepare_new_version_values())
        return draft._get_form_action()

    def action_verify_hash(self):
        """Compare the text with its hash at approval and with the signed hashes."""
        self.check_access("read")
        self.ensure_one()
        if not self.content_hash:
            raise UserError(self.env._("A draft has no hash yet: approve it first."))
        wrong = self._count_wrong_hashes()
        if self._get_content_hash() != self.content_hash or wrong:
            message = self.env._(
                "The text does not match: it was changed past the system, or "
                "%(count)s acknowledgements carry another hash.",
                count=wrong,
            )
            return self._get_notification(message, "danger")
        return self._get_notification(
            self.env._("The text is the one that was approved and signed."), "success"
        )

    def action_view_acknowledgements(self):
        """The acknowledgements of this version."""
        self.check_access("read")
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "callcenter_ops.acknowledgement_action"
        )
        return action | {
            "domain": [(self._acknowledgement_field, "=", self.id)],
            "context": {},
        }

    def action_print_sheet(self):
        """The acknowledgement sheet as PDF."""
        self.check_access("read")
        return self.env.ref(f"callcenter_ops.{self._sheet_report}").report_action(self)

    # -- what each document says about itself -------------------------------------

    # Field of callcenter.acknowledgement that points at this model.
    _acknowledgement_field = None
    # The report that prints its acknowledgement sheet.
    _sheet_report = None

    def _get_series_domain(self):
        """Domain of the versions of the same document, this one included."""
        raise NotImplementedError

    def _get_content(self):
        """The text as a structure of plain values: what is hashed."""
        raise NotImplementedError

    def _get_document_html(self):
        """The text in full as safe HTML: what is shown for signing."""
        raise NotImplementedError

    def _get_concerned_employees(self):
        """Appointed employees who must acknowledge this version."""
        raise NotImplementedError

    def _get_acknowledgement_start(self):
        """The day from which the days to sign are counted."""
        self.ensure_one()
        return self.date_from

    def _blocks_clearance(self):
        """Whether who has not signed it is handed no clients."""
        self.ensure_one()
        return True

    def _check_complete(self):
        """Raise UserError while the text cannot be approved."""
        raise NotImplementedError

    def _prepare_new_version_values(self):
        today = self.company_id._callcenter_today()
        return {"date_from": max(today, self.date_from)}

    # -- helpers -----------------------------------------------------------------

    def _is_in_force(self, on_date):
        self.ensure_one()
        return (
            self.state != "draft"
            and self.date_from <= on_date
            and (not self.date_to or on_date <= self.date_to)
        )

    def _check_is_director(self):
        if not self.env.user.has_group("callcenter_ops.group_director"):
            raise AccessError(self.env._("Only the Director approves documents."))

    def _check_may_prepare(self):
        if not self.env.user.has_group("callcenter_ops.group_hr"):
            raise AccessError(self.env._("Only HR prepares documents."))

    def _get_form_action(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [[False, "form"]],
        }

    def _get_notification(self, message, kind):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"message": message, "type": kind, "sticky": kind == "danger"},
        }
