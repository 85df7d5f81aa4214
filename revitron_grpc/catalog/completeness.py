"""Completeness: the share of what a source covers whose facts are known.

For the Revit API of one version it is counted over types and members: those known to be present,
by those present or unknown in that version. docs/catalog.md states what the number leaves out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import msgspec

from revitron_grpc.catalog.model import CONFIGURED, ApiType, Presence, Source, SourceKind
from revitron_grpc.vocabulary import RevitVersion

# The builds that the facts were read from, as their README states them.
_BUILDS = {2022: "22.1.0.0", 2023: "23.1.0.0", 2024: "24.0.0.0", 2025: "25.0.0.0", 2026: "26.0.4.0"}


def revit_sources(
    types: Iterable[ApiType], versions: tuple[RevitVersion, ...]
) -> tuple[Source, ...]:
    """Return one source for each Revit version."""
    types = tuple(types)
    return tuple(
        counted(
            Source(
                name=f"Revit API {version}",
                kind=SourceKind.REVIT_API,
                version=_BUILDS.get(version, "not stated"),
                entries=0,
                completeness=0.0,
                revit_version=version,
            ),
            types,
        )
        for version in versions
    )


def counted(source: Source, types: Iterable[ApiType]) -> Source:
    """Return the source of a Revit version with what `types` have of that version, counted."""
    version = source.revit_version
    if version is None:
        return source
    known = unknown = 0
    for api in types:
        for symbol in (api, *api.members):
            presence = symbol.presence(version)
            known += presence is Presence.PRESENT
            unknown += presence is Presence.UNKNOWN
    share = round(known / (known + unknown), 4) if known + unknown else 0.0
    return msgspec.structs.replace(source, entries=known, completeness=share)


def uncovered_types(
    types: Iterable[ApiType], versions: tuple[RevitVersion, ...]
) -> dict[RevitVersion, frozenset[str]]:
    """Find the types of which a version's sources show less than half of the members.

    A name that such a type never had may be new there: nothing can be said about it.
    """
    types = tuple(types)
    return {
        version: frozenset(
            api.name
            for api in types
            if sum(version in member.unknown_in for member in api.members)
            > sum(version in member.versions for member in api.members)
        )
        for version in versions
    }


@dataclass(frozen=True, slots=True)
class Fetch:
    """A configured source and when it was last fetched; None where it never was.

    `stale` marks one whose server has not confirmed it for longer than the settings allow.
    """

    name: str
    kind: SourceKind
    time: datetime | None = None
    stale: bool = False


def with_fetches(sources: tuple[Source, ...], fetches: Iterable[Fetch]) -> tuple[Source, ...]:
    """Return the sources of a catalog as they stand now, with those that are missing in it.

    Of one that was never fetched nothing is known, and what is known of a stale one may have
    passed: the completeness of both is 0.
    """
    fetches = tuple(fetches)
    stale = {fetch.name for fetch in fetches if fetch.stale}
    there = {source.name for source in sources}
    return (
        *(
            msgspec.structs.replace(source, completeness=0.0)
            if source.kind in CONFIGURED and source.name in stale
            else source
            for source in sources
        ),
        *(
            Source(fetch.name, fetch.kind, "not fetched", 0, 0.0)
            for fetch in fetches
            if fetch.name not in there
        ),
    )


def overall(sources: Iterable[Source]) -> float:
    """Return one number for a catalog.

    The mean over what comes with the package and what was imported, weighted by entries, times
    the plain mean over the configured sources: of two, one that is missing halves it.
    """
    sources = tuple(sources)
    weighed = [(s.completeness, s.entries) for s in sources if s.kind not in CONFIGURED]
    total = sum(entries for _, entries in weighed)
    if not total:
        return 0.0
    own = [source.completeness for source in sources if source.kind in CONFIGURED]
    share = sum(own) / len(own) if own else 1.0
    return round(share * sum(part * entries for part, entries in weighed) / total, 4)
