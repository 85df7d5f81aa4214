"""A spool gives back what was added, in order, whatever happened to the process or the disk."""

import random
import resource
import shutil
import signal
import struct
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from revitron_grpc.errors import InvalidInputError, Reason
from revitron_grpc.storage.spool import Spool, SpoolFullError

MIB = 1024 * 1024
HEAD = 12


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "owed" / "replica-0.spool"


def spool(path: Path, max_bytes: int = MIB) -> Spool:
    return Spool(path, max_bytes=max_bytes)


def contents(path: Path) -> list[bytes]:
    reader = spool(path)
    try:
        return reader.oldest(len(reader))
    finally:
        reader.close()


def test_records_come_back_in_order_after_a_restart(path: Path) -> None:
    first = spool(path)
    for record in (b"one", b"", b"three" * 1000):
        first.append(record)
    first.drop()
    first.close()
    again = spool(path)
    assert (len(again), again.size_bytes) == (2, 2 * HEAD + 5000)
    assert again.oldest(9) == [b"", b"three" * 1000]
    again.drop(9)
    assert (len(again), again.size_bytes, path.stat().st_size) == (0, 0, 0)
    again.append(b"four")
    again.close()
    assert contents(path) == [b"four"]


def test_only_its_owner_may_read_it(path: Path) -> None:
    spool(path).close()
    assert path.stat().st_mode & 0o777 == 0o600


# What happens to a spool: a record is added, the oldest are removed, it is opened again, or the
# process dies in the middle of adding a record, at a byte of the file.
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("append"), st.binary(max_size=60)),
        st.tuples(st.just("drop"), st.integers(1, 4)),
        st.tuples(st.just("reopen"), st.none()),
        st.tuples(st.just("die"), st.tuples(st.binary(max_size=60), st.floats(0, 1))),
    ),
    max_size=30,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_any_history_leaves_what_was_added_and_not_removed(path: Path, steps: list) -> None:
    shutil.rmtree(path.parent, ignore_errors=True)
    owed: list[bytes] = []
    tried = spool(path, max_bytes=200)
    for step, value in steps:
        match step:
            case "append":
                try:
                    tried.append(value)
                except SpoolFullError:
                    assert sum(HEAD + len(record) for record in (*owed, value)) > 200
                else:
                    owed.append(value)
            case "drop":
                tried.drop(value)
                del owed[:value]
            case "reopen":
                tried.close()
                tried = spool(path, max_bytes=200)
            case "die":
                record, share = value
                whole = path.stat().st_size
                try:
                    tried.append(record)
                except SpoolFullError:
                    continue
                tried.close()
                grown = path.stat().st_size - min(whole, path.stat().st_size)
                with path.open("r+b") as file:
                    file.truncate(path.stat().st_size - max(1, int(share * grown)))
                tried = spool(path, max_bytes=200)
        assert tried.oldest(99) == owed
        assert path.stat().st_size <= 200
    tried.close()


APPENDER = """
import sys
from pathlib import Path
from revitron_grpc.storage.spool import Spool
spool = Spool(Path(sys.argv[1]), max_bytes=2**26)
number = int(sys.argv[2])
while True:
    spool.append(b"%d:" % number + b"x" * (number * 7919 % 5000))
    print(number, flush=True)
    number += 1
"""


