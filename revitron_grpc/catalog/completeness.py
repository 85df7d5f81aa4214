"""Completeness: the share of what a source covers whose facts are known.

For the Revit API of one version it is counted over types and members: those known to be present,
by those present or unknown in that version. docs/catalog.md states what the number leaves out.
"""

from collections.abc import Iterable

import msgspec

from revitron_grpc.catalog.model import ApiType, Presence, Source, SourceKind
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


def overall(sources: Iterable[Source]) -> float:
    """Return one number for a catalog: the mean over its sources, weighted by entries."""
    weighed = [(source.completeness, source.entries) for source in sources]
    total = sum(entries for _, entries in weighed)
    return round(sum(share * entries for share, entries in weighed) / total, 4) if total else 0.0
