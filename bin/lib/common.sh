# Shared by every command in bin/: where things are, how we speak, one lock.
# Sourced, never run. ROOT is the checkout whose command was called.
set -euo pipefail

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)"
PLATFORM="${CALLCENTER_PLATFORM:-$ROOT/.platform}"
export ROOT PLATFORM

# Messages of the tools we parse must not depend on the caller's language, and
# Python must read our UTF-8 files under LC_ALL=C as well.
export LC_ALL=C.UTF-8 LANG=C.UTF-8 PYTHONUTF8=1

say() { printf '==> %s\n' "$*" >&2; }
note() { printf '    %s\n' "$*" >&2; }

# fail MESSAGE [WHAT TO DO...]: one line that says what is wrong, then the way out.
fail() {
    printf '\nerror: %s\n' "$1" >&2
    shift
    local line
    for line in "$@"; do printf '       %s\n' "$line" >&2; done
    exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }
is_root() { [ "$(id -u)" -eq 0 ]; }

# Eight hex digits that name this checkout: databases, ports and sockets of two
# checkouts on one machine must differ.
digest() { printf '%s' "$1" | sha256sum | cut -c1-8; }
checkout_id() { digest "$ROOT"; }

# The checkout that made the platform. One that lies in another checkout is borrowed
# from it: used, never rebuilt. Anywhere else it belongs to whoever used it first.
platform_owner() {
    if [ -s "$PLATFORM/owner" ]; then cat "$PLATFORM/owner"
    elif [ -f "$(dirname "$PLATFORM")/bin/lib/common.sh" ]; then dirname "$PLATFORM"
    else printf '%s\n' "$ROOT"; fi
}
is_borrowed() { [ "$(platform_owner)" != "$ROOT" ]; }

make_folders() {
    mkdir -p "$PLATFORM"/{apt,conf,data,log,run,stamps}
    [ -s "$PLATFORM/owner" ] || is_borrowed || printf '%s\n' "$ROOT" >"$PLATFORM/owner"
}

# Runs "$@" while no other command of this platform changes it. The descriptor is
# closed for daemons (9>&-) by whoever starts one, or the lock would outlive us.
with_lock() {
    make_folders
    exec 9>"$PLATFORM/lock"
    if ! flock -n 9; then
        say "Another command is setting up $PLATFORM; waiting for it"
        flock 9
    fi
    # No `||` here: it would switch off errexit in all that "$@" does.
    "$@"
    exec 9>&-
}

# stamp_is NAME VALUE: true when step NAME was finished for exactly VALUE.
stamp_is() { [ "$(cat "$PLATFORM/stamps/$1" 2>/dev/null)" = "$2" ]; }

# Written last and moved into place: a killed step leaves no stamp.
stamp_set() {
    printf '%s' "$2" >"$PLATFORM/stamps/$1.new"
    mv "$PLATFORM/stamps/$1.new" "$PLATFORM/stamps/$1"
}

need_space() {
    local need_mb="$1" free_mb
    free_mb="$(df -Pm "$PLATFORM" | awk 'NR==2 {print $4}')"
    [ "$free_mb" -ge "$need_mb" ] || fail \
        "only $free_mb MB are free where $PLATFORM lies; the set-up needs $need_mb MB" \
        "Free some space, or put the platform elsewhere: CALLCENTER_PLATFORM=/big/disk/callcenter $0"
}

# Says how much has arrived in a folder; while nothing does, that work goes on.
report_growth() {
    local folder="$1" pid="$2" size last='' seconds=0
    while sleep 5 && kill -0 "$pid" 2>/dev/null; do
        seconds=$((seconds + 5))
        size="$(du -sm "$folder" 2>/dev/null | cut -f1)"
        if [ "$size" != "$last" ]; then note "… $size MB"
        elif [ $((seconds % 20)) -eq 0 ]; then note "… working for $seconds s"; fi
        last="$size"
    done
}

# with_progress FOLDER COMMAND...: a line every few seconds with what has arrived.
with_progress() {
    local folder="$1" pid ticker code=0
    shift
    "$@" &
    pid=$!
    report_growth "$folder" "$pid" 9>&- &
    ticker=$!
    wait "$pid" || code=$?
    kill "$ticker" 2>/dev/null || true
    wait "$ticker" 2>/dev/null || true
    return "$code"
}
