import errno
import json
from pathlib import Path

import pytest
import yaml

from revitron_grpc.bundles.manifest import (
    MANIFEST,
    ManifestHeader,
    decode,
    read_manifest,
    sha256,
)
from revitron_grpc.bundles.writer import write_extension
from revitron_grpc.errors import InvalidInputError, Reason, RevitronGrpcError
from tests.bundles.buttons import a_button, icon, many_buttons

HEADER = ManifestHeader(
    generator_version="0.1.0", plan_digest="plan", catalog_digest="facts", proof="Proven so."
)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "out" / "Office tools.extension"


def _tree(root: Path) -> dict[str, bytes]:
    return {
        str(p.relative_to(root)): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()
    }


def test_a_button_folder_holds_what_pyrevit_reads(target):
    write_extension(target, [a_button(files={"config.py": b"# c\n", "data/x.csv": b"a"})], HEADER)
    folder = target / "Office tools.tab/Selection.panel/Doors on grid 1.pushbutton"
    assert _tree(folder).keys() == {
        "bundle.yaml", "config.py", "data/x.csv", "icon.dark.png", "icon.png", "script.py",
    }  # fmt: skip
    assert (folder / "script.py").read_bytes().startswith(b"# -*- coding: utf-8 -*-\n")
    assert (folder / "icon.dark.png").read_bytes() == icon(True)
    assert yaml.safe_load((folder / "bundle.yaml").read_text("utf-8"))["title"] == (
        "Doors on\ngrid 1"
    )


def test_containers_list_their_items(target):
    write_extension(target, [a_button(number=n, group="Doors") for n in range(2)], HEADER)
    tab = target / "Office tools.tab"
    pulldown = tab / "Selection.panel/Doors.pulldown"
    assert (tab / "bundle.yaml").read_text() == "layout:\n  - Selection\n"
    assert (tab / "Selection.panel/bundle.yaml").read_text() == "layout:\n  - Doors\n"
    assert yaml.safe_load((pulldown / "bundle.yaml").read_text()) == {
        "title": "Doors",
        "tooltip": "2 tools: Doors",
        "layout": ["Doors on grid 0", "Doors on grid 1"],
    }
    assert (pulldown / "icon.png").read_bytes() == icon()


def test_the_manifest_names_buttons_and_hashes_every_file(target):
    write_extension(target, many_buttons(30), HEADER)
    manifest = read_manifest(target)
    assert manifest is not None
    assert manifest.generator == HEADER
    files = _tree(target)
    files.pop(MANIFEST)
    assert {f.path: f.sha256 for f in manifest.files} == {p: sha256(d) for p, d in files.items()}
    assert [f.path for f in manifest.files] == sorted(files)
    assert {b.id for b in manifest.buttons} == {f"btn-{n}" for n in range(30)}
    assert all((target / b.folder / "script.py").is_file() for b in manifest.buttons)


def test_extension_json_says_what_it_is(target):
    write_extension(target, [a_button()], HEADER)
    entry = json.loads((target / "extension.json").read_text())
    assert (entry["type"], entry["name"], entry["description"]) == (
        "extension", "Office tools", "Proven so.",
    )  # fmt: skip


def test_the_same_buttons_give_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        write_extension(tmp_path / name / "X.extension", many_buttons(40), HEADER)
    assert _tree(tmp_path / "a") == _tree(tmp_path / "b")


def test_the_report_counts_files(target):
    written = write_extension(target, many_buttons(10), HEADER)
    tree = _tree(target)
    assert (written.files, written.size) == (len(tree), sum(map(len, tree.values())))


def test_existing_output_is_kept_and_force_is_named(target):
    write_extension(target, [a_button()], HEADER)
    before = _tree(target)
    with pytest.raises(RevitronGrpcError, match="--force") as caught:
        write_extension(target, [a_button(number=2)], HEADER)
    assert caught.value.reason is Reason.OUTPUT_EXISTS
    assert _tree(target) == before


def test_force_replaces_everything_and_leaves_nothing_beside(target):
    write_extension(target, [a_button()], HEADER)
    (target / "mine.txt").write_text("x")
    write_extension(target, [a_button(number=2)], HEADER, force=True)
    manifest = read_manifest(target)
    assert manifest is not None
    assert [b.id for b in manifest.buttons] == ["btn-2"]
    assert not (target / "mine.txt").exists()
    assert [p.name for p in target.parent.iterdir()] == [target.name]


def test_a_file_in_the_way_is_refused_even_with_force(target):
    target.parent.mkdir()
    target.write_text("x")
    with pytest.raises(RevitronGrpcError) as caught:
        write_extension(target, [a_button()], HEADER, force=True)
    assert caught.value.reason is Reason.OUTPUT_EXISTS
    assert target.read_text() == "x"


