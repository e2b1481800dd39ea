"""What a benchmark may use: a database, Odoo's environment in it, a running server."""

import json
import statistics
import time
import urllib.request
from contextlib import contextmanager
from http.cookiejar import CookieJar

import psycopg2


class Rpc:
    """A signed-in browser's way to the server: JSON-RPC with a session cookie."""

    def __init__(self, url, database, login, password):
        self.url = url
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(CookieJar())
        )
        session = self.post(
            "/web/session/authenticate",
            {"db": database, "login": login, "password": password},
        )
        companies = session["user_companies"]
        self.context = session["user_context"] | {
            "allowed_company_ids": [companies["current_company"]]
        }

    def post(self, path, params):
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        request = urllib.request.Request(
            self.url + path, body.encode(), {"Content-Type": "application/json"}
        )
        with self.opener.open(request, timeout=60) as response:
            answer = json.load(response)
        if "error" in answer:
            raise RuntimeError(answer["error"]["data"]["message"])
        return answer["result"]

    def call(self, model, method, *args, **kwargs):
        """Call as the web client does, with the context of the signed-in user."""
        kwargs = {"context": self.context} | kwargs
        return self.post(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )


class Context:
    def __init__(self, database, url):
        self.database = database
        self.url = url

    @contextmanager
    def connection(self):
        """A plain connection to the benchmark database (commit what you mean)."""
        connection = psycopg2.connect(dbname=self.database)
        try:
            yield connection
        finally:
            connection.close()

    @contextmanager
    def env(self):
        """Odoo's environment as superuser; everything is rolled back at the end."""
        from odoo import SUPERUSER_ID
        from odoo.api import Environment
        from odoo.modules.registry import Registry

        with Registry(self.database).cursor() as cr:
            try:
                yield Environment(cr, SUPERUSER_ID, {})
            finally:
                cr.rollback()

    def rpc(self, login="admin", password="admin"):
        return Rpc(self.url, self.database, login, password)

    @staticmethod
    def rate(function, seconds=3.0, least=20):
        """How often a second ``function()`` runs: the median of its single times."""
        times, end = [], time.monotonic() + seconds
        function()  # the first call pays for caches
        while len(times) < least or time.monotonic() < end:
            start = time.perf_counter()
            function()
            times.append(time.perf_counter() - start)
        return 1 / statistics.median(times)

    @staticmethod
    def timed(function, amount):
        """How many of ``amount`` things a second one call of ``function`` does."""
        start = time.perf_counter()
        function()
        return amount / (time.perf_counter() - start)
