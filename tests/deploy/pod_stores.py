"""The stores of production as their pods are set up, on loopback: real PostgreSQL and Redis."""

import re
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from tests.deploy.artefact import FailedCheck, run_tool
from tests.deploy.manifests import Manifest, of_kind, only
from tests.liveness import LIVENESS
from tests.programs.ports import free_port
from tests.programs.postgres import PostgresServer

# So that the test can ask Redis what it refused to others.
_WATCHER = "user watcher on nopass ~* &* +@all\n"


@contextmanager
def postgresql(objects: tuple[Manifest, ...], secrets: Path, folder: Path) -> Iterator[str]:
    """Yield the URL in the Secret, at a server with the pod's files, set up by its script.

    The server is reached by password only, but for its superuser.
    """
    files, main = _postgresql_files(objects)
    script = folder / "service.sql"
    script.write_text(
        files["service.sql"].replace("/run/secrets/postgresql", str(secrets / "postgresql")),
        encoding="utf-8",
    )
    home = folder / "postgresql"
    home.mkdir()
    server = PostgresServer(home)
    for name, text in files.items():
        place = "postgresql.conf" if name == main else name
        (home / "data" / place).write_text(text, encoding="utf-8")
    (home / "data" / "pg_hba.conf").write_text(
        "host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n"
    )
    try:
        server.start()
    except AssertionError as error:
        raise FailedCheck(f"PostgreSQL does not start\n{error}") from error
    try:
        run_tool(
            *("psql", "--no-psqlrc", "--set", "ON_ERROR_STOP=1", "--dbname", server.url),
            *("--file", script),
        )
        with psycopg.connect(server.url) as connection:
            _settings_are_taken(connection)
            found = connection.execute(
                "SELECT rolname FROM pg_roles WHERE rolsuper OR rolcreaterole ORDER BY 1"
            ).fetchall()
        if found != [("postgres",)]:
            raise FailedCheck(f"superusers of PostgreSQL: {found}")
        url = (secrets / "revitron-grpc" / "database-url").read_text(encoding="utf-8")
        yield url.replace("postgresql:5432", f"127.0.0.1:{server.port}").strip()
    finally:
        server.stop()


def _postgresql_files(objects: tuple[Manifest, ...]) -> tuple[dict[str, str], str]:
    """Return the files in the folder of the pod's configuration, and which of them it names."""
    pod = only(objects, "StatefulSet", "postgresql")["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    (path,) = (Path(word[12:]) for word in container["args"] if word.startswith("config_file="))
    (mount,) = (
        one["name"] for one in container["volumeMounts"] if one["mountPath"] == str(path.parent)
    )
    (volume,) = (one for one in pod["volumes"] if one["name"] == mount)
    made = {one["metadata"]["name"]: one["data"] for one in of_kind(objects, "ConfigMap")}
    files: dict[str, str] = {}
    for source in volume["projected"]["sources"]:
        files |= made[source["configMap"]["name"]]
    return files, path.name


def _settings_are_taken(connection: psycopg.Connection) -> None:
    """See that PostgreSQL read both files without a fault, and that the pod's has the last word."""
    # What this server has on its command line instead is no fault of the files.
    rows = connection.execute(
        "SELECT name, file.setting, file.sourcefile,"
        " CASE WHEN source = 'command line' THEN NULL ELSE error END"
        " FROM pg_file_settings file LEFT JOIN pg_settings USING (name) ORDER BY seqno"
    ).fetchall()
    wrong = [f"{name}: {error}" for name, _, _, error in rows if error]
    if len({file for _, _, file, _ in rows}) != 2:
        wrong.append(f"read: {', '.join(sorted({str(file) for _, _, file, _ in rows}))}")
    last = {name: setting for name, setting, _, _ in rows}
    wrong += [
        f"{name} is {last.get(name)} for a pod"
        for name, wanted in (("listen_addresses", "*"), ("logging_collector", "off"))
        if last.get(name) != wanted
    ]
    if wrong:
        raise FailedCheck("PostgreSQL's settings\n" + "\n".join(wrong))


class PodRedis:
    """Redis as its pod runs it."""

    def __init__(self, objects: tuple[Manifest, ...], secrets: Path, folder: Path) -> None:
        """Prepare it in a new folder."""
        template = only(objects, "StatefulSet", "redis")["spec"]["template"]["spec"]
        (self._container,) = template["containers"]
        self._port = free_port()
        folder.mkdir()
        self._log = folder / "redis.log"
        for name, text in only(objects, "ConfigMap", "redis-tuning")["data"].items():
            (folder / name).write_text(text, encoding="utf-8")
        users = folder / "users.acl"
        shutil.copy(secrets / "redis" / "users.acl", users)
        users.write_text(users.read_text(encoding="utf-8") + _WATCHER, encoding="utf-8")
        self._places = {"/run/secrets/redis": str(folder), "/etc/redis": str(folder)}
        self._folder = folder

    @contextmanager
    def running(self) -> Iterator[None]:
        """Run the container's command, with what differs on loopback behind it."""
        words = [self._here(word) for word in self._container["command"]]
        with self._log.open("wb") as log:
            process = subprocess.Popen(
                [*words, "--bind", "127.0.0.1", "--port", str(self._port)],
                cwd=self._folder,
                stdout=log,
                stderr=log,
            )
        try:
            self._wait(process)
            yield
        finally:
            process.terminate()
            process.wait(30)

    def url(self, secrets: Path) -> str:
        """Return the URL in the Secret, at this server."""
        url = (secrets / "revitron-grpc" / "redis-url").read_text(encoding="utf-8").strip()
        return url.replace("redis:6379", f"127.0.0.1:{self._port}")

    def probe(self) -> None:
        """Run the pod's readiness probe.

        Raises:
            FailedCheck: it says that Redis is not ready.
        """
        program, flag, line = self._container["readinessProbe"]["exec"]["command"]
        run_tool(program, flag, re.sub(r"\bredis-cli\b", f"redis-cli -p {self._port}", line))

    def refused(self, *words: str) -> str:
        """Return why Redis refuses a command of somebody without a password."""
        # A refusal counts as a lost connection there, which is tried four times otherwise.
        once = Retry(NoBackoff(), 0)
        with redis.Redis(port=self._port, socket_timeout=10, protocol=2, retry=once) as stranger:
            try:
                answer = stranger.execute_command(*words)
            except redis.RedisError as error:
                return str(error)
        raise FailedCheck(f"Redis answers a stranger's {' '.join(words)}: {answer!r}")

    def kept(self) -> int:
        """Return how many keys of the service there are.

        Raises:
            FailedCheck: Redis refused something to the service.
        """
        with self._watcher() as watcher:
            denied = [one for one in watcher.acl_log() if one["username"] == "revitron-grpc"]
            if denied:
                raise FailedCheck(f"Redis refused something to the service: {denied}")
            return sum(1 for _ in watcher.scan_iter("revitron_grpc:*"))

    def _watcher(self) -> redis.Redis:
        return redis.Redis(port=self._port, username="watcher", password="any")  # noqa: S106

    def _here(self, word: str) -> str:
        for mounted, place in self._places.items():
            word = word.replace(mounted, place)
        return word

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        pause, deadline = threading.Event(), time.monotonic() + LIVENESS
        while process.poll() is None and time.monotonic() < deadline:
            with self._watcher() as watcher:
                try:
                    watcher.ping()
                except redis.RedisError:
                    pause.wait(0.02)
                else:
                    return
        raise FailedCheck(f"Redis did not start\n{self._log.read_text(errors='replace')}")
