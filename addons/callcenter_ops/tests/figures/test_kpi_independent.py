import random
from datetime import datetime, timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from ...tools.calling.kpi import KPIS
from .common import SupervisionCase

_WORK = "(s.preview + c.talk + c.wrap)"
_AVAILABLE = f"(s.ready + {_WORK})"
# Each figure once more, written down by hand for plain SQL.
_BY_HAND = {
    "contact_rate": "c.contacts / NULLIF(c.attempts, 0)",
    "connection_rate": "c.connected / NULLIF(c.attempts, 0)",
    "client_contact_rate": "c.reached / NULLIF(c.clients, 0)",
    "target_rate": "c.targets / NULLIF(c.contacts, 0)",
    "lead_rate": "c.leads / NULLIF(c.contacts, 0)",
    "conversion": "c.sales / NULLIF(c.targets, 0)",
    "average_sale": "c.amount / NULLIF(c.sales, 0)",
    "aht": "(c.talk + c.wrap) / NULLIF(c.contacts, 0)",
    "average_talk": "c.talk / NULLIF(c.contacts, 0)",
    "occupancy": f"{_WORK} / NULLIF({_AVAILABLE}, 0)",
    "utilization": f"{_AVAILABLE} / NULLIF({_AVAILABLE} + s.pause, 0)",
    "attempts_per_hour": f"3600 * c.attempts / NULLIF({_AVAILABLE}, 0)",
    "sales_per_hour": f"3600 * c.sales / NULLIF({_AVAILABLE}, 0)",
}
# The dashboard knows no single clients; sheets do.
_OF_SHEETS = {"client_contact_rate"}
# Figures of promises, letters and waiting, no calls of operators: test_kpi_of_others
# and test_service compare them with plain SQL.
_OF_OTHERS = {
    "kept_share",
    "answered_in_time",
    "service_level",
    "abandon_rate",
    "average_wait",
}


