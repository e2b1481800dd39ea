"""Odoo's own reload starts the server anew in the environment it was started in."""

from commands import ROOT, command

# Stands for the server's start script: reloads once, then says where it runs.
_SERVER = """
import os, sys
if os.environ.get("WAS_RELOADED"):
    import odoo
    print("reloaded", sys.prefix, sys.argv[1:3], flush=True)
else:
    os.environ["WAS_RELOADED"] = "1"
    from odoo.service import server
    server._reexec()
"""
# Everything is the commands' own but what is run, and the wait for its answer.
_START = """
set -euo pipefail
source bin/lib/setup.sh
source bin/lib/server.sh
odoo_script() {{ printf '%s\\n' "{script}"; }}
write_conf() {{ printf '/dev/null\\n'; }}
server_log() {{ printf '%s\\n' "{log}"; }}
server_file() {{ printf '%s\\n' "{log}.pid"; }}
check_port_free() {{ :; }}
wait_until_serving() {{ wait "$2"; }}
{start}
printf 'venv %s\\n' "$VENV"
"""


def _reload(folder, start):
    script, log = folder / "server.py", folder / "server.log"
    script.write_text(_SERVER)
    text = _START.format(script=script, log=log, start=start)
    result = command("bash", "-c", text, PATH="/usr/bin:/bin", timeout=60)
    said = log.read_text() if log.exists() else ""
    assert result.returncode == 0, result.stdout + result.stderr + said
    return said, result.stdout.rpartition("venv ")[2].strip()


def test_a_reloaded_server_finds_odoo_in_its_own_environment(tmp_path):
    said, venv = _reload(tmp_path, "start_server 8999 callcenter")
    assert said == f"reloaded {venv} ['-d', 'callcenter']\n"


def test_the_command_line_leads_a_reload_back_too():
    """What it runs is replaced by the shell: the path is what a reload goes by."""
    text = (ROOT / "bin" / "odoo").read_text()
    before, _exec, _after = text.partition("exec ")
    assert 'PATH="$VENV/bin:$PATH"' in before
    assert "export ODOO_RC PATH" in before
