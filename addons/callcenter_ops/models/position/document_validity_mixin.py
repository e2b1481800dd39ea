from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.position.document_text import content_hash


class DocumentValidityMixin(models.AbstractModel):
    """Which version is in force on which day, and the hash of its frozen text."""

    _name = "callcenter.document.validity.mixin"
    _inherit = ["callcenter.guarded.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Validity of a document in versions"

    _guarded_fields = (
        "state",
        "version",
        "date_to",
        "content_hash",
        "approved_by_id",
        "approved_for_id",
        "approved_on",
    )
    _frozen_states = ("approved", "superseded")

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

    @api.model_create_multi
    def create(self, vals_list):
        documents = super().create(vals_list)
        documents._number_versions()
        return documents

    # -- approval ----------------------------------------------------------------

    def _approve_all(self):
        for document in self:
            document._approve()

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
        self.flush_recordset()
        self.message_post(body=self._describe_approval())
        self._request_acknowledgements()

    def _get_represented_director(self):
        substitutions = self.env["callcenter.substitution"]
        return substitutions._get_represented_director(self.env.user)

    def _describe_approval(self):
        """One line of the history; a deputy's names the Director he acted for."""
        line = self.env._("Approved; the text is frozen.")
        absent = self.approved_for_id
        acting = absent and self.env.user._get_callcenter_acting_note(absent)
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
                    date=previous.date_from,
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
