from odoo.exceptions import UserError

from ..calling.common import CallingCase


class TestCallback(CallingCase):
    """Call-backs offered at the desk are those that the server accepts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        cls.colleague = cls.build_operator("Operator Two")
        cls.client = cls.build_client()

    def offered(self, moment, **vals):
        """Labels and times offered to the operator who holds the client then."""
        self.build_campaign(self.client, **vals)
        claim_id = self.desk(self.operator).claim_next()["claim"]["id"]
        with self.at(moment):
            choices = self.desk(self.operator).callback_choices(claim_id)
        return [(choice["label"], choice["at"]) for choice in choices]

    def test_moments_inside_the_window_are_offered_as_people_say_them(self):
        self.assertEqual(
            self.offered("2026-03-02 05:00:30"),
            [
                ("In 1 hour", "2026-03-02 06:00:00"),
                ("In 3 hours", "2026-03-02 08:00:00"),
                ("Tomorrow 10:00", "2026-03-03 05:00:00"),
                # Monday the 9th is a day off, as the government moved it.
                ("In a week 10:00", "2026-03-09 05:00:00"),
            ],
        )

    def test_a_moment_outside_is_moved_to_the_next_opening_and_told_once(self):
        # Friday, 19:30 of the client: both soon ones fall on Saturday's opening.
        self.assertEqual(
            self.offered("2026-03-06 14:30:00"),
            [
                ("07.03 10:00", "2026-03-07 05:00:00"),
                ("In a week 10:00", "2026-03-13 05:00:00"),
            ],
        )

    def test_times_are_those_of_the_clients_clock(self):
        self.client.write({"callcenter_tz": "Asia/Vladivostok"})
        offered = dict(self.offered("2026-03-02 05:00:00"))
        self.assertEqual(offered["Tomorrow 10:00"], "2026-03-03 00:00:00")

    def test_each_choice_can_be_agreed(self):
        self.build_campaign(self.client)
        claim_id = self.desk(self.operator).claim_next()["claim"]["id"]
        self.desk(self.operator).start_call(claim_id)
        for choice in self.desk(self.operator).callback_choices(claim_id):
            with self.subTest(choice["label"]), self.env.cr.savepoint() as undo:
                done = self.desk(self.operator).finish_call(
                    claim_id, "callback", {"callback_at": choice["at"]}, False
                )
                self.assertTrue(done["saved"]["call_id"])
                undo.rollback()
                self.env.invalidate_all()

    def test_nothing_is_told_of_a_colleagues_client(self):
        self.build_campaign(self.client)
        claim_id = self.desk(self.operator).claim_next()["claim"]["id"]
        self.assertEqual(self.desk(self.colleague).callback_choices(claim_id), [])
        with self.assertRaises(UserError):
            self.desk(self.operator).callback_choices("1 or 1")
