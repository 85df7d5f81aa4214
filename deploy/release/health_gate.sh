#!/usr/bin/env bash
# Is a service as good as it says? All of it SERVING, and buttons come out of it.
#
# usage: health_gate.sh SERVER [OPTION...]
#
# SERVER    HOST:PORT of the proxy or a replica, as callers reach it
# OPTION    what `revitron-grpc health` and `generate` need to get in, such as --ca office-ca.pem; an API
#           key comes in REVITRON_GRPC_API_KEY or as --api-key-file FILE
#
# GATE_SECONDS  how long it may take to get ready (120)
# GATE_BUTTONS  how many buttons must come (2)
# GATE_COMMAND  the client (revitron-grpc)
#
# Exit codes: 0 it is good, 1 it is not, 2 a wrong call. What it found stands on standard error.
set -euo pipefail
[ $# -ge 1 ] || { sed -n '2,15s/^# \{0,1\}//p' "$0" >&2; exit 2; }
server=$1
shift
client=${GATE_COMMAND:-revitron-grpc}
seconds=${GATE_SECONDS:-120}
buttons=${GATE_BUTTONS:-2}

end=$((SECONDS + seconds))
until said=$("$client" health --server "$server" --timeout 5 "$@" 2>&1); do
    if [ "$SECONDS" -ge "$end" ]; then
        printf 'Not ready after %s s:\n%s\n' "$seconds" "$said" >&2
        exit 1
    fi
    sleep 1
done
# With another seed each time, or a cache would answer in the place of the release.
if ! said=$("$client" generate --server "$server" --count "$buttons" --seed "$RANDOM$RANDOM" \
    --timeout 120 "$@" 2>&1); then
    printf 'It is ready, but generates nothing good:\n%s\n' "$said" >&2
    exit 1
fi
printf 'Ready, and %s buttons came\n' "$buttons" >&2
