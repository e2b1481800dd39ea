#!/usr/bin/env bash
# Odoo's own tests of the apps that we extend, in a database with all our bridges and
# in one without a line of ours: what fails with us must fail without us too (here the
# first language is Russian, which some of them do not expect). Those that need a
# browser are left out. OWN_TESTS= names other apps. Ten minutes.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$CHECKOUT/bin/lib/setup.sh"
source "$LIB/tests.sh"

# Odoo lets HR link a card with any account; ours leaves that to orders and to
# administrators, as whoever is linked takes that person's exams and signs for him.
INTENDED='hr/tests/test_hr_employee.py::TestHrEmployee::(test_employee_from_manager_tz_no_reset|'
INTENDED+='test_employee_from_user|test_employee_timezone|test_set_user_on_new_employee)'

read -r -a OWN_TESTS <<<"${OWN_TESTS:-crm hr maintenance survey}"
WITH_US="own_tests_with_$(checkout_id)" WITHOUT_US="own_tests_without_$(checkout_id)"
WORK="$(mktemp -d)"

end() {
    drop_db "$WITH_US"
    drop_db "$WITHOUT_US"
    rm -rf "$WORK"
}
trap end EXIT

# failures DATABASE: the tests that failed, sorted.
failures() {
    local report="$WORK/$1.txt" app paths=() addons
    addons="$(odoo_addons)"
    for app in "${OWN_TESTS[@]}"; do paths+=("$addons/$app/tests"); done
    run_tests "$1" -q --tb=no -p no:cacheprovider -k "not Tour and not TestUi" \
        "${paths[@]}" >"$report" 2>&1 || true
    tail -n 1 "$report" >&2
    grep -qE ' passed' "$report" || broken "Odoo's tests did not run in $1: $(tail "$report")"
    # Numbers of records differ from one database to the next.
    grep -E '^(FAILED|SUBFAILED|ERROR)' "$report" | sed -e 's#^.*/odoo/addons/##' -e 's/[0-9]\+//g' |
        sort -u
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
    same "with us nothing else fails" "" \
        "$(comm -13 "$WORK/without" "$WORK/with" | grep -vE "$INTENDED" || true)"
    finished
}

main "$@"