@pytest.mark.parametrize("name", ["Office", "Office.tab", ".extension", "A.B.extension"])
def test_a_path_that_pyrevit_would_not_take_is_refused(tmp_path, name):
    with pytest.raises(RevitronGrpcError, match=r"\.extension") as caught:
        write_extension(tmp_path / name, [a_button()], HEADER)
    assert caught.value.reason is Reason.INVALID_REQUEST
    assert not (tmp_path / name).exists()


def test_bad_buttons_leave_no_trace(target):
    with pytest.raises(InvalidInputError):
        write_extension(target, [a_button(name="a/b")], HEADER)
    assert not target.parent.exists()


def _fail_at_write(monkeypatch: pytest.MonkeyPatch, number: int, code: int) -> None:
    real, calls = Path.write_bytes, []

    def write_bytes(self: Path, data: bytes) -> int:
        calls.append(self)
        if len(calls) == number:
            raise OSError(code, "No space left on device")
        return real(self, data)

    monkeypatch.setattr(Path, "write_bytes", write_bytes)


@pytest.mark.parametrize("existing", [False, True])
def test_a_full_disk_leaves_the_target_as_it_was(target, monkeypatch, existing):
    if existing:
        write_extension(target, [a_button()], HEADER)
    before = _tree(target) if existing else {}
    target.parent.mkdir(exist_ok=True)
    _fail_at_write(monkeypatch, 20, errno.ENOSPC)
    with pytest.raises(RevitronGrpcError, match="No space left") as caught:
        write_extension(target, many_buttons(20), HEADER, force=True)
    assert caught.value.reason is Reason.OUTPUT_UNWRITABLE
    assert [p.name for p in target.parent.iterdir()] == ([target.name] if existing else [])
    assert (_tree(target) if existing else {}) == before


def test_an_interrupt_leaves_nothing_half_written(target, monkeypatch):
    def interrupted(_self: Path, _data: bytes) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "write_bytes", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_extension(target, [a_button()], HEADER)
    assert list(target.parent.iterdir()) == []


def _fail_renames(monkeypatch: pytest.MonkeyPatch, target: Path, sources: set[str]) -> None:
    real = Path.replace

    def replace(self: Path, other: Path) -> Path:
        if Path(other) == target and self.name in sources:
            raise PermissionError(errno.EACCES, "Access is denied")
        return real(self, other)

    monkeypatch.setattr(Path, "replace", replace)


def test_the_old_extension_comes_back_where_the_new_cannot_take_its_place(target, monkeypatch):
    write_extension(target, [a_button()], HEADER)
    before = _tree(target)
    _fail_renames(monkeypatch, target, {"new"})
    with pytest.raises(RevitronGrpcError, match="Access is denied") as caught:
        write_extension(target, [a_button(number=2)], HEADER, force=True)
    assert caught.value.reason is Reason.OUTPUT_UNWRITABLE
    assert _tree(target) == before
    assert [p.name for p in target.parent.iterdir()] == [target.name]


def test_an_old_extension_that_cannot_be_put_back_is_kept_and_named(target, monkeypatch):
    write_extension(target, [a_button()], HEADER)
    before = _tree(target)
    _fail_renames(monkeypatch, target, {"new", "old"})
    with pytest.raises(RevitronGrpcError, match="rename that to") as caught:
        write_extension(target, [a_button(number=2)], HEADER, force=True)
    assert caught.value.reason is Reason.OUTPUT_UNWRITABLE
    (beside,) = target.parent.iterdir()
    assert _tree(beside / "old") == before


def test_a_folder_that_cannot_be_written_to_is_named(target, monkeypatch):
    def denied(*_args: object, **_kwargs: object) -> str:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("tempfile.mkdtemp", denied)
    with pytest.raises(RevitronGrpcError, match="Permission denied") as caught:
        write_extension(target, [a_button()], HEADER)
    assert caught.value.reason is Reason.OUTPUT_UNWRITABLE
    assert str(target) in caught.value.message


def test_a_file_where_a_folder_should_be_is_unwritable(tmp_path):
    (tmp_path / "out").write_text("x")
    with pytest.raises(RevitronGrpcError) as caught:
        write_extension(tmp_path / "out" / "X.extension", [a_button()], HEADER)
    assert caught.value.reason is Reason.OUTPUT_UNWRITABLE


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"\xff", b'{"schema": 1}', b"[" * 100_000, b'{"schema": "x"}']
)
def test_a_manifest_that_is_none_is_refused_with_its_path(data):
    with pytest.raises(RevitronGrpcError, match=r"x\.json") as caught:
        decode(data, "x.json")
    assert caught.value.reason is Reason.INVALID_REQUEST


def test_a_manifest_of_a_later_release_says_so(target):
    write_extension(target, [a_button()], HEADER)
    path = target / MANIFEST
    path.write_text(path.read_text().replace('"schema": 1', '"schema": 9'))
    with pytest.raises(RevitronGrpcError, match="schema 9"):
        read_manifest(target)


def test_an_extension_of_others_has_no_manifest(tmp_path):
    assert read_manifest(tmp_path) is None
