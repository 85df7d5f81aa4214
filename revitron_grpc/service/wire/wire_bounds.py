"""Look at a message's bytes before they become objects.

A message of 16 MiB can be eight million empty submessages, which take half a gigabyte and hold the
interpreter for a second while they are made. Counting them costs next to nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

MAX_VALUES = 50_000
"""Fields, submessages and numbers in one message; the largest request of the contract has 46,000,
if each of its 200 path ignores has 200 rules."""
_LOOK_FROM = 64 * 1024
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_NOT_PACKED = (FieldDescriptor.TYPE_STRING, FieldDescriptor.TYPE_BYTES)


@dataclass(frozen=True, slots=True)
class Oversized:
    """Stands for a message that was not read."""

    size: int


def read_bounded(raw: bytes, kind: type[Message]) -> Message | Oversized:
    """Return the message of some bytes, or that they hold too many values.

    Raises `google.protobuf.message.DecodeError` like `FromString`.
    """
    if len(raw) > _LOOK_FROM and _Count(raw).of(kind.DESCRIPTOR, 0, len(raw)) > MAX_VALUES:
        return Oversized(len(raw))
    return kind.FromString(raw)


class _Count:
    """Counts values until there are too many; what is no message is for the parser to refuse."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._found = 0

    def of(self, kind: Any, at: int, end: int) -> int:
        """Return how many values stand between two places of a message of that descriptor."""
        fields: Mapping[int, FieldDescriptor] = kind.fields_by_number
        while at < end and self._found <= MAX_VALUES:
            self._found += 1
            tag, at = self._varint(at, end)
            wire = tag & 7
            if wire == _VARINT:
                _, at = self._varint(at, end)
            elif wire == _FIXED64:
                at += 8
            elif wire == _FIXED32:
                at += 4
            elif wire == _BYTES:
                length, at = self._varint(at, end)
                self._inside(fields.get(tag >> 3), at, min(at + length, end))
                at += length
            # Groups, which nothing here uses, have no length: their content is counted as it comes.
        return self._found

    def _inside(self, field: FieldDescriptor | None, at: int, end: int) -> None:
        if field is None or field.type in _NOT_PACKED:
            return
        if field.type == FieldDescriptor.TYPE_MESSAGE:
            self.of(field.message_type, at, end)
        else:
            self._found += end - at

    def _varint(self, at: int, end: int) -> tuple[int, int]:
        value = shift = 0
        while at < end and shift < 70:
            byte = self._raw[at]
            at += 1
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                break
            shift += 7
        return value, at
