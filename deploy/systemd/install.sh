#!/bin/sh
# Install revitron-grpc, or another release of it, as a systemd service. Run it as root, as often as
# you like: what is there and right is left alone; settings and secrets are never replaced.
#
# usage: install.sh WHEEL [REPLICAS]
#
# WHEEL     a file such as revitron_grpc-0.1.0-py3-none-any.whl
# REPLICAS  how many instances there are; without it as many as before, or one. Replica N listens on
#           the ports of the settings + N.
#
# Replicas that run are restarted one after the other if the release or the units changed. Nothing is
# started that did not run. The release before stays, for revitron-grpc-rollback.
# PYTHON names another interpreter than python3.
set -eu

usage() {
    sed -n '5,12s/^# \{0,1\}//p' "$0" >&2
    exit 2
}
fail() {
    echo "install.sh: $*" >&2
    exit 1
}
[ $# -eq 1 ] || [ $# -eq 2 ] || usage
wheel=$1
replicas=${2:-}
case $replicas in *[!0-9]* | 0*) echo "install.sh: REPLICAS is a number from 1, not '$replicas'" >&2; exit 2 ;; esac
version=$(basename "$wheel" | sed -n 's/^revitron_grpc-\([^-]*\)-.*\.whl$/\1/p')
[ -n "$version" ] && [ -f "$wheel" ] || fail "$wheel is no file revitron_grpc-VERSION-....whl"
[ "$(id -u)" = 0 ] || fail "run this as root: it makes a user and writes below /etc and /opt"

here=$(CDPATH='' cd "$(dirname "$0")" && pwd)
wheel=$(realpath "$wheel")
# The versions of packages that the release was tried with.
constraints=$(dirname "$here")/constraints.txt
python=${PYTHON:-python3}
user=revitron-grpc
programs=/opt/revitron-grpc
settings=/etc/revitron-grpc
changed=
more=

"$python" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
    fail "Python 3.11 or later with its module venv is needed: apt-get install python3-venv, or PYTHON=python3.12 $0 ..."
command -v systemctl >/dev/null || fail "systemd is needed: there is no systemctl"

# The user: no password, no shell, no home of its own, no group but its own.
getent passwd "$user" >/dev/null || useradd --system --user-group --no-create-home \
    --home-dir /var/lib/revitron-grpc --shell /usr/sbin/nologin "$user"

umask 022
mkdir -p "$programs"
exec 9>>"$programs/.lock"
flock 9

# Settings and secrets: only where there are none.
[ -d "$settings" ] || install -d -m 750 -o root -g "$user" "$settings"
[ -e "$settings/settings.yaml" ] ||
    install -m 640 -o root -g "$user" "$here/settings.yaml" "$settings/settings.yaml"
for name in resume-secret keys-secret; do
    [ -s "$settings/$name" ] && continue
    (umask 077 && od -An -N32 -tx1 /dev/urandom | tr -d ' \n' >"$settings/$name.new")
    chown "root:$user" "$settings/$name.new"
    chmod 640 "$settings/$name.new"
    mv "$settings/$name.new" "$settings/$name"
done
[ -d /var/lib/revitron-grpc ] || install -d -m 700 -o "$user" -g "$user" /var/lib/revitron-grpc
[ -d /var/log/revitron-grpc ] || install -d -m 750 -o "$user" -g "$user" /var/log/revitron-grpc

# The program: each wheel in a folder of its own, which is never changed again while it may run. One
# without its mark was interrupted, and is made anew.
releases() {
    find "$programs" -mindepth 2 -maxdepth 2 -name .installed -printf '%h\n' | xargs -r -n 1 basename
}
sum=$(sha256sum "$wheel" | cut -d' ' -f1)
release=
for folder in $(releases); do
    if [ "$(cat "$programs/$folder/.installed")" = "$sum" ]; then release=$programs/$folder; fi
done
if [ -z "$release" ]; then
    release=$programs/$version
    # Another wheel of this version, such as one that was built again.
    [ ! -e "$release/.installed" ] || release=$programs/$version-$(echo "$sum" | cut -c1-8)
    rm -rf "$release"
    "$python" -m venv "$release"
    "$release/bin/python" -m pip install --quiet --disable-pip-version-check \
        --constraint "$constraints" "${wheel}[server,postgres]"
    echo "$sum" >"$release/.installed"
fi

as_user() {
    # Not from the caller's folder, which the user may not be allowed to enter.
    (umask 077 && cd / && runuser -u "$user" -- "$@")
}
name=$(basename "$release")
before=$(readlink "$programs/current" || true)
if [ "$name" != "$before" ]; then
    # While nothing has changed yet: do the settings fit the release, and the database?
    as_user "$release/bin/revitron-grpc" config check "$settings/settings.yaml" >/dev/null
    said=$(as_user "$release/bin/revitron-grpc" database upgrade --config "$settings/settings.yaml" 2>&1) ||
        case $said in *"stores nothing"*) ;; *) fail "the database: $said" ;; esac
    if [ -n "$before" ]; then ln -sfn "$before" "$programs/previous"; fi
    ln -sfn "$name" "$programs/current.new"
    mv -fT "$programs/current.new" "$programs/current"
    changed=1
    # What is older than these two goes.
    for folder in $(releases); do
        [ "$folder" = "$name" ] || [ "$folder" = "$before" ] || rm -rf "${programs:?}/$folder"
    done
fi

# Units, and commands for administrators.
put() {
    cmp -s "$here/$1" "$2" || { install -m "$3" "$here/$1" "$2" && changed=1; }
}
put revitron-grpc@.service /etc/systemd/system/revitron-grpc@.service 644
put revitron-grpc.target /etc/systemd/system/revitron-grpc.target 644
put restart.sh /usr/local/sbin/revitron-grpc-restart 755
put rollback.sh /usr/local/sbin/revitron-grpc-rollback 755
[ -e /usr/local/bin/revitron-grpc ] || ln -s "$programs/current/bin/revitron-grpc" /usr/local/bin/revitron-grpc

# Which instances start with the machine. `enable` works where systemd does not run, as in an image.
wants=/etc/systemd/system/revitron-grpc.target.wants
enabled() {
    for unit in "$wants"/revitron-grpc@*.service; do
        [ ! -L "$unit" ] || basename "$unit" .service | sed 's/.*@//'
    done
}
[ -n "$replicas" ] || replicas=$(enabled | wc -l)
[ "$replicas" -gt 0 ] || replicas=1
running=
[ ! -d /run/systemd/system ] || running=1
[ -z "$changed" ] || [ -z "$running" ] || systemctl daemon-reload
[ -L /etc/systemd/system/multi-user.target.wants/revitron-grpc.target ] ||
    systemctl enable --quiet revitron-grpc.target
for instance in $(seq 0 $((replicas - 1))); do
    [ -L "$wants/revitron-grpc@$instance.service" ] || {
        systemctl enable --quiet "revitron-grpc@$instance.service"
        more=1
    }
done
for instance in $(enabled); do
    [ "$instance" -lt "$replicas" ] || {
        systemctl disable --quiet ${running:+--now} "revitron-grpc@$instance.service"
        more=1
    }
done

if [ -n "$changed$more" ]; then
    echo "revitron-grpc $name is installed, with $replicas replica(s)."
else
    echo "revitron-grpc $name was installed already, with $replicas replica(s); nothing was changed."
fi
if [ -n "$changed" ] && [ -n "$running" ]; then "$here/restart.sh"; fi
