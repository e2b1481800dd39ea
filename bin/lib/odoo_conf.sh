# Odoo's configuration file for this checkout: config/odoo.<kind>.conf plus the
# folders that differ from one checkout to the next.

has_addons() { compgen -G "$ROOT/addons/*/__manifest__.py" >/dev/null; }

addons_path() {
    local paths=()
    [ -n "$(odoo_addons_path)" ] && paths+=("$(odoo_addons_path)")
    # Odoo refuses a folder without any addon.
    has_addons && paths+=("$ROOT/addons")
    local IFS=,
    printf '%s\n' "${paths[*]}"
}

# write_conf KIND: prints the path of the file it wrote.
write_conf() {
    local conf data="$PLATFORM/data"
    conf="$PLATFORM/conf/$(checkout_id)-$1.conf"
    {
        cat "$ROOT/config/odoo.$1.conf"
        printf 'data_dir = %s\n' "$data"
        [ -z "${FASTPATH:-}" ] || printf 'callcenter_fastpath = %s\n' "$FASTPATH"
        [ "$1" != test ] || printf 'screenshots = %s\n' "$PLATFORM/log/screenshots"
        [ -z "$(addons_path)" ] || printf 'addons_path = %s\n' "$(addons_path)"
    } >"$conf.$$"
    mv "$conf.$$" "$conf"
    printf '%s\n' "$conf"
}
