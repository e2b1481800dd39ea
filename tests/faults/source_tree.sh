#!/usr/bin/env bash
# ODOO_HOME with a real tree: Debian's Odoo is laid out as the official source is
# (odoo-bin, odoo/ with base alone, addons/ with the rest) and a fresh checkout runs
# and tests on it without fetching the package. Some minutes.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$CHECKOUT/bin/lib/setup.sh"

WORK="$(mktemp -d)"
FRESH="$WORK/checkout" TREE="$WORK/odoo"
PORT="$(free_port)"
export PORT

end() {
    "$FRESH/bin/clean" -y >/dev/null 2>&1 || true
    rm -rf "$WORK"
}
trap end EXIT

# Links of the package lead into its own tree, so they are followed, not copied.
lay_out_tree() {
    local addon package="$ODOO_TREE/usr/lib/python3/dist-packages"
    mkdir -p "$TREE/addons"
    cp -rL "$package/odoo" "$TREE/odoo"
    cp -L "$ODOO_TREE/usr/bin/odoo" "$TREE/odoo-bin"
    for addon in "$TREE"/odoo/addons/*/; do
        [ "$(basename "$addon")" = base ] || mv "$addon" "$TREE/addons/"
    done
}

main() {
    setup
    unset CALLCENTER_PLATFORM
    lay_out_tree
    copy_checkout "$FRESH"
    export ODOO_HOME="$TREE"
    expect "a fresh checkout serves the tree" "$FRESH/bin/run"
    same "it answers" 200 "$(python3 "$HERE/ask.py" "http://127.0.0.1:$PORT/web/login")"
    [ ! -e "$FRESH/.platform/odoo" ] || broken "the package was fetched all the same"
    passed "the package was not fetched"
    expect "a room's tests and a journey pass on it" "$FRESH/bin/test" \
        addons/callcenter_ops/tests/personnel tests/platform/test_browser.py
    expect "bin/odoo speaks for it" "$FRESH/bin/odoo" --version
    finished
}

main "$@"
