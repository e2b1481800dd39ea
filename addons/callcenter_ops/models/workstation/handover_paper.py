from odoo import models

from ...tools.common.date_words import date_in_words
from ...tools.common.money_words import amount_in_digits, amount_in_words

_CONDITIONS = {
    "new": "новое",
    "good": "исправно",
    "worn": "изношено",
    "broken": "неисправно",
}
_TITLES = {"handover": "АКТ ПРИЁМА-ПЕРЕДАЧИ", "return": "АКТ ВОЗВРАТА"}
_SENTENCES = {
    "handover": "Сдающая сторона передала, а принимающая сторона приняла оборудование "
    "и рабочее место по перечню:",
    "return": "Работник вернул, а организация приняла оборудование по перечню:",
}


class HandoverPaper(models.AbstractModel):
    """The act as a paper of the Russian office: words fixed, not translated."""

    _name = "callcenter.handover.paper"
    _description = "Handover act on paper"

    def _get_paper_file_name(self):
        return f"{_TITLES[self.handover_type].capitalize()} {self.name or ''}".replace(
            "/", "-"
        )

    def _get_paper(self):
        """Everything that stands on the paper, as ready texts."""
        self.ensure_one()
        company = self.company_id
        return {
            "company": company.name,
            "title": _TITLES[self.handover_type],
            "number": self.name or "____",
            "subject": "оборудования рабочего места оператора колл-центра",
            "place": self.place or company.city or "",
            "date": date_in_words(self.date),
            "basis": self.basis,
            "sentence": _SENTENCES[self.handover_type],
            "workstation": self.workstation_id.name,
            "currency": self.currency_id.name,
            "lines": [self._get_paper_line(line) for line in self.line_ids],
            "count": len(self.line_ids),
            "total": amount_in_digits(self.amount_total),
            "words": self._get_paper_words(),
            "remarks": self._get_paper_remarks(),
            "sides": self._get_paper_sides(),
            "electronic": self._get_paper_signature(),
        }

    def _get_paper_line(self, line):
        return {
            "name": line.name,
            "inventory_no": line.inventory_no or "",
            "serial_no": line.serial_no or "",
            "quantity": line.quantity,
            "price": amount_in_digits(line.price) if line.price else "—",
            "condition": _CONDITIONS[line.condition],
            "remark": ", ".join(filter(None, (line.completeness, line.remark))),
        }

    def _get_paper_remarks(self):
        employee = self.employee_remark and f"работника: {self.employee_remark}"
        return "; ".join(filter(None, (self.remark, employee))) or "нет"

    def _get_paper_words(self):
        if not self.amount_total or self.currency_id.name != "RUB":
            return False
        return amount_in_words(self.amount_total)

    def _get_paper_sides(self):
        """Who gives first, who takes second."""
        # sudo: whoever may read the act may read the names that stand on it
        employee = self.sudo().employee_id
        # sudo: the officer's name stands there as well
        officer = self.sudo().issued_by_id.employee_id
        worker = {
            "position": employee.job_id.name or "",
            "name": employee.name,
            "signed": "",
        }
        office = {
            "position": officer.job_id.name or "",
            "name": officer.name or self.issued_by_id.name or "",
            "signed": "",
        }
        given, taken = (
            (office, worker) if self.handover_type == "handover" else (worker, office)
        )
        return [given | {"role": "Сдал"}, taken | {"role": "Принял"}]

    def _get_paper_signature(self):
        # sudo: the names stand on the act that may be read
        signer, employee = self.sudo().signed_by_id, self.sudo().employee_id
        if self.state != "done" or signer != employee.user_id:
            return False
        moment = self.company_id._callcenter_local(self.signed_on)
        return (
            f"Подтверждено работником в учётной системе {moment:%d.%m.%Y %H:%M}, "
            f"пользователь {signer.login}."
        )
