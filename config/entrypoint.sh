#!/usr/bin/env bash
# Starts Odoo in its container. Passwords come from files and reach Odoo through its
# environment: never through the command line, which other processes can read.
set -euo pipefail

read_secret() {
    local file="${!1:-}"
    [ -s "$file" ] || {
        echo "error: $1 names no file with a password; see config/make-secrets.sh" >&2
        exit 1
    }
    head -n 1 "$file"
}

PGPASSWORD="$(read_secret PGPASSWORD_FILE)"
ODOO_ADMIN_PASSWD="$(read_secret ADMIN_PASSWD_FILE)"
export PGPASSWORD ODOO_ADMIN_PASSWD

if [ "${1:-}" = prepare ]; then
    exec python3 "$(dirname "${BASH_SOURCE[0]}")/prepare_database.py"
fi
[ "${1:-}" != odoo ] || shift
exec ${ODOO_COMMAND:-odoo} "$@"
