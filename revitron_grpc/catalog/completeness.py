"""Completeness: the share of what a source covers whose facts are known.

For the Revit API of one version it is counted over types and members: those known to be present,
by those present or unknown in that version. docs/catalog.md states what the number leaves out.
"""

from collections.abc import Iterable

from revitron_grpc.catalog.model import ApiType, Presence, Source, SourceKind
from revitron_grpc.vocabulary import RevitVersion

# The builds that the facts were read from, as their README states them.
_BUILDS = {2022: "22.1.0.0", 2023: "23.1.0.0", 2024: "24.0.0.0", 2025: "25.0.0.0", 2026: "26.0.4.0"}


def revit_sources(
    types: Iterable[ApiType], versions: tuple[RevitVersion, ...]
) -> tuple[Source, ...]:
    """Return one source for each Revit version."""
    known = dict.fromkeys(versions, 0)
    unknown = dict.fromkeys(versions, 0)
    for api in types:
        for symbol in (api, *api.members):
            for version in versions:
                presence = symbol.presence(version)
                known[version] += presence is Presence.PRESENT
                unknown[version] += presence is Presence.UNKNOWN
    return tuple(
        Source(
            name=f"Revit API {version}",
            kind=SourceKind.REVIT_API,
            version=_BUILDS.get(version, "not stated"),
            entries=known[version],
            completeness=round(known[version] / (known[version] + unknown[version]), 4),
            revit_version=version,
        )
        for version in versions
    )


def overall(sources: Iterable[Source]) -> float:
    """Return one number for a catalog: the mean over its sources, weighted by entries."""
    weighed = [(source.completeness, source.entries) for source in sources]
    total = sum(entries for _, entries in weighed)
    return round(sum(share * entries for share, entries in weighed) / total, 4) if total else 0.0
