"""The systemd units and their scripts, in a booted Debian: one machine for all that it is asked.

Installed from the wheel of this tree, started, upgraded, rolled back, and treated badly.
"""

import json
import re
import time
from collections.abc import Callable
from pathlib import Path

from tenacity import Retrying, retry_if_not_result, stop_after_delay, wait_fixed

from tests.deploy.artefact import DEPLOY, ROOT, FailedCheck, check, run_tool
from tests.deploy.debian import Machine
from tests.deploy.kit_machine import KIT, NEXT, debian_with_kit

UNITS = "/etc/systemd/system"
SETTINGS = "/etc/revitron-grpc"
# A replica starts in five seconds; this machine may have other things to do.
_PATIENCE_SECONDS = 180.0
_WATCH = (
    *("revitron-grpc", "health", "--watch", "--count", "1", "--json"),
    *("--side-port", "8080", "--server", "127.0.0.1:50051"),
)


def _demand(holds: object, what: str) -> None:
    if not holds:
        raise FailedCheck(what)


@check("deploy/, tests/: every *.sh", "shellcheck")
def scripts() -> str:
    """No shell script has a fault that shellcheck knows."""
    found = sorted([*DEPLOY.rglob("*.sh"), *(ROOT / "tests").rglob("*.sh")])
    run_tool("shellcheck", "--severity=style", *found)
    return f"{len(found)} scripts"


@check("deploy/systemd/install.sh", "run twice in a booted Debian 12")
def install() -> str:
    """From a wheel to replicas that start with the machine; a second run changes nothing."""
    machine, wheel = debian_with_kit()
    began = time.perf_counter()
    machine.run(f"{KIT}/install.sh", wheel, "2", timeout=300)
    took = time.perf_counter() - began
    before = _listing(machine)
    _demand("keys-secret" in before, "the listing names no secret")
    said = machine.run(f"{KIT}/install.sh", wheel, timeout=300)
    _demand("nothing was changed" in said, f"the second run says: {said}")
    changed = set(before.splitlines()) ^ set(_listing(machine).splitlines())
    _demand(not changed, "the second run changed:\n" + "\n".join(sorted(changed)))
    return f"from nothing in {took:.0f} s, the second run changes nothing"


def _listing(machine: Machine) -> str:
    """All files that an installation may touch: mode, owner, size, time, and what is in them."""
    return machine.run(
        "sh",
        "-c",
        "find /etc /usr/local /opt/revitron-grpc /var/lib /var/log/revitron-grpc"
        " -printf '%p %M %u:%g %s %T@ %l\\n'"
        " && find /etc /usr/local -type f -exec sha256sum {} +",
    )


@check("deploy/systemd/revitron-grpc@.service, .target", "systemd-analyze verify and security")
def analysed() -> str:
    """Systemd finds no fault, and no more exposure than the README states."""
    machine, _ = debian_with_kit()
    said = machine.run(
        *("systemd-analyze", "verify"),
        *(f"{UNITS}/revitron-grpc@.service", f"{UNITS}/revitron-grpc.target"),
    )
    _demand(not said.strip(), f"systemd-analyze verify says: {said}")
    stated = re.search(
        r"exposure level of \*\*([\d.]+)\*\*", (DEPLOY / "systemd/README.md").read_text("utf-8")
    )
    if stated is None:
        raise FailedCheck("README.md states no exposure level")
    words = ("systemd-analyze", "security", "--no-pager", "--offline=yes")
    unit = f"{UNITS}/revitron-grpc@.service"
    # The option takes tenths, and fails above them.
    machine.run(*words, f"--threshold={round(float(stated[1]) * 10)}", unit)
    said = machine.run(*words, unit).splitlines()[-1]
    _demand(f": {stated[1]} " in said, f"README.md states {stated[1]}, but: {said}")
    return f"no fault, exposure level {stated[1]}"


