# For the scripts in this folder: each runs the real commands and prints one line a
# check. A failed check ends the script with its output.
set -euo pipefail
HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
CHECKOUT="$(cd "$HERE/../.." && pwd -P)"
PASSED=0

passed() {
    PASSED=$((PASSED + 1))
    printf 'ok   %s\n' "$*"
}

broken() {
    printf 'FAIL %s\n' "$*" >&2
    exit 1
}

# expect TEXT COMMAND...: the command succeeds.
expect() {
    local text="$1" out
    shift
    out="$("$@" 2>&1)" || broken "$text: $out"
    passed "$text"
}

# refuses TEXT PATTERN COMMAND...: the command fails and says PATTERN.
refuses() {
    local text="$1" pattern="$2" out
    shift 2
    if out="$("$@" 2>&1)"; then broken "$text: it succeeded: $out"; fi
    grep -qE "$pattern" <<<"$out" || broken "$text: it said: $out"
    passed "$text"
}

# same TEXT WANTED GOT
same() {
    [ "$2" = "$3" ] || broken "$1: wanted '$2', got '$3'"
    passed "$1"
}

# A fresh copy of what is committed or about to be, without any generated state.
copy_checkout() {
    mkdir -p "$1"
    (cd "$CHECKOUT" && git ls-files -z --cached --others --exclude-standard |
        tar --null -T - -cf - --ignore-failed-read 2>/dev/null) | tar -C "$1" -xf -
}

free_port() {
    python3 -c 'import socket
with socket.socket() as s:
    s.bind(("127.0.0.1", 0))
    print(s.getsockname()[1])'
}

finished() { printf '%s passed, 0 failed\n' "$PASSED"; }
