"""The digest over the specs of a run, which service and client compute alike."""

import hashlib


class SpecsDigest:
    """SHA-256 over one line for each spec, `ordinal id digest`, each ended by a newline.

    >>> digest = SpecsDigest()
    >>> digest.add(1, "0123456789abcdef", "ab" * 32)
    >>> digest.hexdigest()[:12]
    'dc0c27a09145'
    """

    def __init__(self) -> None:
        self._hash = hashlib.sha256()

    def add(self, ordinal: int, spec_id: str, spec_digest: str) -> None:
        """Add the next spec; specs are added in order of ordinal, from 1."""
        self._hash.update(f"{ordinal} {spec_id} {spec_digest}\n".encode())

    def hexdigest(self) -> str:
        """Return the digest of what was added so far, 64 hexadecimal digits."""
        return self._hash.hexdigest()
