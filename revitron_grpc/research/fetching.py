"""Fetch the configured sources over HTTPS; the only module of research that speaks HTTP."""

import asyncio
import hashlib
import os
import ssl
import urllib.request
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception_type,
    stop_after_attempt,
    wait_random_exponential,
)

from revitron_grpc import __version__
from revitron_grpc.errors import FieldViolation, InvalidInputError, Reason, RevitronGrpcError
from revitron_grpc.research.downloads import Download, Downloads
from revitron_grpc.research.facts import Facts
from revitron_grpc.settings import ResearchSettings
from revitron_grpc.settings.research import ResearchSource

_AT_ONCE = 4
_CHUNK = 64 * 1024
_CONNECT_SECONDS = 20.0
_LONGEST_WAIT = 60.0
_LONGEST_RETRY_AFTER = 300.0
_MOST_REDIRECTS = 5
_LONGEST_TOKEN = 4_096
_COME_BACK = frozenset((408, 425, 429, 500, 502, 503, 504))
_MEBIBYTE = 1024 * 1024


class Outcome(StrEnum):
    """Where the bytes of a source come from this time.

    FETCHED came now, CONFIRMED is the last download, which the server says is what it has, CACHED
    is young enough not to ask; KEPT is the last download because the server could not be reached,
    MISSING has none.
    """

    FETCHED = "fetched"
    CONFIRMED = "confirmed"
    CACHED = "cached"
    KEPT = "kept"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of one source; `reason` says why it is KEPT or MISSING.

    `facts` are those of `download`; None for a source that is MISSING.
    """

    source: ResearchSource
    outcome: Outcome
    download: Download | None
    facts: Facts | None
    reason: str = ""


ReadDownload = Callable[[ResearchSource, Path, str], Facts]
"""Reads the file of a download with that SHA-256; raises RevitronGrpcError where it cannot."""


class _RefusedError(Exception):
    """What does not get better by asking again."""


class _LaterError(Exception):
    """What may get better; `seconds` is when the server wants to be asked again."""

    def __init__(self, message: str, seconds: float | None = None) -> None:
        super().__init__(message)
        self.seconds = seconds


async def fetch_all(
    settings: ResearchSettings,
    downloads: Downloads,
    read: ReadDownload,
    *,
    fresh_for: timedelta,
    force: bool,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> tuple[Fetched, ...]:
    """Fetch all sources, a few at a time, and keep what came.

    What is younger than `fresh_for` is not asked for again; with `force` everything is fetched,
    whatever is there. A source that cannot be fetched, or sends what `read` cannot read, keeps its
    last download. Raises
    `InvalidInputError` (INVALID_CONFIGURATION) for a token or a certificate that is not there.
    """
    tokens = {source.name: _token(source) for source in settings.sources}
    context = _trusted(settings.ca_file)
    at_once = asyncio.Semaphore(_AT_ONCE)
    timeout = aiohttp.ClientTimeout(total=settings.timeout_seconds, sock_connect=_CONNECT_SECONDS)
    async with aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(ssl=context),
        timeout=timeout,
        headers={"User-Agent": f"revitron-grpc/{__version__}"},
        # What comes is an archive: nothing is gained by packing it again, and a bound holds for
        # what is on the wire as it does for what is kept.
        auto_decompress=False,
        middlewares=(_https_only,),
    ) as session:
        fetcher = _Fetcher(session, settings, downloads, read, fresh_for, force, now)

        async def one(source: ResearchSource) -> Fetched:
            async with at_once:
                return await fetcher.fetch(source, tokens[source.name])

        return tuple(await asyncio.gather(*map(one, settings.sources)))


async def _https_only(
    request: aiohttp.ClientRequest,
    handler: Callable[[aiohttp.ClientRequest], Awaitable[aiohttp.ClientResponse]],
) -> aiohttp.ClientResponse:
    """Refuse to be redirected to where anybody could listen."""
    if request.url.scheme != "https":
        raise _RefusedError("the server redirects to an address that is not https://")
    return await handler(request)


@dataclass(frozen=True, slots=True)
class _Fetcher:
    """Fetches one source at a time for each caller."""

    session: aiohttp.ClientSession
    settings: ResearchSettings
    downloads: Downloads
    read: ReadDownload
    fresh_for: timedelta
    force: bool
    now: Callable[[], datetime]

    async def fetch(self, source: ResearchSource, token: str) -> Fetched:
        """Return what came of a source; nothing that a server does raises."""
        last = await asyncio.to_thread(self.downloads.find, source.name, source.url)
        # A clock that was set back makes no download young.
        if last is not None and not self.force:
            age = self.now() - last.confirmed
            if timedelta(0) <= age < self.fresh_for:
                return await self._from_last(source, Outcome.CACHED, last, "")
        retrying = AsyncRetrying(
            stop=stop_after_attempt(self.settings.attempts),
            wait=self._wait,
            retry=retry_if_exception_type(_LaterError),
            reraise=True,
        )
        try:
            return await retrying(self._attempt, source, token, last)
        except (_RefusedError, _LaterError) as error:
            if last is None:
                return Fetched(source, Outcome.MISSING, None, None, str(error))
            return await self._from_last(source, Outcome.KEPT, last, str(error))

    async def _from_last(
        self, source: ResearchSource, outcome: Outcome, last: Download, reason: str
    ) -> Fetched:
        try:
            facts = await self._facts(source, self.downloads.body(source.name), last.sha256)
        except _RefusedError as error:
            # It was readable once: `path` or `kind` was changed, or this release reads less.
            why = "; ".join(part for part in (reason, f"the last download: {error}") if part)
            return Fetched(source, Outcome.MISSING, None, None, why)
        return Fetched(source, outcome, last, facts, reason)

    async def _facts(self, source: ResearchSource, path: Path, sha256: str) -> Facts:
        try:
            return await asyncio.to_thread(self.read, source, path, sha256)
        except RevitronGrpcError as error:
            raise _RefusedError(error.message) from error
        except Exception as error:
            # What others wrote may be anything; one source must not take the others with it.
            raise _RefusedError(f"it cannot be read: {type(error).__name__}: {error}") from error

    def _wait(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome is not None else None
        if isinstance(error, _LaterError) and error.seconds is not None:
            return error.seconds
        # "Full jitter": a random part of a wait that doubles.
        return wait_random_exponential(self.settings.backoff_seconds, _LONGEST_WAIT)(state)

    async def _attempt(self, source: ResearchSource, token: str, last: Download | None) -> Fetched:
        headers = {"Accept-Encoding": "identity"}
        if token:
            # The client leaves it out where it is redirected to another host.
            headers["Authorization"] = f"Bearer {token}"
        if last is not None and not self.force:
            if last.etag:
                headers["If-None-Match"] = last.etag
            if last.last_modified:
                headers["If-Modified-Since"] = last.last_modified
        try:
            async with self.session.get(
                source.url,
                headers=headers,
                proxy=_proxy_for(source.url),
                max_redirects=_MOST_REDIRECTS + 1,
            ) as answer:
                if answer.status == 304 and last is not None:
                    return await self._confirmed(source, last)
                _check_status(answer)
                return await self._received(source, answer)
        except aiohttp.ClientSSLError as error:
            raise _RefusedError(
                f"no secure connection: {_words(error)}; if a proxy of your office signs what it "
                "passes on, name its authority in research.ca_file"
            ) from error
        except aiohttp.TooManyRedirects as error:
            raise _RefusedError(
                f"the server redirects more than {_MOST_REDIRECTS} times"
            ) from error
        except aiohttp.InvalidURL as error:
            raise _RefusedError("the server redirects to something that is no address") from error
        except TimeoutError as error:
            raise _LaterError(
                f"not there after {self.settings.timeout_seconds:g} s (research.timeout_seconds)"
            ) from error
        except aiohttp.ClientPayloadError as error:
            raise _LaterError("the connection broke before everything had come") from error
        except (aiohttp.ClientError, OSError) as error:
            raise _LaterError(f"cannot be reached: {_words(error)}") from error

    async def _confirmed(self, source: ResearchSource, last: Download) -> Fetched:
        about = Download(
            last.url,
            last.sha256,
            last.size,
            last.fetched,
            self.now(),
            last.etag,
            last.last_modified,
        )
        await asyncio.to_thread(self.downloads.note, source.name, about)
        return await self._from_last(source, Outcome.CONFIRMED, about, "")

    async def _received(self, source: ResearchSource, answer: aiohttp.ClientResponse) -> Fetched:
        part = self.downloads.part(source.name)
        try:
            digest, size = await self._write(answer, part)
            at = self.now()
            about = Download(
                source.url,
                digest,
                size,
                at,
                at,
                answer.headers.get("ETag", "")[:1_000],
                answer.headers.get("Last-Modified", "")[:100],
            )
            # Before it takes the place of the last one, which could be read.
            facts = await self._facts(source, part, digest)
            await asyncio.to_thread(self.downloads.keep, source.name, part, about)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
        return Fetched(source, Outcome.FETCHED, about, facts)

    async def _write(self, answer: aiohttp.ClientResponse, part: Path) -> tuple[str, int]:
        most = self.settings.max_download_mb * _MEBIBYTE
        digest, size = hashlib.sha256(), 0
        with part.open("wb") as file:
            async for chunk in answer.content.iter_chunked(_CHUNK):
                size += len(chunk)
                if size > most:
                    raise _RefusedError(
                        f"more than {self.settings.max_download_mb} MiB "
                        "(research.max_download_mb); nothing of it is kept"
                    )
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        return digest.hexdigest(), size


def _check_status(answer: aiohttp.ClientResponse) -> None:
    if answer.status in _COME_BACK:
        seconds = retry_after_seconds(answer.headers.get("Retry-After", ""))
        if seconds is not None and seconds > _LONGEST_RETRY_AFTER:
            raise _RefusedError(
                f"HTTP {answer.status}: the server asks to come back in {seconds:.0f} s"
            )
        raise _LaterError(f"HTTP {answer.status}", seconds)
    if answer.status in (401, 403, 404):
        raise _RefusedError(
            f"HTTP {answer.status}: is the address right, and does it need a token "
            "(token_env, token_file)?"
        )
    if answer.status != 200:
        raise _RefusedError(f"HTTP {answer.status}")


def retry_after_seconds(value: str) -> float | None:
    """Read a Retry-After header: seconds, or a date; None where it says neither."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError):
        return None
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    return max(0.0, (at - datetime.now(UTC)).total_seconds())


