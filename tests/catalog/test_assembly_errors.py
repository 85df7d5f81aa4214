"""What is no assembly of Revit is refused by what is wrong with it; damage never does more."""

import os
import random
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from revitron_grpc.catalog import assembly_metadata
from revitron_grpc.catalog.assembly_facts import read_version
from revitron_grpc.catalog.assembly_types import read_assembly
from revitron_grpc.errors import Reason, RevitronGrpcError
from revitron_grpc.vocabulary import RevitVersion
from tests.catalog.mono import CLASS_LIBRARY, compiled, made_up_revit

REVIT_2027 = RevitVersion(2027)


@pytest.fixture(scope="session")
def revit(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return made_up_revit(tmp_path_factory.mktemp("revit"))


@pytest.fixture(scope="session")
def content(revit: list[Path]) -> bytes:
    return revit[0].read_bytes()


def refusal(path: Path) -> str:
    with pytest.raises(RevitronGrpcError) as raised:
        read_assembly(path)
    assert raised.value.reason is Reason.ASSEMBLY_UNREADABLE
    assert str(path) in raised.value.message
    return raised.value.message


def native(content: bytes) -> bytes:
    at = content.index(struct.pack("<II", 0x2008, 0x48))
    return content[:at] + bytes(8) + content[at + 8 :]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda _: b"", "it is empty"),
        (lambda _: b"Revit's API, as a text\n" * 50, "does not begin with MZ"),
        (lambda _: random.Random(7).randbytes(5000), "does not begin with MZ"),  # noqa: S311
        (lambda _: b"MZ" + random.Random(7).randbytes(5000), "headers are damaged"),  # noqa: S311
        (native, "native library"),
        (lambda content: content[:100], "headers are damaged"),
        (lambda content: content[:1024], "header points outside the file"),
        (lambda content: content[: len(content) // 2], "damaged or cut off"),
        (lambda content: content.replace(b"BSJB", b"XXXX"), "no .NET metadata stand"),
        (lambda content: content.replace(b"#Strings", b"#Nothing"), "damaged or cut off"),
        (lambda content: content.replace(b"#~\0\0", b"#-\0\0"), "not compressed"),
    ],
)
def test_what_is_no_assembly(
    tmp_path: Path, content: bytes, change: Callable[[bytes], bytes], said: str
) -> None:
    path = tmp_path / "RevitAPI.dll"
    path.write_bytes(change(content))
    assert said in refusal(path)


def test_what_is_no_file(tmp_path: Path) -> None:
    assert "folder" in refusal(tmp_path)
    assert "No such file" in refusal(tmp_path / "missing.dll")


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.dll"
    with path.open("wb") as file:
        file.truncate(assembly_metadata.LARGEST_ASSEMBLY + 1)
    assert f"{assembly_metadata.LARGEST_ASSEMBLY} are the limit" in refusal(path)


def test_an_assembly_that_is_not_of_revit() -> None:
    with pytest.raises(RevitronGrpcError, match="mscorlib, which has no public type below Auto"):
        read_version([CLASS_LIBRARY], REVIT_2027)


def test_the_assembly_of_another_version(revit: list[Path]) -> None:
    with pytest.raises(RevitronGrpcError, match=r"27\.0\.4\.0, as that of Revit 2027.* 2026"):
        read_version(revit, RevitVersion(2026))


def test_the_same_assembly_twice(revit: list[Path], tmp_path: Path) -> None:
    copy = tmp_path / "Copy.dll"
    copy.write_bytes(revit[0].read_bytes())
    with pytest.raises(RevitronGrpcError, match="is the assembly RevitAPI as well"):
        read_version([revit[0], copy], REVIT_2027)


def test_an_assembly_that_states_no_version_is_of_the_version_that_is_named(tmp_path: Path) -> None:
    source = tmp_path / "plain.cs"
    source.write_text("namespace Autodesk.Revit.DB { public class Plain { } }", "utf-8")
    path = compiled(source, tmp_path / "RevitAPI.dll")
    assert [api.name for api in read_version([path], REVIT_2027).types] == [
        "Autodesk.Revit.DB.Plain"
    ]


def test_a_module_without_an_assembly(tmp_path: Path) -> None:
    source = tmp_path / "part.cs"
    source.write_text("namespace Autodesk.Revit.DB { public class Part { } }", "utf-8")
    path = compiled(source, tmp_path / "part.dll", "-target:module")
    assert "module without an assembly" in refusal(path)


def test_too_many_streams_are_not_copied(content: bytes, tmp_path: Path) -> None:
    root = content.index(b"BSJB")
    (length,) = struct.unpack_from("<I", content, root + 12)
    at = root + 16 + length + 2
    path = tmp_path / "RevitAPI.dll"
    path.write_bytes(content[:at] + b"\xff\xff" + content[at + 2 :])
    assert "head of its .NET metadata is damaged" in refusal(path)


Mutation = list[tuple[int, int]]
MUTATIONS = st.lists(st.tuples(st.integers(0, 2**16), st.integers(0, 255)), min_size=1, max_size=12)


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("damaged") / f"RevitAPI-{os.getpid()}.dll"


def read(place: Path, content: bytes) -> None:
    """Read a damaged assembly: a result or a clear error, and no time or memory without bound."""
    place.write_bytes(content)
    try:
        found = read_assembly(place)
    except RevitronGrpcError as error:
        problem = error
    else:
        assert sum(len(api.members) for api in found.types) <= len(content)
        return
    assert problem.reason is Reason.ASSEMBLY_UNREADABLE
    assert str(place) in problem.message


@settings(max_examples=150)
@given(mutation=MUTATIONS)
def test_damaged_bytes_give_a_result_or_a_clear_error(
    content: bytes, place: Path, mutation: Mutation
) -> None:
    damaged = bytearray(content)
    for at, value in mutation:
        damaged[at % len(damaged)] = value
    read(place, bytes(damaged))


@settings(max_examples=150)
@given(mutation=MUTATIONS)
def test_damaged_metadata_give_a_result_or_a_clear_error(
    content: bytes, place: Path, mutation: Mutation
) -> None:
    start = content.index(b"BSJB")
    damaged = bytearray(content)
    for at, value in mutation:
        damaged[start + at % (len(damaged) - start)] = value
    read(place, bytes(damaged))


@settings(max_examples=60)
@given(length=st.integers(0, 2**16))
@example(length=2)
def test_a_file_cut_anywhere_gives_a_result_or_a_clear_error(
    content: bytes, place: Path, length: int
) -> None:
    read(place, content[: length % len(content)])
