"""*Suggest tools* over the side port: lines of JSON, and every way in which they break off."""

import hashlib
import json
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from revitron_grpc.specs_digest import SpecsDigest
from tests.liveness import LIVENESS
from tests.pyrevit_client import fake_net
from tests.pyrevit_client.conftest import click
from tests.pyrevit_client.fake_pyrevit import User

SPECS = 6
PATH = "/revitron_grpc.v1.ButtonService/GenerateButtons"


def spec(ordinal: int) -> dict[str, Any]:
    digest = hashlib.sha256(str(ordinal).encode()).hexdigest()
    return {
        "ordinal": ordinal,
        "id": digest[:16],
        "digest": digest,
        "name": f"Tool {ordinal}",
        "title": f"Tool {ordinal}",
        "problem": "none",
        "code": {"script": "pass\n", "bundleYaml": "title: Tool\n"},
    }


def stream(delivered: int, run: str = "run-1") -> list[bytes]:
    """The lines after so many suggestions; a token is the ordinal delivered."""
    digest = SpecsDigest()
    for n in range(1, SPECS + 1):
        digest.add(n, spec(n)["id"], spec(n)["digest"])
    events: list[dict[str, Any]] = [
        {"resumeToken": str(delivered), "started": {"runId": run, "planDigest": "a"}}
    ]
    for n in range(delivered + 1, SPECS + 1):
        events.append({"resumeToken": str(n - 1), "progress": {"wanted": SPECS}})
        events.append({"resumeToken": str(n), "buttons": {"buttons": [spec(n)]}})
    summary = {"accepted": SPECS, "specsDigest": digest.hexdigest()}
    events.append({"resumeToken": str(SPECS), "summary": summary})
    return [json.dumps(event).encode() + b"\n" for event in events]


def status(code: int, message: str, *details: dict[str, str]) -> bytes:
    error = {"code": code, "message": message, "details": list(details)}
    return json.dumps({"error": error}).encode() + b"\n"


OWN = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "R", "domain": "d"}
SOON = {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "0.010s"}
LATE = {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "3600s"}


class SidePort:
    """An HTTP server that answers each call by the next act, then whole."""

    def __init__(self) -> None:
        self.acts: list[Callable[[BaseHTTPRequestHandler, int], None]] = []
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.released = threading.Event()
        port = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                assert self.path == PATH
                assert self.headers["Content-Type"] == "application/json"
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                port.requests.append(body)
                port.keys.append(self.headers.get("Authorization", ""))
                delivered = int(body["resumeToken"] or "0")
                number = len(port.requests) - 1
                act = port.acts[number] if number < len(port.acts) else whole
                act(self, delivered)
                self.close_connection = True

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()

    def stop(self) -> None:
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(LIVENESS)


def head(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "application/x-ndjson")
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()


def chunk(handler: BaseHTTPRequestHandler, data: bytes) -> None:
    handler.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
    handler.wfile.flush()


def end(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"0\r\n\r\n")


def whole(handler: BaseHTTPRequestHandler, delivered: int) -> None:
    head(handler)
    for line in stream(delivered):
        chunk(handler, line)
    end(handler)


def without_summary(handler: BaseHTTPRequestHandler, delivered: int) -> None:
    head(handler)
    for line in stream(delivered)[:-1]:
        chunk(handler, line)
    end(handler)


def cut_between_lines(handler: BaseHTTPRequestHandler, delivered: int) -> None:
    head(handler)
    for line in stream(delivered)[:4]:
        chunk(handler, line)


def cut_within_a_line(handler: BaseHTTPRequestHandler, delivered: int) -> None:
    cut_between_lines(handler, delivered)
    chunk(handler, stream(delivered)[4][:20])


def cut_before_the_head(handler: BaseHTTPRequestHandler, delivered: int) -> None:
    handler.wfile.close()


def error_in_the_stream(code: int, *details: dict[str, str]) -> Callable[..., None]:
    def act(handler: BaseHTTPRequestHandler, delivered: int) -> None:
        cut_between_lines(handler, delivered)
        chunk(handler, status(code, "as it was told to", *details))
        end(handler)

    return act


def refusal(http: int, body: bytes) -> Callable[..., None]:
    def act(handler: BaseHTTPRequestHandler, delivered: int) -> None:
        handler.send_response(http)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return act


@pytest.fixture
def port(user: User, monkeypatch: pytest.MonkeyPatch) -> Iterator[SidePort]:
    found = SidePort()
    user.config.values.update(way="side port", url=found.url)
    user.count = str(SPECS)
    # Imported here for its clock, which no test shall wait for.
    __import__("revitron_suggest.run")
    monkeypatch.setattr(sys.modules["revitron_suggest.run"], "_FIRST_DELAY", 0.0)
    yield found
    found.stop()


def offered(user: User) -> list[str]:
    return [label.split(":")[0] for label in user.offered]


EVERY = [f"Tool {n}" for n in range(1, SPECS + 1)]


