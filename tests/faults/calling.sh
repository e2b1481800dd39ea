#!/usr/bin/env bash
# Desks over the real HTTP interface: 5 % of the answers are lost, 2 % of the sessions
# die, workers are killed, the database crashes and comes back. Afterwards the books
# must balance to the last call. The database is a cluster of its own with the settings
# of PostgreSQL itself, so that what was committed is safe.
# OPERATORS= (500), SECONDS_OF_WORK= (120), CYCLE= (15, seconds from call to call),
# KILL_EVERY= (12, a minute of the scenario), SEED= (1).
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$CHECKOUT/bin/lib/setup.sh"
source "$LIB/server.sh"

DATABASE="faults_calling_$(checkout_id)"
OPERATORS_="${OPERATORS:-500}" SECONDS_="${SECONDS_OF_WORK:-120}"
PORT="$(free_port)"
WORK="$(mktemp -d)"
KILLS=0 CRASHES=0 STARTS=0

end() {
    stop_server "$PORT" || true
    cluster stop -m immediate >/dev/null 2>&1 || true
    rm -rf "$WORK" "$(filestore "$DATABASE")"
}
trap end EXIT

cluster() {
    as_pg_owner "$(pg_bin)/pg_ctl" "$@" -s -w -D "$WORK/pg/data" -l "$WORK/pg/log" \
        -o "-k $WORK/pg -c listen_addresses='' -c max_connections=200" 9>&-
}

# Our addons are installed in the platform's cluster and moved to one of our own.
own_database() {
    build_db "$DATABASE" faults
    pg_dump -Fc -f "$WORK/dump" "$DATABASE"
    psql_q -v name="$DATABASE" <<<'drop database :"name"'
    chmod 711 "$WORK"
    own_folder "$WORK/pg"
    as_pg_owner "$(pg_bin)/initdb" -D "$WORK/pg/data" -U odoo -A trust -E UTF8 \
        --locale=C.UTF-8 >/dev/null
    cluster start >/dev/null
    unset CALLCENTER_PG_PRIVATE
    export PGHOST="$WORK/pg" PGPORT=5432 PGUSER=odoo
    createdb "$DATABASE"
    pg_restore -j 2 --no-owner -d "$DATABASE" "$WORK/dump"
    psql -qd "$DATABASE" -c analyze
}

# A child of the server, chosen at random: it answers requests or runs jobs.
kill_worker() {
    local server pid
    server="$(server_pid "$PORT")" || return 0
    pid="$(pgrep -P "$server" | shuf -n 1)" || return 0
    kill -9 "$pid" 2>/dev/null || return 0
    KILLS=$((KILLS + 1))
}

# As after a crash: nobody is asked, the log is replayed at the start.
crash_postgres() {
    cluster restart -m immediate >/dev/null
    CRASHES=$((CRASHES + 1))
}

# Odoo's own parent process ends where it starts a worker while the database is away;
# what watches over the service starts it again.
watch_server() {
    server_pid "$PORT" >/dev/null 2>&1 && return
    STARTS=$((STARTS + 1))
    WORKERS=2 start_server "$PORT" "$DATABASE"
}

break_things() {
    local step=0
    while kill -0 "$1" 2>/dev/null; do
        sleep "${KILL_EVERY:-12}"
        [ -f "$WORK/started" ] || continue
        watch_server
        kill_worker
        step=$((step + 1))
        [ $((step % 4)) -ne 2 ] || crash_postgres
    done
}

main() {
    local simulator
    setup
    own_database
    WORKERS=2 start_server "$PORT" "$DATABASE"
    ODOO_RC="$(write_conf dev)" venv_python "$HERE/desks.py" "$DATABASE" \
        "http://127.0.0.1:$PORT" "$OPERATORS_" "$SECONDS_" "${CYCLE:-15}" \
        "${SEED:-1}" "$WORK/started" >"$WORK/books" 2>&1 &
    simulator=$!
    break_things "$simulator"
    wait "$simulator" || broken "the books do not balance: $(tail -n 20 "$WORK/books")"
    grep -E '^[a-z ,]+: ' "$WORK/books" | sed 's/^/     /'
    passed "$KILLS processes killed, PostgreSQL crashed $CRASHES times, Odoo started anew $STARTS times"
    passed "the books of $OPERATORS_ desks balance to the last call"
    finished
}

main "$@"
