from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..calling.common import CallingCase

SECOND = "+73430009991"


class DeskDayCase(CallingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        cls.colleague = cls.build_operator("Operator Two")
        cls.rules = cls.build_rules()
        cls.client = cls.build_client("Sports Shop")
        # Operators of this company sell by themselves.
        seller = {"lead_user_id": cls.operator.user_id.id}
        cls.campaign = cls.build_campaign(cls.client, **seller)

    def begin(self, employee=None):
        """The first client is on the line; the number of the claim."""
        employee = employee or self.operator
        claim = self.desk(employee).claim_next()["claim"]
        self.desk(employee).start_call(claim["id"])
        return claim["id"]


class TestDeskDay(DeskDayCase):
    """What lies before the operator, and each of it at hand."""

    def test_promises_stand_by_hour_the_most_urgent_first(self):
        other = self.build_client("Ski Club")
        campaign = self.build_campaign(other, name="Skis", priority="3")
        campaign.lead_user_id = self.operator.user_id
        self.call_through(self.operator, "interested")
        self.call_through(
            self.operator, "callback", callback_at="2026-03-02 08:00:00", personal=True
        )
        with self.at("2026-03-02 08:30:00"):
            day = self.desk(self.operator).get_day()
        self.assertEqual(
            [
                (one["client"], one["time"], one["is_overdue"])
                for one in day["promises"]
            ],
            [("Sports Shop", "13:00", True), ("Ski Club", "10:00", False)],
        )
        self.assertEqual(day["hours"], [{"hour": "13:00", "count": 1}])
        self.assertEqual(
            [one["label"] for one in day["plan"]], ["Attempts", "Contacts"]
        )
        self.assertEqual([one["fact"] for one in day["plan"]], [2, 2])
        self.assertEqual(day["letters"], {"count": 0, "late": 0, "action": False})

    def test_the_desk_says_until_when_the_client_may_be_called(self):
        self.client.write({"name": "Орлова Анна Ивановна", "is_company": False})
        hours = dict.fromkeys(("workday_from", "dayoff_from"), 9)
        hours |= dict.fromkeys(("workday_to", "dayoff_to"), 20)
        self.rules.version_ids.write(hours)
        with self.at("2026-03-02 08:00:00"):
            claim = self.desk(self.operator).claim_next()["claim"]
        self.assertEqual(claim["call_until"], "20:00")
        self.assertEqual(claim["partner"]["said_name"], "Анна Ивановна")

    def test_a_promise_opens_the_client(self):
        self.call_through(self.operator, "interested")
        followup = self.env["callcenter.followup"].search([])
        answer = self.desk(self.operator).open_promise(followup.id)
        self.assertEqual(answer["claim"]["partner"]["id"], self.client.id)
        self.assertEqual(answer["claim"]["campaign"]["id"], self.campaign.id)

    def test_a_colleagues_promise_is_closed(self):
        self.call_through(self.operator, "interested")
        followup = self.env["callcenter.followup"].search([])
        for method, args in (("open_promise", ()), ("settle_promise", ("Sent",))):
            with self.assertRaisesRegex(UserError, "somebody else keeps it"):
                getattr(self.desk(self.colleague), method)(followup.id, *args)
        self.assertEqual(followup.state, "open")

    def test_a_common_promise_becomes_his_who_opens_it(self):
        self.call_through(self.operator, "interested")
        followup = self.env["callcenter.followup"].search([])
        followup._assign(self.env["res.users"])
        [shown] = self.desk(self.colleague).get_day()["promises"]
        self.assertTrue(shown["is_common"])
        answer = self.desk(self.colleague).open_promise(followup.id)
        self.assertEqual(answer["claim"]["partner"]["id"], self.client.id)
        self.assertEqual(followup.user_id, self.colleague.user_id)

    def test_a_common_promise_whose_client_he_does_not_get_stays_common(self):
        self.call_through(self.operator, "interested")
        followup = self.env["callcenter.followup"].search([])
        followup._assign(self.env["res.users"])
        desk = self.desk(self.colleague)
        self.campaign._transition({"state": "paused"})
        self.assertFalse(desk.open_promise(followup.id)["claim"])
        self.assertFalse(followup.user_id)
        other = self.build_client("Ski Club")
        self.build_campaign(other, name="Skis")
        desk.claim_next()
        with self.assertRaises(UserError):
            desk.open_promise(followup.id)
        self.assertFalse(followup.user_id)

    def test_a_common_promise_tells_no_number_before_it_is_somebodys(self):
        self.call_through(self.operator, "interested")
        followup = self.env["callcenter.followup"].search([])
        [own] = self.desk(self.operator).get_day()["promises"]
        self.assertTrue(own["phone"])
        followup._assign(self.env["res.users"])
        [common] = self.desk(self.operator).get_day()["promises"]
        self.assertEqual((common["client"], common["phone"]), ("Sports Shop", ""))

    def test_who_is_not_cleared_sees_and_takes_no_common_promise(self):
        self.call_through(self.operator, "interested")
        followup = self.env["callcenter.followup"].search([])
        followup._assign(self.env["res.users"])
        newcomer = self.build_operator("Newcomer")
        self.assertTrue(self.desk(newcomer).get_day()["promises"])
        newcomer._transition({"callcenter_status": "candidate"})
        self.assertEqual(self.desk(newcomer).get_day()["promises"], [])
        for method, args in (("open_promise", ()), ("settle_promise", ("Sent",))):
            with self.assertRaisesRegex(UserError, "somebody else keeps it"):
                getattr(self.desk(newcomer), method)(followup.id, *args)
        self.assertEqual((followup.state, followup.user_id.ids), ("open", []))

    def test_a_promise_of_no_department_is_common_to_nobody(self):
        self.call_through(self.operator, "interested")
        followup = self.env["callcenter.followup"].search([])
        followup._assign(self.env["res.users"])
        followup._in_transition().department_id = False
        self.operator._in_transition().department_id = False
        with self.assertRaisesRegex(UserError, "somebody else keeps it"):
            self.desk(self.operator).settle_promise(followup.id, "Sent")
        self.assertEqual(followup.state, "open")

    def test_a_promise_kept_without_a_call_leaves_the_list(self):
        self.call_through(self.operator, "interested")
        followup = self.env["callcenter.followup"].search([])
        desk = self.desk(self.operator)
        with self.assertRaisesRegex(UserError, "Say what came of it"):
            desk.settle_promise(followup.id, " ")
        self.assertFalse(desk.settle_promise(followup.id, "Sent")["promises"])
        self.assertEqual((followup.state, followup.outcome), ("done", "Sent"))

    def test_the_result_says_what_it_leaves_to_be_done(self):
        saved = self.call_through(self.operator, "interested")["saved"]
        self.assertEqual(
            saved["next_step"], "Interested: on your list until 03.03, 10:00"
        )

    def test_two_thousand_promises_take_a_handful_of_queries(self):
        self.call_through(self.operator, "interested")
        self.env.cr.execute(
            """
            INSERT INTO callcenter_followup (kind, call_id, disposition_id, partner_id,
                company_id, user_id, department_id, deadline_at, state)
            SELECT kind, call_id, disposition_id, partner_id, company_id, user_id,
                   department_id, deadline_at + n * interval '1 second', state
              FROM callcenter_followup, generate_series(1, 2000) n
            """
        )
        desk = self.desk(self.operator)
        desk.get_day()
        desk = self.desk(self.operator)
        # What there is to learn is another addon's list.
        lessons = patch.object(type(desk), "_get_lessons", return_value=[])
        with lessons, self.assertQueryCount(20):
            self.assertEqual(len(desk.get_day()["promises"]), 50)


class TestOwnResults(DeskDayCase):
    """A slip is put right by who made it, until his sheet is handed in."""

    def test_the_last_results_are_his_own(self):
        self.call_through(self.operator, "no_answer")
        [card] = self.desk(self.operator).recent_calls()
        self.assertEqual((card["client"], card["result"]), ("Sports Shop", "No answer"))
        self.assertIn("refusal", [one["code"] for one in card["dispositions"]])
        self.assertFalse(self.desk(self.colleague).recent_calls())

    def test_a_slip_is_put_right_by_a_record(self):
        saved = self.call_through(self.operator, "no_answer")["saved"]
        wrong = self.env["callcenter.call"].browse(saved["call_id"])
        saved = self.desk(self.operator).correct_result(
            wrong.id, "informed", {"note": "He listened"}
        )["saved"]
        right = self.env["callcenter.call"].browse(saved["call_id"])
        self.assertEqual(right.correction_of_id, wrong)
        self.assertEqual(right.correction_user_id, self.operator.user_id)
        self.assertEqual(wrong.disposition_id.code, "no_answer")
        self.assertEqual(self.contact(self.campaign, self.client).state, "done")

    def test_a_handed_in_sheet_is_left_to_the_supervisor(self):
        saved = self.call_through(self.operator, "no_answer")["saved"]
        call = self.env["callcenter.call"].browse(saved["call_id"])
        call.sheet_id.with_user(self.operator.user_id).action_submit()
        desk = self.desk(self.operator)
        self.assertFalse(desk.recent_calls())
        with self.assertRaisesRegex(UserError, "ask your supervisor"):
            desk.correct_result(call.id, "informed", {})
        with self.assertRaises(UserError):
            call.with_user(self.operator.user_id).action_correct("informed", {}, "Me")
        self.assertFalse(call.correction_ids)

    def test_a_colleagues_result_is_closed(self):
        saved = self.call_through(self.operator, "no_answer")["saved"]
        with self.assertRaises(AccessError):
            self.desk(self.colleague).correct_result(saved["call_id"], "informed", {})

    def test_the_second_tabs_result_is_not_lost(self):
        claim_id = self.begin()
        desk = self.desk(self.operator)
        first = desk.finish_call(claim_id, "no_answer", {}, False)["saved"]
        again = desk.finish_call(claim_id, "no_answer", {}, False)["saved"]
        self.assertEqual(again, first)
        second = desk.finish_call(claim_id, "informed", {"note": "Yes"}, False)["saved"]
        self.assertEqual(second["call_id"], first["call_id"])
        self.assertTrue(second["differs"])
        self.assertIn("No answer", second["message"])


class TestDrafts(DeskDayCase):
    """What was typed survives the browser; a cut-off call ends at its last sign."""

    def test_a_draft_comes_back_with_the_client(self):
        claim_id = self.begin()
        self.assertTrue(self.desk(self.operator).save_draft(claim_id, {"note": "Two"}))
        self.assertTrue(self.desk(self.operator).save_draft(claim_id, {"note": "Ten"}))
        self.assertEqual(self.desk(self.operator).open_desk()["draft"], {"note": "Ten"})

    def test_nobody_writes_on_a_foreign_draft(self):
        claim_id = self.begin()
        self.desk(self.operator).save_draft(claim_id, {"note": "Mine"})
        self.assertFalse(self.desk(self.colleague).save_draft(claim_id, {"note": "No"}))
        self.assertEqual(
            self.desk(self.operator).open_desk()["draft"], {"note": "Mine"}
        )

    def test_a_draft_is_read_by_administrators_of_its_company_alone(self):
        claim = self.begin()
        self.desk(self.operator).save_draft(claim, {"note": "Rings in May"})
        elsewhere = self.env["res.company"].create({"name": "Another"})
        stranger = new_test_user(
            self.env,
            "cc_elsewhere",
            groups="base.group_user,callcenter_ops.group_manager",
            company_id=elsewhere.id,
            company_ids=[(6, 0, elsewhere.ids)],
        )
        drafts = self.env["callcenter.desk.draft"]
        self.assertFalse(drafts.with_user(stranger).search([]))
        self.assertTrue(self.as_("manager", drafts).search([]))
        for role in ("operator", "supervisor", "hr", "director"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.as_(role, drafts).search([])

    def test_a_draft_takes_no_signs_that_the_base_cannot_keep(self):
        claim_id = self.begin()
        desk = self.desk(self.operator)
        desk.save_draft(claim_id, {"note": "Mine"})
        for values in (
            {"note": "a\0b"},
            {"note": "\ud800"},
            {"amount": float("nan")},
            {"lines": [{"amount": float("inf")}]},
            {"a\0b": 1},
        ):
            with self.subTest(values), self.assertRaisesRegex(UserError, "be kept"):
                desk.save_draft(claim_id, values)
        self.assertEqual(desk.open_desk()["draft"], {"note": "Mine"})

    def test_a_draft_has_an_end(self):
        claim_id = self.begin()
        with self.assertRaisesRegex(UserError, "too long"):
            self.desk(self.operator).save_draft(claim_id, {"note": "x" * 30_000})

    def test_a_call_cut_off_keeps_its_note_and_ends_with_the_last_sign(self):
        claim_id = self.begin()
        with self.at("2026-03-02 05:02:00"):
            desk = self.desk(self.operator)
            desk.heartbeat()
            desk.save_draft(claim_id, {"note": "Wants skis", "dispositionId": 7})
        with self.at("2026-03-02 08:00:00"):
            self.env["callcenter.call.claim"]._get_dead()._sweep()
            self.env.flush_all()
            [card] = self.desk(self.operator).recent_calls()
        call = self.env["callcenter.call"].browse(card["id"])
        self.assertEqual((call.talk_seconds, call.note), (120, "Wants skis"))
        self.assertEqual(str(call.ended_at), "2026-03-02 05:02:00")
        self.assertTrue(card["is_cut_off"])
        self.assertEqual(card["values"], {"note": "Wants skis", "dispositionId": 7})
        with self.at("2026-03-02 08:01:00"):
            self.desk(self.operator).correct_result(call.id, "informed", {"note": "Ok"})
        self.env.invalidate_all()
        self.assertEqual((call.disposition_id.code, call.note), ("informed", "Ok"))
        self.assertFalse(call.correction_ids)


class TestClientAtTheDesk(DeskDayCase):
    def test_the_second_number_is_dialled(self):
        self.client.callcenter_other_phones = SECOND
        claim = self.desk(self.operator).claim_next()["claim"]
        self.assertEqual(claim["other_numbers"], [SECOND])
        first = claim["phone"]
        claim = self.desk(self.operator).choose_number(claim["id"], SECOND)["claim"]
        self.assertEqual((claim["phone"], claim["other_numbers"]), (SECOND, [first]))
        self.desk(self.operator).start_call(claim["id"])
        saved = self.desk(self.operator).finish_call(claim["id"], "informed", {}, False)
        call = self.env["callcenter.call"].browse(saved["saved"]["call_id"])
        self.assertEqual(call.phone, SECOND)

    def test_a_wrong_second_number_leaves_the_first_in_the_queue(self):
        self.client.callcenter_other_phones = SECOND
        claim = self.desk(self.operator).claim_next()["claim"]
        self.desk(self.operator).choose_number(claim["id"], SECOND)
        self.desk(self.operator).start_call(claim["id"])
        self.desk(self.operator).finish_call(claim["id"], "wrong_number", {}, False)
        contact = self.contact(self.campaign, self.client)
        self.assertEqual((contact.state, contact.phone), ("queued", claim["phone"]))
        self.assertFalse(self.client.callcenter_other_phones)

    def test_a_foreign_or_stopped_number_is_not_dialled(self):
        self.client.callcenter_other_phones = SECOND
        claim = self.desk(self.operator).claim_next()["claim"]
        desk = self.desk(self.operator)
        with self.assertRaisesRegex(UserError, "none of the client's numbers"):
            desk.choose_number(claim["id"], "+73430009998")
        self.env["callcenter.stop.entry"].create(
            {"phone": SECOND, "reason": "Asked", "company_id": self.company.id}
        )
        with self.assertRaisesRegex(UserError, "may not be called now"):
            desk.choose_number(claim["id"], SECOND)
        self.env.invalidate_all()
        self.assertEqual(desk.open_desk()["claim"]["phone"], claim["phone"])

    def test_a_number_an_address_and_a_person_are_noted(self):
        claim_id = self.begin()
        self.desk(self.operator).note_client(
            claim_id,
            {
                "phone": "8 (343) 000-99-91",
                "email": "Shop@Example.com",
                "person": "Ivanov Ivan",
                "function": "Buyer",
            },
        )
        self.assertEqual(self.client.callcenter_other_phones, SECOND)
        self.assertEqual(self.client.email, "shop@example.com")
        self.assertEqual(self.client.child_ids.name, "Ivanov Ivan")
        self.assertEqual(self.client.child_ids.function, "Buyer")

    def test_what_cannot_be_read_is_refused_and_nothing_is_noted(self):
        claim_id = self.begin()
        for values in ({}, {"phone": "12"}, {"email": "shop"}):
            with self.subTest(values=values), self.assertRaises(UserError):
                self.desk(self.operator).note_client(claim_id, values)
        self.assertFalse(self.client.callcenter_other_phones or self.client.email)

    def test_a_caller_with_a_hidden_number_is_registered_by_his_name(self):
        desk = self.desk(self.operator)
        with self.assertRaisesRegex(UserError, "Search for the caller"):
            desk.answer_call(client={"name": "Orlova Anna"})
        desk.search_clients("Orlova Anna", direction="in")
        claim = desk.answer_call(client={"name": "Orlova Anna"})["claim"]
        self.assertEqual(claim["partner"]["name"], "Orlova Anna")
        self.assertEqual((claim["phone"], claim["state"]), ("", "talk"))

    def test_the_card_holds_words_and_no_markup(self):
        self.client.comment = "<p>Call <b>after</b> lunch</p>"
        claim = self.desk(self.operator).claim_next()["claim"]
        self.assertEqual(claim["partner"]["comment"], "Call after lunch")

    def test_names_are_said_as_people_say_them(self):
        self.client.name = "Снегирёв Илья Олегович"
        anna = self.build_operator("Берестова Анна Алексеевна", self.users["operator"])
        self.campaign.script = (
            "<p>Меня зовут {{ operator_name }}. Я говорю с "
            "{{ client_name_instrumental }}? {{ client_name }}! "
            "{{ client_full_name }}</p>"
        )
        claim = self.desk(anna).claim_next()["claim"]
        self.assertEqual(
            claim["script"],
            "<p>Меня зовут Анна. Я говорю с Ильёй Олеговичем? Илья Олегович! "
            "Снегирёв Илья Олегович</p>",
        )


@tagged("post_install", "-at_install")
class TestPapersAndGoods(DeskDayCase):
    def test_his_documents_come_as_clauses(self):
        description = self.env["callcenter.job.description"].create(
            {
                "job_id": self.job.id,
                "section_ids": [
                    (
                        0,
                        0,
                        {"name": "Duties", "clause_ids": [(0, 0, {"text": "Calls"})]},
                    )
                ],
            }
        )
        description.with_user(self.users["director"]).action_approve()
        with self.at("2026-03-02 05:00:00"):
            documents = self.desk(self.operator).get_documents()
        clauses = [one for document in documents for one in document["clauses"]]
        self.assertIn({"number": "1.1", "heading": "Duties", "text": "Calls"}, clauses)

    def test_a_product_is_found_by_its_characteristics_and_shows_no_cost(self):
        colour = self.env["product.attribute"].create(
            {"name": "Colour", "value_ids": [(0, 0, {"name": "Scarlet"})]}
        )
        line = {
            "attribute_id": colour.id,
            "value_ids": [(6, 0, colour.value_ids.ids)],
        }
        bag = self.env["product.template"].create({"name": "Ski bag", "list_price": 9})
        ski = self.env["product.template"].create(
            {
                "name": "Ski",
                "list_price": 1500,
                "standard_price": 777,
                "description_sale": "Light",
                "callcenter_companion_ids": [(6, 0, bag.ids)],
                "attribute_line_ids": [(0, 0, line)],
            }
        )
        desk = self.desk(self.operator)
        self.assertFalse(desk.search_products("ski crimson"))
        [found] = desk.search_products("scarlet ski")
        self.assertEqual(found["id"], ski.product_variant_id.id)
        card = desk.get_product(found["id"])
        self.assertIn(["Colour", "Scarlet"], card["characteristics"])
        self.assertEqual((card["list_price"], card["talk"]), (1500, "Light"))
        self.assertEqual([one["name"] for one in card["companions"]], ["Ski bag"])
        self.assertNotIn("777", repr(card))
