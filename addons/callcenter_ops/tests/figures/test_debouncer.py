import threading
from unittest import TestCase

from ...tools.figures.debouncer import Debouncer


class TestDebouncer(TestCase):
    def setUp(self):
        self.rung, self.is_over = [], threading.Event()
        self.debouncer = Debouncer(self.ring, 0.01)

    def ring(self, channels):
        self.rung.append(channels)
        self.is_over.set()

    def wait(self):
        self.assertTrue(self.is_over.wait(5), "nobody was woken")
        self.is_over.clear()

    def test_what_comes_in_one_pause_is_rung_once(self):
        self.debouncer = Debouncer(self.ring, 0.2)
        self.debouncer.ask(["lead"])
        self.debouncer.ask(["lead", "director"])
        self.wait()
        self.assertEqual(self.rung, [{"lead", "director"}])

    def test_what_comes_later_is_rung_again(self):
        self.debouncer.ask(["lead"])
        self.wait()
        self.debouncer.ask(["lead"])
        self.wait()
        self.assertEqual(self.rung, [{"lead"}, {"lead"}])
