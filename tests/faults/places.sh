#!/usr/bin/env bash
# Two checkouts at once, in odd places: a deep folder with a blank in its name, as root,
# with LC_ALL=C and another time zone; and a plain one as a user without rights, whose
# tests run on a PostgreSQL that PGHOST names. Sets both up: some minutes.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
unset CALLCENTER_PLATFORM PGHOST CALLCENTER_PG_PRIVATE
WORK="$(mktemp -d)"
chmod 755 "$WORK"
ODD="$WORK/a folder with blanks/$(printf 'deep%.0s/' $(seq 20))checkout"
PLAIN="$WORK/plain"
ODD_PORT="$(free_port)" PLAIN_PORT="$(free_port)"

end() {
    "$ODD/bin/clean" -y >/dev/null 2>&1 || true
    as_user "$PLAIN/bin/clean" -y >/dev/null 2>&1 || true
    rm -rf "$WORK"
}
trap end EXIT

as_user() {
    if [ "$(id -u)" -eq 0 ]; then
        (cd "$PLAIN" && runuser -u nobody -- env HOME="$PLAIN" USER=nobody LOGNAME=nobody "$@")
    else
        "$@"
    fi
}
odd() { (cd / && env LC_ALL=C TZ=Pacific/Auckland PORT="$ODD_PORT" "$@"); }

serving() { python3 "$HERE/ask.py" "http://127.0.0.1:$1/web/login"; }
names() { (source "$1/bin/lib/setup.sh" && export_pg && psql_q -c "$2"); }

# both TEXT WORD...: the same command in both checkouts at the same time.
both() {
    local text="$1" first second
    shift
    odd "$ODD/$1" "${@:2}" >"$WORK/odd.log" 2>&1 &
    first=$!
    as_user env PORT="$PLAIN_PORT" "$PLAIN/$1" "${@:2}" >"$WORK/plain.log" 2>&1 &
    second=$!
    wait "$first" || broken "$text, odd folder: $(tail -n 20 "$WORK/odd.log")"
    wait "$second" || broken "$text, plain folder: $(tail -n 20 "$WORK/plain.log")"
    passed "$text"
}

main() {
    copy_checkout "$ODD"
    copy_checkout "$PLAIN"
    [ "$(id -u)" -ne 0 ] || chown -R nobody "$PLAIN"
    both "both serve, set up at the same time" bin/run
    same "the odd one answers" 200 "$(serving "$ODD_PORT")"
    same "the plain one answers" 200 "$(serving "$PLAIN_PORT")"
    both "both test at the same time" bin/test tests/platform/test_browser.py \
        tests/platform/test_deployment.py tests/platform/test_backup.py

    local socket
    socket="$(cd "$ODD" && source bin/lib/setup.sh && choose_pg_folders && printf %s "$PG_SOCKET")"
    [ "${#socket}" -le 90 ] || broken "the socket's path is too long: $socket"
    passed "the socket of the deep folder is short: $socket"

    local server="$PLAIN/.platform/pg/run"
    expect "tests run on the server that PGHOST names" odd env PGHOST="$server" \
        PGUSER=odoo TEST_DB=elsewhere "$ODD/bin/test" tests/platform/test_deployment.py
    same "and their database is there" 1 "$(psql -h "$server" -U odoo -d postgres -Atc \
        "select count(*) from pg_database where datname = 'elsewhere'")"

    expect "cleaning one" odd "$ODD/bin/clean" -y
    same "the other goes on" 200 "$(serving "$PLAIN_PORT")"
    expect "cleaning the other" as_user "$PLAIN/bin/clean" -y
    [ ! -e "$PLAIN/.platform" ] && [ ! -e "$ODD/.platform" ] && [ ! -e "$socket" ] ||
        broken "something is left"
    passed "nothing is left of either"
    finished
}

main "$@"
