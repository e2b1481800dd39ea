"""Papers, workbooks and pages are for those who may read what is on them."""

from attacks.attack_case import ROLES, AttackCase
from attacks.bare_rows import insert_bare_row
from odoo.exceptions import AccessError
from odoo.http import _generate_routing_rules
from odoo.tests import new_test_user, tagged

_OURS = "odoo.addons.callcenter_"
# Every address of ours, with an id of another company; what it says to a stranger.
ROUTES = {
    "/callcenter/acts/<callcenter_code:token>": "/callcenter/acts/no-such-link",
    "/callcenter/acts/<callcenter_code:token>/sign": (
        "/callcenter/acts/no-such-link/sign"
    ),
    "/callcenter/certificate/<callcenter_code:token>": (
        "/callcenter/certificate/no-such-code"
    ),
    "/callcenter/import/<callcenter_id:import_id>/report.csv": (
        "/callcenter/import/{callcenter.data.import}/report.csv"
    ),
    "/callcenter/import/template/<callcenter_code:name>.xlsx": (
        "/callcenter/import/template/clients.xlsx"
    ),
    "/callcenter/inventory/<callcenter_code:code>": "/callcenter/inventory/INV-1",
    "/callcenter/inventory/<callcenter_code:code>/found": (
        "/callcenter/inventory/INV-1/found"
    ),
    "/callcenter_ops/dashboard/csv": "/callcenter_ops/dashboard/csv?table=0",
    "/callcenter_ops/dashboard/pdf": "/callcenter_ops/dashboard/pdf",
    "/callcenter_ops/dashboard/xlsx": "/callcenter_ops/dashboard/xlsx",
    "/callcenter_ops/figure_compare/<callcenter_id:compare_id>/xlsx": (
        "/callcenter_ops/figure_compare/{callcenter.figure.compare}/xlsx"
    ),
    "/callcenter_ops/report_sheet/<callcenter_id:sheet_id>/xlsx": (
        "/callcenter_ops/report_sheet/{callcenter.report.sheet}/xlsx"
    ),
    "/callcenter_ops/report_sheet_period/<callcenter_id:period_id>/xlsx": (
        "/callcenter_ops/report_sheet_period/{callcenter.report.sheet.period}/xlsx"
    ),
    "/callcenter_ops/workstation_budget/<callcenter_id:budget_id>/xlsx": (
        "/callcenter_ops/workstation_budget/{callcenter.workstation.budget}/xlsx"
    ),
}


@tagged("post_install", "-at_install")
class TestPapers(AttackCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_company = cls.env["res.company"].create({"name": "Another"})
        cls.stranger = new_test_user(
            cls.env,
            "cc_stranger",
            groups="callcenter_ops.group_director,callcenter_ops.group_hr,"
            "callcenter_ops.group_supervisor,callcenter_ops.group_operator",
            company_id=cls.other_company.id,
            company_ids=[(6, 0, cls.other_company.ids)],
        )

    def test_no_paper_of_another_company_is_printed_for_any_role(self):
        for report in self._get_reports():
            row = self._insert(self.env[report.model], self.other_company)
            for role in ROLES:
                for kind in ("html", "pdf", "text"):
                    with self.subTest(report=report.report_name, role=role, kind=kind):
                        self._assert_closed(report, kind, row, self.users[role])

    def test_no_paper_is_printed_for_somebody_without_a_role(self):
        for report in self._get_reports():
            if report.model in ("res.company", "maintenance.equipment"):
                continue  # cards that everybody reads; the figures are tried below
            row = self._insert(self.env[report.model], self.company)
            for kind in ("html", "pdf", "text"):
                with self.subTest(report=report.report_name, kind=kind):
                    self._assert_closed(report, kind, row, self.users["outsider"])

    def test_an_operator_prints_no_sheet_of_another(self):
        sheet = self._build_sheet()
        for who in ("operator", "hr", "trainer", "outsider", self.stranger):
            self.sign_in(who)
            for kind in ("html", "pdf", "text"):
                with self.subTest(who=who, kind=kind):
                    name = "callcenter_ops.report_sheet_document"
                    answer = self.report(name, [sheet.id, sheet.id + 1], kind)
                    self.assertNotEqual(answer.response.status_code, 200)
                    self.assert_silent(answer, "sports shop", "+7343000")

    def test_the_supervisor_prints_it(self):
        sheet = self._build_sheet()
        self.sign_in("supervisor")
        answer = self.report("callcenter_ops.report_sheet_document", sheet.ids)
        self.assertEqual(answer.response.status_code, 200)
        self.assertIn("Sports Shop", answer.text)

    def test_the_dashboard_is_no_paper_of_a_company_for_all(self):
        report = self.env.ref("callcenter_ops.res_company_action_report_dashboard")
        name = report.report_name
        for role in ("operator", "hr", "trainer", "outsider"):
            self.sign_in(role)
            with self.subTest(role=role):
                answer = self.report(name, self.company.ids)
                self.assertNotEqual(answer.response.status_code, 200)

    def test_every_address_of_ours_has_its_row(self):
        self.assertEqual(self._get_own_routes(), set(ROUTES))

    def test_no_address_hands_out_what_is_anothers(self):
        names = ("data.import", "report.sheet", "report.sheet.period")
        models = [f"callcenter.{name}" for name in (*names, "workstation.budget")]
        rows = {
            name: self._insert(self.env[name], self.other_company) for name in models
        }
        for role in ("operator", "hr", "trainer", "outsider"):
            self.sign_in(role)
            for path in ROUTES.values():
                if role == "hr" and "inventory" in path:
                    continue  # takes stock, and finds nothing by this label
                for name, row in rows.items():
                    path = path.replace("{%s}" % name, str(row))
                with self.subTest(role=role, path=path):
                    answer = self.get(path)
                    self.assertNotEqual(answer.response.status_code, 200)
                    self.assertLess(len(answer.text), 60_000)

    def _build_sheet(self):
        client = self.build_client("Sports Shop")
        self.build_campaign(client)
        employee = self.build_operator("Operator Two")
        self.call_through(employee)
        return self.env["callcenter.report.sheet"].search(
            [("employee_id", "=", employee.id)]
        )

    def _get_reports(self):
        """Papers that our addons bring."""
        known = self.env["ir.model.data"].search(
            [("model", "=", "ir.actions.report"), ("module", "=like", "callcenter%")]
        )
        reports = self.env["ir.actions.report"].browse(known.mapped("res_id"))
        self.assertGreater(len(reports), 12)
        return reports

    def _get_own_routes(self):
        modules = sorted(self.env.registry._init_modules)
        return {
            url
            for url, endpoint in _generate_routing_rules(modules, nodb_only=False)
            if endpoint.func.__module__.startswith(_OURS)
        }

    def _insert(self, model, company):
        if model._name == "res.company":
            return self.other_company.id
        values = {"create_uid": self.env.uid}
        if "company_id" in model._fields and model._fields["company_id"].store:
            values["company_id"] = company.id
        return insert_bare_row(model, **values)

    def _assert_closed(self, report, kind, row, user):
        reports = self.env["ir.actions.report"].with_user(user)
        try:
            getattr(reports, f"_render_qweb_{kind}")(report.report_name, [row])
        except AccessError:
            return
        self.fail("printed")
