"""A connection to the service: where it is, what is trusted, and who calls."""

import ipaddress
import re
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

import grpc

from revitron_grpc.client.keyed_channel import KeyedChannel
from revitron_grpc.errors import Reason, RevitronGrpcError

MAX_RESPONSE_BYTES = 32 * 1024 * 1024
"""Largest response accepted: 50 specs with icons and files are about 3 MiB."""

# Windows grow with the speed of the line, as gRPC has it. Fixed ones (`grpc.http2.bdp_probe` 0)
# were measured to leave streams through HAProxy waiting for the next keepalive ping, 15 s.
_OPTIONS: tuple[tuple[str, int], ...] = (
    ("grpc.max_receive_message_length", MAX_RESPONSE_BYTES),
    # A peer that vanished without a word is noticed within 20 s, so that the run goes on
    # elsewhere; the service allows a ping each 10 s (`server.min_ping_interval_seconds`).
    ("grpc.keepalive_time_ms", 15_000),
    ("grpc.keepalive_timeout_ms", 5_000),
    # An attempt to connect to a host that says nothing ends after 3 s (default 20), then the
    # next address has its turn.
    ("grpc.min_reconnect_backoff_ms", 3_000),
    # A service that comes back is found within 2 s (default 120).
    ("grpc.initial_reconnect_backoff_ms", 100),
    ("grpc.max_reconnect_backoff_ms", 2_000),
)
_SCHEMES = {"https": True, "grpcs": True, "http": False, "grpc": False}
_SEVERAL = re.compile(r"ipv[46]:(.*)")
# Other forms of address that gRPC knows.
_LEFT_TO_GRPC = re.compile(r"(dns|unix|unix-abstract|vsock|xds):")
_KEY = re.compile(r"[!-~]{1,4096}")


@dataclass(frozen=True, slots=True)
class Connection:
    """Where a service is, what is trusted, and who calls.

    `target` is `host:port`; several replicas without a proxy are
    `ipv4:10.0.0.5:50051,10.0.0.6:50051`: the next one is tried when one is gone. Plain text
    without `tls`. With it the service must show a certificate of an authority that this system
    knows, or of `ca`, a PEM file. `certificate` and `private_key`, PEM files, are shown to a
    service that asks for them (mutual TLS). `server_name` is the name that the service's
    certificate must have, where that is not the host of `target`. `ca`, `certificate` and
    `server_name` imply `tls`.

    `api_key` is sent with every call. It never stands in a text that this class makes.
    """

    target: str
    tls: bool = False
    ca: Path | None = None
    certificate: Path | None = None
    private_key: Path | None = None
    server_name: str = ""
    api_key: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        """Check what belongs together.

        Raises `RevitronGrpcError` (INVALID_CONFIGURATION), also for a key that would be sent in
        clear text to another machine.
        """
        if (self.certificate is None) != (self.private_key is None):
            raise _wrong("a client certificate needs its private key, and the key its certificate")
        if not self.tls and (self.ca or self.certificate or self.server_name):
            object.__setattr__(self, "tls", True)  # in the making of a frozen object
        if self.api_key and not _KEY.fullmatch(self.api_key):
            raise _wrong("the API key is none: it has blanks, or letters that no key has")
        if self.api_key and not self.tls and not self.on_loopback:
            raise _wrong(
                f"the API key is not sent to {self.target}: without TLS everybody on the way could "
                "read it; use --tls or --ca FILE, or a tunnel to this machine"
            )
        for target in self.addresses:
            if not _LEFT_TO_GRPC.match(target) and not _host_and_port(target):
                raise _wrong(f"{target} is no address; write HOST:PORT")

    @property
    def addresses(self) -> tuple[str, ...]:
        """The address of each replica that `target` names."""
        several = _SEVERAL.fullmatch(self.target)
        return tuple(several[1].split(",")) if several else (self.target,)

    @property
    def on_loopback(self) -> bool:
        """Whether nothing leaves this machine."""
        return all(_is_loopback(target) for target in self.addresses)

    def host_and_port(self) -> tuple[str, int] | None:
        """Return the first address in parts; None for a form that only gRPC understands."""
        return _host_and_port(self.addresses[0])


