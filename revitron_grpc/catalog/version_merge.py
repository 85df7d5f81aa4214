"""A catalog with one more Revit version, as assemblies of that version show it.

What the imported assemblies do not hold is *absent* in that version, and *unknown* where it
belongs to an assembly that was not imported. What only they hold is new: absent in the versions
before, and unknown in those whose sources did not cover its surroundings.
"""

from collections.abc import Iterable, Iterator

import msgspec

from revitron_grpc.catalog.assembly_facts import VersionFacts
from revitron_grpc.catalog.completeness import counted, uncovered_types
from revitron_grpc.catalog.hierarchy import group
from revitron_grpc.catalog.member_matching import matched
from revitron_grpc.catalog.model import (
    ApiType,
    CatalogData,
    GoneType,
    Member,
    Presence,
    Source,
    SourceKind,
    TypeKind,
)
from revitron_grpc.catalog.revit_facts import undocumented_types
from revitron_grpc.catalog.version_forms import (
    less,
    member_with,
    member_without,
    more,
    type_with_bases,
)
from revitron_grpc.vocabulary import RevitVersion


def with_version(data: CatalogData, facts: VersionFacts) -> CatalogData:
    """Return the catalog with the version of `facts`.

    Where it covers the version already, what the assemblies speak for is as they show it, and the
    rest stays as it was.
    """
    types = tuple(_existing(_Merge(data, facts).types()))
    source = Source(
        name=f"Revit API {facts.version}",
        kind=SourceKind.REVIT_ASSEMBLY,
        version=f"{facts.build} ({', '.join(sorted(facts.assemblies))})",
        entries=0,
        completeness=0.0,
        revit_version=facts.version,
    )
    others = [one for one in data.sources if one.revit_version not in (None, facts.version)]
    of_revit = sorted([*others, source], key=lambda one: one.revit_version or 0)
    return msgspec.structs.replace(
        data,
        versions=more(data.versions, facts.version),
        sources=(
            *(counted(one, types) for one in of_revit),
            *(one for one in data.sources if one.revit_version is None),
        ),
        types=types,
        undocumented=undocumented_types(types),
        gone=tuple(_still_gone(data.gone, types)),
    )


def _without(api: ApiType, version: RevitVersion) -> ApiType:
    """Return a type as if a version were not covered; what stood only there has no version."""
    bases = {one: api.base_in(one) for one in api.versions if one != version}
    return msgspec.structs.replace(
        type_with_bases(api, bases),
        unknown_in=less(api.unknown_in, version),
        obsolete_in=less(api.obsolete_in, version),
        members=tuple(member_without(member, version) for member in api.members),
    )


def _existing(types: Iterable[ApiType]) -> Iterator[ApiType]:
    """Yield the types that some version has or may have, with such members."""
    for api in types:
        if api.versions or api.unknown_in:
            members = tuple(one for one in api.members if one.versions or one.unknown_in)
            same = len(members) == len(api.members)
            yield api if same else msgspec.structs.replace(api, members=members)


class Reach:
    """What the assemblies of an import speak for: the types that they would hold if they exist."""

    def __init__(self, types: Iterable[ApiType], assemblies: frozenset[str]) -> None:
        self._assemblies = assemblies
        namespaces = group((api.namespace, api.assembly) for api in types)
        self._homes = {
            name: frozenset(home for home in homes if home is not None)
            for name, homes in namespaces.items()
        }

    def covers(self, api: ApiType) -> bool:
        """Tell whether a type belongs to one of the assemblies.

        Where the facts do not name its assembly, all of its namespace must be among them.
        """
        homes = self._homes[api.namespace] if api.assembly is None else frozenset({api.assembly})
        return bool(homes) and homes <= self._assemblies


