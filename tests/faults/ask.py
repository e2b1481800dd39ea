"""One request to a server under test; prints what the script compares.

ask.py URL [--header NAME | --secure-cookie | --websocket | --login USER PASSWORD DB]
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
            parts.netloc, context=UNVERIFIED, timeout=60
        )
    else:
        connection = http.client.HTTPConnection(parts.netloc, timeout=60)
    connection.request(method, parts.path, body, headers or {})
    return connection.getresponse()


def signed_in(url, login, password, database):
    params = {"db": database, "login": login, "password": password}
    body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
    response = send(
        url.rstrip("/") + "/web/session/authenticate",
        "POST",
        body,
        {"Content-Type": "application/json"},
    )
    return bool(json.load(response).get("result", {}).get("uid"))


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
        return "yes" if signed_in(url, *arguments) else "no"
    return send(url).status


if __name__ == "__main__":
    print(main(*sys.argv[1:]))
