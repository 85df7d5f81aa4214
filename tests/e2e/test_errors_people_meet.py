"""Every row of docs/errors.md, produced by the real programs and read off the command line."""

import contextlib
import io
import json
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import pytest

from revitron_grpc.cli.commands import app
from tests.certificates import LONG_AGO, TOMORROW, YESTERDAY, Authority, Pair
from tests.docs.pages import ROOT, table
from tests.e2e.conftest import Done, Service, run, start_service
from tests.liveness import LIVENESS, wait_until

ROWS = table(ROOT / "docs" / "errors.md", "The table")
# Ports of HAProxy, by what is wrong there.
EXPIRED, NOT_YET, HTTP1, WEB, OFFICE_PROXY = "expired", "not yet", "http1", "web", "office proxy"

PROXIES = {"grpc_proxy", "https_proxy", "http_proxy", "no_proxy", "no_grpc_proxy"}
HAPROXY = """
defaults
    mode http
    timeout connect 2s
    timeout client 30s
    timeout server 30s
frontend expired
    bind 127.0.0.1:{expired} ssl crt {expired_pem} alpn h2
    default_backend service
frontend not_yet
    bind 127.0.0.1:{not_yet} ssl crt {not_yet_pem} alpn h2
    default_backend service
frontend http1
    bind 127.0.0.1:{http1} ssl crt {good_pem} alpn http/1.1
    default_backend service
frontend web
    bind 127.0.0.1:{web} ssl crt {good_pem} alpn h2,http/1.1
    http-request return status 404
frontend office_proxy
    bind 127.0.0.1:{office_proxy}
    http-request return status 403
backend service
    server replica 127.0.0.1:{service} proto h2
"""


@dataclass(frozen=True, slots=True)
class World:
    """Services and proxies, each set up well or badly."""

    plain: Service
    mutual: Service
    authority: Authority
    proxy: dict[str, int]
    folder: Path
    reader: str
    """A key that may only read."""
    once: str
    """A key that is good for one call a day."""

    @property
    def ca(self) -> tuple[str, str]:
        return ("--ca", str(self.authority.file))

    def behind(self, what: str) -> tuple[str, str]:
        return ("--server", f"127.0.0.1:{self.proxy[what]}")


def free_ports(names: list[str]) -> dict[str, int]:
    with contextlib.ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in names]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return {n: s.getsockname()[1] for n, s in zip(names, sockets, strict=True)}


def keys(folder: Path) -> dict[str, str]:
    """The settings that make a key good: for the service, and for who makes keys."""
    return {
        "REVITRON_GRPC_KEYS__SECRET": "a secret of at least 32 characters",
        "REVITRON_GRPC_RUNS__URL": f"sqlite:///{folder / 'runs.sqlite3'}",
    }


def new_key(folder: Path, *limits: str) -> str:
    words = ("keys", "create", "--owner", "anna", "--format", "json", *limits)
    made = command(*words, **keys(folder))
    assert made.code == 0, made.err
    return str(json.loads(made.out)["key"])


def joined(pair: Pair, path: Path) -> Path:
    path.write_bytes(pair.certificate.read_bytes() + pair.private_key.read_bytes())
    return path


@contextlib.contextmanager
def haproxy(folder: Path, authority: Authority, service: Service) -> Iterator[dict[str, int]]:
    ports = free_ports([EXPIRED, NOT_YET, HTTP1, WEB, OFFICE_PROXY])
    hosts = ("localhost", "127.0.0.1")
    pairs = {
        "expired_pem": authority.issue(*hosts, not_before=LONG_AGO, not_after=YESTERDAY),
        "not_yet_pem": authority.issue(*hosts, not_before=TOMORROW),
        "good_pem": authority.issue(*hosts),
    }
    files = {name: joined(pair, folder / f"{name}.pem") for name, pair in pairs.items()}
    values = {name.replace(" ", "_"): port for name, port in ports.items()} | files
    config = folder / "haproxy.cfg"
    config.write_text(HAPROXY.format(**values, service=service.port))
    program = shutil.which("haproxy") or shutil.which("haproxy", path="/usr/sbin")
    assert program, "haproxy is not installed: `make deps`"
    with (folder / "haproxy.log").open("wb") as log:
        process = subprocess.Popen([program, "-f", str(config)], stdout=log, stderr=log)
    try:
        await_port(ports[EXPIRED], process)
        yield ports
    finally:
        process.terminate()
        process.wait(LIVENESS)


