import re
from datetime import date
from pathlib import Path
from unittest.mock import patch

import polib
from odoo.addons import callcenter_ops
from odoo.tests import new_test_user, tagged
from odoo.tools import html2plaintext, mute_logger

from ...models.figures import phone_line
from ..calling.common import CallingCase
from ..cases import GROUPS
from ..personnel.common import PersonnelCase
from ..position.common import PositionCase

_CATALOGUE = Path(callcenter_ops.__file__).parent / "i18n/ru.po"
_PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[\d.]*[sdf]|%%")
_KEPT = {
    "mail.message": ("subject", "body"),
    "mail.activity": ("summary", "note"),
    "mail.mail": ("subject", "body_html"),
    "callcenter.trail": ("text",),
    "callcenter.personnel.order": ("execution_error", "basis"),
    "callcenter.order.handover": ("what", "to_whom"),
}
_RULE_DAY, _DAY_AFTER = "2026-03-09 03:00:00", "2026-03-16 03:00:00"


def get_own_words():
    """The longest unbroken part of every text of ours that is translated."""
    for entry in polib.pofile(str(_CATALOGUE)):
        words = max(_PLACEHOLDER.split(entry.msgid), key=len).strip(" .,:;")
        if entry.msgstr and re.search(r"[A-Za-z]{4}", words):
            yield words


def is_in(words, text):
    """Whether a text has these words; a single one has to be the whole of it."""
    return words in text if " " in words else words == text.strip(" .")


@tagged("post_install", "-at_install")
class TestKeptWords(CallingCase, PersonnelCase, PositionCase):
    """Jobs run as the superuser, in English; all who read what they keep are Russian.

    So are all who are at work here, though their sessions speak English.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("ru_RU")
        cls.env["ir.default"].set("res.partner", "lang", "ru_RU")
        cls.company.name = "Ромашка"
        cls.company.partner_id.lang = "ru_RU"
        cls.department.name, cls.job.name = "Отдел звонков", "Оператор"
        cls.supervisor.name = "Орлов"
        for user in cls.users.values():
            user.write({"lang": "ru_RU", "email": f"{user.login}@olsport.example"})
        cls.operator, cls.leaver, cls.deputy = (
            cls.build_russian(name) for name in ("Один", "Два", "Три")
        )
        cls.clients = cls.build_client("Вьюга") | cls.build_client("Метель")
        cls.rules = cls.build_rules()

    @classmethod
    def build_russian(cls, name):
        login = f"operator_{len(name)}_{name}"
        user = new_test_user(
            cls.env, login, groups=GROUPS["operator"], tz="UTC", lang="ru_RU"
        )
        return cls.build_operator(name, user=user)

    def prepare(self):
        """A working day that leaves every job something to tell."""
        self.prepare_calls()
        self.prepare_orders()
        self.approve(self.build_description())
        package = self.env["callcenter.phone.package"].create(
            {
                "name": "Урал",
                "monthly_fee": 6700,
                "included_minutes": 100,
                "user_id": self.users["hr"].id,
            }
        )
        self.env["callcenter.phone.line"].create(
            {"name": "Линия", "package_id": package.id}
        )

    def prepare_calls(self):
        campaign = self.build_campaign(
            self.clients, name="Весна", lead_user_id=self.operator.user_id.id
        )
        self.as_("supervisor", self.env["callcenter.recycle.rule"]).create(
            {
                "campaign_id": campaign.id,
                "disposition_ids": [
                    (6, 0, self.env.ref("callcenter_ops.disposition_informed").ids)
                ],
                "date_from": "2026-03-01",
                "after_hours": 48,
            }
        )
        self.call_through(self.operator, "interested", note="Ждёт")
        self.call_through(self.leaver, "informed")

    def prepare_orders(self):
        self.stand_in(self.deputy, self.supervisor, date(2026, 3, 9), date(2026, 3, 15))
        self.sign(self.build_dismissal(self.leaver, date_effective=date(2026, 3, 6)))
        end = {"date_end": date(2026, 3, 31), "contract_number": "15"}
        self.sign(self.build_order(**end))
        failing = self.build_employee("Зимина Анна", work_email="zima@example.com")
        self.sign(self.build_order(failing, date_effective=date(2026, 3, 9)))
        failing._transition({"callcenter_status": "appointed"})

    @mute_logger("odoo.addons.callcenter_ops.models.personnel.personnel_order")
    def run_all_jobs(self, moment):
        jobs = self.env["ir.model.data"].search(
            [("model", "=", "ir.cron"), ("module", "=like", "callcenter%")]
        )
        with (
            self.at(moment),
            self.enter_registry_test_mode(),
            patch.object(phone_line, "WARNING_PERCENT", 0),
        ):
            for cron in self.env["ir.cron"].browse(jobs.mapped("res_id")):
                cron.with_context(lang="en_US").method_direct_trigger()
        self.env.invalidate_all()

    def get_last_ids(self):
        return {
            name: self.env[name].search([], order="id desc", limit=1).id
            for name in _KEPT
        }

    def get_texts_since(self, last):
        """``{(model, field, text)}`` of everything that was kept since."""
        return {
            (name, field, html2plaintext(text))
            for name, fields in _KEPT.items()
            for record in self.env[name].sudo().search([("id", ">", last[name] or 0)])
            for field in fields
            if (text := record[field])
        }

    def test_nothing_that_is_kept_speaks_another_language_than_its_reader(self):
        last = self.get_last_ids()
        self.prepare()
        self.run_all_jobs(_RULE_DAY)
        self.run_all_jobs(_DAY_AFTER)
        texts = self.get_texts_since(last)
        own = sorted(set(get_own_words()), key=len)
        english = {
            (*one, words) for one in texts for words in own if is_in(words, one[-1])
        }
        self.assertFalse(english)
        told = "\n".join(text for _model, _field, text in texts)
        for words in (
            "Приказ не удалось исполнить",
            "Обещания клиентам просрочены",
            "минут",
        ):
            self.assertIn(words, told)
