#!/bin/sh
# Make the files that compose.yaml gives its containers as secrets, in the folder `secrets` beside it.
# What is there is kept, so it may be run again at any time; to renew one, delete it and what holds the
# same password, and run this again.
#
# usage: make-secrets.sh NAME   the name or address by which colleagues reach the service
#
# The folder is closed to all but its owner. The files in it can be read by all, because containers
# see them under other users, with no folder around them.
set -eu
if [ $# != 1 ]; then
    echo "usage: $0 NAME   the name or address by which colleagues reach the service" >&2
    exit 2
fi
name=$1
here=$(cd "$(dirname "$0")" && pwd)
folder=$here/secrets
users=$here/../redis/users.acl
umask 077
mkdir -p "$folder"
chmod 700 "$folder"
cd "$folder"

# Write what stands on standard input to a file that is not there yet: whole, or not at all.
keep() {
    if [ -s "$1" ]; then
        echo "$1: kept"
        cat >/dev/null
    else
        cat >".$1.new"
        [ -s ".$1.new" ] || exit 1
        chmod 444 ".$1.new"
        mv ".$1.new" "$1"
        echo "$1: made"
    fi
}

random() { openssl rand -hex 32; }

random | keep keys-secret
random | keep postgresql-password
random | keep redis-password
random | keep grafana-password
printf 'postgresql://revitron_grpc:%s@postgresql:5432/revitron_grpc\n' "$(cat postgresql-password)" | keep database-url
printf 'redis://revitron-grpc:%s@redis:6379/0\n' "$(cat redis-password)" | keep redis-url
# The hash of its password for the service; the administrator's stays one of no password.
hash=$(tr -d '\n' <redis-password | sha256sum | cut -d ' ' -f 1)
sed "/^user revitron-grpc /s/#[0-9a-f]*/#$hash/" "$users" | keep redis-users.acl

# A certificate for trying it out, which is its own authority: colleagues are given ca.pem. For an
# office put certificate, chain and key of its own authority into proxy.pem before.
if [ -s proxy.pem ]; then
    echo "proxy.pem: kept"
else
    case $name in
    *[!0-9.]*) alternative="DNS:$name" ;;
    *) alternative="IP:$name" ;;
    esac
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days 397 -subj "/CN=$name" \
        -addext "subjectAltName=$alternative" -keyout .key -out .certificate 2>/dev/null
    rm -f ca.pem
    keep ca.pem <.certificate
    cat .certificate .key | keep proxy.pem
    rm .certificate .key
fi