class _Merge:
    """Merges one version into the types of a catalog; used once.

    A type or member whose only version was taken from it stays until the end, so that what is
    known of it beside its versions, such as its page, is not lost.
    """

    def __init__(self, data: CatalogData, facts: VersionFacts) -> None:
        covered = facts.version in data.versions
        self._before = {api.name: api for api in data.types} if covered else {}
        types = [_without(api, facts.version) for api in data.types] if covered else data.types
        self._known = {api.name: api for api in types}
        self._new = {api.name: api for api in facts.types}
        self._version = facts.version
        self._versions = less(data.versions, facts.version)
        self._reach = Reach(data.types, facts.assemblies)
        self._uncovered = uncovered_types(types, self._versions)
        self._undocumented = frozenset(data.undocumented)
        self._namespaces = group((api.namespace, api) for api in types)
        earlier = [version for version in self._versions if version < facts.version]
        later = [version for version in self._versions if version > facts.version]
        self._neighbour = earlier[-1] if earlier else later[0] if later else None
        self._newest = not later

    def types(self) -> tuple[ApiType, ...]:
        return tuple(
            self._type(self._known.get(name), self._new.get(name))
            for name in sorted(self._known.keys() | self._new.keys())
        )

    def _type(self, known: ApiType | None, new: ApiType | None) -> ApiType:
        if known is not None and new is not None:
            return self._continued(known, new)
        if new is not None:
            return self._added(new)
        assert known is not None  # noqa: S101 - a name comes from one of the two
        return known if self._reach.covers(known) else self._unseen(known)

    def _continued(self, known: ApiType, new: ApiType) -> ApiType:
        bases = {version: known.base_in(version) for version in known.versions}
        bases[self._version] = new.base
        shape = new if self._newest else known
        return msgspec.structs.replace(
            type_with_bases(known, bases),
            kind=shape.kind,
            abstract=shape.abstract,
            static=shape.static,
            assembly=new.assembly,
            interfaces=tuple(dict.fromkeys((*known.interfaces, *new.interfaces))),
            unknown_in=less(known.unknown_in, self._version),
            obsolete_in=tuple(sorted({*known.obsolete_in, *new.obsolete_in})),
            obsolete_since=known.obsolete_since or new.obsolete_since,
            replacement=new.replacement or known.replacement,
            members=self._members(known, new),
        )

    def _members(self, known: ApiType, new: ApiType) -> tuple[Member, ...]:
        match = matched(known.members, new.members)
        now = {
            id(old): member_with(old, member, newest=self._newest) for old, member in match.pairs
        }
        unsure = tuple(
            version
            for version in self._versions
            if known.presence(version) is Presence.UNKNOWN or known.name in self._uncovered[version]
        )
        members = [
            *(now.get(id(member)) or self._gone(member, new) for member in known.members),
            *(msgspec.structs.replace(one, unknown_in=unsure) for one in match.only_new),
        ]
        if new.kind is not TypeKind.ENUM:
            members.sort(key=lambda member: member.name)
        return tuple(members)

    def _gone(self, member: Member, new: ApiType) -> Member:
        """Return a member that its type no longer declares, with the base type that does."""
        if not self._newest or self._neighbour not in member.versions:
            return member
        seen = {new.name}
        above = self._new.get(new.base or "")
        while above is not None and above.name not in seen:
            if matched([member], above.members).pairs:
                return msgspec.structs.replace(member, moved_to=above.name)
            seen.add(above.name)
            above = self._new.get(above.base or "")
        return member

    def _added(self, new: ApiType) -> ApiType:
        if new.name in self._undocumented:
            unsure = self._versions
        else:
            beside = self._namespaces.get(new.namespace, ())
            unsure = tuple(version for version in self._versions if _is_blind(beside, version))
        return msgspec.structs.replace(
            new,
            unknown_in=unsure,
            members=tuple(
                msgspec.structs.replace(member, unknown_in=unsure) for member in new.members
            ),
        )

    def _unseen(self, known: ApiType) -> ApiType:
        """Return a type of an assembly that was not imported.

        It is as the catalog had it in this version, else unknown, unless it was gone before.
        """
        if self._before:
            return self._before[known.name]
        return msgspec.structs.replace(
            known,
            unknown_in=self._unknown(known),
            members=tuple(
                msgspec.structs.replace(member, unknown_in=self._unknown(member))
                for member in known.members
            ),
        )

    def _unknown(self, symbol: ApiType | Member) -> tuple[RevitVersion, ...]:
        if self._neighbour is None or symbol.presence(self._neighbour) is Presence.ABSENT:
            return symbol.unknown_in
        return more(symbol.unknown_in, self._version)


def _is_blind(types: Iterable[ApiType], version: RevitVersion) -> bool:
    """Tell whether nothing is known of a namespace in a version but that it may be there."""
    found = {api.presence(version) for api in types}
    return Presence.UNKNOWN in found and Presence.PRESENT not in found


def _still_gone(gone: Iterable[GoneType], types: Iterable[ApiType]) -> Iterator[GoneType]:
    """Yield the names that no version has, now that there is one more."""
    there = {api.name: {member.name for member in api.members} for api in types}
    for record in gone:
        if record.name not in there:
            yield record
        else:
            left = tuple(name for name in record.members if name not in there[record.name])
            if left:
                yield msgspec.structs.replace(record, members=left)
