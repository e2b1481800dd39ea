# Everything the commands share, in the order it is needed.
# shellcheck source-path=SCRIPTDIR
LIB="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
source "$LIB/common.sh"
source "$LIB/packages.sh"
source "$LIB/odoo_source.sh"
source "$LIB/wkhtmltopdf.sh"
source "$LIB/venv.sh"
source "$LIB/postgres.sh"
source "$LIB/odoo_conf.sh"
source "$LIB/database.sh"

setup_steps() {
    if ! is_borrowed; then
        install_packages
        provide_odoo
        provide_wkhtmltopdf
        provide_venv
    elif [ ! -x "$VENV/bin/python" ]; then
        fail "CALLCENTER_PLATFORM=$PLATFORM holds no finished platform" \
            "Run bin/setup in the checkout it belongs to, or unset CALLCENTER_PLATFORM."
    fi
    provide_postgres
}

# Idempotent: does what is missing, says nothing when nothing is.
setup() {
    if [ "${ODOO_HOME:-}" ]; then
        [ -d "$ODOO_HOME" ] || fail "ODOO_HOME=$ODOO_HOME is no folder"
        ODOO_HOME="$(cd "$ODOO_HOME" && pwd -P)"
        VENV="$(venv_dir)"
    fi
    mkdir -p "$PLATFORM" 2>/dev/null && [ -w "$PLATFORM" ] ||
        fail "the folder $PLATFORM cannot be written" \
            "Put the platform elsewhere: CALLCENTER_PLATFORM=/folder/of/yours $0"
    PATH="$PLATFORM/bin:$PATH"
    with_lock setup_steps
    export_pg
}
