"""The Ansible role: what its linter says, its table of variables, and a Debian made with it."""

import itertools
import json
import re
from collections.abc import Callable
from pathlib import Path

import yaml

from tests.deploy.ansible_host import PLAYBOOKS, Host, Play, ansible_host, run_ansible
from tests.deploy.artefact import DEPLOY, FailedCheck, check
from tests.deploy.wheel import build_wheel
from tests.liveness import LIVENESS

ROLE = PLAYBOOKS / "roles/revitron_grpc"
RELEASE_WAY = DEPLOY / "release/with_ansible.sh"
OLDER = "0.0.9"
SETTINGS = "/etc/revitron-grpc/settings.yaml"
CA = "/etc/revitron-grpc/ca.pem"
REPLICAS = 3


def _demand(holds: object, what: str) -> None:
    if not holds:
        raise FailedCheck(what)


@check("deploy/ansible/", "ansible-lint, profile production")
def linted() -> str:
    """No rule of the strictest profile is broken."""
    said = run_ansible(
        "ansible-lint", "--offline", "--nocolor", "--strict", "--profile", "production", "."
    )
    found = re.search(r"Passed: 0 failure\(s\), 0 warning\(s\) in (\d+) files", said)
    if found is None:
        raise FailedCheck(f"it says:\n{said}")
    return f"no finding in {found[1]} files"


@check("deploy/ansible/site.yml, rollback.yml", "ansible-playbook --syntax-check")
def parsed() -> str:
    """Both playbooks are read with the example inventory."""
    for playbook in ("site.yml", "rollback.yml"):
        run_ansible("ansible-playbook", "--syntax-check", playbook)
    return "both, with the example inventory"


@check("deploy/ansible/README.md", "meta/argument_specs.yml and defaults/main.yml")
def described() -> str:
    """The table, what is checked of a playbook, and the defaults name the same with the same."""
    specs = yaml.safe_load((ROLE / "meta/argument_specs.yml").read_text("utf-8"))["argument_specs"]
    defaults = yaml.safe_load((ROLE / "defaults/main.yml").read_text("utf-8"))
    options = {**specs["main"]["options"], **specs["rollback"]["options"]}
    readme = (PLAYBOOKS / "README.md").read_text("utf-8")
    rows = {
        name: (default, text)
        for name, default, text in re.findall(
            r"^\| `(revitron_grpc_\w+)` \| (.*?) \| (.*) \|$", readme, re.MULTILINE
        )
    }
    wrong = [f"{name}: only in one place" for name in sorted(rows.keys() ^ options.keys())]
    for name, option in options.items():
        if name in rows and rows[name] != (_shown(option), option["description"]):
            wrong.append(f"{name}: README.md has {rows[name]}, the role {_shown(option)!r}, "
                         f"{option['description']!r}")  # fmt: skip
        if option.get("required"):
            if name in defaults:
                wrong.append(f"{name}: needed, and has a default")
        elif defaults.get(name, ...) != option["default"]:
            wrong.append(f"{name}: defaults/main.yml has another default")
    wrong += [f"{name}: is no argument" for name in sorted(defaults.keys() - options.keys())]
    if wrong:
        raise FailedCheck("not the same\n" + "\n".join(wrong))
    return f"{len(options)} variables"


def _shown(option: dict[str, object]) -> str:
    if option.get("required"):
        return "needed"
    default = option["default"]
    return f"`{json.dumps(default)}`" if default not in ("", {}, []) else "empty"


@check("deploy/ansible/site.yml, rollback.yml", "ansible-playbook over ssh on a booted Debian 12")
def made() -> str:
    """A bare Debian becomes a service, is changed under a caller, and goes back."""
    with ansible_host() as host:
        older = build_wheel(host.folder / "older", OLDER)
        newer = build_wheel(host.folder / "newer")
        variables: dict[str, object] = {
            "revitron_grpc_wheel": str(older),
            "revitron_grpc_database": "postgresql",
            "revitron_grpc_redis": True,
            "revitron_grpc_firewall": True,
            "revitron_grpc_firewall_sets": {"offices4": ["10.20.0.0/16"]},
            # Shorter than in an office: HAProxy needs 0.6 s.
            "revitron_grpc_settings": {"shutdown": {"notice_seconds": 2}},
        }
        _good(host.play("site.yml", "--check", "--diff", variables=variables))
        _demand("no-release" in _release(host), "a trial run installed something")
        first = _good(host.play("site.yml", variables=variables))
        _good(host.play("site.yml", variables=variables), changed=0)
        _secrets_are_kept(host, first)
        _answers(host)

        upgrade = {
            **variables,
            "revitron_grpc_wheel": str(newer),
            "revitron_grpc_settings": {
                "shutdown": {"notice_seconds": 2},
                "logging": {"level": "debug"},
            },
        }
        calls = _polled(host, lambda: _good(host.play("site.yml", variables=upgrade)))
        release = _release(host)
        _demand(OLDER not in release, f"after the upgrade: {release}")
        _one_by_one(host)
        # A replica that runs by what is older than its settings is found without being told.
        host.machine.run("touch", SETTINGS)
        _one_restarted = host.play("site.yml", variables=upgrade)
        _demand(_good(_one_restarted).changed == 1, f"not one change:\n{_one_restarted.text}")
        _good(host.play("site.yml", "--check", "--diff", variables=upgrade), changed=0)

        before = _pids(host), host.machine.run("cat", SETTINGS)
        broken = {**upgrade, "revitron_grpc_settings": {"server": {"port": "many"}}}
        refused = host.play("site.yml", variables=broken)
        _demand(refused.failed == 1 and "server.port" in refused.text,
                f"wrong settings are not refused:\n{refused.text}")  # fmt: skip
        _demand((_pids(host), host.machine.run("cat", SETTINGS)) == before,
                "wrong settings were written, or something was restarted")  # fmt: skip

        # By rollback.yml, as a roll-out that did not pass its gate goes back.
        now = run_ansible(RELEASE_WAY, "current", inventory=host.inventory).strip()
        _demand(now == release.strip(), f"with_ansible.sh says {now}, there is {release}")
        run_ansible(RELEASE_WAY, "restore", OLDER, inventory=host.inventory, timeout=300)
        _demand(OLDER in _release(host), f"after the rollback: {_release(host)}")
        _demand("anna" in _runs(host), "the run from before is gone")
        return f"{first.changed} changes, then none; {calls} calls and none failed in an upgrade"


