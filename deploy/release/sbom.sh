#!/usr/bin/env bash
# What a service installed from a wheel consists of, as CycloneDX in JSON.
#
# usage: sbom.sh WHEEL OUT
#
# PYTHON       makes the environment that is described (python3)
# ENVIRONMENT  one that is there already, in its place; WHEEL is not looked at then
# CYCLONEDX    the program of deploy/release/requirements.txt (cyclonedx-py)
set -euo pipefail
[ $# = 2 ] || { sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2; }
environment=${ENVIRONMENT:-}
if [ -z "$environment" ]; then
    wheel=$(realpath "$1")
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    environment=$folder/venv
    "${PYTHON:-python3}" -m venv "$environment"
    "$environment/bin/python" -m pip install --quiet --disable-pip-version-check \
        --constraint "$(dirname "$0")/../constraints.txt" "${wheel}[server,postgres,tracing]"
    "$environment/bin/python" -m pip --disable-pip-version-check check >&2
fi
# The project as pyproject.toml has it, and what pip chose for it.
"${CYCLONEDX:-cyclonedx-py}" environment --pyproject "$(dirname "$0")/../../pyproject.toml" \
    --mc-type application --output-reproducible --output-format JSON --output-file "$2" "$environment"
