from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.imports import import_run
from .common import ImportCase

HEADER = "calldate;src;dst;duration;billsec;disposition;uniqueid"
RUSSIAN = "Дата и время;Номер абонента;Линия;Ожидание;Разговор;Отвечен"


@tagged("post_install", "-at_install")
class TestPbxImport(ImportCase):
    def load_journal(self, *lines, header=HEADER, **vals):
        vals = {"kind": "pbx", "filename": "cdr.csv"} | vals
        return self.load("\n".join([header, *lines]), **vals)

    def calls(self):
        return self.env["callcenter.pbx.call"].search([], order="started_at, id")

    def test_waiting_is_the_duration_without_the_conversation(self):
        client = self.env["res.partner"].create(
            {
                "name": "Caller",
                "phone": "+7 343 000-00-01",
                "country_id": self.env.ref("base.ru").id,
            }
        )
        record = self.load_journal(
            "2026-03-02 09:12:44;83430000001;100;95;80;ANSWERED;1.1",
            "2026-03-02 09:14:00;anonymous;100;31;0;NO ANSWER;1.2",
        )
        self.assertEqual((record.state, record.created_count), ("done", 2))
        answered, lost = self.calls()
        self.assertEqual((answered.wait_seconds, answered.talk_seconds), (15, 80))
        self.assertEqual(str(answered.started_at), "2026-03-02 04:12:44")
        self.assertEqual(answered.partner_id, client)
        self.assertTrue(answered.is_answered and answered.is_in_time)
        self.assertEqual((lost.wait_seconds, lost.is_answered), (31, False))
        self.assertFalse(lost.phone or lost.is_in_time)

    def test_a_journal_in_russian_words_is_read(self):
        self.load_journal(
            "02.03.2026 09:12;8 343 000 00 01;Поддержка;0:25;1:10;да",
            "02.03.2026 09:13;8 343 000 00 02;Поддержка;0:40;0;нет",
            header=RUSSIAN,
        )
        first, second = self.calls()
        self.assertEqual((first.wait_seconds, first.talk_seconds), (25, 70))
        self.assertEqual((first.is_answered, first.is_in_time), (True, False))
        self.assertEqual((second.wait_seconds, second.is_answered), (40, False))
        self.assertEqual(first.line, "Поддержка")

    def test_a_call_is_loaded_once_whatever_file_it_comes_in(self):
        line = "2026-03-02 09:12:44;83430000001;100;95;80;ANSWERED;1.1"
        self.load_journal(line)
        record = self.load_journal(line, line.replace("1.1", "1.2"))
        self.assertEqual((record.created_count, record.unchanged_count), (1, 1))
        nameless = "02.03.2026 09:12;8 343 000 00 01;A;0:25;1:10;да"
        for created in (1, 0):
            record = self.load_journal(nameless, nameless, header=RUSSIAN)
            self.assertEqual(record.created_count, created)
        self.assertEqual(len(self.calls()), 3)
        days = self.env["callcenter.service.day"].search([])
        self.assertEqual(sum(days.mapped("calls_offered")), 3)

    def test_every_word_of_a_lost_call_is_known(self):
        words = ("CONGESTION", "CHANUNAVAIL", "ABANDON", "EXITWITHTIMEOUT", "Сброшен")
        record = self.load_journal(
            *(
                f"2026-03-02 09:12:{n:02};83430000001;100;9;0;{word};1.{n}"
                for n, word in enumerate(words)
            )
        )
        self.assertEqual((record.created_count, record.error_count), (len(words), 0))
        self.assertEqual(set(self.calls().mapped("is_answered")), {False})

    def test_who_gave_up_in_the_queue_was_not_answered(self):
        self.load_journal(
            "2026-03-02 09:12:44;83430000001;600;40;38;ANSWERED;1.1;",
            "2026-03-02 09:13:44;83430000002;600;40;30;ANSWERED;1.2;SIP/101-01",
            header=f"{HEADER};dstchannel",
        )
        lost, answered = self.calls()
        self.assertEqual((lost.is_answered, lost.talk_seconds), (False, 0))
        self.assertEqual(lost.wait_seconds, 40)
        self.assertEqual((answered.is_answered, answered.wait_seconds), (True, 10))

    def test_the_legs_of_a_call_are_one_call_across_batches(self):
        legs = (
            "2026-03-02 09:12:00;83430000001;101;15;0;NO ANSWER;1.1",
            "2026-03-02 09:12:15;83430000001;102;15;0;BUSY;1.1",
            "2026-03-02 09:12:30;83430000001;103;95;85;ANSWERED;1.1",
        )
        for size in (1, 2, 500):
            for order in (legs, legs[::-1]):
                with (
                    self.subTest(size=size),
                    patch.object(import_run, "BATCH_ROWS", size),
                    self.env.cr.savepoint() as savepoint,
                ):
                    self.load_journal(*order)
                    (call,) = self.calls()
                    self.assertEqual(
                        (call.is_answered, call.wait_seconds, call.talk_seconds),
                        (True, 40, 85),
                    )
                    self.assertEqual(str(call.started_at), "2026-03-02 04:12:00")
                    self.assertFalse(call.is_in_time)
                    day = self.env["callcenter.service.day"].search([])
                    self.assertEqual((day.calls_offered, day.calls_answered), (1, 1))
                    savepoint.rollback()
                    self.env.invalidate_all()

    def test_each_bad_line_is_named_and_leaves_nothing(self):
        record = self.load_journal(
            "yesterday;83430000001;100;95;80;ANSWERED;1.1",
            "2026-03-02 09:12:44;83430000001;100;long;80;ANSWERED;1.2",
            "2026-03-02 09:12:44;83430000001;100;10;80;ANSWERED;1.3",
            "2026-03-02 09:12:44;83430000001;100;95;80;perhaps;1.4",
            "2126-03-02 09:12:44;83430000001;100;95;80;ANSWERED;1.5",
            "2026-03-02 25:12:44;83430000001;100;95;80;ANSWERED;1.6",
        )
        self.assertEqual((record.created_count, record.error_count), (0, 6))
        wanted = {
            2: "is no day and time",
            3: "is no length of time",
            4: "How long the caller waited",
            5: "does not say whether",
            6: "lies in the future",
            7: "is no day and time",
        }
        for line, words in wanted.items():
            self.assertIn(words, self.fault(record, line))
        self.assertFalse(self.calls())

    def test_only_supervisors_load_the_journal(self):
        for role in ("manager", "operator", "hr", "director"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.load_journal("2026-03-02 09:12:44;;1;9;8;ANSWERED;1", role=role)
        self.assertFalse(self.calls())
