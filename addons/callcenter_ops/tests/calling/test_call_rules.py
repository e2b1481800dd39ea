"""One table of rules: what the screen counts is what the hand-out judges."""

from collections import Counter
from contextlib import closing, contextmanager
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odoo import fields

from ...models.calling.client_picker import ClientPicker
from ...models.common.cached_settings import SETTINGS_CACHE
from ...tools.calling.call_rules import CALL_RULES
from .common import MONDAY_10, CallingCase

CLIENTS = 8
ZONES = ["Asia/Yekaterinburg", "Europe/Kaliningrad", "Asia/Kamchatka"]
# Lengths around the ends of every period that limits count.
AGO = [
    timedelta(minutes=5),
    timedelta(hours=11),
    timedelta(days=1) - timedelta(seconds=1),
    timedelta(days=1),
    timedelta(days=6),
    timedelta(days=7),
    timedelta(days=29, hours=23),
    timedelta(days=30),
]
MOMENTS = st.sampled_from(
    [MONDAY_10, "2026-03-01 05:00:00", "2026-03-02 20:00:00", "2026-03-31 07:30:00"]
)
RULES = st.fixed_dictionaries(
    {
        "workday_from": st.sampled_from([0, 9]),
        "workday_to": st.sampled_from([20, 24]),
        "limit_day": st.integers(0, 2),
        "limit_week": st.integers(0, 2),
        "limit_month": st.integers(0, 3),
        "limit_period": st.sampled_from(["rolling", "calendar", "strict"]),
        "max_attempts": st.sampled_from([0, 2]),
        "consent_kind": st.sampled_from([False, False, "advertising"]),
        "spares_protected": st.booleans(),
    }
)
CALLS = st.lists(st.sampled_from(AGO), max_size=3)
OBSTRUCTED = st.fixed_dictionaries(
    {
        "is_archived": st.sampled_from([False] * 9 + [True]),
        "stop": st.sampled_from([""] * 6 + ["good", "time", "elsewhere", "blacklist"]),
        "consent": st.sampled_from(["given", "given", "withdrawn", "none"]),
        "is_banned": st.sampled_from([False] * 4 + [True]),
        "timezone": st.sampled_from(ZONES),
        "attempt_count": st.integers(0, 3),
        "wait": st.sampled_from(["", "", "callback", "retry", "limit"]),
        "is_due": st.booleans(),
        "is_reserved": st.booleans(),
        "calls": CALLS,
    }
)
# Half of them have nothing but calls behind them, or other rules would hide the limits.
FREE = st.builds(
    dict,
    is_archived=st.just(False),
    stop=st.just(""),
    consent=st.just("given"),
    is_banned=st.just(False),
    timezone=st.just(ZONES[0]),
    attempt_count=st.just(0),
    wait=st.just(""),
    is_due=st.just(True),
    is_reserved=st.just(False),
    calls=CALLS,
)


