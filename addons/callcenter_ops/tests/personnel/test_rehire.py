from datetime import date

from .common import PersonnelCase

LATER = date(2026, 3, 16)


class TestRehire(PersonnelCase):
    """Who comes back begins anew; a dismissal taken back never happened."""

    def come_back(self, **vals):
        with self.at(f"{LATER} 07:00:00"):
            return self.appoint(date_order=LATER, date_effective=LATER, **vals)

    def test_no_probation_of_the_former_employment_stays(self):
        self.appoint(trial_months=3)
        self.dismiss(self.candidate)
        self.come_back()
        person = self.candidate.sudo()
        version = person._get_version(LATER)
        self.assertFalse(version.trial_date_end)
        self.assertEqual(version.contract_date_start, LATER)
        self.assertFalse(version.departure_date)

    def test_the_day_of_leaving_is_remembered_and_taken_back(self):
        self.appoint()
        order = self.dismiss(self.candidate)
        person = self.candidate.sudo()
        self.assertEqual(person.callcenter_left_on, date(2026, 3, 2))
        with self.at("2026-03-03 07:00:00"):
            self.cancel(
                order, date_order=date(2026, 3, 3), date_effective=date(2026, 3, 3)
            )
        self.assertFalse(person.callcenter_left_on)

    def test_the_personnel_number_is_given_once_and_kept(self):
        self.assertFalse(self.candidate.sudo().callcenter_personnel_number)
        order = self.appoint()
        number = self.candidate.sudo().callcenter_personnel_number
        self.assertRegex(number, r"^\d{4,}$")
        self.assertEqual(self.as_("hr", order)._get_paper()["tab_number"], number)
        other = self.appoint(self.build_employee("Another One")).employee_id.sudo()
        self.assertEqual(int(other.callcenter_personnel_number), int(number) + 1)
        self.dismiss(self.candidate)
        self.come_back()
        self.assertEqual(self.candidate.sudo().callcenter_personnel_number, number)


class TestGivingBack(PersonnelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.heir = cls.build_operator("Heir Of Clients").sudo()

    def test_a_cancelled_dismissal_gives_leads_and_activities_back(self):
        self.appoint()
        user = self.candidate.sudo().user_id
        kept, moved = self.env["crm.lead"].create(
            [{"name": name, "user_id": user.id} for name in ("Kept", "Moved on")]
        )
        task = kept.activity_schedule("mail.mail_activity_data_todo", user_id=user.id)
        order = self.dismiss(self.candidate, successor_id=self.heir.id)
        self.assertEqual((kept | moved).user_id, self.heir.user_id)
        moved.user_id = self.users["supervisor"]
        with self.at("2026-03-03 07:00:00"):
            self.cancel(
                order, date_order=date(2026, 3, 3), date_effective=date(2026, 3, 3)
            )
        self.assertEqual(kept.user_id, user)
        self.assertEqual(task.user_id, user)
        self.assertEqual(moved.user_id, self.users["supervisor"])

    def test_leads_go_to_the_head_and_not_to_his_deputy_of_some_days(self):
        self.appoint()
        lead = self.env["crm.lead"].create(
            {"name": "Open", "user_id": self.candidate.sudo().user_id.id}
        )
        task = lead.activity_schedule(
            "mail.mail_activity_data_todo", user_id=lead.user_id.id
        )
        deputy = self.build_operator("Deputy Of Three Days").sudo()
        self.stand_in(deputy, self.supervisor, end=date(2026, 3, 4))
        self.dismiss(self.candidate)
        self.assertEqual(lead.user_id, self.supervisor.user_id)
        self.assertEqual(task.user_id, deputy.user_id)
