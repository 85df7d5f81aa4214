#!/bin/sh
# Make the virtual environment with the project and all that its tests need.
# usage: create-venv.sh FOLDER
# Versions are those of deploy/constraints.txt; with CONSTRAINTS= the newest that pyproject.toml allows.
set -eu
venv=$1
python=${PYTHON:-python3}
constraints=${CONSTRAINTS-deploy/constraints.txt}

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "Python 3.11 or later is needed; name one with PYTHON=python3.12 make ..." >&2
    exit 1
fi
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    if [ "$(id -u)" = 0 ]; then
        apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -yq python3-venv
    else
        echo "The venv module is missing: run 'sudo apt-get install python3-venv', then make again." >&2
        exit 1
    fi
fi
[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
"$venv/bin/python" -m pip install -qq --disable-pip-version-check \
    ${constraints:+--constraint "$constraints"} --editable '.[dev]'
