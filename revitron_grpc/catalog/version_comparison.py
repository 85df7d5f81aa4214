"""Where the catalog and the assemblies of a Revit version that it covers disagree.

Only what both can tell is compared: types of assemblies that were imported, and nothing that is
unknown in that version. The facts hold documented symbols, an assembly has all public ones, so
what only the assembly has is often just undocumented.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from revitron_grpc.catalog.assembly_facts import VersionFacts
from revitron_grpc.catalog.completeness import uncovered_types
from revitron_grpc.catalog.member_matching import MatchedMembers, matched, spelling
from revitron_grpc.catalog.model import ApiType, CatalogData, Member, Presence
from revitron_grpc.catalog.version_merge import Reach
from revitron_grpc.vocabulary import RevitVersion


class DifferenceKind(StrEnum):
    """What differs."""

    ONLY_IN_CATALOG = "only_in_catalog"
    ONLY_IN_ASSEMBLY = "only_in_assembly"
    KIND = "kind"
    BASE = "base"
    INTERFACE = "interface"
    RETURNS = "returns"
    SETTABLE = "settable"
    PASSED = "passed"
    ENUM_VALUE = "enum_value"
    OBSOLETE = "obsolete"


@dataclass(frozen=True, slots=True)
class Difference:
    """One symbol of which the two say different things.

    `what` is the kind of the symbol, such as `method`; `signature` is empty for a type. `catalog`
    and `assembly` are what either says, empty where it does not have the symbol.
    """

    kind: DifferenceKind
    what: str
    symbol: str
    signature: str
    catalog: str
    assembly: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was compared, and all differences by kind and name; none where the two agree.

    `types` and `members` count those that both have; `left_out` the catalog's types of which
    nothing can be said, in assemblies that were not given or unknown in this version.
    """

    version: RevitVersion
    build: str
    types: int
    members: int
    left_out: int
    differences: tuple[Difference, ...]


def compare(data: CatalogData, facts: VersionFacts) -> Comparison:
    """Compare what the catalog says of the version of `facts` with what they say."""
    version = facts.version
    reach = Reach(data.types, facts.assemblies)
    known = {api.name: api for api in data.types if api.presence(version) is not Presence.ABSENT}
    new = {api.name: api for api in facts.types}
    uncovered = uncovered_types(data.types, (version,))[version]
    above = _Above(known, new, version)
    found: list[Difference] = []
    types = members = left_out = 0
    for name in sorted(known.keys() | new.keys()):
        old, now = known.get(name), new.get(name)
        if old is None:
            assert now is not None  # noqa: S101 - a name comes from one of the two
            found.append(_type_difference(DifferenceKind.ONLY_IN_ASSEMBLY, now, "", now.kind))
        elif now is None and old.presence(version) is Presence.PRESENT and reach.covers(old):
            found.append(_type_difference(DifferenceKind.ONLY_IN_CATALOG, old, old.kind, ""))
        elif now is None or old.presence(version) is Presence.UNKNOWN or name in uncovered:
            left_out += 1
        else:
            types += 1
            match = matched(_maybe(old, version), now.members)
            members += sum(one.presence(version) is Presence.PRESENT for one, _ in match.pairs)
            found.extend(_of_type(old, now, version))
            found.extend(above.differences(old, now))
            found.extend(_of_members(match, version))
    order = list(DifferenceKind)
    found.sort(key=lambda one: (order.index(one.kind), one.symbol, one.signature))
    return Comparison(version, facts.build, types, members, left_out, tuple(found))


def _maybe(api: ApiType, version: RevitVersion) -> list[Member]:
    return [member for member in api.members if member.presence(version) is not Presence.ABSENT]


def _of_type(old: ApiType, now: ApiType, version: RevitVersion) -> Iterator[Difference]:
    if old.kind is not now.kind:
        yield _type_difference(DifferenceKind.KIND, now, old.kind, now.kind)
    base = old.base_in(version)
    if spelling(base or "") != spelling(now.base or ""):
        yield _type_difference(DifferenceKind.BASE, now, base or "", now.base or "")
    before, after = version in old.obsolete_in, version in now.obsolete_in
    if before != after:
        kind = DifferenceKind.OBSOLETE
        yield _type_difference(kind, now, _flag(before), _flag(after))


