# One backup is one .tar: the database as pg_dump's custom format, the filestore, and
# checksums of both. Works natively and inside the containers of docker-compose.yml,
# where PostgreSQL's variables and FILESTORE_ROOT come from the environment.

ARCHIVE_FORMAT=1

archive_setup() {
    if [ "${FILESTORE_ROOT:-}" ]; then
        has pg_dump || fail "pg_dump is missing"
        if [ -z "${PGPASSWORD:-}" ] && [ -f "${PGPASSWORD_FILE:-}" ]; then
            PGPASSWORD="$(cat "$PGPASSWORD_FILE")"
            export PGPASSWORD
        fi
    else
        setup
        FILESTORE_ROOT="$PLATFORM/data/filestore"
    fi
}

# Files of the store are named by their content. What exists before the dump and what
# came during it are both taken, so no row of the dump misses its file.
collect_filestore() {
    [ -d "$FILESTORE_ROOT/$1" ] || { mkdir -p "$2"; return; }
    mkdir -p "$2"
    cp -a --no-clobber "$FILESTORE_ROOT/$1/." "$2/"
}

write_manifest() {
    local folder="$1" database="$2"
    {
        printf 'format %s\n' "$ARCHIVE_FORMAT"
        printf 'database %s\n' "$database"
        printf 'taken %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)"
        psql -w -X -qAt -d "$database" -c "select 'addon ' || name || ' ' || latest_version
            from ir_module_module where state = 'installed' order by name"
    } >"$folder/manifest"
    (cd "$folder" && find . -type f ! -name checksums -print0 | sort -z |
        xargs -0 sha256sum >checksums)
}

# write_archive DATABASE FILE: the file gets its name when it is whole.
write_archive() {
    local database="$1" file="$2" folder
    folder="$(mktemp -d "$(dirname "$file")/.backup.XXXXXX")"
    # shellcheck disable=SC2064  # the folder of now
    trap "rm -rf '$folder' '$file.part'" EXIT
    collect_filestore "$database" "$folder/filestore"
    pg_dump -w --format=custom --no-owner --no-privileges -d "$database" \
        -f "$folder/database.dump"
    collect_filestore "$database" "$folder/filestore"
    write_manifest "$folder" "$database"
    tar -C "$folder" -cf "$file.part" manifest checksums database.dump filestore
    sync "$file.part"
    mv "$file.part" "$file"
    rm -rf "$folder"
    trap - EXIT
}

# open_archive FILE FOLDER: unpacks and proves it whole.
open_archive() {
    tar -C "$2" --no-same-owner -xf "$1" 2>/dev/null ||
        fail "$1 is no backup of ours, or it is cut off"
    [ "$(sed -n 's/^format //p' "$2/manifest" 2>/dev/null)" = "$ARCHIVE_FORMAT" ] ||
        fail "$1 is no backup of ours, or it is cut off"
    (cd "$2" && sha256sum --quiet --strict -c checksums >/dev/null 2>&1) ||
        fail "$1 is damaged: its checksums do not match" "Use another backup."
}

# prune_archives FOLDER DAYS DATABASE: never the last one, whatever its age.
prune_archives() {
    local file newest=""
    for file in "$1/$3"-*.tar; do [ -f "$file" ] && newest="$file"; done
    find "$1" -maxdepth 1 -type f -name "$3-*.tar" -mtime "+$2" \
        ! -path "${newest:-/}" -delete
}
