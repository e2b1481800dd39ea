from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError

from .common import CallingCase


class TestCampaign(CallingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")

    def _loaded(self, clients, **vals):
        campaign = self.build_campaign(clients, start=False, **vals)
        return {c.partner_id.name: c for c in campaign.contact_ids}

    def test_loading_finds_number_region_and_zone_of_each_client(self):
        clients = (
            self.build_client("Landline", phone="8 (351) 200-00-01", state_id=False)
            + self.build_client("Mobile", phone="8 912 000 00 01")
            + self.build_client("Toll-free", phone="8 800 555 00 01")
            + self.build_client("Nenets", phone="+7 818 532 11 22", state_id=False)
            + self.build_client("Own zone", callcenter_tz="Asia/Omsk")
        )
        contacts = self._loaded(clients)
        found = {
            name: (c.phone, c.timezone, c.state_id.code, c.region_source)
            for name, c in contacts.items()
        }
        own = contacts["Own zone"].phone
        self.assertEqual(
            found,
            {
                "Landline": ("+73512000001", "Asia/Yekaterinburg", "CHE", "number"),
                "Mobile": ("+79120000001", "Europe/Moscow", "KO", "number"),
                "Toll-free": ("+78005550001", "Asia/Yekaterinburg", "SVE", "address"),
                "Nenets": ("+78185321122", "Europe/Moscow", "NEN", "number"),
                "Own zone": (own, "Asia/Omsk", "SVE", "number"),
            },
        )

    def test_clients_that_cannot_be_called_are_loaded_with_the_reason(self):
        first = self.build_client("First", phone="8 343 300-00-01")
        clients = (
            first
            + self.build_client("Twin", phone="+7 (343) 3000001")
            + self.build_client("Silent", phone=False)
            + self.build_client("Local", phone="322-11-00")
            + self.build_client(
                "Abroad", phone="+44 20 7946 0000", state_id=False, country_id=False
            )
        )
        contacts = self._loaded(clients)
        reasons = {name: c.exclusion_reason for name, c in contacts.items()}
        self.assertEqual(
            reasons,
            {
                "First": False,
                "Twin": "duplicate",
                "Silent": "no_phone",
                "Local": "bad_number",
                "Abroad": "no_zone",
            },
        )

    def test_loading_again_adds_new_clients_and_repeats_none(self):
        campaign = self.build_campaign(self.build_client("Ural One"), start=False)
        campaign.partner_domain = "[('name', '=like', 'Ural %')]"
        self.build_client("Ural Two")
        campaign.action_load_contacts()
        names = campaign.contact_ids.mapped("partner_id.name")
        self.assertEqual(sorted(names), ["Ural One", "Ural Two"])

    def test_a_large_load_runs_batch_by_batch_and_can_be_stopped(self):
        for number in range(5):
            self.build_client(f"Batch {number}")
        campaign = self.env["callcenter.campaign"].create(
            {"name": "Big", "partner_domain": "[('name', '=like', 'Batch %')]"}
        )
        campaign._transition(
            {"load_state": "loading", "load_user_id": self.env.uid, "load_total": 5}
        )
        campaign._load_batch(2)
        self.assertEqual((campaign.load_state, campaign.load_done), ("loading", 2))
        self.assertEqual(campaign.load_progress, 40)
        campaign.action_cancel_load()
        self.assertEqual(campaign.load_state, "cancelled")
        self.assertEqual(len(campaign.contact_ids), 2)
        campaign.action_load_contacts()
        self.assertEqual((campaign.load_state, campaign.load_done), ("done", 5))
        self.assertEqual(len(campaign.contact_ids), 5)

    def test_a_load_in_the_background_reports_in_its_readers_language(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.company.partner_id.lang = "ru_RU"
        campaign = self.env["callcenter.campaign"].create(
            {
                "name": "Big",
                "partner_domain": repr([("id", "=", self.build_client().id)]),
            }
        )
        campaign._transition(
            {"load_state": "loading", "load_user_id": self.users["supervisor"].id}
        )
        progress = patch.object(type(self.env["ir.cron"]), "_commit_progress")
        with progress as commit:
            commit.return_value = 1
            self.env["callcenter.campaign"]._cron_load()
        self.assertIn(
            "Загружено: в очереди 1, исключено 0.", campaign.message_ids[0].body
        )

    def test_a_filter_with_an_error_is_refused_in_words(self):
        for text in ("[('name', '=', ", "[('no_such_field', '=', 1)]", "__import__"):
            refused = self.assertRaisesRegex(ValidationError, "filter of clients")
            with self.subTest(domain=text), refused:
                self.build_campaign(partner_domain=text, start=False)

    def test_a_script_that_asks_for_unknown_data_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "client_age"):
            self.build_campaign(script="{{ client_age }}", start=False)

    def test_a_campaign_without_contacts_does_not_start(self):
        campaign = self.env["callcenter.campaign"].create({"name": "Empty"})
        with self.assertRaisesRegex(UserError, "no contacts yet"):
            campaign.action_start()
        self.assertEqual(campaign.state, "draft")

    def test_starting_gives_the_campaign_its_place_in_marketing(self):
        campaign = self.build_campaign()
        self.assertEqual(campaign.utm_campaign_id.title, "Spring assortment")

    def test_only_supervisors_run_campaigns(self):
        campaign = self.build_campaign()
        for role in ("hr", "director", "manager", "outsider", "operator"):
            for step in ("action_pause", "action_finish", "action_load_contacts"):
                action = getattr(self.as_(role, campaign), step)
                with self.subTest(role=role, step=step):
                    self.assertRaises(AccessError, action)
        self.assertEqual(campaign.state, "running")
        self.as_("supervisor", campaign).action_pause()
        self.assertEqual(campaign.state, "paused")

    def test_the_state_cannot_be_written_from_outside(self):
        campaign = self.build_campaign(start=False)
        for vals in ({"state": "running"}, {"load_state": "done"}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                self.as_("supervisor", campaign).write(vals)
        contact = campaign.contact_ids
        for vals in ({"state": "done"}, {"attempt_count": 9}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                self.as_("supervisor", contact).write(vals)
        self.assertEqual((campaign.state, contact.state), ("draft", "queued"))

    def test_a_started_campaign_is_finished_not_deleted(self):
        campaign = self.build_campaign()
        with self.assertRaisesRegex(UserError, "Only a draft"):
            campaign.unlink()

    def test_a_copy_is_a_draft_with_the_same_settings_and_an_empty_queue(self):
        campaign = self.build_campaign(script="<p>Hello</p>", priority="2")
        copy = campaign.copy()
        self.assertEqual(copy.name, "Spring assortment (copy)")
        self.assertEqual((copy.state, copy.priority), ("draft", "2"))
        self.assertFalse(copy.contact_ids)
        self.assertFalse(copy.utm_campaign_id)

    def test_the_screen_tells_what_each_rule_holds_back_now(self):
        clients = {
            name: self.build_client(name)
            for name in ("Free", "Stopped", "Called", "Later", "East", "Mine", "Held")
        }
        everybody = self.env["res.partner"].concat(*clients.values())
        campaign = self.build_campaign(everybody + self.build_client(phone=False))
        contacts = {c.partner_id.name: c for c in campaign.contact_ids}
        self.env["callcenter.stop.entry"].create(
            {"phone": clients["Stopped"].phone, "reason": "Asked"}
        )
        other = self.build_campaign(clients["Called"], name="Other", priority="3")
        self.call_through(self.operator)
        other.action_finish()
        contacts["Later"]._transition(
            {"next_call_at": "2026-03-02 09:00:00", "wait_reason": "retry"}
        )
        contacts["East"]._transition({"timezone": "Europe/Kaliningrad"})
        contacts["Mine"]._transition(
            {
                "reserved_employee_id": self.operator.id,
                "next_call_at": "2026-03-02 04:00:00",
                "wait_reason": "callback",
            }
        )
        campaign._note_zones(campaign.contact_ids.partner_id.ids)
        self.desk(self.operator).claim_next()
        rows = {row["reason"]: row["count"] for row in campaign._get_holdback()}
        self.assertEqual(
            rows,
            {
                "callable": 2,
                "stop_list": 1,
                "limit": 1,
                "retry": 1,
                "window": 1,
                "state_claimed": 1,
                "out_no_phone": 1,
            },
        )
        self.assertIn("Wait: Limit of calls", campaign.holdback)

    def test_the_counts_agree_with_what_the_desk_does(self):
        """Each contact counted as callable is handed out, no other is."""
        clients = self.env["res.partner"].concat(
            *[self.build_client(f"C{number}") for number in range(6)]
        )
        campaign = self.build_campaign(clients)
        for client in clients[:2]:
            client._phone_set_blacklisted()
        clients[2].active = False
        rows = {row["reason"]: row["count"] for row in campaign._get_holdback()}
        handed = 0
        while self.desk(self.operator).claim_next()["claim"]:
            claim = self.desk(self.operator).open_desk()["claim"]
            self.desk(self.operator).finish_call(claim["id"], "informed", {}, False)
            handed += 1
        self.assertEqual(handed, rows["callable"])
        self.assertEqual(rows, {"callable": 3, "stop_list": 2, "archived": 1})

    def test_the_next_callable_moment_respects_queue_and_window(self):
        campaign = self.build_campaign(self.build_client())
        self.assertEqual(str(campaign.next_callable_at), "2026-03-02 05:00:00")
        with self.at("2026-03-02 17:00:00"):
            self.env.invalidate_all()
            self.assertEqual(str(campaign.next_callable_at), "2026-03-03 04:00:00")

    def test_a_supervisor_releases_a_client_from_an_operator(self):
        client = self.build_client()
        campaign = self.build_campaign(client)
        claim_id = self.desk(self.operator).claim_next()["claim"]["id"]
        claim = self.env["callcenter.call.claim"].browse(claim_id)
        for role in ("hr", "director", "outsider"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.as_(role, claim).action_release("Sent home")
        with self.assertRaises(AccessError):
            claim.with_user(self.operator.user_id).action_release("Sent home")
        self.assertTrue(claim.exists())
        self.as_("supervisor", claim).action_release("Sent home")
        self.assertFalse(claim.exists())
        log = self.env["callcenter.rule.override"].search(
            [("campaign_id", "=", campaign.id)]
        )
        self.assertEqual(
            (log.kind, log.employee_id, log.reason),
            ("claim", self.operator, "Sent home"),
        )
        self.assertEqual(self.contact(campaign, client).state, "queued")
        self.assertEqual(self.desk(self.operator).open_desk()["state"], "offline")

    def test_dismissal_hands_over_claims_call_backs_activities_and_leads(self):
        heir = self.build_operator("Heir")
        first, second, third = (self.build_client(f"C{n}") for n in range(3))
        campaign = self.build_campaign(first)
        self.call_through(
            self.operator, "callback", callback_at="2026-03-04 06:00:00", personal=True
        )
        own = self.operator.user_id.id
        self.build_campaign(second, name="Second", lead_user_id=own)
        lead_id = self.call_through(self.operator, "interested")["saved"]["lead_id"]
        third_campaign = self.build_campaign(third, name="Third")
        self.desk(self.operator).claim_next()
        order = self.env["callcenter.personnel.order"].create(
            {
                "order_type": "dismissal",
                "employee_id": self.operator.id,
                "date_effective": "2026-03-02",
            }
        )
        report = self.operator._hand_over_callcenter_work(order, heir)
        counts = {line["what"]: line["count"] for line in report}
        self.assertEqual(counts["Live claims"], 1)
        self.assertEqual(counts["Call-backs"], 1)
        self.assertEqual(self.contact(campaign, first).reserved_employee_id, heir)
        self.assertEqual(self.contact(third_campaign, third).state, "queued")
        lead = self.env["crm.lead"].browse(lead_id)
        self.assertEqual(lead.user_id, heir.user_id)
        self.assertEqual(lead.activity_ids.user_id, heir.user_id)
        own = self.env["mail.activity"].search(
            [("user_id", "=", self.operator.user_id.id)]
        )
        self.assertFalse(own)