class TestCallRules(CallingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        cls.clients = cls.env["res.partner"].concat(
            *[cls.build_client(f"Client {number}") for number in range(CLIENTS)]
        )
        cls.rule_set = cls.build_rules()
        cls.campaign = cls.build_campaign(cls.clients, rule_set_id=cls.rule_set.id)
        cls.elsewhere = cls.build_campaign(cls.clients[0], name="Elsewhere")
        cls.informed = cls.env.ref("callcenter_ops.disposition_informed")
        cls.ground = cls.env["callcenter.debt.ban.ground"].search([], limit=1)

    def test_the_screen_counts_what_the_hand_out_judges(self):
        seen = Counter()

        @settings(
            max_examples=60,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(
            MOMENTS,
            RULES,
            st.lists(st.one_of(OBSTRUCTED, FREE), min_size=CLIENTS, max_size=CLIENTS),
            st.sampled_from([None, 0, 1]),
        )
        def compare(moment, rules, contacts, on_line):
            with self.at(moment), self._undone():
                self._set_up(rules, contacts, on_line)
                judged = Counter(map(self._judge, self.campaign.contact_ids))
                rows = self.campaign._get_holdback()
                counted = Counter({row["reason"]: row["count"] for row in rows})
                self.assertEqual(counted, judged)
                seen.update(judged)

        compare()
        codes = {rule.code for rule in CALL_RULES}
        self.assertEqual((codes | {"callable", "reserved", "retry"}) - set(seen), set())

    def test_a_stop_for_a_time_is_a_wait_on_the_screen_as_at_the_desk(self):
        contact = self.campaign.contact_ids[0]
        self._stop(contact, self.later(days=2))
        rows = {row["reason"]: row["count"] for row in self.campaign._get_holdback()}
        self.assertEqual(rows, {"stop": 1, "callable": CLIENTS - 1})
        self.assertIn("Wait: Stop list for a time", self.campaign.holdback)
        self.assertEqual(self._judge(contact), "stop")

    @contextmanager
    def _undone(self):
        """Take back what is done inside, out of the caches too."""
        with closing(self.env.cr.savepoint()):
            yield
        self.env.invalidate_all()
        self.env.registry.clear_cache(SETTINGS_CACHE)

    def _set_up(self, rules, contacts, on_line):
        self.rule_set.version_ids.write(rules)
        for contact, wanted in zip(self.campaign.contact_ids, contacts, strict=True):
            self._shape(contact, wanted)
        if on_line is not None:
            client = self.clients[on_line]
            self.env["callcenter.call.claim"]._answer(
                self.operator, client, client.phone_sanitized, self.elsewhere
            )
        self.campaign._note_zones(self.campaign.contact_ids.partner_id.ids)

    def _shape(self, contact, wanted):
        client, now = contact.partner_id, fields.Datetime.now()
        if wanted["stop"] == "blacklist":
            client._phone_set_blacklisted()
        elif wanted["stop"]:
            end = self.later(days=2) if wanted["stop"] == "time" else False
            self._stop(contact, end, wanted["stop"] == "elsewhere")
        if wanted["consent"] != "none":
            consent = self.env["callcenter.consent"].create(
                {"partner_id": client.id, "kind": "advertising", "text_version": "1"}
            )
            if wanted["consent"] == "withdrawn":
                consent._withdraw()
        if wanted["is_banned"]:
            self.env["callcenter.debt.ban"].create(
                {
                    "partner_id": client.id,
                    "ground_id": self.ground.id,
                    "document": "Court ruling",
                    "date_from": "2026-01-01",
                }
            )
        self.env["callcenter.call"].create(
            [self._prepare_call(contact, now - ago) for ago in wanted["calls"]]
        )
        client.active = not wanted["is_archived"]
        shift = timedelta(hours=-1 if wanted["is_due"] else 1)
        contact._transition(
            {
                "timezone": wanted["timezone"],
                "attempt_count": wanted["attempt_count"],
                "wait_reason": wanted["wait"],
                "next_call_at": wanted["wait"] and now + shift,
                "reserved_employee_id": wanted["is_reserved"] and self.operator.id,
            }
        )

    def _stop(self, contact, end, is_elsewhere=False):
        self.env["callcenter.stop.entry"].create(
            {
                "phone": contact.phone,
                "reason": "Asked",
                "date_end": end,
                "campaign_id": is_elsewhere and self.elsewhere.id,
            }
        )

    def _prepare_call(self, contact, moment):
        return {
            "campaign_id": self.elsewhere.id,
            "partner_id": contact.partner_id.id,
            "phone": contact.phone,
            "employee_id": self.operator.id,
            "user_id": self.operator.user_id.id,
            "company_id": contact.company_id.id,
            "started_at": moment,
            "disposition_id": self.informed.id,
        }

    def _judge(self, contact):
        """The line of the screen on which the contact belongs."""
        self.env.flush_all()
        terms = self.campaign._get_terms(self.company._callcenter_today())
        picker = ClientPicker(self.env)
        verdict = picker.judge(picker.look_at(contact, terms.rules), terms)
        if verdict and not verdict.until:
            return verdict.reason
        if contact.next_call_at and contact.next_call_at > fields.Datetime.now():
            return contact.wait_reason
        if verdict:
            return verdict.reason
        return "reserved" if contact.reserved_employee_id else "callable"


class TestKeptSettings(CallingCase):
    def _get_cleared(self, step):
        """The groups of kept values that all workers lose by ``step``."""
        self.env.registry.cache_invalidated.clear()
        step()
        return set(self.env.registry.cache_invalidated)

    def test_settings_cost_no_worker_his_rights_and_rules(self):
        campaign = self.build_campaign()
        informed = self.env.ref("callcenter_ops.disposition_informed")
        for step in (
            campaign.action_pause,
            campaign.action_start,
            lambda: campaign.write({"script": "<p>Good day</p>"}),
            lambda: self.rules.version_ids[:1].write({"limit_day": 3}),
            lambda: informed.write({"hotkey": "я"}),
        ):
            self.assertEqual(self._get_cleared(step), {SETTINGS_CACHE})

    def test_a_campaign_that_no_desk_reads_clears_nothing(self):
        campaign = self.build_campaign()
        draft = self.build_campaign(self.build_client(), start=False)
        for step in (
            lambda: self.env["callcenter.campaign"].create({"name": "New"}),
            lambda: draft.write({"name": "Renamed", "script": "<p>Hello</p>"}),
            lambda: campaign.write({"plan_contacts": 10, "partner_domain": "[]"}),
            campaign.action_load_contacts,
        ):
            self.assertEqual(self._get_cleared(step), set())

    def test_a_new_name_of_a_running_campaign_reaches_the_desks(self):
        operator = self.build_operator("Operator One")
        campaign = self.build_campaign()
        self.assertEqual(
            self.desk(operator).claim_next()["claim"]["campaign"]["name"],
            "Spring assortment",
        )
        campaign.name = "Autumn assortment"
        claim = self.desk(operator).open_desk()["claim"]
        self.assertEqual(claim["campaign"]["name"], "Autumn assortment")
