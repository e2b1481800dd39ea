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


class HandoverPaper:
    """A handover act as a paper of the Russian office: words fixed, not translated."""

    def __init__(self, act):
        """:param act: one ``callcenter.handover`` that the user may read"""
        act.ensure_one()
        self.act = act

    def get_file_name(self):
        """Name of the PDF, without its ending."""
        title = _TITLES[self.act.handover_type].capitalize()
        return f"{title} {self.act.name or ''}".replace("/", "-")

    def get_texts(self):
        """Everything that stands on the paper, as ready texts (a dict)."""
        act = self.act
        return {
            "company": act.company_id.name,
            "title": _TITLES[act.handover_type],
            "number": act.name or "____",
            "subject": "оборудования рабочего места оператора колл-центра",
            "place": act.place or act.company_id.city or "",
            "date": date_in_words(act.date),
            "basis": act.basis or "",
            "sentence": _SENTENCES[act.handover_type],
            "workstation": act.workstation_id.name or "",
            "currency": act.currency_id.name,
            "lines": [self._describe_line(line) for line in act.line_ids],
            "count": len(act.line_ids),
            "total": amount_in_digits(act.amount_total),
            "words": self._get_total_in_words(),
            "sides": self._get_sides(),
            **self.get_signature_texts(),
        }

    def get_signature_texts(self):
        """What the employee's answer adds to the paper: his remark, his signature."""
        return {"remarks": self._get_remarks(), "electronic": self._get_signature()}

    def _describe_line(self, line):
        return {
            "name": line.name,
            "inventory_no": line.inventory_no or "",
            "serial_no": line.serial_no or "",
            "quantity": line.quantity,
            "price": amount_in_digits(line.price) if line.price else "—",
            "condition": _CONDITIONS[line.condition],
            "remark": ", ".join(filter(None, (line.completeness, line.remark))),
        }

    def _get_remarks(self):
        act = self.act
        employee = act.employee_remark and f"работника: {act.employee_remark}"
        return "; ".join(filter(None, (act.remark, employee))) or "нет"

    def _get_total_in_words(self):
        act = self.act
        if not act.amount_total or act.currency_id.name != "RUB":
            return False
        return amount_in_words(act.amount_total)

    def _get_sides(self):
        """Who gives first, who takes second."""
        # sudo: whoever may read the act may read the names that stand on it
        employee = self.act.sudo().employee_id
        # sudo: the officer's name stands there as well
        officer = self.act.sudo().issued_by_id.employee_id
        worker = {
            "position": employee.job_id.name or "",
            "name": employee.name,
            "signed": "",
        }
        office = {
            "position": officer.job_id.name or "",
            "name": officer.name or self.act.issued_by_id.name or "",
            "signed": "",
        }
        is_handover = self.act.handover_type == "handover"
        given, taken = (office, worker) if is_handover else (worker, office)
        return [given | {"role": "Сдал"}, taken | {"role": "Принял"}]

    def _get_signature(self):
        act = self.act
        # sudo: the names stand on the act that may be read
        signer, employee = act.sudo().signed_by_id, act.sudo().employee_id
        if act.state != "done" or signer != employee.user_id:
            return False
        moment = act.company_id._callcenter_local(act.signed_on)
        return (
            f"Подтверждено работником в учётной системе {moment:%d.%m.%Y %H:%M}, "
            f"пользователь {signer.login}."
        )
