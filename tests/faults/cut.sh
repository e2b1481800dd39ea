#!/usr/bin/env bash
# Downloads cut off in the middle, with the link itself up: a proxy lets so many
# megabytes through (CUTS="5 40 200") and then drops every connection. Each call ends in
# a message; the last one, without the proxy, finishes. Some minutes.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
unset CALLCENTER_PLATFORM PGHOST CALLCENTER_PG_PRIVATE
WORK="$(mktemp -d)"
COPY="$WORK/checkout"
PROXY=

end() {
    [ -z "$PROXY" ] || kill "$PROXY" 2>/dev/null || true
    "$COPY/bin/clean" -y >/dev/null 2>&1 || true
    rm -rf "$WORK"
}
trap end EXIT

# through MEGABYTES COMMAND...
through() {
    local port code=0
    port="$(free_port)"
    python3 "$HERE/cutting_proxy.py" "$port" "$1" &
    PROXY=$!
    sleep 1
    shift
    env http_proxy="http://127.0.0.1:$port" https_proxy="http://127.0.0.1:$port" \
        PIP_RETRIES=1 "$@" || code=$?
    kill "$PROXY" && wait "$PROXY" 2>/dev/null || true
    PROXY=
    return "$code"
}

main() {
    local size
    copy_checkout "$COPY"
    for size in ${CUTS:-5 40 200}; do
        refuses "cut after $size MB" 'could not|Call the command again' \
            through "$size" "$COPY/bin/setup"
    done
    expect "the next call, with the link whole, finishes" "$COPY/bin/setup"
    expect "and is silent the time after" "$COPY/bin/setup"
    same "Odoo speaks" 0 "$("$COPY/bin/odoo" --version >/dev/null && echo 0)"
    finished
}

main "$@"