@pytest.mark.parametrize(
    "act",
    [
        without_summary,
        cut_between_lines,
        cut_within_a_line,
        cut_before_the_head,
        error_in_the_stream(14),
        error_in_the_stream(2),
        error_in_the_stream(13),
        refusal(503, status(14, "draining", OWN, SOON)),
        refusal(429, status(8, "busy", OWN, SOON)),
        refusal(502, b"<html>a proxy's own words</html>"),
    ],
)
def test_every_break_is_mended(user: User, port: SidePort, act: Callable[..., None]) -> None:
    port.acts = [act, act]
    click()
    assert offered(user) == EVERY
    assert user.told == []
    assert len(port.requests) == 3
    tokens = [int(request["resumeToken"] or "0") for request in port.requests]
    assert tokens == sorted(tokens)
    assert user.threads == {"MainThread"}


def test_what_is_sent_again_is_dropped(user: User, port: SidePort) -> None:
    def again(handler: BaseHTTPRequestHandler, delivered: int) -> None:
        assert delivered == 1
        whole(handler, 0)

    port.acts = [cut_between_lines, again]
    click()
    assert offered(user) == EVERY
    assert user.told == []


def test_the_request_says_what_was_asked(user: User, port: SidePort) -> None:
    user.disciplines = ["fire safety", "mep"]
    click()
    assert port.requests[0] == {
        "count": SPECS,
        "revitVersions": [2025],
        "engine": "ENGINE_IRONPYTHON_34",
        "brief": "rooms",
        "disciplines": ["DISCIPLINE_FIRE_SAFETY", "DISCIPLINE_MEP"],
        "existingTools": [],
        "batchLimit": 1,
        "resumeToken": "",
    }
    click()
    assert port.requests[1]["existingTools"] == [{"title": name} for name in EVERY]


@pytest.mark.parametrize(
    "act",
    [
        error_in_the_stream(13, OWN),
        error_in_the_stream(9, OWN),
        refusal(400, status(3, "as it was told to", OWN)),
        refusal(429, status(8, "as it was told to", OWN, LATE)),
    ],
)
def test_what_another_try_would_not_mend_is_told_at_once(
    user: User, port: SidePort, act: Callable[..., None]
) -> None:
    port.acts = [act]
    user.pick = lambda choices: None
    click()
    assert user.told == ["as it was told to"]
    assert len(port.requests) == 1


def test_an_address_of_something_else_is_told_at_once(user: User, port: SidePort) -> None:
    port.acts = [refusal(404, b"not here")]
    click()
    assert "not the side port" in user.told[0]
    assert len(port.requests) == 1


def test_another_run_in_place_of_the_broken_one_is_noticed(user: User, port: SidePort) -> None:
    def other(handler: BaseHTTPRequestHandler, delivered: int) -> None:
        head(handler)
        for line in stream(delivered, "run-2"):
            chunk(handler, line)
        end(handler)

    port.acts = [cut_between_lines, other]
    user.pick = lambda choices: None
    click()
    assert "another run" in user.told[0]
    # What had arrived is still offered.
    assert offered(user) == EVERY[:1]


def test_a_silent_stream_is_left_and_resumed(
    user: User, port: SidePort, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["revitron_suggest.run"], "STALL_SECONDS", 0.3)

    def silent(handler: BaseHTTPRequestHandler, delivered: int) -> None:
        cut_between_lines(handler, delivered)
        port.released.wait(60)

    port.acts = [silent]
    click()
    assert offered(user) == EVERY
    assert any("fell silent" in title for title in user.titles)


def test_a_service_that_never_goes_on_is_given_up(user: User, port: SidePort) -> None:
    def stuck(handler: BaseHTTPRequestHandler, delivered: int) -> None:
        head(handler)
        for line in stream(delivered)[:2]:
            chunk(handler, line)

    port.acts = [cut_between_lines] + [stuck] * 40
    user.pick = lambda choices: None
    click()
    assert "broke off after 1 suggestions" in user.told[0]
    assert len(port.requests) == 11


def test_a_cancel_leaves_a_silent_service(user: User, port: SidePort) -> None:
    def silent(handler: BaseHTTPRequestHandler, delivered: int) -> None:
        cut_between_lines(handler, delivered)
        port.released.wait(60)

    port.acts = [silent]
    user.on_progress = lambda arrived, title: arrived < 1
    user.pick = lambda choices: None
    click()
    assert offered(user) == EVERY[:1]
    assert user.told == []
    assert not [
        t for t in threading.enumerate() if t.name.startswith("Thread-") and "_read" in t.name
    ]


def test_a_key_goes_along_to_this_machine(user: User, port: SidePort) -> None:
    user.config.values["key"] = "rgk_secret"
    click()
    assert offered(user) == EVERY
    assert port.keys == ["Bearer rgk_secret"]


def test_a_key_leaves_this_machine_over_https_alone(user: User, port: SidePort) -> None:
    user.config.values.update({"key": "rgk_secret", "url": "http://server.office.example:8080"})
    click()
    assert "The API key is not sent to http://server.office.example" in user.told[0]
    assert "rgk_secret" not in user.told[0]
    assert not fake_net.requests
