#!/bin/sh
# Restart the replicas that run, one after the other: the next one only when the one before serves, so
# that behind a balancer nobody notices. Ends with 1 at the first that does not serve; the others then
# go on as they are.
#
# usage: revitron-grpc-restart
set -eu
settings=/etc/revitron-grpc

[ "$(id -u)" = 0 ] || { echo "revitron-grpc-restart: run this as root" >&2; exit 2; }
units=$(systemctl list-units --plain --no-legend --full --state=active,activating,reloading,failed 'revitron-grpc@*.service' |
    cut -d' ' -f1 | sort -V)
[ -n "$units" ] || echo "No replica runs; start them with: systemctl start revitron-grpc.target"
for unit in $units; do
    instance=${unit#*@}
    # Returns when the replica says that it serves; streams of the old process may end before.
    if systemctl restart "$unit" && (
        # Where the port is may stand there.
        set -a
        # shellcheck source=/dev/null
        [ ! -r "$settings/environment" ] || . "$settings/environment"
        cd / && runuser -u revitron-grpc -- /opt/revitron-grpc/current/bin/revitron-grpc serve \
            --health-check --config "$settings/settings.yaml" --replica "${instance%.service}" >/dev/null
    ); then
        echo "$unit serves"
    else
        echo "$unit does not serve; what it said last:" >&2
        journalctl --no-pager --output cat --lines 20 --unit "$unit" >&2
        exit 1
    fi
done
