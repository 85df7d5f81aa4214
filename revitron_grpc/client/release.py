"""Which releases of client and service understand each other."""

import re

RELEASE_KEY = "revitron-grpc-version"
"""Initial metadata with the service's release."""

_RELEASE = re.compile(r"(\d+)\.(\d+)")


def distant(one: str, other: str) -> bool:
    """Say whether two releases are more than one minor release apart.

    A release that says nothing, or something else than numbers, is not.
    """
    found, own = _RELEASE.match(one), _RELEASE.match(other)
    if not found or not own:
        return False
    return found[1] != own[1] or abs(int(found[2]) - int(own[2])) > 1
