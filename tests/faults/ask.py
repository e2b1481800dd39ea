"""One request to a server under test; prints what the script compares.

ask.py URL [--header NAME | --secure-cookie | --websocket | --login USER PASSWORD DB
            | --install APP USER PASSWORD DB]
"""

import http.client
import json
import ssl
import sys
from urllib.parse import urlsplit

# The rehearsal's certificate signs itself.
UNVERIFIED = ssl.create_default_context()
UNVERIFIED.check_hostname = False
UNVERIFIED.verify_mode = ssl.CERT_NONE
# Installing an app is the longest answer.
TIMEOUT = 180
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version": "13",
}


def send(url, method="GET", body=None, headers=None):
    parts = urlsplit(url)
    if parts.scheme == "https":
        connection = http.client.HTTPSConnection(
            parts.netloc, context=UNVERIFIED, timeout=TIMEOUT
        )
    else:
        connection = http.client.HTTPConnection(parts.netloc, timeout=TIMEOUT)
    connection.request(method, parts.path, body, headers or {})
    return connection.getresponse()


def post(url, path, params, cookie=""):
    """The answer's headers and its result; None where the server refused."""
    body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
    headers = {"Content-Type": "application/json", "Cookie": cookie}
    response = send(url.rstrip("/") + path, "POST", body, headers)
    return response.headers, json.load(response).get("result")


def sign_in(url, login, password, database):
    """The session's cookie; empty where the password is wrong."""
    params = {"db": database, "login": login, "password": password}
    headers, result = post(url, "/web/session/authenticate", params)
    cookies = headers.get_all("Set-Cookie") or []
    session = [one.partition(";")[0] for one in cookies if "session_id=" in one]
    return session[-1] if (result or {}).get("uid") else ""


def install(url, app, *login):
    """As the button of the app does; whether the server did it."""

    def call(method, *args):
        path = f"/web/dataset/call_kw/ir.module.module/{method}"
        params = {"model": "ir.module.module", "method": method}
        params |= {"args": args, "kwargs": {}}
        return post(url, path, params, cookie)[1]

    cookie = sign_in(url, *login)
    found = call("search", [["name", "=", app]])
    return bool(call("button_immediate_install", found))


def websocket_status(url):
    parts = urlsplit(url)
    headers = UPGRADE | {"Origin": f"{parts.scheme}://{parts.netloc}"}
    return send(url, headers=headers).status


def main(url, option=None, *arguments):
    if option == "--header":
        return send(url).headers.get(arguments[0], "none")
    if option == "--secure-cookie":
        cookie = (send(url).headers.get("Set-Cookie") or "").lower()
        return "yes" if "secure" in cookie and "samesite=lax" in cookie else cookie
    if option == "--websocket":
        return websocket_status(url)
    if option == "--login":
        return "yes" if sign_in(url, *arguments) else "no"
    if option == "--install":
        return "yes" if install(url, *arguments) else "no"
    return send(url).status


if __name__ == "__main__":
    print(main(*sys.argv[1:]))
