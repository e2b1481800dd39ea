import threading
from unittest import TestCase

from ...tools.figures.bell import Bell


class TestBell(TestCase):
    def setUp(self):
        self.rung, self.is_over = [], threading.Event()
        self.bell = Bell(self.ring, 0.01)

    def ring(self, channels):
        self.rung.append(channels)
        self.is_over.set()

    def wait(self):
        self.assertTrue(self.is_over.wait(5), "the bell never rang")
        self.is_over.clear()

    def test_what_comes_in_one_pause_is_rung_once(self):
        self.bell = Bell(self.ring, 0.2)
        self.bell.ask(["lead"])
        self.bell.ask(["lead", "director"])
        self.wait()
        self.assertEqual(self.rung, [{"lead", "director"}])

    def test_what_comes_later_is_rung_again(self):
        self.bell.ask(["lead"])
        self.wait()
        self.bell.ask(["lead"])
        self.wait()
        self.assertEqual(self.rung, [{"lead"}, {"lead"}])
