from odoo import fields, models
from odoo.exceptions import AccessError

from ...tools.common.date_words import date_in_digits, date_in_words, date_on_form
from ...tools.common.money_words import amount_in_words, split_amount
from ...tools.personnel.name_cases import clean_name, short_name

_PAPER_LANG = "ru_RU"
# Title and code of the customary forms; the last two kinds have no unified form.
_FORMS = {
    "appointment": ("Т-1", "0301001", "о приёме работника на работу"),
    "transfer": ("Т-5", "0301004", "о переводе работника на другую работу"),
    "dismissal": (
        "Т-8",
        "0301006",
        "о прекращении (расторжении) трудового договора с работником (увольнении)",
    ),
    "acting": ("", "", "о возложении исполнения обязанностей"),
    "cancellation": ("", "", "об отмене приказа"),
}


class OrderPaper(models.AbstractModel):
    """What the printed order says: words, cases and sums for the templates.

    The papers are Russian forms, so their words are Russian whoever prints them.
    """

    _name = "callcenter.order.paper"
    _description = "Printed personnel order"

    paper_date = fields.Date(
        string="Signed on paper on",
        readonly=True,
        copy=False,
        help="Date of the live signature of the employee on the printed order.",
    )
    paper_scan = fields.Binary(
        string="Scan of the paper", attachment=True, readonly=True, copy=False
    )
    paper_scan_name = fields.Char(readonly=True, copy=False)
    paper_refused = fields.Boolean(
        string="Signature refused",
        readonly=True,
        copy=False,
        help="The employee refused to sign that he has read the order.",
    )
    paper_witnesses = fields.Char(
        string="Witnesses of the refusal", readonly=True, copy=False
    )

    def action_print(self):
        """The order as PDF on its form."""
        self._check_may_print()
        return self.env.ref(
            "callcenter_ops.action_report_personnel_order"
        ).report_action(self)

    def _get_paper_file_name(self):
        self.ensure_one()
        number = (self.name or str(self.id)).replace("/", "-")
        return self.env._("Order %(number)s", number=number)

    def _register_paper(self, vals):
        """Keep the scan, the date or the refusal of a signed order's paper (HR)."""
        self.ensure_one()
        self._check_role("callcenter_ops.group_hr")
        self._check_is_signed()
        self._transition(vals)
        if vals.get("paper_refused"):
            body = self.env._(
                "The employee refused to sign; witnesses: %(names)s.",
                names=vals["paper_witnesses"],
            )
        else:
            body = self.env._(
                "Signed on paper on %(date)s.", date=date_in_digits(vals["paper_date"])
            )
        self._log_line(body)

    def _check_may_print(self):
        """Papers show the wage: HR, the Director and the employee himself."""
        self.check_access("read")
        user = self.env.user
        if user.has_group("callcenter_ops.group_hr") or user.has_group(
            "callcenter_ops.group_director"
        ):
            return
        if any(order.sudo().employee_id.user_id != user for order in self):  # sudo: own
            raise AccessError(
                self.env._("An order is printed by HR, the Director and the employee.")
            )

    def _get_paper(self):
        """Everything the template prints, as texts ready to print.

        :return: dict of str; missing values are empty texts
        """
        self.ensure_one()
        self._check_may_print()
        order = self.sudo()._in_paper_language()  # sudo: own wage, own card
        form, okud, title = _FORMS[order.order_type]
        person = order.employee_id
        return {
            "form": form,
            "okud": okud,
            "title": title,
            "company": order.company_id.name,
            "city": order.company_id.city or "",
            "okpo": order.company_id.callcenter_okpo or "",
            "number": order.name or "",
            "date": date_in_digits(order.date_order),
            "date_from": date_on_form(order.date_effective),
            "date_to": date_on_form(order.date_end) if order.date_end else "",
            "date_from_words": date_in_words(order.date_effective),
            "date_to_words": date_in_words(order.date_end),
            "person": clean_name(person.name),
            "person_acc": person._get_name_in_case("accusative"),
            "person_dat": person._get_name_in_case("dative"),
            "person_short": short_name(person.name),
            "tab_number": person.callcenter_personnel_number or "",
            "department": order.department_id.name or "",
            "job": order.job_id.name or "",
            "note": order.note or "",
            "basis": order.basis or "",
            "signer_title": order._get_signer_title(),
            "signer": short_name(order._get_signer_name()),
            "acknowledged": date_on_form(order.paper_date),
            "refused": order.paper_refused,
            "witnesses": order.paper_witnesses or "",
        } | order._get_paper_terms()

    def _in_paper_language(self):
        """Names of posts and departments in Russian, where it is installed."""
        installed = self.env["res.lang"]._get_data(code=_PAPER_LANG)
        return self.with_context(lang=_PAPER_LANG) if installed else self

    def _get_paper_terms(self):
        """The part that only some kinds print."""
        roubles, kopecks = split_amount(self.wage) if self.wage else ("", "")
        absent = self.absent_employee_id
        cancelled = self.cancelled_order_id
        return {
            "roubles": roubles,
            "kopecks": kopecks,
            "wage_words": amount_in_words(self.wage) if self.wage else "",
            "trial_months": str(self.trial_months or ""),
            "contract": self._get_contract_reference(),
            "contract_number": self.contract_number or "",
            "contract_date": date_on_form(self.contract_date),
            "permanent": not self.date_end,
            "old_department": self._get_former("previous_department_id").name or "",
            "old_job": self._get_former("previous_job_id").name or "",
            "ground": self.dismissal_ground_id.name or "",
            "article": self.dismissal_ground_id.article or "",
            "absent_gen": absent._get_name_in_case("genitive") if absent else "",
            "absent_job": absent.job_id.name or "",
            "cancelled_number": cancelled.name or "",
            "cancelled_date": date_in_words(cancelled.date_order),
            "cancelled_title": _FORMS[cancelled.order_type][2] if cancelled else "",
        }

    def _get_register_row(self):
        """Texts of the register's columns after the running number."""
        order = self._in_paper_language()
        person = order.employee_id
        cancelling = order.cancelling_order_ids.filtered("name")
        return [
            order.name,
            date_in_digits(order.date_order),
            _FORMS[order.order_type][2],
            clean_name(person.name),
            person.callcenter_personnel_number or "",
            order._get_register_content(),
            order.basis or "",
            order._get_register_signer(),
            date_in_digits(order.paper_date),
            f"отменён приказом № {cancelling[0].name}" if cancelling else "",
        ]

    def _get_register_content(self):
        """What the order does, in one line."""
        start, end = map(date_in_words, (self.date_effective, self.date_end))
        place = ", ".join(filter(None, [self.job_id.name, self.department_id.name]))
        if self.order_type == "cancellation":
            return f"отмена приказа № {self.cancelled_order_id.name}"
        if self.order_type == "dismissal":
            return f"{start}, {self.dismissal_ground_id.article}"
        if self.order_type == "acting":
            absent = self.absent_employee_id._get_name_in_case("genitive")
            return f"на время отсутствия {absent}, {start} — {end}"
        return f"{place}, с {start}"

    def _get_former(self, name):
        """The former post: remembered by execution, before it that of the card."""
        if self.state in ("executed", "cancelled") and self[name]:
            return self[name]
        return self.employee_id[name.removeprefix("previous_")]

    def _get_contract_reference(self):
        if not self.contract_number and not self.contract_date:
            return ""
        day = date_in_words(self.contract_date) or "____________"
        return f"трудовой договор от {day} № {self.contract_number or '____'}"

    def _get_register_signer(self):
        """Who signed; his post only where he stood in for the Director."""
        title = self._get_signer_title() if self.signed_for_id else ""
        return " ".join(filter(None, [title, short_name(self._get_signer_name())]))

    def _get_signer_title(self):
        company = self.company_id
        if self.signed_for_id:
            return company.callcenter_signer_title_acting or ""
        return company.callcenter_signer_title or ""

    def _get_signer_name(self):
        user = self.signed_by_id or self._get_signers()[:1]
        return user.employee_id.name or user.name or ""
