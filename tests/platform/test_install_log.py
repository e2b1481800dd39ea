"""Each build of a database answers for its own log alone."""

from commands import ROOT, command

# Odoo and the checker of its log are played; the rest is the project's own code.
_SCRIPT = r"""
source bin/lib/common.sh; source bin/lib/database.sh
run_odoo() {
    local word
    for word; do
        case "$word" in --logfile=*) echo "this build" >>"${word#--logfile=}" ;; esac
    done
}
PLATFORM="$1" VENV="$1"
install_modules somewhere addons
"""


def test_a_build_after_a_failed_one_keeps_only_its_own_lines(tmp_path):
    (tmp_path / "log").mkdir()
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").symlink_to("/bin/true")
    log = tmp_path / "log" / "install-somewhere.log"
    log.with_name(log.name + ".new").write_text("WARNING of the failed build\n")
    result = command("bash", "-c", _SCRIPT, ROOT / "bin" / "run", tmp_path)
    assert result.returncode == 0, result.stderr
    assert log.read_text() == "this build\n"