def test_kill_9_loses_no_record_whose_append_had_returned(path: Path) -> None:
    chance = random.Random(6)  # noqa: S311 - the same moments each time
    next_number = expected = 0
    for _ in range(6):
        process = subprocess.Popen(
            [sys.executable, "-c", APPENDER, str(path), str(next_number)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        told = -1
        for _ in range(chance.randint(1, 40)):
            told = int(process.stdout.readline())
        process.send_signal(signal.SIGKILL)
        rest = process.stdout.read().split("\n")
        process.wait()
        process.stdout.close()
        told = max([told, *(int(line) for line in rest[:-1] if line)])
        reader = spool(path, 2**26)
        numbers = [int(record.split(b":")[0]) for record in reader.oldest(len(reader))]
        # One more than was told may be there: its append was done, but not yet told.
        assert numbers == list(range(expected, numbers[-1] + 1))
        assert told <= numbers[-1] <= told + 1
        next_number = numbers[-1] + 1
        if chance.random() < 0.5:
            reader.drop(len(reader))
            expected = next_number
        reader.close()


def test_half_a_frame_at_the_end_is_cut_off_and_told(path: Path) -> None:
    first = spool(path)
    first.append(b"whole")
    first.append(b"torn by a loss of power")
    first.close()
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size - 3)
    again = spool(path)
    assert again.oldest(9) == [b"whole"]
    assert again.damaged_bytes == HEAD + len(b"torn by a loss of power") - 3
    assert path.stat().st_size == HEAD + len(b"whole")
    again.close()


@pytest.mark.parametrize("at", [0, 5, 9, HEAD + 1], ids=["magic", "length", "checksum", "record"])
def test_a_damaged_record_costs_no_other(path: Path, at: int) -> None:
    first = spool(path)
    for record in (b"first", b"second", b"third"):
        first.append(record)
    first.close()
    data = bytearray(path.read_bytes())
    data[HEAD + len(b"first") + at] ^= 0x40
    path.write_bytes(data)
    again = spool(path)
    assert again.oldest(9) == [b"first", b"third"]
    assert again.damaged_bytes == HEAD + len(b"second")
    again.close()
    assert contents(path) == [b"first", b"third"]


def test_a_length_beyond_the_file_is_no_record(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"\xff\xf5RO" + struct.pack(">II", 2**32 - 1, 0) + b"x" * 50)
    assert contents(path) == []


def test_a_record_beyond_the_bound_is_refused_and_room_is_used_again(path: Path) -> None:
    bounded = spool(path, max_bytes=100)
    for record in (b"a" * 30, b"b" * 30):
        bounded.append(record)
    with pytest.raises(SpoolFullError, match="holds 2 records in 84 bytes, and 30 more"):
        bounded.append(b"c" * 30)
    bounded.drop()
    bounded.append(b"c" * 30)
    assert path.stat().st_size == 84
    bounded.close()
    assert contents(path) == [b"b" * 30, b"c" * 30]


@contextmanager
def disk_full(size: int) -> Iterator[None]:
    """No file may grow beyond this size; what still fits is written, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_leaves_nothing_half_written(path: Path) -> None:
    full = spool(path)
    full.append(b"before")
    with disk_full(HEAD + 6 + 20):
        with pytest.raises(SpoolFullError, match="cannot be written: File too large"):
            full.append(b"x" * 40)
        assert path.stat().st_size == HEAD + 6
        full.append(b"fits")
    full.append(b"after")
    full.close()
    assert contents(path) == [b"before", b"fits", b"after"]


def test_a_sync_that_fails_is_no_promise(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(_: int) -> None:
        raise OSError(5, "Input/output error")

    broken = spool(path)
    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", failing)
        with pytest.raises(SpoolFullError, match="Input/output error"):
            broken.append(b"lost")
    broken.append(b"kept")
    broken.close()
    assert contents(path) == [b"kept"]


def test_a_spool_that_was_deleted_is_written_anew(path: Path) -> None:
    deleted = spool(path)
    deleted.append(b"first")
    path.unlink()
    deleted.append(b"second")
    assert deleted.oldest(9) == [b"first", b"second"]
    shutil.rmtree(path.parent)
    with pytest.raises(SpoolFullError, match="No such file"):
        deleted.append(b"third")
    assert deleted.oldest(9) == [b"first", b"second"]
    deleted.close()


def test_two_processes_do_not_share_one(path: Path) -> None:
    held = spool(path)
    with pytest.raises(InvalidInputError, match=r"another process has .*server\.replica") as caught:
        spool(path)
    assert caught.value.reason is Reason.INVALID_CONFIGURATION
    held.close()
    spool(path).close()


def test_whichever_thread_closes_it_another_may_have_it(path: Path) -> None:
    with ThreadPoolExecutor(1) as threads:
        held = threads.submit(spool, path).result()
        held.close()
        spool(path).close()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InvalidInputError, match=r"runs\.spool_directory: .*cannot be written"):
        spool(tmp_path / "file" / "replica-0.spool")
