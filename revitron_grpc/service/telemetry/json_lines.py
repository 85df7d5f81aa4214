"""Read requests as JSON from a body that nobody has bounded yet."""

from typing import TypeVar

from aiohttp import StreamReader
from google.protobuf import json_format
from google.protobuf.message import Message

from revitron_grpc.errors import FieldViolation, InvalidInputError, Reason, RevitronGrpcError

MAX_CONTAINERS = 50_000
"""Objects and lists in one message: more than the largest request that the contract allows has."""
MAX_VALUES = 1_000_000
_MessageT = TypeVar("_MessageT", bound=Message)


class JsonLines:
    """The lines of a body, none longer than a limit; nothing is read ahead of who asks."""

    def __init__(self, content: StreamReader, most: int) -> None:
        self._content = content
        self._most = most
        self._rest = bytearray()
        self._searched = 0
        self._ended = False

    def __aiter__(self) -> "JsonLines":
        return self

    async def __anext__(self) -> bytes:
        """Return the next line that is not empty.

        Raises `RevitronGrpcError` (MESSAGE_TOO_LARGE) for one beyond the limit.
        """
        while True:
            end = self._rest.find(b"\n", self._searched)
            if end < 0 and self._ended:
                end = len(self._rest)
            self._check(end if end >= 0 else len(self._rest))
            if end < 0:
                self._searched = len(self._rest)
                await self._read()
                continue
            line = bytes(self._rest[:end])
            del self._rest[: end + 1]
            self._searched = 0
            if line.strip():
                return line
            if self._ended and not self._rest:
                raise StopAsyncIteration

    async def whole(self) -> bytes:
        """Return the whole body; raises like the lines."""
        while not self._ended:
            await self._read()
            self._check(len(self._rest))
        return bytes(self._rest)

    async def _read(self) -> None:
        chunk = await self._content.readany()
        if not chunk:
            self._ended = self._content.at_eof()
        self._rest += chunk

    def _check(self, size: int) -> None:
        if size > self._most:
            raise RevitronGrpcError(
                Reason.MESSAGE_TOO_LARGE,
                f"a message has more than {self._most} bytes of JSON; send less at once",
            )


def parsed(text: bytes, kind: type[_MessageT], field: str) -> _MessageT:
    """Return the message of a protobuf JSON text.

    Raises `InvalidInputError` (INVALID_REQUEST) for a text that is none; `field` names it.
    """
    # A short text can be a million empty objects, which take a hundred times its size.
    if text.count(b"{") + text.count(b"[") > MAX_CONTAINERS or text.count(b",") > MAX_VALUES:
        raise _invalid(field, f"has more than {MAX_CONTAINERS} objects or {MAX_VALUES} values")
    try:
        return json_format.Parse(text or b"{}", kind())
    except json_format.ParseError as error:
        raise _invalid(field, f"is no {kind.DESCRIPTOR.name}: {_short(str(error))}") from error
    except (ValueError, RecursionError) as error:
        raise _invalid(field, "is no JSON in UTF-8") from error


def _invalid(field: str, description: str) -> InvalidInputError:
    return InvalidInputError(Reason.INVALID_REQUEST, (FieldViolation(field, description),))


def _short(text: str) -> str:
    return text if len(text) <= 200 else text[:197] + "..."
