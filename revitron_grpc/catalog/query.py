"""Questions to the catalog: what exists in which Revit version.

A `Catalog` never changes after construction. The few results it keeps for speed are bounded by
what the catalog holds, never by what callers ask, and computing one twice in two threads yields
the same object, so it needs no lock.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from revitron_grpc.catalog.completeness import Fetch, overall, uncovered_types, with_fetches
from revitron_grpc.catalog.hierarchy import TypeHierarchy, group
from revitron_grpc.catalog.links import documentation_url
from revitron_grpc.catalog.model import (
    ApiType,
    CatalogData,
    ExistingTool,
    GoneType,
    Member,
    NativeCommand,
    Presence,
    Source,
    SourceKind,
)
from revitron_grpc.catalog.native_commands import native_commands
from revitron_grpc.catalog.python_api import PythonApi
from revitron_grpc.catalog.search import ApiSearch, SearchHit
from revitron_grpc.catalog.system_types import system_members
from revitron_grpc.vocabulary import RevitVersion

_MemberIndex = Mapping[str, tuple[Member, ...]]
_CONSTRUCTOR = ".ctor"
_ACCESSOR_PREFIXES = ("get_", "set_", "add_", "remove_")


class Catalog:
    """Everything known about the Revit API, pyRevit, Revitron and existing tools.

    `digest` names the content; `versions` are the Revit versions covered, oldest first;
    `completeness` is the number of strict mode (docs/catalog.md); `fetch_times` say when each
    configured source was fetched. Type names are full .NET names
    such as `Autodesk.Revit.DB.ElementId`. A version that is not
    covered always yields `Presence.UNKNOWN`.
    """

    def __init__(self, data: CatalogData, digest: str, fetches: Iterable[Fetch] = ()) -> None:
        """`fetches` are the configured sources, also those of which nothing is here."""
        self.digest: str = digest
        self.versions: tuple[RevitVersion, ...] = data.versions
        fetched = tuple(fetches)
        self.fetch_times: dict[str, datetime] = {
            fetch.name: fetch.time for fetch in fetched if fetch.time
        }
        self.sources: tuple[Source, ...] = with_fetches(data.sources, fetched)
        self.completeness: float = overall(self.sources)
        self.tools: tuple[ExistingTool, ...] = data.tools
        self._tool_texts = {text.tool: text.description for text in data.tool_texts}
        self.types: tuple[ApiType, ...] = data.types
        self.python_api = PythonApi(data.python)
        self._types: dict[str, ApiType] = {api.name: api for api in data.types}
        self.native_commands: tuple[NativeCommand, ...] = native_commands(self._types)
        self._api = (data.versions, data.types, data.undocumented, data.gone)
        self._undocumented = frozenset(data.undocumented)
        self._gone: dict[str, GoneType] = {gone.name: gone for gone in data.gone}
        self._simple = group((api.simple_name, api) for api in data.types)
        self._namespaces = group((api.namespace, api) for api in data.types if api.outer is None)
        self._enclosing_namespaces = frozenset(
            ".".join(parts[:count])
            for parts in (namespace.split(".") for namespace in self._namespaces)
            for count in range(1, len(parts) + 1)
        )
        self._declared: dict[str, _MemberIndex] = {
            api.name: _member_index(api.members) for api in data.types
        }
        self._declaring = group(
            (name, api_name) for api_name, index in self._declared.items() for name in index
        )
        self._hierarchy = TypeHierarchy(self._types, data.versions)
        self._uncovered = uncovered_types(data.types, data.versions)
        self._without_pages = frozenset(
            source.revit_version
            for source in data.sources
            if source.kind is SourceKind.REVIT_ASSEMBLY and source.revit_version is not None
        )
        self._system: dict[str, _MemberIndex | None] = {}
        self._by_value: dict[str, dict[int, tuple[Member, ...]]] = {}
        self._search = ApiSearch(self)

    def has_api_of(self, other: "Catalog") -> bool:
        """Tell whether both say the same of the Revit API, whatever else they say."""
        return self is other or self._api == other._api  # noqa: SLF001

    def described_tools(self) -> Iterator[tuple[ExistingTool, str]]:
        """Yield each tool with what its office says of it; nothing for published ones."""
        for number, tool in enumerate(self.tools):
            yield tool, self._tool_texts.get(number, "")

    # Types

    def type(self, full_name: str) -> ApiType | None:
        """Return the type of that full name, whatever its versions."""
        return self._types.get(full_name)

    def types_named(self, simple_name: str) -> tuple[ApiType, ...]:
        """Return all types whose last name part this is, sorted by full name."""
        return self._simple.get(simple_name, ())

    def namespace_exists(self, name: str) -> bool:
        """Tell whether a namespace, or one around others, has this name (in any version)."""
        return name in self._enclosing_namespaces

    def types_in_namespace(self, namespace: str) -> tuple[ApiType, ...]:
        """Return the types directly in a namespace, without those nested in a type."""
        return self._namespaces.get(namespace, ())

    def type_presence(self, full_name: str, version: RevitVersion) -> Presence:
        """Tell whether a type exists in `version`.

        UNKNOWN for types outside `Autodesk.Revit`, for the few that signatures mention and no
        source describes, and for versions that are not covered.
        """
        if version not in self.versions:
            return Presence.UNKNOWN
        api = self._types.get(full_name)
        if api is not None:
            return api.presence(version)
        if full_name in self._undocumented:
            return Presence.UNKNOWN
        namespace = full_name.rpartition(".")[0]
        known = namespace in self._namespaces or namespace in self._types
        gone = self.gone_before(full_name)
        return Presence.ABSENT if known or gone else Presence.UNKNOWN

    def ancestors(self, full_name: str, version: RevitVersion) -> tuple[str, ...]:
        """Return what a type derives from in `version`: base types first, then interfaces.

        Nearest first; `System` types are the last ones. Empty for an unknown type. For a
        version that is not covered the newest one's answer is given.
        """
        return self._hierarchy.chain(full_name, version)[1:]

    def is_subtype(self, name: str, of: str, version: RevitVersion) -> bool:
        """Tell whether `name` is `of` or derives from it, or implements it, in `version`."""
        return name == of or of in self.ancestors(name, version)

    def subtypes(self, full_name: str) -> frozenset[str]:
        """Return all known types below a type, transitively, in any version."""
        return self._hierarchy.subtypes(full_name)

    # Members

    def members(
        self, type_name: str, member_name: str, version: RevitVersion
    ) -> tuple[Member, ...]:
        """Return the overloads of a member that are present or unknown in `version`.

        Inherited ones are included, the nearest declaration first; constructors (`.ctor`) are
        the type's own. An indexed property is also found under `get_X` and `set_X`.
        """
        return tuple(
            member
            for name in self._declarers(type_name, member_name, version)
            for member in self._own(name, member_name)
            if member.presence(version) is not Presence.ABSENT
        )

    def member_history(self, type_name: str, member_name: str) -> tuple[Member, ...]:
        """Return all overloads of a member in any version, inherited ones included."""
        found: dict[tuple[str, str | None, tuple[str, ...] | None], Member] = {}
        for version in reversed(self.versions):
            for name in self._declarers(type_name, member_name, version):
                for member in self._own(name, member_name):
                    found.setdefault((name, member.guid, _parameter_types(member)), member)
        return tuple(found.values())

    def all_members(self, type_name: str, version: RevitVersion) -> tuple[Member, ...]:
        """Return every member of a type in `version`, present or unknown, inherited ones too."""
        chain = self._hierarchy.chain(type_name, version)
        return tuple(
            member
            for place, name in enumerate(chain)
            for members in (self._index(name) or {}).values()
            for member in members
            if member.presence(version) is not Presence.ABSENT
            and (place == 0 or member.name != _CONSTRUCTOR)
        )

    def member_presence(self, type_name: str, member_name: str, version: RevitVersion) -> Presence:
        """Tell whether a type has a member (under any overload) in `version`.

        UNKNOWN when no source says it: the type or the member is unknown in that version, the
        type is not in the catalog, most of its members are not covered in that version, it
        derives from a `System` type whose members are not known, or the name is the accessor of
        a plain property or event. A nested type counts as a member.
        """
        if version not in self.versions:
            return Presence.UNKNOWN
        api = self._types.get(type_name)
        if api is None and self._index(type_name) is None:
            return Presence.UNKNOWN
        if api is not None and api.presence(version) is not Presence.PRESENT:
            return api.presence(version)
        nested = self._types.get(f"{type_name}.{member_name}")
        if nested is not None:
            return nested.presence(version)
        answer = Presence.ABSENT
        for declarer in self._declarers(type_name, member_name, version):
            index = self._index(declarer)
            declared = (index or {}).get(member_name, ())
            # What is known to have gone does not come back where little else is known.
            if index is None or (declarer in self._uncovered[version] and not declared):
                answer = Presence.UNKNOWN
            for member in declared:
                presence = member.presence(version)
                if presence is Presence.PRESENT:
                    return presence
                if presence is Presence.UNKNOWN:
                    answer = presence
        if answer is Presence.ABSENT and member_name.startswith(_ACCESSOR_PREFIXES):
            plain = self.member_presence(type_name, member_name.partition("_")[2], version)
            return Presence.ABSENT if plain is Presence.ABSENT else Presence.UNKNOWN
        return answer

    def declaring_subtypes(self, type_name: str, member_name: str) -> tuple[str, ...]:
        """Return the types below `type_name` that declare a member, in any version, sorted."""
        reach = self._hierarchy.reach(type_name).names
        return tuple(sorted(n for n in self._declaring.get(member_name, ()) if n in reach))

    def some_subtype_has(self, type_name: str, member_name: str, version: RevitVersion) -> Presence:
        """Tell whether a type below `type_name` has a member in `version`.

        PRESENT when one is known to, UNKNOWN when one may have it, ABSENT when none has.
        UNKNOWN for a type outside the catalog.
        """
        if version not in self.versions:
            return Presence.UNKNOWN
        if type_name not in self._types and type_name not in self._hierarchy.parents:
            return Presence.UNKNOWN
        reach = self._hierarchy.reach(type_name)
        answer = Presence.ABSENT
        for declarer in self._declaring.get(member_name, ()):
            if declarer not in reach.names:
                continue
            for member in self._own(declarer, member_name):
                presence = member.presence(version)
                if presence is Presence.PRESENT:
                    return presence
                if presence is Presence.UNKNOWN:
                    answer = presence
        for system in reach.system:
            index = self._index(system)
            if index is None:
                answer = Presence.UNKNOWN
            elif member_name in index:
                return Presence.PRESENT
        if not reach.names.isdisjoint(self._uncovered[version]):
            return Presence.UNKNOWN
        return answer

    def overloads_in_all(
        self, type_name: str, member_name: str, versions: Iterable[RevitVersion]
    ) -> tuple[Member, ...]:
        """Return the overloads that are present in every one of `versions`.

        An overload is known by its parameter types, so one that moved to a base type counts;
        it is given as the last of `versions` has it.
        """
        held: dict[tuple[str, ...] | None, Member] | None = None
        for version in versions:
            now: dict[tuple[str, ...] | None, Member] = {}
            for member in self.members(type_name, member_name, version):
                if member.presence(version) is Presence.PRESENT:
                    now.setdefault(_parameter_types(member), member)
            held = now if held is None else {key: now[key] for key in held if key in now}
        return tuple((held or {}).values())

    # Enums and what went

    def enum_members_by_value(
        self, enum_name: str, value: int, version: RevitVersion
    ) -> tuple[Member, ...]:
        """Return the names that an enum has for a number in `version`, present or unknown."""
        return tuple(
            member
            for member in self._values(enum_name).get(value, ())
            if member.presence(version) is not Presence.ABSENT
        )

    def enum_renamed(self, enum_name: str, member_name: str, version: RevitVersion) -> str | None:
        """Return the name that the number of a gone enum value has in `version`.

        None where the value is present or unknown in `version`, where its number is not known,
        or where no other name has it; of several names the first of the enum.
        """
        old = next(iter(self._own(enum_name, member_name)), None)
        if old is None or old.enum_value is None or old.presence(version) is not Presence.ABSENT:
            return None
        return next(
            (
                member.name
                for member in self._values(enum_name).get(old.enum_value, ())
                if member.presence(version) is Presence.PRESENT
            ),
            None,
        )

    def replacement(self, type_name: str, member_name: str | None = None) -> str | None:
        """Return the full name that takes the place of a type or a member, where known.

        Taken from the obsolete note, else from the base type that a member moved to, else from
        the enum value of the same number. The same name again means another overload.
        """
        api = self.type(type_name)
        if member_name is None:
            return None if api is None else api.replacement
        history = self.member_history(type_name, member_name)
        for member in history:
            if member.replacement is not None:
                return member.replacement
        for member in history:
            if member.moved_to is not None:
                return f"{member.moved_to}.{member.name}"
        renamed = self.enum_renamed(type_name, member_name, self.versions[-1])
        if renamed is not None:
            return f"{type_name}.{renamed}"
        return None if api is None or self.versions[-1] in api.versions else api.replacement

    def gone_before(self, full_type_name: str, member_name: str | None = None) -> bool:
        """Tell whether a name stood in Revit 2017 and in none of the covered versions."""
        gone = self._gone.get(full_type_name)
        if gone is None:
            return False
        if member_name is None:
            return gone.whole
        return gone.whole or member_name in gone.members

    def documentation_url(self, symbol: Member | ApiType) -> str | None:
        """Return the page of a type or member in the newest version that has it.

        A member without a page of its own (an enum value, a few of 2026) gets its type's.
        """
        return documentation_url(symbol, self._types.get, self._without_pages)

    def search(self, text: str, limit: int = 20) -> tuple[SearchHit, ...]:
        """Find types, members and Python names; see `ApiSearch.search`."""
        return self._search.search(text, limit)

    # Inside

    def _declarers(
        self, type_name: str, member_name: str, version: RevitVersion
    ) -> tuple[str, ...]:
        chain = self._hierarchy.chain(type_name, version)
        return chain[:1] if member_name == _CONSTRUCTOR else chain

    def _index(self, name: str) -> _MemberIndex | None:
        index = self._declared.get(name)
        if index is not None:
            return index
        if name in self._system:
            return self._system[name]
        members = system_members(name, self.versions)
        # What callers make up is not kept, or it would fill the memory.
        if name in self._hierarchy.parents:
            self._system[name] = members
        return members

    def _own(self, name: str, member_name: str) -> tuple[Member, ...]:
        index = self._index(name)
        return () if index is None else index.get(member_name, ())

    def _values(self, enum_name: str) -> dict[int, tuple[Member, ...]]:
        values = self._by_value.get(enum_name)
        if values is None:
            api = self._types.get(enum_name)
            if api is None:
                return {}
            values = self._by_value[enum_name] = group(
                (member.enum_value, member)
                for member in api.members
                if member.enum_value is not None
            )
        return values


def _member_index(members: Iterable[Member]) -> _MemberIndex:
    return group((name, member) for member in members for name in _names(member))


def _names(member: Member) -> Iterator[str]:
    yield member.name
    yield from member.accessors


def _parameter_types(member: Member) -> tuple[str, ...] | None:
    if member.parameters is None:
        return None
    return tuple(parameter.type for parameter in member.parameters)
