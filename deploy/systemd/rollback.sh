#!/bin/sh
# Go back to a release that was installed before, replica after replica.
#
# usage: revitron-grpc-rollback [RELEASE] [--with-database]
#
# RELEASE  the name of a folder in /opt/revitron-grpc; without it the release before this one
#
# An older release may need the tables of the database as it knew them. Then this stops and says so;
# with --with-database all replicas are stopped, the tables are taken back, which loses what only the
# newer release knows, and the replicas are started again. Make a backup first.
set -eu
programs=/opt/revitron-grpc
settings=/etc/revitron-grpc/settings.yaml
target=
database=
for word in "$@"; do
    case $word in
    --with-database) database=1 ;;
    -*) sed -n '4,6s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
    *) target=$word ;;
    esac
done
[ "$(id -u)" = 0 ] || { echo "revitron-grpc-rollback: run this as root" >&2; exit 2; }
exec 9>>"$programs/.lock"
flock 9

releases() {
    find "$programs" -mindepth 2 -maxdepth 2 -name .installed -printf '%h\n' | xargs -r -n 1 basename
}
now=$(readlink "$programs/current")
[ -n "$target" ] || target=$(readlink "$programs/previous") || { echo "There is no release before $now." >&2; exit 1; }
[ -e "$programs/$target/.installed" ] || {
    echo "$target is not installed; there are:" >&2
    releases >&2
    exit 1
}
[ "$target" != "$now" ] || { echo "$target is the release in use."; exit 0; }

command_of() {
    release=$1
    shift
    (cd / && runuser -u revitron-grpc -- "$programs/$release/bin/revitron-grpc" "$@")
}
point() {
    ln -sfn "$now" "$programs/previous"
    ln -sfn "$target" "$programs/current.new"
    mv -fT "$programs/current.new" "$programs/current"
}
command_of "$target" config check "$settings"

# "database 0003, this release 0002", and exit code 1 if they differ.
if ! versions=$(command_of "$target" database version --config "$settings"); then
    wanted=${versions##* }
    [ "$wanted" != "$versions" ] || exit 1
    if [ -z "$database" ]; then
        echo "$target works with another version of the tables: $versions." >&2
        echo "Make a backup, then run this with --with-database; it stops all replicas for that moment." >&2
        exit 1
    fi
    systemctl stop revitron-grpc.target 'revitron-grpc@*.service'
    command_of "$now" database downgrade "$wanted" --yes --config "$settings"
    point
    systemctl start revitron-grpc.target
    systemctl is-active --quiet revitron-grpc.target
else
    point
    /usr/local/sbin/revitron-grpc-restart
fi
echo "revitron-grpc $target is in use; $now is kept"
