#!/usr/bin/env bash
# A rehearsal of production without containers: config/odoo.conf, config/nginx.conf,
# config/entrypoint.sh, config/prepare_database.py and the backup, as the containers
# run them, on the developer's PostgreSQL; then an app is installed by its administrator
# and brings our bridge. About three minutes.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$CHECKOUT/bin/lib/setup.sh"
source "$LIB/server.sh"

DATABASE="rehearsal_$(checkout_id)"
WORK="$(mktemp -d)"
HTTP="$(free_port)" HTTPS="$(free_port)" ODOO="$(free_port)" CHAT="$(free_port)"
SERVERS=()

end() {
    local pid
    for pid in "${SERVERS[@]}"; do kill "$pid" 2>/dev/null || true; done
    wait 2>/dev/null || true
    drop_db "$DATABASE" || true
    rm -rf "$WORK"
}
trap end EXIT

# The addons as .dockerignore lets them into the image.
image_addons() {
    cp -r "$ROOT/addons" "$WORK/addons"
    (cd "$WORK" && grep '^addons/' "$ROOT/.dockerignore" | xargs rm -r)
    find "$WORK/addons" -type d -name tests -prune -exec rm -r {} +
}

production_conf() {
    sed -e "s#^addons_path = .*#addons_path = $WORK/addons#" \
        -e "s#^data_dir = .*#data_dir = $WORK/data#" -e "s#callcenter#$DATABASE#" \
        -e "s#^http_port = .*#http_port = $ODOO#" -e "s#^gevent_port = .*#gevent_port = $CHAT#" \
        -e "s#^http_interface = .*#http_interface = 127.0.0.1#" -e "s#^workers = .*#workers = 2#" \
        "$ROOT/config/odoo.conf"
}

proxy_conf() {
    sed -e "s#odoo:8069#127.0.0.1:$ODOO#" -e "s#odoo:8072#127.0.0.1:$CHAT#" \
        -e "s#listen 80;#listen 127.0.0.1:$HTTP;#" -e "s#listen 443 ssl#listen 127.0.0.1:$HTTPS ssl#" \
        -e "s#/run/secrets#$WORK/secrets#" -e "s#/etc/nginx#$ODOO_TREE/etc/nginx#" \
        -e "s#/tmp/nginx.pid#$WORK/nginx.pid#" -e "s#/dev/std[a-z]*#$WORK/nginx.log#" \
        -e "s#^http {#&$(printf ' %s_temp_path /W;' client_body proxy fastcgi uwsgi scgi)#" \
        -e "s#/W;#$WORK/nginx;#g" "$ROOT/config/nginx.conf"
}

# Each program replaces the one before, so the number of the first stays Odoo's.
entrypoint() { "${ENTRYPOINT[@]}" "$@"; }

# ask PATH [curl options]: through the proxy, as a browser would.
ask() {
    local path="$1"
    shift
    "$VENV/bin/python" "$HERE/ask.py" "https://127.0.0.1:$HTTPS$path" "$@"
}

serve() {
    "${ENTRYPOINT[@]}" odoo --max-cron-threads=0 >"$WORK/odoo.log" 2>&1 &
    SERVERS+=($!)
    "$ODOO_TREE/usr/sbin/nginx" -p "$WORK" -c "$WORK/nginx.conf" -g 'daemon off;' \
        >>"$WORK/nginx.log" 2>&1 &
    SERVERS+=($!)
    for _ in $(seq 150); do
        answers "$ODOO" /web/health && return
        sleep 0.2
    done
    tail -n 30 "$WORK/odoo.log" >&2
    broken "Odoo does not serve"
}

# Our addons in the database with their states.
ours() {
    psql -Atq -d "$DATABASE" -c "select string_agg(name, ' ' order by name)
        from ir_module_module where name like 'callcenter%' and state = 'installed'"
}

worker_memory() {
    local pid
    for pid in $(pgrep -P "${SERVERS[0]}"); do
        awk -v pid="$pid" '/^Rss|^Pss:/ {sum[$1] += $2}
            END {printf "     worker %s: %d MB resident, %d MB of its own share\n",
                pid, sum["Rss:"] / 1024, sum["Pss:"] / 1024}' "/proc/$pid/smaps_rollup"
    done
}

