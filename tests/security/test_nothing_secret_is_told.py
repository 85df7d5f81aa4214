"""Keys from the command line to the last log line: what they open, and that nothing shows them."""

import json
import secrets
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grpc
import psutil
import pytest
import yaml
from typer.testing import CliRunner

from revitron_grpc.access.api_key import ApiKey, new_key, parsed_key
from revitron_grpc.cli.commands import app
from revitron_grpc.service.http.ndjson import GENERATE
from revitron_grpc.v1 import button_service_pb2 as pb
from revitron_grpc.v1.button_service_pb2_grpc import ButtonServiceStub
from tests.e2e.conftest import Done, Service, run, start_service
from tests.liveness import wait_until

CONTENT = "what-somebody-wrote-into-a-brief"


def keys(*words: str, config: Path) -> Done:
    """Run `revitron-grpc keys` in this process, which takes a tenth of the time."""
    done = CliRunner().invoke(app, ["keys", *words, "--config", str(config)])
    return Done(done.exit_code, done.stdout, done.stderr)


@dataclass(frozen=True, slots=True)
class Office:
    """A service with keys, as somebody runs it who wants to see everything in its logs."""

    service: Service
    folder: Path
    config: Path
    keys_secret: str
    resume_secret: str

    def keys(self, *words: str) -> Done:
        """Run `revitron-grpc keys`."""
        return keys(*words, config=self.config)

    def create(self, *words: str) -> ApiKey:
        """Make a key: it is alone on standard output, and nowhere else."""
        done = self.keys("create", *words)
        key = parsed_key(done.out.strip())
        assert done.code == 0, done.err
        assert key is not None
        assert key.secret not in done.err
        return key

    def generate(self, key: ApiKey | None, resume_token: str = "") -> tuple[str, str]:
        """Generate on the gRPC port; returns the status and the last token."""
        request = pb.GenerateButtonsRequest(count=2, brief=CONTENT, resume_token=resume_token)
        token = ""
        with grpc.insecure_channel(self.service.target) as channel:
            try:
                for response in ButtonServiceStub(channel).GenerateButtons(
                    request,
                    metadata=[("authorization", f"Bearer {key.reveal()}")] if key else [],
                    timeout=60,
                ):
                    token = response.resume_token
            except grpc.RpcError as error:
                broken: Any = error
                return broken.code().name, token
        return "OK", token

    def post(self, key: ApiKey, query: str = "") -> int:
        """Generate on the side port; returns the HTTP status."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.service.http_port}{GENERATE}{query}",
            data=json.dumps({"count": 2, "brief": CONTENT}).encode(),
            headers={"Authorization": f"Bearer {key.reveal()}"},
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                answer.read()
                return answer.status
        except urllib.error.HTTPError as error:
            error.read()
            return error.code

    def look(self, path: str) -> str:
        """What the side port shows to anybody."""
        with urllib.request.urlopen(
            f"http://127.0.0.1:{self.service.http_port}{path}", timeout=60
        ) as answer:
            return answer.read().decode()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    keys_secret, resume_secret = secrets.token_urlsafe(48), secrets.token_urlsafe(24)
    (tmp_path / "keys-secret").write_text(keys_secret + "\n")
    config = tmp_path / "settings.yaml"
    config.write_text(
        yaml.safe_dump(
            {
                "server": {"channelz": True},
                "keys": {
                    "required": True,
                    "secret_file": str(tmp_path / "keys-secret"),
                    "refresh_seconds": 0.1,
                },
                "runs": {"url": f"sqlite:///{tmp_path}/runs.sqlite3"},
                "audit": {"enabled": True},
                "logging": {"directory": str(tmp_path / "logs"), "format": "json"},
                "framework": {"debug_mode": True},
                "shutdown": {"notice_seconds": 0},
            }
        )
    )
    service = start_service(
        tmp_path, "--config", config, REVITRON_GRPC_RESUME__SECRET=resume_secret
    )
    yield Office(service, tmp_path, config, keys_secret, resume_secret)
    if service.process.poll() is None:
        service.end()


def test_keys_open_what_they_should_and_no_log_line_shows_one(office: Office) -> None:
    created = run(
        *("keys", "create", "--owner", "anna", "--note", "her [bold]workstation[/]"),
        *("--config", office.config),
    )
    anna = parsed_key(created.out.strip())
    assert anna is not None
    assert anna.secret not in created.err
    bert = office.create("--owner", "bert", "--permission", "read")
    chief = office.create("--owner", "chief", "--permission", "admin", "--expires", "never")
    wait_until(lambda: office.generate(anna)[0] == "OK")

    code, token = office.generate(anna)
    assert code == "OK"
    assert office.generate(None)[0] == "UNAUTHENTICATED"
    assert office.generate(new_key())[0] == "UNAUTHENTICATED"
    forged = ApiKey(anna.key_id, new_key().secret)
    assert office.generate(forged)[0] == "UNAUTHENTICATED"
    assert office.generate(bert)[0] == "PERMISSION_DENIED"
    assert office.post(anna) == 200
    assert office.post(forged) == 401
    assert office.post(chief) == 403
    assert office.post(anna, f"?key={anna.reveal()}") == 400
    # A rotated key goes on with what the old one began, which works for the overlap.
    rotated = office.keys("rotate", anna.key_id, "--overlap", "1h", "--format", "json")
    told = json.loads(rotated.out)
    second = parsed_key(told.pop("key"))
    assert second is not None
    assert (told["owner"], told["note"]) == ("anna", "her [bold]workstation[/]")
    wait_until(lambda: office.generate(second, token)[0] == "OK")
    assert office.generate(anna, token)[0] == "OK"
    dora = office.create("--owner", "dora")
    wait_until(lambda: office.generate(dora)[0] == "OK")
    assert office.generate(dora, token)[0] == "INVALID_ARGUMENT"

    revoked = office.keys("revoke", anna.key_id)
    assert (revoked.code, revoked.out) == (0, "")
    wait_until(lambda: office.generate(anna)[0] == "UNAUTHENTICATED")
    wait_until(lambda: office.post(anna) == 401)
    assert office.keys("rotate", anna.key_id).code == 2
    # Somebody gives the key itself instead of its id.
    mistaken = office.keys("revoke", second.reveal())
    assert mistaken.code == 2

    as_json, as_text = office.keys("list", "--format", "json"), office.keys("list")
    states = {row["id"]: row["state"] for row in json.loads(as_json.out)}
    assert states == {
        anna.key_id: "revoked",
        **dict.fromkeys((bert.key_id, chief.key_id, second.key_id, dora.key_id), "active"),
    }
    assert "her [bold]workstation[/]" in as_text.out

    shown = {path: office.look(path) for path in ("/health", "/ready", "/metrics")}
    shown["processes"] = "\n".join(" ".join(_command_line(p)) for p in psutil.process_iter())
    assert office.service.end() == 0
    shown["standard output and error"] = (office.folder / "service.log").read_text()
    for path in (office.folder / "logs").iterdir():
        shown[path.name] = path.read_text(encoding="utf-8")
    for name, done in {"revoke": revoked, "mistaken": mistaken, "rotate": rotated}.items():
        shown[f"standard error of {name}"] = done.err
    for name, done in {"list": as_text, "list as JSON": as_json}.items():
        shown[name] = done.out + done.err
    for path in office.folder.glob("runs.sqlite3*"):
        shown[path.name] = path.read_bytes().decode("latin-1")
    assert "why it was refused" in shown["revitron-grpc-0.log"]  # it was a log of all there is
    hidden = {office.keys_secret, office.resume_secret, token, forged.secret}
    hidden |= {key.secret for key in (anna, bert, chief, second, dora)}
    for where, text in shown.items():
        for secret in hidden:
            assert secret not in text, where
        if not where.startswith("runs.sqlite3"):  # where a run keeps its brief
            assert CONTENT not in text, where

    _check_audit(shown, anna, bert, chief)


def _check_audit(shown: dict[str, str], anna: ApiKey, bert: ApiKey, chief: ApiKey) -> None:
    calls = [json.loads(line) for line in shown["revitron-grpc-0-audit.log"].splitlines()]
    ours = "revitron_grpc"
    codes = Counter(
        (c[ours].get("key_id"), c[ours]["transport"], c[ours]["code"], c[ours].get("key"))
        for c in calls
    )
    assert codes[bert.key_id, "grpc", "PERMISSION_DENIED", None] == 1
    assert codes[chief.key_id, "http", "PERMISSION_DENIED", None] == 1
    assert codes[anna.key_id, "http", "OK", None] == 1
    assert codes[None, "grpc", "UNAUTHENTICATED", "missing"] == 1
    assert codes[None, "http", "UNAUTHENTICATED", "unknown"] == 1
    assert codes[None, "http", "INVALID_ARGUMENT", None] == 1
    assert codes[anna.key_id, "http", "UNAUTHENTICATED", "revoked"] == 1
    assert codes[anna.key_id, "grpc", "UNAUTHENTICATED", "revoked"] == 1
    good = next(c for c in calls if c[ours].get("key_id") == anna.key_id)
    assert good["user"]["id"] == "anna"
    assert good["client"]["address"].startswith("ipv4:127.0.0.1:")
    assert good["event"]["outcome"] == "success"
    assert good[ours]["method"] == GENERATE
    assert len(good[ours]["run_id"]) == 36
    assert good["http"]["request"]["id"]
    # The audit log is the audit log's, and the others' lines are theirs.
    assert {c["log"]["logger"] for c in calls} == {"revitron_grpc.audit"}
    assert "revitron_grpc.audit" not in shown["revitron-grpc-0.log"]
    changes = [json.loads(line) for line in shown["revitron-grpc-keys-audit.log"].splitlines()]
    assert [(c["message"], c[ours]["key_owner"]) for c in changes] == [
        ("key created", "anna"),
        ("key created", "bert"),
        ("key created", "chief"),
        ("key rotated", "anna"),
        ("key created", "anna"),
        ("key created", "dora"),
        ("key revoked", "anna"),
    ]


def _command_line(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def test_no_error_of_the_settings_shows_a_secret(tmp_path: Path) -> None:
    short = "a-secret-too-short"
    config = tmp_path / "settings.yaml"
    config.write_text(f"keys: {{required: true, secret: {short}}}\n")
    refused = run("config", "check", config)
    assert refused.code == 2
    assert "32 characters" in refused.err
    config.write_text(f"keys: {{required: true, secret_file: {tmp_path}/nowhere}}\n")
    missing = run("config", "check", config)
    assert missing.code == 2
    assert "keys.secret_file" in missing.err
    long = "a-secret-that-is-long-enough-for-all-of-it"
    config.write_text(
        f"keys: {{secret: {long}}}\nresume: {{secret: {long}}}\nruns: {{url: none}}\n"
        f"cache: {{redis_url: 'redis://:{long}@127.0.0.1/0'}}\n"
    )
    shown = run("config", "show", config)
    created = keys("create", "--owner", "anna", config=config)
    assert created.code == 2
    assert "runs.url" in created.err
    for done in (refused, shown, created):
        assert short not in done.out + done.err
        assert long not in done.out + done.err
    assert shown.out.count("'***'") == 3


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("create", "--owner", " "), "owner"),
        (("create", "--owner", "anna", "--expires", "soon"), "'soon'"),
        (("create", "--owner", "anna", "--expires", "2001-01-31"), "expires"),
        (("rotate", "abcdefghijkl", "--overlap", "1"), "'1'"),
        (("revoke", "abcdefghijkl"), "no key has the id abcdefghijkl"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, words: tuple[str, ...], told: str) -> None:
    config = tmp_path / "settings.yaml"
    config.write_text(
        f"keys: {{secret: {'x' * 40}}}\nruns: {{url: 'sqlite:///{tmp_path}/runs.sqlite3'}}\n"
    )
    done = keys(*words, config=config)
    assert (done.code, done.out) == (2, "")
    assert told in done.err
