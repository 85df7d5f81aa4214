"""Log lines of a real service to which much happens in a short time."""

import json
import threading
import time
from pathlib import Path
from typing import Any

from tests.deploy.artefact import FailedCheck
from tests.e2e.conftest import Done, run, start_service


def real_lines(folder: Path) -> list[dict[str, Any]]:
    """Return the lines of a service with keys, an audit, an emergency switch and every level.

    Raises:
        FailedCheck: the service, or a command that has it do something, failed.
    """
    logs = folder / "logs"
    settings = folder / "settings.yaml"
    settings.write_text(
        json.dumps(
            {
                "keys": {"required": True, "secret": "a secret of at least 32 characters"},
                "runs": {"url": f"sqlite:///{folder}/runs.sqlite"},
                "framework": {"debug_mode": True, "disable_research": True},
                "performance": {"performance_monitoring": True, "monitoring_interval_seconds": 1},
                "logging": {"directory": str(logs), "stderr": False},
                "audit": {"enabled": True},
                "shutdown": {"notice_seconds": 0, "drain_seconds": 5},
            }
        )
    )
    key = folder / "key"
    key.write_text(
        _done(run("keys", "create", "--owner", "anna", "--config", settings), 0).out.split()[0]
    )
    strange = folder / "strange"
    strange.write_text("rvt_nobodyknowsit_0123456789012345678901234567890123456789")
    service = start_service(folder, "--config", settings)
    try:
        words = ("generate", "--server", service.target, "--count", "12")
        _done(run(*words, "--api-key-file", key), 0, 1)
        # Rejects some, by a criterion that the emergency switch leaves alone.
        strict = ("--threshold", "resource_requirements=0.99")
        _done(run(*words, "--api-key-file", key, *strict), 0, 1)
        _done(run(*words, "--api-key-file", strange), 3)
        _wait_for(logs / "revitron-grpc-0.log", '"performance"')
    finally:
        code = service.end()
    if code != 0:
        raise FailedCheck(f"the service ended with exit code {code}")
    return [
        json.loads(line)
        for path in sorted(logs.glob("*.log"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]


def _done(done: Done, *codes: int) -> Done:
    if done.code not in codes:
        raise FailedCheck(f"exit code {done.code}\n{done.out}\n{done.err}")
    return done


def _wait_for(path: Path, text: str) -> None:
    deadline, pause = time.monotonic() + 20, threading.Event()
    while text not in path.read_text(encoding="utf-8"):
        if time.monotonic() > deadline:
            raise FailedCheck(f"no {text} in {path} within 20 s")
        pause.wait(0.1)