@tagged("post_install", "-at_install")
class TestKpiIndependent(SupervisionCase):
    """Every figure of the dashboard against a second computation from the calls."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        chance = random.Random(11)
        codes = cls.env["callcenter.disposition"].search([]).mapped("code")
        lead = cls.env["crm.lead"].create({"name": "Interest"})
        for _number in range(120):
            cls.build_call(
                chance.choice(codes),
                employee=chance.choice([cls.operator, cls.colleague]),
                partner_id=chance.choice([cls.client, cls.other_client]).id,
                started_at=datetime(2026, 3, 2, 4)
                + timedelta(minutes=chance.randrange(600)),
                talk_seconds=chance.randrange(400),
                wrap_seconds=chance.randrange(60),
                lead_id=chance.choice([False, lead.id]),
                technical_status=chance.choice([False, "answered", "busy", "fax"]),
                expected_revenue=chance.choice([0, 990, 12500]),
            )
        cls.env["callcenter.operator.state"].create(
            [
                {
                    "employee_id": employee.id,
                    "company_id": cls.company.id,
                    "department_id": cls.department.id,
                    "state": state,
                    "started_at": datetime(2026, 3, 2, 5),
                    "ended_at": datetime(2026, 3, 2, 6),
                    "seconds": chance.randrange(3600),
                }
                for employee in (cls.operator, cls.colleague)
                for state in ("ready", "preview", "talk", "wrap", "pause")
            ]
        )

    def read_by_hand(self, code):
        self.env.flush_all()
        self.env.cr.execute(f"""
            SELECT c.employee_id, {_BY_HAND[code]}
              FROM (SELECT employee_id, count(*)::float AS attempts,
                           count(*) FILTER (WHERE is_contact)::float AS contacts,
                           count(*) FILTER (WHERE is_target)::float AS targets,
                           count(*) FILTER (WHERE technical_status
                               IN ('answered', 'machine', 'fax', 'dropped')
                               OR technical_status IS NULL AND is_contact)::float
                               AS connected,
                           count(*) FILTER (WHERE is_sale)::float AS sales,
                           count(lead_id)::float AS leads,
                           count(DISTINCT partner_id)::float AS clients,
                           count(DISTINCT partner_id) FILTER (WHERE is_contact)::float
                               AS reached,
                           sum(talk_seconds)::float AS talk,
                           sum(wrap_seconds)::float AS wrap,
                           sum(expected_revenue) FILTER (WHERE is_sale)::float
                               AS amount
                      FROM callcenter_call GROUP BY employee_id) c
              JOIN (SELECT employee_id,
                           sum(seconds) FILTER (WHERE state = 'ready')::float AS ready,
                           sum(seconds) FILTER (WHERE state = 'preview')::float
                               AS preview,
                           sum(seconds) FILTER (WHERE state = 'pause')::float AS pause
                      FROM callcenter_operator_state GROUP BY employee_id) s
                ON s.employee_id = c.employee_id
        """)  # noqa: S608
        return dict(self.env.cr.fetchall())

    def test_no_figure_is_left_unchecked(self):
        self.assertEqual(set(_BY_HAND) | _OF_OTHERS, set(KPIS))

    def test_every_figure_of_the_dashboard_is_right(self):
        dashboard = self.as_("supervisor", self.env["callcenter.dashboard"])
        rows = dashboard.get_data("2026-03-02", "2026-03-02")["operators"]
        self.assertEqual(len(rows), 2)
        for code in set(_BY_HAND) - _OF_SHEETS:
            by_hand = self.read_by_hand(code)
            for row in rows:
                with self.subTest(code=code, operator=row["name"]):
                    self.assertAlmostEqual(row[code], by_hand[row["id"]], places=6)

    def test_the_clients_of_a_sheet_are_right(self):
        sheets = self.env["callcenter.report.sheet"].search([])
        by_hand = self.read_by_hand("client_contact_rate")
        for sheet in sheets:
            totals = sheet._get_totals()[sheet.id]
            figure = KPIS["client_contact_rate"].value(totals)
            self.assertEqual(figure, by_hand[sheet.employee_id.id])


@tagged("post_install", "-at_install")
class TestOddDays(SupervisionCase):
    def read(self, day):
        dashboard = self.as_("supervisor", self.env["callcenter.dashboard"])
        return dashboard.get_data(day, day)

    def test_a_client_whose_clock_changes_keeps_his_own_hour(self):
        # Berlin goes from 2:00 to 3:00 at 1:00 UTC of that night.
        for moment in (datetime(2026, 3, 29, 0, 30), datetime(2026, 3, 29, 1, 30)):
            self.build_call(started_at=moment, timezone="Europe/Berlin")
        hours = [row["hour"] for row in self.read("2026-03-29")["hours"]]
        self.assertEqual(sorted(hours), [1, 3])

    def test_a_call_without_an_end_is_an_attempt(self):
        self.build_call("no_answer", ended_at=False, talk_seconds=0)
        self.assertEqual(self.read("2026-03-02")["tiles"][0]["value"], 1)

    def test_one_call_makes_every_panel(self):
        self.build_call("order", expected_revenue=10)
        data = self.read("2026-03-02")
        self.assertEqual([row["attempts"] for row in data["days"]], [1])
        self.assertEqual([row["attempts"] for row in data["operators"]], [1])
        self.assertEqual([row["value"] for row in data["results"]], [1])

    def test_ten_years_are_read_and_more_are_refused(self):
        dashboard = self.as_("supervisor", self.env["callcenter.dashboard"])
        self.build_call()
        data = dashboard.get_data("2016-03-03", "2026-03-02")
        self.assertEqual(data["tiles"][0]["value"], 1)
        with self.assertRaisesRegex(UserError, "ten years"):
            dashboard.get_data("2016-01-01", "2026-03-02")

    def test_a_day_begins_at_the_companys_midnight(self):
        self.build_call(started_at=datetime(2026, 3, 1, 18, 59, 59))
        self.build_call(started_at=datetime(2026, 3, 1, 19, 0, 0))
        self.assertEqual(self.read("2026-03-01")["tiles"][0]["value"], 1)
        self.assertEqual(self.read("2026-03-02")["tiles"][0]["value"], 1)
