# The demonstration data of our own addons.

load_demo() {
    local addons
    IFS=, read -r -a addons < <(own_addons)
    say "Loading the demo company"
    ODOO_RC="$(write_conf dev)" venv_python "$LIB/load_demo.py" "$1" \
        "${addons[@]}" >"$PLATFORM/log/demo.log" 2>&1 9>&- || {
        tail -n 30 "$PLATFORM/log/demo.log" >&2
        fail "the demo data could not be loaded" "The whole log: $PLATFORM/log/demo.log"
    }
}
