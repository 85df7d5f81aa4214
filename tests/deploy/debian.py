"""Debian machines to try the deployment kit in: a real systemd, thrown away afterwards.

A machine is a copy of a bare Debian 12 that debootstrap made once (`.tools/debian-bookworm`),
booted by systemd-nspawn:

    with debian_root() as root:
        root.install("python3-venv")  # now, before it boots
        root.offer("haproxy")  # `apt-get install haproxy` inside finds it without a network
        wheel = root.offer_wheel()  # and pip the project's wheel with all that it needs
        with booted(root) as machine:
            machine.run("apt-get", "install", "-y", "haproxy")
            machine.run("systemctl", "is-active", "haproxy", accepted=(0, 3))

Before it boots, a root has the network of the host. A booted machine has one of its own with
nothing but loopback: its ports are the standard ones and never those of the host, nothing inside
can reach out, and what it needs is offered before. `root.path` is a folder of the host: what is
written below it (but not to /tmp and /run, which are memory inside) is there inside, booted or not.

All of this needs root. Who is not gets a FailedCheck that says so, never a check that was left out.
"""

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO

import psutil
from filelock import FileLock, Timeout
from tenacity import Retrying, retry_if_exception_type, stop_after_delay, wait_fixed

from tests.deploy.artefact import DEPLOY, ROOT, FailedCheck, run_tool
from tests.deploy.wheel import build_wheel, requirements

RELEASE = "bookworm"
ARCHIVE = "http://deb.debian.org/debian"
SOURCES = f"""deb {ARCHIVE} {RELEASE} main
deb {ARCHIVE} {RELEASE}-updates main
deb http://deb.debian.org/debian-security {RELEASE}-security main
"""
BARE = "systemd systemd-sysv dbus libpam-systemd sudo iproute2 procps python3 ca-certificates"
"""What a Debian server has before anybody installs anything, as far as it matters here."""

_TOOLS = ROOT / ".tools"
_BASE = _TOOLS / f"debian-{RELEASE}"
_PACKAGES = _TOOLS / f"debian-{RELEASE}-packages"
_WHEELS = _TOOLS / f"debian-{RELEASE}-wheels"
# Older lists name packages that the archive no longer has.
_BASE_LASTS_SECONDS = 7 * 24 * 3600.0
_ROOT_BYTES = 3 * 1024**3
_BOOT_SECONDS = 120.0
_POWER_OFF_SECONDS = 60.0
_ENVIRONMENT = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "LANG": "C.UTF-8",
    "DEBIAN_FRONTEND": "noninteractive",
}
_WHEELHOUSE = "/opt/wheelhouse"
_CONSTRAINTS = DEPLOY / "constraints.txt"
# What pip fetches to build a wheel of this project from a clone.
_TO_BUILD = ("setuptools>=77", "wheel")
# Those of the host, since there may be a proxy of its own between it and the index of packages.
_AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")