@check("deploy/systemd/revitron-grpc@.service", "replicas that serve under systemd")
def serves() -> str:
    """Behind all restrictions: health, keys, a run, a large script, reload, drain, JSON lines."""
    machine, _ = debian_with_kit()
    # Where there is no balancer nobody has to notice.
    (machine.root.path / "etc/revitron-grpc/environment").write_text(
        "REVITRON_GRPC_SHUTDOWN__NOTICE_SECONDS=0.5\n", encoding="utf-8"
    )
    machine.run(
        *("sh", "-c", 'umask 077; runuser -u revitron-grpc -- "$@" > /root/key', "sh"),
        *("revitron-grpc", "keys", "create", "--owner", "anna"),
        *("--config", f"{SETTINGS}/settings.yaml"),
    )
    machine.run("systemctl", "start", "revitron-grpc.target", timeout=_PATIENCE_SECONDS)
    for port in (50051, 50052):
        said = machine.run("revitron-grpc", "health", "--server", f"127.0.0.1:{port}")
        _demand(said.count("SERVING") == 6 and "NOT_SERVING" not in said, said)
    measured = machine.run(*_WATCH)
    _demand('"memory_mb": null' not in measured, f"nothing is known of the process: {measured}")
    judged = machine.run(
        *("/opt/revitron-grpc/current/bin/python", "-", "127.0.0.1:50051", "/root/key"),
        stdin=Path(__file__).with_name("large_script.py").read_text("utf-8"),
        timeout=120,
    )
    _demand("RVT002 ElementId.IntegerValue does not exist" in judged, f"the report says: {judged}")
    workers = machine.run("pgrep", "-u", "revitron-grpc", "-f", "script_worker")
    _demand(workers.strip(), "no worker process judged the large script")
    first = machine.run("cat", *(f"/proc/{pid}/oom_score_adj" for pid in workers.split()))
    _demand(set(first.split()) == {"1000"}, f"not the first to go where memory ends: {first}")
    _reload_and_stop_under_a_run(machine)
    lines = _journal(machine, 0)
    _demand({"serving", "call", "draining", "stopped"} <= {line["message"] for line in lines},
            f"the journal has only {[line['message'] for line in lines]}")  # fmt: skip
    return f"health, run, worker, reload, drain under a run; {len(lines)} JSON lines in the journal"


def _reload_and_stop_under_a_run(machine: Machine) -> None:
    """A reload and a stop while a run is streamed: it ends whole, by its own replica."""
    # More than a caller's windows hold, so that it stands still while nobody reads.
    run = machine.start(
        *("revitron-grpc", "generate", "--count", "1000", "--server", "127.0.0.1:50051"),
        *("--api-key-file", "/root/key", "--format", "jsonl"),
    )
    assert run.stdout is not None
    try:
        begun = [run.stdout.readline() for _ in range(4)]
        _demand("runId" in "".join(begun), f"no run began: {begun}")
        machine.run("systemctl", "reload", "revitron-grpc@0")
        _wait_for(lambda: _said(machine, 0, "catalog taken"), "the catalog to be taken anew")
        machine.run("systemctl", "stop", "--no-block", "revitron-grpc@0")
        _wait_for(lambda: _said(machine, 0, "draining"), "the drain to begin")
        *_, last = run.stdout
        run.wait(60)
    finally:
        run.kill()
    machine.run("systemctl", "stop", "revitron-grpc@0", timeout=100)
    [draining] = _said(machine, 0, "draining")
    _demand(draining["revitron_grpc"]["runs"] == 1, f"no run was under way: {draining}")
    _demand('"summary"' in last, f"the run ended with {run.returncode}: {last[-2000:]}")
    # By this replica, which drained: a second call would be a line more.
    calls = [call for call in _said(machine, 0, "call") if "Generate" in str(call)]
    _demand([c["event"]["outcome"] for c in calls] == ["success"], f"calls of the run: {calls}")
    machine.run("systemctl", "start", "revitron-grpc@0", timeout=_PATIENCE_SECONDS)


@check("deploy/systemd/revitron-grpc@.service", "a replica that hangs, is killed, is set up wrong")
def treated_badly() -> str:
    """What hangs or dies is started again; what is set up wrong is not, and says why."""
    machine, _ = debian_with_kit()
    machine.run("mkdir", f"{UNITS}/revitron-grpc@1.service.d", f"{UNITS}/revitron-grpc@2.service.d")
    units = machine.root.path / UNITS.removeprefix("/")
    impatient = units / "revitron-grpc@1.service.d/test.conf"
    impatient.write_text("[Service]\nWatchdogSec=5\n", encoding="utf-8")
    wrong = units / "revitron-grpc@2.service.d/test.conf"
    wrong.write_text("[Service]\nEnvironment=REVITRON_GRPC_SERVER__PORT=many\n", encoding="utf-8")
    machine.run("systemctl", "daemon-reload")
    watchdog = _property(machine, 0, "WatchdogUSec")
    _demand(watchdog == "30s", f"the unit's own watchdog waits {watchdog}")
    machine.run("systemctl", "restart", "revitron-grpc@1", timeout=_PATIENCE_SECONDS)
    machine.run("kill", "-STOP", _property(machine, 1, "MainPID"))
    machine.run("kill", "-KILL", _property(machine, 0, "MainPID"))
    for instance in (0, 1):
        _wait_for(lambda n=instance: _started_again(machine, n), f"replica {instance} to be back")
    said = machine.journal("revitron-grpc@1", 200)
    _demand("Watchdog timeout" in said, f"the watchdog did not bark:\n{said}")
    machine.run("systemctl", "start", "revitron-grpc@2", accepted=(1,), timeout=_PATIENCE_SECONDS)
    _demand(_property(machine, 2, "ActiveState") == "failed", "wrong settings are started again")
    _demand(_property(machine, 2, "ExecMainStatus") == "2", "wrong settings: not exit code 2")
    said = machine.journal("revitron-grpc@2")
    _demand(
        "REVITRON_GRPC_SERVER__PORT: Input should be a valid integer" in said,
        f"the journal does not say why:\n{said}",
    )
    machine.run(
        "rm",
        "-r",
        *(str(p.parent).removeprefix(str(machine.root.path)) for p in (impatient, wrong)),
    )
    machine.run("systemctl", "daemon-reload")
    machine.run("systemctl", "reset-failed")
    return "SIGSTOP ends by the watchdog, SIGKILL by a restart, wrong settings with their reason"


