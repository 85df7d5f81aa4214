"""An administrator's hour: every command of docs/operations/quickstart.md, top to bottom."""

import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
import redis
from redis.backoff import ConstantBackoff
from redis.retry import Retry

from tests.docs.pages import ROOT, blocks
from tests.liveness import LIVENESS
from tests.programs.ports import free_port
from tests.programs.postgres import PostgresServer

PAGE = ROOT / "docs" / "operations" / "quickstart.md"
# Nobody types a password here: root needs no sudo, and others have the programs already. PGUSER
# says who asks PostgreSQL.
SUDO = """#!/bin/sh
if [ "$1" = -u ]; then shift 2; fi
if [ "$1" = apt-get ] && [ "$(id -u)" != 0 ]; then exit 0; fi
exec "$@"
"""


@pytest.fixture
def redis_port(tmp_path: Path) -> Iterator[int]:
    """A Redis as its package starts it: with a file of settings, and without a password."""
    port, settings = free_port(), tmp_path / "redis.conf"
    settings.write_text(f"bind 127.0.0.1\nport {port}\ndir {tmp_path}\nlogfile redis.log\n")
    server = subprocess.Popen(["redis-server", settings])
    try:
        patient = Retry(ConstantBackoff(0.1), 300)
        with redis.Redis(
            port=port, retry=patient, retry_on_error=[redis.ConnectionError]
        ) as client:
            assert client.ping()
        yield port
    finally:
        server.terminate()
        server.wait(LIVENESS)


@pytest.fixture
def office() -> Iterator[Path]:
    """The folder of the service; what still serves from it is ended."""
    with tempfile.TemporaryDirectory(prefix="revitron-office-") as folder:
        path = Path(folder)
        try:
            yield path
        finally:
            pid_file = path / "office" / "revitron-grpc.pid"
            if pid_file.exists() and psutil.pid_exists(int(pid_file.read_text())):
                os.kill(int(pid_file.read_text()), signal.SIGKILL)


@pytest.mark.timeout(900)
def test_every_command_of_the_page(
    office: Path, postgres_server: PostgresServer, redis_port: int
) -> None:
    clone = office / "clone"
    shutil.copytree(
        ROOT,
        clone,
        ignore=shutil.ignore_patterns(".*", "out", "build", "dist", "*.egg-info", "__pycache__"),
    )
    programs = office / "bin"
    programs.mkdir()
    (programs / "sudo").write_text(SUDO)
    (programs / "sudo").chmod(0o755)
    steps = [block.text for block in blocks(PAGE, "sh")]
    script = "\n".join(f"echo '== {n}'\n{text}" for n, text in enumerate(steps))
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=clone,
        env={
            "PATH": f"{programs}:{os.environ['PATH']}",
            "HOME": str(office),
            "LANG": "C.UTF-8",
            "DEBIAN_FRONTEND": "noninteractive",
            "OFFICE": str(office / "office"),
            "LISTEN": "127.0.0.1",
            "GRPC_PORT": str(free_port()),
            "HTTP_PORT": str(free_port()),
            "REDIS_PORT": str(redis_port),
            "PGHOST": "127.0.0.1",
            "PGPORT": str(postgres_server.port),
            "PGUSER": "postgres",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    told = done.stdout
    assert done.returncode == 0, told
    stores = dict(re.findall(r'store_up\{store="(\w+)"\} ([\d.]+)', told))
    assert stores == {"runs": "1.0", "redis": "1.0", "keys": "1.0"}
    assert len(re.findall(r"^ *anna +\| ", told, re.MULTILINE)) == 1, "one run before the second"
    assert re.search(r'cache_requests_total\{cache="specs",outcome="hit"\} 1\.0', told)
    assert (office / "office" / "Suggested.extension").is_dir()
    for secret in (office / "office" / "secrets").iterdir():
        assert secret.read_text().strip() not in told
        assert not secret.stat().st_mode & 0o077