def await_port(port: int, process: subprocess.Popen[bytes]) -> None:
    def answered() -> bool:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), 1).close()
            return True
        assert process.poll() is None
        return False

    wait_until(answered)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("world")
    authority = Authority(folder)
    server = authority.issue("localhost")
    quick = {"REVITRON_GRPC_SHUTDOWN__NOTICE_SECONDS": "0"}
    small = {"REVITRON_GRPC_SERVER__MAX_REQUEST_BYTES": "65536"}
    tls = {
        "REVITRON_GRPC_TLS__CERTIFICATE": str(server.certificate),
        "REVITRON_GRPC_TLS__PRIVATE_KEY": str(server.private_key),
        "REVITRON_GRPC_TLS__CLIENT_CA": str(authority.file),
        "REVITRON_GRPC_TLS__CLIENT_CERTIFICATES": "required",
        **keys(folder),
        "REVITRON_GRPC_KEYS__REQUIRED": "true",
    }
    with contextlib.ExitStack() as stack:

        def service(name: str, **environment: str) -> Service:
            place = folder / name
            place.mkdir()
            found = start_service(place, **environment)
            stack.callback(found.end)
            return found

        # Made before the service reads them.
        reader = new_key(folder, "--permission", "read")
        once = new_key(folder, "--calls-per-day", "1")
        plain = service("plain", **quick, **small)
        mutual = service("mutual", **quick, **tls)
        proxy = stack.enter_context(haproxy(folder, authority, plain))
        yield World(plain, mutual, authority, proxy, folder, reader, once)


def command(*arguments: str, **environment: str) -> Done:
    """Run a command in this process, with nothing of the environment but what is given.

    A process for each row would take a minute of importing.
    """
    for name in list(os.environ):
        if name.startswith("REVITRON_") or name in PROXIES:
            environment.setdefault(name, "")
    out, err = io.StringIO(), io.StringIO()
    with mock.patch.dict(os.environ, environment):
        for name in [name for name, value in environment.items() if not value]:
            del os.environ[name]
        with (
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
            pytest.raises(SystemExit) as ended,
        ):
            app(list(arguments), prog_name="revitron-grpc")
    return Done(int(ended.value.code or 0), out.getvalue(), err.getvalue())


def health(*arguments: str, **environment: str) -> Done:
    return command("health", *arguments, **environment)


@contextlib.contextmanager
def full_backlog() -> Iterator[int]:
    """A port to which nothing gets through: as behind a firewall that drops."""
    with contextlib.ExitStack() as held:
        listening = held.enter_context(socket.socket())
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        for _ in range(4):
            caller = held.enter_context(socket.socket())
            caller.setblocking(False)
            caller.connect_ex(listening.getsockname())
        yield listening.getsockname()[1]


def dropped(_: World) -> Done:
    with full_backlog() as port:
        return health("--server", f"127.0.0.1:{port}")


def silent(_: World) -> Done:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return health("--server", f"127.0.0.1:{listening.getsockname()[1]}")


def through_the_offices_proxy(world: World) -> Done:
    proxy = f"http://user:password@127.0.0.1:{world.proxy[OFFICE_PROXY]}"
    done = health("--server", "10.1.2.3:50051", http_proxy=proxy)
    assert "password" not in done.err
    return done


def of_another_authority(world: World) -> Done:
    other = Authority(world.folder / "theirs").issue("anna@office.example")
    return health("--server", f"localhost:{world.mutual.port}", *world.ca, *other.options)


def with_another_key(world: World) -> Done:
    one, other = (world.authority.issue("anna@office.example") for _ in range(2))
    return health(
        *("--server", "localhost:1", "--certificate", str(one.certificate)),
        *("--private-key", str(other.private_key)),
    )


def of_a_wrong_file(world: World) -> Done:
    other = Authority(world.folder / "other")
    return health("--server", f"localhost:{world.mutual.port}", "--ca", str(other.file))


def of_a_distant_release(world: World) -> Done:
    """The same service, but for its release."""
    folder = world.folder / "distant"
    folder.mkdir()
    code = (
        "import sys, revitron_grpc; revitron_grpc.__version__ = '0.9.0'; "
        "from revitron_grpc.cli.main import run; run()"
    )
    ports = folder / "ports"
    words = ["serve", "--port", "0", "--http-port", "0", "--port-file", str(ports)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "-c", code, *words], stdout=log, stderr=log)
    try:
        wait_until(lambda: ports.exists() or process.poll() is not None)
        assert ports.exists(), (folder / "log").read_text()
        port = ports.read_text().split()[0]
        done = command("generate", "--count", "1", "--server", f"127.0.0.1:{port}")
    finally:
        process.kill()
        process.wait(LIVENESS)
    assert done.code == 0, done.err
    return done


def with_much_that_exists(world: World) -> Done:
    extension = world.folder / "Much.extension"
    for number in range(300):
        button = extension / "A.tab" / "B.panel" / f"Tool {number}.pushbutton"
        button.mkdir(parents=True)
        (button / "script.py").write_text("pass\n")
        (button / "bundle.yaml").write_text(f"title: {'x' * 150} {number}\ntooltip: {'y' * 200}\n")
    return command(
        *("generate", "--count", "1", "--server", world.plain.target),
        *("--existing", str(extension)),
    )


def in_clear_text(_: World) -> Done:
    done = health("--server", "10.1.2.3:50051", REVITRON_GRPC_API_KEY="rvt_secret")
    assert "rvt_secret" not in done.err
    return done


