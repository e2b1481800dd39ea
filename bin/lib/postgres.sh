# A PostgreSQL of our own on a unix socket, or the server that PGHOST names.

PG_HOME="$PLATFORM/pg"
PG_DATA=""
PG_SOCKET=""

is_private_pghost() { [ "${CALLCENTER_PG_PRIVATE:-}" = 1 ]; }

# Root cannot run postgres: Debian's own user does.
pg_owner() { if is_root; then printf 'postgres\n'; else id -un; fi; }
as_pg_owner() {
    if is_root; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

reachable_for_owner() {
    ! is_root || (cd / && runuser -u postgres -- test -x "$1")
}

# A socket's path has at most 107 bytes, and a checkout may lie deep, have a blank in
# its name or be closed to the user postgres: then short folders outside are used.
choose_pg_folders() {
    local id
    id="$(digest "$PLATFORM")"
    PG_DATA="$PG_HOME/data"
    PG_SOCKET="$PG_HOME/run"
    if ! reachable_for_owner "$PLATFORM"; then
        PG_DATA="/var/lib/callcenter-$id/data"
        PG_SOCKET="/var/lib/callcenter-$id/run"
    elif [ "${#PG_SOCKET}" -gt 80 ] || [[ "$PG_SOCKET" =~ [^A-Za-z0-9/._-] ]]; then
        PG_SOCKET="/tmp/callcenter-$id"
    fi
}

own_folder() {
    local folder="$1"
    [ -L "$folder" ] && fail "$folder is a link; it must be a folder of ours"
    mkdir -p "$folder"
    if is_root; then chown postgres: "$folder"; fi
    chmod 700 "$folder" 2>/dev/null && [ -O "$folder" ] || is_root ||
        fail "$folder belongs to somebody else" "Remove it or ask its owner."
}

init_cluster() {
    local bin="$1" new="$PG_DATA.new"
    say "Creating the project's own PostgreSQL cluster"
    rm -rf "$new"
    own_folder "$new"
    as_pg_owner "$bin/initdb" -D "$new" -U odoo -A trust -E UTF8 --locale=C.UTF-8 -N \
        >"$PLATFORM/log/initdb.log" 2>&1 || fail "initdb failed" \
        "Its messages are in $PLATFORM/log/initdb.log"
    as_pg_owner tee -a "$new/postgresql.conf" >/dev/null <"$ROOT/config/postgresql.dev.conf"
    rm -rf "$PG_DATA"
    mv "$new" "$PG_DATA"
}

# The binaries must be of the version that made the data.
cluster_bin() {
    local version
    version="$(cat "$PG_DATA/PG_VERSION" 2>/dev/null)" || { pg_bin; return; }
    [ -x "/usr/lib/postgresql/$version/bin/postgres" ] || fail \
        "the database folder $PG_DATA was made by PostgreSQL $version, which is not installed" \
        "Install postgresql-$version, or remove the data with: bin/clean"
    printf '%s\n' "/usr/lib/postgresql/$version/bin"
}

pg_answers() {
    "$1/pg_isready" -q -h "$PG_SOCKET" -p 5432 -t 2
}

start_cluster() {
    local bin="$1" log try
    log="$(dirname "$PG_DATA")/server.log"
    own_folder "$PG_SOCKET"
    as_pg_owner touch "$log"
    # A killed server leaves its pid file; postgres itself checks whether it is stale.
    for try in 1 2 3; do
        as_pg_owner "$bin/pg_ctl" start -s -w -t 60 -D "$PG_DATA" -l "$log" \
            -o "-k $PG_SOCKET -p 5432 -c listen_addresses=''" >/dev/null 2>&1 9>&- && return
        pg_answers "$bin" && return
        sleep "$try"
    done
    fail "the project's PostgreSQL does not start" "Its messages are in $log"
}

stop_cluster() {
    choose_pg_folders
    [ -f "$PG_DATA/postmaster.pid" ] || return 0
    as_pg_owner "$(cluster_bin)/pg_ctl" stop -s -m fast -D "$PG_DATA" || true
}

# Sets the libpq variables that Odoo, psql and pytest read.
export_pg() {
    if [ "${PGHOST:-}" ] && ! is_private_pghost; then
        export PGHOST PGPORT="${PGPORT:-5432}" PGUSER="${PGUSER:-odoo}"
        return
    fi
    choose_pg_folders
    export CALLCENTER_PG_PRIVATE=1
    export PGHOST="$PG_SOCKET" PGPORT=5432 PGUSER=odoo
    unset PGPASSWORD PGSERVICE PGDATABASE PGSSLMODE
    PATH="$(cluster_bin):$PATH"
    export PATH
}

check_given_server() {
    has psql || fail "psql is missing" "As root: apt-get install postgresql-client"
    psql -w -d "${PGDATABASE:-postgres}" -qAtc 'select 1' >/dev/null 2>"$PLATFORM/log/psql.log" ||
        fail "the PostgreSQL server named by PGHOST=$PGHOST does not let us in" \
            "$(head -n 3 "$PLATFORM/log/psql.log")" \
            "Check PGHOST, PGPORT, PGUSER, PGPASSWORD; or unset PGHOST to use a private server."
}

provide_postgres() {
    export_pg
    if ! is_private_pghost; then check_given_server; return; fi
    local bin
    bin="$(cluster_bin)"
    pg_answers "$bin" && return
    mkdir -p "$PG_HOME"
    if is_root; then
        mkdir -p "$(dirname "$PG_DATA")"
        chown postgres: "$PG_HOME" "$(dirname "$PG_DATA")"
    fi
    [ -f "$PG_DATA/PG_VERSION" ] || init_cluster "$bin"
    start_cluster "$bin"
}