def _proxy_for(url: str) -> str | None:
    """The proxy that HTTPS_PROXY and NO_PROXY, or Windows' settings, name for an address."""
    host = urlsplit(url).hostname or ""
    if urllib.request.proxy_bypass(host):
        return None
    return urllib.request.getproxies().get("https")


def _trusted(ca_file: Path | None) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if ca_file is not None:
        try:
            context.load_verify_locations(cafile=ca_file)
        except (OSError, ssl.SSLError) as error:
            raise _wrong("research.ca_file", f"{ca_file} cannot be used: {error}") from error
    return context


def _token(source: ResearchSource) -> str:
    place = f"research.sources: {source.name}"
    if source.token_env:
        token = os.environ.get(source.token_env, "").strip()
        if not token:
            raise _wrong(f"{place}: token_env", f"the variable {source.token_env} is not set")
    elif source.token_file is not None:
        try:
            token = source.token_file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise _wrong(
                f"{place}: token_file", f"{source.token_file} cannot be read as text"
            ) from error
    else:
        return ""
    if not token.isascii() or not token.isprintable() or len(token) > _LONGEST_TOKEN:
        raise _wrong(place, "the token is no line of printable ASCII")
    return token


def _words(error: BaseException) -> str:
    """What an error says, without the address, which may hold a secret of its own."""
    inner = getattr(error, "certificate_error", None) or getattr(error, "os_error", None) or error
    return (
        getattr(inner, "verify_message", "")
        or getattr(inner, "strerror", "")
        or (type(inner).__name__)
    )


def _wrong(field: str, description: str) -> InvalidInputError:
    return InvalidInputError(Reason.INVALID_CONFIGURATION, (FieldViolation(field, description),))
