#!/usr/bin/env bash
# What CHANGELOG.md says of a version, for the page of its release.
#
# usage: notes.sh VERSION
set -euo pipefail
[ $# = 1 ] || { sed -n '2,4s/^# \{0,1\}//p' "$0" >&2; exit 2; }
notes=$(awk -v version="$1" '
    /^## / { inside = ($2 == version || $2 == "[" version "]"); next }
    inside' "$(dirname "$0")/../../CHANGELOG.md")
if [ -z "${notes//[[:space:]]/}" ]; then
    echo "CHANGELOG.md says nothing of $1" >&2
    exit 1
fi
printf '%s\n' "$notes"
