"""Turn assemblies of one Revit version into what the catalog says of that version.

The catalog's conventions are those of the facts (docs/catalog.md): public types below
`Autodesk.Revit` and their public members, `Outer.Inner` for nested types, no arity in a name,
`TM0` for a method's own type parameter among its parameters, no members of delegates.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from revitron_grpc.catalog.assembly_members import AssemblyMember, AssemblyParameter
from revitron_grpc.catalog.assembly_signatures import named_parameters
from revitron_grpc.catalog.assembly_types import Assembly, AssemblyType, read_assembly
from revitron_grpc.catalog.model import ApiType, Member, MemberKind, Parameter, TypeKind
from revitron_grpc.catalog.obsolete_notes import KnownNames, stated_year
from revitron_grpc.errors import Reason, RevitronGrpcError
from revitron_grpc.vocabulary import RevitVersion

ROOT = "Autodesk.Revit"
_WORD = re.compile(r"\w+")
_CENTURY = 2000


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """The Revit API of one version: every symbol in it is present in `version` and only there.

    `assemblies` are the names of those that it was read from: of any other nothing is known.
    `build` is what they say of their own version.
    """

    version: RevitVersion
    assemblies: frozenset[str]
    build: str
    types: tuple[ApiType, ...]


def read_version(
    paths: Sequence[Path], version: RevitVersion, known: Iterable[str] = ()
) -> VersionFacts:
    """Read the assemblies of one Revit version; `known` are the types of others, by name.

    Raises:
        RevitronGrpcError: `ASSEMBLY_UNREADABLE` when a file is no assembly, has nothing below
            `Autodesk.Revit`, is of another Revit version, or is given twice.

    """
    assemblies: list[Assembly] = []
    for path in paths:
        assembly = read_assembly(path)
        twin = next((one for one in assemblies if one.name == assembly.name), None)
        if twin is not None:
            raise _wrong(path, f"{twin.path} is the assembly {assembly.name} as well; give one")
        _check(assembly, version)
        assemblies.append(assembly)
    return version_facts(assemblies, version, known)


def version_facts(
    assemblies: Sequence[Assembly], version: RevitVersion, known: Iterable[str] = ()
) -> VersionFacts:
    """Build what the catalog says of `version`; of two types of one name the first is taken.

    A generic type has the name of a plain one beside it; then the plain one is taken.
    """
    found: dict[str, tuple[Assembly, AssemblyType]] = {}
    for assembly in assemblies:
        for api in sorted(assembly.types, key=lambda api: len(api.generic)):
            if _of_revit(api):
                found.setdefault(api.name, (assembly, api))
    names = KnownNames(
        {name: {member.name for member in api.members} for name, (_, api) in found.items()},
        {name: api.base for name, (_, api) in found.items()},
    )
    public = frozenset(found).union(known)
    builds = {".".join(map(str, assembly.version)) for assembly in assemblies}
    return VersionFacts(
        version=version,
        assemblies=frozenset(assembly.name for assembly in assemblies),
        build=", ".join(sorted(builds)),
        types=tuple(
            _api_type(api, assembly.name, version, names, public)
            for _, (assembly, api) in sorted(found.items())
        ),
    )


def _check(assembly: Assembly, version: RevitVersion) -> None:
    if not any(_of_revit(api) for api in assembly.types):
        raise _wrong(
            assembly.path,
            f"it is the assembly {assembly.name}, which has no public type below {ROOT}; "
            "RevitAPI and RevitAPIUI do",
        )
    major = assembly.version[0]
    if major and version != _CENTURY + major:
        told = ".".join(map(str, assembly.version))
        raise _wrong(
            assembly.path,
            f"its version is {told}, as that of Revit {_CENTURY + major}, and --version says "
            f"{version}",
        )


def _wrong(path: Path, why: str) -> RevitronGrpcError:
    return RevitronGrpcError(
        Reason.ASSEMBLY_UNREADABLE,
        f"{path} cannot be imported: {why}; give the RevitAPI.dll and RevitAPIUI.dll of one "
        "Revit, and its version",
    )


def _of_revit(api: AssemblyType) -> bool:
    return f"{api.namespace}.".startswith(f"{ROOT}.") and _is_word(api.name)


def _is_word(name: str) -> bool:
    """Tell whether a script can write the name; compilers make up others."""
    return all(_WORD.fullmatch(part) for part in name.removeprefix(".").split("."))


def _api_type(
    api: AssemblyType,
    assembly: str,
    version: RevitVersion,
    names: KnownNames,
    public: frozenset[str],
) -> ApiType:
    note = api.obsolete
    members = [
        _member(member, api, version, names) for member in api.members if _is_word(member.name)
    ]
    # Values of an enum stand in the order of their numbers, as the facts have them.
    members.sort(
        key=lambda member: (
            ("", member.enum_value or 0) if api.kind is TypeKind.ENUM else (member.name, 0)
        )
    )
    return ApiType(
        name=api.name,
        kind=api.kind,
        versions=(version,),
        members=tuple(members),
        base=_spelled(api.base, api) if api.base else None,
        # A base type or interface that is not public is nothing that a script could meet.
        interfaces=tuple(
            _spelled(name, api)
            for name in api.interfaces
            if not name.startswith(f"{ROOT}.") or name.partition("<")[0] in public
        ),
        outer=api.outer,
        assembly=assembly,
        abstract=api.abstract,
        static=api.static,
        obsolete_in=() if note is None else (version,),
        obsolete_since=stated_year(note or ""),
        replacement=names.replacement(note or "", api.name),
    )


def _member(
    member: AssemblyMember, api: AssemblyType, version: RevitVersion, names: KnownNames
) -> Member:
    note = member.obsolete
    is_property = member.kind is MemberKind.PROPERTY
    own = tuple(f"TM{place}" for place in range(len(member.generic)))
    return Member(
        name=member.name,
        kind=member.kind,
        declared_by=api.name,
        static=member.static,
        versions=(version,),
        returns=None
        if member.kind is MemberKind.CONSTRUCTOR
        else named_parameters(member.returns, api.generic, member.generic),
        parameters=tuple(
            _parameter(parameter, place, api.generic, own)
            for place, parameter in enumerate(member.parameters)
        ),
        obsolete_in=() if note is None else (version,),
        obsolete_since=stated_year(note or ""),
        replacement=names.replacement(note or "", api.name, member.name),
        settable=member.settable,
        gettable=member.gettable,
        indexer=is_property and bool(member.parameters),
        default_indexer=member.default_indexer,
        accessors=member.accessors if member.parameters else (),
        enum_value=member.enum_value,
        generic=len(member.generic),
    )


def _parameter(
    parameter: AssemblyParameter, place: int, of_type: Sequence[str], of_method: Sequence[str]
) -> Parameter:
    return Parameter(
        parameter.name or f"value{place}",
        named_parameters(parameter.type, of_type, of_method),
        parameter.modifier,
        parameter.optional,
    )


def _spelled(name: str, api: AssemblyType) -> str:
    return named_parameters(name, api.generic, ())
