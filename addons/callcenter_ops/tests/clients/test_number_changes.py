from ..calling.common import CallingCase

NEW = "+73510009999"


class TestNumberChanges(CallingCase):
    """A client is called by the number that he has today, or not at all."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        cls.client = cls.build_client("Shop")
        cls.campaign = cls.build_campaign(cls.client)

    def reason(self, client=None):
        contact = self.contact(self.campaign, client or self.client)
        return contact.state, contact.exclusion_reason

    def test_a_corrected_number_is_the_one_called_by_its_own_clock(self):
        self.as_("supervisor", self.client).phone = "8 (351) 000-99-99"
        contact = self.contact(self.campaign, self.client)
        self.assertEqual((contact.phone, contact.state_id.code), (NEW, "CHE"))
        claim = self.desk(self.operator).claim_next()["claim"]
        self.assertEqual(claim["phone"], NEW)

    def test_the_attempts_and_the_agreed_time_stay(self):
        self.call_through(
            self.operator, "callback", callback_at="2026-03-04 06:00:00", personal=True
        )
        self.client.phone = NEW
        contact = self.contact(self.campaign, self.client)
        self.assertEqual(
            (contact.phone, contact.attempt_count, contact.reserved_employee_id),
            (NEW, 1, self.operator),
        )
        self.assertEqual(str(contact.next_call_at), "2026-03-04 06:00:00")

    def test_a_number_found_bad_is_called_by_no_other_campaign(self):
        second = self.build_campaign(self.client, name="Second")
        self.call_through(self.operator, "wrong_number")
        held = self.contact(self.campaign, self.client)
        held += self.contact(second, self.client)
        self.assertEqual(
            sorted(held.mapped(lambda contact: contact.exclusion_reason or "")),
            ["", "bad_number"],
        )
        self.assertFalse(self.desk(self.operator).claim_next()["claim"])

    def test_a_new_number_brings_back_whom_the_bad_one_took_out(self):
        silent = self.build_client("Silent", phone=False)
        self.campaign.partner_domain = repr([("id", "in", silent.ids)])
        self.campaign.action_load_contacts()
        self.assertEqual(self.reason(silent), ("excluded", "no_phone"))
        silent.phone = NEW
        self.assertEqual(self.reason(silent), ("queued", False))

    def test_a_removed_number_takes_the_client_out_with_the_reason(self):
        self.client.phone = False
        self.assertEqual(self.reason(), ("excluded", "no_phone"))
        self.client.phone = "322-11-00"
        self.assertEqual(self.reason(), ("excluded", "bad_number"))

    def test_the_number_of_another_client_is_called_once(self):
        twin = self.build_client("Twin")
        self.campaign.partner_domain = repr([("id", "in", twin.ids)])
        self.campaign.action_load_contacts()
        twin.phone = self.client.phone
        self.assertEqual(self.reason(twin), ("excluded", "duplicate"))
        self.assertEqual(self.reason(), ("queued", False))

    def test_who_was_taken_out_by_hand_or_served_stays_so(self):
        self.contact(self.campaign, self.client).action_exclude()
        self.client.phone = NEW
        self.assertEqual(self.reason(), ("excluded", "manual"))
        served = self.build_client("Served")
        self.campaign.partner_domain = repr([("id", "in", served.ids)])
        self.campaign.action_load_contacts()
        self.call_through(self.operator, "informed")
        served.phone = "+73510009998"
        self.assertEqual(self.reason(served), ("done", False))

    def test_a_client_in_a_call_keeps_it_and_is_called_anew_by_the_new_number(self):
        claim = self.desk(self.operator).claim_next()["claim"]
        self.desk(self.operator).start_call(claim["id"])
        self.client.phone = NEW
        self.assertEqual(self.reason(), ("claimed", False))
        self.desk(self.operator).finish_call(claim["id"], "no_answer", {}, False)
        contact = self.contact(self.campaign, self.client)
        self.assertEqual((contact.state, contact.phone), ("queued", NEW))

    def test_of_two_numbers_the_first_is_called_and_the_second_finds_him(self):
        self.client.callcenter_other_phones = NEW
        self.assertEqual(
            self.contact(self.campaign, self.client).phone, self.client.phone_sanitized
        )
        found = self.desk(self.operator).search_clients("8 351 000 99 99")
        self.assertEqual([one["id"] for one in found["found"]], self.client.ids)

    def test_two_numbers_in_one_field_are_no_number(self):
        self.client.phone = "8 343 000 00 01, 8 351 000 99 99"
        self.assertEqual(self.reason(), ("excluded", "bad_number"))

    def test_a_letter_in_a_number_is_no_digit_of_it(self):
        self.client.phone = "+7 343 O00-00-01"
        self.assertFalse(self.client.phone_sanitized)
        self.assertEqual(self.reason(), ("excluded", "bad_number"))

    def test_a_number_free_of_charge_is_called_where_the_address_tells_the_zone(self):
        self.client.phone = "8-800-555-00-00"
        contact = self.contact(self.campaign, self.client)
        self.assertEqual(
            (contact.phone, contact.state, contact.region_source),
            ("+78005550000", "queued", "address"),
        )
        self.client.write({"phone": "8-800-555-00-01", "state_id": False})
        self.assertEqual(self.reason(), ("excluded", "no_zone"))
