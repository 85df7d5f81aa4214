"""A finished run as bytes: every settled candidate in order and the summary, compressed and sealed.

The seal is an HMAC over the plan digest and the content: what was damaged, cut short, put under
another plan or written without the service's secret is not taken.
"""

import hashlib
import hmac
import io
from collections import Counter
from collections.abc import Sequence
from typing import TypeAlias

import zstandard
from google.protobuf.proto import parse_length_prefixed, serialize_length_prefixed

from revitron_grpc.contract import CRITERIA
from revitron_grpc.service.runs.settled_run import Settled
from revitron_grpc.service.wire.messages import without_icons
from revitron_grpc.v1.button_service_pb2 import RejectedCandidate, RunSummary
from revitron_grpc.v1.button_spec_pb2 import ButtonSpec
from revitron_grpc.vocabulary import Criterion

_Kept: TypeAlias = ButtonSpec | RejectedCandidate | RunSummary
# Each message stands behind a byte that says what it is, and its length.
_KINDS: dict[bytes, type[ButtonSpec] | type[RejectedCandidate] | type[RunSummary]] = {
    b"b": ButtonSpec,
    b"r": RejectedCandidate,
    b"s": RunSummary,
}
_BYTE_OF = {kind: byte for byte, kind in _KINDS.items()}
_SEAL_BYTES = 32
# 250 buttons are 6.4 MB; zlib makes 2.7 MB of them in 90 ms, this 1.8 MB in 26 ms. Readers hold
# a window of 1 MiB each, which costs 3 % over a larger one.
_COMPRESSION = zstandard.ZstdCompressionParameters.from_level(3, window_log=20)
_CRITERION_OF = {number: criterion for criterion, number in CRITERIA.items()}


class RunSeal:
    """Seals the runs of replicas that share a secret."""

    def __init__(self, secret: str) -> None:
        """With an empty secret a seal shows damage, but not who wrote it."""
        self._key = hashlib.sha256(f"revitron-grpc runs\0{secret}".encode()).digest()

    def sealed(self, plan_digest: str, content: bytes) -> bytes:
        """Return the content under its seal."""
        return self._seal(plan_digest, content) + content

    def opened(self, plan_digest: str, value: bytes) -> bytes | None:
        """Return the content; None where the seal is not that of this plan and this content."""
        seal, content = value[:_SEAL_BYTES], value[_SEAL_BYTES:]
        return content if hmac.compare_digest(seal, self._seal(plan_digest, content)) else None

    def _seal(self, plan_digest: str, content: bytes) -> bytes:
        return hmac.digest(self._key, plan_digest.encode() + b"\0" + content, "sha256")


class RunWriter:
    """Gathers a run while it is settled; holds compressed bytes only."""

    def __init__(self, most_bytes: int) -> None:
        """A run that is larger than `most_bytes` is given up."""
        self._most = most_bytes
        self._compressor = zstandard.ZstdCompressor(compression_params=_COMPRESSION).compressobj()
        self._parts: list[bytes] = []
        self._size = 0
        self._finished = False

    def add(self, message: _Kept) -> None:
        """Add the next settled candidate, with its icons; the summary ends the run."""
        if self._size > self._most:
            return
        raw = io.BytesIO()
        raw.write(_BYTE_OF[type(message)])
        serialize_length_prefixed(message, raw)
        self._append(self._compressor.compress(raw.getvalue()))
        if isinstance(message, RunSummary):
            self._append(self._compressor.flush())
            self._finished = True

    @property
    def content(self) -> bytes | None:
        """The run; None where it did not come to its end, or is too large."""
        whole = self._finished and self._size <= self._most
        return b"".join(self._parts) if whole else None

    def _append(self, part: bytes) -> None:
        self._parts.append(part)
        self._size += len(part)
        if self._size > self._most:
            self._parts.clear()


class KeptRun:
    """A run that was judged before; a `SettledRun` that never waits."""

    waiting = None

    def __init__(self, content: bytes, *, icons: bool) -> None:
        """`content` is that of a `RunWriter`; it is read bit by bit."""
        reader = zstandard.ZstdDecompressor().stream_reader(io.BytesIO(content))
        self._input = io.BufferedReader(reader)
        self._icons = icons
        self._summary: RunSummary | None = None
        self._failed: Counter[Criterion] = Counter()
        self.accepted = 0
        self.rejected = 0

    @property
    def judged(self) -> int:
        """Candidates that are settled."""
        return self.accepted + self.rejected

    @property
    def rejected_by_criterion(self) -> Sequence[tuple[Criterion, int]]:
        """How many candidates failed each criterion that somebody failed, so far."""
        return [(c, self._failed[c]) for c in Criterion if self._failed[c]]

    @property
    def finished(self) -> bool:
        """Whether nothing is left to take."""
        return self._summary is not None

    def take(self, most: int) -> list[Settled]:
        """Return what comes next, in order, at most so many."""
        found: list[Settled] = []
        while len(found) < most and self._summary is None:
            message = self._next()
            if isinstance(message, RunSummary):
                self._summary = message
            else:
                found.append(Settled(self.judged, message))
        return found

    def summary(self) -> RunSummary:
        """Return what came of the run, without digests."""
        if self._summary is None:
            raise RuntimeError("a run has a summary when nothing is left to take")
        return self._summary

    def cancel(self) -> None:
        """Nothing works for it; a thread may still be reading."""

    def _next(self) -> _Kept:
        message = parse_length_prefixed(_KINDS[self._input.read(1)], self._input)  # pyright: ignore[reportArgumentType]
        if isinstance(message, ButtonSpec):
            self.accepted += 1
            return message if self._icons else without_icons(message)
        if isinstance(message, RejectedCandidate):
            self.rejected += 1
            self._failed.update(_CRITERION_OF[result.criterion] for result in message.failed)
        if message is None:
            raise EOFError("a kept run ends without a summary")
        return message
