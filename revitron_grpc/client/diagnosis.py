"""Why no call gets through: look at the way to a service step by step, as a person would.

gRPC says of most of it no more than `Socket closed`. What is found here is told in words, with what
to do. Nothing is sent but what every client begins with; no key, no request.
"""

import asyncio
import json
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from revitron_grpc.client.connection import Connection, tls_context
from revitron_grpc.client.office_proxy import OfficeProxy, proxy_before
from revitron_grpc.client.server_certificate import certificate_problem
from revitron_grpc.errors import RevitronGrpcError

_STEP_SECONDS = 3.0
_ALL_SECONDS = 12.0
# What every HTTP/2 client begins with, and an empty SETTINGS frame.
_PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00"
_FRAME_HEAD, _SETTINGS = 9, 4
_TLS_ALERT = b"\x15\x03"
_MOST_BYTES = 65_536
# X509_V_FLAG_NO_CHECK_TIME of OpenSSL, which Python has no name for.
_ANY_TIME = ssl.VerifyFlags(0x200000)

_Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What is in the way, and what to do; `lasting` if another try would meet the same."""

    message: str
    lasting: bool


class _Found(Exception):  # noqa: N818 - an answer, not an error
    def __init__(self, message: str, *, lasting: bool = True) -> None:
        super().__init__(message)
        self.diagnosis = Diagnosis(message, lasting)


async def diagnose(connection: Connection) -> Diagnosis | None:
    """Return what is between this machine and a service.

    None where nothing is, so that the cause is elsewhere, and for addresses that only gRPC can
    resolve. Of several addresses the first is looked at. Takes some seconds at most.
    """
    place = connection.host_and_port()
    if place is None:
        return None
    way = _Way(connection, *place)
    try:
        async with asyncio.timeout(_ALL_SECONDS):
            await way.look()
    except _Found as found:
        return found.diagnosis
    except (OSError, TimeoutError, RevitronGrpcError):
        return None  # something changed while it was looked at
    return None


class _Way:
    """The way to one address."""

    def __init__(self, connection: Connection, host: str, port: int) -> None:
        self._connection = connection
        self._host, self._port = host, port
        self._target = connection.addresses[0]
        self._proxy: OfficeProxy | None = proxy_before(connection)
        self._name = connection.server_name or host

    async def look(self) -> None:
        """Raise `_Found` for what is in the way."""
        async with self._opened() as (reader, writer):
            if self._connection.tls:
                await self._shake_hands(writer)
            begin = b""
            try:
                writer.write(_PREFACE)
                async with asyncio.timeout(_STEP_SECONDS):
                    begin = await reader.read(_FRAME_HEAD)
            except TimeoutError:
                raise _Found(
                    f"no service answers at {self._target}: something takes the connection and "
                    "says nothing; the service hangs, or this is another program's port",
                    lasting=False,
                ) from None
            except ssl.SSLError as error:
                raise self._unwanted(f" ({_words(error)})") from error
            except OSError:
                pass
        if begin.startswith(b"HTTP/"):
            raise await self._http1()
        if self._connection.tls and not begin:
            raise self._unwanted("")
        if not self._connection.tls and (not begin or begin.startswith(_TLS_ALERT)):
            raise await self._closed()
        if begin[3:4] != bytes([_SETTINGS]):
            raise _Found(f"{self._target} is not the gRPC port of a service: it answers otherwise")

    @asynccontextmanager
    async def _opened(self) -> AsyncIterator[_Streams]:
        """A connection, through the office's proxy where gRPC goes through it."""
        streams = await (self._tunnel(self._proxy) if self._proxy else self._direct())
        try:
            yield streams
        finally:
            streams[1].transport.abort()

    async def _direct(self) -> _Streams:
        try:
            async with asyncio.timeout(_STEP_SECONDS):
                return await asyncio.open_connection(self._host, self._port)
        except TimeoutError:
            why = (
                "nothing comes back at all; the machine is off, or a firewall drops what is sent "
                "to this port"
            )
        except socket.gaierror:
            why = f"the name {self._host} is not known (DNS); check its spelling and the network"
        except ConnectionRefusedError:
            why = "nothing listens there; check the address, or start the service"
        except OSError as error:
            why = f"there is no way to it ({error.strerror}); check the network"
        raise _Found(f"no service answers at {self._target}: {why}", lasting=False)

    async def _tunnel(self, proxy: OfficeProxy) -> _Streams:
        way_out = f"set no_proxy={self._host}, or have the proxy let CONNECT {self._target} through"
        said = f"calls to {self._target} go through the proxy {proxy.address} ({proxy.variable})"
        try:
            async with asyncio.timeout(_STEP_SECONDS):
                reader, writer = await asyncio.open_connection(proxy.host, proxy.port)
                writer.write(
                    f"CONNECT {self._target} HTTP/1.1\r\nHost: {self._target}\r\n".encode()
                )
                writer.write(b"\r\n")
                head = await reader.readuntil(b"\r\n\r\n")
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            raise _Found(f"{said}, which cannot be reached; {way_out}") from None
        status = head.split(b"\r\n", 1)[0].decode("ascii", "replace").partition(" ")[2]
        if not status.startswith("2"):
            writer.transport.abort()
            raise _Found(f"{said}, which refuses: {status}; {way_out}")
        return reader, writer

    async def _shake_hands(self, writer: asyncio.StreamWriter) -> None:
        context = tls_context(self._connection)
        context.set_alpn_protocols(["h2"])
        try:
            async with asyncio.timeout(_STEP_SECONDS):
                await writer.start_tls(context, server_hostname=self._name)
        except ssl.SSLCertVerificationError as error:
            shown = await self._shown_certificate()
            raise _Found(
                certificate_problem(error, shown, self._connection, self._target, self._name)
            ) from error
        except ssl.SSLError as error:
            if error.reason in {"WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "HTTP_REQUEST"}:
                if await self._is_side_port(tls=False):
                    raise self._side_port() from error
                raise _Found(
                    f"{self._target} does not speak TLS; leave out --tls, --ca and https://, or "
                    "give the port that does"
                ) from error
            raise _Found(f"TLS with {self._target} fails: {_words(error)}") from error
        except (OSError, TimeoutError) as error:
            raise _Found(
                f"{self._target} breaks TLS off; it speaks plain text, an older TLS than 1.2, or "
                "is no service",
                lasting=False,
            ) from error
        secured = writer.get_extra_info("ssl_object")
        if isinstance(secured, ssl.SSLObject) and secured.selected_alpn_protocol() != "h2":
            raise await self._http1()

    async def _shown_certificate(self) -> dict[str, object]:
        """What stands in the service's certificate, if its authority is trusted; else nothing."""
        context = tls_context(self._connection)
        context.check_hostname = False
        context.verify_flags |= _ANY_TIME
        with suppress(OSError, TimeoutError):
            async with self._opened() as (_, writer), asyncio.timeout(_STEP_SECONDS):
                await writer.start_tls(context, server_hostname=self._name)
                return dict(writer.get_extra_info("peercert") or {})
        return {}

    def _unwanted(self, alert: str) -> _Found:
        """The service ended the connection after a good handshake."""
        if self._connection.certificate is None:
            return _Found(
                f"{self._target} ends the connection{alert}: it asks for a client certificate; "
                "give yours with --certificate FILE --private-key FILE, or ask who runs the "
                "service for one"
            )
        return _Found(
            f"{self._target} does not accept the certificate in {self._connection.certificate}"
            f"{alert}: it expired, or is of an authority that the service does not know; ask who "
            "runs the service for another"
        )

    async def _closed(self) -> _Found:
        """Nothing came back in plain text; maybe TLS would do better."""
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        try:
            async with self._opened() as (_, writer), asyncio.timeout(_STEP_SECONDS):
                await writer.start_tls(context, server_hostname=self._name)
        except (OSError, TimeoutError):
            return _Found(
                f"{self._target} takes the connection and ends it at once: it has too many, or "
                "this is no service",
                lasting=False,
            )
        return _Found(f"{self._target} speaks TLS; add --tls, or --ca FILE for its authority")

    async def _http1(self) -> _Found:
        if await self._is_side_port(tls=self._connection.tls):
            return self._side_port()
        return _Found(
            f"{self._target} speaks HTTP/1.1, and gRPC needs HTTP/2 all the way: it is a web "
            "server, or a proxy without HTTP/2; give the gRPC port of the service, or set the "
            "proxy up for gRPC"
        )

    def _side_port(self) -> _Found:
        return _Found(
            f"{self._target} is the side port of a service, for HTTP; give its gRPC port "
            "(50051 unless it was set)"
        )

    async def _is_side_port(self, *, tls: bool) -> bool:
        with suppress(OSError, TimeoutError, ValueError):
            async with self._opened() as (reader, writer), asyncio.timeout(_STEP_SECONDS):
                if tls:
                    await writer.start_tls(
                        tls_context(self._connection), server_hostname=self._name
                    )
                writer.write(b"GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n")
                answer = b""
                while len(answer) < _MOST_BYTES and (more := await reader.read(_MOST_BYTES)):
                    answer += more
                return "components" in json.loads(answer.partition(b"\r\n\r\n")[2])
        return False


def _words(error: ssl.SSLError) -> str:
    return (error.reason or "TLS error").replace("_", " ").lower()
