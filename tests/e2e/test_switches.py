"""The switches of the service, as whoever runs it has them."""

import json
import urllib.request
from pathlib import Path
from typing import Any

from tests.e2e.conftest import Service, run, start_service

NO_NOTICE = {"REVITRON_GRPC_SHUTDOWN__NOTICE_SECONDS": "0"}


def page(service: Service, path: str) -> Any:
    with urllib.request.urlopen(f"http://127.0.0.1:{service.http_port}{path}") as answer:
        return json.load(answer)


def test_emergency_switches_are_loud(tmp_path: Path) -> None:
    service = start_service(tmp_path, "--disable-validation", "--disable-research", **NO_NOTICE)
    try:
        out = tmp_path / "Office.extension"
        done = run("generate", "--count", "2", "--server", service.target, "--out", out)
        assert done.code == 0
        assert "NOT VALIDATED: every check was switched off" in done.out
        assert "warning: NOT VALIDATED" in done.err
        assert "NOT VALIDATED" in json.loads((out / "extension.json").read_text())["description"]
        asked = run("health", "--server", service.target, "--json")
        assert asked.code == 1
        states = json.loads(asked.out)
        assert [name for name, state in states.items() if state != "SERVING"] == [
            "research",
            "validation",
        ]
        assert page(service, "/ready") == {"ready": True}
        assert page(service, "/health")["status"] == "degraded"
    finally:
        assert service.end() == 0
    lines = [json.loads(line) for line in (tmp_path / "service.log").read_text().splitlines()]
    warned = [line["message"] for line in lines if line["log.level"] == "warning"]
    assert warned == ["switched off", "switched off", "run with checks switched off"]


def test_emergency_switches_of_a_service_in_the_process() -> None:
    done = run("generate", "--count", "1", "--disable-research", "--format", "jsonl")
    summary = json.loads(done.out.splitlines()[-1])["summary"]
    assert summary["proofStatement"].startswith("NOT FULLY VALIDATED: switched off were dup")
    done = run("generate", "--count", "1", "--disable-research", "--server", "127.0.0.1:1")
    assert done.code == 2
    assert "--disable-research is for a service in this process" in done.err


def test_strict_mode_has_no_emergency_switch(tmp_path: Path) -> None:
    path = tmp_path / "strict.yaml"
    path.write_text("framework: {strict_mode: true}\n")
    done = run("serve", "--config", path, "--disable-validation")
    assert done.code == 2
    assert "framework.strict_mode and framework.disable_validation contradict" in done.err
