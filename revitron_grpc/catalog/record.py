"""The base of everything that stands in a catalog file."""

import msgspec


class Record(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """The base of all records: frozen, compact in the file, outside the cycle collector."""
