#!/usr/bin/env bash
# A database of an older version, with its demo company, upgraded to this checkout:
# nothing is lost, the rights hold, a signed order prints the same words.
# FROM= names a commit or tag to start from (the first version), four minutes each.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$CHECKOUT/bin/lib/setup.sh"

# The last commit of version 19.0.1.0.0.
FIRST=397f941
OLD_NAME="upgrade_$(checkout_id)"
WORK="$(mktemp -d)"

end() {
    drop_db "$OLD_NAME" || true
    drop_db "$OLD_NAME.new" || true
    rm -rf "$WORK"
}
trap end EXIT

# The old checkout builds its own database with its own commands.
build_old() {
    mkdir -p "$WORK/old"
    git -C "$CHECKOUT" archive "$1" | tar -x -C "$WORK/old"
    OLD_NAME="$OLD_NAME" CALLCENTER_PLATFORM="$PLATFORM" bash -c '
        cd "$1" && source bin/lib/setup.sh
        setup
        if [ -f "$LIB/demo.sh" ]; then
            source "$LIB/demo.sh"
            AFTER_INSTALL=load_demo build_db "$OLD_NAME" old
        else
            build_db "$OLD_NAME" old "$(demo_product)"
        fi' bash "$WORK/old"
}

# snapshot CHECKOUT FILE: what must be the same before and after.
snapshot() {
    CALLCENTER_PLATFORM="$PLATFORM" "$1/bin/odoo" shell -d "$OLD_NAME" --no-http \
        --log-level=error <"$HERE/upgrade_snapshot.py" >"$2.raw" 2>"$2.log" ||
        broken "the snapshot failed: $(tail -n 20 "$2.log")"
    grep '^snapshot ' "$2.raw" | sort >"$2"
    [ -s "$2" ] || broken "the snapshot is empty: $(tail -n 20 "$2.log")"
}

upgrade() {
    run_odoo -d "$OLD_NAME" -u "$(product)" --logfile="$WORK/upgrade.log"
}

warned() { grep -E ' (WARNING|ERROR|CRITICAL) ' "$WORK/upgrade.log" || true; }

value() {
    psql_q -d "$OLD_NAME" <<<"$1"
}

main() {
    local from="${FROM:-$FIRST}"
    setup
    expect "a database of $from with its demo company" build_old "$from"
    snapshot "$WORK/old" "$WORK/before"
    expect "it upgrades" upgrade
    same "without a warning" "" "$(warned)"
    snapshot "$CHECKOUT" "$WORK/after"
    same "no record, figure, right or word of a paper is lost" "" \
        "$("$VENV/bin/python" "$HERE/upgrade_compare.py" "$WORK/before" "$WORK/after")"
    same "the demo company is an addon that counts as installed" installed \
        "$(value "SELECT state FROM ir_module_module WHERE name = 'callcenter_demo'")"
    same "every job is there" 0 "$(value "
        SELECT count(*) FROM ir_model_data AS named
         WHERE model = 'ir.cron' AND module LIKE 'callcenter%'
           AND NOT EXISTS (SELECT 1 FROM ir_cron WHERE id = named.res_id)")"
    expect "it upgrades again" upgrade
    finished
}

main "$@"
