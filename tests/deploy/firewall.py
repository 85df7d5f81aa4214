"""The firewall: nftables reads it, and machines around a server are let in or refused by it."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.deploy.artefact import DEPLOY, FailedCheck, check, run_tool
from tests.deploy.names import names
from tests.deploy.namespaces import Machine, network

RULES = DEPLOY / "firewall" / "revitron-grpc.nft"
# Each machine's addresses, the server's first; those of office and monitor are in the file's sets.
_CABLES = {
    "office": [("10.20.1.1/24", "10.20.1.5/24"), ("fd20::1/64", "fd20::5/64")],
    "monitor": [("10.30.0.1/24", "10.30.0.10/24"), ("fd30::1/64", "fd30::10/64")],
    "outside": [("203.0.113.1/24", "203.0.113.9/24"), ("2001:db8::1/64", "2001:db8::9/64")],
}
_SSH, _OTHER = 22, 12_000


@dataclass(frozen=True, slots=True)
class Office:
    """A server with the firewall, and who is around it."""

    server: Machine
    around: dict[str, Machine]
    ports: dict[str, list[int]]

    def reached(self, name: str) -> dict[str, set[str]]:
        """Say for each group of ports how connections from a machine went, over both families."""
        found: dict[str, set[str]] = {}
        for group, ports in self.ports.items():
            places = [(pair[0].partition("/")[0], port) for pair in _CABLES[name] for port in ports]
            found[group] = set(self.around[name].knock(places))
        return found


def _ports() -> dict[str, list[int]]:
    known = names()["ports"]
    return {
        "proxy": [known["proxy"], known["nginx_tls"], known["nginx_side"]],
        "replicas": [known["grpc"], known["grpc"] + 2, known["grpc"] + 7],
        "side": [known["http"], known["http"] + 2, known["http"] + 7],
        "stores": [known["postgresql"], known["redis"]],
        "inner": [
            known[name]
            for name in (
                *("proxy_statistics", "nginx", "prometheus", "grafana"),
                *("elasticsearch", "kibana"),
            )
        ],
        "others": [_SSH, _OTHER],
    }


@contextmanager
def _office(rules: Path = RULES) -> Iterator[Office]:
    with network() as net:
        server = net.machine("server")
        around = {name: net.machine(name) for name in _CABLES}
        for name, addresses in _CABLES.items():
            net.cable(server, around[name], addresses)
        server.run("nft", "-f", str(rules))
        ports = _ports()
        with server.listening([port for group in ports.values() for port in group]):
            yield Office(server, around, ports)


def _compare(found: dict[str, set[str]], wanted: dict[str, str], who: str) -> None:
    for group, how in found.items():
        expected = {wanted.get(group, "refused")}
        if how != expected:
            raise FailedCheck(
                f"{who}: ports of {group} are {', '.join(sorted(how))}, not {', '.join(expected)}"
            )


@check("deploy/firewall/revitron-grpc.nft", "nft --check")
def is_read() -> str:
    """The real nftables takes the file, and takes it twice."""
    run_tool("nft", "--check", "--file", RULES)
    with network() as net:
        server = net.machine("server")
        loaded: list[str] = []
        for _ in range(2):
            server.run("nft", "-f", str(RULES))
            loaded.append(server.run("nft", "list", "ruleset"))
        if loaded[0] != loaded[1]:
            raise FailedCheck(f"loaded twice it is another one\n{loaded[1]}")
    return "loads, and loads again"


@check("deploy/firewall/revitron-grpc.nft", "connections between network namespaces")
def lets_in_whom_it_should() -> str:
    """Offices reach the proxy, Prometheus the side ports, nobody else anything of ours."""
    with _office() as office:
        _compare(office.reached("office"), {"proxy": "open", "others": "open"}, "an office")
        _compare(office.reached("monitor"), {"side": "open", "others": "open"}, "Prometheus")
        _compare(office.reached("outside"), {"others": "open"}, "a stranger")
        own = [("127.0.0.1", port) for group in office.ports.values() for port in group]
        own += [("10.20.1.1", port) for group in office.ports.values() for port in group]
        if set(office.server.knock(own)) != {"open"}:
            raise FailedCheck("the server does not reach itself")
        # A machine becomes a peer, without loading the file again.
        office.server.run(
            *("nft", "add", "element", "inet", "revitron_grpc", "peers4", "{ 203.0.113.9 }")
        )
        found = office.around["outside"].knock(
            [("203.0.113.1", p) for g in ("replicas", "side", "stores") for p in office.ports[g]]
        )
        if set(found) != {"open"}:
            raise FailedCheck("a machine in the set peers4 does not reach the replicas")
        office.server.run("nft", "delete", "table", "inet", "revitron_grpc")
        _compare(
            office.reached("outside"), dict.fromkeys(office.ports, "open"), "without the table"
        )
    return "offices, Prometheus, strangers, IPv4 and IPv6; SSH untouched"


@check("deploy/firewall/revitron-grpc.nft", "answers to calls from a replica's port")
def answers_come_back() -> str:
    """A connection that goes out from a port of the replicas gets its answers."""
    program = (
        "import socket, sys\n"
        "s = socket.socket(); s.settimeout(5); s.bind(('', int(sys.argv[1])))\n"
        "s.connect(('203.0.113.9', 12000)); print('open')"
    )
    with network() as net:
        server, other = net.machine("server"), net.machine("outside")
        net.cable(server, other, _CABLES["outside"])
        server.run("nft", "-f", str(RULES))
        with other.listening([_OTHER]):
            server.run("python3", "-c", program, str(names()["ports"]["grpc"]))
    return "pass"


@check("deploy/firewall/revitron-grpc.nft", "a port that a container publishes")
def holds_for_containers() -> str:
    """A port that is translated, as Docker does it, is as closed as one of the server itself."""
    ports = _ports()
    port, proxy = ports["replicas"][0], ports["proxy"][0]
    with network() as net:
        server, container = net.machine("server"), net.machine("container")
        around = {name: net.machine(name) for name in ("office", "outside")}
        for name, machine in around.items():
            net.cable(server, machine, _CABLES[name])
        net.cable(server, container, [("172.18.0.1/24", "172.18.0.2/24")])
        server.run("sysctl", "-qw", "net.ipv4.ip_forward=1")
        container.run("ip", "route", "add", "default", "via", "172.18.0.1")
        server.run("nft", "-f", "-", stdin=_published(port, proxy))
        server.run("nft", "-f", str(RULES))
        with container.listening([port, proxy]):
            _published_port_is(around["office"], "10.20.1.1", port, "refused")
            _published_port_is(around["office"], "10.20.1.1", proxy, "open")
            _published_port_is(around["outside"], "203.0.113.1", port, "refused")
            _published_port_is(around["outside"], "203.0.113.1", proxy, "refused")
            server.run("nft", "delete", "table", "inet", "revitron_grpc")
            _published_port_is(around["outside"], "203.0.113.1", port, "open")
    return "is refused to strangers too"


def _published(*ports: int) -> str:
    rules = "".join(f"fib daddr type local tcp dport {port} dnat to 172.18.0.2\n" for port in ports)
    return (
        "table ip published {\nchain arriving {\n"
        f"type nat hook prerouting priority dstnat;\n{rules}}}\n}}\n"
    )


def _published_port_is(machine: Machine, address: str, port: int, wanted: str) -> None:
    [found] = machine.knock([(address, port)])
    if found != wanted:
        raise FailedCheck(f"{machine.name}: {address}:{port} is {found}, not {wanted}")


@check("deploy/firewall/README.md", "ufw, and connections between network namespaces")
def ufw_lets_in_whom_it_should() -> str:
    """The commands for ufw, as printed, let an office in, and SSH, and nobody else."""
    _, _, rest = (DEPLOY / "firewall" / "README.md").read_text("utf-8").partition("## ufw")
    commands = re.split(r"```(?:sh)?\n", rest)[1]
    # Its rules are files below /etc: it works on a copy here, and on a network of its own.
    script = 'set -e; mount --bind "$1" /etc/ufw; bash -euc "$2"; exec >&2; ufw status'
    with network() as net, tempfile.TemporaryDirectory() as folder:
        server = net.machine("server")
        around = {name: net.machine(name) for name in ("office", "outside")}
        for name, machine in around.items():
            net.cable(server, machine, _CABLES[name])
        shutil.copytree("/etc/ufw", folder, dirs_exist_ok=True)
        server.run("unshare", "--mount", "bash", "-c", script, "ufw", folder, commands)
        ports = _ports()
        with server.listening([port for group in ports.values() for port in group]):
            for name, machine in around.items():
                for pair in _CABLES[name]:
                    address = pair[0].partition("/")[0]
                    places = [(address, port) for port in (*ports["proxy"], _SSH)]
                    wanted = ["open" if name == "office" else "silent"] * 3 + ["open"]
                    places += [(address, ports["replicas"][0]), (address, ports["stores"][0])]
                    found = machine.knock(places)
                    if found != [*wanted, "silent", "silent"]:
                        raise FailedCheck(f"{name}: {list(zip(places, found, strict=True))}")
    return "offices and SSH, nobody else"
