"""Backups each night: by systemd and by cron in a booted Debian, lost, restored; and age itself."""

import re
import tempfile
from pathlib import Path

from tests.deploy.artefact import DEPLOY, FailedCheck, check, run_tool
from tests.deploy.debian import Machine
from tests.deploy.kit_machine import KIT, debian_with_kit, power_off

FOLDER = "/var/backups/revitron-grpc"
SETTINGS = "/etc/revitron-grpc/settings.yaml"
UNIT = "revitron-grpc-backup.service"
HERE = DEPLOY / "backup"
# A replica starts in five seconds; this machine may have other things to do.
_PATIENCE_SECONDS = 180.0


def _demand(holds: object, what: str) -> None:
    if not holds:
        raise FailedCheck(what)


def _installed() -> Machine:
    """A machine with a service that runs, and the backups as README.md installs them."""
    found, wheel = debian_with_kit()
    found.run(f"{KIT}/install.sh", wheel, "1", timeout=300)
    found.run(
        *("sh", "-c", 'umask 077; "$@" > /root/key', "sh", "runuser", "-u", "revitron-grpc"),
        *("--", "revitron-grpc", "keys", "create", "--owner", "anna", "--config", SETTINGS),
    )
    # Started anew it knows the key at once.
    found.run("systemctl", "restart", "revitron-grpc@0", timeout=_PATIENCE_SECONDS)
    [commands] = re.findall(r"```sh\n(.*?)```", (HERE / "README.md").read_text("utf-8"), re.DOTALL)
    found.run("sh", "-ec", f"cd /srv/deploy/backup\n{commands}", timeout=_PATIENCE_SECONDS)
    return found


def _backups(found: Machine) -> list[str]:
    """Mode, owner and path of each."""
    said = found.run("find", FOLDER, "-name", "revitron-grpc-*", "-printf", r"%m %u %p\n")
    return sorted(said.splitlines())


@check("deploy/backup/*.service, *.timer, README.md", "systemd-analyze verify; started by systemd")
def by_systemd() -> str:
    """Installed as README.md says, it makes a backup beside a service; one that fails is seen."""
    found = _installed()
    said = found.run(
        *("systemd-analyze", "verify"),
        *(f"/etc/systemd/system/{UNIT}", "/etc/systemd/system/revitron-grpc-backup.timer"),
    )
    _demand(not said.strip(), f"systemd-analyze verify says: {said}")
    made = _backups(found)
    _demand(len(made) == 1 and made[0].startswith("600 revitron-grpc /"), f"made: {made}")
    found.run("runuser", "-u", "revitron-grpc", "--", "revitron-grpc", "backup", "verify",
              made[0].split()[-1])  # fmt: skip
    timers = found.run("systemctl", "list-timers", "--all", "--no-pager")
    _demand("revitron-grpc-backup.timer" in timers, f"no timer: {timers}")
    found.run("chown", "root", FOLDER)
    found.run("systemctl", "start", UNIT, accepted=(1,))
    found.run("systemctl", "is-failed", "--quiet", UNIT)
    said = found.journal(UNIT)
    _demand("not readable" in said and FOLDER in said, f"the journal does not say why: {said}")
    found.run("chown", "revitron-grpc", FOLDER)
    found.run("systemctl", "reset-failed")
    return "a backup of 0600 beside a running service, a timer, a failure that is seen"


@check("deploy/backup/revitron-grpc-backup.cron", "its command as cron runs it")
def by_cron() -> str:
    """It makes a backup and prints nothing; where it fails it prints why."""
    found, _ = debian_with_kit()
    lines = (HERE / "revitron-grpc-backup.cron").read_text("utf-8").splitlines()
    [line] = [line for line in lines if re.match(r"[\d*]", line)]
    *_, user, command = line.split(maxsplit=6)
    _demand(user == "revitron-grpc" and "%" not in command, f"cron reads it otherwise: {line}")
    before = _backups(found)
    cron = ("env", "-i", "SHELL=/bin/sh", "PATH=/usr/bin:/bin", "TMPDIR=/var/tmp")
    words = ("runuser", "-u", user, "--", *cron, "sh", "-c", command)
    said = found.run(*words)
    _demand(not said, f"it prints: {said}")
    _demand(len(_backups(found)) == len(before) + 1, "it made no backup")
    found.run("chown", "root", FOLDER)
    said = found.run(*words)
    found.run("chown", "revitron-grpc", FOLDER)
    _demand("not readable" in said, f"where it fails it prints: {said}")
    return "quiet where it is good, says why where it is not"


