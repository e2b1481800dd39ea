from odoo.exceptions import AccessError, UserError

from ..calling.common import CallingCase


class TestLookBudget(CallingCase):
    """Letters are no way around the limit of searches."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        cls.inbox = cls.env.ref("callcenter_ops.inbox_main")
        cls.client = cls.build_client("Sports Shop")
        cls.letters = cls.env["callcenter.enquiry"]
        cls.company.callcenter_search_hour = 2

    def own(self, model, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env[model].with_user(user or self.operator.user_id)

    def register(self, number=None, user=None):
        values = {"inbox_id": self.inbox.id, "channel": "fax", "name": "Prices"}
        wizards = self.own("callcenter.enquiry.register", user)
        wizard = wizards.create(values | {"sender": number or self.client.phone})
        wizard.action_register()
        return wizard

    def take(self):
        action = self.own("callcenter.enquiry").action_take_next()
        return self.own("callcenter.enquiry").browse(action.get("res_id", []))

    def assert_spent(self, action):
        spent = self.assertRaisesRegex(UserError, "too many clients")
        with spent, self.env.cr.savepoint():
            action()

    def looks(self):
        self.env.invalidate_all()
        return self.env["callcenter.client.search"].search([], order="id")

    def test_each_registered_letter_is_a_logged_look_up(self):
        self.register()
        look = self.looks()
        self.assertEqual(
            (look.user_id, look.direction, look.kind, look.query, look.outcome),
            (self.operator.user_id, "letter", "sender", self.client.phone, "found"),
        )
        self.assertEqual(look.partner_ids, self.client)

    def test_the_third_letter_of_the_hour_is_not_registered(self):
        self.register()
        self.register("+73430009999")
        self.assert_spent(self.register)
        self.assertEqual(self.letters.search_count([("name", "=", "Prices")]), 2)
        with self.at("2026-03-02 06:00:01"):
            self.register()
        self.assertEqual(self.letters.search_count([("name", "=", "Prices")]), 3)

    def test_searches_by_hand_and_letters_share_one_limit(self):
        self.desk(self.operator).search_clients("Nobody", "out")
        self.desk(self.operator).search_clients("Nobody", "in")
        self.assert_spent(self.register)
        answer = self.desk(self.operator).search_clients(self.client.name, "in")
        self.assertEqual(answer["found"], [])

    def test_a_letter_put_back_counts_and_the_next_is_not_taken(self):
        for _time in range(3):
            self.register(user=self.users["supervisor"])
        for _time in range(2):
            self.take().action_put_back()
        self.assertEqual(self.looks().partner_ids, self.client)
        self.assert_spent(self.take)
        self.assertFalse(self.letters.search([("state", "=", "taken")]))
        with self.at("2026-03-02 06:00:01"):
            self.assertEqual(self.take().state, "taken")

    def test_letters_that_are_answered_are_work_and_count_for_nothing(self):
        for _time in range(3):
            self.register(user=self.users["supervisor"])
        for _time in range(3):
            self.take().action_answer("question_answered", {})
        self.assertEqual(len(self.looks()), 0)

    def test_who_sees_the_base_registers_without_a_limit(self):
        for _time in range(3):
            self.register(user=self.users["supervisor"])
        self.assertEqual(len(self.looks()), 0)

    def test_a_letter_is_received_when_it_is_registered(self):
        self.assertNotIn("received_at", self.env["callcenter.enquiry.register"]._fields)
        self.register()
        letter = self.letters.search([("name", "=", "Prices")])
        self.assertEqual(str(letter.received_at), "2026-03-02 05:00:00")

    def test_nobody_reads_what_another_registers(self):
        wizard = self.register()
        with self.assertRaises(AccessError):
            wizard.with_user(self.users["supervisor"]).read(["sender"])
