"""One action for many requests: what comes within a moment is done together."""

import threading


class Debouncer:
    """Collects keys and acts on all of them after a pause, in a thread.

    Waking listeners costs a connection to the database server. Desks that save dozens
    of results a second would open as many; a board of figures may be half a second
    late. Nothing is lost with a killed process: listeners read all that waits for
    them at the next call.
    """

    def __init__(self, action, pause):
        """:param action: function of a set of keys; :param pause: seconds"""
        self._action, self._pause = action, pause
        self._lock, self._waiting = threading.Lock(), set()

    def ask(self, keys):
        """Have ``keys`` acted on, with whatever else comes in the pause."""
        with self._lock:
            is_first = not self._waiting
            self._waiting |= set(keys)
        if is_first:
            timer = threading.Timer(self._pause, self._act)
            timer.daemon = True
            timer.start()

    def _act(self):
        with self._lock:
            keys, self._waiting = self._waiting, set()
        self._action(keys)
