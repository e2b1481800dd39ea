#!/usr/bin/env bash
# Makes what docker-compose.yml wants in secrets/: random passwords and, where no
# certificate was put, a self-signed one for HOST_NAME. Keeps what is there.
set -euo pipefail
umask 077
FOLDER="${1:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)/secrets}"

# The containers' users must read the files; the folder keeps everybody else out.
keep() { chmod 444 "$1.new" && mv "$1.new" "$1"; }

password() {
    [ -s "$FOLDER/$1" ] && return
    head -c 32 /dev/urandom | base64 | tr -d '/+=\n' | head -c 32 >"$FOLDER/$1.new"
    keep "$FOLDER/$1"
    echo "made $FOLDER/$1"
}

certificate() {
    [ -s "$FOLDER/tls_certificate" ] && [ -s "$FOLDER/tls_key" ] && return
    openssl req -x509 -newkey rsa:2048 -nodes -days 825 -subj "/CN=$1" \
        -addext "subjectAltName=DNS:$1" -keyout "$FOLDER/tls_key.new" \
        -out "$FOLDER/tls_certificate.new" 2>/dev/null
    keep "$FOLDER/tls_key"
    keep "$FOLDER/tls_certificate"
    echo "made a self-signed certificate for $1; replace it by your own"
}

mkdir -p "$FOLDER"
password db_password
password master_password
password admin_password
certificate "${HOST_NAME:-$(hostname -f 2>/dev/null || echo localhost)}"