main() {
    setup
    [ -x "$ODOO_TREE/usr/sbin/nginx" ] || broken "the platform holds no nginx"
    mkdir -p "$WORK/data" "$WORK/backups"
    ENTRYPOINT=(env ODOO_RC="$WORK/odoo.conf" ADDONS="$WORK/addons"
        PATH="$VENV/bin:$PATH" ODOO_COMMAND="$VENV/bin/python $(odoo_script)"
        PGPASSWORD_FILE="$WORK/secrets/db_password"
        ADMIN_PASSWD_FILE="$WORK/secrets/master_password"
        ADMIN_PASSWORD_FILE="$WORK/secrets/admin_password" "$ROOT/config/entrypoint.sh")
    image_addons
    production_conf >"$WORK/odoo.conf"
    proxy_conf >"$WORK/nginx.conf"

    refuses "nothing starts without the files of passwords" "names no file" entrypoint prepare
    HOST_NAME=localhost expect "secrets are made" bash "$ROOT/config/make-secrets.sh" "$WORK/secrets"
    local master
    master="$(cat "$WORK/secrets/master_password")"
    bash "$ROOT/config/make-secrets.sh" "$WORK/secrets" >/dev/null
    same "secrets that exist are kept" "$master" "$(cat "$WORK/secrets/master_password")"
    expect "nginx accepts its configuration" \
        "$ODOO_TREE/usr/sbin/nginx" -t -p "$WORK" -c "$WORK/nginx.conf"

    expect "a new database is prepared" entrypoint prepare
    local start=$SECONDS
    expect "preparing it again does nothing" entrypoint prepare
    [ $((SECONDS - start)) -le 10 ] || broken "it took $((SECONDS - start)) s"

    same "the named list is installed and nothing else" \
        "callcenter_ops callcenter_training" "$(ours)"
    same "the demo company is not even known" 0 "$(psql -Atq -d "$DATABASE" -c \
        "select count(*) from ir_module_module where name = 'callcenter_demo'")"

    serve
    passed "Odoo serves with workers"
    same "http leads to https" "301" "$("$VENV/bin/python" "$HERE/ask.py" \
        "http://127.0.0.1:$HTTP/odoo")"
    same "the login page answers" 200 "$(ask /web/login)"
    same "the database manager is closed" 404 "$(ask /web/database/manager)"
    same "the browser is told to stay with https" "max-age=31536000; includeSubDomains" \
        "$(ask /web/login --header Strict-Transport-Security)"
    same "the session's cookie is for https only" yes "$(ask /web/login --secure-cookie)"
    same "admin / admin is refused" no "$(ask / --login admin admin "$DATABASE")"
    same "the administrator's own password opens" yes \
        "$(ask / --login admin "$(cat "$WORK/secrets/admin_password")" "$DATABASE")"
    same "the websocket is upgraded" 101 "$(ask /websocket --websocket)"
    worker_memory

    local archive
    archive="$(FILESTORE_ROOT="$WORK/data/filestore" bash "$ROOT/bin/backup" "$DATABASE" "$WORK/backups" 2>/dev/null)"
    expect "the nightly check finds the backup" env DB="$DATABASE" \
        BACKUP_FOLDER="$WORK/backups" "$ROOT/config/backup-nightly.sh" check
    refuses "the nightly check misses another database's" "" env DB=other \
        BACKUP_FOLDER="$WORK/backups" "$ROOT/config/backup-nightly.sh" check
    psql -q -d "$DATABASE" -c "update res_users set login = 'lost' where login = 'admin'"
    FILESTORE_ROOT="$WORK/data/filestore" REPLACE=1 \
        expect "the backup is restored under the running server" bash "$ROOT/bin/restore" "$archive"
    same "what was lost is back" yes \
        "$(ask / --login admin "$(cat "$WORK/secrets/admin_password")" "$DATABASE")"
    same "the administrator installs an app" yes "$(ask / --install hr_holidays admin \
        "$(cat "$WORK/secrets/admin_password")" "$DATABASE")"
    same "its bridge came along, and no other" \
        "callcenter_ops callcenter_ops_holidays callcenter_training" "$(ours)"
    finished
}

main "$@"
