"""Certificates for tests, good ones and odd ones, as files that settings and options name."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import trustme

LONG_AGO = datetime.now(UTC) - timedelta(days=90)
YESTERDAY = datetime.now(UTC) - timedelta(days=1)
TOMORROW = datetime.now(UTC) + timedelta(days=1)
LATER = datetime.now(UTC) + timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Pair:
    """A certificate and its key, as files."""

    certificate: Path
    private_key: Path

    @property
    def options(self) -> tuple[str, ...]:
        """The options by which a command shows it."""
        return ("--certificate", str(self.certificate), "--private-key", str(self.private_key))


class Authority:
    """An authority that writes what it issues into a folder."""

    def __init__(self, folder: Path, name: str = "authority") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._authority, self._name = folder, trustme.CA(), name
        self._count = 0
        self.file = folder / f"{name}.pem"
        self._authority.cert_pem.write_to_path(self.file)

    @property
    def pem(self) -> bytes:
        """Its own certificate."""
        return self._authority.cert_pem.bytes()

    def issue(
        self,
        *names: str,
        common_name: str | None = None,
        not_before: datetime = YESTERDAY,
        not_after: datetime = LATER,
    ) -> Pair:
        """Issue a certificate for hosts, addresses of mail, or whatever `trustme` takes."""
        issued = self._authority.issue_cert(
            *names, common_name=common_name, not_before=not_before, not_after=not_after
        )
        self._count += 1
        certificate = self._folder / f"{self._name}-{self._count}.pem"
        key = certificate.with_suffix(".key")
        certificate.write_bytes(b"".join(pem.bytes() for pem in issued.cert_chain_pems))
        issued.private_key_pem.write_to_path(key)
        key.chmod(0o600)
        return Pair(certificate, key)


def self_signed(folder: Path, name: str) -> Pair:
    """A certificate of nobody's but its own."""
    authority = Authority(folder, f"self-{name}")
    key = folder / f"self-{name}.key"
    authority._authority.private_key_pem.write_to_path(key)
    return Pair(authority.file, key)
