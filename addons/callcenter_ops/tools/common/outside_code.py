"""Is the program running text that somebody typed into a screen?

Server actions, automations, computed fields made on a screen, rules and templates are
Python all the same, and a name with one underscore is open to them. They run without
Python's own builtins, and that shows on the stack.
"""

import dis
import sys
from functools import lru_cache

_RECORDS = {"model", "record", "records"}


def runs_outside_code():
    """Whether some frame of this thread is text from the database.

    One plain call, as scheduled jobs and menu items have it, is the product's own
    method at work: ``model._cron_run()``, ``action = records.action_print()``.
    """
    frame = sys._getframe(1)
    while frame:
        if "open" not in frame.f_builtins and not is_plain_call(frame.f_code):
            return True
        frame = frame.f_back
    return False


@lru_cache(maxsize=256)
def is_plain_call(code):
    """Whether compiled ``code`` is one call of one method with constant arguments.

    Of ``record`` and ``records`` public methods alone: those check rights and state.
    """
    names = [name for name in code.co_names if name != "action"]
    if len(names) != 2 or names[0] not in _RECORDS:
        return False
    if names[1].startswith("_") and names[0] != "model":
        return False
    return not any(_builds(step) for step in dis.get_instructions(code))


def _builds(step):
    """A list or dict of values: more than the arguments of a job."""
    return step.opname.startswith(("BUILD_", "LIST_", "MAKE_"))
