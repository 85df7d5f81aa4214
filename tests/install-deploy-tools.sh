#!/bin/sh
# Install the programs that `make deploy-check` holds the deployment kit against: from Debian, and
# into .tools/bin from the Go module proxy. As root this needs nothing; otherwise it prints the one
# command to run. Tools from PyPI are in the extra `dev`.
set -eu
cd "$(dirname "$0")/.."

# PROGRAM=PACKAGE of Debian
programs="systemd-analyze=systemd age=age zstd=zstd nft=nftables ip=iproute2 sysctl=procps ufw=ufw
    systemd-nspawn=systemd-container debootstrap=debootstrap ssh=openssh-client jq=jq
    promtool=prometheus amtool=prometheus-alertmanager
    prometheus-node-exporter=prometheus-node-exporter java=openjdk-17-jdk-headless mvn=maven
    buildah=buildah podman=podman runc=runc openssl=openssl"
# MODULE of the Go module proxy, with its version
modules="sigs.k8s.io/kustomize/kustomize/v5@v5.8.1
    github.com/zegl/kube-score/cmd/kube-score@v1.20.0
    github.com/rhysd/actionlint/cmd/actionlint@v1.7.12"
# Modules that carry the schemas of custom resources of Kubernetes: MODULE=FOLDER/OF/THEM
schemas="github.com/prometheus-operator/prometheus-operator@v0.85.0=example/prometheus-operator-crd
    sigs.k8s.io/gateway-api@v1.3.0=config/crd/standard"

missing=
for pair in $programs; do
    PATH="$PATH:/usr/sbin:/sbin" command -v "${pair%%=*}" >/dev/null || missing="$missing ${pair#*=}"
done
# What debootstrap holds the archive's signature against; Ubuntu's does not bring it.
[ -e /usr/share/keyrings/debian-archive-keyring.gpg ] || missing="$missing debian-archive-keyring"
if [ -n "$missing" ]; then
    if [ "$(id -u)" = 0 ]; then
        # shellcheck disable=SC2086 # a list of names
        apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends $missing
    else
        echo "Missing:$missing. Run 'sudo apt-get install --no-install-recommends$missing', then make again." >&2
        exit 1
    fi
fi

mkdir -p .tools/bin .tools/share/custom-resources
go=$(command -v go || echo "$PWD/.venv/bin/go")
# Without optimisation, which saves a third of the time: each of them reads a few files. All alike, or
# what several of them use is compiled several times.
export CGO_ENABLED=0 GOFLAGS="-mod=mod -gcflags=all=-N -ldflags=-s"

go_programs() {
    for module in $modules; do
        program=${module##*/}
        program=${program%@*}
        # A program's folder may be named after its major version.
        case $program in v[0-9]*) program=${module%/v[0-9]*} program=${program##*/} ;; esac
        [ -x ".tools/bin/$program" ] || GOBIN=$PWD/.tools/bin "$go" install "$module"
    done

    # Kubernetes has its judge of pods as a library; the program around it is ours.
    [ -x .tools/bin/pod-security ] ||
        (cd tests/deploy/pod_security && "$go" build -mod=readonly -o ../../../.tools/bin/pod-security .)

    # Docker's client for compose files, where there is none; its program is named cmd.
    if ! docker compose version >/dev/null 2>&1 && [ ! -x .tools/bin/docker-compose ]; then
        GOBIN=$PWD/.tools/compose "$go" install github.com/docker/compose/v5/cmd@v5.0.2
        mv .tools/compose/cmd .tools/bin/docker-compose
        rmdir .tools/compose
    fi
}

# Print the folder of a module that is read, not built.
folder_of() {
    "$go" mod download -json "$1" | sed -n 's/.*"Dir": "\(.*\)",*$/\1/p'
}

go_data() {
    for pair in $schemas; do
        module=${pair%%=*}
        mark=.tools/share/custom-resources/$(echo "$module" | tr / _)
        [ ! -e "$mark" ] || continue
        folder=$(folder_of "$module")
        cp "$folder/${pair#*=}"/*.yaml .tools/share/custom-resources/
        chmod u+w .tools/share/custom-resources/*.yaml
        touch "$mark"
    done

    # The Elastic Common Schema in the version that our lines name.
    [ -e .tools/share/ecs_flat.yml ] ||
        install -m 644 "$(folder_of github.com/elastic/ecs@v1.6.0)/generated/ecs/ecs_flat.yml" \
            .tools/share/ecs_flat.yml
}

# The engine that takes the index template, from Maven Central: 45 MB.
engine() {
    [ -d .tools/opensearch ] || {
        rm -rf .tools/opensearch.new
        mvn --batch-mode --quiet --file tests/deploy/opensearch/pom.xml dependency:copy-dependencies \
            -DoutputDirectory="$PWD/.tools/opensearch.new"
        mv .tools/opensearch.new .tools/opensearch
    }
}

# Programs of PyPI in environments of their own: what they need would bind the versions of ours.
environment() {
    folder=$1
    shift
    [ "$(cat ".tools/$folder/.installed" 2>/dev/null)" = "$(cat "$@")" ] || {
        rm -rf ".tools/$folder"
        .venv/bin/python -m venv ".tools/$folder"
        ".tools/$folder/bin/python" -m pip install -q --disable-pip-version-check -r "$@"
        cat "$@" >".tools/$folder/.installed"
    }
}

# Side by side: one waits for the network while another compiles.
parts=
for part in go_programs go_data engine "environment ansible tests/deploy/ansible-requirements.txt" \
    "environment release deploy/release/requirements.txt"; do
    $part &
    parts="$parts $!"
done
for part in $parts; do wait "$part"; done
