"""The browser that every journey stands on."""

from odoo.tests import HttpCase, tagged


@tagged("post_install", "-at_install")
class TestBrowser(HttpCase):
    def test_the_web_client_starts_without_an_error_in_the_console(self):
        self.browser_js(
            "/odoo",
            "console.log('test successful')",
            "document.querySelector('.o_main_navbar') !== null",
            login="admin",
        )

    def test_no_icon_of_font_awesome_is_missing(self):
        """Odoo draws with version 4.7; a newer font leaves boxes instead of icons."""
        response = self.url_open(
            "/web/static/src/libs/fontawesome/fonts/fontawesome-webfont.woff2"
        )
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.content[:4], b"wOF2")
