import random
from datetime import datetime, timedelta

from odoo.tests import tagged

from .common import SupervisionCase


@tagged("post_install", "-at_install")
class TestKpiOfOthers(SupervisionCase):
    """Figures of promises and letters against plain SQL over random records."""

    def test_the_kept_share_of_every_campaign_equals_plain_sql(self):
        chance = random.Random(3)
        rules = self.env["callcenter.rule.set"].search([], limit=1)
        campaigns = self.env["callcenter.campaign"].create(
            [{"name": name, "rule_set_id": rules.id} for name in ("One", "Two")]
        )
        states = ("open", "kept", "broken", "replaced", "cancelled")
        promises = self.env["callcenter.promise"].create(
            [
                {
                    "partner_id": self.client.id,
                    "company_id": self.company.id,
                    "department_id": self.department.id,
                    "campaign_id": chance.choice(campaigns).id,
                    "amount": chance.randrange(1, 1000),
                    "date_made": "2026-03-02",
                    "date_promised": "2026-03-05",
                    "state": chance.choice(states),
                }
                for _number in range(60)
            ]
        )
        self.assertEqual(set(promises.mapped("state")), set(states))
        self.env.flush_all()
        self.env.cr.execute("""
            SELECT campaign_id, count(*),
                   sum((state = 'kept')::int)::float
                       / sum((state IN ('kept', 'broken'))::int)
              FROM callcenter_promise GROUP BY campaign_id
        """)
        by_hand = {id_: figures for id_, *figures in self.env.cr.fetchall()}
        for campaign in self.as_("supervisor", campaigns):
            count, share = by_hand[campaign.id]
            self.assertEqual(campaign.promise_count, count)
            self.assertAlmostEqual(campaign.kept_share, share)

    def test_the_share_answered_in_time_equals_plain_sql(self):
        chance = random.Random(4)
        inbox = self.env["callcenter.inbox"].create(
            {"name": "Post", "answer_hours": 4, "company_id": self.company.id}
        )
        morning = datetime(2026, 3, 2, 4)
        letters = self.env["callcenter.enquiry"].create(
            [
                {
                    "name": f"Letter {number}",
                    "inbox_id": inbox.id,
                    "received_at": morning + timedelta(minutes=chance.randrange(600)),
                }
                for number in range(40)
            ]
        )
        for letter in letters:
            self._answer(letter, chance)
        now = "2026-03-02 13:00:00"
        with self.at(now):
            [row] = self.read_letters()
            share = self.as_("supervisor", inbox).in_time_share
        figures, by_hand = self._count_by_hand(now)
        names = ("answered", "answered_in_time", "overdue")
        self.assertEqual(tuple(row[name] for name in names), figures)
        self.assertAlmostEqual(row["share"], by_hand)
        self.assertAlmostEqual(share, by_hand)

    def read_letters(self):
        dashboard = self.as_("supervisor", self.env["callcenter.dashboard"])
        return dashboard.get_data("2026-03-02", "2026-03-02")["service"]["letters"]

    def _answer(self, letter, chance):
        """No answer, one, or two; before or after the deadline."""
        for _answer in range(chance.randrange(3)):
            answered = letter.received_at + timedelta(minutes=chance.randrange(480))
            self.env["callcenter.enquiry.reply"].create(
                {
                    "enquiry_id": letter.id,
                    "received_at": letter.received_at,
                    "deadline_at": letter.deadline_at,
                    "answered_at": answered,
                    "is_late": answered > letter.deadline_at,
                }
            )
            letter._transition({"state": "answered"})

    def _count_by_hand(self, now):
        self.env.flush_all()
        self.env.cr.execute(
            """
            WITH n AS (
                SELECT (SELECT count(*) FROM callcenter_enquiry_reply) AS done,
                       (SELECT count(*) FROM callcenter_enquiry_reply
                         WHERE answered_at <= deadline_at) AS quick,
                       (SELECT count(*) FROM callcenter_enquiry
                         WHERE state <> 'answered' AND deadline_at < %s) AS late)
            SELECT done, quick, late, quick::float / (done + late) FROM n
            """,
            [now],
        )
        *figures, share = self.env.cr.fetchone()
        return tuple(figures), share
