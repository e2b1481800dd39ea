# Odoo 19 itself: Debian's package, unpacked into the platform folder without root,
# or the official tree named by ODOO_HOME.

# The +dfsg package links to files of these; Font Awesome must be 4.7, which only
# the machine's own suite has (sid's 7 draws none of Odoo's icons).
SID_PACKAGES=(odoo-19 libjs-jquery libjs-jquery-form libjs-underscore
    fonts-roboto-unhinted fonts-montserrat)
OWN_PACKAGES=(fonts-font-awesome fonts-inconsolata fonts-ocr-b)

# Never installed: the tests try our configuration with it.
TEST_PACKAGES=(nginx nginx-common)

ODOO_TREE="$PLATFORM/odoo"

# Folder that holds the package `odoo`, and the one that holds the other addons.
odoo_import_path() {
    if [ "${ODOO_HOME:-}" ]; then printf '%s\n' "$ODOO_HOME"
    else printf '%s\n' "$ODOO_TREE/usr/lib/python3/dist-packages"; fi
}

# Odoo's own start script: with workers it starts itself once more for the websocket,
# which `python -m odoo` cannot.
odoo_script() {
    if [ "${ODOO_HOME:-}" ]; then printf '%s\n' "$ODOO_HOME/odoo-bin"
    else printf '%s\n' "$ODOO_TREE/usr/bin/odoo"; fi
}

odoo_addons_path() {
    if [ "${ODOO_HOME:-}" ]; then printf '%s\n' "$ODOO_HOME/addons"; fi
}

check_odoo_home() {
    local release="$ODOO_HOME/odoo/release.py" version
    local hint="ODOO_HOME must be the root of an Odoo 19 source tree (odoo-bin, odoo/, addons/)."
    [ -f "$release" ] || fail "ODOO_HOME=$ODOO_HOME holds no Odoo: odoo/release.py is missing" \
        "$hint" "Unset ODOO_HOME to use Debian's package."
    version="$(sed -n 's/^version_info *= *(\([^,]*\),.*/\1/p' "$release" | tr -d "\"' ")"
    case "$version" in
    19 | saas~19) ;;
    *) fail "ODOO_HOME=$ODOO_HOME is Odoo ${version:-of an unknown version}, not Odoo 19" \
        "$hint" "Unset ODOO_HOME to use Debian's package." ;;
    esac
    [ -d "$ODOO_HOME/addons/crm" ] || fail \
        "ODOO_HOME=$ODOO_HOME has no addons/crm: the tree is not whole" "$hint"
}

# The machine's own mirror: whatever host it uses also carries sid.
debian_sources() {
    apt-get indextargets --no-release-info --format '$(REPO_URI) $(RELEASE)' \
        'Created-By: Packages' |
        awk '$2 !~ /[-\/]/ && !seen[$0]++'
}

write_sources() {
    local uri suite keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    [ -f "$keyring" ] || fail "Debian's archive keys are missing ($keyring)" \
        "As root: apt-get install debian-archive-keyring" "$(docker_way)"
    read -r uri suite < <(debian_sources) || fail \
        "this machine's apt names no Debian mirror, so Odoo cannot be fetched" "$(docker_way)"
    printf 'deb [signed-by=%s] %s sid main\n' "$keyring" "$uri" >"$APT/sources.list"
    [ "$suite" = sid ] ||
        printf 'deb [signed-by=%s] %s %s main\n' "$keyring" "$uri" "$suite" >>"$APT/sources.list"
    OWN_SUITE="$suite"
}

# apt with a state of its own: reads the machine's mirror and keys, changes nothing.
private_apt() {
    apt-get -q -o Dir::State::Lists="$APT/lists" -o Dir::Cache="$APT/cache" \
        -o Dir::Etc::SourceList="$APT/sources.list" -o Dir::Etc::SourceParts=/dev/null \
        -o Acquire::Languages=none -o Acquire::Retries=3 -o APT::Sandbox::User= \
        -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false \
        -o Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled=false "$@"
}

download_debs() {
    cd "$APT/debs" && private_apt download "${SID_PACKAGES[@]/%//sid}" \
        "${OWN_PACKAGES[@]/%//$OWN_SUITE}" \
        "${TEST_PACKAGES[@]/%//$OWN_SUITE}"
}

fetch_debs() {
    local log="$PLATFORM/log/odoo-download.log"
    mkdir -p "$APT"/{lists/partial,cache/archives/partial,debs}
    write_sources
    say "Downloading Odoo 19 (about 150 MB)"
    private_apt update >"$log" 2>&1 &&
        with_progress "$APT/debs" download_debs >>"$log" ||
        fail "Odoo 19 could not be downloaded" "The messages are in $log" \
            "Call the command again: what has arrived is kept." "$(docker_way)"
}

# Debian strips this script (it only blurs the background of video calls); without
# the file the browser logs an error on every page.
restore_stripped_files() {
    local stub="$1/usr/lib/python3/dist-packages/odoo/addons/mail/static/lib/selfie_segmentation"
    mkdir -p "$stub"
    [ -e "$stub/selfie_segmentation.js" ] ||
        printf '/* Not part of Debian: background blur in video calls. */\n' \
            >"$stub/selfie_segmentation.js"
}

# Links of the package point to /usr/share/…: make them lead into the unpacked tree.
relink_into_tree() {
    local tree="$1" link target
    while IFS= read -r -d '' link; do
        target="$(readlink "$link")"
        [ -e "$tree$target" ] || continue
        ln -sfn "$(realpath -m --relative-to="$(dirname "$link")" "$tree$target")" "$link"
    done < <(find "$tree" -type l -lname '/*' -print0)
}

unpack_debs() {
    local new="$ODOO_TREE.new" deb
    rm -rf "$new"
    mkdir -p "$new"
    for deb in "$APT"/debs/*.deb; do dpkg-deb -x "$deb" "$new"; done
    restore_stripped_files "$new"
    relink_into_tree "$new"
    rm -rf "$ODOO_TREE"
    mv "$new" "$ODOO_TREE"
}

provide_odoo() {
    APT="$PLATFORM/apt"
    if [ "${ODOO_HOME:-}" ]; then check_odoo_home; return; fi
    stamp_is odoo 1 && [ -f "$(odoo_import_path)/odoo/release.py" ] && return
    has apt-get && has dpkg-deb || fail \
        "apt-get and dpkg-deb are needed to fetch Debian's Odoo 19 package" \
        "With an Odoo 19 source tree at hand: ODOO_HOME=/path/to/odoo $0" "$(docker_way)"
    need_space 4096
    fetch_debs
    say "Unpacking Odoo 19"
    unpack_debs
    stamp_set odoo 1
    # 150 MB that nobody needs again.
    rm -rf "$APT"
    mkdir -p "$APT"
}
