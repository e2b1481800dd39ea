from datetime import timedelta

from odoo import fields

from .common import Story

_DEBTORS = 8

_CALLER = "anna"
_WRITER = "boris"
# Result, values and share of the debt that is paid by now.
_RESULTS = (
    ("promise", {"share": 1, "days": 0}, 1),
    ("promise", {"share": 0.5, "days": 4}, 0),
    ("third_person", {}, 0),
    ("promise", {"share": 1, "days": 0}, 0),
    ("says_paid", {"note": "Говорит, что оплатил вчера, пришлёт платёжку."}, 0),
    ("no_answer", {}, 0),
)
_LETTERS = (
    ("Прайс на лыжи", "Пришлите, пожалуйста, прайс на беговые лыжи.", "email"),
    ("Гарантия на коньки", "Коньки сломались через неделю, что делать?", "email"),
    ("Заявка на мячи", "Просим выставить счёт на двадцать мячей.", "fax"),
)


class DebtsStory(Story):
    """The demo company's overdue invoices, what was promised, and its letters."""

    def tell(self):
        day = self._get_workdays(1)[0]
        with self._at(self._get_moment(day, 15)):
            debts = self._write_invoices(day)
            campaign = self._start_campaign(debts)
        moment = self._call_debtors(self._get_moment(day, 15, 5))
        with self._at(moment):
            campaign.action_pause()
            self._pay(day)
        with self._at(self._get_moment(day, 17)):
            self._receive_letters()
        self.env["callcenter.promise"].search([("state", "=", "open")])._settle()

    def _write_invoices(self, day):
        people = self.env["res.partner"].search(
            [
                ("is_company", "=", False),
                ("parent_id", "=", False),
                ("ref", "=like", "О-%"),
                ("phone_sanitized", "=like", "+73%"),
                ("state_id.federal_district", "=", "ural"),
            ],
            order="id desc",
            limit=_DEBTORS,
        )
        return self._as("sales", self.env["callcenter.debt"]).create(
            [
                {
                    "name": f"Счёт № {100 + number}",
                    "partner_id": client.id,
                    "amount": 3_500 + 1_750 * number,
                    "date_due": day - timedelta(days=12 + 3 * number),
                }
                for number, client in enumerate(people, 1)
            ]
        )

    def _start_campaign(self, debts):
        lines = self._as("sales", self.env["callcenter.phone.line"]).search([])
        campaign = self._as("sales", self.env["callcenter.campaign"]).create(
            {
                "name": "Просроченные счета",
                "purpose": "debt",
                "priority": "3",
                "partner_domain": repr([("id", "in", debts.partner_id.ids)]),
                "rule_set_id": self.env.ref("callcenter_ops.rule_set_debt").id,
                "line_ids": [(6, 0, lines.ids)],
            }
        )
        # A supervisor reads no personnel records: the loader chooses the operator.
        campaign.sudo().employee_ids = self._get_employee(_CALLER)
        campaign.action_load_contacts()
        campaign.action_start()
        return campaign

    def _call_debtors(self, moment):
        """A few calls through the operator's own desk; when they were over."""
        user = self._get_employee(_CALLER).user_id
        desk = self._in_hands(user, self.env["callcenter.desk"])
        for code, values, _paid in _RESULTS:
            with self._at(moment):
                claim = desk.claim_next()["claim"]
                if not claim or not claim["debt"]:
                    break
                desk.start_call(claim["id"])
            moment += timedelta(minutes=3)
            with self._at(moment):
                result = self._prepare_result(values, claim["debt"])
                desk.finish_call(claim["id"], code, result, claim_next=False)
        with self._at(moment):
            desk.set_state("offline")
            self._submit_sheet(user)
        return moment

    def _prepare_result(self, values, debt):
        if "share" not in values:
            return values
        day = self._get_today() + timedelta(days=values["days"])
        return {
            "promise_amount": debt["debt_total"] * values["share"],
            "promise_date": fields.Date.to_string(day),
        }

    def _pay(self, day):
        first = self.env["callcenter.promise"].search([], order="id", limit=1)
        if first:
            self._as("sales", self.env["callcenter.debt.payment"]).create(
                {
                    "debt_id": first.debt_id.id,
                    "name": "Платёжное поручение № 41",
                    "date": day,
                    "amount": first.amount,
                }
            )

    def _receive_letters(self):
        clients = self.env["res.partner"].search(
            [("email", "!=", False), ("ref", "=like", "О-%")], limit=len(_LETTERS)
        )
        letters = self.env["callcenter.enquiry"].create(
            [
                {
                    "received_at": fields.Datetime.now(),
                    "inbox_id": self.env.ref("callcenter_ops.inbox_main").id,
                    "name": subject,
                    "body": text,
                    "channel": channel,
                    "sender": client.email,
                    "email_from": client.email,
                    "partner_id": client.id,
                }
                for client, (subject, text, channel) in zip(
                    clients, _LETTERS, strict=True
                )
            ]
        )
        user = self._get_employee(_WRITER).user_id
        letters = self._in_hands(user, letters)
        letters.action_take_next()
        letters[0].action_answer("question_answered", {"note": "Прайс отправлен."})
        self._submit_sheet(user)