def _of_members(match: MatchedMembers, version: RevitVersion) -> Iterator[Difference]:
    for member in match.only_known:
        if member.presence(version) is Presence.PRESENT:
            yield _difference(DifferenceKind.ONLY_IN_CATALOG, member, member.signature, "")
    for member in match.only_new:
        yield _difference(DifferenceKind.ONLY_IN_ASSEMBLY, member, "", member.signature)
    for member, now in match.pairs:
        if member.presence(version) is Presence.PRESENT:
            yield from _of_pair(member, now, version)


def _of_pair(old: Member, now: Member, version: RevitVersion) -> Iterator[Difference]:
    returns = old.returns_in(version) or ""
    if spelling(returns) != spelling(now.returns or ""):
        yield _difference(DifferenceKind.RETURNS, now, returns, now.returns or "")
    settable = old.settable_in(version)
    if settable is not None and settable != bool(now.settable):
        yield _difference(DifferenceKind.SETTABLE, now, _flag(settable), _flag(now.settable))
    # `params` is a convenience of languages, which the facts do not have.
    before, after = (
        ", ".join(p.modifier.replace("params", "") for p in one.parameters or ())
        for one in (old, now)
    )
    if old.parameters is not None and before != after:
        yield _difference(DifferenceKind.PASSED, now, before, after)
    if old.enum_value is not None and old.enum_value != now.enum_value:
        numbers = str(old.enum_value), str(now.enum_value)
        yield _difference(DifferenceKind.ENUM_VALUE, now, *numbers)
    flags = [version in one.obsolete_in for one in (old, now)]
    # The pages of enum values do not say that one is obsolete.
    if flags[0] != flags[1] and not old.is_enum_value:
        yield _difference(DifferenceKind.OBSOLETE, now, _flag(flags[0]), _flag(flags[1]))


class _Above:
    """What a type derives from, however often: compilers list inherited interfaces again."""

    def __init__(
        self,
        known: Mapping[str, ApiType],
        new: Mapping[str, ApiType],
        version: RevitVersion,
    ) -> None:
        self._known = known
        self._new = new
        self._version = version

    def differences(self, old: ApiType, now: ApiType) -> Iterator[Difference]:
        """Yield the interfaces that only the one has, directly or through a type above."""
        here = self._names(old.name, self._known, self._new)
        there = self._names(now.name, self._new, self._known)
        for name in sorted({spelling(one) for one in old.interfaces} - there):
            yield _type_difference(DifferenceKind.INTERFACE, now, name, "")
        for name in sorted({spelling(one) for one in now.interfaces} - here):
            yield _type_difference(DifferenceKind.INTERFACE, now, "", name)

    def _names(
        self, name: str, first: Mapping[str, ApiType], second: Mapping[str, ApiType]
    ) -> set[str]:
        found: set[str] = set()
        waiting = [name]
        while waiting:
            current = waiting.pop()
            if spelling(current) in found:
                continue
            found.add(spelling(current))
            waiting.extend(_implied(current))
            api = first.get(current) or second.get(current)
            if api is not None:
                base = api.base_in(self._version)
                waiting.extend((*api.interfaces, *([base] if base else ())))
        return found


def _implied(name: str) -> Iterable[str]:
    """Return the interfaces of .NET that come with a generic one."""
    generic = "System.Collections.Generic."
    if name.startswith((f"{generic}IEnumerable<", f"{generic}IEnumerator<")):
        plain = f"System.Collections.{name.removeprefix(generic).partition('<')[0]}"
        return (plain, "System.IDisposable") if "IEnumerator" in plain else (plain,)
    return ()


def _type_difference(kind: DifferenceKind, api: ApiType, catalog: str, assembly: str) -> Difference:
    return Difference(kind, api.kind, api.name, "", catalog, assembly)


def _difference(kind: DifferenceKind, member: Member, catalog: str, assembly: str) -> Difference:
    what = "enum value" if member.is_enum_value else str(member.kind)
    return Difference(kind, what, member.full_name, member.signature, catalog, assembly)


def _flag(value: bool | None) -> str:
    return "yes" if value else "no"
