from ...tools.common.date_words import date_in_digits, date_in_words, date_on_form
from ...tools.personnel.name_cases import clean_name, short_name

_RETRO_REASONS = {
    "actual_admission": "фактическое допущение к работе, ст. 67 ТК РФ",
    "absence": "отсутствие работника по невыясненным причинам",
    "death": "смерть работника",
    "decision": "решение суда или предписание инспекции труда",
}


class OrderPaper:
    """What a printed order and its line in the register say, as texts.

    :param order: ``callcenter.personnel.order``, one record that the caller may print,
        in the language of papers
    """

    def __init__(self, order):
        self.order = order
        self.person = order.employee_id
        self.kind = order._get_kind()

    def get_texts(self):
        """Everything the template prints.

        :return: dict of texts ready to print; missing values are empty texts
        """
        return {
            "form": self.kind.form,
            "okud": self.kind.okud,
            "title": self.kind.title,
            "template": self.kind.paper_template,
            "note": self.order.note or "",
            "basis": self.order.basis or "",
            **self._get_head(),
            **self._get_person(),
            **self._get_foot(),
            **self.kind.paper(),
            "register": self._get_register_texts(),
        }

    def get_additions(self):
        """What became of the paper after its signature: the employee's answer."""
        order = self.order
        if not (order.paper_date or order.paper_refused):
            return {}
        day = date_on_form(order.paper_date)
        if order.paper_refused:
            return {
                "acknowledged": "",
                "refused": day,
                "witnesses": order.paper_witnesses or "",
            }
        return {"acknowledged": day}

    def get_bring_in_note(self):
        """What stands below an order that was signed before the program came."""
        today = date_in_digits(self.order.company_id._callcenter_today())
        return (
            "Приказ подписан на бумаге до начала работы с программой; внесён "
            f"{today} со слов бумаги."
        )

    def get_register_end(self):
        """The last two columns of the register: acknowledgement and remark."""
        order = self.order
        day = date_in_digits(order.paper_date)
        return [
            f"отказ {day}" if order.paper_refused else day,
            self.get_register_remark(),
        ]

    def _get_register_texts(self):
        """Columns of the register between the running number and its last two."""
        order = self.order
        return [
            order.name or "",
            date_in_digits(order.date_order),
            self.kind.title,
            clean_name(self.person.name),
            self.person.callcenter_personnel_number or "",
            self.kind.get_register_content(),
            order.basis or "",
            self._get_register_signer(),
        ]

    def get_register_remark(self):
        """Cancelled by what, and why it took effect before its own date."""
        order = self.order
        cancelling = order.cancelling_order_ids.filtered("name")
        remarks = []
        if order.retro_reason and order.date_effective < order.date_order:
            reason = _RETRO_REASONS[order.retro_reason]
            remarks.append(f"действует задним числом: {reason}")
        if cancelling:
            remarks.append(f"отменён приказом № {cancelling[0].name}")
        return "; ".join(remarks)

    def _get_head(self):
        order, company = self.order, self.order.company_id
        return {
            "company": company.name,
            "city": company.city or "",
            "okpo": company.callcenter_okpo or "",
            "number": order.name or "",
            "date": date_in_digits(order.date_order),
            "date_from": date_on_form(order.date_effective),
            "date_to": date_on_form(order.date_end) if order.date_end else "",
            "date_from_words": date_in_words(order.date_effective),
            "date_to_words": date_in_words(order.date_end),
        }

    def _get_person(self):
        person, order = self.person, self.order
        return {
            "person": clean_name(person.name),
            "person_acc": person._get_name_in_case("accusative"),
            "person_dat": person._get_name_in_case("dative"),
            "person_short": person._get_short_name(),
            "tab_number": person.callcenter_personnel_number or "",
            "department": order.department_id.name or "",
            "job": order.job_id.name or "",
        }

    def _get_foot(self):
        return {
            "signer_title": self._get_signer_title(),
            "signer": self._get_signer_name(),
            "acknowledged": date_on_form(False),
            "refused": "",
            "witnesses": "",
            "visas": [
                self._describe_visa(visa)
                for visa in self.order.visa_ids
                if visa.state == "approved"
            ],
        }

    def _describe_visa(self, visa):
        """Who approved and when; a deputy with the head in whose place he did."""
        person = visa.decided_by_id.employee_id
        absent = visa.user_id != visa.decided_by_id and visa.user_id
        name = self._get_user_name(visa.decided_by_id)
        moment = self.order.company_id._callcenter_local(visa.decided_on)
        return {
            "post": person.job_id.name or person.job_title or "",
            "name": f"{name} (за {self._get_user_name(absent)})" if absent else name,
            "date": date_in_digits(moment),
        }

    def _get_register_signer(self):
        """Who signed; his post only where he stood in for the Director."""
        title = self._get_signer_title() if self.order.signed_for_id else ""
        return " ".join(filter(None, [title, self._get_signer_name()]))

    def _get_signer_title(self):
        company = self.order.company_id
        if self.order.brought_in:  # signed by whom stands on the paper alone
            return ""
        if self.order.signed_for_id:
            return company.callcenter_signer_title_acting or ""
        return company.callcenter_signer_title or ""

    def _get_signer_name(self):
        """Initials and surname of whoever signed, or will."""
        if self.order.brought_in:
            return ""
        return self._get_user_name(
            self.order.signed_by_id or self.order._get_signers()[:1]
        )

    def _get_user_name(self, user):
        if user.employee_id:
            return user.employee_id._get_short_name()
        return short_name(user.name or "")
