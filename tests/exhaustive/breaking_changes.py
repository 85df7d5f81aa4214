"""The list of what went or became obsolete, row by row, with the symbol of the catalog."""

import csv
import gzip
from dataclasses import dataclass
from pathlib import Path

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.catalog.model import ApiType, Member, short_type_name
from revitron_grpc.catalog.query import Catalog
from revitron_grpc.vocabulary import RevitVersion
from tests.exhaustive.uses import FRACTIONS, WHOLE, Use, member_use, type_use

_TYPES = {"class", "enum", "interface", "struct", "delegate"}
_TABLE = Path(__file__).parent / "breaking_changes.csv.gz"
_NUMBERS = WHOLE | FRACTIONS


@dataclass(frozen=True)
class Row:
    """One row with the symbol that it is about, and the row's use as it was judged."""

    kind: str
    name: str
    since: int
    removed: int
    with_type: bool
    symbol: Member | ApiType
    owner: ApiType

    @property
    def is_known(self) -> frozenset[RevitVersion]:
        """The versions of which the facts say whether the symbol is there."""
        unknown = {*self.symbol.unknown_in, *self.owner.unknown_in}
        return frozenset(v for v in packaged_catalog().versions if v not in unknown)

    @property
    def number_fits_elsewhere(self) -> str:
        """The overload that a Python number fits as well, although .NET tells them apart."""
        mine = self.symbol
        if not isinstance(mine, Member):
            return ""
        for other in self.owner.members:
            later = any(v >= (self.removed or self.since) for v in other.versions)
            if other is mine or other.name != mine.name or not later:
                continue
            ours, theirs = mine.parameters or (), other.parameters or ()
            if len(ours) == len(theirs) and all(
                a.type == b.type or {a.type, b.type} <= _NUMBERS
                for a, b in zip(ours, theirs, strict=True)
            ):
                return other.signature
        return ""


def rows(catalog: Catalog) -> list[Row]:
    """All rows of the table, each with its symbol in the catalog."""
    with gzip.open(_TABLE, "rt", encoding="utf-8", newline="") as file:
        return [_row(catalog, one) for one in csv.DictReader(file)]


def _row(catalog: Catalog, one: dict[str, str]) -> Row:
    symbol: Member | ApiType | None
    if one["kind"] in _TYPES:
        symbol = owner = catalog.type(one["name"])
    else:
        owner_name, _, name = one["name"].rpartition(".")
        if owner_name.endswith("."):
            owner_name, name = owner_name[:-1], ".ctor"
        owner = catalog.type(owner_name)
        same = [m for m in (owner.members if owner else ()) if m.name == name]
        symbol = next((m for m in same if _parameters(m) == one["params"]), None)
    assert symbol is not None, one
    assert owner is not None, one
    since = int(one["obsolete_since"].strip("<=") or 0)
    removed = int(one["removed_in"] or 0)
    return Row(one["kind"], one["name"], since, removed, one["with_type"] == "yes", symbol, owner)


def _parameters(member: Member) -> str:
    if not member.parameters:
        return ""
    return f"({', '.join(short_type_name(p.type) for p in member.parameters)})"


def use_of(row: Row) -> Use:
    """The use that a row is held against."""
    return member_use(row.symbol) if isinstance(row.symbol, Member) else type_use(row.name)
