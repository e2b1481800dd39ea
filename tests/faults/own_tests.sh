#!/usr/bin/env bash
# Odoo's own tests of the apps that we extend, run by Odoo's own runner in a database
# with all our bridges and in one without a line of ours: what fails with us must fail
# without us too. OWN_TAGS= chooses other tests. Half an hour.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$CHECKOUT/bin/lib/setup.sh"
source "$LIB/tests.sh"

TAGS="${OWN_TAGS:-/crm,/hr,/survey,/maintenance,/hr_maintenance}"
WITH_US="own_tests_with_$(checkout_id)" WITHOUT_US="own_tests_without_$(checkout_id)"
WORK="$(mktemp -d)"

end() {
    drop_db "$WITH_US"
    drop_db "$WITHOUT_US"
    rm -rf "$WORK"
}
trap end EXIT

# failures DATABASE: the names of the tests that failed, sorted; the count of all first.
failures() {
    local log="$WORK/$1.log"
    PATH="$ROOT/bin/lib/browser:$PATH" ODOO_RC="$(write_conf test)" venv_odoo -d "$1" \
        --test-tags "$TAGS" --stop-after-init --http-port="$(free_port)" \
        --log-level=info --logfile="$log" >/dev/null 2>&1 || true
    grep -qE 'odoo.tests.result: [0-9]+ failed' "$log" || {
        tail -n 20 "$log" >&2
        broken "Odoo did not finish its tests in $1"
    }
    grep -oE 'odoo.tests.result: .* of [0-9]+ tests' "$log" >&2
    grep -oE '(FAIL|ERROR): (Subtest )?Test\w+\.\w+' "$log" | sort -u
}

main() {
    setup
    local outside
    outside="$(outside_addons "$(product),$APPS")"
    with_lock provide_template "$outside" "$(template_name "$outside")"
    copy_db "$(template_name "$outside")" "$WITHOUT_US"
    build_db "$WITH_US" own_tests "$(product),$APPS"
    failures "$WITHOUT_US" >"$WORK/without"
    passed "without us: $(wc -l <"$WORK/without") failures"
    failures "$WITH_US" >"$WORK/with"
    same "with us nothing else fails" "" "$(comm -13 "$WORK/without" "$WORK/with")"
    finished
}

main "$@"
