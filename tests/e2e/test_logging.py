"""Debug mode and log files of a running service, on a disk that fails it."""

import json
import shutil
from pathlib import Path
from typing import Any

import grpc
import pytest

from revitron_grpc.v1.button_service_pb2 import GenerateButtonsRequest
from revitron_grpc.v1.button_service_pb2_grpc import ButtonServiceStub
from tests.e2e.conftest import run, start_service

MIB = 1024 * 1024


def refused(stub: ButtonServiceStub) -> None:
    """Make a call whose traceback only debug mode logs."""
    with pytest.raises(grpc.RpcError, match="count"):
        next(stub.GenerateButtons(GenerateButtonsRequest(count=0)))


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_debug_lines_rotate_and_a_disk_that_fails_loses_lines_and_no_call(tmp_path: Path) -> None:
    logs = tmp_path / "logs"
    logs.mkdir()
    main, errors = logs / "revitron-grpc-0.log", logs / "revitron-grpc-0-errors.log"
    # What another service of the same name left, nearly as large as a file may be.
    main.write_text('{"old": "%s"}\n' % ("x" * (MIB - 100)))
    service = start_service(
        tmp_path,
        REVITRON_FRAMEWORK_LOG_LEVEL="error",
        REVITRON_GRPC_FRAMEWORK__DEBUG_MODE="true",
        REVITRON_GRPC_LOGGING__DIRECTORY=str(logs),
        REVITRON_GRPC_LOGGING__MAX_FILE_MB="1",
        REVITRON_GRPC_LOGGING__STDERR="false",
        REVITRON_GRPC_SHUTDOWN__NOTICE_SECONDS="0",
    )
    stderr = tmp_path / "service.log"
    try:
        with grpc.insecure_channel(service.target) as channel:
            stub = ButtonServiceStub(channel)
            refused(stub)
            told = lines(main)
            assert [line["message"] for line in told] == ["serving", "call", "why it was refused"]
            assert "Traceback" in told[-1]["error"]["stack_trace"]
            assert "old" in lines(logs / "revitron-grpc-0.log.1")[0]
            assert not errors.exists() or errors.read_text() == ""
            assert stderr.read_text() == ""

            # The folder vanishes: calls are answered, lines are lost, and that is told once.
            shutil.rmtree(logs)
            refused(stub)
            refused(stub)
            assert run("generate", "--count", "1", "--server", service.target).code == 0
            warned = stderr.read_text()
            assert warned.count("\n") == 1
            assert f"warning: the log file {main} cannot be written" in warned

            # It is back, on a disk that is full; then there is room.
            logs.mkdir()
            main.symlink_to("/dev/full")
            refused(stub)
            assert stderr.read_text() == warned
            main.unlink()
            refused(stub)
            assert [line["message"] for line in lines(main)] == ["call", "why it was refused"]
            assert f"{main} is written again; " in stderr.read_text()
    finally:
        assert service.end() == 0
    assert lines(main)[-1]["message"] == "stopped"
