from datetime import timedelta

from dateutil.relativedelta import relativedelta
from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class AcknowledgementRequestMixin(models.AbstractModel):
    """Who is asked to acknowledge what, and when he is asked again."""

    _name = "callcenter.acknowledgement.request.mixin"
    _description = "Requests to acknowledge"

    @api.model
    def _cron_daily(self):
        """Close what is over, expire signatures, ask for what is missing."""
        self.env["callcenter.job.description"]._cron_supersede()
        self.env["callcenter.policy"]._cron_supersede()
        for company, today in self.env["res.company"]._callcenter_todays():
            self._expire_signatures(company, today)
            self._request_missing(company, today)
            self._renew_expiring(company, today)

    @api.model
    def _expire_signatures(self, company, today):
        """Signatures whose last valid day has passed become expired."""
        over = self.search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "signed"),
                ("expires_on", "<", today),
            ]
        )
        over._transition({"state": "expired"})
        return over

    @api.model
    def _request_missing(self, company, today):
        """Ask the appointed for required documents that nobody asked them for:
        after a transfer, an expiry or an import."""
        employees = self.env["hr.employee"].search(
            [("callcenter_status", "=", "appointed"), ("company_id", "=", company.id)]
        )
        employees._request_missing_documents(today)

    @api.model
    def _renew_expiring(self, company, today):
        """Ask again, in good time, for signatures about to expire."""
        horizon = today + relativedelta(days=company.callcenter_renewal_days)
        expiring = self.search(
            Domain("company_id", "=", company.id)
            & Domain("state", "=", "signed")
            & Domain("expires_on", ">=", today)
            & Domain("expires_on", "<=", horizon)
            & Domain("employee_id.callcenter_status", "=", "appointed")
        )
        for policy, acknowledgements in expiring.grouped("policy_id").items():
            if policy._is_in_force(today):
                self._request(policy, acknowledgements.employee_id, renew=True)

    @api.model
    def _request(self, document, employees, renew=False):
        """Ask employees to acknowledge a document; who is asked or has answered is
        left alone.

        :param document: record of a model with ``callcenter.document.mixin``
        :param renew: ask also those whose signature or refusal stands
        :return: the new acknowledgements
        """
        answered = ["pending"] if renew else ["pending", "signed", "refused"]
        # sudo: acknowledgements are made by the system alone
        model = self.sudo()._in_transition()
        known = model.search_fetch(
            [
                (document._acknowledgement_field, "=", document.id),
                ("employee_id", "in", employees.ids),
                ("state", "in", answered),
            ],
            ["employee_id"],
        ).employee_id
        return model.with_context(
            mail_create_nosubscribe=True, mail_create_nolog=True, tracking_disable=True
        ).create(self._prepare_requests(document, employees - known))

    def _check_still_needed(self):
        """Refuse to ask who has left, or for a text that is no longer in force."""
        self.ensure_one()
        today = self.company_id._callcenter_today()
        document = self.description_id or self.policy_id
        if self.employee_id.callcenter_status != "appointed":
            raise UserError(
                self.env._("%(name)s is not appointed.", name=self.employee_id.name)
            )
        if document and document.date_to and document.date_to < today:
            raise UserError(
                self.env._(
                    "%(document)s is superseded: its new version is asked for.",
                    document=document.display_name,
                )
            )

    @api.model
    def _get_answer_domain(self, on_date):
        """What counts on that day; signatures that have run out pile up for years."""
        valid = Domain("expires_on", "=", False) | Domain("expires_on", ">=", on_date)
        return Domain("state", "in", ("pending", "refused")) | (
            Domain("signed_on", "!=", False) & valid
        )

    @api.model
    def _get_document_name(self, document):
        """How the document is called in the register, whoever's request it was."""
        lang = self.env["callcenter.document.paper.mixin"]._get_paper_lang()
        return document.with_context(lang=lang).display_name

    @api.model
    def _prepare_requests(self, document, employees):
        company = document.company_id
        today = company._callcenter_today()
        due_date = max(today, document._get_acknowledgement_start()) + timedelta(
            days=company.callcenter_acknowledgement_days
        )
        shared = {
            document._acknowledgement_field: document.id,
            "document_name": self._get_document_name(document),
            "company_id": company.id,
            "requested_on": today,
            "due_date": due_date,
        }
        return [
            shared | {"employee_id": employee.id, "job_id": employee.job_id.id}
            for employee in employees
        ]
