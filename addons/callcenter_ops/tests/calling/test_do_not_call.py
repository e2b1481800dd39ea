"""Who said no is called by nobody, by whatever number, card or campaign."""

from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from odoo.exceptions import UserError

from ...models.imports.import_run import ImportRun
from ..imports.common import CLIENT_HEADER, ImportCase
from .common import MONDAY_10, CallingCase

NEW, SECOND = "+73510009999", "+73510009998"


class DoNotCallCase(CallingCase, ImportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        cls.rules = cls.build_rules()

    def hand_out(self):
        """The client whom the desk brings, if any."""
        claim = self.desk(self.operator).claim_next()["claim"]
        return claim and claim["partner"]["id"]

    def say_no(self, client):
        """The client asks his operator for no more calls."""
        campaign = self.build_campaign(client, name=f"No of {client.id}")
        self.call_through(self.operator, "do_not_call")
        return campaign

    def import_client(self, name, phone):
        record = self.read(f"{CLIENT_HEADER}\n{name};{phone};;;;")
        record.action_start()
        ImportRun(record).load_at_once()
        return self.find_client(name)


class TestDoNotCall(DoNotCallCase):
    def test_a_new_number_is_not_called_either(self):
        client = self.build_client("Shop")
        self.say_no(client)
        client.phone = NEW
        self.build_campaign(client, name="Another")
        self.assertFalse(self.hand_out())

    def test_a_number_that_he_comes_to_have_is_called_on_no_other_card(self):
        client = self.build_client("Shop")
        self.say_no(client)
        client.callcenter_other_phones = SECOND
        self.build_campaign(self.build_client("Same shop", phone=SECOND))
        self.assertFalse(self.hand_out())

    def test_his_second_number_on_another_card_is_not_called(self):
        client = self.build_client("Shop", callcenter_other_phones=SECOND)
        self.say_no(client)
        self.build_campaign(self.build_client("Same shop", phone=SECOND))
        self.assertFalse(self.hand_out())

    def test_a_number_stopped_by_hand_stops_whoever_has_it_as_his_second(self):
        entry = {"phone": SECOND, "reason": "Asked"}
        self.as_("supervisor", self.env["callcenter.stop.entry"]).create(entry)
        client = self.build_client("Shop", callcenter_other_phones=f"{NEW}, {SECOND}")
        self.build_campaign(client)
        self.assertFalse(self.hand_out())

    def test_a_client_without_a_number_is_stopped_before_he_has_one(self):
        client = self.build_client("Shop", phone=False)
        entry = {"partner_id": client.id, "reason": "Wrote so"}
        self.as_("supervisor", self.env["callcenter.stop.entry"]).create(entry)
        client.phone = NEW
        self.build_campaign(client)
        self.assertFalse(self.hand_out())

    def test_an_entry_of_nobody_is_refused(self):
        entries = self.as_("supervisor", self.env["callcenter.stop.entry"])
        with self.assertRaisesRegex(UserError, "no complete telephone number"):
            entries.create({"reason": "Asked"})

    def test_a_caller_of_a_hidden_number_is_stopped_by_those_of_his_card(self):
        client = self.build_client("Shop", callcenter_other_phones=SECOND)
        desk = self.desk(self.operator)
        desk.search_clients(client.phone, "in")
        claim = desk.answer_call(partner_id=client.id)["claim"]
        self.env["callcenter.call.claim"].browse(claim["id"]).phone = False
        self.desk(self.operator).finish_call(claim["id"], "do_not_call", {}, False)
        self.build_campaign(client)
        self.assertFalse(self.hand_out())

    def test_a_merge_binds_the_numbers_of_both_cards(self):
        client, twin = self.build_client("Shop"), self.build_client("Twin", phone=NEW)
        self.say_no(client)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((client + twin).ids, client, extra_checks=False)
        self.env.invalidate_all()
        self.build_campaign(client)
        self.build_campaign(self.build_client("Copy", phone=NEW), name="Copies")
        self.assertFalse(self.hand_out())

    def test_an_imported_card_with_his_number_is_not_called(self):
        client = self.build_client("Shop", callcenter_other_phones=SECOND)
        self.say_no(client)
        card = self.import_client("Imported", SECOND)
        self.assertTrue(card)
        self.build_campaign(card)
        self.assertFalse(self.hand_out())

    def test_who_says_no_while_another_looks_at_him_is_not_dialled(self):
        client = self.build_client("Shop")
        self.build_campaign(client)
        claim = self.desk(self.operator).claim_next()["claim"]
        entry = {"partner_id": client.id, "phone": NEW, "reason": "Asked"}
        self.env["callcenter.stop.entry"].create(entry)
        answer = self.desk(self.operator).start_call(claim["id"])
        self.assertFalse(answer["claim"])
        self.assertEqual(answer["reasons"][0]["code"], "stop_list")

    def test_a_no_to_one_campaign_leaves_the_others(self):
        client = self.build_client("Shop")
        stopped = self.build_campaign(client, name="Stopped")
        entry = {"partner_id": client.id, "phone": NEW, "reason": "Asked"}
        entry["campaign_id"] = stopped.id
        self.env["callcenter.stop.entry"].create(entry)
        self.assertFalse(self.hand_out())
        self.assertFalse(client.callcenter_stop_note)
        self.build_campaign(client, name="Open")
        self.assertEqual(self.hand_out(), client.id)

    def test_the_card_says_so_to_whoever_reads_it(self):
        client = self.build_client("Shop", phone=SECOND)
        self.say_no(client)
        twin = self.build_client("Twin", callcenter_other_phones=SECOND)
        for card in (client, twin):
            self.assertEqual(
                self.as_("supervisor", card).callcenter_stop_note,
                "Do not call: asked so on 03/02/2026.",
            )

    def test_the_desk_says_so_of_who_calls_himself(self):
        client = self.build_client("Shop")
        self.say_no(client)
        desk = self.desk(self.operator)
        desk.search_clients(client.phone, "in")
        claim = desk.answer_call(partner_id=client.id)["claim"]
        self.assertEqual(claim["stop_note"], "Do not call: asked so on 03/02/2026.")

    def test_who_takes_back_his_no_is_called_again_by_every_number(self):
        client = self.build_client("Shop", callcenter_other_phones=SECOND)
        entries = self.as_("supervisor", self.env["callcenter.stop.entry"])
        entry = entries.create({"partner_id": client.id, "reason": "Asked"})
        self.assertEqual(len(client.callcenter_stop_entry_ids), 3)
        self.env.flush_all()
        with self.at("2026-03-02 06:00:00"):
            entry.action_end()
            live = client.callcenter_stop_entry_ids.filtered_domain(
                entries._live_domain()
            )
            self.assertFalse(live)
            self.build_campaign(client)
            self.assertEqual(self.hand_out(), client.id)


class TestWhoeverSaidNo(DoNotCallCase):
    """Any sequence of steps, each of which may bring a person back by another door."""

    def test_is_neither_handed_out_nor_dialled(self):
        case = self

        class Machine(StopMachine):
            def __init__(self):
                super().__init__(case)

        run_state_machine_as_test(
            Machine,
            settings=settings(
                max_examples=15,
                stateful_step_count=12,
                deadline=None,
                derandomize=True,
                database=None,
                suppress_health_check=list(HealthCheck),
            ),
        )


PEOPLE = st.integers(0, 2)


class StopMachine(RuleBasedStateMachine):
    """Three persons with any number of cards and numbers, one desk, one supervisor."""

    def __init__(self, case):
        super().__init__()
        self.case, self.env = case, case.env
        self.savepoint = self.env.cr.savepoint()
        self.cards = [case.build_client(f"Person {one}") for one in range(3)]
        self.numbers = [{card.phone_sanitized} for card in self.cards]
        self.stopped, self.step = set(), 0
        self.clock = case.at(MONDAY_10)
        self.frozen = self.clock.__enter__()
        self._load()

    def teardown(self):
        self.clock.__exit__(None, None, None)
        self.savepoint.rollback()
        self.savepoint.close(rollback=True)
        self.env.invalidate_all()
        self.env.registry.clear_cache()

    def _new_number(self, person):
        self.step += 1
        number = f"+7351000{9000 + self.step}"
        self.numbers[person].add(number)
        return number

    def _load(self):
        """Every card is loaded into a campaign of its own."""
        self.step += 1
        everybody = self.env["res.partner"].concat(*self.cards)
        self.case.build_campaign(
            everybody, name=f"Campaign {self.step}", rule_set_id=self.case.rules.id
        )

    def _desk(self):
        self.frozen.tick(timedelta(hours=1))
        self.env.cr._now = self.frozen()
        return self.case.desk(self.case.operator)

    def _check(self, claim):
        numbers = set().union(*(self.numbers[one] for one in self.stopped), set())
        assert claim["phone"] not in numbers, claim["phone"]
        cards = [self.cards[one] for one in self.stopped]
        assert claim["partner"]["id"] not in [card.id for card in cards]

    @rule(result=st.sampled_from(["informed", "no_answer", "wrong_number"]))
    def the_next_client_is_called(self, result):
        self._call(result)

    @rule()
    def the_next_client_says_no(self):
        number = self._call("do_not_call")
        self.stopped |= {
            one for one, numbers in enumerate(self.numbers) if number in numbers
        }

    def _call(self, result):
        claim = self._desk().claim_next()["claim"]
        if not claim:
            return None
        self._check(claim)
        started = self.case.desk(self.case.operator).start_call(claim["id"])
        assert started["claim"]["state"] == "talk"
        desk = self.case.desk(self.case.operator)
        desk.finish_call(claim["id"], result, {}, claim_next=False)
        return claim["phone"]

    @rule(person=PEOPLE)
    def he_writes_that_he_wants_no_calls(self, person):
        entry = {"partner_id": self.cards[person].id, "reason": "Wrote so"}
        entries = self.case.as_("supervisor", self.env["callcenter.stop.entry"])
        entries.create(entry)
        self.stopped.add(person)

    @rule(person=PEOPLE)
    def he_gets_a_new_number(self, person):
        self.cards[person].phone = self._new_number(person)

    @rule(person=PEOPLE)
    def he_gets_a_second_number(self, person):
        self.cards[person].callcenter_other_phones = self._new_number(person)

    @rule(person=PEOPLE)
    def a_file_brings_another_card_with_his_number(self, person):
        """Whatever card the file makes of it, it is one more way to the person."""
        self.step += 1
        number = sorted(self.numbers[person])[-1]
        self.case.import_client(f"Import {self.step}", number)
        found = self.env["res.partner"].search([("phone_sanitized", "=", number)])
        self.cards += [card for card in found if card not in self.cards]
        self._load()

    @rule()
    def everybody_is_loaded_into_another_campaign(self):
        self._load()

    @rule(person=PEOPLE)
    def another_card_of_his_is_merged_into_his_own(self, person):
        twin = self.case.build_client("Twin", phone=self._new_number(person))
        card = self.cards[person]
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((card + twin).ids, card, extra_checks=False)
        self.env.invalidate_all()

    @rule(person=PEOPLE)
    def his_last_result_is_corrected(self, person):
        same = [("partner_id", "=", self.cards[person].id), ("is_in_force", "=", True)]
        call = self.env["callcenter.call"].search(same, limit=1)
        if call:
            right = self.env.ref("callcenter_ops.disposition_no_answer")
            self.case.as_("supervisor", call).action_correct(right.id, {}, "Slip")

    @rule()
    def the_next_client_gives_another_number_and_is_dialled_by_it(self):
        claim = self._desk().claim_next()["claim"]
        if not claim:
            return
        self._check(claim)
        person = next(n for n, own in enumerate(self.numbers) if claim["phone"] in own)
        number = self._new_number(person)
        desk = self.case.desk(self.case.operator)
        desk.note_client(claim["id"], {"phone": number})
        self._check(desk.choose_number(claim["id"], number)["claim"])
        desk.start_call(claim["id"])
        desk.finish_call(claim["id"], "no_answer", {}, claim_next=False)

    @rule()
    def the_operator_puts_his_own_last_result_right(self):
        last = self.case.desk(self.case.operator).recent_calls()
        if last:
            desk = self.case.desk(self.case.operator)
            desk.correct_result(last[0]["id"], "no_answer", {})

    @rule(person=PEOPLE)
    def an_operator_looks_for_him(self, person):
        desk = self._desk()
        card = self.cards[person]
        desk.search_clients(card.phone, "out")
        claim = desk.call_client(card.id)["claim"]
        if claim:
            self._check(claim)
            desk.release(claim["id"], "Only looked")

    @rule()
    def the_supervisor_calls_them_once_more(self):
        done = self.env["callcenter.disposition"].search([])
        for campaign in self.env["callcenter.campaign"].search([]):
            if campaign.state == "running":
                campaign._recycle(done, reset_attempts=True)