def _good(play: Play, changed: int | None = None) -> Play:
    if play.failed or changed not in (None, play.changed):
        raise FailedCheck(f"failed={play.failed} changed={play.changed}\n{play.text}")
    return play


def _release(host: Host) -> str:
    return host.machine.run("sh", "-c", "readlink /opt/revitron-grpc/current || echo no-release")


def _pids(host: Host) -> str:
    units = [f"revitron-grpc@{n}" for n in range(REPLICAS)]
    return host.machine.run("systemctl", "show", "--property=MainPID", "haproxy", *units)


def _secrets_are_kept(host: Host, play: Play) -> None:
    """No secret was printed, and each is readable for whom it is and nobody else."""
    kept = "keys-secret resume-secret redis-password redis-administrator"
    for secret in host.machine.run("sh", "-c", f"cd /etc/revitron-grpc && tail -qn +1 {kept}"
                                   " | tr -s '\\n' ' '").split():  # fmt: skip
        _demand(secret not in play.text, "a secret was printed")
    found = host.machine.run(
        *("find", "/etc/revitron-grpc", "/etc/haproxy/certs", "/etc/redis", "-type", "f"),
        *("(", "-name", "*secret", "-o", "-name", "redis-*", "-o", "-name", "*.key"),
        *("-o", "-path", "/etc/haproxy/certs/*", "-o", "-name", "*.acl", ")", "-perm", "/o+r"),
    )
    _demand(not found.strip(), f"everybody may read\n{found}")


def _answers(host: Host) -> None:
    """Over TLS, through HAProxy: health, and a run with a key made on the machine."""
    said = host.machine.run("revitron-grpc", "health", "--server", "localhost:50050", "--ca", CA)
    _demand(said.count("SERVING") == 6 and "NOT_SERVING" not in said, said)
    host.machine.run(
        *("sh", "-c", 'umask 077; runuser -u revitron-grpc -- "$@" > /root/key', "sh"),
        *("revitron-grpc", "keys", "create", "--owner", "anna", "--config", SETTINGS),
    )
    # Replicas read the keys every 15 s.
    script = """
        for _ in $(seq 60); do
            revitron-grpc generate --server localhost:50050 --ca "$1" --api-key-file /root/key \
                --count 3 --revit 2025 --out /root/Some.extension --force && exit
            sleep 1
        done
        exit 1"""
    host.machine.run("sh", "-c", script, "sh", CA, timeout=120)
    _demand("anna" in _runs(host), "the run is not listed")


def _runs(host: Host) -> str:
    """The owners of runs, by PostgreSQL, and a call with the key."""
    call = ("--server", "localhost:50050", "--ca", CA, "--api-key-file", "/root/key")
    host.machine.run("revitron-grpc", "runs", "list", *call)
    query = ("psql", "--tuples-only", "--command", "SELECT owner FROM runs", "revitron_grpc")
    return host.machine.run("runuser", "-u", "postgres", "--", *query)


def _polled(host: Host, act: Callable[[], object]) -> int:
    """Call all the while that something is done; every call is answered. Returns how many."""
    program = host.machine.root.path / "srv/poll.py"
    program.write_bytes(Path(__file__).with_name("poll_catalog.py").read_bytes())
    # The interpreter of the release that stays, while `current` changes.
    poller = host.machine.start(
        *(f"/opt/revitron-grpc/{OLDER}/bin/python", "/srv/poll.py", "localhost:50050"),
        *(CA, "/root/key", "/run/enough"),
    )
    try:
        act()
        host.machine.run("touch", "/run/enough")
        said, _ = poller.communicate(timeout=LIVENESS)
    finally:
        poller.kill()
    try:
        told = json.loads(said.splitlines()[-1])
    except (ValueError, IndexError):
        raise FailedCheck(f"who called all the while says:\n{said}") from None
    _demand(told["answered"] > 50, f"too few calls to mean something: {told}")
    _demand(not told["failed"], f"calls failed in the upgrade: {told}")
    return told["answered"]


def _one_by_one(host: Host) -> None:
    """Each replica began when the one before was serving."""
    times = []
    for replica in range(REPLICAS):
        said = host.machine.run(
            *("systemctl", "show", f"revitron-grpc@{replica}", "--property"),
            "ExecMainStartTimestampMonotonic,ActiveEnterTimestampMonotonic",
        )
        times.append(dict(line.split("=") for line in said.split()))
    for one, next_one in itertools.pairwise(times):
        served = int(one["ActiveEnterTimestampMonotonic"])
        began = int(next_one["ExecMainStartTimestampMonotonic"])
        _demand(served < began, f"two replicas were down at a time: {times}")
