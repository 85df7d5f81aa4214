import re
import subprocess
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor
from importlib import resources
from pathlib import Path

import pytest

from revitron_grpc.catalog import load
from revitron_grpc.catalog.build import read_facts
from revitron_grpc.catalog.file_format import decode, encode
from revitron_grpc.catalog.load import load_catalog, packaged_catalog
from revitron_grpc.catalog.model import Presence
from revitron_grpc.catalog.query import Catalog
from revitron_grpc.errors import Reason, RevitronGrpcError
from revitron_grpc.vocabulary import RevitVersion
from tests.catalog.conftest import FACTS

PACKAGED = resources.files("revitron_grpc.catalog") / "data"
MEGABYTE = 1024 * 1024


def test_the_packaged_data_is_small() -> None:
    assert sum(len(file.read_bytes()) for file in PACKAGED.iterdir()) < 8 * MEGABYTE


def test_the_packaged_file_is_what_the_code_writes() -> None:
    file = (PACKAGED / load.PACKAGED_NAME).read_bytes()
    data, digest = decode(file, "packaged")
    assert encode(data)[1] == digest
    # Where the facts stand beside the checkout, a stale file shows.
    assert not FACTS.is_dir() or encode(read_facts(FACTS))[1] == digest


def test_the_packaged_data_names_no_folder_of_a_machine() -> None:
    file = (PACKAGED / load.PACKAGED_NAME).read_bytes()
    content = zlib.decompress(file[file.index(b"\n", file.index(b"\n") + 1) + 1 :])
    assert not re.search(rb"(?:/home|/Users|/var)/|\b[A-Z]:\\\\", content)


# On Linux ru_maxrss starts with the peak of the process that forked: VmHWM does not.
MEASURED = """
import sys
from revitron_grpc.catalog.load import packaged_catalog

catalog = packaged_catalog()
catalog.search("ElementId.IntegerValue", 5)
catalog.some_subtype_has("Autodesk.Revit.DB.Element", "Flip", 2026)
if sys.platform == "win32":
    import ctypes
    counters = (ctypes.c_size_t * 10)()
    ctypes.windll.kernel32.GetCurrentProcess.restype = ctypes.c_void_p
    process = ctypes.c_void_p(ctypes.windll.kernel32.GetCurrentProcess())
    ctypes.windll.kernel32.K32GetProcessMemoryInfo(process, counters, ctypes.sizeof(counters))
    print(counters[1])  # PeakWorkingSetSize, after two DWORDs
elif sys.platform == "linux":
    with open("/proc/self/status") as status:
        print(next(1024 * int(line.split()[1]) for line in status if line.startswith("VmHWM")))
else:
    import resource
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_a_process_with_the_catalog_stays_under_150_megabytes() -> None:
    run = subprocess.run(
        [sys.executable, "-c", MEASURED], capture_output=True, text=True, check=True
    )
    assert 10 * MEGABYTE < int(run.stdout) < 150 * MEGABYTE


def test_the_packaged_catalog_is_loaded_once_for_all_threads(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loaded: list[Catalog] = []

    def counted(path: Path | None = None) -> Catalog:
        loaded.append(load_catalog(path))
        return loaded[-1]

    def ask(_: int) -> tuple[Catalog, Presence, Presence]:
        catalog = packaged_catalog()
        return (
            catalog,
            catalog.member_presence("Autodesk.Revit.DB.Wall", "Id", RevitVersion(2026)),
            catalog.some_subtype_has("Autodesk.Revit.DB.Element", "Flip", RevitVersion(2026)),
        )

    load._packaged.cache_clear()
    monkeypatch.setattr(load, "load_catalog", counted)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(64)))
    assert len(loaded) == 1
    assert {id(catalog) for catalog, _, _ in answers} == {id(loaded[0])}
    assert {answer[1:] for answer in answers} == {(Presence.PRESENT, Presence.PRESENT)}


def _damaged(file: bytes) -> dict[str, bytes]:
    return {
        "empty": b"",
        "something else": b"PK\x03\x04" + file,
        "another format": file.replace(b"catalog 1", b"catalog 9", 1),
        "cut": file[: len(file) // 2],
        "one byte wrong": file[:5000] + bytes([file[5000] ^ 1]) + file[5001:],
        "another digest": file.replace(file[24:34], b"0" * 10, 1),
        "no records": file[:24] + file[24:89] + zlib.compress(b"\xc0"),
    }


@pytest.mark.parametrize("damage", _damaged(b"x" * 9000))
def test_a_damaged_file_is_refused_with_a_way_out(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "catalog.bin"
    path.write_bytes(_damaged((PACKAGED / load.PACKAGED_NAME).read_bytes())[damage])
    with pytest.raises(RevitronGrpcError) as raised:
        load_catalog(path)
    assert raised.value.reason is Reason.CATALOG_UNREADABLE
    assert str(path) in raised.value.message
    assert "catalog build" in raised.value.message


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(RevitronGrpcError, match=r"nothing\.bin") as raised:
        load_catalog(tmp_path / "nothing.bin")
    assert raised.value.reason is Reason.CATALOG_UNREADABLE
