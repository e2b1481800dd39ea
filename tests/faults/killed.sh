#!/usr/bin/env bash
# kill -9 at random moments, and PostgreSQL killed while Odoo serves: the next call of
# the same command mends everything. Sets up a checkout of its own: some minutes.
# KILLS= (5) kills of the set-up, SEED= repeats a run.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
unset CALLCENTER_PLATFORM PGHOST CALLCENTER_PG_PRIVATE
WORK="$(mktemp -d)"
COPY="$WORK/checkout"
SEED="${SEED:-$RANDOM}"
RANDOM="$SEED"
export PORT
PORT="$(free_port)"

end() {
    "$COPY/bin/clean" -y >/dev/null 2>&1 || true
    rm -rf "$WORK"
}
trap end EXIT

# Kills the command with all its children, as a power cut would.
kill_after() {
    local seconds="$1" pid
    shift
    setsid "$@" >"$WORK/killed.log" 2>&1 &
    pid=$!
    sleep "$seconds"
    kill -9 -- "-$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
}

serving() { python3 "$HERE/ask.py" "http://127.0.0.1:$PORT/web/login"; }

database_words() {
    (source "$COPY/bin/lib/setup.sh" && export_pg && psql -d callcenter -Atc "$1")
}

killed_setup() {
    local try delay
    for ((try = 1; try <= ${KILLS:-5}; try++)); do
        delay="$((RANDOM % 30 + 1)).$((RANDOM % 10))"
        kill_after "$delay" "$COPY/bin/run"
        passed "bin/run killed after $delay s: $(grep '^==>' "$WORK/killed.log" | tail -n 1)"
    done
    expect "the next call finishes" "$COPY/bin/run"
    same "and serves" 200 "$(serving)"
}

killed_upgrade() {
    printf '\n<!-- touched -->\n' >>"$COPY/addons/callcenter_ops/views/menus.xml"
    expect "people write into it" database_words "update res_partner set comment = 'kept' where id = 1"
    kill_after 6 "$COPY/bin/run"
    passed "bin/run killed while it upgrades"
    expect "the next call upgrades" "$COPY/bin/run"
    same "and serves" 200 "$(serving)"
    same "what people wrote is kept" kept \
        "$(database_words "select comment from res_partner where id = 1" | sed 's/<[^>]*>//g')"
}

killed_postgres() {
    local data pids
    data="$(source "$COPY/bin/lib/setup.sh" && choose_pg_folders && printf '%s' "$PG_DATA")"
    pids="$(head -n 1 "$data/postmaster.pid")"
    pids="$pids $(pgrep -P "$pids" | tr '\n' ' ')"
    # shellcheck disable=SC2086  # a list of numbers
    kill -9 $pids
    sleep 1
    [ "$(serving)" != 200 ] || broken "it serves without a database"
    passed "PostgreSQL killed while serving: the page fails"
    expect "the next bin/run starts it again" "$COPY/bin/run"
    same "and serves" 200 "$(serving)"
    same "with the data" kept \
        "$(database_words "select comment from res_partner where id = 1" | sed 's/<[^>]*>//g')"
}

killed_server() {
    local pid
    pid="$(cat "$COPY"/.platform/run/server-*.pid)"
    kill -9 "$pid"
    expect "Odoo killed: the next bin/run starts it" "$COPY/bin/run"
    same "and serves" 200 "$(serving)"
}

main() {
    printf 'SEED=%s\n' "$SEED"
    copy_checkout "$COPY"
    killed_setup
    killed_upgrade
    killed_postgres
    killed_server
    expect "bin/stop" "$COPY/bin/stop"
    expect "bin/clean" "$COPY/bin/clean" -y
    [ ! -e "$COPY/.platform" ] || broken "bin/clean left something"
    passed "nothing is left"
    finished
}

main "$@"
