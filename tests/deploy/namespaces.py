"""Networks of their own on this machine: a server and machines around it, joined by cables."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.deploy.artefact import FailedCheck, run_tool

# Prints how each connection went: "open", "refused" or "silent".
_KNOCK = """
import json, socket, sys
from concurrent.futures import ThreadPoolExecutor
def knock(place):
    try:
        socket.create_connection(tuple(place), 2).close()
    except ConnectionRefusedError:
        return "refused"
    except OSError:
        return "silent"
    return "open"
with ThreadPoolExecutor(16) as together:
    print(*together.map(knock, json.loads(sys.argv[1])))
"""
# Accepts on each port, on IPv4 and IPv6, until its standard input ends.
_LISTEN = """
import json, socket, sys
held = [
    socket.create_server(("::", port), family=socket.AF_INET6, dualstack_ipv6=True)
    for port in json.loads(sys.argv[1])
]
print("listening", flush=True)
sys.stdin.read()
"""


@dataclass(frozen=True, slots=True)
class Machine:
    """A network namespace."""

    name: str

    def run(self, *words: str, stdin: str | None = None) -> str:
        """Run a program there and return what it printed."""
        return run_tool("ip", "netns", "exec", self.name, *words, stdin=stdin, timeout=120)

    def knock(self, places: Sequence[tuple[str, int]]) -> list[str]:
        """Connect to each place, and say how that went."""
        return self.run(sys.executable, "-c", _KNOCK, json.dumps(places)).split()

    @contextlib.contextmanager
    def listening(self, ports: Sequence[int]) -> Iterator[None]:
        """Listen on these ports."""
        words = ["ip", "netns", "exec", self.name]
        words += [sys.executable, "-c", _LISTEN, json.dumps(list(ports))]
        with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            try:
                if process.stdout.readline() != b"listening\n":
                    raise FailedCheck(f"{self.name}: nothing listens")
                yield
            finally:
                process.stdin.close()
                process.wait(30)


class Network:
    """Machines that last as long as the block."""

    def __init__(self) -> None:
        self._made: list[str] = []
        self._cables = 0

    def machine(self, name: str) -> Machine:
        """Make a machine with its own loopback and nothing else."""
        made = Machine(f"rg{os.getpid()}-{name}")
        run_tool("ip", "netns", "add", made.name)
        self._made.append(made.name)
        made.run("ip", "link", "set", "lo", "up")
        # No waiting for the search for another machine with the same address.
        made.run("sysctl", "-qw", "net.ipv6.conf.default.accept_dad=0")
        return made

    def cable(self, one: Machine, other: Machine, addresses: Sequence[tuple[str, str]]) -> None:
        """Join two machines; each pair is the address of one and of the other, with its prefix."""
        self._cables += 1
        ends = {one: f"cable{self._cables}a", other: f"cable{self._cables}b"}
        run_tool(
            *("ip", "link", "add", ends[one], "netns", one.name, "type", "veth"),
            *("peer", "name", ends[other], "netns", other.name),
        )
        for machine, place in ((one, 0), (other, 1)):
            for pair in addresses:
                machine.run("ip", "address", "add", pair[place], "dev", ends[machine])
            machine.run("ip", "link", "set", ends[machine], "up")

    def close(self) -> None:
        """Delete the machines, and the cables with them."""
        for name in self._made:
            subprocess.run(["ip", "netns", "delete", name], check=False, capture_output=True)


@contextlib.contextmanager
def network() -> Iterator[Network]:
    """Lend an empty network.

    Raises:
        FailedCheck: not for root, who alone may make one.
    """
    if os.getuid():
        raise FailedCheck("only root may make network namespaces: sudo make deploy-check")
    found = Network()
    try:
        yield found
    finally:
        found.close()