@check(
    "deploy/systemd/install.sh, restart.sh, rollback.sh",
    "an upgrade and back in a booted Debian 12",
)
def upgrade_and_back() -> str:
    """Replica after replica; the release before is kept, and so is what both know."""
    machine, wheel = debian_with_kit()
    machine.run(f"{KIT}/install.sh", wheel.replace("0.1.0", NEXT), timeout=400)
    _demand(_releases(machine) == [NEXT, NEXT], f"after the upgrade: {_releases(machine)}")
    first, second = _journal(machine, 0), _journal(machine, 1)
    served = max(line["@timestamp"] for line in first if line["message"] == "serving")
    drained = max(line["@timestamp"] for line in second if line["message"] == "draining")
    _demand(served < drained, "the second replica went before the first was back")
    said = machine.run("revitron-grpc-rollback", accepted=(1,))
    _demand("--with-database" in said, f"the tables are newer, but: {said}")
    _demand(_releases(machine) == [NEXT, NEXT], "refused, but went back")
    said = machine.run("revitron-grpc-rollback", "--with-database", timeout=400)
    _demand("the table newer" in said, f"it does not say what is lost: {said}")
    _demand(_releases(machine) == ["0.1.0"] * 2, f"after the rollback: {_releases(machine)}")
    said = machine.run("revitron-grpc-rollback", "9.9", accepted=(1,))
    _demand(NEXT in said, f"a release that is not there: {said}")
    asked = ("--server", "127.0.0.1:50051", "--api-key-file", "/root/key")
    machine.run("revitron-grpc", "runs", "list", *asked)
    return f"to {NEXT} one replica at a time, back to 0.1.0 with its tables; keys survive"


def _started_again(machine: Machine, instance: int) -> bool:
    return [_property(machine, instance, name) for name in ("NRestarts", "ActiveState")] == [
        "1",
        "active",
    ]


def _releases(machine: Machine) -> list[str]:
    """What each replica said last that it is."""
    served = ([x for x in _journal(machine, n) if x["message"] == "serving"] for n in (0, 1))
    return [lines[-1]["service"]["version"] for lines in served]


def _journal(machine: Machine, instance: int) -> list[dict]:
    """What a replica itself said, each line read as JSON."""
    said = machine.run(
        *("journalctl", "--no-pager", "--output", "cat", "_TRANSPORT=stdout"),
        *("--unit", f"revitron-grpc@{instance}"),
    )
    try:
        return [json.loads(line) for line in said.splitlines() if not line.startswith("-- ")]
    except json.JSONDecodeError as error:
        raise FailedCheck(f"the journal has a line that is no JSON: {error.doc}") from error


def _said(machine: Machine, instance: int, message: str) -> list[dict]:
    return [line for line in _journal(machine, instance) if line["message"] == message]


def _property(machine: Machine, instance: int, name: str) -> str:
    return machine.run(
        "systemctl", "show", "--property", name, "--value", f"revitron-grpc@{instance}"
    ).strip()


def _wait_for(holds: Callable[[], object], what: str) -> None:
    patient = Retrying(
        stop=stop_after_delay(_PATIENCE_SECONDS),
        wait=wait_fixed(0.3),
        retry=retry_if_not_result(bool),
        retry_error_callback=lambda _: False,
    )
    _demand(patient(holds), f"waited {_PATIENCE_SECONDS:.0f} s in vain for {what}")
