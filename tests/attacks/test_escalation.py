"""Nobody comes to the rights of another: by mail, by his card, by signing up."""

from attacks.attack_case import AttackCase
from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

EVIL = "evil@attacker.example.com"
ALL_ROLES = ("operator", "supervisor", "hr", "director", "manager", "trainer")
MAIL = """From: The Director <director@own.example.com>
To: letters@own.example.com
Subject: Raise everybody's wage
Message-Id: <forged@own.example.com>

Signed and approved."""


@tagged("post_install", "-at_install")
class TestEscalation(AttackCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["director"].email = "director@own.example.com"
        cls.cards = {
            role: cls.build_employee(f"Card of {role}", user=cls.users[role])
            for role in ("director", "hr", "manager")
        }
        cls.worker = cls.build_operator(
            "Operator Two", work_email="two@own.example.com"
        )
        cls.worker.user_id.email = "two@own.example.com"

    @mute_logger("odoo.sql_db")
    def try_as(self, role, record, method, *args, **context):
        """One call as RPC makes it; whether it was let through."""
        self.env.flush_all()
        self.env.invalidate_all()
        model = record.browse().with_user(self.users[role])
        ids = [] if method in ("create", "load") else [record.ids]
        try:
            with self.env.cr.savepoint():
                result = call_kw(model, method, [*ids, *args], {"context": context})
                self.env.flush_all()
        except (UserError, IntegrityError):
            return False
        finally:
            self.env.invalidate_all()
        return result if method == "load" else True

    # -- mail --

    def test_no_role_hands_in_a_mail_or_one_of_its_steps(self):
        before = self.env["mail.message"].search_count([])
        for role in (*ALL_ROLES, "outsider"):
            self.sign_in(role)
            for model in ("mail.thread", "callcenter.enquiry", "crm.lead"):
                for method, args in (
                    ("message_process", [model, MAIL]),
                    ("message_process", [False, MAIL]),
                    ("message_route", [MAIL, {}]),
                    ("message_parse", [MAIL]),
                    ("message_new", [{"subject": "x", "from": "director@x"}]),
                    ("message_update", [[1], {"subject": "x"}]),
                ):
                    with self.subTest(role=role, model=model, method=method):
                        self.assert_refused(self.call(model, method, *args))
        self.assertEqual(self.env["mail.message"].search_count([]), before)

    def test_the_mail_gateway_hands_in_mail(self):
        gateway = new_test_user(
            self.env,
            "cc_gateway",
            groups="base.group_user,callcenter_ops.group_mail_gateway",
        )
        threads = self.env["mail.thread"].with_user(gateway)
        try:
            threads.message_process(False, MAIL)
        except AccessError:
            self.fail("the gateway was refused")
        except ValueError as error:  # no route for this address: the mail was read
            self.assertIn("No possible route", str(error))

    # -- signing up and in --

    def test_installation_closes_the_sign_up_and_asks_for_long_passwords(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("auth_signup.invitation_scope", "b2c")
        parameters._close_callcenter_sign_up()
        scope = parameters.get_param("auth_signup.invitation_scope")
        self.assertEqual(scope, "b2b")
        self.authenticate(None, None)
        page = self.url_open("/web/signup")
        self.assertEqual(page.status_code, 404)
        for password, accepted in (("eleven-char", False), ("twelve-chars", True)):
            with self.subTest(password=password):
                user = self.users["operator"]
                refused = False
                try:
                    with self.env.cr.savepoint():
                        user.password = password
                except UserError:
                    refused = True
                self.assertEqual(not refused, accepted)

    def test_no_role_gets_a_token_of_a_client_or_a_colleague(self):
        client = self.build_client("Sports Shop", email="shop@client.example.com")
        self.env["ir.config_parameter"].set_param("auth_signup.invitation_scope", "b2c")
        partners = (client, self.users["director"].partner_id)
        kinds = {partner: partner.signup_type for partner in partners}
        for role in ALL_ROLES:
            self.sign_in(role)
            for partner in partners:
                for method in (
                    "signup_get_auth_param",
                    "signup_prepare",
                    "action_signup_prepare",
                    "signup_cancel",
                ):
                    with self.subTest(role=role, method=method, partner=partner.name):
                        answer = self.call("res.partner", method, partner.ids)
                        self.assert_refused(answer, "token")
                        self.assertEqual(partner.signup_type, kinds[partner])
            with self.subTest(role=role):
                shown = client.with_user(self.users[role])
                self.assertFalse(shown.signup_get_auth_param()[client.id])

    def test_a_role_may_ask_for_a_second_factor(self):
        user = self.users["director"]
        self.assertFalse(user._mfa_type())
        director = self.env.ref("callcenter_ops.group_director")
        director.callcenter_second_factor = True
        self.assertEqual(user._mfa_type(), "totp_mail")
        self.assertTrue(user._rpc_api_keys_only())
        self.assertFalse(self.users["hr"]._mfa_type())
        answer = self.ask(
            "/web/session/authenticate",
            db=self.env.cr.dbname,
            login=user.login,
            password=user.login,
        )
        self.assertFalse((answer.result or {}).get("uid"), answer.text[:300])

    def test_no_role_below_the_administrator_lifts_the_second_factor(self):
        director = self.env.ref("callcenter_ops.group_director")
        director.callcenter_second_factor = True
        for role in ALL_ROLES:
            with self.subTest(role=role):
                vals = {"callcenter_second_factor": False}
                self.assertFalse(self.try_as(role, director, "write", vals))

    # -- the card of somebody with more rights --

    def test_hr_changes_nothing_that_leads_into_an_account_above_his(self):
        card, before = self.cards["director"], self._see(self.cards["director"])
        other = self.build_client("Attacker", email=EVIL)
        for vals in (
            {"work_email": EVIL},
            {"work_email": False},
            {"work_contact_id": other.id},
            {"work_contact_id": str(other.id)},
            {"user_id": self.users["hr"].id},
            {"user_id": False},
            {"mobile_phone": "+7 343 000 66 66"},
            {"work_phone": "+7 343 000 66 66"},
            {"private_email": EVIL},
            {"private_phone": "+7 343 000 66 66"},
            {"pin": "6666"},
            {"resource_id": self.cards["hr"].resource_id.id},
        ):
            with self.subTest(vals=vals):
                self.assertFalse(self.try_as("hr", card, "write", vals))
                self.assertEqual(self._see(card), before)

    def test_no_way_round_the_card_leads_there_either(self):
        director, card = self.users["director"], self.cards["director"]
        partner, before = director.partner_id, self._see(card)
        mine = self.cards["hr"]
        for record, method, args in (
            (partner, "write", [{"email": EVIL}]),
            (partner, "write", [{"phone": "+7 343 000 66 66"}]),
            (
                partner.parent_id or partner,
                "write",
                [{"child_ids": [(1, partner.id, {"email": EVIL})]}],
            ),
            (director, "write", [{"email": EVIL}]),
            (director, "write", [{"password": "x" * 12}]),
            (director, "write", [{"partner_id": mine.work_contact_id.id}]),
            (director, "action_reset_password", []),
            (card.resource_id, "write", [{"user_id": self.users["hr"].id}]),
            (card.version_id, "write", [{"employee_id": mine.id}]),
            (mine, "write", [{"work_contact_id": partner.id, "work_email": EVIL}]),
            (
                mine.department_id or self.department,
                "write",
                [{"member_ids": [(1, card.id, {"work_email": EVIL})]}],
            ),
            (mine, "write", [{"child_ids": [(1, card.id, {"work_email": EVIL})]}]),
            (mine, "create", [{"name": "New", "user_id": director.id}]),
            (
                mine,
                "create",
                [{"name": "New", "work_contact_id": partner.id, "work_email": EVIL}],
            ),
            (mine, "create", [{"name": "New", "resource_id": card.resource_id.id}]),
        ):
            for role in ("hr", "supervisor", "operator", "trainer"):
                with self.subTest(role=role, model=record._name, args=args):
                    self.try_as(role, record, method, *args)
                    self.assertEqual(self._see(card), before)
                    self.assertEqual(director.email, "director@own.example.com")
                    self.assertEqual(director.employee_ids, card)

    def test_an_import_changes_no_such_card(self):
        card, before = self.cards["director"], self._see(self.cards["director"])
        for names, row in (
            ([".id", "work_email"], [str(card.id), EVIL]),
            ([".id", "user_id/.id"], [str(card.id), str(self.users["hr"].id)]),
            (["name", "user_id/.id"], ["New", str(self.users["director"].id)]),
        ):
            result = self.try_as("hr", card, "load", names, [row])
            self.assertFalse(result and result["ids"])
            self.assertEqual(self._see(card), before)

    def test_hr_takes_no_operators_account_by_his_address(self):
        self.assertFalse(self.try_as("hr", self.worker, "write", {"work_email": EVIL}))
        self.assertEqual(self.worker.user_id.email, "two@own.example.com")

    def ask_for_address(self, card):
        requests = self.env["callcenter.address.request"].with_user(self.users["hr"])
        request = requests.create({"employee_id": card.id, "address": EVIL})
        self.env.flush_all()
        return request.sudo()

    def test_hr_asks_for_an_address_and_takes_no_account_by_it(self):
        """Neither the one who asked nor another of HR, by no way into the request."""
        other = new_test_user(
            self.env, "cc_hr_two", groups="base.group_user,callcenter_ops.group_hr"
        )
        self.users["other_hr"] = other
        for card in (self.worker, self.cards["director"]):
            request, before = self.ask_for_address(card), self._see(card)
            for role in ("hr", "other_hr", "supervisor", "trainer"):
                for method, args in (
                    ("action_confirm", []),
                    ("write", [{"state": "confirmed"}]),
                    ("write", [{"employee_id": self.cards["hr"].id}]),
                    ("write", [{"address": "other@evil.example.com"}]),
                    ("write", [{"decided_by_id": card.user_id.id}]),
                    ("unlink", []),
                ):
                    with self.subTest(card=card.name, role=role, method=method):
                        self.assertFalse(self.try_as(role, request, method, *args))
                        self.assertEqual(self._see(card), before)
            self.assertEqual((request.state, request.address), ("asked", EVIL))

    def test_nobody_but_hr_asks_and_nobody_makes_a_request_that_is_done(self):
        vals = {"employee_id": self.worker.id, "address": EVIL}
        requests = self.env["callcenter.address.request"]
        for role in ("operator", "supervisor", "trainer", "outsider"):
            with self.subTest(role=role):
                self.assertFalse(self.try_as(role, requests, "create", vals))
        done = vals | {"state": "confirmed"}
        self.assertFalse(self.try_as("hr", requests, "create", done))
        self.assertEqual(self.worker.user_id.email, "two@own.example.com")

    def test_the_person_is_asked_for_his_address_in_his_own_language(self):
        self.worker.user_id.lang = "ru_RU"
        request = self.ask_for_address(self.worker)
        self.assertEqual(
            request.activity_ids.summary, "Подтвердите новый рабочий адрес"
        )

    def test_the_person_confirms_his_new_address(self):
        user = self.worker.user_id
        request = self.ask_for_address(self.worker)
        self.assertEqual(request.activity_ids.user_id, user)
        self.users["person"] = user
        self.assertTrue(self.try_as("person", request, "action_confirm"))
        self.assertEqual((user.email, self.worker.work_email), (EVIL, EVIL))
        self.assertEqual((request.state, request.decided_by_id), ("confirmed", user))
        self.assertFalse(request.activity_ids)

    def test_an_administrator_confirms_and_whoever_asked_takes_it_back(self):
        self.users["keeper"] = new_test_user(
            self.env,
            "cc_keeper",
            groups="base.group_erp_manager,callcenter_ops.group_manager",
        )
        request = self.ask_for_address(self.worker)
        self.assertTrue(self.try_as("hr", request, "action_refuse"))
        self.assertEqual(self.worker.user_id.email, "two@own.example.com")
        request = self.ask_for_address(self.worker)
        self.assertTrue(self.try_as("keeper", request, "action_confirm"))
        self.assertEqual(self.worker.user_id.email, EVIL)

    def test_hr_keeps_the_rest_of_the_cards(self):
        newcomer = self.build_employee("Newcomer", work_email="new@own.example.com")
        for card, vals in (
            (newcomer, {"work_email": "newer@own.example.com", "pin": "1234"}),
            (self.worker, {"mobile_phone": "+7 343 000 00 01"}),
            (self.worker, {"private_phone": "+7 343 000 00 02"}),
            (self.cards["director"], {"private_street": "Lenina 1"}),
            (self.cards["hr"], {"work_email": "hr@own.example.com"}),
        ):
            with self.subTest(card=card.name, vals=vals):
                self.assertTrue(self.try_as("hr", card, "write", vals))
                self.assertEqual({name: card[name] for name in vals}, vals)

    def test_everybody_changes_his_own_address(self):
        director = self.users["director"]
        mail = "chief@own.example.com"
        self.assertTrue(self.try_as("director", director, "write", {"email": mail}))
        self.assertEqual(director.email, mail)

    def test_an_administrator_changes_any_card(self):
        keeper = new_test_user(
            self.env,
            "cc_keeper",
            groups="base.group_user,base.group_erp_manager,hr.group_hr_manager",
        )
        card = self.cards["director"].with_user(keeper)
        card.write({"work_email": "chief@own.example.com"})
        self.assertEqual(self.users["director"].email, "chief@own.example.com")

    # -- whose card it is --

    def test_hr_links_no_card_with_an_account(self):
        newcomer = self.build_employee("Newcomer")
        free = new_test_user(self.env, "cc_free_user", groups="base.group_user")
        for card, vals in (
            (self.worker, {"user_id": False}),
            (self.worker, {"user_id": self.users["hr"].id}),
            (newcomer, {"user_id": free.id}),
            (newcomer, {"user_id": self.worker.user_id.id}),
        ):
            before = card.user_id
            with self.subTest(card=card.name, vals=vals):
                self.assertFalse(self.try_as("hr", card, "write", vals))
                self.assertEqual(card.user_id, before)
        made = self.try_as("hr", newcomer, "create", {"name": "N", "user_id": free.id})
        self.assertFalse(made)

    def test_a_new_link_stands_on_the_card(self):
        free = new_test_user(self.env, "cc_free_user", groups="base.group_user")
        self.worker.user_id = free
        [note] = self.worker.message_ids.filtered(lambda m: "cc_free_user" in m.body)
        self.assertIn("operator_two → cc_free_user", note.body)

    def test_a_new_link_ends_the_quiz_that_is_open(self):
        if "callcenter.quiz.attempt" not in self.env:
            self.skipTest("without training")
        ended = []
        model = type(self.env["callcenter.quiz.attempt"])
        self.patch(model, "_close", lambda attempt: ended.append(attempt.id))
        self.patch(model, "search", lambda attempts, *args, **kw: attempts.browse(7))
        self.worker.user_id = False
        self.assertEqual(ended, [7])

    def _see(self, card):
        self.env.invalidate_all()
        return card.sudo().read(
            [
                "user_id",
                "resource_id",
                "work_contact_id",
                "work_email",
                "work_phone",
                "mobile_phone",
                "private_email",
                "private_phone",
                "pin",
            ]
        )
