#!/usr/bin/env bash
# A machine with nothing on it: `bare.sh trixie` (Debian 13) or `bare.sh bookworm` (12)
# bootstraps that release into a folder and runs the two commands there as root, on a
# clone of what is committed. A second argument is what bin/test gets (a room instead
# of everything). Needs root, debootstrap and some 6 GB; 10-30 minutes.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

SUITE="${1:-trixie}"
TESTS="${2-}"
WORK="$(mktemp -d)"
MACHINE="$WORK/$SUITE"
PORT="$(free_port)"

# Processes of the machine live in its own process space and end with it.
inside() {
    unshare --mount --pid --fork --kill-child bash -c '
        machine=$1; shift
        mount -t proc proc "$machine/proc" &&
        mount --rbind /dev "$machine/dev" &&
        exec chroot "$machine" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root \
            ${PIP_CERT:+PIP_CERT="$PIP_CERT"} PORT="$PORT" "$@"' _ "$MACHINE" "$@"
}

end() { rm -rf --one-file-system "$WORK"; }
trap end EXIT

build_machine() {
    debootstrap --variant=minbase "$SUITE" "$MACHINE" "${MIRROR:-http://deb.debian.org/debian}"
    cp /etc/resolv.conf "$MACHINE/etc/resolv.conf"
    # What this machine needs to reach a mirror: its proxy, a mirror kept at a day in
    # the past, authorities of its own.
    { apt-config dump | grep -E '^Acquire::(Check-Valid-Until|https?::Proxy)' || true; } \
        >"$MACHINE/etc/apt/apt.conf.d/90machine"
    mkdir -p "$MACHINE/etc/ssl"
    cp -rL /etc/ssl/certs "$MACHINE/etc/ssl/"
}

seconds() {
    local start="$SECONDS"
    "$@"
    passed "$* took $((SECONDS - start)) s"
}

# What the two commands do here, one after the other in one process space.
rehearse() {
    inside bash -c "$(declare -f seconds passed)"'
        set -euo pipefail
        cd /checkout
        PASSED=0
        seconds bin/run
        python3 tests/faults/ask.py "http://127.0.0.1:$PORT/web/login" | grep -qx 200
        passed "the login page answers"
        seconds bin/run
        seconds bin/stop
        seconds bin/test '"$TESTS"'
        bin/clean -y
        [ ! -e .platform ]
        passed "nothing is left after cleaning"'
}

main() {
    [ "$(id -u)" -eq 0 ] || broken "root is needed to make a machine"
    export PORT
    expect "a bare $SUITE" build_machine
    git clone -q --no-hardlinks "$CHECKOUT" "$MACHINE/checkout"
    rehearse
    finished
}

main "$@"