@dataclass(frozen=True, slots=True)
class DebianRoot:
    """A root folder that is not booted; `path` is where the host sees it."""

    path: Path

    def run(
        self,
        *words: str,
        timeout: float = 300,
        accepted: Sequence[int] = (0,),
        env: Mapping[str, str] | None = None,
        binds: Mapping[Path, str] | None = None,
    ) -> str:
        """Run a program in the root, with the network of the host, and return what it printed.

        Args:
            words: the program and its arguments.
            timeout: seconds.
            accepted: exit codes that are no failure.
            env: further variables.
            binds: folders and files of the host, with where they appear inside.

        Raises:
            FailedCheck: as `run_tool`.
        """
        variables = _ENVIRONMENT | dict(env or {})
        return run_tool(
            *_nspawn(self.path),
            *("--as-pid2", "--pipe"),
            *(f"--bind={host}:{inside}" for host, inside in (binds or {}).items()),
            *(f"--setenv={name}={text}" for name, text in variables.items()),
            *words,
            timeout=timeout,
            accepted=accepted,
        )

    def install(self, *packages: str) -> None:
        """Install packages of Debian now."""
        self.offer(*packages)
        self._apt("install", "--no-download", *packages)

    def offer(self, *packages: str) -> None:
        """Put packages and what they need where `apt-get install` finds them without a network.

        They are downloaded once, into `.tools`.
        """
        # Recommended packages are not needed here, and `apt-get update` inside has nobody to ask.
        (self.path / "etc/apt/apt.conf.d/90offered").write_text(
            'APT::Install-Recommends "false";\nAcquire::Retries "0";\n', encoding="utf-8"
        )
        archives = "/var/cache/apt/archives"
        with _lock(_PACKAGES):
            # apt refuses a cache without this folder.
            (_PACKAGES / "partial").mkdir(parents=True, exist_ok=True)
            try:
                self._apt("install", "--download-only", *packages, cache=True)
            except FailedCheck:
                self._apt("update")
                self._apt("install", "--download-only", *packages, cache=True)
            # 'http://...' NAME_VERSION_ARCHITECTURE.deb SIZE SUM, each that is to be fetched.
            for line in self._apt("install", "--print-uris", "-qq", *packages).splitlines():
                if line.startswith("'"):
                    name = line.split()[1]
                    shutil.copy2(_PACKAGES / name, f"{self.path}{archives}/{name}")

    def offer_wheel(self, extras: str = "server,postgres") -> str:
        """Build the wheel of this tree and put it where pip inside finds all that it needs too.

        What comes from PyPI is downloaded once for the same requirements, by the machine's own
        Python, on which it depends what is needed. pip inside asks no index from now on.

        Returns:
            The path of the wheel inside.
        """
        folder = Path(f"{self.path}{_WHEELHOUSE}")
        wheel = build_wheel(folder)
        versions = _CONSTRAINTS.read_text(encoding="utf-8")
        needed = "\n".join([extras, *_TO_BUILD, *requirements(wheel), versions])
        key = sha256(needed.encode()).hexdigest()
        cache = _WHEELS / key[:16]
        with _lock(_WHEELS):
            if not (cache / ".complete").exists():
                shutil.rmtree(cache, ignore_errors=True)
                cache.mkdir(parents=True)
                self._download(f"{_WHEELHOUSE}/{wheel.name}[{extras}]", cache)
                (cache / ".complete").touch()
            for found in cache.glob("*.whl"):
                if not found.name.startswith("revitron_grpc-"):
                    shutil.copy2(found, folder)
        (self.path / "etc/pip.conf").write_text(
            f"[global]\nno-index = true\nfind-links = {_WHEELHOUSE}\n", encoding="utf-8"
        )
        return f"{_WHEELHOUSE}/{wheel.name}"

    def _download(self, what: str, folder: Path) -> None:
        self.install("python3-venv")
        index = {name: text for name, text in os.environ.items() if name == "PIP_INDEX_URL"}
        binds = {folder: "/mnt", _CONSTRAINTS: "/srv/constraints.txt"}
        if _AUTHORITIES.exists():
            binds[_AUTHORITIES] = "/srv/authorities.pem"
            index["PIP_CERT"] = "/srv/authorities.pem"
        script = """
            python3 -m venv /var/tmp/pip
            /var/tmp/pip/bin/pip download --quiet --only-binary :all: --dest /mnt \
                --constraint /srv/constraints.txt "$@"
            rm -r /var/tmp/pip"""
        words = ("sh", "-ec", script, "sh", what, *_TO_BUILD)
        self.run(*words, timeout=600, env=index, binds=binds)

    def _apt(self, *words: str, cache: bool = False) -> str:
        options = ("-o", "APT::Sandbox::User=root", "-o", "Acquire::Retries=3")
        if cache:
            options += ("-o", "Dir::Cache::archives=/mnt")
        return self.run(
            *("apt-get", "-q", "-y", *options, *words),
            timeout=600,
            binds={_PACKAGES: "/mnt"} if cache else None,
        )


