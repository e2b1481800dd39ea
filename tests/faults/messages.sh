#!/usr/bin/env bash
# What cannot work ends in a message that says what is wrong and what to do, and leaves
# nothing behind. Uses the platform that is there; half a minute.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
WORK="$(mktemp -d)"
LISTENER=""
trap '[ -z "$LISTENER" ] || kill "$LISTENER" 2>/dev/null; rm -rf "$WORK"' EXIT
export CALLCENTER_PLATFORM="${CALLCENTER_PLATFORM:-$CHECKOUT/.platform}"

# commands_without NAME...: a PATH folder with everything but these.
commands_without() {
    local folder="$WORK/without-$1" name
    mkdir -p "$folder"
    ln -sf /usr/sbin/* /usr/bin/* /bin/* "$folder/" 2>/dev/null || true
    for name in "$@"; do rm -f "$folder/$name"; done
    printf '%s\n' "$folder"
}

# A checkout of its own with nothing set up.
fresh() {
    [ -d "$WORK/fresh" ] || copy_checkout "$WORK/fresh"
    env -u CALLCENTER_PLATFORM -u PGHOST -u CALLCENTER_PG_PRIVATE "$@"
}

machine() {
    local bare
    bare="$(commands_without apt-get sudo wkhtmltopdf)"
    refuses "no apt: the missing packages are named" "missing: wkhtmltopdf" \
        fresh env PATH="$bare" "$WORK/fresh/bin/setup"
    refuses "no apt: the way with containers is shown" "docs/deploy.md" \
        fresh env PATH="$bare" "$WORK/fresh/bin/setup"
    if [ "$(id -u)" -eq 0 ]; then
        bare="$(commands_without wkhtmltopdf sudo)"
        fresh true
        chmod 755 "$WORK"
        chown -R nobody "$WORK/fresh"
        refuses "no root: the command for root is shown" "apt-get install wkhtmltopdf" \
            fresh env PATH="$bare" HOME="$WORK/fresh" runuser -u nobody -- "$WORK/fresh/bin/setup"
        chown -R root "$WORK/fresh"
    fi
}

disk() {
    mkdir -p "$WORK/small"
    if [ "$(id -u)" -eq 0 ] && mount -t tmpfs -o size=300m tmpfs "$WORK/small" 2>/dev/null; then
        refuses "under 4 GB: the free and the needed space are named" "needs 4096 MB" \
            fresh env CALLCENTER_PLATFORM="$WORK/small/platform" "$WORK/fresh/bin/setup"
        umount "$WORK/small"
    else
        printf 'skip under 4 GB: no small disk can be mounted here\n'
    fi
}

network() {
    refuses "no way to the mirror: the log is named" "could not be downloaded" \
        fresh env http_proxy=http://127.0.0.1:9 https_proxy=http://127.0.0.1:9 \
        "$WORK/fresh/bin/setup"
    [ ! -e "$WORK/fresh/.platform/odoo" ] || broken "half an Odoo was left"
    passed "no way to the mirror: nothing half-done is left"
}

odoo_home() {
    mkdir -p "$WORK"/{empty,old/odoo,old/addons/crm,part/odoo}
    printf "version_info = (18, 0, 0, FINAL, 0, '')\n" >"$WORK/old/odoo/release.py"
    printf "version_info = (19, 0, 0, FINAL, 0, '')\n" >"$WORK/part/odoo/release.py"
    refuses "ODOO_HOME that is no folder" "is no folder" \
        env ODOO_HOME="$WORK/nowhere" "$WORK/fresh/bin/setup"
    refuses "ODOO_HOME without Odoo" "holds no Odoo" \
        fresh env ODOO_HOME="$WORK/empty" "$WORK/fresh/bin/setup"
    refuses "ODOO_HOME of another version" "is Odoo 18, not Odoo 19" \
        fresh env ODOO_HOME="$WORK/old" "$WORK/fresh/bin/setup"
    refuses "ODOO_HOME that is not whole" "the tree is not whole" \
        fresh env ODOO_HOME="$WORK/part" "$WORK/fresh/bin/setup"
}

ports() {
    local port
    port="$(free_port)"
    python3 -m http.server --bind 127.0.0.1 "$port" >/dev/null 2>&1 &
    LISTENER=$!
    for _ in $(seq 50); do
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break
        sleep 0.1
    done
    refuses "a taken port: another one is proposed" "PORT=$((port + 1))" \
        env PORT="$port" "$CHECKOUT/bin/run"
    kill "$LISTENER"
    LISTENER=""
    refuses "a port that is none" "is no usable port" env PORT=http "$CHECKOUT/bin/run"
    refuses "a port of the system" "is no usable port" env PORT=80 "$CHECKOUT/bin/run"
}

databases() {
    refuses "a server that is not there" "does not let us in" \
        env -u CALLCENTER_PG_PRIVATE PGHOST="$WORK" PGPORT=5999 "$CHECKOUT/bin/setup"
    refuses "a database name that is none" "no usable database name" \
        env TEST_DB="Robert'); --" "$CHECKOUT/bin/test"
    refuses "a database of somebody else" "was not made by this project" \
        env TEST_DB=postgres "$CHECKOUT/bin/test"
    refuses "backing up what is not there" "there is no database nowhere" \
        "$CHECKOUT/bin/backup" nowhere "$WORK"
    head -c 5000 /dev/zero >"$WORK/zero.tar"
    refuses "restoring what is no backup" "is no backup of ours" \
        "$CHECKOUT/bin/restore" "$WORK/zero.tar" nowhere
    refuses "restoring a file that is not there" "there is no file" \
        "$CHECKOUT/bin/restore" "$WORK/none.tar"
    refuses "a borrowed platform that is not finished" "holds no finished platform" \
        env CALLCENTER_PLATFORM="$WORK/fresh/.platform" "$CHECKOUT/bin/setup"
}

machine
disk
network
odoo_home
ports
databases
finished
