"""The JavaScript tests of desk and wallboard, run in a real browser."""

from odoo.tests import HttpCase, tagged


def _suite_id(name):
    """The id under which HOOT knows a suite: a hash of its full name."""
    value = 0
    for character in name:
        value = ((value << 5) - value + ord(character)) & 0xFFFFFFFF
    return f"{value:08x}"


@tagged("post_install", "-at_install")
class TestDeskJs(HttpCase):
    def test_every_suite(self):
        self._run_suite("@callcenter_ops")

    def _run_suite(self, name):
        self.browser_js(
            "/web/tests?headless&loglevel=2&preset=desktop&timeout=15000"
            f"&id={_suite_id(name)}",
            "",
            "",
            login="admin",
            timeout=300,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=lambda message: "[HOOT]" not in message,
        )
