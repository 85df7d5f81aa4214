#!/usr/bin/env bash
# An image in a cluster, by the overlays in deploy/k8s; called by roll_out.sh, which says how. A release
# is ghcr.io/revitron-grpc/revitron-grpc@sha256:... .
#
# OVERLAY            the overlay (production)
# NAMESPACE          where it is (revitron-grpc)
# ROLL_OUT_SECONDS   how long pods may take (600)
#
# `render IMAGE` prints what would be applied. Going back takes image and settings back, not the tables
# of the database: a release that cannot work with newer tables says so and does not get ready.
set -euo pipefail
cd "$(dirname "$0")/../k8s/overlays"
overlay=${OVERLAY:-production}
namespace=${NAMESPACE:-revitron-grpc}

render() {
    copy=$(mktemp -d "$PWD/.roll-out.XXXXXX")
    trap 'rm -rf "$copy"' EXIT
    case $1 in
    *@sha256:*) which="digest: ${1#*@}" name=${1%@*} ;;
    *) which="newTag: \"${1##*:}\"" name=${1%:*} ;;
    esac
    printf '%s\n' "resources: [../$overlay]" images: "  - name: $name" "    $which" >"$copy/kustomization.yaml"
    if command -v kustomize >/dev/null; then kustomize build "$copy"; else kubectl kustomize "$copy"; fi
}
in_cluster() {
    kubectl --namespace "$namespace" "$@"
}
until_ready() {
    in_cluster rollout status deployment/revitron-grpc --timeout "${ROLL_OUT_SECONDS:-600}s"
}
case "${1:-} ${2:-}" in
"current ")
    # The number of the rollout too: it stands for the settings beside the image.
    in_cluster get deployment revitron-grpc --ignore-not-found --output \
        'jsonpath={.metadata.annotations.deployment\.kubernetes\.io/revision} {.spec.template.spec.containers[?(@.name=="revitron-grpc")].image}'
    ;;
"render "?*)
    render "$2"
    ;;
"install "?*)
    made=$(render "$2")
    # A Job cannot be changed; this one brings the database to the release.
    in_cluster delete job revitron-grpc-database --ignore-not-found
    kubectl apply --filename - <<<"$made"
    until_ready
    ;;
"restore "?*)
    in_cluster rollout undo deployment/revitron-grpc --to-revision "${2%% *}"
    until_ready
    ;;
*)
    sed -n '2,11s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac
