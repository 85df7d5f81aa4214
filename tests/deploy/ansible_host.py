"""A booted Debian that Ansible reaches over ssh, as it reaches an administrator's server."""

import contextlib
import json
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.deploy.artefact import DEPLOY, ROOT, FailedCheck, run_tool
from tests.deploy.debian import Machine, booted, debian_root

PROGRAMS = ROOT / ".tools/ansible/bin"
PLAYBOOKS = DEPLOY / "ansible"
# What a server has that people administer: Debian's own images bring both.
_ADMINISTERED = ("openssh-server", "python3-apt")
# What the role installs by apt-get, found inside without a network.
_INSTALLED = ("python3-venv", "haproxy", "nftables", "postgresql", "redis-server")


def run_ansible(
    program: str | Path, *words: str | Path, timeout: float = 120, inventory: Path | None = None
) -> str:
    """Run one of Ansible's programs where the playbooks are, and return what it printed.

    Args:
        program: its name, or the path of a script that calls them.
        words: its arguments.
        timeout: seconds.
        inventory: for a script, as the variable INVENTORY.

    Raises:
        FailedCheck: as `run_tool`.
    """
    environment = _environment()
    if inventory is not None:
        environment["INVENTORY"] = str(inventory)
    return run_tool(PROGRAMS / program, *words, cwd=PLAYBOOKS, env=environment, timeout=timeout)


@dataclass(frozen=True, slots=True)
class Play:
    """What a run of a playbook came to."""

    text: str
    changed: int
    failed: int


@dataclass(frozen=True, slots=True)
class Host:
    """The machine; `folder` has what the control node has: inventory, key."""

    machine: Machine
    folder: Path

    @property
    def inventory(self) -> Path:
        """Return the inventory, with nothing but how the machine is reached."""
        return self.folder / "inventory.json"

    def play(self, playbook: str, *words: str, variables: Mapping[str, object]) -> Play:
        """Run a playbook on the machine; one that fails is no error here.

        Raises:
            FailedCheck: it did not come as far as a host.
        """
        given = self.folder / "variables.json"
        given.write_text(json.dumps(variables), encoding="utf-8")
        text = run_tool(
            *(PROGRAMS / "ansible-playbook", "-i", self.inventory, playbook),
            *("-e", f"@{given}", *words),
            cwd=PLAYBOOKS,
            env=_environment(),
            timeout=900,
            accepted=(0, 2),
        )
        recap = re.search(
            r"^server +: .*changed=(\d+) +unreachable=0 +failed=(\d+)", text, re.MULTILINE
        )
        if recap is None:
            raise FailedCheck(f"{playbook} did not reach the machine\n{text}")
        return Play(text, int(recap[1]), int(recap[2]))


@contextlib.contextmanager
def ansible_host() -> Iterator[Host]:
    """Boot a bare Debian that lets this process in over ssh."""
    with tempfile.TemporaryDirectory() as temporary, debian_root() as root:
        folder = Path(temporary)
        run_tool("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / "key")
        root.install(*_ADMINISTERED)
        root.offer(*_INSTALLED)
        root.offer_wheel()
        authorized = root.path / "root/.ssh/authorized_keys"
        authorized.parent.mkdir(mode=0o700, exist_ok=True)
        authorized.write_text((folder / "key.pub").read_text("utf-8"), encoding="utf-8")
        with booted(root) as machine:
            # The machine has no network to the host, so each connection has an sshd of its own.
            (folder / "ssh").write_text(
                f"Host *\n User root\n IdentityFile {folder}/key\n LogLevel ERROR\n"
                " IdentitiesOnly yes\n StrictHostKeyChecking no\n UserKnownHostsFile /dev/null\n"
                f" ProxyCommand nsenter --target={machine.leader} --all /usr/sbin/sshd -i\n",
                encoding="utf-8",
            )
            server = {
                "ansible_ssh_common_args": f"-F {folder}/ssh",
                "ansible_python_interpreter": "/usr/bin/python3",
            }
            inventory = {"revitron_grpc": {"hosts": {"server": server}}}
            (folder / "inventory.json").write_text(json.dumps(inventory), encoding="utf-8")
            yield Host(machine, folder)


def _environment() -> dict[str, str]:
    path = f"{PROGRAMS}:{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "ANSIBLE_FORCE_COLOR": "0", "ANSIBLE_NOCOWS": "1"}
