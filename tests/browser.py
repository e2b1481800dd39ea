"""Real Chromium for the journeys: one signed-in window a person."""

import logging
import os
import re
import resource
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from odoo.tests import HttpCase
from odoo.tests.common import _registry_test_lock
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from playwright.sync_api import expect, sync_playwright

_logger = logging.getLogger(__name__)

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1280, "height": 720}
PHONE = {"width": 390, "height": 844}
PATIENCE_MS = 45_000
STILL = (
    "*, *::before, *::after { transition: none !important; animation: none !important }"
)
# A name is typed again when its list has not come by then.
OFFER_MS = 9_000
# WCAG 2.2 AA: the size of targets is the one rule that axe leaves off by itself.
ACCESSIBILITY = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
GRAVE = ("serious", "critical")


@contextmanager
def _unlimited_memory():
    """Odoo limits the process's address space; Chromium would inherit that and die."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


class BrowserCase(HttpCase):
    """Opens windows of the web client; pictures go where ``SCREENSHOTS`` says.

    Without that variable no picture is written.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        executable = shutil.which("chromium") or shutil.which("google-chrome")
        with _unlimited_memory():
            player = sync_playwright().start()
            cls.addClassCleanup(player.stop)
            cls.chromium = player.chromium.launch(
                executable_path=executable, args=ARGUMENTS
            )
        cls.addClassCleanup(cls.chromium.close)
        expect.set_options(timeout=PATIENCE_MS)

    @contextmanager
    def window(self, login, viewport=None, password=None):
        """A page of the web client, signed in as ``login`` through the login form.

        Without ``password`` the one that ``new_test_user`` makes of a login is used.
        """
        with self.stranger(viewport) as page:
            self._sign_in(page, login, password or login.ljust(8, "x"))
            yield page

    @contextmanager
    def stranger(self, viewport=None):
        """A page of somebody without an account."""
        self.env.flush_all()
        with self.allow_requests(all_requests=True):
            context = self.chromium.new_context(
                viewport=viewport or DESKTOP,
                base_url=self.base_url(),
                locale="ru-RU",
                timezone_id="Asia/Yekaterinburg",
            )
            context.set_default_timeout(PATIENCE_MS)
            page = context.new_page()
            errors = []
            page.on("pageerror", lambda error: errors.append(str(error)))
            try:
                yield page
            except Exception:
                self._keep_failure(page)
                raise
            finally:
                page.goto("about:blank")
                context.close()
            self.assertEqual(errors, [], "the page raised errors")

    @contextmanager
    def database(self):
        """Look into the database while a window is open.

        The test and the server share one connection: the lock keeps the requests of
        the page out meanwhile. Touch no page inside.
        """
        with _registry_test_lock:
            self.env.invalidate_all()
            yield

    def _sign_in(self, page, login, password):
        page.goto("/web/login")
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", password)
        page.click("button[type=submit]")
        page.wait_for_selector(".o_web_client .o_main_navbar")

    def _keep_failure(self, page):
        """A picture of the moment a journey broke, for whoever reads the log."""
        path = Path(tempfile.gettempdir()) / f"{self._testMethodName}-failed.png"
        page.screenshot(path=str(path))
        _logger.info("The journey broke at %s: see %s", page.url, path)
        details = page.locator(".o_error_dialog .btn-link")
        if details.count():
            details.first.click()
            _logger.info(page.locator(".o_error_dialog").inner_text())

    def open_action(self, page, xmlid):
        """Open an action of ours by its external id and wait for its content."""
        with self.database():
            action_id = self.env.ref(xmlid).id
        page.goto(f"/odoo/action-{action_id}")
        page.wait_for_selector(".o_action, .o_view_controller")

    def open_record(self, page, record):
        """Open the form of one record."""
        page.goto(f"/odoo/{record._name}/{record.id}")
        page.wait_for_selector(".o_form_view")

    def choose_record(self, page, box, name, typed=None):
        """Type ``typed`` (``name`` at first) into a field; take the record ``name``.

        The answer to the field before redraws the form and may wipe what was typed
        meanwhile, so it is typed again, as a hand would do.
        """
        # The offer to create a record of this name may come before the record itself.
        exactly = re.compile(rf"^\s*{re.escape(name)}\s*$")
        item = page.locator(".o-autocomplete--dropdown-item", has_text=exactly).first
        for _attempt in range(PATIENCE_MS // OFFER_MS):
            page.fill(box, "")
            page.fill(box, typed or name)
            try:
                item.click(timeout=OFFER_MS)
            except PlaywrightTimeout:
                continue
            return
        self.fail(f"{name} was never offered in {box}")

    def assert_accessible(self, page, scope):
        """No grave fault in what we draw ourselves: ``scope`` is its CSS selector.

        Nothing fades meanwhile: half a colour has the contrast of none.
        """
        expect(page.locator(scope).first).to_be_visible()
        page.add_style_tag(content=STILL)
        page.evaluate("new Promise((done) => setTimeout(done, 100))")
        found = Axe().run(page, scope, ACCESSIBILITY).response["violations"]
        faults = [
            f"{fault['id']} at {node['target']}: {node['html'][:160]}"
            for fault in found
            if fault["impact"] in GRAVE
            for node in fault["nodes"]
        ]
        self.assertEqual(faults, [], f"{scope} is not open to everybody")

    def picture(self, page, name):
        """Keep a picture of the page, if the run was asked for pictures."""
        folder = os.environ.get("SCREENSHOTS")
        if folder:
            page.wait_for_timeout(400)  # let fades end
            page.screenshot(path=str(Path(folder) / f"{name}.png"))
