# The two databases of the tests: one with the product alone, whose rules must hold
# without any other app, and one with every app that a bridge of ours reaches.

APPS=account,hr_holidays,hr_skills,im_livechat,purchase,sale,survey
# What runs beside the apps, apart from the bridges' own tests.
BESIDE_APPS=(tests/apps tests/test_security_matrix.py tests/test_role_screens.py
    tests/test_translations.py addons/callcenter_ops/tests/desk/test_desk_result.py
    addons/callcenter_ops/tests/personnel/test_order_dismissal.py)

# Odoo's own tests of what we extend, as far as they pass without us, work in Russian
# and are quick; tests/faults/own_tests.sh runs all of them.
ODOO_TESTS=(crm/tests/test_crm_activity.py crm/tests/test_crm_lead_multicompany.py
    hr/tests/test_hr_employee_public.py hr/tests/test_hr_version.py
    maintenance/tests/test_maintenance.py survey/tests/test_survey_flow.py
    survey/tests/test_survey_security.py)

# The folder of Odoo's addons.
odoo_addons() {
    venv_python -c "import odoo.addons.crm as crm, pathlib
print(pathlib.Path(crm.__file__).parents[1])"
}

# All that runs in the database with the apps: paths, one a line.
apps_tests() {
    bridges
    printf '%s\n' "${BESIDE_APPS[@]}"
    printf "$(odoo_addons)/%s\n" "${ODOO_TESTS[@]}"
}

# Our addons that install themselves with a partner.
bridges() {
    (cd "$ROOT" && grep -lE '^ *"auto_install": True' addons/*/__manifest__.py) | xargs -r dirname
}

main_database() { printf '%s\n' "${TEST_DB:-callcenter_test_$(checkout_id)}"; }
apps_database() { printf '%s_apps\n' "$(main_database)"; }

# provide_test_db NAME LIST: up to date with the checkout, with its browser's bundles.
provide_test_db() {
    local stamp
    check_db_owner "$1" TEST_DB
    stamp="$(addons_stamp "$2")"
    db_is_current "$1" "$stamp" || AFTER_INSTALL=build_assets build_db "$1" "$stamp" "$2"
}

provide_main() { provide_test_db "$(main_database)" "$(product)"; }
provide_apps() { provide_test_db "$(apps_database)" "$(product),$APPS"; }

# run_tests DATABASE PYTEST-ARGUMENTS...
run_tests() {
    local database="$1"
    shift
    say "Testing in the database $database"
    (cd "$ROOT" && PATH="$ROOT/bin/lib/browser:$PATH" TEST_DATABASE="$database" \
        ODOO_RC="$(write_conf test)" "$VENV/bin/python" -m pytest \
        --odoo-database="$database" --odoo-http "$@")
}

run_main() {
    local bridge ignored=(--ignore=tests/apps --ignore=addons/callcenter_demo)
    while read -r bridge; do ignored+=("--ignore=$bridge"); done < <(bridges)
    run_tests "$(main_database)" "${ignored[@]}" "$@"
}

run_apps() { run_tests "$(apps_database)" "$@"; }

# Whether a path given to bin/test needs the apps.
is_beside_apps() {
    local bridge path="${1#"$ROOT"/}"
    [[ "$path" != tests/apps* ]] || return 0
    while read -r bridge; do [[ "$path" != "$bridge"* ]] || return 0; done < <(bridges)
    return 1
}