def connection_to(address: str, connection: Connection | None = None) -> Connection:
    """Return a connection to an address that may be a URL: `https://host:port` means TLS.

    `connection` has what is not in an address. Raises `RevitronGrpcError`
    (INVALID_CONFIGURATION) for a URL with more than host and port in it.
    """
    options = connection or Connection("localhost:0")
    scheme, found, rest = address.partition("://")
    if not found:
        return replace(options, target=address)
    if scheme not in _SCHEMES:
        raise _wrong(f"{scheme}:// is no way to a service; write HOST:PORT or https://HOST:PORT")
    if "@" in rest:
        raise _wrong("an address holds no key: logs and lists of processes would show it")
    rest = rest.rstrip("/")
    if "/" in rest or "?" in rest:
        raise _wrong(f"{address} has a path, and gRPC has none; write {scheme}://HOST:PORT")
    if not _SCHEMES[scheme] and options.tls:
        raise _wrong(f"{address} is plain text; write https:// for TLS")
    return replace(options, target=rest, tls=_SCHEMES[scheme])


@asynccontextmanager
async def connect(
    to: str | Connection, *, tls: bool = False, ca: Path | None = None
) -> AsyncIterator[grpc.aio.Channel]:
    """Open a channel and close it at the end.

    `to` says where; as a text it is the `target` of a `Connection`, with `tls` and `ca`.

    Raises `RevitronGrpcError`: INVALID_CONFIGURATION for files that cannot be used, or a key that
    would be sent in clear text.
    """
    connection = to if isinstance(to, Connection) else Connection(to, tls=tls, ca=ca)
    # What an office sets in `https_proxy` is for other hosts than its own machine.
    options: list[tuple[str, int | str]] = [
        *_OPTIONS,
        ("grpc.enable_http_proxy", 0 if connection.on_loopback else 1),
    ]
    if connection.server_name:
        options.append(("grpc.ssl_target_name_override", connection.server_name))
    if connection.tls:
        credentials = _credentials(connection)
        opened = grpc.aio.secure_channel(connection.target, credentials, options=options)
    else:
        opened = grpc.aio.insecure_channel(connection.target, options=options)
    async with opened as channel:
        if connection.api_key:
            yield KeyedChannel(channel, connection.api_key)
        else:
            yield channel


def tls_context(connection: Connection) -> ssl.SSLContext:
    """Return what Python's own TLS trusts and shows for a connection.

    Raises `RevitronGrpcError` (INVALID_CONFIGURATION) for files that cannot be used.
    """
    ca = connection.ca
    try:
        context = ssl.create_default_context(cafile=ca)
    except ssl.SSLError as error:
        raise _wrong(
            f"{ca}: is no certificate in PEM form; it begins with -----BEGIN CERTIFICATE-----"
        ) from error
    except OSError as error:
        raise _wrong(f"{ca}: the certificate cannot be read: {error.strerror}") from error
    certificate, key = connection.certificate, connection.private_key
    if certificate is None or key is None:
        return context
    for path in (certificate, key):
        _read(path)
    try:
        context.load_cert_chain(certificate, key, password=_no_password)
    except _PasswordNeededError as error:
        raise _wrong(f"{key}: the private key has a password; write it without one") from error
    except ssl.SSLError as error:
        if error.reason == "KEY_VALUES_MISMATCH":
            message = f"{key}: does not belong to the certificate in {certificate}"
        else:
            message = f"{certificate} and {key}: are no certificate and private key in PEM form"
        raise _wrong(message) from error
    return context


class _PasswordNeededError(Exception):
    """A key cannot be read without a password."""


def _no_password() -> str:
    raise _PasswordNeededError


def _credentials(connection: Connection) -> grpc.ChannelCredentials:
    # Python checks the files, whose mistakes gRPC would tell to its log alone.
    context = tls_context(connection)
    if connection.ca is not None:
        roots = _read(connection.ca)
    else:
        # What the system trusts, an office's own authority included, as far as Python can list
        # it (Windows' store, the bundles of Linux); else what gRPC brings along.
        known = context.get_ca_certs(binary_form=True)
        roots = "".join(ssl.DER_cert_to_PEM_cert(der) for der in known).encode() or None
    if connection.certificate is None or connection.private_key is None:
        return grpc.ssl_channel_credentials(root_certificates=roots)
    return grpc.ssl_channel_credentials(
        roots, _read(connection.private_key), _read(connection.certificate)
    )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _wrong(f"{path}: cannot be read: {error.strerror}") from error


def _host_and_port(target: str) -> tuple[str, int] | None:
    if _LEFT_TO_GRPC.match(target):
        return None
    try:
        parts = urlsplit(f"//{target}")
        found = (parts.hostname, parts.port)
    except ValueError:
        return None
    if not found[0] or found[1] is None or parts.path or parts.query or parts.username is not None:
        return None
    return found[0], found[1]


def _is_loopback(target: str) -> bool:
    if target.startswith("unix"):
        return True
    found = _host_and_port(target)
    host = found[0] if found else ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _wrong(message: str) -> RevitronGrpcError:
    return RevitronGrpcError(Reason.INVALID_CONFIGURATION, message)
