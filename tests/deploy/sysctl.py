"""The kernel settings: `sysctl` loads them into a namespace, and they do what they are for."""

import json
import sys
from pathlib import Path

from tests.deploy.artefact import DEPLOY, FailedCheck, check
from tests.deploy.names import names
from tests.deploy.namespaces import Machine, network

FILE = DEPLOY / "sysctl" / "99-revitron-grpc.conf"
# Takes as many ports as it gets; prints them.
_TAKE = """
import json, socket
held = []
try:
    while True:
        one = socket.socket()
        held.append(one)
        one.bind(("127.0.0.1", 0))
except OSError:
    held.pop()
print(json.dumps([one.getsockname()[1] for one in held]))
"""
# Prints the segments that may be under way before and after a silence. The receiver is in the same
# process; the silence is what is measured, so it is waited for.
_SILENCE = """
import json, socket, struct, threading, time
def window(s):
    return struct.unpack_from("I", s.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 120), 80)[0]
def drain(s):
    while s.recv(65536):
        pass
server = socket.create_server(("127.0.0.1", 0))
s = socket.socket()
s.setsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, b"cubic")
s.connect(server.getsockname())
threading.Thread(target=drain, args=(server.accept()[0],), daemon=True).start()
s.sendall(b"x" * 8_000_000)
while s.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 28)[24:28] != bytes(4):
    time.sleep(0.01)
before = window(s)
time.sleep(2)
s.sendall(b"x")
print(json.dumps([before, window(s)]))
"""


def _lines() -> dict[str, str]:
    pairs = (line.partition("=") for line in FILE.read_text().splitlines() if line[:1] != "#")
    return {name.strip(): value.strip() for name, _, value in pairs if name.strip()}


def _python(machine: Machine, program: str) -> list[int]:
    return json.loads(machine.run(sys.executable, "-c", program))


def load(machine: Machine, file: Path = FILE) -> None:
    """Load the file as `sysctl --system` does."""
    machine.run("sysctl", "--load", str(file))


@check("deploy/sysctl/99-revitron-grpc.conf", "sysctl --load in a network namespace")
def is_accepted() -> str:
    """Each key exists, and its value is taken as it stands."""
    wanted = _lines()
    with network() as net:
        machine = net.machine("server")
        load(machine)
        found = {name: machine.run("sysctl", "--values", name).strip() for name in wanted}
    wrong = [f"{name} is {found[name]}, not {wanted[name]}" for name in wanted]
    wrong = [text for text, name in zip(wrong, wanted, strict=True) if found[name] != wanted[name]]
    if wrong:
        raise FailedCheck("; ".join(wrong))
    return f"{len(wanted)} keys"


@check("deploy/sysctl/99-revitron-grpc.conf", "connections that take every port they get")
def ports_are_kept() -> str:
    """No connection that goes out gets a port that the service listens on."""
    ports = names()["ports"]
    ours = {ports["proxy"], ports["nginx"], ports["nginx_tls"]}
    ours |= {ports["grpc"] + n for n in range(8)}
    taken: list[set[int]] = []
    with network() as net:
        machine = net.machine("server")
        for _ in range(2):
            machine.run("sysctl", "-qw", "net.ipv4.ip_local_port_range=50000 50500")
            taken.append(set(_python(machine, _TAKE)))
            load(machine)
    if not ours <= taken[0]:
        raise FailedCheck("the ports are not taken without the file either: nothing is shown")
    if ours & taken[1]:
        raise FailedCheck(f"given away: {sorted(ours & taken[1])}")
    return f"{len(taken[1])} of {len(taken[0])} ports given away, none of ours"


@check("deploy/sysctl/99-revitron-grpc.conf", "a connection that was silent for 2 s")
def streams_go_on_at_their_speed() -> str:
    """A stream that pauses does not begin anew with ten segments."""
    with network() as net:
        machine = net.machine("server")
        _, without = _python(machine, _SILENCE)
        load(machine)
        before, after = _python(machine, _SILENCE)
    if without > 10:
        raise FailedCheck(f"{without} segments without the file either: nothing is shown")
    if after < before:
        raise FailedCheck(f"{before} segments before, {after} after the silence")
    return f"{after} segments may be under way, {without} without the file"
