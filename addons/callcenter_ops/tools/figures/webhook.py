"""A message to another program: signed, over https, never into our own network."""

import hashlib
import hmac
import ipaddress
import socket
from urllib.parse import urlsplit

import certifi
import urllib3

TIMEOUT = 5
_PORT = 443
_SUCCESS = range(200, 300)
# What the internet routes; addresses beside it lead into a network of somebody's own,
# or carry an IPv4 address that nobody would judge (as 6to4 does inside of it).
_ROUTED_V6 = ipaddress.ip_network("2000::/3")


class WebhookError(Exception):
    """``code`` tells why: address, private, unresolved, network, or status NNN."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def read_address(url):
    """Host, port and path of an address that may be sent to.

    :return: ``(host, port, path with its query)``
    :raise WebhookError: not https, with a password in it, no address at all, or the
        number of a private one
    """
    try:
        parts = urlsplit(url)
        port = parts.port or _PORT
    except ValueError as error:
        raise WebhookError("address") from error
    if parts.scheme != "https" or not parts.hostname or "@" in parts.netloc:
        raise WebhookError("address")
    if _is_number(parts.hostname) and not _is_public(parts.hostname):
        raise WebhookError("private")
    path = parts.path or "/"
    return parts.hostname, port, f"{path}?{parts.query}" if parts.query else path


def find_public_ip(host, port, resolve=socket.getaddrinfo):
    """An IP address of ``host`` to connect to; all of them must be public.

    :raise WebhookError: it has none, or one of a private or special network
    """
    try:
        found = resolve(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise WebhookError("unresolved") from error
    addresses = [entry[4][0].partition("%")[0] for entry in found]
    if not addresses:
        raise WebhookError("unresolved")
    if not all(map(_is_public, addresses)):
        raise WebhookError("private")
    return addresses[0]


def _is_number(host):
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_public(address):
    ip = ipaddress.ip_address(address)
    ip = getattr(ip, "ipv4_mapped", None) or ip
    if ip.version == 6 and (ip not in _ROUTED_V6 or ip.sixtofour):
        return False
    return ip.is_global and not ip.is_multicast


def sign(secret, moment, body):
    """Value of the header ``X-Callcenter-Signature``.

    The receiver repeats it: HMAC-SHA256 of ``<seconds>.<body>`` with the secret; the
    moment inside keeps an old message from being sent again.

    :param moment: seconds since 1970 (int)
    :param bytes body: as it is sent
    """
    text = f"{moment}.".encode() + body
    digest = hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()
    return f"t={moment},v1={digest}"


def post(url, body, headers, resolve=socket.getaddrinfo):
    """Send ``body`` once; no redirect is followed.

    The connection goes to the very address that was judged, whatever the name would
    resolve to a moment later.

    :raise WebhookError: it was not taken
    """
    host, port, path = read_address(url)
    pool = urllib3.HTTPSConnectionPool(
        find_public_ip(host, port, resolve),
        port,
        server_hostname=host,
        assert_hostname=host,
        cert_reqs="CERT_REQUIRED",
        ca_certs=certifi.where(),
        timeout=TIMEOUT,
        retries=False,
    )
    try:
        answer = pool.urlopen(
            "POST",
            path,
            body=body,
            headers={"Host": host, "Content-Type": "application/json", **headers},
            redirect=False,
            preload_content=False,
        )
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise WebhookError("network") from error
    finally:
        pool.close()
    if answer.status not in _SUCCESS:
        raise WebhookError(f"status {answer.status}")
