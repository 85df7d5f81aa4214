"""What `health --watch` asks, and what it shows on a terminal."""

import asyncio
import io
import socket
from contextlib import AsyncExitStack

import pytest
from rich.console import Console

from revitron_grpc.cli.health_view import HealthView
from revitron_grpc.cli.health_watch import Replicas, Watch, addresses_of
from revitron_grpc.cli.replica_state import Bounds, Measures, ReplicaState, exit_code
from revitron_grpc.client.connection import Connection
from revitron_grpc.client.diagnosis import Diagnosis

WELL = ReplicaState("10.0.0.1:50051", {"": "SERVING", "research": "SERVING"}, 3.0)
PARTLY = ReplicaState("10.0.0.2:50051", {"": "SERVING", "research": "NOT_SERVING"}, 4.0)
GONE = ReplicaState("10.0.0.3:50051", error="UNAVAILABLE: Connection refused")


def measured(runs: int) -> ReplicaState:
    measures = Measures("0.1.0", True, runs, 64, 9, 4, 312.4, ("redis",))
    return ReplicaState(WELL.server, WELL.components, 3.0, measures)


def test_a_poll_is_worth_its_worst_replica_and_nobody_is_worse() -> None:
    assert exit_code([WELL, WELL], Bounds()) == 0
    assert exit_code([WELL, PARTLY], Bounds()) == 1
    assert exit_code([WELL, GONE], Bounds()) == 1
    assert exit_code([GONE, GONE], Bounds()) == 3
    assert exit_code([WELL], Bounds(max_latency_ms=2.9)) == 1
    assert exit_code([WELL], Bounds(max_latency_ms=3.0)) == 0
    assert exit_code([measured(51)], Bounds(max_use=0.8)) == 0
    assert exit_code([measured(52)], Bounds(max_use=0.8)) == 1


def test_a_terminal_gets_a_table_that_is_written_over() -> None:
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, width=160, color_system=None)
    with HealthView(console, Bounds(), as_json=False, measured=True) as view:
        view.show([measured(3), GONE])
        first = screen.getvalue()
        view.show([measured(4), PARTLY])
    for word in ("3/64", "9/4", "312 MiB", "away: redis", "UNREACHABLE", "Connection refused"):
        assert word in first
    assert f"{GONE.server} is UNREACHABLE" not in first  # its row says so
    second = screen.getvalue().removeprefix(first)
    assert "\x1b[1A\x1b[2K" in second  # each line is taken away before it is written anew
    assert "4/64" in second
    assert "PARTLY: research" in second


def test_a_narrow_terminal_shows_whole_addresses_and_whole_reasons() -> None:
    why = "UNAVAILABLE: no service answers at 10.0.0.3:50051: there is no way to it; and the end"
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, width=80, color_system=None, soft_wrap=True)
    bounds = Bounds(max_use=0.01)
    with HealthView(console, bounds, as_json=False, measured=True) as view:
        view.show([measured(3), ReplicaState("10.10.10.3:50051", error=why)])
        shown = screen.getvalue().removeprefix("\x1b[?25l")
    assert WELL.server in shown
    assert shown.count("10.10.10.3:50051") == 2
    assert "UNREACHABLE" in shown
    assert why in shown.replace("\n", " ")
    assert "3 of 64 runs under way, above 1%" in shown.replace("\n", " ")
    assert max(map(len, shown.splitlines())) <= 80


async def test_what_is_in_the_way_is_looked_at_once_while_it_stays_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked: list[str] = []

    async def look(connection: Connection) -> Diagnosis:
        looked.append(connection.target)
        return Diagnosis("nothing listens there", lasting=False)

    monkeypatch.setattr("revitron_grpc.cli.health_watch.diagnose", look)
    async with AsyncExitStack() as stack:
        replicas = Replicas([Connection("127.0.0.1:1")], Watch(1, 5), stack)
        polls = [await replicas.ask() for _ in range(3)]
    assert [state.error for (state,) in polls] == ["UNAVAILABLE: nothing listens there"] * 3
    assert looked == ["127.0.0.1:1"]


@pytest.mark.parametrize(
    ("told", "targets", "name"),
    [
        (["10.0.0.2", "10.0.0.1"], ["10.0.0.1:50051", "10.0.0.2:50051"], "grpc.example"),
        (["10.0.0.1"], ["grpc.example:50051"], ""),
        (["::1", "127.0.0.1"], ["grpc.example:50051"], ""),
        (["fd00::2", "fd00::1"], ["[fd00::1]:50051", "[fd00::2]:50051"], "grpc.example"),
    ],
)
async def test_a_name_stands_for_all_its_addresses(
    monkeypatch: pytest.MonkeyPatch, told: list[str], targets: list[str], name: str
) -> None:
    async def look_up(host: str, port: int, **_: object) -> list[object]:
        assert (host, port) == ("grpc.example", 50051)
        families = [socket.AF_INET6 if ":" in a else socket.AF_INET for a in told]
        return [(f, 1, 6, "", (a, port)) for f, a in zip(families, told, strict=True)]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", look_up)
    found = await addresses_of(Connection("grpc.example:50051", tls=True))
    assert [each.target for each in found] == targets
    assert {each.server_name for each in found} == {name}


async def test_several_addresses_are_several_replicas_without_looking_up() -> None:
    found = await addresses_of(Connection("ipv4:10.0.0.5:50051,10.0.0.6:50051"))
    assert [each.target for each in found] == ["10.0.0.5:50051", "10.0.0.6:50051"]
