#!/usr/bin/env bash
# An image in a cluster, by the overlays in deploy/k8s; called by roll_out.sh, which says how. A release
# is ghcr.io/revitron-grpc/revitron-grpc@sha256:... .
#
# OVERLAY            the overlay (production)
# NAMESPACE          where it is (revitron-grpc)
# ROLL_OUT_SECONDS   how long pods may take (600)
#
# `render IMAGE` prints what would be applied. Going back takes the image back, not the tables of the
# database: a release that cannot work with newer tables says so and does not get ready.
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
    kubectl kustomize "$copy"
}
case "${1:-} ${2:-}" in
"current ")
    kubectl --namespace "$namespace" get deployment revitron-grpc --ignore-not-found \
        --output 'jsonpath={.spec.template.spec.containers[0].image}'
    ;;
"render "?*)
    render "$2"
    ;;
"install "?* | "restore "?*)
    render "$2" | kubectl apply --filename -
    kubectl --namespace "$namespace" rollout status deployment/revitron-grpc --timeout "${ROLL_OUT_SECONDS:-600}s"
    ;;
*)
    sed -n '2,11s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac
