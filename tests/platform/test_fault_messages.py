"""Bad input to the commands ends in a message, and leaves nothing broken."""

import re

from commands import ROOT, command


def test_what_cannot_work_says_why_and_what_to_do():
    result = command("bash", ROOT / "tests" / "faults" / "messages.sh")
    assert result.returncode == 0, result.stdout + result.stderr
    assert re.search(r"^\d\d passed, 0 failed$", result.stdout, re.MULTILINE)
