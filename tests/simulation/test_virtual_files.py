"""Files in memory behave as those of a user's Windows."""

import io
from pathlib import Path

import pytest

from revitron_grpc.simulation.virtual_files import MAX_BYTES, VirtualFiles


@pytest.fixture
def files() -> VirtualFiles:
    return VirtualFiles({r"C:\data\list.csv": "a;b\r\nc;d\r\n"})


def test_names_are_found_whatever_their_case_and_separators(files: VirtualFiles) -> None:
    assert files.is_file("c:/DATA/List.csv")
    assert files.is_folder(r"C:\data")
    assert files.is_folder("C:\\")
    assert not files.exists("D:\\")
    assert files.is_folder(r"C:\Users\user\AppData\Local\Temp")
    assert files.paths() == (r"C:\data\list.csv",)
    assert files.names_in(r"c:\data") == ["list.csv"]


def test_nothing_touches_the_disk(
    files: VirtualFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with files.open("note.txt", "w") as note:
        note.write("x")
    assert list(tmp_path.iterdir()) == []
    assert files.read(r"C:\Users\user\Documents\note.txt") == b"x"
    with pytest.raises(FileNotFoundError):
        files.open(str(Path(__file__)))


def test_text_gets_windows_line_ends_and_the_encoding_that_was_asked_for(
    files: VirtualFiles,
) -> None:
    with files.open(r"C:\data\new.csv", "w", encoding="utf-8-sig") as table:
        table.write("Tür\nb\n")
    assert files.read(r"C:\data\new.csv") == b"\xef\xbb\xbfT\xc3\xbcr\r\nb\r\n"
    with files.open(r"C:\data\new.csv", encoding="utf-8-sig") as table:
        assert table.read() == "Tür\nb\n"
    with files.open(r"C:\data\plain.txt", "w") as table:
        table.write("ü")
    assert files.read(r"C:\data\plain.txt") == b"\xfc"


def test_lines_are_appended_and_read_again(files: VirtualFiles) -> None:
    with files.open(r"C:\data\list.csv", "a", encoding="utf-8") as table:
        table.write("e;f\n")
    with files.open(r"C:\data\list.csv") as table:
        assert [line.strip() for line in table] == ["a;b", "c;d", "e;f"]
    with files.open(r"C:\data\list.csv", "rb") as raw:
        assert raw.read(3) == b"a;b"


def test_a_file_open_for_one_thing_refuses_the_other(files: VirtualFiles) -> None:
    with files.open(r"C:\data\list.csv") as table, pytest.raises(io.UnsupportedOperation):
        table.write("x")
    with files.open(r"C:\data\new.csv", "w") as table, pytest.raises(io.UnsupportedOperation):
        table.read()


def test_windows_refusals(files: VirtualFiles) -> None:
    files.protect(r"C:\data\list.csv")
    with pytest.raises(PermissionError):
        files.open(r"C:\data\list.csv", "w")
    with pytest.raises(PermissionError):
        files.remove(r"C:\Data\LIST.csv")
    with pytest.raises(FileNotFoundError):
        files.open(r"C:\nowhere\new.csv", "w")
    with pytest.raises(PermissionError):
        files.open(r"C:\data")
    with pytest.raises(FileExistsError):
        files.open(r"C:\data\list.csv", "x")
    with pytest.raises(OSError, match="not empty"):
        files.remove_folder(r"C:\data")
    with pytest.raises(ValueError, match="invalid mode"):
        files.open(r"C:\data\list.csv", "q")
    assert files.read_text(r"C:\data\list.csv") == "a;b\nc;d\n"


def test_a_run_cannot_fill_the_memory(files: VirtualFiles) -> None:
    with pytest.raises(OSError, match="No space left"):
        files.write(r"C:\data\large", bytes(MAX_BYTES))
    assert not files.is_file(r"C:\data\large")


def test_folders_are_walked_renamed_and_removed(files: VirtualFiles) -> None:
    files.write(r"C:\data\deep\er\x.txt", "x")
    assert [where for where, _, _ in files.walk(r"C:\data")] == [
        r"C:\data",
        r"C:\data\deep",
        r"C:\data\deep\er",
    ]
    files.rename(r"C:\data\list.csv", r"C:\data\old.csv")
    assert not files.exists(r"C:\data\list.csv")
    files.remove_tree(r"C:\data")
    assert not files.exists(r"C:\data")
    assert files.paths() == ()


def test_what_a_script_wrote_is_told_from_what_was_there(files: VirtualFiles) -> None:
    assert files.written() == {}
    with files.open(r"C:\data\new.csv", "w") as table:
        table.write("x")
    with files.open(r"C:\data\gone.csv", "w") as table:
        table.write("x")
    files.remove(r"C:\data\gone.csv")
    assert files.written() == {r"C:\data\new.csv": b"x"}
