"""A connection to the service."""

import ipaddress
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import grpc

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


@asynccontextmanager
async def connect(
    target: str, *, tls: bool = False, ca: Path | None = None
) -> AsyncIterator[grpc.aio.Channel]:
    """Open a channel and close it at the end.

    `target` is `host:port`; several replicas without a proxy are
    `ipv4:10.0.0.5:50051,10.0.0.6:50051`: the next one is tried when one is gone. Plain text
    without `tls`. With it the service must show a certificate of an authority that gRPC knows,
    or of `ca`, a PEM file, which implies `tls`.

    Raises `RevitronGrpcError`: INVALID_CONFIGURATION for a `ca` that is no PEM file.
    """
    # What an office sets in `https_proxy` is for other hosts than its own machine.
    options = [*_OPTIONS, ("grpc.enable_http_proxy", 0 if _is_loopback(target) else 1)]
    if tls or ca is not None:
        opened = grpc.aio.secure_channel(target, _credentials(ca), options=options)
    else:
        opened = grpc.aio.insecure_channel(target, options=options)
    async with opened as channel:
        yield channel


def _credentials(ca: Path | None) -> grpc.ChannelCredentials:
    if ca is None:
        return grpc.ssl_channel_credentials()
    try:
        pem = ca.read_bytes()
    except OSError as error:
        raise RevitronGrpcError(
            Reason.INVALID_CONFIGURATION, f"{ca}: the certificate cannot be read: {error.strerror}"
        ) from error
    if b"-----BEGIN CERTIFICATE-----" not in pem:
        raise RevitronGrpcError(
            Reason.INVALID_CONFIGURATION,
            f"{ca}: is no certificate in PEM form; it begins with -----BEGIN CERTIFICATE-----",
        )
    return grpc.ssl_channel_credentials(root_certificates=pem)


def _is_loopback(target: str) -> bool:
    first = target.removeprefix("ipv4:").removeprefix("ipv6:").split(",")[0]
    host = urlsplit(f"//{first}").hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
