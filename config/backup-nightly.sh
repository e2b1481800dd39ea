#!/usr/bin/env bash
# The backup container's only process: sleeps until BACKUP_AT (UTC), saves, repeats.
# With "check" it tells whether the newest backup is at most 26 hours old.
set -euo pipefail
HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
FOLDER="${BACKUP_FOLDER:-/backups}"

seconds_until() {
    local now next
    now="$(date -u +%s)"
    next="$(date -u -d "today $1" +%s)"
    [ "$next" -gt "$now" ] || next="$(date -u -d "tomorrow $1" +%s)"
    printf '%s\n' "$((next - now))"
}

check() {
    [ -n "$(find "$FOLDER" -maxdepth 1 -name "$DB-*.tar" -mmin -1560 -print -quit)" ]
}

nightly() {
    # A signal must end the sleep at once, or stopping the container would be slow.
    trap 'exit 0' TERM INT
    while true; do
        sleep "$(seconds_until "${BACKUP_AT:-02:30}")" &
        wait $!
        "$HERE/../bin/backup" "$DB" "$FOLDER" ||
            echo "error: the backup of $DB failed; the next try is tomorrow" >&2
    done
}

case "${1:-nightly}" in
check) check ;;
nightly) nightly ;;
*)
    echo "usage: $0 [nightly|check]" >&2
    exit 2
    ;;
esac
