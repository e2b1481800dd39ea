"""The screens of supervision in a real browser."""

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import SupervisionCase

# Waits for a selector, then hands over to the next step; the last one succeeds.
_WALK = """
    const wait = async (selector) => {
        for (let tries = 0; tries < 200; tries++) {
            const found = document.querySelector(selector);
            if (found) { return found; }
            await new Promise((resolve) => setTimeout(resolve, 50));
        }
        throw new Error("not on the screen: " + selector);
    };
    const expect = (actual, wanted) => {
        if (actual.trim() !== wanted) {
            throw new Error("expected " + wanted + ", found " + actual);
        }
    };
    const press = (key) => document.activeElement.dispatchEvent(
        new KeyboardEvent("keydown", { key, code: key, bubbles: true })
    );
    (async () => { %s; console.log("test successful"); })();
"""


@tagged("post_install", "-at_install")
class TestSupervisionBrowser(SupervisionCase, HttpCase):
    def walk(self, path, login, steps, ready):
        is_ready = f"!!document.querySelector('{ready}')"
        self.browser_js(path, _WALK % steps, is_ready, login, timeout=30)

    def test_the_supervisor_reads_the_dashboard_and_opens_the_calls(self):
        now = fields.Datetime.now()
        self.build_call("order", expected_revenue=1000, started_at=now)
        self.build_call("no_answer", started_at=now)
        self.walk(
            "/odoo/calls-dashboard",
            "cc_supervisor",
            """
            expect((await wait("[data-figure=attempts] b")).innerText, "2");
            expect((await wait("[data-figure=sales] b")).innerText, "1");
            (await wait("[data-tab=territory]")).click();
            await wait(".o_cc_region[data-code=SVE]");
            (await wait("[data-tab=overview]")).click();
            (await wait("[data-figure=sales]")).click();
            await wait(".o_list_view .o_data_row");
            const rows = document.querySelectorAll(".o_data_row").length;
            expect(String(rows), "1");
            """,
            ".o_cc_tile",
        )

    def test_who_comes_back_from_a_list_finds_what_he_chose(self):
        now = fields.Datetime.now()
        self.build_call("order", expected_revenue=1000, started_at=now)
        self.build_call("no_answer", started_at=now, employee=self.colleague)
        self.walk(
            "/odoo/calls-dashboard",
            "cc_supervisor",
            f"""
            (await wait("[data-period=thisMonth]")).click();
            await wait("[data-period=thisMonth].active");
            const select = await wait("[data-filter=employee_id]");
            select.value = "{self.operator.id}";
            select.dispatchEvent(new Event("change", {{ bubbles: true }}));
            const attempts = () => document.querySelector("[data-figure=attempts] b");
            for (let tries = 0; tries < 100 && attempts().innerText !== "1"; tries++) {{
                await new Promise((resolve) => setTimeout(resolve, 50));
            }}
            expect(attempts().innerText, "1");
            attempts().click();
            await wait(".o_list_view .o_data_row");
            expect(String(document.querySelectorAll(".o_data_row").length), "1");
            document.querySelector(".o_breadcrumb a, .breadcrumb-item a").click();
            await wait("[data-period=thisMonth].active");
            const chosen = await wait("[data-filter=employee_id]");
            expect(chosen.value, "{self.operator.id}");
            expect(attempts().innerText, "1");
            """,
            ".o_cc_tile",
        )

    def test_an_operator_sees_why_nobody_is_handed_out(self):
        running = self.env["callcenter.campaign"].search([("state", "=", "running")])
        running._transition({"state": "paused"})
        self.walk(
            "/odoo/desk",
            "cc_operator",
            """
            press("F2");
            await wait(".o_cc_desk[data-state=ready]");
            await wait(".o_cc_reason");
            press("F4");
            (await wait(".o_cc_pause_reason")).click();
            await wait(".o_cc_desk[data-state=pause]");
            press("F2");
            await wait(".o_cc_desk[data-state=ready]");
            await wait(".o_cc_reason");
            (await wait(".o_cc_offline:not([disabled])")).click();
            await wait(".o_cc_desk[data-state=offline]");
            """,
            ".o_cc_primary",
        )

    def test_who_is_no_operator_reads_why_the_desk_is_closed(self):
        self.walk(
            "/odoo/desk",
            "cc_supervisor",
            """await wait(".o_cc_closed")""",
            ".o_cc_closed",
        )

    def test_the_wallboard_shows_every_operator(self):
        with_state = self.env["callcenter.operator.state"]
        with_state._switch(self.operator, "ready")
        self.walk(
            "/odoo/wallboard",
            "cc_supervisor",
            f"""
            await wait("[data-employee='{self.operator.id}'][data-state=ready]");
            await wait("[data-employee='{self.colleague.id}'][data-state=offline]");
            """,
            ".o_cc_face",
        )
