"""docs/operations/server.md, typed from top to bottom on a bare Debian, then by a colleague.

The server is a booted Debian with what the archive and the index would give it; the colleague is
another user in another network, with the authority's certificate, a key and a wheel.
"""

import atexit
import contextlib
import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt

from tests.deploy.artefact import ROOT, FailedCheck, check
from tests.deploy.debian import DebianRoot, Machine, booted, debian_root
from tests.docs.pages import Block, blocks

PAGE = ROOT / "docs" / "operations" / "server.md"
ADDRESS = "https://github.com/revitron-grpc/revitron-grpc"
NAME = "revitron-grpc.office.example"
SOURCE = "srv/source"
"""Where the clone comes from, below the root of the machine."""
# The page's own example network, and one that the firewall shall not let in.
_SERVER, _COLLEAGUE = "10.20.0.1", "10.20.0.7"
_STRANGERS_SERVER, _STRANGER = "198.51.100.1", "198.51.100.7"
_SECONDS = 600.0
_held = contextlib.ExitStack()
atexit.register(_held.close)


@dataclass(frozen=True, slots=True)
class OfficeServer:
    """What the page makes of a bare Debian, up to where it turns to the colleague.

    Attributes:
        machine: the server, booted.
        seconds: what typing took, programs offered before.
    """

    machine: Machine
    seconds: float


@check("docs/operations/server.md", "typed in a booted Debian 12, then by a colleague over TLS")
def from_server_to_colleagues() -> str:
    """Every block of the page does what it says, and nobody outside of the office gets in."""
    server, colleague = blocks(PAGE, "sh"), blocks(PAGE, "sh colleague")
    demand_that_all_are_run(PAGE, "sh", "sh colleague")
    office = office_server()
    machine = office.machine
    _refused(machine, "stranger", _STRANGERS_SERVER, 50050)
    for port in (50051, 8080, 8404):
        _refused(machine, "office", _SERVER, port)
    _hand_over(machine)
    told = type_blocks(machine, "anna", colleague, network="office")
    if "10 of 10 buttons" not in told:
        raise FailedCheck(f"the colleague got no 10 buttons:\n{told}")
    machine.run("test", "-f", "/home/anna/Suggested.extension/extension.json")
    after = [block for block in server if block.line > colleague[-1].line]
    told = type_blocks(machine, "admin", after)
    if "anna" not in told or told.count("enabled") != 4:
        raise FailedCheck(f"the end of the page says:\n{told}")
    return (
        f"{len(server) + len(colleague)} blocks, {office.seconds:.0f} s for the server; "
        "10 buttons from another network"
    )


@cache
def office_server() -> OfficeServer:
    """Type what comes before the colleague, once for all checks that need such a server."""
    turn = blocks(PAGE, "sh colleague")[0].line
    root = _held.enter_context(debian_root())
    root.offer("git", "python3-venv", "curl", "haproxy", "nftables")
    root.offer_wheel()
    _publish(root)
    (root.path / "etc/gitconfig").write_text(
        f'[url "/{SOURCE}"]\n\tinsteadOf = {ADDRESS}\n[safe]\n\tdirectory = *\n', encoding="utf-8"
    )
    machine = _held.enter_context(booted(root))
    _connect(machine)
    for user in ("admin", "anna"):
        machine.run("useradd", "--create-home", "--shell", "/bin/bash", user)
    sudoers = root.path / "etc/sudoers.d/admin"
    sudoers.write_text("admin ALL=(ALL) NOPASSWD: ALL\n", encoding="utf-8")
    began = time.perf_counter()
    type_blocks(machine, "admin", [block for block in blocks(PAGE, "sh") if block.line < turn])
    return OfficeServer(machine, time.perf_counter() - began)


def power_off() -> None:
    """End the server: the last check that needs it does, and who runs the checks at the latest."""
    _held.close()


def demand_that_all_are_run(page: Path, *infos: str) -> None:
    """See that no block of a page has a language that nobody types.

    Raises:
        FailedCheck: one has another than these.
    """
    tokens = MarkdownIt("commonmark").enable("table").parse(page.read_text(encoding="utf-8"))
    # Those without a language are pictures.
    for token in tokens:
        if token.type == "fence" and token.info.strip() not in {"", *infos}:
            raise FailedCheck(f"a block `{token.info.strip()}` is not run; there are {infos}")


def _publish(root: DebianRoot) -> None:
    """Put this tree where a clone of the project's address gets it."""
    source = root.path / SOURCE
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, source / name)
    commit(source)


def commit(source: Path) -> None:
    """Publish what is in the folder now as one more commit."""
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@office.example"]
    for words in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "-m", "a release"]):
        subprocess.run([*git, *words], cwd=source, check=True)


def _connect(machine: Machine) -> None:
    """Two networks beside the server's own: the office, and strangers."""
    for network, here, there in (
        ("office", _SERVER, _COLLEAGUE),
        ("stranger", _STRANGERS_SERVER, _STRANGER),
    ):
        machine.run(
            "sh",
            "-ec",
            f"""ip netns add {network}
            ip link add {network} type veth peer name eth0 netns {network}
            ip addr add {here}/24 dev {network}
            ip link set {network} up
            ip -n {network} addr add {there}/24 dev eth0
            ip -n {network} link set eth0 up
            ip -n {network} link set lo up""",
        )
    hosts = machine.root.path / "etc/hosts"
    hosts.write_text(hosts.read_text("utf-8") + f"{_SERVER} {NAME}\n", encoding="utf-8")


def type_blocks(machine: Machine, user: str, typed: Sequence[Block], network: str = "") -> str:
    """Type blocks one after the other in one shell that stops at the first that fails.

    Args:
        machine: where.
        user: who, in his clone if he has one.
        typed: the blocks.
        network: the namespace of another network than the machine's own.

    Raises:
        FailedCheck: one failed; the text has all that was printed.
    """
    script = "\n".join(f"echo '== line {block.line}'\n{block.text}" for block in typed)
    clone = "cd ~/revitron-grpc 2>/dev/null || cd"
    words = ["bash", "-euo", "pipefail", "-c", f"{clone}\n{script}"]
    env = {"NAME": NAME}
    if network:
        words = [*_in_network(network), "runuser", "-u", user, "--", *words]
        return machine.run(*words, timeout=_SECONDS, env=env | {"HOME": f"/home/{user}"})
    return machine.run(*words, user=user, timeout=_SECONDS, env=env)


def _in_network(network: str) -> tuple[str, ...]:
    return ("nsenter", f"--net=/run/netns/{network}")


def _refused(machine: Machine, network: str, host: str, port: int) -> None:
    """Nobody from that network gets a connection."""
    words = ("timeout", "5", "bash", "-c", f": < /dev/tcp/{host}/{port}")
    said = machine.run(*_in_network(network), *words, accepted=(0, 1, 124))
    if "refused" not in said:
        raise FailedCheck(f"{host}:{port} from the network {network}: {said or 'it is open'}")


def _hand_over(machine: Machine) -> None:
    """What Anna gets: the certificate of the authority, her key, the wheel."""
    folder = machine.root.path / "home"
    anna = folder / "anna"
    for given in (
        folder / "admin/revitron-tls/ca.pem",
        folder / "admin/revitron-keys/anna",
        *(folder / "admin/revitron-wheel").glob("*.whl"),
    ):
        shutil.copy2(given, anna / Path(given).name)
        shutil.chown(anna / Path(given).name, *_owner(anna))


def _owner(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_uid, found.st_gid
