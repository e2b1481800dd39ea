from datetime import timedelta

from markupsafe import Markup
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.misc import format_date

from ...tools.common.content_hash import content_hash
from ...tools.common.date_words import date_in_digits
from ..common.signed_paper_mixin import PAPER_FIELDS, PAPER_MARKS

FROZEN = ("approved", "superseded")
# Of approved versions in the database; the last day follows from the next one.
FREE_COLUMNS = ("date_to", *PAPER_MARKS)


class DocumentMixin(models.AbstractModel):
    """A document in versions: drafted by HR, approved and so frozen by the Director.

    The versions of one document form a series (``_get_series_domain``). Approval of
    a version ends the one in force on the day before, and asks everyone concerned
    to acknowledge the new one. The database itself refuses two versions in force on
    one day: each model that inherits this carries its own exclusion constraint.
    """

    _name = "callcenter.document.mixin"
    _inherit = [
        "callcenter.row.guard.mixin",
        "callcenter.signed.paper.mixin",
        "mail.thread",
        "mail.activity.mixin",
        "callcenter.document.paper.mixin",
    ]
    _description = "Document in versions"

    _guarded_fields = (
        "state",
        "version",
        "date_to",
        "content_hash",
        "approved_by_id",
        "approved_for_id",
        "approved_on",
        *PAPER_FIELDS,
    )
    _frozen_states = FROZEN
    # Field of callcenter.acknowledgement that points at this model.
    _acknowledgement_field = None
    # The report that prints its acknowledgement sheet.
    _sheet_report = None

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    version = fields.Integer(
        readonly=True, copy=False, help="Counted within the document, from 1."
    )
    state = fields.Selection(
        [("draft", "Draft"), ("approved", "Approved"), ("superseded", "Superseded")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    date_from = fields.Date(
        string="In force from",
        required=True,
        copy=False,
        default=lambda self: self.env.company._callcenter_today(),
    )
    date_to = fields.Date(
        string="In force until",
        readonly=True,
        copy=False,
        help="Last day in force; empty while no later version is approved.",
    )
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_for_id = fields.Many2one(
        "hr.employee",
        string="Approved in place of",
        readonly=True,
        copy=False,
        help="The absent Director for whom the approver was acting on that day.",
    )
    approved_on = fields.Datetime(readonly=True, copy=False)
    content_hash = fields.Char(
        string="Content hash (SHA-256)",
        readonly=True,
        copy=False,
        help="SHA-256 of the text at approval. Verification computes it again.",
    )
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

    @api.model_create_multi
    def create(self, vals_list):
        documents = super().create(vals_list)
        documents._number_versions()
        return documents

    def _number_versions(self):
        for document in self:
            # one search per created version: documents are created one by one
            latest = self.search_fetch(
                document._get_series_domain() & Domain("id", "!=", document.id),
                ["version"],
                order="version desc",
                limit=1,
            )
            document._transition({"version": latest.version + 1})

    # -- buttons --

    def action_approve(self):
        """Approve drafts: the Director only. Freezes the text, ends the version in
        force, asks those concerned to acknowledge.

        :raise UserError: not the Director, not a draft, nothing in it, or a later
            version already approved
        """
        self._check_role("callcenter_ops.group_director")
        self.env.user._check_callcenter_right_awake()
        for document in self:
            document._approve()
        return True

    def action_new_version(self):
        """A draft of the next version with the same text; opens it."""
        self._check_role("callcenter_ops.group_hr")
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
        changed = self._get_content_hash() != self.content_hash
        if changed or wrong or not self._verify_paper():
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

    # -- what each document says about itself --

    def _is_printed_from_pdf(self):
        """No: the acknowledgement sheet behind the text goes on growing."""
        return False

    def _get_paper_kind(self):
        """The heading of the paper; empty: it is a job description."""
        raise NotImplementedError

    def _get_paper_words(self):
        return {
            "company": self.company_id.name,
            "stamp": self._get_stamp(),
            "kind": self._get_paper_kind(),
            "title": self._get_paper_title(),
            "number": self.number or "",
            "version": str(self.version),
            "date_from": format_date(self.env, self.date_from),
            "name": self.display_name,
            "body": str(self._render_body()),
        }

    def _get_signing_kind(self):
        """The kind of paper in the rules of how papers are signed."""
        raise NotImplementedError

    def _get_series_domain(self):
        """Domain of the versions of the same document, this one included."""
        raise NotImplementedError

    def _get_content(self):
        """The text as a structure of plain values: what is hashed."""
        raise NotImplementedError

    def _render_body(self):
        """The text in full as safe HTML."""
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

    def _get_document_html(self):
        """What is shown for signing: the text as it was approved."""
        self.ensure_one()
        kept = self.sudo().paper_words  # sudo: who reads the document reads its text
        return Markup(kept["body"]) if kept else self._render_body()

    # -- helpers --

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

    # -- approval, and which version is in force on which day --

    def _approve(self):
        self.ensure_one()
        self.lock_for_update()
        if self.state != "draft":
            raise UserError(
                self.env._(
                    "%(document)s is approved already.", document=self.display_name
                )
            )
        self.env.flush_all()
        self.env.invalidate_all()  # the hash is of the stored text in stored order
        self._check_complete()
        self._end_previous_version()
        self._transition(
            {
                "state": "approved",
                "approved_by_id": self.env.uid,
                "approved_for_id": self._get_represented_director().id,
                "approved_on": fields.Datetime.now(),
                "content_hash": self._get_content_hash(),
            }
        )
        self._keep_paper()
        self.flush_recordset()
        self._log_line(self._describe_approval())
        self._request_acknowledgements()

    def _get_represented_director(self):
        substitutions = self.env["callcenter.substitution"]
        return substitutions._get_represented_director(self.env.user)

    def _describe_approval(self):
        """One line of the history; a deputy's names the Director he acted for."""
        reader = self._told_to()
        line = reader.env._("Approved; the text is frozen.")
        absent = self.approved_for_id
        acting = absent and reader.env.user._get_callcenter_acting_note(absent)
        return f"{line} ({acting})" if acting else line

    def _end_previous_version(self):
        previous = self.search(
            self._get_series_domain()
            & Domain("state", "=", "approved")
            & Domain("id", "!=", self.id),
            order="date_from desc, id desc",
            limit=1,
        )
        if not previous:
            return
        if previous.date_from > self.date_from:
            raise UserError(
                self.env._(
                    "Version %(version)s is in force from %(date)s: the new version "
                    "cannot start before that.",
                    version=previous.version,
                    date=date_in_digits(previous.date_from),
                )
            )
        previous._transition({"date_to": self.date_from - timedelta(days=1)})
        previous._supersede_when_over()
        previous.flush_recordset()

    def _supersede_when_over(self):
        """Close versions whose last day has passed; their open requests lapse."""
        over = self.filtered(
            lambda d: d.date_to and d.date_to < d.company_id._callcenter_today()
        )
        over._transition({"state": "superseded"})
        over._lapse_open_requests()

    def _lapse_open_requests(self):
        # sudo: nobody has write access to acknowledgements
        model = self.env["callcenter.acknowledgement"].sudo()
        open_requests = model.search(
            [(self._acknowledgement_field, "in", self.ids), ("state", "=", "pending")]
        )
        open_requests._lapse()

    def _request_acknowledgements(self):
        """Ask everyone concerned who has no live request for this version."""
        self.ensure_one()
        return self.env["callcenter.acknowledgement"]._request(
            self, self._get_concerned_employees()
        )

    @api.model
    def _cron_supersede(self):
        """Close the versions whose last day has passed (daily)."""
        for company, today in self.env["res.company"]._callcenter_todays():
            over = self.search(
                [
                    ("state", "=", "approved"),
                    ("company_id", "=", company.id),
                    ("date_to", "<", today),
                ]
            )
            over._supersede_when_over()

    def _is_in_force(self, on_date):
        self.ensure_one()
        return (
            self.state != "draft"
            and self.date_from <= on_date
            and (not self.date_to or on_date <= self.date_to)
        )

    @api.model
    def _get_in_force(self, on_date, domain):
        """The versions in force on that day among those of ``domain``."""
        return self.search_fetch(self._get_in_force_domain(on_date) & domain)

    @api.model
    def _get_in_force_domain(self, on_date):
        return (
            Domain("state", "in", ("approved", "superseded"))
            & Domain("date_from", "<=", on_date)
            & (Domain("date_to", "=", False) | Domain("date_to", ">=", on_date))
        )

    def _get_content_hash(self):
        self.ensure_one()
        return content_hash(self._get_content())

    def _count_wrong_hashes(self):
        # sudo: the count covers all signatures, whoever asks
        model = self.env["callcenter.acknowledgement"].sudo()
        return model.search_count(
            [
                (self._acknowledgement_field, "=", self.id),
                ("signed_on", "!=", False),
                ("content_hash", "!=", self.content_hash),
            ]
        )
