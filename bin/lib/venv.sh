# The virtual environment: one per Odoo source, so switching ODOO_HOME is safe.

venv_dir() {
    if [ "${ODOO_HOME:-}" ]; then printf '%s\n' "$PLATFORM/venv-$(digest "$ODOO_HOME")"
    else printf '%s\n' "$PLATFORM/venv"; fi
}

VENV="$(venv_dir)"
venv_python() { "$VENV/bin/python" "$@"; }
venv_odoo() { "$VENV/bin/python" "$(odoo_script)" "$@"; }

venv_key() {
    { "$1" -VV; cat "$ROOT"/requirements*.txt; odoo_import_path; printf '%s' "$VENV"; } |
        sha256sum | cut -c1-32
}

# pip's cache and configuration are the machine's; its chatter goes to the log.
provide_venv() {
    local python key log="$PLATFORM/log/pip.log" site
    python="$(find_python)" || fail "no Python 3.10 to 3.13 with venv was found" \
        "As root: apt-get install python3 python3-venv" "$(docker_way)"
    key="$(venv_key "$python")"
    stamp_is "$(basename "$VENV")" "$key" && [ -x "$VENV/bin/python" ] && return
    say "Installing Python requirements"
    "$VENV/bin/python" -c '' 2>/dev/null || { rm -rf "$VENV"; "$python" -m venv "$VENV"; }
    site="$(venv_python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"
    printf '%s\n' "$(odoo_import_path)" >"$site/odoo19.pth"
    with_progress "$VENV" venv_python -m pip install --disable-pip-version-check \
        --no-input --prefer-binary -r "$ROOT/requirements.txt" -r "$ROOT/requirements-dev.txt" \
        >"$log" 2>&1 || fail "pip could not install the requirements" "Its messages are in $log" \
        "Call the command again: what has arrived is kept."
    stamp_set "$(basename "$VENV")" "$key"
}
