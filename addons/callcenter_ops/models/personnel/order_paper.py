from ...tools.common.date_words import date_in_digits, date_in_words, date_on_form
from ...tools.personnel.name_cases import clean_name, short_name

_PAPER_LANG = "ru_RU"
_RETRO_REASONS = {
    "actual_admission": "фактическое допущение к работе, ст. 67 ТК РФ",
    "absence": "отсутствие работника по невыясненным причинам",
    "death": "смерть работника",
    "decision": "решение суда или предписание инспекции труда",
}


class OrderPaper:
    """What a printed order and its line in the register say, as texts.

    The papers are Russian forms, so their words are Russian whoever prints them.

    :param order: ``callcenter.personnel.order``, one record that the caller may print
    """

    def __init__(self, order):
        # Names of posts and departments in Russian, where it is installed.
        if order.env["res.lang"]._get_data(code=_PAPER_LANG):
            order = order.with_context(lang=_PAPER_LANG)
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
        }

    def get_register_row(self):
        """Texts of the register's columns after the running number."""
        order = self.order
        return [
            order.name,
            date_in_digits(order.date_order),
            self.kind.title,
            clean_name(self.person.name),
            self.person.callcenter_personnel_number or "",
            self.kind.get_register_content(),
            order.basis or "",
            self._get_register_signer(),
            date_in_digits(order.paper_date),
            self.get_register_remark(),
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
            "person_short": short_name(person.name),
            "tab_number": person.callcenter_personnel_number or "",
            "department": order.department_id.name or "",
            "job": order.job_id.name or "",
        }

    def _get_foot(self):
        order = self.order
        return {
            "signer_title": self._get_signer_title(),
            "signer": short_name(self._get_signer_name()),
            "acknowledged": date_on_form(order.paper_date),
            "refused": order.paper_refused,
            "witnesses": order.paper_witnesses or "",
        }

    def _get_register_signer(self):
        """Who signed; his post only where he stood in for the Director."""
        title = self._get_signer_title() if self.order.signed_for_id else ""
        return " ".join(filter(None, [title, short_name(self._get_signer_name())]))

    def _get_signer_title(self):
        company = self.order.company_id
        if self.order.signed_for_id:
            return company.callcenter_signer_title_acting or ""
        return company.callcenter_signer_title or ""

    def _get_signer_name(self):
        user = self.order.signed_by_id or self.order._get_signers()[:1]
        return user.employee_id.name or user.name or ""
