from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    callcenter_acknowledgement_ids = fields.One2many(
        "callcenter.acknowledgement",
        "employee_id",
        string="Acknowledgements",
        groups="hr.group_hr_user",
    )
    callcenter_pending_count = fields.Integer(
        string="To acknowledge",
        compute="_compute_callcenter_pending_count",
        groups="hr.group_hr_user",
    )
    callcenter_blocker_text = fields.Text(
        string="Why not",
        compute="_compute_callcenter_blocker_text",
        groups="hr.group_hr_user",
        help="What keeps an appointed employee from calls today.",
    )

    @api.depends("callcenter_acknowledgement_ids.state")
    def _compute_callcenter_pending_count(self):
        counts = dict(
            self.env["callcenter.acknowledgement"]._read_group(
                [("employee_id", "in", self.ids), ("state", "=", "pending")],
                ["employee_id"],
                ["__count"],
            )
        )
        for employee in self:
            employee.callcenter_pending_count = counts.get(employee._origin, 0)

    @api.depends("callcenter_status", "job_id", "callcenter_acknowledgement_ids.state")
    def _compute_callcenter_blocker_text(self):
        self.callcenter_blocker_text = False
        appointed = self._origin.filtered(lambda e: e.callcenter_status == "appointed")
        for company, employees in appointed.grouped("company_id").items():
            blockers = employees._get_callcenter_blockers(company._callcenter_today())
            for employee in self:
                if reasons := blockers.get(employee._origin.id):
                    employee.callcenter_blocker_text = "\n".join(
                        reason["message"] for reason in reasons
                    )

    def action_callcenter_timeline(self):
        """Orders, documents and quizzes of the employee on one page."""
        self.check_access("read")
        self.ensure_one()
        return self.env["callcenter.timeline"]._get_action(self.id, self.name)

    def action_callcenter_acknowledgements(self):
        """The documents of the employee, signed and not."""
        self.check_access("read")
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "callcenter_ops.acknowledgement_action"
        )
        return action | {"domain": [("employee_id", "=", self.id)], "context": {}}

    def _get_callcenter_blockers(self, on_date):
        blockers = super()._get_callcenter_blockers(on_date)
        missing = self._get_missing_documents(on_date)
        for employee in self:
            blockers[employee.id] += [
                employee._get_document_blocker(document, acknowledgement)
                for document, acknowledgement in missing.get(employee.id, ())
                if document._blocks_clearance()
            ]
        return blockers

    def _get_callcenter_steps(self):
        return [
            *super()._get_callcenter_steps(),
            (self.env._("Documents"), ("acknowledgement_pending",)),
        ]

    def _get_callcenter_conditions(self, on_date):
        # sudo: of the employee himself, by name alone
        person = self.sudo()
        missing = person._get_missing_documents(on_date).get(self.id, ())
        unsigned = [document for document, _acknowledgement in missing]
        papers = person._get_required_documents(on_date)[self.id]
        return [
            *super()._get_callcenter_conditions(on_date),
            *(
                (paper.display_name, paper not in unsigned)
                for paper in papers
                if paper._blocks_clearance()
            ),
        ]

    def _get_callcenter_blocker_sources(self):
        return [
            *super()._get_callcenter_blocker_sources(),
            "hr_version WHERE employee_id = %(employee)s",
            "callcenter_job_description WHERE company_id = %(company)s",
            "callcenter_policy WHERE company_id = %(company)s",
            "callcenter_policy_hr_job_rel",
            "callcenter_policy_release",
            "callcenter_acknowledgement WHERE employee_id = %(employee)s",
        ]

    def _after_callcenter_appointment(self, order):
        result = super()._after_callcenter_appointment(order)
        # sudo: the order is executed by whoever may, the documents follow
        for company, employees in self.sudo().grouped("company_id").items():
            employees._request_missing_documents(company._callcenter_today())
        return result

    def _after_callcenter_transfer(self, order):
        result = super()._after_callcenter_transfer(order)
        today = order.company_id._callcenter_today()
        self._close_needless_requests(today)
        self._request_missing_documents(today)
        return result

    def _after_callcenter_cancellation(self, order):
        """The cancelled order is signed by nobody, nor are the documents of a post
        that the employee never held."""
        result = super()._after_callcenter_cancellation(order)
        open_requests = order.cancelled_order_id.acknowledgement_ids
        if self.callcenter_status != "appointed":
            open_requests |= self.callcenter_acknowledgement_ids.filtered(
                lambda acknowledgement: not acknowledgement.order_id
            )
        open_requests.filtered(lambda a: a.state == "pending")._lapse()
        self._request_missing_documents_if_appointed()
        return result

    def _hand_over_callcenter_work(self, order, successor):
        report = super()._hand_over_callcenter_work(order, successor)
        # sudo: nobody has write access to acknowledgements
        model = self.env["callcenter.acknowledgement"].sudo()
        pending = model.search(
            [("employee_id", "in", self.ids), ("state", "=", "pending")]
        )
        pending._lapse()
        line = {
            "what": self.env._("Documents not acknowledged"),
            "count": len(pending),
            "to": self.env._("Requests closed"),
        }
        return [*report, line]

    def _request_missing_documents_if_appointed(self):
        """Ask those who hold a post for what is missing today."""
        appointed = self.filtered(lambda e: e.callcenter_status == "appointed")
        for company, employees in appointed.grouped("company_id").items():
            employees._request_missing_documents(company._callcenter_today())

    def _request_missing_documents(self, on_date):
        """Ask for what is required on that day and neither signed nor asked for."""
        wanted = defaultdict(self.browse)
        for employee_id, missing in self._get_missing_documents(on_date).items():
            for document, acknowledgement in missing:
                if not acknowledgement:
                    wanted[document] |= self.browse(employee_id)
        for document, employees in wanted.items():
            self.env["callcenter.acknowledgement"]._request(document, employees)

    def _close_needless_requests(self, on_date):
        """Open requests for documents of a post that the employee has left."""
        # sudo: nobody has write access to acknowledgements
        model = self.env["callcenter.acknowledgement"].sudo()
        pending = model.search(
            [
                ("employee_id", "in", self.ids),
                ("state", "=", "pending"),
                ("order_id", "=", False),
            ]
        )
        required = self._get_required_documents(on_date)
        pending.filtered(
            lambda acknowledgement: (
                (document := acknowledgement._get_document())._is_in_force(on_date)
                and document not in required[acknowledgement.employee_id.id]
            )
        )._lapse()

    def _get_missing_documents(self, on_date):
        """Required documents without a signature valid on that day.

        :return: ``{employee_id: [(document, open or refused acknowledgement)]}``,
            only employees who lack something
        """
        # sudo: operators ask about themselves, supervisors about their people
        employees = self.sudo()
        required = employees._get_required_documents(on_date)
        documents = {document for wanted in required.values() for document in wanted}
        answers = employees._get_answers(documents, on_date)
        none = self.env["callcenter.acknowledgement"]
        missing = {}
        for employee_id, wanted in required.items():
            found = [(d, answers.get((employee_id, d), none)) for d in wanted]
            if lacking := [(d, answer) for d, answer in found if answer is not True]:
                missing[employee_id] = lacking
        return missing

    def _get_required_documents(self, on_date):
        """``{employee_id: [documents in force on that day for the post]}``."""
        descriptions = self.env["callcenter.job.description"]._get_in_force(
            on_date, Domain("job_id", "in", self.job_id.ids)
        )
        policies = self.env["callcenter.policy"]._get_in_force(
            on_date, Domain("company_id", "in", self.company_id.ids)
        )
        released = policies._get_released_jobs(on_date)
        required = {}
        for (company, job), people in self.grouped(
            lambda employee: (employee.company_id, employee.job_id)
        ).items():
            documents = [
                *(
                    d
                    for d in descriptions
                    if (d.company_id, d.job_id) == (company, job)
                ),
                *(p for p in policies if p._concerns(company, job, released)),
            ]
            required |= dict.fromkeys(people.ids, documents)
        return required

    def _get_papers_before_contract(self, job, on_date):
        """What a candidate for a post has still to sign before the contract.

        Local acts and the job description; briefings are held at the workplace.

        :return: list of documents in force on the first day and not signed
        """
        self.ensure_one()
        policies = self.env["callcenter.policy"]._get_in_force(
            on_date,
            Domain("company_id", "=", self.company_id.id)
            & Domain("kind", "=", "local_act"),
        )
        released = policies._get_released_jobs(on_date)
        descriptions = self.env["callcenter.job.description"]._get_in_force(
            on_date,
            Domain("company_id", "=", self.company_id.id)
            & Domain("job_id", "=", job.id or 0),
        )
        papers = [
            *descriptions,
            *(one for one in policies if one._concerns(self.company_id, job, released)),
        ]
        answers = self._get_answers(papers, on_date)
        return [paper for paper in papers if answers.get((self.id, paper)) is not True]

    def _get_answers(self, documents, on_date):
        """``{(employee_id, document): True if signed and valid, else the record}``."""
        model = self.env["callcenter.acknowledgement"]
        found = model.search_fetch(
            Domain("employee_id", "in", self.ids)
            & model._get_about_domain(documents)
            & model._get_answer_domain(on_date),
            [
                "employee_id",
                "state",
                "signed_on",
                "read_on",
                "refused_on",
                "expires_on",
                *model._get_document_fields(),
            ],
            order="id",
        )
        answers = {}
        for acknowledgement in found:
            key = (acknowledgement.employee_id.id, acknowledgement._get_document())
            if acknowledgement._is_valid(on_date):
                answers[key] = True
            elif acknowledgement._is_open():
                answers[key] = answers.get(key) is True or acknowledgement
        return answers

    def _get_document_blocker(self, document, acknowledgement):
        if acknowledgement and acknowledgement.state == "refused":
            message = self.env._(
                "%(name)s refused to sign: %(document)s.",
                name=self.name,
                document=document.display_name,
            )
            action = False
        elif acknowledgement and acknowledgement.read_on:
            message = self.env._(
                "Read, but the sheet on paper is not signed or not registered: "
                "%(document)s.",
                document=document.display_name,
            )
            action = False
        else:
            message = self.env._(
                "Not acknowledged: %(document)s.", document=document.display_name
            )
            action = self._get_document_action(acknowledgement)
        return {
            "code": "acknowledgement_pending",
            "message": message,
            "action": action,
        }

    def _get_document_action(self, acknowledgement):
        if acknowledgement:
            return acknowledgement._get_signing_action()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("To acknowledge"),
            "res_model": "callcenter.acknowledgement",
            "views": [[False, "list"], [False, "form"]],
            "domain": [("user_id", "=", self.env.uid)],
        }