@dataclass(frozen=True, slots=True)
class Machine:
    """A booted root; its first process is `leader` to the host."""

    root: DebianRoot
    leader: int

    def run(
        self,
        *words: str,
        user: str = "root",
        timeout: float = 60,
        accepted: Sequence[int] = (0,),
        stdin: str | None = None,
        env: Mapping[str, str] | None = None,
    ) -> str:
        """Run a program inside and return what it printed, both streams together.

        Args:
            words: the program and its arguments.
            user: whose rights it has; the home of another user than root is its folder.
            timeout: seconds; it is killed after that.
            accepted: exit codes that are no failure.
            stdin: what it reads; nothing without.
            env: further variables.

        Raises:
            FailedCheck: as `run_tool`.
        """
        limited = ("timeout", "--kill-after=5", str(timeout), *words)
        line = self.command(*limited, user=user, env=env)
        try:
            return run_tool(*line, timeout=timeout + 20, accepted=accepted, stdin=stdin)
        except FailedCheck as failed:
            said = str(failed).removeprefix(" ".join(line))
            raise FailedCheck(f"in the machine, as {user}: {' '.join(words)}{said}") from failed

    def start(
        self,
        *words: str,
        user: str = "root",
        output: IO[str] | int = subprocess.PIPE,
        env: Mapping[str, str] | None = None,
    ) -> subprocess.Popen[str]:
        """Start a program inside; to kill what is returned kills it too."""
        return subprocess.Popen(
            self.command(*words, user=user, env=env),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def command(
        self, *words: str, user: str = "root", env: Mapping[str, str] | None = None
    ) -> list[str]:
        """Return the words by which the host runs a program inside."""
        variables = [f"{name}={text}" for name, text in (_ENVIRONMENT | dict(env or {})).items()]
        home = "/root" if user == "root" else f"/home/{user}"
        # nsenter waits in the host's namespace of processes, and is what can be killed from there.
        rights = ["setpriv", "--pdeathsig", "KILL"]
        if user != "root":
            rights += [f"--reuid={user}", f"--regid={user}", "--init-groups"]
        return [
            *("nsenter", f"--target={self.leader}", "--all", *rights),
            *("env", "-i", *variables, f"HOME={home}", f"USER={user}"),
            *("sh", "-c", 'cd "$HOME" 2>/dev/null || cd /; exec "$@"', "sh", *words),
        ]

    def journal(self, unit: str, lines: int = 40) -> str:
        """Return the last lines of a unit's journal, for the text of a failure."""
        words = ("journalctl", "--no-pager", "-o", "cat", "-n", str(lines), "-u", unit)
        return self.run(*words, accepted=(0, 1))


@contextlib.contextmanager
def debian_root() -> Iterator[DebianRoot]:
    """A fresh bare Debian, removed at the end.

    Raises:
        FailedCheck: who runs this is not root, a tool is missing, or the archive cannot be reached.
    """
    if os.name != "posix" or os.geteuid() != 0:
        raise FailedCheck("this needs root, to make and boot a Debian: sudo make deploy-check")
    for program in ("debootstrap", "systemd-nspawn", "nsenter"):
        if not shutil.which(program):
            raise FailedCheck(f"{program} is not installed: run tests/install-deploy-tools.sh")
    _TOOLS.mkdir(exist_ok=True)
    with _lock(_BASE):
        _remove_left_over()
        _make_base()
        folder = Path(tempfile.mkdtemp(prefix="machine-", dir=_TOOLS.resolve()))
        in_use = FileLock(f"{folder}.lock")
        in_use.acquire()
    try:
        # In memory, if there is enough: a disk takes long to forget ten thousand files.
        if psutil.virtual_memory().available > 2 * _ROOT_BYTES:
            run_tool("mount", "-t", "tmpfs", "-o", f"size={_ROOT_BYTES},mode=755", "tmpfs", folder)
        with _lock(_BASE):
            run_tool("cp", "-a", "--reflink=auto", _BASE.resolve(), folder / folder.name)
        yield DebianRoot(folder / folder.name)
    finally:
        _remove(folder)
        in_use.release()


@contextlib.contextmanager
def booted(root: DebianRoot) -> Iterator[Machine]:
    """Boot a root, and power it off at the end.

    Raises:
        FailedCheck: it does not boot on this machine; the text has what the console said.
    """
    console = root.path.parent / "console.log"
    with console.open("wb") as log:
        # A check that is killed takes the machine with it.
        process = psutil.Popen(
            ["setpriv", "--pdeathsig", "TERM", *_nspawn(root.path), "--boot", "--private-network"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        yield _up(root, process, console)
    finally:
        _power_off(process)
        with contextlib.suppress(OSError):
            Path("/run/systemd/nspawn/propagate", root.path.name).rmdir()


def _up(root: DebianRoot, process: psutil.Popen, console: Path) -> Machine:
    deadline = time.monotonic() + _BOOT_SECONDS
    patient = Retrying(
        stop=stop_after_delay(_BOOT_SECONDS),
        wait=wait_fixed(0.1),
        retry=retry_if_exception_type(FailedCheck),
        reraise=True,
    )

    def ask() -> Machine:
        children = process.children() if process.is_running() else []
        if process.poll() is not None:
            raise RuntimeError(f"systemd-nspawn ended with exit code {process.returncode}")
        if not children:
            raise FailedCheck("systemd-nspawn has no child yet")
        machine = Machine(root, children[0].pid)
        left = max(1.0, deadline - time.monotonic())
        # 1 is said while the manager cannot be asked yet, and with the word `degraded`.
        said = machine.run(
            "systemctl", "is-system-running", "--wait", timeout=left, accepted=(0, 1)
        )
        if said.strip() not in ("running", "degraded"):
            raise FailedCheck(f"systemd says: {said.strip()}")
        return machine

    try:
        return patient(ask)
    except (FailedCheck, RuntimeError, psutil.NoSuchProcess) as error:
        said = console.read_text(encoding="utf-8", errors="replace")[-4000:]
        raise FailedCheck(f"a Debian does not boot on this machine: {error}\n{said}") from error


def _power_off(process: psutil.Popen) -> None:
    """End a machine: in order, and if that takes too long, at once."""
    try:
        leaders = process.children()
    except psutil.NoSuchProcess:
        return
    process.terminate()
    try:
        process.wait(_POWER_OFF_SECONDS)
    except psutil.TimeoutExpired:
        # With its first process all others of the machine end.
        for one in (*leaders, process):
            with contextlib.suppress(psutil.NoSuchProcess):
                one.kill()
        process.wait(_POWER_OFF_SECONDS)


def _nspawn(root: Path) -> list[str]:
    # Where systemd does not run there is no manager that could give a scope or keep a register.
    manager = [] if Path("/run/systemd/system").is_dir() else ["--keep-unit"]
    return ["systemd-nspawn", "--quiet", "-D", str(root), "--register=no", *manager]


def _remove(folder: Path) -> None:
    if folder.is_mount():
        # Lazily: what still has a file open there, such as a killed check's program, loses nothing.
        run_tool("umount", "--lazy", folder)
    run_tool("rm", "-rf", "--one-file-system", folder, f"{folder}.lock", timeout=600)


def _remove_left_over() -> None:
    """Remove what checks left that were killed."""
    for folder in _TOOLS.resolve().glob("machine-????????"):
        with contextlib.suppress(Timeout), FileLock(f"{folder}.lock", timeout=0):
            _remove(folder)


def _make_base() -> None:
    """Make the base, unless there is a recent one; it appears whole or not at all."""
    with contextlib.suppress(FileNotFoundError):
        if time.time() - (_BASE / "etc/apt/sources.list").stat().st_mtime < _BASE_LASTS_SECONDS:
            return
    root = DebianRoot(_TOOLS.resolve() / f"{_BASE.name}.new")
    shutil.rmtree(root.path, ignore_errors=True)
    run_tool(
        *("debootstrap", "--variant=minbase", f"--include={','.join(BARE.split())}"),
        *(RELEASE, root.path, ARCHIVE),
        timeout=900,
    )
    (root.path / "etc/apt/sources.list").write_text(SOURCES, encoding="utf-8")
    (root.path / "etc/hostname").write_text("server\n", encoding="utf-8")
    (root.path / "etc/hosts").write_text("127.0.0.1 localhost\n127.0.1.1 server\n", "utf-8")
    root.run("apt-get", "-q", "update", "-o", "Acquire::Retries=3")
    root.run("apt-get", "-q", "-y", "upgrade", timeout=600)
    root.run("apt-get", "clean")
    shutil.rmtree(_BASE, ignore_errors=True)
    root.path.rename(_BASE)


def _lock(what: Path) -> FileLock:
    what.parent.mkdir(exist_ok=True)
    return FileLock(what.parent.resolve() / f".{what.name}.lock", timeout=1800)
