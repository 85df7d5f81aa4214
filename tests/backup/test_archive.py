"""An archive is read whole or not at all, whoever made it."""

import contextlib
import hashlib
import io
import struct
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from revitron_grpc.backup.archive import read_archive, read_manifest, write_archive
from revitron_grpc.backup.manifest import MANIFEST, Manifest, Member, Role, encoded
from revitron_grpc.errors import Reason, RevitronGrpcError
from tests.backup.conftest import NOW

CONTENT = b"keys:\n  required: true\n" * 20


def member(name: str = "files/0001-office.yaml", content: bytes = CONTENT) -> Member:
    return Member(
        name=name,
        role=Role.SETTINGS,
        path="/etc/office.yaml",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        mode=0o600,
    )


def manifest(*members: Member) -> Manifest:
    return Manifest(program="0.1.0", created=NOW, database="none", members=members)


@dataclass(frozen=True, slots=True)
class Entry:
    """A member as an attacker writes it."""

    name: str
    content: bytes = b""
    kind: bytes = tarfile.REGTYPE
    link: str = ""


def sealed(path: Path, packed: bytes) -> Path:
    """A file with the right sum at its end, which anybody can make."""
    seal = struct.pack("<II8s32s", 0x184D2A5D, 40, b"revisum1", hashlib.sha256(packed).digest())
    path.write_bytes(packed + seal)
    return path


def forged(path: Path, *entries: Entry) -> Path:
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w", format=tarfile.GNU_FORMAT) as writer:
        for entry in entries:
            header = tarfile.TarInfo(entry.name)
            header.type, header.linkname, header.size = entry.kind, entry.link, len(entry.content)
            writer.addfile(header, io.BytesIO(entry.content))
    return sealed(path, zstandard.ZstdCompressor().compress(tar.getvalue()))


def refused(path: Path, match: str) -> None:
    into = path.with_name("into")
    into.mkdir(exist_ok=True)
    with pytest.raises(RevitronGrpcError, match=match) as caught:
        read_archive(path, into)
    assert caught.value.reason is Reason.BACKUP_UNREADABLE


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    (folder / "content").write_bytes(CONTENT)
    one = member()
    write_archive(folder / "a.tar.zst", manifest(one), {one.name: folder / "content"})
    return folder / "a.tar.zst"


def test_what_was_written_is_read(archive: Path, tmp_path: Path) -> None:
    found = read_archive(archive, tmp_path)
    assert found == manifest(member()) == read_manifest(archive)
    assert (tmp_path / "0").read_bytes() == CONTENT
    assert archive.stat().st_mode & 0o777 == 0o600


def test_the_usual_programs_read_it(archive: Path, tmp_path: Path) -> None:
    tar = subprocess.run(["zstd", "-dc", archive], capture_output=True, check=True)
    done = subprocess.run(["tar", "x"], cwd=tmp_path, input=tar.stdout, check=True)
    assert not tar.stderr
    assert not done.stderr
    assert (tmp_path / "files" / "0001-office.yaml").read_bytes() == CONTENT


@given(data=st.data())
def test_no_byte_of_it_may_differ(archive: Path, data: st.DataObject) -> None:
    content = bytearray(archive.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    damaged = archive.with_name("damaged")
    damaged.write_bytes(content)
    refused(damaged, "the backup")


@given(data=st.data())
def test_nothing_of_it_may_be_missing_or_too_much(archive: Path, data: st.DataObject) -> None:
    content = archive.read_bytes()
    kept = data.draw(st.integers(0, len(content) - 1))
    damaged = archive.with_name("damaged")
    damaged.write_bytes(content[:kept])
    refused(damaged, "the backup")
    damaged.write_bytes(content + content[:1])
    refused(damaged, "no checksum")


@given(packed=st.binary(max_size=300))
def test_any_bytes_with_the_right_sum_are_refused(archive: Path, packed: bytes) -> None:
    refused(sealed(archive.with_name("forged"), packed), "the backup")


@given(at=st.integers(0, 511), value=st.integers(0, 255))
def test_any_header_with_the_right_sum_is_refused_or_is_the_same(
    archive: Path, at: int, value: int
) -> None:
    with archive.open("rb") as file:
        plain = bytearray(zstandard.ZstdDecompressor().stream_reader(file).read())
    plain[at] = value
    path = sealed(archive.with_name("forged"), zstandard.ZstdCompressor().compress(bytes(plain)))
    with contextlib.suppress(RevitronGrpcError):
        assert read_archive(path) == manifest(member())


@pytest.mark.parametrize(
    ("name", "kind", "link"),
    [
        ("../../outside", tarfile.REGTYPE, ""),
        ("/outside", tarfile.REGTYPE, ""),
        ("files/0001-office.yaml", tarfile.SYMTYPE, "/etc/passwd"),
        ("files/0001-office.yaml", tarfile.LNKTYPE, "/etc/passwd"),
        ("files/0001-office.yaml", tarfile.CHRTYPE, ""),
        ("files/0001-office.yaml", tarfile.DIRTYPE, ""),
    ],
)
def test_what_is_no_plain_file_of_the_manifest_is_refused(
    tmp_path: Path, name: str, kind: bytes, link: str
) -> None:
    # A link has no content, so that only its kind gives it away.
    content = CONTENT if kind == tarfile.REGTYPE else b""
    first = Entry(MANIFEST, encoded(manifest(member(content=content))))
    path = forged(tmp_path / "a", first, Entry(name, content, kind, link))
    refused(path, "lacks" if kind == tarfile.REGTYPE else "no plain file")
    assert [one.name for one in tmp_path.rglob("*") if one.is_file()] == ["a"]


@pytest.mark.parametrize(
    "name", ["../evil", "/evil", "files/../../evil", "files/0001-a/../b", "database.sqlite3"]
)
def test_a_manifest_does_not_name_paths(tmp_path: Path, name: str) -> None:
    one = msgspec.structs.replace(member(), name=name)
    path = forged(tmp_path / "a", Entry(MANIFEST, encoded(manifest(one))), Entry(name, CONTENT))
    refused(path, "wrong name|which of its members")


def test_more_than_the_manifest_names_is_refused(tmp_path: Path) -> None:
    first = Entry(MANIFEST, encoded(manifest(member())))
    one = Entry(member().name, CONTENT)
    refused(forged(tmp_path / "a", first, one, one), "more than its manifest")
    refused(forged(tmp_path / "b", first, Entry(one.name, CONTENT + b"x")), "another size")
    refused(forged(tmp_path / "c", first, Entry(one.name, CONTENT[::-1])), "another files")


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = Entry("files/0001-office.yaml", bytes(64 * 1024 * 1024))
    first = Entry(MANIFEST, encoded(manifest(member())))
    path = forged(tmp_path / "a", first, bomb)
    assert path.stat().st_size < 64 * 1024
    refused(path, "another size")
    assert not list((tmp_path / "into").iterdir())
    refused(forged(tmp_path / "b", Entry(MANIFEST, bytes(65 * 1024 * 1024))), "not begin")


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"format": 2}, "restore it with the release that made it"),
        ({"schema": "9999", "database": "sqlite"}, "which of its members"),
        ({"unheard": 1}, "a manifest that is none"),
        ({"members": [{}]}, "a manifest that is none"),
    ],
)
def test_a_manifest_of_another_release_is_told(
    tmp_path: Path, change: dict[str, object], match: str
) -> None:
    text = msgspec.json.encode(msgspec.json.decode(encoded(manifest())) | change)
    refused(forged(tmp_path / "a", Entry(MANIFEST, text)), match)
