"""API keys: random, recognisable, and kept by the service as a keyed hash only.

A key reads `rgk_<id>_<secret>`. The prefix lets scanners of repositories and mails find a key
that leaked; the id is no secret and names the key in lists, logs and commands, so that nobody has
to show the key itself.
"""

import hashlib
import hmac
import re
import secrets
import string
from dataclasses import dataclass, field

PREFIX = "rgk"
"""What every key begins with."""
ID_LENGTH = 12
"""Letters and digits of a key's id: 62 bits, so that two ids are never the same by chance."""
SECRET_BYTES = 32
"""Random bytes of a key's secret; 43 characters in URL-safe base64."""
MAX_KEY_LENGTH = 128
"""A text that is longer is no key, and is not looked at further."""

_ID_LETTERS = string.ascii_lowercase + string.digits
_KEY = re.compile(rf"{PREFIX}_([a-z0-9]{{{ID_LENGTH}}})_([A-Za-z0-9_-]{{43}})", re.ASCII)
_SCHEME = "bearer"
# Compared with where there is no such key, so that the time of an answer tells nothing.
_NO_DIGEST = bytes(hashlib.sha256().digest_size)


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as its owner has it. `str(key)` never shows the secret; `reveal` does."""

    key_id: str
    secret: str = field(repr=False)

    def reveal(self) -> str:
        """Return the key as it is sent: only for the one who asked for a new one."""
        return f"{PREFIX}_{self.key_id}_{self.secret}"

    def __str__(self) -> str:
        return f"{PREFIX}_{self.key_id}_***"


def new_key() -> ApiKey:
    """Make a key from the system's randomness."""
    key_id = "".join(secrets.choice(_ID_LETTERS) for _ in range(ID_LENGTH))
    return ApiKey(key_id, secrets.token_urlsafe(SECRET_BYTES))


def parsed_key(text: str) -> ApiKey | None:
    """Read a key as it is sent; None for any text that is not exactly one."""
    if len(text) > MAX_KEY_LENGTH:
        return None
    match = _KEY.fullmatch(text)
    return ApiKey(match[1], match[2]) if match else None


def bearer_key(authorization: str) -> str:
    """Return what stands after `Bearer` in an `Authorization` header, "" if it is no such one."""
    scheme, _, token = authorization.strip().partition(" ")
    return token.strip() if scheme.lower() == _SCHEME else ""


class KeyHasher:
    """Hashes keys with the service's secret, so that a stolen store opens nothing."""

    def __init__(self, secret: bytes) -> None:
        """Without the same `secret` no stored digest matches any key."""
        self._secret = secret

    def __repr__(self) -> str:
        return "KeyHasher(***)"

    def digest(self, key: ApiKey) -> bytes:
        """Return the HMAC-SHA-256 of a key: what is stored instead of it."""
        return hmac.digest(self._secret, key.reveal().encode("ascii"), "sha256")

    def matches(self, key: ApiKey, digest: bytes | None) -> bool:
        """Say whether this is the key of a digest, in a time that does not depend on it.

        None, for a key that is not known, takes as long and never matches.
        """
        same = hmac.compare_digest(self.digest(key), _NO_DIGEST if digest is None else digest)
        return same and digest is not None
