"""What is read of an assembly is what .NET's own reflection sees, for every public symbol."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from revitron_grpc.catalog.assembly_members import AssemblyMember
from revitron_grpc.catalog.assembly_types import Assembly, AssemblyType, read_assembly
from revitron_grpc.catalog.model import MemberKind, TypeKind
from tests.catalog.mono import LIBRARIES, REFERENCED, SOURCES, compiled, reflected

Rows = list[list[str]]

LEAST = {"mscorlib": (1600, 15000), "System": (1000, 7500), "System.Core": (100, 1000)}
"""Public types and members that these class libraries have at least."""


@pytest.fixture(scope="module")
def lister(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compiled(SOURCES / "Listing.cs", tmp_path_factory.mktemp("lister") / "listing.exe")


@pytest.fixture(scope="module", params=sorted(LIBRARIES))
def library(request: pytest.FixtureRequest, lister: Path) -> tuple[Assembly, Rows]:
    """A class library of mono: as it is read here, and as reflection lists it."""
    path = LIBRARIES[request.param]
    return read_assembly(path), reflected(lister, path)


def only(rows: Rows, letter: str) -> Counter[tuple[str, ...]]:
    return Counter(tuple(row[1:]) for row in rows if row[0] == letter)


def types(assembly: Assembly) -> Iterator[tuple[str, ...]]:
    for api in assembly.types:
        yield (
            api.name,
            api.kind,
            api.base or "",
            "static" if api.static else "abstract" if api.abstract else "",
            ",".join(api.generic),
            api.outer or "",
            api.namespace,
            str(len(api.generic)),
            note(api),
        )


def note(symbol: AssemblyType | AssemblyMember) -> str:
    if symbol.obsolete is None:
        return "-"
    return "!" + symbol.obsolete.replace("\n", " ").replace("\r", " ")


def parameters(member: AssemblyMember) -> str:
    return ", ".join(
        f"{p.modifier} {p.type} {p.name}".lstrip() + (" =" if p.optional else "")
        for p in member.parameters
    )


def members(assembly: Assembly) -> Iterator[tuple[str, ...]]:
    for api in assembly.types:
        for member in api.members:
            extra = value = ""
            if member.kind is MemberKind.PROPERTY:
                extra = "default" if member.default_indexer else ""
                value = "get" * member.gettable + "set" * bool(member.settable)
            elif member.kind is MemberKind.METHOD:
                extra = ",".join(member.generic)
            elif api.kind is TypeKind.ENUM:
                value = str(member.enum_value)
            yield (
                api.name,
                str(len(api.generic)),
                member.kind,
                member.name,
                str(member.static),
                member.returns,
                parameters(member),
                extra,
                value,
                note(member),
            )


def split(arguments: str) -> list[str]:
    """Split the arguments of a generic type at the commas outside of brackets."""
    found, depth, start = [], 0, 0
    for place, character in enumerate(arguments):
        depth += (character in "<[") - (character in ">]")
        if character == "," and not depth:
            found.append(arguments[start:place])
            start = place + 1
    return [*found, arguments[start:]]


def with_arguments(name: str, arguments: list[str]) -> str:
    for place in reversed(range(len(arguments))):
        name = name.replace(f"!{place}", arguments[place])
    return name


def interfaces(assembly: Assembly) -> Iterator[tuple[str, str, str]]:
    """Yield all interfaces of each type: its own, theirs, and those of its base types."""
    libraries = {path: read_assembly(path) for path in REFERENCED.values()}
    known = {(api.name, len(api.generic)): api for one in libraries.values() for api in one.types}

    def above(spelled: str) -> Iterator[str]:
        name, _, rest = spelled.partition("<")
        arguments = split(rest[:-1]) if rest else []
        api = known.get((name, len(arguments)))
        if api is not None:
            for direct in api.interfaces:
                yield with_arguments(direct, arguments)
            for parent in (*api.interfaces, *([api.base] if api.base else [])):
                yield from above(with_arguments(parent, arguments))

    for api in assembly.types:
        itself = ",".join(f"!{place}" for place in range(len(api.generic)))
        for name in sorted(set(above(f"{api.name}<{itself}>" if itself else api.name))):
            yield api.name, str(len(api.generic)), name


def differences(mine: Iterable[tuple[str, ...]], theirs: Counter[tuple[str, ...]]) -> list[str]:
    own = Counter(mine)
    return [f"read {row}" for row in own - theirs] + [f"reflected {row}" for row in theirs - own]


def test_every_public_type_is_as_reflection_sees_it(library: tuple[Assembly, Rows]) -> None:
    assembly, seen = library
    assert differences(types(assembly), only(seen, "T")) == []


def test_every_public_member_is_as_reflection_sees_it(library: tuple[Assembly, Rows]) -> None:
    assembly, seen = library
    assert differences(members(assembly), only(seen, "M")) == []


def test_every_interface_is_as_reflection_sees_it(library: tuple[Assembly, Rows]) -> None:
    assembly, seen = library
    assert differences(interfaces(assembly), only(seen, "I")) == []


def test_the_class_library_is_no_small_sample(library: tuple[Assembly, Rows]) -> None:
    assembly, seen = library
    least_types, least_members = LEAST[assembly.name]
    assert only(seen, "T").total() == len(assembly.types) >= least_types
    assert only(seen, "M").total() == sum(len(t.members) for t in assembly.types) >= least_members
