# wkhtmltopdf, which Odoo prints with. Debian 13 dropped it: there Debian 12's package
# is unpacked with all its libraries, C library included, and started by its own loader.

WKHTMLTOPDF_SUITE=bookworm
WKHTMLTOPDF_TREE="$PLATFORM/wkhtmltopdf"

# WKHTMLTOPDF=unpack does so on any machine.
suite_has_wkhtmltopdf() {
    [ "${WKHTMLTOPDF:-}" != unpack ] || return 1
    local release
    release="$(. /etc/os-release && printf '%s %s' "${ID:-}" "${VERSION_ID:-99}")"
    case "$release" in
    "debian "*) [ "${release#debian }" -le 12 ] ;;
    esac
}

# An empty package database makes apt take the libraries along that this machine has.
bookworm_apt() {
    private_apt -o Dir::State::status=/dev/null -o Dir::Etc::SourceList="$APT/bookworm.list" \
        -o Dir::State::Lists="$APT/bookworm-lists" -o APT::Install-Recommends=false \
        -o Debug::NoLocking=true "$@"
}

fetch_wkhtmltopdf() {
    local log="$PLATFORM/log/wkhtmltopdf.log" uri
    mkdir -p "$APT"/{bookworm-lists/partial,cache/archives/partial}
    read -r uri _ < <(debian_sources) || fail "this machine's apt names no Debian mirror"
    printf 'deb [signed-by=%s] %s %s main\n' /usr/share/keyrings/debian-archive-keyring.gpg \
        "$uri" "$WKHTMLTOPDF_SUITE" >"$APT/bookworm.list"
    bookworm_apt update >"$log" 2>&1 &&
        with_progress "$APT/cache/archives" bookworm_apt install -y --download-only \
            wkhtmltopdf >>"$log" 2>&1 ||
        fail "wkhtmltopdf could not be downloaded" "The messages are in $log" \
            "Call the command again: what has arrived is kept."
}

unpack_wkhtmltopdf() {
    local new="$WKHTMLTOPDF_TREE.new" deb
    rm -rf "$new"
    mkdir -p "$new"
    for deb in "$APT"/cache/archives/*.deb; do dpkg-deb -x "$deb" "$new"; done
    rm -rf "$new"/usr/share/{doc,man,locale,icons} "$WKHTMLTOPDF_TREE"
    mv "$new" "$WKHTMLTOPDF_TREE"
}

write_wkhtmltopdf_starter() {
    mkdir -p "$PLATFORM/bin"
    cp "$LIB/wkhtmltopdf-starter" "$PLATFORM/bin/wkhtmltopdf.new"
    chmod 755 "$PLATFORM/bin/wkhtmltopdf.new"
    mv "$PLATFORM/bin/wkhtmltopdf.new" "$PLATFORM/bin/wkhtmltopdf"
}

provide_wkhtmltopdf() {
    suite_has_wkhtmltopdf && return
    stamp_is wkhtmltopdf 1 && [ -x "$PLATFORM/bin/wkhtmltopdf" ] && return
    APT="$PLATFORM/apt"
    need_space 1024
    say "Downloading wkhtmltopdf (about 100 MB)"
    fetch_wkhtmltopdf
    unpack_wkhtmltopdf
    write_wkhtmltopdf_starter
    "$PLATFORM/bin/wkhtmltopdf" --version >/dev/null 2>&1 ||
        fail "the unpacked wkhtmltopdf does not start" "Try: $PLATFORM/bin/wkhtmltopdf --version"
    rm -rf "$APT/cache" "$APT"/bookworm*
    stamp_set wkhtmltopdf 1
}