def run_of_anna(world: World, **environment: str) -> Done:
    to = ("--server", f"localhost:{world.mutual.port}", *world.ca)
    pair = world.authority.issue("anna@office.example")
    done = command("generate", "--count", "1", *to, *pair.options, **environment)
    assert environment.get("REVITRON_GRPC_API_KEY", "no key") not in done.err
    return done


def without_permission(world: World) -> Done:
    return run_of_anna(world, REVITRON_GRPC_API_KEY=world.reader)


def with_a_used_up_quota(world: World) -> Done:
    first = run_of_anna(world, REVITRON_GRPC_API_KEY=world.once)
    assert first.code == 0, first.err
    return run_of_anna(world, REVITRON_GRPC_API_KEY=world.once)


SITUATIONS: dict[str, Callable[[World], Done]] = {
    "Nothing listens at this address.": lambda _: health("--server", "127.0.0.1:1"),
    "A firewall drops what is sent, or the machine is off.": dropped,
    "The name is misspelt, or this network does not know it.": lambda _: health(
        "--server", "no-such-host.invalid:50051"
    ),
    "The service hangs, or it is another program's port.": silent,
    "An environment variable sends calls through the office's proxy.": through_the_offices_proxy,
    "TLS against a plain port.": lambda w: health("--server", w.plain.target, "--tls"),
    "Plain text against a TLS port.": lambda w: health("--server", w.mutual.target),
    "The authority is not known here.": lambda w: health(
        "--server", f"https://localhost:{w.mutual.port}"
    ),
    "The file of `--ca` holds another authority.": of_a_wrong_file,
    "The address has another name than the certificate.": lambda w: health(
        "--server", w.mutual.target, *w.ca
    ),
    "The certificate expired, or this clock is ahead.": lambda w: health(*w.behind(EXPIRED), *w.ca),
    "This clock is behind (clock skew), or the certificate is for later.": lambda w: health(
        *w.behind(NOT_YET), *w.ca
    ),
    "Mutual TLS, and you showed no certificate.": lambda w: health(
        "--server", f"localhost:{w.mutual.port}", *w.ca
    ),
    "Mutual TLS, and your certificate expired or is of another authority.": of_another_authority,
    "`--private-key` is the key of another certificate.": with_another_key,
    "The side port was given for the gRPC port.": lambda w: health(
        "--server", f"127.0.0.1:{w.plain.http_port}"
    ),
    "A proxy without HTTP/2, or a web server.": lambda w: health(*w.behind(HTTP1), *w.ca),
    "A web server, or a proxy that has no service behind it.": lambda w: health(
        *w.behind(WEB), *w.ca
    ),
    "A key would leave this machine in clear text.": in_clear_text,
    "No key was sent, or it is unknown, expired or revoked.": run_of_anna,
    "The key may not do this.": without_permission,
    "The key's quota is used up.": with_a_used_up_quota,
    "Client and service are more than one release apart; the run goes on.": of_a_distant_release,
    "The request is larger than the service takes.": with_much_that_exists,
    "The time was up before the service answered.": lambda w: command(
        *("generate", "--count", "1", "--timeout", "0.01", "--server", w.plain.target)
    ),
}
GOES_ON = {"Client and service are more than one release apart; the run goes on."}
ONES_OWN = {
    "`--private-key` is the key of another certificate.",
    "A key would leave this machine in clear text.",
    "The request is larger than the service takes.",
}


def test_every_row_has_its_situation() -> None:
    assert [why for _, why, _ in ROWS] == list(SITUATIONS)


@pytest.mark.parametrize(("seen", "why"), [(seen, why) for seen, why, _ in ROWS])
def test_the_command_line_says_what_the_page_says(world: World, seen: str, why: str) -> None:
    done = SITUATIONS[why](world)
    said = " ".join(done.err.split())
    pattern = ".*".join(re.escape(part) for part in seen.strip("`").split("..."))
    assert re.search(pattern, said), said
    assert done.code == (0 if why in GOES_ON else 2 if why in ONES_OWN else 3), said


def test_a_good_certificate_gets_through(world: World) -> None:
    pair = world.authority.issue("anna@office.example")
    to = ("--server", f"https://localhost:{world.mutual.port}")
    done = health(*to, *world.ca, *pair.options)
    assert done.code == 0, done.err
    # By another name, as through a tunnel.
    tunnel = ("--server", world.mutual.target, "--server-name", "localhost")
    assert health(*tunnel, *world.ca, *pair.options).code == 0


def test_a_run_is_not_tried_again_where_that_would_change_nothing(world: World) -> None:
    done = run("generate", "--count", "1", *world.behind(EXPIRED), *world.ca)
    # One line: no other try, and nothing of what gRPC writes by itself.
    assert re.fullmatch(r"error: the certificate of \S+ expired on [^\n]*\n", done.err), done.err
    assert done.code == 3
