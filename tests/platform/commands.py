"""Runs the project's own commands from a test."""

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLATFORM = os.environ.get("PLATFORM", str(ROOT / ".platform"))


def command(*words, timeout=300, **environment):
    """Run ``words`` in the checkout; the finished process with its output as text."""
    return subprocess.run(
        [str(word) for word in words],
        cwd=ROOT,
        env={**os.environ, "CALLCENTER_PLATFORM": PLATFORM, **environment},
        capture_output=True,
        text=True,
        timeout=timeout,
        stdin=subprocess.DEVNULL,
        check=False,
    )
