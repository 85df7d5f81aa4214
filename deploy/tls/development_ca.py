#!/usr/bin/env python3
"""A certificate authority for development and for trying TLS out: one folder, plain files.

    python development_ca.py FOLDER --server localhost 127.0.0.1 --client anna@office.example

makes in FOLDER ca.pem and ca.key, server.pem and server.key, client-anna@office.example.pem and
.key. What is there is kept, so that the command can be repeated to add a client; `--force` makes
the named certificates anew, and `--force-ca` the authority, after which nothing older is good any
more. Keys can be read by their owner alone. Needs the package `cryptography`
(`pip install 'revitron-grpc[server]'`).

Not for production: whoever has ca.key can be anybody. README.md says what to use there.
"""

import argparse
import ipaddress
import os
import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_CA_DAYS = 3650
_DAYS = 397
# A clock that is a little behind shall not refuse a new certificate.
_BEFORE = timedelta(minutes=5)
_NAME = re.compile(r"[A-Za-z0-9*@._:+-]{1,253}")

_Key = ec.EllipticCurvePrivateKey


class CertificateError(Exception):
    """Something that cannot be made, and why."""


def main(arguments: list[str] | None = None) -> int:
    """Make what is missing, and print each certificate with its end."""
    parser = argparse.ArgumentParser(description="A certificate authority for development.")
    parser.add_argument("folder", type=Path, help="where the files are, or will be")
    parser.add_argument(
        "--server",
        nargs="+",
        default=[],
        metavar="NAME",
        help="hosts and addresses of a service",
    )
    parser.add_argument(
        "--client", nargs="+", default=[], metavar="NAME", help="who calls: mail addresses or hosts"
    )
    parser.add_argument("--days", type=int, default=_DAYS, help="validity of certificates")
    parser.add_argument("--force", action="store_true", help="make the named certificates anew")
    parser.add_argument("--force-ca", action="store_true", help="make the authority anew")
    options = parser.parse_args(arguments)
    try:
        _make(options)
    except (CertificateError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0


def _make(options: argparse.Namespace) -> None:
    folder: Path = options.folder
    if not 1 <= options.days <= _CA_DAYS:
        raise CertificateError(f"--days {options.days}: 1 to {_CA_DAYS}")
    for name in (*options.server, *options.client):
        if not _NAME.fullmatch(name):
            raise CertificateError(f"{name!r} is no host, IP address or mail address")
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    authority, key = _authority(folder, anew=options.force_ca)
    wanted = [("server", options.server)] if options.server else []
    wanted += [(f"client-{name}".replace(":", "-"), [name]) for name in options.client]
    for stem, names in wanted:
        path = folder / f"{stem}.pem"
        if path.exists() and not (options.force or options.force_ca):
            _check_is_the_same(path, names, authority)
        else:
            _issue(path, names, options.days, authority, key)
        _tell(path)


def _authority(folder: Path, *, anew: bool) -> tuple[x509.Certificate, _Key]:
    path, key_path = folder / "ca.pem", folder / "ca.key"
    if path.exists() != key_path.exists() and not anew:
        raise CertificateError(f"{folder} has one of ca.pem and ca.key; --force-ca makes both anew")
    if path.exists() and not anew:
        key = serialization.load_pem_private_key(key_path.read_bytes(), None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise CertificateError(f"{key_path} was not made by this command")
        _tell(path)
        return x509.load_pem_x509_certificate(path.read_bytes()), key
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "revitron-grpc development CA")])
    certificate = (
        _begun(name, name, key.public_key(), _CA_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    _write(key_path, _pem_of(key))
    _write(path, certificate.public_bytes(serialization.Encoding.PEM))
    _tell(path)
    return certificate, key


def _issue(
    path: Path, names: list[str], days: int, authority: x509.Certificate, authority_key: _Key
) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0][:64])])
    # Both uses: a service may show its own certificate to another one, or to itself.
    uses = [ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]
    if path.name.startswith("client-"):
        uses = [ExtendedKeyUsageOID.CLIENT_AUTH]
    certificate = (
        _begun(subject, authority.subject, key.public_key(), days)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage(uses), critical=False)
        .add_extension(
            x509.SubjectAlternativeName([_general(name) for name in names]), critical=False
        )
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()),
            critical=False,
        )
        .sign(authority_key, hashes.SHA256())
    )
    _write(path.with_suffix(".key"), _pem_of(key))
    _write(path, certificate.public_bytes(serialization.Encoding.PEM))


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, days: int
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _BEFORE)
        .not_valid_after(now + timedelta(days=days))
    )


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs,
        crl_sign=signs,
        encipher_only=False,
        decipher_only=False,
    )


def _general(name: str) -> x509.GeneralName:
    if "@" in name:
        return x509.RFC822Name(name)
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _check_is_the_same(path: Path, names: list[str], authority: x509.Certificate) -> None:
    """Raise for a certificate that is there and is not what was asked for."""
    found = x509.load_pem_x509_certificate(path.read_bytes())
    there = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    if list(there) != [_general(name) for name in names]:
        raise CertificateError(f"{path} exists and is for other names; --force makes it anew")
    if found.not_valid_after_utc < datetime.now(UTC):
        raise CertificateError(f"{path} exists and expired; --force makes it anew")
    try:
        found.verify_directly_issued_by(authority)
    except Exception as error:
        raise CertificateError(
            f"{path} exists and is of another authority; --force makes it anew"
        ) from error


def _pem_of(key: _Key) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _write(path: Path, content: bytes) -> None:
    """Write beside and rename: a service that reads meanwhile has the old or the new one."""
    beside = path.with_name(path.name + ".new")
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    beside.replace(path)


def _tell(path: Path) -> None:
    found = x509.load_pem_x509_certificate(path.read_bytes())
    days = (found.not_valid_after_utc - datetime.now(UTC)).days
    print(
        f"{path}  valid until {found.not_valid_after_utc:%Y-%m-%d} ({days} days), "
        f"serial {found.serial_number:x}"
    )


if __name__ == "__main__":
    sys.exit(main())
