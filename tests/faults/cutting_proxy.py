"""An HTTP proxy that lets so many bytes through and then cuts every connection.

Usage: cutting_proxy.py PORT MEGABYTES. Serves CONNECT and plain GET; ends when killed.
"""

import socket
import socketserver
import sys
import threading
from urllib.parse import urlsplit

CHUNK = 65_536


class Allowance:
    """The bytes that may still pass, over all connections."""

    def __init__(self, size):
        self.left = size
        self.lock = threading.Lock()

    def take(self, size):
        with self.lock:
            self.left -= size
            return self.left > 0


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        request = self.rfile.readline().decode()
        headers = list(iter(self.rfile.readline, b"\r\n"))
        if not request or not self.server.allowance.take(0):
            return
        method, target, version = request.split()
        url = urlsplit(f"//{target}" if method == "CONNECT" else target)
        address = (url.hostname, url.port or 80)
        with socket.create_connection(address, timeout=60) as upstream:
            if method == "CONNECT":
                self.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            else:
                upstream.sendall(self._forwarded(method, url, version, headers))
            threading.Thread(
                target=self._copy, args=(self.connection, upstream), daemon=True
            ).start()
            self._copy(upstream, self.connection)

    @staticmethod
    def _forwarded(method, url, version, headers):
        path = url.path + (f"?{url.query}" if url.query else "")
        kept = [line for line in headers if not line.lower().startswith(b"connection:")]
        first = f"{method} {path} {version}\r\n".encode()
        return first + b"".join(kept) + b"Connection: close\r\n\r\n"

    def _copy(self, source, target):
        try:
            while data := source.recv(CHUNK):
                if not self.server.allowance.take(len(data)):
                    break
                target.sendall(data)
        except OSError:
            pass
        for end in (source, target):
            end.close()


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


if __name__ == "__main__":
    port, megabytes = map(int, sys.argv[1:])
    with Server(("127.0.0.1", port), Handler) as server:
        server.allowance = Allowance(megabytes * 1024 * 1024)
        server.serve_forever()
