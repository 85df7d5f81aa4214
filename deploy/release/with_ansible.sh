#!/usr/bin/env bash
# A release on servers, by the role in deploy/ansible; called by roll_out.sh, which says how.
#
# INVENTORY  the inventory, as ansible-playbook takes it
set -euo pipefail
: "${INVENTORY:?names no inventory}"
inventory=$(realpath "$INVENTORY")
# Also one that is named from the folder of the caller.
wheel=${2:-}
if [ -e "$wheel" ]; then wheel=$(realpath "$wheel"); fi
cd "$(dirname "$0")/../ansible"
case "${1:-} ${2:-}" in
"current ")
    # Servers that differ are several words; there is no way back to that.
    # shellcheck disable=SC2016 # for the shell over there
    ansible revitron_grpc --inventory "$inventory" --module-name ansible.builtin.shell \
        --args 'echo "current: $(readlink /opt/revitron-grpc/current)"' |
        sed -n 's/^current: //p' | sort -u | paste -sd ' '
    ;;
"install "?*)
    ansible-playbook site.yml --inventory "$inventory" --extra-vars "$(jq -cn --arg wheel "$wheel" '{revitron_grpc_wheel: $wheel}')"
    ;;
"restore "?*)
    # Also the tables of the database, where the older release needs them as it knew them.
    ansible-playbook rollback.yml --inventory "$inventory" \
        --extra-vars "$(jq -cn --arg to "$2" '{revitron_grpc_rollback_to: $to, revitron_grpc_rollback_database: true}')"
    ;;
*)
    sed -n '2,4s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac
