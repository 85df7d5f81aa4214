"""Find a type, a member or a Python name by what a person types."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from revitron_grpc.catalog.model import (
    ApiType,
    Member,
    Presence,
    PythonApiEntry,
    short_type_name,
)
from revitron_grpc.vocabulary import RevitVersion

if TYPE_CHECKING:
    from revitron_grpc.catalog.query import Catalog

LONGEST_QUERY = 200
"""Characters of a query that are looked at."""

_FUZZY_CUTOFF = 75.0
Symbol = ApiType | Member | PythonApiEntry


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One thing that was found, with what a person asks about it.

    `kind` is the type's, the member's or the Python name's kind ("enum value" for those).
    `versions` are those that have it, `unknown_in` those that no source covers; both are empty
    for Python names. `removed_in` is the first covered version without it after one with it.
    `obsolete_since` is the stated year, else the first version that flags it; None where the
    last version does not flag it. `instead` is the
    full name of the replacement. `score` is 100 for an exact name and less for a similar one.
    """

    full_name: str
    kind: str
    signature: str
    library: str
    versions: tuple[RevitVersion, ...]
    unknown_in: tuple[RevitVersion, ...]
    since: str | None
    obsolete_since: int | None
    removed_in: RevitVersion | None
    instead: str | None
    url: str | None
    score: float
    symbol: Symbol

    @property
    def last_version(self) -> RevitVersion | None:
        """The newest version that has it; None for Python names."""
        return self.versions[-1] if self.versions else None


class ApiSearch:
    """Name search over a catalog; the index is made at the first search."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def search(self, text: str, limit: int = 20) -> tuple[SearchHit, ...]:
        """Return the best hits for a name, best first, at most `limit`.

        `ElementId.IntegerValue`, `IntegerValue`, `DB.ElementId`, `pyrevit.forms.alert` and full
        names are found exactly (case matters only among equals), an inherited member under a
        derived type too (`Wall.Id`); otherwise similar names are offered. The text is cut after
        `LONGEST_QUERY` characters. The same text gives the same hits in the same order.
        """
        text = text[:LONGEST_QUERY].strip().strip(".")
        if not text or limit < 1:
            return ()
        found = sorted(self._exact(text), key=lambda symbol: _rank(symbol, text))
        found = found or self._inherited(text)
        if found:
            return tuple(self._hit(symbol, 100.0) for symbol in found[:limit])
        return tuple(self._hit(symbol, score) for symbol, score in self._similar(text, limit))

    def _exact(self, text: str) -> list[Symbol]:
        owner, _, last = text.lower().rpartition(".")
        owner = owner.rstrip(".")  # a constructor is `Type..ctor`
        return [
            symbol
            for symbol in self._by_name.get(last, ())
            if not owner or f".{_place(symbol)}".endswith(f".{owner}")
        ]

    def _inherited(self, text: str) -> list[Symbol]:
        owner, _, last = text.rpartition(".")
        if not owner:
            return []
        found: dict[tuple[str, str], Symbol] = {}
        for candidate in self._exact(owner):
            if isinstance(candidate, ApiType):
                for member in self._catalog.member_history(candidate.name, last):
                    found.setdefault((member.full_name, member.signature), member)
            elif isinstance(candidate, PythonApiEntry):
                entry = self._catalog.python_api.entry(f"{candidate.name}.{last}")
                if entry is not None:
                    found.setdefault((entry.name, ""), entry)
        return list(found.values())

    def _similar(self, text: str, limit: int) -> list[tuple[Symbol, float]]:
        owner, _, last = text.lower().rpartition(".")
        names = process.extract(
            last, self._names, scorer=fuzz.ratio, score_cutoff=_FUZZY_CUTOFF, limit=200
        )
        found: list[tuple[Symbol, float]] = []
        for name, score, _ in names:
            for symbol in self._by_name[name]:
                place = _place(symbol).rpartition(".")[2]
                whole = (
                    score
                    if not owner
                    else (score + fuzz.ratio(owner.rpartition(".")[2], place)) / 2
                )
                if whole >= _FUZZY_CUTOFF:
                    found.append((symbol, round(whole, 1)))
        found.sort(key=lambda pair: (-pair[1], _rank(pair[0], text)))
        return found[:limit]

    @cached_property
    def _by_name(self) -> dict[str, tuple[Symbol, ...]]:
        groups: dict[str, list[Symbol]] = {}
        for api in self._catalog.types:
            groups.setdefault(api.simple_name.lower(), []).append(api)
            for member in api.members:
                for name in (member.name, *member.accessors):
                    groups.setdefault(name.lower().lstrip("."), []).append(member)
        for entry in self._catalog.python_api.entries:
            groups.setdefault(entry.simple_name.lower(), []).append(entry)
        return {name: tuple(symbols) for name, symbols in groups.items()}

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(sorted(self._by_name))

    def _hit(self, symbol: Symbol, score: float) -> SearchHit:
        if isinstance(symbol, PythonApiEntry):
            return _python_hit(symbol, score)
        catalog = self._catalog
        if isinstance(symbol, ApiType):
            kind, signature = symbol.kind.value, symbol.simple_name
            instead = catalog.replacement(symbol.name)
        else:
            kind = "enum value" if symbol.is_enum_value else symbol.kind.value
            signature = symbol.signature
            instead = symbol.replacement
            if instead is None and symbol.presence(catalog.versions[-1]) is Presence.ABSENT:
                instead = catalog.replacement(symbol.declared_by, symbol.name)
        return SearchHit(
            full_name=_full_name(symbol),
            kind=kind,
            signature=signature,
            library="revit",
            versions=symbol.versions,
            unknown_in=symbol.unknown_in,
            since=symbol.since,
            obsolete_since=_obsolete_since(symbol),
            removed_in=_removed_in(symbol, catalog.versions),
            instead=instead,
            url=catalog.documentation_url(symbol),
            score=score,
            symbol=symbol,
        )


def _full_name(symbol: Symbol) -> str:
    return symbol.full_name if isinstance(symbol, Member) else symbol.name


def _place(symbol: Symbol) -> str:
    """Return what stands before the symbol's own name, in lower case."""
    name = symbol.declared_by if isinstance(symbol, Member) else symbol.name.rpartition(".")[0]
    return name.lower()


def _rank(symbol: Symbol, text: str) -> tuple[bool, int, int, str, str]:
    """Order equals: same case first, types before members, shallow names, alphabetical."""
    name = _full_name(symbol)
    order = 0 if isinstance(symbol, ApiType) else 1 if isinstance(symbol, Member) else 2
    signature = symbol.signature if isinstance(symbol, Member) else ""
    return not name.endswith(text), order, name.count("."), name, signature


def _obsolete_since(symbol: ApiType | Member) -> int | None:
    # Autodesk took back a few flags: what the last version does not flag is not obsolete.
    if not symbol.versions or symbol.versions[-1] not in symbol.obsolete_in:
        return None
    return symbol.obsolete_since or symbol.obsolete_in[0]


def _removed_in(
    symbol: ApiType | Member, versions: tuple[RevitVersion, ...]
) -> RevitVersion | None:
    if not symbol.versions:
        return None
    later = (version for version in versions if version > symbol.versions[-1])
    return next((version for version in later if symbol.presence(version) is Presence.ABSENT), None)


def _python_hit(entry: PythonApiEntry, score: float) -> SearchHit:
    signature = entry.simple_name
    if entry.parameters is not None:
        signature += f"({', '.join(_parameter_text(entry))})"
    result = entry.returns or entry.type
    if result is not None:
        signature += f" -> {short_type_name(result)}"
    return SearchHit(
        full_name=entry.name,
        kind=entry.kind.value,
        signature=signature,
        library=entry.library,
        versions=(),
        unknown_in=(),
        since=None,
        obsolete_since=None,
        removed_in=None,
        instead=entry.target,
        url=None,
        score=score,
        symbol=entry,
    )


def _parameter_text(entry: PythonApiEntry) -> list[str]:
    stars = {"var_positional": "*", "var_keyword": "**"}
    return [
        stars.get(parameter.kind, "")
        + parameter.name
        + ("" if parameter.default is None else f"={parameter.default}")
        for parameter in entry.parameters or ()
    ]
