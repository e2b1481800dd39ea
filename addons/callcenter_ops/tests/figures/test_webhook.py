"""What is sent to other programs: where to, and how it is signed."""

import hashlib
import hmac
from unittest.mock import patch

from odoo.tests import BaseCase, tagged

from ...tools.figures import webhook


def resolving(*addresses):
    """A resolver that knows these addresses of every host."""

    def resolve(_host, port, **_kwargs):
        return [(None, None, None, "", (address, port)) for address in addresses]

    return resolve


@tagged("post_install", "-at_install")
class TestWebhook(BaseCase):
    def code(self, action, *args):
        with self.assertRaises(webhook.WebhookError) as refused:
            action(*args)
        return refused.exception.code

    def test_an_address_is_https_and_carries_no_password(self):
        for url in (
            "http://hooks.example.org/a",
            "ftp://hooks.example.org",
            "https://user:word@hooks.example.org/",
            "https:///path",
            "https://hooks.example.org:port/",
            "hooks.example.org",
        ):
            self.assertEqual(self.code(webhook.read_address, url), "address", url)
        self.assertEqual(
            webhook.read_address("https://hooks.example.org/a?b=1"),
            ("hooks.example.org", 443, "/a?b=1"),
        )

    def test_numbers_of_private_networks_are_refused_as_they_are_typed(self):
        for host in ("127.0.0.1", "10.1.2.3", "192.168.0.9", "[::1]", "169.254.1.1"):
            url = f"https://{host}/"
            self.assertEqual(self.code(webhook.read_address, url), "private", url)

    def test_a_name_that_leads_to_any_private_address_is_refused(self):
        for addresses in (
            ("10.0.0.5",),
            ("93.184.216.34", "192.168.1.1"),
            ("::1",),
            ("::ffff:127.0.0.1",),
            ("fe80::1%eth0",),
            ("0.0.0.0",),
            ("224.0.0.1",),
            ("fec0::1",),
            ("64:ff9b::a00:1",),
            ("2002:a00:1::1",),
            ("::10.0.0.1",),
            ("::ffff:0:10.0.0.1",),
        ):
            with self.subTest(addresses=addresses):
                resolve = resolving(*addresses)
                code = self.code(webhook.find_public_ip, "x", 443, resolve)
                self.assertEqual(code, "private")
        public = webhook.find_public_ip("x", 443, resolving("93.184.216.34"))
        self.assertEqual(public, "93.184.216.34")
        public = webhook.find_public_ip("x", 443, resolving("2a00:1450:4010::8b"))
        self.assertEqual(public, "2a00:1450:4010::8b")

    def test_a_name_without_an_address_is_told(self):
        def resolve(*_args, **_kwargs):
            raise OSError

        code = self.code(webhook.find_public_ip, "x", 443, resolve)
        self.assertEqual(code, "unresolved")
        code = self.code(webhook.find_public_ip, "x", 443, resolving())
        self.assertEqual(code, "unresolved")

    def test_the_receiver_can_repeat_the_signature(self):
        expected = hmac.new(b"word", b'1700000000.{"a": 1}', hashlib.sha256)
        self.assertEqual(
            webhook.sign("word", 1700000000, b'{"a": 1}'),
            f"t=1700000000,v1={expected.hexdigest()}",
        )

    def post(self, status):
        """What the pool was asked for, and the code of the refusal if there is one."""
        resolve = resolving("93.184.216.34")
        with patch.object(webhook.urllib3, "HTTPSConnectionPool") as pool:
            pool.return_value.urlopen.return_value.status = status
            code = None
            try:
                webhook.post("https://hooks.example.org/a", b"{}", {}, resolve)
            except webhook.WebhookError as error:
                code = error.code
        return pool, code

    def test_it_connects_to_the_address_that_was_judged_and_follows_nowhere(self):
        pool, code = self.post(204)
        self.assertIsNone(code)
        self.assertEqual(pool.call_args.args, ("93.184.216.34", 443))
        names = pool.call_args.kwargs
        self.assertEqual(names["server_hostname"], "hooks.example.org")
        self.assertEqual(names["assert_hostname"], "hooks.example.org")
        self.assertEqual((names["timeout"], names["retries"]), (5, False))
        asked = pool.return_value.urlopen.call_args
        self.assertIs(asked.kwargs["redirect"], False)
        self.assertEqual(asked.kwargs["headers"]["Host"], "hooks.example.org")

    def test_a_refusal_and_a_redirect_are_failures(self):
        for status in (302, 404, 500):
            self.assertEqual(self.post(status)[1], f"status {status}")
