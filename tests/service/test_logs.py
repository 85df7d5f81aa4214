"""Log lines: levels, files that rotate, a disk that is full, and no secrets."""

import json
import logging
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import structlog

from revitron_grpc.errors import InvalidInputError
from revitron_grpc.service.telemetry.ecs import _plain
from revitron_grpc.service.telemetry.log_files import LogFiles
from revitron_grpc.service.telemetry.logged_events import LOGGED
from revitron_grpc.service.telemetry.logs import configure_logging
from revitron_grpc.settings import LoggingSettings
from tests.service.ecs_fields import check


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before = structlog.get_config()
    yield
    configure_logging(LoggingSettings(level="error"))
    structlog.configure(**before)


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_the_main_log_has_all_lines_and_the_other_one_the_errors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logging(LoggingSettings(directory=tmp_path / "logs", stderr=False), 3, name="3")
    log = structlog.get_logger("revitron_grpc.test")
    log.debug("too much")
    log.info("hello", size="Größe")
    log.error("broken")
    logging.getLogger("asyncio").warning("from a library")
    logging.getLogger("aiohttp").info("not ours to tell")
    main = lines(tmp_path / "logs" / "revitron-grpc-3.log")
    assert [line["message"] for line in main] == ["hello", "broken", "from a library"]
    assert main[0]["revitron_grpc"]["size"] == "Größe"
    assert {line["service"]["node"]["name"] for line in main} == {"3"}
    assert all(str(line["@timestamp"]).endswith("Z") for line in main)
    errors = lines(tmp_path / "logs" / "revitron-grpc-3-errors.log")
    assert [line["message"] for line in errors] == ["broken"]
    assert capsys.readouterr().err == ""


def test_files_rotate_and_the_oldest_goes(tmp_path: Path) -> None:
    configure_logging(LoggingSettings(directory=tmp_path, stderr=False, max_file_mb=1, max_files=2))
    log = structlog.get_logger("revitron_grpc.test")
    for number in range(45):
        log.info("long", number=number, text="x" * 100_000)
    names = sorted(path.name for path in tmp_path.glob("revitron-grpc-0.log*"))
    assert names == ["revitron-grpc-0.log", "revitron-grpc-0.log.1", "revitron-grpc-0.log.2"]
    assert all((tmp_path / name).stat().st_size <= 1024 * 1024 for name in names)
    kept = [
        line["revitron_grpc"]["number"]
        for name in reversed(names)
        for line in lines(tmp_path / name)
    ]
    assert kept == list(range(45 - len(kept), 45))


def test_a_full_disk_loses_lines_and_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "revitron-grpc-0.log"
    path.symlink_to("/dev/full")
    configure_logging(LoggingSettings(directory=tmp_path, stderr=False))
    log = structlog.get_logger("revitron_grpc.test")
    log.info("one")
    log.error("two")
    told = capsys.readouterr().err
    assert told.count("warning: the log file") == 1
    assert "No space left on device" in told
    # The other file goes on, and this one does again when there is room.
    assert [line["message"] for line in lines(tmp_path / "revitron-grpc-0-errors.log")] == ["two"]
    path.unlink()
    log.info("three")
    assert [line["message"] for line in lines(path)] == ["three"]
    assert "is written again; 2 lines were lost" in capsys.readouterr().err


def test_two_processes_never_share_a_file(tmp_path: Path) -> None:
    settings = LoggingSettings(directory=tmp_path)
    files = LogFiles(settings, "0")
    try:
        with pytest.raises(InvalidInputError, match=r"another process writes revitron-grpc-0\.log"):
            LogFiles(settings, "0")
        LogFiles(settings, "1").close()
    finally:
        # Another thread than the one that opened them may end them.
        with ThreadPoolExecutor(1) as threads:
            threads.submit(files.close).result()
    LogFiles(settings, "0").close()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InvalidInputError, match=r"logging\.directory"):
        LogFiles(LoggingSettings(directory=tmp_path / "file" / "logs"), "0")


@pytest.mark.parametrize("form", ["json", "console"])
def test_a_traceback_shows_no_values(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(LoggingSettings.model_validate({"format": form}), debug=True)
    log = structlog.get_logger("revitron_grpc.test")

    def fail(password: str) -> None:
        raise ValueError(f"a password of {len(password)} letters is too short")

    hush = "hush" + str(os.getpid())
    try:
        fail(hush)
    except ValueError as error:
        log.debug("refused", exc_info=error)
    told = capsys.readouterr().err
    assert "ValueError: a password of" in told
    assert "in fail" in told
    assert hush not in told


def test_debug_wins_over_the_level(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(LoggingSettings(level="error"), debug=True)
    structlog.get_logger("revitron_grpc.test").debug("a detail")
    assert "a detail" in capsys.readouterr().err


class Unshowable:
    def __repr__(self) -> str:
        raise ValueError("not even that")


def test_no_line_is_lost_or_broken_by_what_is_in_it(tmp_path: Path) -> None:
    configure_logging(LoggingSettings(directory=tmp_path, stderr=False))
    log = structlog.get_logger("revitron_grpc.test")
    log.info("odd", number=float("nan"), half="\udc80", where={"a.b": tmp_path})
    log.info("ours", level_of_detail=1, **{"user.name": "anna"}, error="a text")
    try:
        raise OSError("no room")
    except OSError:
        log.exception("failed", error="is told by the exception")
        logging.getLogger("aiohttp").exception("a library failed")
    log.error("Odd name: it's 50 %")
    main = lines(tmp_path / "revitron-grpc-0.log")
    fields = [check(line) for line in main]
    assert main[0]["revitron_grpc"]["half"] == "\udc80"
    # Not through a log, where pytest's own handler would show it.
    assert _plain(Unshowable()) == "<Unshowable that cannot be shown: ValueError>"
    assert main[0]["revitron_grpc"]["where"] == {"a_b": str(tmp_path)}
    assert (fields[1]["user.name"], fields[1]["error.message"]) == ("anna", "a text")
    for line in fields[2:4]:
        assert (line["error.type"], line["error.message"]) == ("OSError", "no room")
        assert line["error.stack_trace"].startswith("Traceback")
    assert "event.action" not in fields[3]
    assert fields[4]["event.action"] == "odd-name-it-s-50"
    assert len(main) == 5


def test_warnings_and_errors_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(LoggingSettings())
    before = LOGGED.counts()
    log = structlog.get_logger("revitron_grpc.test")
    log.info("told", of="nothing")
    log.warning("test warns")
    log.error("test fails")
    log.error("test fails")
    logging.getLogger("aiohttp").warning("who knows %s", "what")
    new = {k: n - before.get(k, 0) for k, n in LOGGED.counts().items() if n > before.get(k, 0)}
    assert new == {
        ("test-warns", "warning"): 1,
        ("test-fails", "error"): 2,
        ("library", "warning"): 1,
    }
    assert capsys.readouterr().err.count("\n") == 5
