"""Waking many listeners seldom: what comes within a moment is rung once."""

import threading


class Bell:
    """Collects channels and rings for all of them after a pause, in a thread.

    Ringing costs a connection to the database server. Desks that save dozens of
    results a second would open as many; a board of figures may be half a second late.
    Nothing is lost with a killed process: listeners read all that waits for them at
    the next ring.
    """

    def __init__(self, ring, pause):
        """:param ring: function of a set of channels; :param pause: seconds"""
        self._ring, self._pause = ring, pause
        self._lock, self._waiting = threading.Lock(), set()

    def ask(self, channels):
        """Have ``channels`` rung for, with whatever else comes in the pause."""
        with self._lock:
            is_first = not self._waiting
            self._waiting |= set(channels)
        if is_first:
            timer = threading.Timer(self._pause, self._ring_all)
            timer.daemon = True
            timer.start()

    def _ring_all(self):
        with self._lock:
            channels, self._waiting = self._waiting, set()
        self._ring(channels)
