"""Operators at their desks over HTTP while answers get lost and sessions die.

desks.py DATABASE URL OPERATORS SECONDS CYCLE SEED FLAG; prints the books and fails when
they do not balance. CYCLE is the mean of the seconds from one call to the next; FLAG is
a file made when the work begins. Called by calling.sh, which breaks things meanwhile.
"""

import http.client
import json
import random
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

import desks_data

LOST, KILLED = 0.05, 0.02
GIVE_UP = 120
# What is being broken when the work ends has come back after so many seconds.
CALM = 15
LOGGED_OUT = "odoo.http.SessionExpiredException"


class Desk(threading.Thread):
    """One operator: calls until the time is up, repeating what got no answer."""

    def __init__(self, url, sessions, until, cycle, seed):
        super().__init__()
        self.parts, self.sessions, self.until = urlsplit(url), list(sessions), until
        self.cycle = cycle
        self.draw = random.Random(seed)
        self.saved, self.lost, self.killed, self.broken = [], 0, 0, 0
        self.error = None

    def run(self):
        try:
            self.work()
        except Exception as error:  # noqa: BLE001  (the thread must not end silently)
            self.error = f"{type(error).__name__}: {error}"

    def talk(self):
        """The rest of a call: work goes on elsewhere."""
        seconds = self.draw.uniform(0, 2 * self.cycle)
        time.sleep(max(0, min(seconds, self.until - time.monotonic())))

    def work(self):
        self.talk()
        claim = self.ask("claim_next")["claim"]
        while time.monotonic() < self.until:
            if not claim:
                time.sleep(0.2)
                claim = self.ask("claim_next")["claim"]
                continue
            if self.draw.random() < KILLED and len(self.sessions) > 1:
                # The browser is gone; a new one knows nothing and finds the client.
                self.killed += 1
                self.sessions.pop()
                held = self.ask("open_desk")["claim"]
                if not held or held["id"] != claim["id"]:
                    raise RuntimeError("the client did not come back")
            claim = self.finish(claim)

    def finish(self, claim):
        started = self.ask("start_call", claim["id"])["claim"]
        if not started:
            return self.ask("claim_next")["claim"]
        self.talk()
        code = self.draw.choice(["no_answer", "informed", "busy"])
        answer = self.ask("finish_call", claim["id"], code, {"note": "Said so"})
        self.saved.append((claim["id"], answer["saved"]["call_id"]))
        return answer["claim"]

    def ask(self, method, *args):
        """The answer; asked again until there is one."""
        until = time.monotonic() + GIVE_UP
        while time.monotonic() < until:
            if answer := self.try_once(method, args):
                return answer
            time.sleep(self.draw.uniform(0.05, 0.3))
        raise RuntimeError(f"{method}: no answer in {GIVE_UP} s")

    def try_once(self, method, args):
        try:
            return self.post(method, args)
        except (OSError, http.client.HTTPException, json.JSONDecodeError):
            self.broken += 1
            return None

    def post(self, method, args):
        connection = http.client.HTTPConnection(self.parts.netloc, timeout=20)
        params = {
            "model": "callcenter.desk",
            "method": method,
            "args": args,
            "kwargs": {"context": {"allowed_company_ids": [1]}},
        }
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        connection.request(
            "POST",
            f"/web/dataset/call_kw/callcenter.desk/{method}",
            body,
            {
                "Content-Type": "application/json",
                "Cookie": f"session_id={self.sessions[-1]}",
            },
        )
        if self.draw.random() < LOST:
            # The request has gone out; nobody will ever read the answer.
            self.lost += 1
            time.sleep(self.draw.uniform(0, 0.1))
            connection.close()
            raise ConnectionError("lost on purpose")
        answer = json.load(connection.getresponse())
        connection.close()
        if "error" in answer:
            data = answer["error"]["data"]
            if data["name"].startswith("psycopg2."):
                raise ConnectionError(data["message"])
            if data["name"] == LOGGED_OUT and len(self.sessions) > 1:
                self.sessions.pop()
                raise ConnectionError("signed in anew")
            raise RuntimeError(f"{method}: {data['message']}")
        return answer["result"]


def main(database, url, operators, seconds, cycle, seed, flag):
    sessions = desks_data.prepare(database, int(operators))
    Path(flag).touch()
    until = time.monotonic() + float(seconds)
    desks = [
        Desk(url, own, until, float(cycle), f"{seed}-{n}")
        for n, own in enumerate(sessions.values())
    ]
    for desk in desks:
        desk.start()
    for desk in desks:
        desk.join()
    Path(flag).unlink()
    time.sleep(CALM)
    for word in ("lost", "killed", "broken"):
        print(f"{word}: {sum(getattr(desk, word) for desk in desks)}")
    errors = [desk.error for desk in desks if desk.error]
    saved = [pair for desk in desks for pair in desk.saved]
    faults = errors[:5] + desks_data.check(database, saved)
    print(f"results acknowledged: {len(saved)}")
    for fault in faults:
        print(f"FAULT {fault}")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
