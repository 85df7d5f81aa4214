"""The side port as a user without gRPC has it: the real curl against the real service."""

import base64
import json
import subprocess
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf import json_format

from revitron_grpc.v1 import button_service_pb2 as pb
from revitron_grpc.v1.button_service_pb2_grpc import ButtonServiceStub
from tests.e2e.conftest import Service

GENERATE = "revitron_grpc.v1.ButtonService/GenerateButtons"
VALIDATE = "revitron_grpc.v1.ButtonService/ValidateButtons"


class Answer:
    """What curl got: the status, the headers and the lines."""

    def __init__(self, service: Service, call: str, body: str | Path) -> None:
        data = f"@{body}" if isinstance(body, Path) else body
        done = subprocess.run(
            [
                *("curl", "-sS", "-N", "-D", "/dev/stderr", "-X", "POST"),
                *("-H", "X-Request-Id: curl", "--data-binary", data),
                f"http://127.0.0.1:{service.http_port}/{call}",
            ],
            capture_output=True,
            timeout=60,
            check=True,
        )
        head = done.stderr.decode("latin-1").split("\r\n\r\n")[-2].splitlines()
        self.status = int(head[0].split()[1])
        self.headers = {k.lower(): v for k, v in (line.split(": ", 1) for line in head[1:])}
        self.lines: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.splitlines()]

    @property
    def error(self) -> dict[str, Any]:
        return self.lines[-1]["error"]

    @property
    def reason(self) -> str:
        return next(d["reason"] for d in self.error["details"] if "reason" in d)


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def item(name: str, text: str) -> str:
    script = {"path": f"{name}.py", "content": encoded(text)}
    return json.dumps({"item": {"id": name, "script": script}})


def specs(lines: list[dict[str, Any]]) -> list[bytes]:
    responses = [json_format.ParseDict(line, pb.GenerateButtonsResponse()) for line in lines]
    return [s.SerializeToString(deterministic=True) for r in responses for s in r.buttons.buttons]


def test_generation_gives_the_same_specs_as_grpc_one_line_each(service: Service) -> None:
    answer = Answer(service, GENERATE, '{"count": 5, "seed": "7"}')
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/x-ndjson"
    assert answer.headers["x-request-id"] == "curl"
    assert answer.headers["transfer-encoding"] == "chunked"
    assert "started" in answer.lines[0]
    assert answer.lines[-1]["summary"]["accepted"] == 5
    assert all(line["resumeToken"] for line in answer.lines)
    with grpc.insecure_channel(service.target) as channel:
        request = pb.GenerateButtonsRequest(count=5, seed=7)
        wanted = [
            s.SerializeToString(deterministic=True)
            for r in ButtonServiceStub(channel).GenerateButtons(request)
            for s in r.buttons.buttons
        ]
    assert specs(answer.lines) == wanted


def test_a_generation_resumes_by_its_token(service: Service) -> None:
    whole = Answer(service, GENERATE, '{"count": 6}').lines
    delivered = [line for line in whole if "progress" not in line][:4]
    request = {"count": 6, "resumeToken": delivered[-1]["resumeToken"]}
    rest = Answer(service, GENERATE, json.dumps(request)).lines
    assert rest[0]["started"]["resumed"] is True
    assert specs(delivered) + specs(rest) == specs(whole)
    assert rest[-1]["summary"] == whole[-1]["summary"]


def test_an_empty_body_is_a_request_with_all_defaults_and_field_names_may_be_proto(
    service: Service,
) -> None:
    answer = Answer(service, GENERATE, '{"count": 2, "include_icons": false}')
    assert "iconPng" not in json.dumps(answer.lines)
    assert answer.lines[-1]["summary"]["accepted"] == 2


def test_validation_takes_lines_and_gives_lines(service: Service, tmp_path: Path) -> None:
    broken = "from pyrevit import DB\nDB.ElementId(1).IntegerValue\n"
    body = tmp_path / "items.ndjson"
    lines = [
        '{"options": {"revitVersions": [2025, 2026]}}',
        item("bad", broken),
        "",
        item("good", ""),
    ]
    body.write_text("\n".join(lines))
    answer = Answer(service, VALIDATE, body)
    found = {line["report"]["id"]: line["report"] for line in answer.lines if "report" in line}
    assert [f["rule"] for f in found["bad"]["findings"] if f["severity"] == "SEVERITY_ERROR"] == [
        "RVT002"
    ]
    assert "findings" not in found["good"]
    assert answer.lines[-1]["summary"]["items"] == 2


@pytest.mark.parametrize(
    ("call", "body", "status", "field"),
    [
        (GENERATE, '{"count": 1001}', 400, "count"),
        (GENERATE, '{"cuont": 1}', 400, "body"),
        (GENERATE, "not json", 400, "body"),
        (GENERATE, "[" * 100_000, 400, "body"),
        (GENERATE, "[" * 10_000, 400, "body"),
        (GENERATE, "\udcff", 400, "body"),
        (VALIDATE, "", 400, "options"),
        (VALIDATE, '{"options": {}}\n{"options": {}}', 400, "messages[1].options"),
        (VALIDATE, '{"options": {}}\nnot json', 400, "messages[1]"),
    ],
)
def test_an_error_before_the_first_line_is_a_status(
    service: Service, tmp_path: Path, call: str, body: str, status: int, field: str
) -> None:
    path = tmp_path / "body"
    path.write_bytes(body.encode("utf-8", "surrogateescape"))
    answer = Answer(service, call, path)
    assert answer.status == status
    assert answer.headers["content-type"] == "application/json"
    assert answer.reason == "INVALID_REQUEST"
    violations = next(
        d["fieldViolations"] for d in answer.error["details"] if "fieldViolations" in d
    )
    assert [v["field"] for v in violations] == [field]


def test_a_token_of_another_plan_is_refused_as_on_grpc(service: Service) -> None:
    first = Answer(service, GENERATE, '{"count": 1}').lines[0]
    other = json.dumps({"count": 2, "resumeToken": first["resumeToken"]})
    answer = Answer(service, GENERATE, other)
    assert (answer.status, answer.reason) == (400, "PLAN_CHANGED")


def test_an_error_after_the_first_line_is_the_last_line(service: Service, tmp_path: Path) -> None:
    body = tmp_path / "body"
    many = "\n".join(item(f"s{n}", "pass\n") for n in range(200))
    body.write_text(f'{{"options": {{}}}}\n{many}\n{item("s0", "pass")}\n')
    answer = Answer(service, VALIDATE, body)
    assert answer.status == 200
    assert "report" in answer.lines[0]
    assert answer.reason == "INVALID_REQUEST"
    assert "messages[201].item.id" in answer.error["message"]
    assert not [line for line in answer.lines if "summary" in line]


def test_a_line_that_is_too_long_is_told(service: Service, tmp_path: Path) -> None:
    body = tmp_path / "body"
    body.write_bytes(b'{"options": {"pyrevitVersion": "' + b"x" * 29_000_000)
    answer = Answer(service, VALIDATE, body)
    assert (answer.status, answer.reason) == (429, "MESSAGE_TOO_LARGE")


def test_other_paths_and_methods_are_no_calls(service: Service) -> None:
    url = f"http://127.0.0.1:{service.http_port}"
    for path, wanted in ((f"/{GENERATE}", "405"), ("/revitron_grpc.v1.X/Y", "404")):
        done = subprocess.run(
            ["curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", url + path],
            capture_output=True,
            text=True,
            timeout=30,
            check=True,
        )
        assert done.stdout == wanted
