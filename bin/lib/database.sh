# Databases: a template with everything our addons depend on, and copies of it with
# our addons freshly installed. A comment on each database says whose it is and what
# it was built from, so no other checkout's database is ever touched.

psql_q() {
    PGOPTIONS="-c client_min_messages=warning" \
        psql -w -X -q -A -t -v ON_ERROR_STOP=1 -d postgres "$@"
}

db_exists() {
    [ "$(psql_q -v name="$1" <<<"select 1 from pg_database where datname = :'name'")" = 1 ]
}

db_comment() {
    psql_q -v name="$1" <<<"select shobj_description(oid, 'pg_database')
        from pg_database where datname = :'name'"
}

db_set_comment() {
    psql_q -v name="$1" -v text="$2" <<<"comment on database :\"name\" is :'text'"
}

check_db_name() {
    [[ "$1" =~ ^[a-z][a-z0-9_-]{0,50}$ ]] || fail "'$1' is no usable database name" \
        "Use up to 50 small letters, digits, _ and -, beginning with a letter."
}

# A database that nobody marked, or another checkout did, is not ours to rebuild.
check_db_owner() {
    local comment
    db_exists "$1" || return 0
    comment="$(db_comment "$1")"
    case "$comment" in
    "callcenter|$ROOT|"*) ;;
    callcenter\|*) fail "the database $1 belongs to the checkout ${comment#callcenter|}" \
        "Choose another name: $2=my_database $0" ;;
    *) fail "the database $1 was not made by this project" \
        "Choose another name: $2=my_database $0" ;;
    esac
}

filestore() { printf '%s/data/filestore/%s\n' "$PLATFORM" "$1"; }

drop_db() {
    psql_q -v name="$1" <<<"drop database if exists :\"name\" with (force)" 2>/dev/null
    rm -rf "$(filestore "$1")"
}

# Files of the store are named by their content and never changed: links suffice.
copy_db() {
    drop_db "$2"
    psql_q -v from="$1" -v to="$2" <<<"create database :\"to\" template :\"from\""
    if [ -d "$(filestore "$1")" ]; then cp -al "$(filestore "$1")" "$(filestore "$2")"; fi
}

rename_db() {
    drop_db "$2"
    if [ -d "$(filestore "$1")" ]; then mv "$(filestore "$1")" "$(filestore "$2")"; fi
    psql_q -v from="$1" -v to="$2" <<<"alter database :\"from\" rename to :\"to\""
}

# Every addon of the repository.
own_addons() {
    local manifest
    for manifest in "$ROOT"/addons/*/__manifest__.py; do
        if [ -f "$manifest" ]; then basename "$(dirname "$manifest")"; fi
    done | sort | paste -sd,
}

# What is installed is a named list, never all there is: the product, with WITH= what
# is optional beside it, ours or Odoo's: WITH=callcenter_telephony,sale bin/run.
# Bridges to other apps are not named: they come with their partners.
product() { printf 'callcenter_ops,callcenter_training%s\n' "${WITH:+,$WITH}"; }

demo_product() { printf '%s,callcenter_demo\n' "$(product)"; }

# outside_addons LIST: what must be there before ours among LIST are installed.
outside_addons() {
    venv_python - "$ROOT/addons" "$1" <<'PY'
import ast, pathlib, sys
folder, todo, outside = pathlib.Path(sys.argv[1]), set(sys.argv[2].split(",")), set()
while todo:
    manifest = folder / (name := todo.pop()) / "__manifest__.py"
    if not manifest.is_file():
        outside.add(name)
        continue
    todo |= set(ast.literal_eval(manifest.read_text())["depends"])
print(",".join(sorted(outside)))
PY
}

# addons_stamp LIST: changes with the list and with every file that installing reads;
# tests and descriptions do not count.
addons_stamp() {
    (cd "$ROOT/addons" && find . -type f ! -path '*/tests/*' ! -path '*/__pycache__/*' \
        ! -path '*/static/*' ! -path '*/readme/*' ! -name '*.pyc' ! -name '*.pot' -print0 |
        sort -z | xargs -0 sha256sum; cat "$ROOT"/requirements-{odoo,addons}.txt; printf '%s' "$1") |
        sha256sum | cut -c1-16
}

run_odoo() {
    ODOO_RC="$(write_conf dev)" venv_odoo "$@" --no-http --max-cron-threads=0 \
        --stop-after-init --skip-auto-install 9>&-
}

# install_modules DATABASE MODULES: any warning in Odoo's log is a failure.
install_modules() {
    local log="$PLATFORM/log/install-$1.log"
    # Odoo appends: the lines of a build that failed are not this one's.
    rm -f "$log.new"
    run_odoo -d "$1" -i "$2" --load-language=ru_RU,en_US --logfile="$log.new" \
        >"$log.out" 2>&1 || fail_install "$log.new" "$log.out"
    mv "$log.new" "$log"
    "$VENV/bin/python" "$VENV/bin/checklog-odoo" --config "$ROOT/config/checklog-odoo.cfg" --no-echo \
        "$log" >"$log.check" 2>&1 || {
        cat "$log.check" >&2
        fail "installing $2 logged warnings (above); the whole log is $log"
    }
}

fail_install() {
    tail -n 40 "$1" "$2" >&2 2>/dev/null || true
    fail "Odoo could not install the addons; the end of its log is above" "The whole log: $1"
}

template_name() {
    printf 'callcenter_base_%s\n' "$(digest "$1 ${ODOO_HOME:-} $(cat "$ROOT"/requirements-{odoo,addons}.txt)")"
}

provide_template() {
    local outside="$1" name="$2"
    if db_exists "$name"; then return; fi
    say "Installing the Odoo addons ours stand on ($outside)"
    drop_db "$name.new"
    install_modules "$name.new" "$outside"
    db_set_comment "$name.new" "callcenter|$PLATFORM|$outside"
    rename_db "$name.new" "$name"
}

db_is_current() {
    db_exists "$1" && [ "$(db_comment "$1")" = "callcenter|$ROOT|$2" ]
}

# build_db NAME STAMP LIST: a fresh database with the addons of LIST in both languages.
# It gets its name last, so a killed build leaves nothing that looks finished.
build_db() {
    local name="$1" stamp="$2" list="$3" outside template
    outside="$(outside_addons "$list")"
    template="$(template_name "$outside")"
    with_lock provide_template "$outside" "$template"
    say "Building the database $name ($list)"
    copy_db "$template" "$name.new"
    install_modules "$name.new" "$list"
    "${AFTER_INSTALL:-true}" "$name.new"
    db_set_comment "$name.new" "callcenter|$ROOT|$stamp"
    rename_db "$name.new" "$name"
}

# The browser tests find the web client's bundles ready.
build_assets() {
    ODOO_RC="$(write_conf test)" venv_python "$LIB/build_assets.py" "$1" \
        >"$PLATFORM/log/assets.log" 2>&1 9>&- || {
        tail -n 20 "$PLATFORM/log/assets.log" >&2
        fail "the web client's bundles could not be built"
    }
}
