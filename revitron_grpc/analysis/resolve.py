"""Symbols against the catalog, for all requested versions at once.

Sets of versions are bit masks: bit `i` stands for the `i`-th requested version.
"""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass

from revitron_grpc.catalog.model import ApiType, Member, Presence, TypeKind
from revitron_grpc.catalog.query import Catalog
from revitron_grpc.vocabulary import RevitVersion

_MOST_KEPT = 40_000
"""Names that are asked for come from scripts, so what is kept of the answers has a limit."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """Where a type or a member exists; masks over the requested versions.

    A version is in none of the masks if the type around the member does not exist there.
    `by_version` are the overloads of each version, empty where only a subtype has the member.
    """

    symbol: str
    present: int
    absent: int
    unknown: int
    obsolete: int
    by_version: tuple[tuple[Member, ...], ...] = ()
    of_subtypes: bool = False
    """Only types below the stated one have it, and several declare it."""
    groups: tuple[tuple[int, RevitVersion, tuple[Member, ...]], ...] = ()
    """The same, with the versions together that have the very same overloads."""
    documentation_url: str = ""
    """The page of the type, or of the first of the newest overloads."""
    partly_obsolete: bool = False
    """Some overload is obsolete in some version."""

    @property
    def newest(self) -> tuple[Member, ...]:
        """The overloads of the newest version that has any."""
        for members in reversed(self.by_version):
            if members:
                return members
        return ()


class ApiView:
    """The catalog as seen for some versions, with what was asked before kept.

    One may serve many scripts and threads: every answer is a pure function of the catalog, so
    that two threads at worst find the same answer twice.
    """

    def __init__(self, catalog: Catalog, versions: tuple[RevitVersion, ...]) -> None:
        self.catalog = catalog
        self.versions = versions
        self.full = (1 << len(versions)) - 1
        self._types: dict[str, Lookup | None] = {}
        self._members: dict[tuple[str, str, bool], Lookup | None] = {}
        self._related: dict[tuple[str, str], bool] = {}
        self._similar: dict[tuple[str, str], str] = {}
        self._version_sets: dict[int, tuple[RevitVersion, ...]] = {}
        self._bits = tuple((1 << i, version) for i, version in enumerate(versions))

    def versions_of(self, mask: int) -> tuple[RevitVersion, ...]:
        """The versions of a mask, oldest first as requested."""
        known = self._version_sets.get(mask)
        if known is None:
            known = tuple(version for bit, version in self._bits if mask & bit)
            self._version_sets[mask] = known
        return known

    def bits(self, mask: int) -> Iterator[tuple[int, int, RevitVersion]]:
        """Index, bit and version of each version in the mask."""
        for index, (bit, version) in enumerate(self._bits):
            if mask & bit:
                yield index, bit, version

    def api_type(self, name: str) -> ApiType | None:
        """The type of that full name."""
        return self.catalog.type(name)

    def type_lookup(self, name: str) -> Lookup | None:
        """Where a type exists; None for a name that is no type in any version."""
        if name in self._types:
            return self._types[name]
        found = self.catalog.type(name)
        lookup = None
        if found is not None:
            present = absent = unknown = obsolete = 0
            for bit, version in self._bits:
                presence = found.presence(version)
                if presence is Presence.PRESENT:
                    present |= bit
                    if version in found.obsolete_in:
                        obsolete |= bit
                elif presence is Presence.UNKNOWN:
                    unknown |= bit
                else:
                    absent |= bit
            url = self.catalog.documentation_url(found) or ""
            lookup = Lookup(name, present, absent, unknown, obsolete, documentation_url=url)
        if len(self._types) < _MOST_KEPT:
            self._types[name] = lookup
        return lookup

    def member_lookup(self, type_name: str, name: str, *, exact: bool) -> Lookup | None:
        """Where a member exists on a type; None where the type itself is not known.

        Unless `exact`, a member of any possible runtime subtype counts as unknown, not absent.
        """
        key = (type_name, name, exact)
        if key in self._members:
            return self._members[key]
        lookup = self._look_up(type_name, name, exact)
        if len(self._members) < _MOST_KEPT:
            self._members[key] = lookup
        return lookup

    def _look_up(self, type_name: str, name: str, exact: bool) -> Lookup | None:
        catalog = self.catalog
        found = catalog.type(type_name)
        if found is None:
            return None
        present = absent = unknown = obsolete = 0
        by_version: list[tuple[Member, ...]] = []
        symbol = f"{type_name}.{name}"
        holders = () if exact else catalog.declaring_subtypes(type_name, name)
        for bit, version in self._bits:
            members: tuple[Member, ...] = ()
            if found.presence(version) is Presence.PRESENT:
                members = catalog.members(type_name, name, version)
                certain = [one for one in members if version in one.versions]
                if certain:
                    present |= bit
                    symbol = f"{certain[0].declared_by}.{name}"
                    if all(version in member.obsolete_in for member in certain):
                        obsolete |= bit
                elif holders and self._all_have(holders, name, version):
                    present |= bit
                elif self._may_have(type_name, name, version, exact):
                    unknown |= bit
                else:
                    absent |= bit
            elif found.presence(version) is Presence.UNKNOWN:
                unknown |= bit
            by_version.append(members)
        groups: dict[tuple[int, ...], tuple[int, RevitVersion, tuple[Member, ...]]] = {}
        for index, (bit, version) in enumerate(self._bits):
            members = by_version[index]
            if members:
                # A member that differed in some version is asked for each version by itself.
                changed = any(member.was for member in members)
                key = (version if changed else 0, *map(id, members))
                mask = groups[key][0] if key in groups else 0
                groups[key] = (mask | bit, version, members)
        newest = next((members for members in reversed(by_version) if members), ())
        of_subtypes = False
        if present and not newest:
            root = self._root_of(holders)
            of_subtypes = root is None
            if root is not None:
                symbol = f"{root}.{name}"
                newest = catalog.members(root, name, self.versions[-1])
        return Lookup(
            symbol,
            present,
            absent,
            unknown,
            obsolete,
            tuple(by_version),
            of_subtypes,
            tuple(groups.values()),
            (catalog.documentation_url(newest[0]) or "") if newest else "",
            any(member.obsolete_in for members in by_version for member in members),
        )

    def _all_have(self, holders: tuple[str, ...], name: str, version: RevitVersion) -> bool:
        """Whether every subtype of a version that ever had the member has it in that version.

        Whichever of them the object is at run time, the version changes nothing about it.
        """
        catalog = self.catalog
        there = [h for h in holders if catalog.type_presence(h, version) is not Presence.ABSENT]
        return bool(there) and all(
            catalog.member_presence(holder, name, version) is Presence.PRESENT for holder in there
        )

    def _root_of(self, holders: tuple[str, ...]) -> str | None:
        """The one of some types from which all others derive; None if there is none."""
        for holder in holders:
            if all(self.is_a(other, holder) for other in holders):
                return holder
        return None

    def _may_have(self, type_name: str, name: str, version: RevitVersion, exact: bool) -> bool:
        catalog = self.catalog
        if catalog.member_presence(type_name, name, version) is not Presence.ABSENT:
            return True
        if exact:
            return False
        return catalog.some_subtype_has(type_name, name, version) is not Presence.ABSENT

    def is_related(self, one: str, other: str) -> bool:
        """Whether an object of one type may be of the other: a base, a subtype, an interface."""
        known = self._related.get((one, other))
        if known is None:
            known = self._are_related(one, other)
            if len(self._related) < _MOST_KEPT:
                self._related[one, other] = known
        return known

    def _are_related(self, one: str, other: str) -> bool:
        first, second = self.catalog.type(one), self.catalog.type(other)
        if first is None or second is None:
            return True
        if TypeKind.INTERFACE in (first.kind, second.kind):
            return True
        return any(
            self.catalog.is_subtype(one, other, version)
            or self.catalog.is_subtype(other, one, version)
            for version in self.versions
        )

    def is_a(self, name: str, of: str) -> bool:
        """Whether a type is another one or derives from it, in any requested version."""
        return name == of or any(self.catalog.is_subtype(name, of, v) for v in self.versions)

    def namespace_exists(self, name: str) -> bool:
        """Whether any type lies in that namespace or below it."""
        return self.catalog.namespace_exists(name)

    def similar_member(self, type_name: str, name: str) -> str:
        """A member of the type whose name is close to one that does not exist."""
        known = self._similar.get((type_name, name))
        if known is None:
            known = self._find_similar(type_name, name)
            if len(self._similar) < _MOST_KEPT:
                self._similar[type_name, name] = known
        return known

    def _find_similar(self, type_name: str, name: str) -> str:
        names: set[str] = set()
        for version in self.versions[-1:]:
            for one in (type_name, *self.catalog.ancestors(type_name, version)):
                found = self.catalog.type(one)
                if found is not None:
                    names.update(m.name for m in found.members if version in m.versions)
                    names.update(a for m in found.members for a in m.accessors)
        names.discard(".ctor")
        close = difflib.get_close_matches(name, sorted(names), n=1, cutoff=0.6)
        return close[0] if close else ""