@check("revitron-grpc restore", "a machine that lost everything but its backup")
def after_a_loss() -> str:
    """Settings, secrets, keys and runs are back with their owners, and the service serves."""
    try:
        found, _ = debian_with_kit()
        asked = ("--server", "127.0.0.1:50051", "--api-key-file", "/root/key")
        found.run("revitron-grpc", "generate", "--count", "3", *asked, timeout=_PATIENCE_SECONDS)
        runs = found.run("revitron-grpc", "runs", "list", "--format", "json", *asked)
        _demand("RUN_STATE_FINISHED" in runs, f"the run is not stored: {runs}")
        listing = ("find", "/etc/revitron-grpc", "/var/lib/revitron-grpc/runs.sqlite3")
        listing += ("-type", "f", "-printf", r"%p %u:%g %s\n")
        before = found.run(*listing)
        found.run("systemctl", "start", UNIT, timeout=_PATIENCE_SECONDS)
        archive = _backups(found)[-1].split()[-1]
        restore = ("revitron-grpc", "restore", archive, "--include", "/etc/revitron-grpc", "--yes")
        said = found.run(*restore, accepted=(2,), timeout=_PATIENCE_SECONDS)
        _demand("a service runs" in said, f"while a service runs it says: {said}")
        found.run("systemctl", "stop", "revitron-grpc.target", "revitron-grpc@0", timeout=100)
        found.run("sh", "-c", "rm -rf /etc/revitron-grpc/* /var/lib/revitron-grpc/*")
        said = found.run(*restore, timeout=_PATIENCE_SECONDS)
        _demand("restored; start the service" in said, said)
        found.run("systemctl", "start", "revitron-grpc.target", timeout=_PATIENCE_SECONDS)
        after = found.run("revitron-grpc", "runs", "list", "--format", "json", *asked)
        _demand(after == runs, f"the runs were\n{runs}and are\n{after}")
        changed = {line.rpartition(" ")[0] for line in before.splitlines()} ^ {
            line.rpartition(" ")[0] for line in found.run(*listing).splitlines()
        }
        _demand(not changed, "other files, or other owners:\n" + "\n".join(sorted(changed)))
    finally:
        power_off()
    return "refused beside a service; keys, runs, owners are back, and it serves"


@check("revitron-grpc backup create --recipient", "age")
def with_age() -> str:
    """What we encrypt, age decrypts, and the other way round; keys are the same."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        settings = folder / "settings.yaml"
        settings.write_text("runs:\n  url: none\n", encoding="utf-8")
        run_tool("age-keygen", "-o", folder / "theirs")
        public = run_tool("age-keygen", "-y", folder / "theirs").strip()
        create = ("revitron-grpc", "backup", "create", "--config", settings)
        run_tool(*create, "--to", folder / "to", "--recipient", public)
        [sealed] = (folder / "to").glob("*.age")
        script = 'age -d -i "$1" "$2" | zstd -dc | tar tf -'
        said = run_tool("sh", "-ec", script, "sh", folder / "theirs", sealed)
        _demand("manifest.json\nfiles/0001-settings.yaml" in said, said)
        run_tool("revitron-grpc", "backup", "key", "--out", folder / "ours")
        public = run_tool("age-keygen", "-y", folder / "ours").strip()
        run_tool(*create, "--to", folder / "plain")
        [plain] = (folder / "plain").glob("*.zst")
        run_tool("age", "-r", public, "-o", folder / "x.age", plain)
        said = run_tool(
            *("revitron-grpc", "backup", "verify", folder / "x.age"),
            *("--identity", folder / "ours"),
        )
        _demand(": good," in said, said)
    return "reads and writes what age does"
