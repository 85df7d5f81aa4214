"""*Suggest tools* from the first question to the reload, against the real command and service."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revitron_grpc.bundles.check import check_extension
from revitron_grpc.bundles.reader import read_extension
from tests.e2e.conftest import Service, run, start_service
from tests.liveness import LIVENESS
from tests.programs.relay import Relay
from tests.pyrevit_client import fake_net
from tests.pyrevit_client.conftest import click, shift_click
from tests.pyrevit_client.fake_pyrevit import User


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    found = start_service(
        tmp_path_factory.mktemp("service"), REVITRON_GRPC_SHUTDOWN__NOTICE_SECONDS="0"
    )
    yield found
    assert found.end() == 0


def buttons(user: User) -> list[Path]:
    assert user.extension is not None
    return sorted(user.extension.rglob("*.pushbutton"))


def content(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*.*")}


def test_picked_tools_are_written_as_the_command_writes_them(user: User, tmp_path: Path) -> None:
    user.pick = lambda choices: [choices[0], choices[2]]
    click()
    assert user.told == []
    assert len(user.offered) == 5
    written = buttons(user)
    assert len(written) == 2
    whole = tmp_path / "Whole.extension"
    run(
        *("generate", "--count", "5", "--brief", "rooms", "--revit", "2025"),
        *("--engine", "ironpython34", "--out", whole),
    )
    theirs = {p.name: content(p) for p in whole.rglob("*.pushbutton")}
    for folder in written:
        assert content(folder) == theirs[folder.name]
    assert user.extension is not None
    assert [
        f for f in check_extension(read_extension(user.extension)) if f.severity == "error"
    ] == []
    assert any("not run in your Revit" in text for text in user.printed)
    # Only Revit's own thread touched windows.
    assert user.threads == {"MainThread"}


@pytest.mark.parametrize(("answer", "reloads"), [(True, 1), (False, 0)])
def test_the_reload_is_offered_and_not_forced(
    user: User, service: Service, answer: bool, reloads: int
) -> None:
    user.config.values["server"] = service.target
    user.alerts["Reload now?"] = answer
    click()
    assert user.reloads == reloads


def test_what_is_there_already_is_kept_and_not_suggested(user: User, service: Service) -> None:
    user.config.values["server"] = service.target
    click()
    first = {folder.name: content(folder) for folder in buttons(user)}
    assert len(first) == 5
    offered = set(user.offered)
    script = buttons(user)[0] / "script.py"
    script.write_text("# the office's own\n")
    first[script.parent.name] = content(script.parent)
    click()
    assert not offered & set(user.offered)
    now = {folder.name: content(folder) for folder in buttons(user)}
    assert len(now) == 10
    assert first.items() <= now.items()


def test_the_last_answers_are_remembered(user: User, service: Service) -> None:
    user.config.values["server"] = service.target
    click()
    assert user.config.values["brief"] == "rooms"
    assert user.config.values["count"] == 5
    assert user.config.values["extension"] == str(user.extension)
    user.extension = None
    click()
    assert len(user.offered) == 5


@pytest.mark.parametrize(
    "leave",
    [
        {"extension": None},
        {"brief": None},
        {"count": None},
        {"count": "many"},
        {"disciplines": None},
    ],
    ids=str,
)
def test_who_leaves_a_question_leaves_the_tool(user: User, leave: dict[str, Any]) -> None:
    kept = user.extension
    for name, value in leave.items():
        setattr(user, name, value)
    click()
    assert fake_net.started == []
    assert user.reloads == 0
    assert kept is not None
    assert list(kept.iterdir()) == []


def test_a_folder_that_is_no_extension_is_refused(user: User, tmp_path: Path) -> None:
    user.extension = tmp_path
    click()
    assert "is no extension" in user.told[0]


def test_who_picks_nothing_gets_nothing(user: User, service: Service) -> None:
    user.config.values["server"] = service.target
    user.pick = lambda choices: None
    click()
    assert buttons(user) == []


def test_a_cancel_ends_the_command_and_offers_what_arrived(user: User, service: Service) -> None:
    user.config.values["server"] = service.target
    user.count = "250"
    user.on_progress = lambda arrived, title: arrived < 3
    user.pick = lambda choices: None
    click()
    assert 3 <= len(user.offered) < 250
    (process,) = fake_net.started
    assert process.HasExited
    assert user.told == []


def test_a_command_that_is_not_there_is_told(user: User) -> None:
    user.config.values["command"] = "no-such-command"
    click()
    assert "no-such-command cannot be started" in user.told[0]
    assert "pip install" in user.told[0]


def test_a_command_that_fails_is_told_with_its_own_words(user: User) -> None:
    user.config.values["server"] = "127.0.0.1:9"
    user.config.values["seconds"] = 2
    click()
    assert "exit code 3" in user.told[0] or "Time is up" in user.told[0]


def test_revits_python_does_not_leak_into_the_command(
    user: User, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONHOME", "/nowhere")
    monkeypatch.setenv("IRONPYTHONPATH", "/nowhere")
    user.config.values["server"] = service.target
    click()
    assert len(user.offered) == 5
    assert not {"PYTHONHOME", "IRONPYTHONPATH"} & set(fake_net.started[0].environment)


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Service, Service]]:
    """Two replicas; what a test leaves of them is ended."""
    found: list[Service] = []
    try:
        for name in ("first", "second"):
            (tmp_path / name).mkdir()
            found.append(start_service(tmp_path / name))
        yield found[0], found[1]
    finally:
        for service in found:
            if service.process.poll() is None:
                service.process.kill()
            service.process.wait(LIVENESS)


def kill_at_three(user: User, service: Service) -> None:
    """Let the user wait for 120 suggestions, and a replica die when three have arrived."""

    def kill(arrived: int, title: str) -> bool:
        if arrived >= 3 and service.process.poll() is None:
            service.process.kill()
            service.process.wait(LIVENESS)
        return True

    user.count = "120"
    user.on_progress = kill
    user.pick = lambda choices: None


def test_a_run_survives_the_death_of_its_replica(user: User, pair: tuple[Service, Service]) -> None:
    first, second = pair
    kill_at_three(user, first)
    user.config.values["server"] = f"ipv4:{first.target},{second.target}"
    click()
    broken = user.offered
    assert any("connection lost at" in title for title in user.titles)
    user.config.values["server"] = second.target
    click()
    assert len(broken) == 120
    assert broken == user.offered
    assert user.told == []


def test_a_run_over_the_side_port_survives_it_too(
    user: User, pair: tuple[Service, Service]
) -> None:
    first, second = pair
    relay = Relay(first.http_port)
    try:
        user.config.values.update(way="side port", url=f"http://127.0.0.1:{relay.port}")
        kill_at_three(user, first)
        kill = user.on_progress

        def turn_and_kill(arrived: int, title: str) -> bool:
            relay.backend = second.http_port if arrived >= 3 else relay.backend
            return kill(arrived, title)

        user.on_progress = turn_and_kill
        click()
    finally:
        relay.stop()
    broken = user.offered
    assert first.process.poll() is not None
    assert any("trying again" in title for title in user.titles)
    user.config.values["url"] = f"http://127.0.0.1:{second.http_port}"
    click()
    assert len(broken) == 120
    assert broken == user.offered
    assert user.told == []


def test_both_ways_write_the_same_tools(user: User, service: Service) -> None:
    user.config.values["server"] = service.target
    assert user.extension is not None
    click()
    first = {folder.name: content(folder) for folder in buttons(user)}
    user.extension = user.extension.with_name("Other.extension")
    user.extension.mkdir()
    user.config.values.update(
        way="side port", url=f"http://127.0.0.1:{service.http_port}", extension=""
    )
    click()
    assert user.told == []
    assert len(first) == 5
    assert {folder.name: content(folder) for folder in buttons(user)} == first


def test_shift_click_keeps_the_way(user: User) -> None:
    user.one_item = "side port"
    user.strings = ["http://server:8080 ", "rgk_secret", "30"]
    shift_click()
    assert user.config.values["way"] == "side port"
    assert user.config.values["url"] == "http://server:8080"
    assert user.config.values["seconds"] == 30
    assert user.config.values["key"] == "rgk_secret"
    assert user.saved > 0
    user.one_item = "command"
    user.strings = ["C:/revitron-grpc.exe", "server:50051", "C:/ca.pem", "", None]
    shift_click()
    assert user.config.values["way"] == "command"
    assert user.config.values["server"] == "server:50051"
    assert user.config.values["ca"] == "C:/ca.pem"
    assert user.config.values["key"] == "rgk_secret"
    assert user.config.values["seconds"] == 30


def test_the_command_gets_the_key_in_its_environment(user: User) -> None:
    user.config.values.update({"server": "127.0.0.1:1", "ca": "gone.pem", "key": "rgk_secret"})
    click()
    started = fake_net.started[0]
    assert started.environment["REVITRON_GRPC_API_KEY"] == "rgk_secret"
    assert "rgk_secret" not in " ".join(map(str, started.popen.args))  # type: ignore[arg-type]
    assert "gone.pem: the certificate cannot be read" in user.told[0]


ARGUMENTS = st.lists(st.text(st.sampled_from('ab \t"\\-='), max_size=8), max_size=4)


@given(ARGUMENTS)
def test_a_command_line_is_taken_apart_into_the_same_arguments(arguments: list[str]) -> None:
    quoted = _quoted()
    assert fake_net.windows_arguments(quoted(arguments)) == arguments
    # And the parser that says so agrees with Python's own.
    assert fake_net.windows_arguments(subprocess.list2cmdline(arguments)) == arguments


def _quoted() -> Any:
    """The extension's function, without the .NET that its module needs."""
    from tests.pyrevit_client.conftest import EXTENSION

    text = (EXTENSION / "lib" / "revitron_suggest" / "command_lines.py").read_text()
    body = text[text.index("def quoted") : text.index("class CommandLines")]
    namespace: dict[str, Any] = {}
    exec(body, namespace)  # noqa: S102 - the extension's own text
    return namespace["quoted"]
