# Debian packages that must be on the machine itself (they need root once).

# command:package of what serving needs, and what the tests need on top of it.
RUN_TOOLS=(flock:util-linux runuser:util-linux)
TEST_TOOLS=(chromium:chromium git:git openssl:openssl pdftotext:poppler-utils
    docker-compose:docker-compose)
RUN_FONTS=(/usr/share/fonts/truetype/dejavu:fonts-dejavu-core)

pg_bin() {
    local folder
    for folder in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -Vr); do
        [ -x "$folder/initdb" ] && { printf '%s\n' "$folder"; return 0; }
    done
    return 1
}

# The first Python Odoo 19 runs on and that can make a virtual environment.
find_python() {
    local name path
    for name in ${PYTHON:-} python3.11 python3.12 python3.13 python3.10 python3 \
        /usr/bin/python3; do
        path="$(command -v "$name" 2>/dev/null)" || continue
        "$path" -c 'import sys, ensurepip, venv
sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null || continue
        printf '%s\n' "$path"
        return 0
    done
    return 1
}

# Newer Debian's docker-compose is a part of docker, no command of its own.
has_tool() {
    has "$1" || { [ "$1" = docker-compose ] &&
        [ -e /usr/libexec/docker/cli-plugins/docker-compose ]; }
}

missing_packages() {
    local entry tools=("${RUN_TOOLS[@]}")
    [ "${WITH_TEST_TOOLS:-}" ] && tools+=("${TEST_TOOLS[@]}")
    ! suite_has_wkhtmltopdf || tools+=(wkhtmltopdf:wkhtmltopdf)
    for entry in "${tools[@]}"; do
        has_tool "${entry%%:*}" || printf '%s\n' "${entry##*:}"
    done
    for entry in "${RUN_FONTS[@]}"; do
        [ -d "${entry%%:*}" ] || printf '%s\n' "${entry##*:}"
    done
    if [ -z "${PGHOST:-}" ] || is_private_pghost; then
        pg_bin >/dev/null || printf 'postgresql\n'
    elif ! has psql; then
        printf 'postgresql-client\n'
    fi
    find_python >/dev/null || printf 'python3\npython3-venv\n'
}

docker_way() {
    printf '%s' "No Debian, or no rights? Use the containers instead: see docs/deploy.md"
}

as_root() {
    if is_root; then "$@"; else sudo "$@"; fi
}

install_packages() {
    local missing
    missing="$(missing_packages | sort -u | tr '\n' ' ')"
    [ -n "${missing// /}" ] || return 0
    has apt-get || fail "these Debian packages are missing: $missing" \
        "This machine has no apt-get, so they cannot be installed from here." "$(docker_way)"
    is_root || has sudo || fail "these Debian packages are missing: $missing" \
        "Installing them needs root. As root, once: apt-get install $missing" "$(docker_way)"
    say "Installing Debian packages: $missing"
    local log="$PLATFORM/log/apt.log" apt=(env DEBIAN_FRONTEND=noninteractive apt-get -q -y
        -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3)
    # A run that was killed may have left dpkg half-way; this is a no-op otherwise.
    as_root dpkg --configure -a >"$log" 2>&1 9>&- || true
    # shellcheck disable=SC2086  # a list of package names, split on purpose
    as_root "${apt[@]}" update >>"$log" 2>&1 9>&- &&
        with_progress /var/cache/apt/archives as_root "${apt[@]}" install \
            --no-install-recommends $missing >>"$log" 9>&- ||
        fail "apt-get could not install: $missing" "Its messages are in $log" "$(docker_way)"
}
