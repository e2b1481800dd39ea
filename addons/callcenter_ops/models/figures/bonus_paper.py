from ...tools.common.date_words import date_in_digits
from ...tools.common.money_words import amount_in_digits
from ...tools.personnel.name_cases import short_name


class BonusPaper:
    """A bonus sheet on paper: Russian words fixed, not translated."""

    def __init__(self, sheet):
        """:param sheet: one ``callcenter.bonus.sheet`` that the user may read"""
        sheet.ensure_one()
        self.sheet = sheet

    def get_texts(self):
        """Everything that stands on the paper, as ready texts (a dict)."""
        sheet = self.sheet
        words = sheet._get_name_words()
        # sudo: whoever may read the sheet may read the names that stand on it
        names = sheet.sudo()
        return {
            "company": sheet.company_id.name,
            "employee": names.employee_id.name,
            "department": names.department_id.name or "",
            "month": f"{sheet.month:%m.%Y}",
            "scheme": names.scheme_id.name,
            "version": date_in_digits(names.version_id.date_from),
            "formula": sheet.formula or "",
            "figures": [
                [words.get(name, name), name, "—" if value is None else value]
                for name, value in (sheet.figures or {}).items()
            ],
            "steps": [list(step) for step in sheet.steps or ()],
            "amount": amount_in_digits(sheet.amount),
            "currency": sheet.currency_id.name,
            "director": short_name(names.confirmed_by_id.name or ""),
            "confirmed_on": self._get_day(),
        }

    def _get_day(self):
        sheet = self.sheet
        if not sheet.confirmed_on:
            return ""
        local = sheet.company_id._callcenter_local(sheet.confirmed_on)
        return date_in_digits(local.date())
