# Odoo's server of this checkout: started in the background, one per port.

server_file() { printf '%s/run/server-%s-%s.pid\n' "$PLATFORM" "$(checkout_id)" "$1"; }
server_log() { printf '%s/log/server-%s-%s.log\n' "$PLATFORM" "$(checkout_id)" "$1"; }

port_is_open() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# A pid file may outlive its process, and the number may be somebody else's by now.
server_pid() {
    local pid
    pid="$(cat "$(server_file "$1")" 2>/dev/null)" || return 1
    tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -q -- "odoo.* --http-port=$1 " ||
        return 1
    printf '%s\n' "$pid"
}

answers() {
    local status
    exec 3<>"/dev/tcp/127.0.0.1/$1" || return 1
    printf 'GET %s HTTP/1.0\r\nHost: 127.0.0.1:%s\r\n\r\n' "$2" "$1" >&3
    IFS= read -r -t 30 status <&3 || status=""
    exec 3>&-
    [[ "$status" == *" 200 "* ]]
} 2>/dev/null

wait_until_serving() {
    local port="$1" pid="$2" tries
    for ((tries = 0; tries < 600; tries++)); do
        answers "$port" /web/login && return
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.2
    done
    tail -n 20 "$(server_log "$port")" >&2
    stop_server "$port"
    fail "Odoo does not answer on port $port; the end of its log is above" \
        "The whole log: $(server_log "$port")"
}

check_port() {
    [[ "$1" =~ ^[0-9]+$ ]] && [ "$1" -ge 1024 ] && [ "$1" -le 65535 ] ||
        fail "'$1' is no usable port" "Choose one from 1024 to 65535: PORT=8070 $0"
}

check_port_free() {
    ! port_is_open "$1" || fail "port $1 is taken by another program" \
        "Choose another one: PORT=$(($1 + 1)) $0"
}

# START_OPTIONS= are added to Odoo's own.
start_server() {
    local port="$1" database="$2" log pid workers="${WORKERS:-0}"
    log="$(server_log "$port")"
    check_port_free "$port"
    # A reload starts itself anew as plain `python`: PATH leads it back to this one.
    PATH="$VENV/bin:$PATH" ODOO_RC="$(write_conf dev)" \
        setsid "$VENV/bin/python" "$(odoo_script)" -d "$database" \
        --db-filter="^$database\$" --http-port="$port" --gevent-port="$((port + 3))" \
        --workers="$workers" ${START_OPTIONS:-} --logfile="$log" >>"$log" 2>&1 </dev/null 9>&- &
    pid=$!
    printf '%s' "$pid" >"$(server_file "$port")"
    wait_until_serving "$port" "$pid"
}

stop_server() {
    local pid tries
    if pid="$(server_pid "$1")"; then
        kill "$pid" 2>/dev/null || true
        for ((tries = 0; tries < 100; tries++)); do
            kill -0 "$pid" 2>/dev/null || break
            sleep 0.1
        done
        kill -9 "$pid" 2>/dev/null || true
    fi
    rm -f "$(server_file "$1")"
}

stop_servers() {
    local file port
    for file in "$PLATFORM"/run/server-"$(checkout_id)"-*.pid; do
        [ -f "$file" ] || continue
        port="${file##*-}"
        stop_server "${port%.pid}"
        say "Stopped the server on port ${port%.pid}"
    done
}
