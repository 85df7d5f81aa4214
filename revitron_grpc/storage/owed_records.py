"""What is known of a run, as the bytes that lie in a spool.

A later release reads what an earlier one left behind: fields may come, with a default, and none may
go or change its meaning.
"""

import msgspec

from revitron_grpc.storage.runs import BegunRun, EndedRun


class _Owed(msgspec.Struct, frozen=True, omit_defaults=True):
    began: BegunRun | None = None
    ended: EndedRun | None = None


_decoder = msgspec.msgpack.Decoder(_Owed)


def encoded(record: BegunRun | EndedRun) -> bytes:
    """Return the bytes of a record."""
    owed = _Owed(began=record) if isinstance(record, BegunRun) else _Owed(ended=record)
    return msgspec.msgpack.encode(owed)


def decoded(data: bytes) -> BegunRun | EndedRun:
    """Return the record of these bytes.

    Raises `msgspec.DecodeError` for others.
    """
    owed = _decoder.decode(data)
    record = owed.began or owed.ended
    if record is None:
        raise msgspec.ValidationError("a record of neither a beginning nor an end")
    return record
