import json
from datetime import date, datetime, timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.figures.alert_metric import METRICS, WATCHED
from ...tools.figures import webhook
from ...tools.figures.alerting import is_back, is_beyond, is_quiet
from .common import SupervisionCase

# Noon of a Monday by the company's clock.
NOON = datetime(2026, 3, 2, 7)


@tagged("post_install", "-at_install")
class TestAlerts(SupervisionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["callcenter.alert.rule"].search([]).unlink()
        cls.env["callcenter.followup"].search([]).unlink()
        cls.campaign = cls.env["callcenter.campaign"].create(
            {"name": "Spring", "department_id": cls.department.id}
        )

    def build_rule(self, metric, threshold, role="director", **vals):
        rules = self.as_(role, self.env["callcenter.alert.rule"])
        rule = rules.create(
            {"name": "Watch", "metric": metric, "threshold": threshold, **vals}
        )
        return rule.sudo(False).with_env(self.env)

    def watch(self, moment=NOON):
        with self.at(moment), patch.object(self.env.cr, "commit"):
            self.env["callcenter.alert.rule"]._cron_watch()
            self.env.flush_all()

    def ring(self, metric, threshold, **vals):
        """The alert of a new rule after one look; empty where it does not ring."""
        rule = self.build_rule(metric, threshold, **vals)
        self.watch()
        return rule.alert_ids

    def build_pbx_calls(self, *waits, **vals):
        calls = self.env["callcenter.pbx.call"]
        start = calls.search_count([])
        return calls.create(
            [
                {
                    "company_id": self.company.id,
                    "ident": f"a{start + number}",
                    "started_at": NOON - timedelta(minutes=5),
                    "wait_seconds": wait,
                    "is_answered": True,
                    **vals,
                }
                for number, wait in enumerate(waits)
            ]
        )

    # ------------------------------------------------ each metric, numbers in and out

    def test_every_metric_has_a_label_and_a_worked_example(self):
        self.assertEqual([code for code, _label in WATCHED], list(METRICS))
        examples = {name.removeprefix("test_example_") for name in dir(self)}
        self.assertLessEqual(set(METRICS), examples)

    def test_example_service_level(self):
        """Three of five callers of the last hour waited up to 20 seconds: 60 %."""
        self.build_pbx_calls(5, 10, 20, 21, 45)
        self.build_pbx_calls(90, started_at=NOON - timedelta(minutes=61))
        alert = self.ring("service_level", 80, sample_min=5)
        self.assertEqual((alert.value, alert.comparison), (60, "below"))
        self.assertEqual(alert.name, "Service level, %: 60 (below 80)")
        action = alert.with_user(self.users["director"]).action_explain()
        shown = self.env["callcenter.pbx.call"].search(action["domain"])
        self.assertEqual(sorted(shown.mapped("wait_seconds")), [5, 10, 20, 21, 45])

    def test_example_letters_late(self):
        """Of three letters that wait, two are beyond their deadline: 2."""
        inbox = self.env["callcenter.inbox"].search([], limit=1)
        inbox.write(
            {"department_id": self.department.id, "company_id": self.company.id}
        )
        self.env["callcenter.enquiry"].search([]).unlink()
        letters = self.env["callcenter.enquiry"].create(
            [
                {"name": f"Letter {hours}", "inbox_id": inbox.id, "received_at": NOON}
                for hours in (1, 2, 3)
            ]
        )
        for letter, hours in zip(letters, (-2, -1, 1), strict=True):
            letter.deadline_at = NOON + timedelta(hours=hours)
        alert = self.ring("letters_late", 1, department_id=self.department.id)
        self.assertEqual(alert.value, 2)
        with self.at(NOON):
            action = alert.with_user(self.users["supervisor"]).action_explain()
        shown = self.env["callcenter.enquiry"].search(action["domain"])
        self.assertEqual(shown, letters[:2])

    def build_promises(self, *hours):
        followups = self.env["callcenter.followup"]
        return followups._in_transition().create(
            [
                {
                    "kind": "callback",
                    "partner_id": self.client.id,
                    "company_id": self.company.id,
                    "department_id": self.department.id,
                    "campaign_id": self.campaign.id,
                    "deadline_at": NOON + timedelta(hours=one),
                }
                for one in hours
            ]
        )

    def test_example_promises_late(self):
        """Three promises, two deadlines over: 2; a rule of the campaign counts them."""
        self.build_promises(-3, -1, 2)
        alert = self.ring("promises_late", 1, campaign_id=self.campaign.id)
        self.assertEqual(alert.value, 2)
        action = alert.with_user(self.users["director"]).action_explain()
        with self.at(NOON):
            shown = self.env["callcenter.followup"].search(action["domain"])
        self.assertEqual(len(shown), 2)

    def test_example_idle_operators(self):
        """Ready for 40 and for 10 minutes; the window is half an hour: 1."""
        states = self.env["callcenter.operator.state"]
        for operator, minutes in ((self.operator, 40), (self.colleague, 10)):
            with self.at(NOON - timedelta(minutes=minutes)):
                states._switch(operator, "ready")
        alert = self.ring("idle_operators", 0, window_minutes=30)
        self.assertEqual(alert.value, 1)
        action = alert.with_user(self.users["director"]).action_explain()
        self.assertEqual(action["tag"], "callcenter_ops.wallboard")

    def build_calls(self, count, contacts, moment):
        for number in range(count):
            code = "informed" if number < contacts else "no_answer"
            self.build_call(code, started_at=moment, campaign_id=self.campaign.id)

    def test_example_contact_rate_drop(self):
        """6 of 10 in the weeks before, 1 of 5 in the last hour: 60 − 20 = 40 points."""
        self.build_calls(10, 6, NOON - timedelta(days=7))
        self.build_calls(5, 1, NOON - timedelta(minutes=10))
        alert = self.ring(
            "contact_rate_drop", 15, sample_min=5, campaign_id=self.campaign.id
        )
        self.assertAlmostEqual(alert.value, 40)
        action = alert.with_user(self.users["director"]).action_explain()
        self.assertEqual(self.env["callcenter.call"].search_count(action["domain"]), 5)

    def test_example_plan_pace(self):
        """20 contacts planned for ten working days, four of them gone, 4 made: 50 %."""
        self.campaign.write(
            {
                "plan_contacts": 20,
                "date_start": date(2026, 3, 16),
                "date_end": date(2026, 3, 27),
            }
        )
        self.campaign._transition({"state": "running"})
        self.build_calls(6, 4, datetime(2026, 3, 17, 7))
        self.build_calls(2, 2, datetime(2026, 3, 20, 5))
        rule = self.build_rule("plan_pace", 80, campaign_id=self.campaign.id)
        self.watch(datetime(2026, 3, 20, 7))
        self.assertEqual(rule.alert_ids.value, 50)
        action = rule.alert_ids.with_user(self.users["director"]).action_explain()
        shown = self.env["callcenter.campaign"].search(action["domain"])
        self.assertEqual(shown, self.campaign)

    def test_example_budget_use(self):
        """Planned 10 000 by this month, spent 12 500: 125 %."""
        self.env["callcenter.workstation.budget"].search(
            [("state", "=", "approved")]
        )._transition({"state": "closed"})
        budget = self.env["callcenter.workstation.budget"].create(
            {"seat_count": 1, "date_from": "2026-02-01", "months": 3}
        )
        item = self.env["callcenter.cost.item"].create(
            {"name": "Internet", "code": "NET", "periodicity": "monthly"}
        )
        budget.line_ids.unlink()
        self.env["callcenter.workstation.budget.line"].create(
            [
                {
                    "budget_id": budget.id,
                    "item_id": item.id,
                    "month": f"2026-0{month}-01",
                    "amount_plan": plan,
                }
                for month, plan in ((2, 4000), (3, 6000), (4, 9000))
            ]
        )
        budget._transition({"state": "approved"})
        self.env["callcenter.workstation.actual"].create(
            [
                {
                    "budget_id": budget.id,
                    "item_id": item.id,
                    "date": f"2026-0{month}-01",
                    "amount": spent,
                }
                for month, spent in ((2, 4500), (3, 8000))
            ]
        )
        alert = self.ring("budget_use", 110)
        self.assertEqual((alert.value, alert.comparison), (125, "above"))
        action = alert.with_user(self.users["director"]).action_explain()
        shown = self.env["callcenter.workstation.budget"].search(action["domain"])
        self.assertEqual(shown, budget)

    # ------------------------------------------------------------------ when it rings

    def test_a_rule_rings_beyond_its_threshold_and_not_at_it(self):
        self.assertFalse(is_beyond(80, "below", 80))
        self.assertTrue(is_beyond(79.9, "below", 80))
        self.assertTrue(is_beyond(3, "above", 2))
        self.assertFalse(is_beyond(None, "below", 80))

    def test_it_is_over_when_it_is_better_by_the_margin(self):
        self.assertFalse(is_back(81, "below", 80, 5))
        self.assertTrue(is_back(85, "below", 80, 5))
        self.assertFalse(is_back(2, "above", 2, 1))
        self.assertTrue(is_back(1, "above", 2, 1))
        self.assertTrue(is_back(None, "above", 2, 1))

    def test_quiet_hours_may_go_over_midnight(self):
        self.assertEqual(
            [is_quiet(hour, 21, 8) for hour in (20.9, 21, 0, 7.9, 8)],
            [False, True, True, True, False],
        )
        self.assertEqual([is_quiet(hour, 12, 13) for hour in (12, 13)], [True, False])
        self.assertFalse(is_quiet(9, 0, 0))

    def test_it_rings_once_and_not_each_minute(self):
        self.build_promises(-3, -1)
        rule = self.build_rule("promises_late", 1)
        for minute in range(4):
            self.watch(NOON + timedelta(minutes=minute))
        self.assertEqual(len(rule.alert_ids), 1)
        self.assertEqual(rule.last_value, 2)

    def test_it_is_over_by_itself_and_rings_again_after_its_pause_alone(self):
        promises = self.build_promises(-3, -1)
        rule = self.build_rule("promises_late", 1, cooldown_minutes=30)
        self.watch()
        first = rule.alert_ids
        promises[:1]._close("Called")
        self.watch(NOON + timedelta(minutes=5))
        self.assertEqual((first.state, first.cleared_value), ("cleared", 1))
        self.assertEqual(first.cleared_at, NOON + timedelta(minutes=5))
        self.assertFalse(first.activity_ids)
        promises[:1]._reopen()
        self.watch(NOON + timedelta(minutes=29))
        self.assertEqual(rule.alert_ids, first)
        self.watch(NOON + timedelta(minutes=30))
        self.assertEqual(len(rule.alert_ids), 2)

    def test_a_figure_that_trembles_at_the_threshold_rings_once(self):
        promises = self.build_promises(-4, -3, -2)
        rule = self.build_rule("promises_late", 2, margin=2, cooldown_minutes=0)
        for minute in range(4):
            promises[:1]._close("Called") if minute % 2 else promises[:1]._reopen()
            self.watch(NOON + timedelta(minutes=minute))
        self.assertEqual((len(rule.alert_ids), rule.alert_ids.state), (1, "open"))
        promises._close("Called")
        self.watch(NOON + timedelta(minutes=9))
        self.assertEqual(rule.alert_ids.state, "cleared")

    def test_in_quiet_hours_of_the_company_nothing_rings_until_they_end(self):
        self.build_promises(-3, -1)
        # Noon of Yekaterinburg is 07:00 UTC.
        rule = self.build_rule("promises_late", 1, quiet_from=12, quiet_to=13)
        self.watch(NOON)
        self.watch(NOON + timedelta(minutes=59))
        self.assertFalse(rule.alert_ids)
        self.watch(NOON + timedelta(minutes=60))
        self.assertEqual(len(rule.alert_ids), 1)

    def test_a_share_of_too_few_calls_says_nothing(self):
        self.build_pbx_calls(60, 60)
        self.assertFalse(self.ring("service_level", 80, sample_min=3))

    def test_another_company_and_another_team_ring_for_themselves(self):
        self.build_promises(-3, -1)
        other = self.env["hr.department"].create({"name": "Evening shift"})
        self.assertFalse(self.ring("promises_late", 0, department_id=other.id))
        parent = self.env["hr.department"].create({"name": "Sales"})
        self.department.parent_id = parent
        alert = self.ring("promises_late", 0, department_id=parent.id)
        self.assertEqual(alert.value, 2)

    def test_many_rules_of_one_metric_cost_one_reading(self):
        def count():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.watch()
            return self.env.cr.sql_log_count - before

        self.build_rule("promises_late", 5)
        self.watch()
        one = count()
        for _number in range(9):
            self.build_rule("promises_late", 5)
        self.watch()
        self.assertLessEqual(count(), one + 2)

    def test_what_nobody_watches_any_more_rings_no_longer(self):
        self.build_promises(-3, -1)
        rule = self.build_rule("promises_late", 1)
        self.watch()
        alert = rule.alert_ids
        with self.at(NOON):
            self.as_("director", rule).active = False
        self.assertEqual(alert.state, "cleared")

    # ----------------------------------------------------------------- who is told

    def test_who_heads_the_team_is_told_and_without_a_team_the_directors(self):
        self.build_promises(-3, -1)
        alert = self.ring("promises_late", 1, department_id=self.department.id)
        self.assertEqual(alert.user_ids, self.users["supervisor"])
        [activity] = alert.activity_ids
        self.assertEqual(activity.user_id, self.users["supervisor"])
        self.assertEqual(activity.summary, "Overdue promises: 2 (above 1)")
        alert = self.ring("promises_late", 1)
        self.assertIn(self.users["director"], alert.user_ids)
        self.assertNotIn(self.users["supervisor"], alert.user_ids)

    def test_it_comes_by_mail_and_into_a_channel_in_the_readers_language(self):
        self.build_promises(-3, -1)
        channel = self.env["discuss.channel"].create(
            {"name": "Alarms", "channel_type": "channel"}
        )
        channel.add_members(self.users["director"].partner_id.ids)
        self.env["res.lang"]._activate_lang("ru_RU")
        self.users["director"].lang = "ru_RU"
        alert = self.ring(
            "promises_late",
            1,
            by_mail=True,
            channel_id=channel.id,
            user_ids=[(6, 0, self.users["director"].ids)],
        )
        mail = self.env["mail.mail"].search([], order="id desc", limit=1)
        self.assertEqual(mail.recipient_ids, self.users["director"].partner_id)
        russian = alert.with_context(lang="ru_RU")
        self.assertEqual(mail.subject, russian.name)
        posted = channel.message_ids[0].body
        self.assertIn("Overdue promises: 2 (above 1)", posted)
        self.assertIn(f"/odoo/alerts/{alert.id}", posted)

    def test_an_alert_is_acknowledged_once_by_one_who_leads(self):
        self.build_promises(-3, -1)
        alert = self.ring("promises_late", 1, department_id=self.department.id)
        with self.assertRaises(AccessError):
            self.as_("operator", alert).action_acknowledge()
        self.assertEqual(alert.state, "open")
        with self.at(NOON + timedelta(minutes=3)):
            self.as_("supervisor", alert).action_acknowledge()
        self.assertEqual(alert.acknowledged_by_id, self.users["supervisor"])
        self.assertEqual(alert.acknowledged_at, NOON + timedelta(minutes=3))
        self.assertFalse(alert.activity_ids)
        with self.assertRaises(UserError):
            self.as_("director", alert).action_acknowledge()
        self.assertEqual(alert.acknowledged_by_id, self.users["supervisor"])
        self.watch(NOON + timedelta(minutes=4))
        self.assertEqual(len(alert.rule_id.alert_ids), 1)

    # ----------------------------------------------------------------------- rights

    def test_a_supervisor_has_rules_of_his_departments_alone(self):
        own = self.build_rule(
            "promises_late", 1, "supervisor", department_id=self.department.id
        )
        other = self.env["hr.department"].create({"name": "Evening shift"})
        for vals in ({}, {"department_id": other.id}):
            with self.assertRaises(AccessError):
                self.build_rule("promises_late", 1, "supervisor", **vals)
        for department_id in (other.id, False):
            with self.assertRaises(AccessError), self.cr.savepoint():
                self.as_("supervisor", own).department_id = department_id
                self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(own.department_id, self.department)
        companywide = self.build_rule("promises_late", 1)
        found = self.as_("supervisor", companywide).search([])
        self.assertEqual(found.ids, own.ids)

    def test_operators_and_hr_have_no_rules_and_no_alerts(self):
        self.build_promises(-3, -1)
        alert = self.ring("promises_late", 1)
        for role in ("operator", "hr", "outsider"):
            for record in (alert, alert.rule_id):
                with self.assertRaises(AccessError):
                    self.as_(role, record).read(["company_id"])

    def test_a_metric_is_told_by_what_it_knows_alone(self):
        with self.assertRaises(ValidationError):
            self.build_rule("budget_use", 100, department_id=self.department.id)
        with self.assertRaises(ValidationError):
            self.build_rule("letters_late", 1, campaign_id=self.campaign.id)

    def test_nobody_is_told_who_does_not_lead(self):
        users = [(6, 0, self.users["operator"].ids)]
        with self.assertRaises(ValidationError):
            self.build_rule("promises_late", 1, user_ids=users)

    def test_who_leads_no_more_is_told_no_more(self):
        self.build_promises(-3, -1)
        users = self.users["supervisor"] | self.users["director"]
        told = {"user_ids": [(6, 0, users.ids)], "by_mail": True}
        rule = self.build_rule("promises_late", 1, **told)
        self.users["supervisor"].group_ids -= self.env.ref(
            "callcenter_ops.group_supervisor"
        )
        self.watch()
        self.assertEqual(rule.alert_ids.user_ids, self.users["director"])

    def test_nobody_has_it_written_into_a_channel_that_he_does_not_read(self):
        channel = self.env["discuss.channel"].create(
            {"name": "Board", "channel_type": "group"}
        )
        with self.assertRaises(AccessError):
            self.build_rule("promises_late", 1, channel_id=channel.id)

    # --------------------------------------------------------------------- webhooks

    def build_webhook(self):
        webhooks = self.as_("manager", self.env["callcenter.alert.webhook"])
        url = "https://hooks.example.org/alerts"
        return webhooks.create({"name": "Duty", "url": url}).with_env(self.env)

    def send(self, moment=NOON, error=None):
        """What went over the wire: ``(url, body, headers)`` of each message."""
        sent = []

        def post(url, body, headers):
            sent.append((url, json.loads(body), headers))
            if error:
                raise webhook.WebhookError(error)

        with patch.object(webhook, "post", post):
            self.watch(moment)
        return sent

    def test_the_webhook_hears_when_it_rings_and_when_it_is_over(self):
        promises = self.build_promises(-3, -1)
        hook = self.build_webhook()
        rule = self.build_rule("promises_late", 1, webhook_id=hook.id)
        [(url, body, headers)] = self.send()
        self.assertEqual(url, "https://hooks.example.org/alerts")
        self.assertEqual(
            {name: body[name] for name in ("event", "metric", "value", "threshold")},
            {
                "event": "raised",
                "metric": "promises_late",
                "value": 2,
                "threshold": 1,
            },
        )
        moment, signature = headers["X-Callcenter-Signature"].split(",")
        text = rule.alert_ids.delivery_ids.body.encode()
        secret = hook.sudo().secret
        expected = webhook.sign(secret, int(moment.removeprefix("t=")), text)
        self.assertEqual(f"{moment},{signature}", expected)
        promises._close("Called")
        [(_url, body, _headers)] = self.send(NOON + timedelta(minutes=1))
        self.assertEqual(body["event"], "cleared")
        self.assertEqual(set(rule.alert_ids.delivery_ids.mapped("state")), {"sent"})

    def test_a_failure_is_tried_again_ever_later_then_given_up_and_seen(self):
        self.build_promises(-3, -1)
        hook = self.build_webhook()
        rule = self.build_rule("promises_late", 1, webhook_id=hook.id)
        tries = [
            minute
            for minute in range(40)
            if self.send(NOON + timedelta(minutes=minute), "status 503")
        ]
        self.assertEqual(tries, [0, 1, 3, 7, 15, 31])
        delivery = rule.alert_ids.delivery_ids
        self.assertEqual((delivery.state, delivery.attempt_count), ("failed", 6))
        self.assertEqual((delivery.error, delivery.answer_code), ("status", 503))
        self.assertEqual(self.as_("manager", hook).failed_count, 1)
        with self.at(NOON + timedelta(hours=1)):
            self.as_("manager", delivery).action_retry()
        self.assertTrue(self.send(NOON + timedelta(hours=1)))
        self.assertEqual(delivery.state, "sent")

    def test_who_is_no_administrator_neither_retries_nor_renews(self):
        hook = self.build_webhook()
        self.as_("manager", hook).action_test()
        delivery = hook.delivery_ids
        for role in ("operator", "supervisor", "director"):
            for action in ("action_renew_secret", "action_test"):
                with self.assertRaises(AccessError):
                    getattr(self.as_(role, hook), action)()
            with self.assertRaises(AccessError):
                self.as_(role, delivery).action_retry()
        self.assertEqual(hook.delivery_ids, delivery)

    def test_the_secret_is_shown_once_and_read_by_no_role(self):
        hook = self.build_webhook()
        before = hook.sudo().secret
        shown = self.as_("manager", hook).action_renew_secret()["params"]["message"]
        self.assertEqual(hook.sudo().secret, shown)
        self.assertNotEqual(shown, before)
        for role in ("supervisor", "director", "manager"):
            with self.assertRaises(AccessError):
                self.as_(role, hook).read(["secret"])
            with self.assertRaises(AccessError):
                self.as_(role, hook).write({"secret": "known"})
        self.assertNotIn("secret", self.as_("manager", hook).read()[0])

    def test_an_address_that_is_not_https_or_private_is_refused(self):
        hook = self.build_webhook()
        for url in ("http://hooks.example.org", "https://192.168.0.1/x"):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                self.as_("manager", hook).url = url
        with mute_logger("odoo.sql_db"):
            self.assertEqual(hook.url, "https://hooks.example.org/alerts")
