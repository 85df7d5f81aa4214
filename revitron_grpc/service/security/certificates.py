"""The certificate files of the service: read once at the start, with every mistake named."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

from revitron_grpc.errors import FieldViolation, InvalidInputError, Reason
from revitron_grpc.settings import TlsSettings


@dataclass(frozen=True, slots=True)
class CertificateFiles:
    """What the ports serve TLS with: the content of the files, in PEM form.

    `client_ca` is empty unless callers must show a certificate. `ends` is when the certificate
    expires, `name` the first one in it.
    """

    certificate: bytes
    private_key: bytes = field(repr=False)
    client_ca: bytes
    ends: datetime
    name: str


class _WrongFileError(Exception):
    """What is wrong with a file, for people."""


def read_certificates(settings: TlsSettings, now: datetime | None = None) -> CertificateFiles:
    """Read the files that the settings name, and hold them against each other and the clock.

    Raises `InvalidInputError` (INVALID_CONFIGURATION) that names every file and what is wrong
    with it. `settings` must be `enabled`.
    """
    now = now or datetime.now(UTC)
    wrong: list[FieldViolation] = []
    chain: list[x509.Certificate] = []
    certificate = private_key = client_ca = b""
    try:
        certificate = _content(settings.certificate)
        chain = _certificates(certificate)
        _check_time(chain, now)
    except _WrongFileError as error:
        wrong.append(_violation("certificate", settings.certificate, error))
    try:
        private_key = _content(settings.private_key)
        _check_key(private_key, chain, settings.certificate)
    except _WrongFileError as error:
        wrong.append(_violation("private_key", settings.private_key, error))
    if settings.client_ca is not None:
        try:
            client_ca = _content(settings.client_ca)
            _check_authorities(_certificates(client_ca), now)
        except _WrongFileError as error:
            wrong.append(_violation("client_ca", settings.client_ca, error))
    if wrong:
        raise InvalidInputError(Reason.INVALID_CONFIGURATION, tuple(wrong))
    own = chain[0]
    name = next(_names(own), "")
    return CertificateFiles(certificate, private_key, client_ca, own.not_valid_after_utc, name)


@lru_cache(maxsize=1024)
def name_in(certificate: bytes) -> str:
    """Return the name that a certificate in DER form proves, for both ports alike.

    That is its first alternative name that is a host, a mail address, a URI or an IP address, or
    its common name where it has none; "" where it has neither. gRPC's own word for the peer is not
    used: it calls every name of another kind `other types of SAN`, so that all whose certificates
    begin with a Windows account would be one person.
    """
    parsed = x509.load_der_x509_certificate(certificate)
    return next(_names(parsed), "")


def _names(certificate: x509.Certificate) -> Iterator[str]:
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        names = ()
    for name in names:
        if isinstance(name, x509.DNSName | x509.RFC822Name | x509.UniformResourceIdentifier):
            yield name.value
        elif isinstance(name, x509.IPAddress):
            yield str(name.value)
    for attribute in certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME):
        yield str(attribute.value)


def _content(path: Path | None) -> bytes:
    if path is None:
        raise _WrongFileError("is missing")
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise _WrongFileError("does not exist") from error
    except OSError as error:
        raise _WrongFileError(f"cannot be read: {error.strerror}") from error


def _certificates(pem: bytes) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(pem)
    except ValueError as error:
        raise _WrongFileError(
            "holds no certificate in PEM form; it begins with -----BEGIN CERTIFICATE-----"
        ) from error


def _check_time(chain: list[x509.Certificate], now: datetime) -> None:
    for number, certificate in enumerate(chain):
        what = "" if not number else f"certificate {number + 1} of the chain "
        if certificate.not_valid_after_utc < now:
            raise _WrongFileError(
                f"{what}expired on {_day(certificate.not_valid_after_utc)}; renew it"
            )
        if certificate.not_valid_before_utc > now:
            raise _WrongFileError(
                f"{what}is not valid before {_day(certificate.not_valid_before_utc)}; it is "
                f"{_day(now)} on this machine: check its clock"
            )


def _check_key(pem: bytes, chain: list[x509.Certificate], certificate: Path | None) -> None:
    try:
        key = load_pem_private_key(pem, None)
    except TypeError as error:  # what cryptography raises where a password would be needed
        raise _WrongFileError(
            "has a password, which nobody can type at the start; write it without one "
            "(`openssl pkey -in FILE -out NEW`) and make it readable for the service alone"
        ) from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise _WrongFileError(
            "holds no private key in PEM form; it begins with -----BEGIN PRIVATE KEY-----"
        ) from error
    if not chain:
        return
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    mine = [
        c.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo) == public
        for c in chain
    ]
    if any(mine[1:]):
        raise _WrongFileError(
            f"belongs to a later certificate of {certificate}; the service's own must come first"
        )
    if not mine[0]:
        raise _WrongFileError(f"does not belong to the certificate in {certificate}")


def _check_authorities(authorities: list[x509.Certificate], now: datetime) -> None:
    good = 0
    for authority in authorities:
        name = authority.subject.rfc4514_string()
        try:
            constraints = authority.extensions.get_extension_for_class(x509.BasicConstraints)
            is_authority = constraints.value.ca
        except x509.ExtensionNotFound:
            # Authorities of version 1 have no extensions at all.
            is_authority = authority.version is x509.Version.v1
        if not is_authority:
            raise _WrongFileError(f"holds {name}, which is no authority (CA)")
        good += authority.not_valid_before_utc <= now <= authority.not_valid_after_utc
    if not good:
        last = max(authority.not_valid_after_utc for authority in authorities)
        raise _WrongFileError(f"has no authority that is valid today; the last ends {_day(last)}")


def _day(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M} UTC"


def _violation(key: str, path: Path | None, error: _WrongFileError) -> FieldViolation:
    return FieldViolation(f"tls.{key}", f"{path} {error}")
