from . import test_briefing
