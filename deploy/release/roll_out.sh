#!/usr/bin/env bash
# Bring a release to where it serves; where it is not good there, bring back what was there before.
#
# usage: roll_out.sh WAY RELEASE SERVER [OPTION...]
#
# WAY      a program that knows how: with_ansible.sh, with_kubernetes.sh, or your own. It is called as
#            WAY current           prints what serves now, one line; nothing where nothing does
#            WAY install RELEASE   brings a release there; returns when it is there
#            WAY restore CURRENT   brings back what `current` printed
# RELEASE  what WAY installs: a wheel, an image
# SERVER   and OPTION: see health_gate.sh
#
# Exit codes: 0 the release serves; 1 it does not, what was there before serves again, or nothing was
# changed; 2 a wrong call; 3 it does not, and somebody must look: nothing was there before, or that does
# not serve either.
set -euo pipefail
[ $# -ge 3 ] || { sed -n '2,16s/^# \{0,1\}//p' "$0" >&2; exit 2; }
way=$1 release=$2
shift 2
gate=$(dirname "$0")/health_gate.sh

before=$("$way" current) || {
    echo "What serves now cannot be found out; nothing was changed" >&2
    exit 1
}
printf 'Now: %s\nTo come: %s\n' "${before:-nothing}" "$release" >&2
if "$way" install "$release" && "$gate" "$@"; then
    printf '%s serves\n' "$release" >&2
    exit 0
fi

# Only what was changed is taken back: after an installation that failed before it changed anything,
# going back would end with the release before the one that serves.
after=$("$way" current || true)
if [ "$after" = "$before" ] && [ -n "$before" ] && "$gate" "$@"; then
    printf 'Nothing was changed: %s goes on serving\n' "$before" >&2
    exit 1
fi
if [ -z "$before" ]; then
    printf '%s is not good, and nothing was there before it\n' "$release" >&2
    exit 3
fi
printf 'Going back to %s\n' "$before" >&2
if "$way" restore "$before" && "$gate" "$@"; then
    printf '%s is not good; %s serves again\n' "$release" "$before" >&2
    exit 1
fi
printf '%s is not good, and %s does not come back: look at it now\n' "$release" "$before" >&2
exit 3
