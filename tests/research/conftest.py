"""A server of archives on loopback, with a certificate of its own, that does as it is told."""

import asyncio
import io
import json
import ssl
import tarfile
import threading
import time
import zipfile
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import pytest
import trustme
from aiohttp import web

from revitron_grpc.catalog.file_format import write_catalog
from revitron_grpc.catalog.load import load_data
from revitron_grpc.settings import Settings
from tests.liveness import LIVENESS

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]
COMMIT = "0123456789abcdef0123456789abcdef01234567"

BUTTON = {
    "title": {"en_us": "Renumber rooms", "de_de": "Räume neu nummerieren"},
    "tooltip": "Renumbers the rooms of a level along a curve that you pick.",
}
EXTENSION = {
    "Office.extension/Office.tab/Rooms.panel/Renumber.pushbutton/bundle.yaml": json.dumps(BUTTON),
    "Office.extension/Office.tab/Rooms.panel/Renumber.pushbutton/script.py": "print 'rooms'\n",
    "Office.extension/Office.tab/Rooms.panel/Old.pushbutton/script.py": (
        "'''Deletes unused views.'''\n__title__ = 'Purge\\nviews'\n"
    ),
    "Office.extension/Office.tab/Rooms.panel/Sheets.pulldown/List.pushbutton/bundle.yaml": (
        "title: ["
    ),
    "README.md": "nothing of it is read",
}
LIBRARY = {
    "lib/officelib/__init__.py": "from .rooms import number_rooms, Numbering\nVERSION = '1.2'\n",
    "lib/officelib/rooms.py": (
        "import clr\n"
        "def number_rooms(level, start=1, *rooms):\n    print 'numbered'\n"
        "class Numbering(object):\n"
        "    def __init__(self, prefix):\n        self.prefix = prefix\n"
        "    @staticmethod\n    def of(text):\n        return Numbering(text)\n"
        "    @property\n    def width(self):\n        return 3\n"
        "def _hidden():\n    pass\n"
    ),
    "lib/officelib/everything.py": "from System import *\n",
    "setup.py": "raise SystemExit('never run')\n",
}
INDEX: list[dict[str, str]] = [
    {
        "name": "door-schedule",
        "title": "Door schedule to Excel",
        "description": "Exports the door schedule to Excel.",
        "url": "https://intranet.office.example/tools/doors",
    }
]


def zipped(files: dict[str, str], top: str = "repo-main/", commit: str = COMMIT) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = commit.encode()
        for path, text in files.items():
            archive.writestr(top + path, text)
    return packed.getvalue()


def tarred(files: dict[str, str], top: str = "repo-main/", commit: str = COMMIT) -> bytes:
    packed = io.BytesIO()
    headers = {"comment": commit}
    with tarfile.open(
        fileobj=packed, mode="w:gz", format=tarfile.PAX_FORMAT, pax_headers=headers
    ) as archive:
        for path, text in files.items():
            member = tarfile.TarInfo(top + path)
            member.size = len(text.encode())
            archive.addfile(member, io.BytesIO(text.encode()))
    return packed.getvalue()


def body(content: bytes, etag: str = "") -> Answer:
    """Send that content, or 304 to whoever has it by its ETag."""

    async def answer(request: web.Request) -> web.StreamResponse:
        headers = {"ETag": etag} if etag else {}
        if etag and request.headers.get("If-None-Match") == etag:
            return web.Response(status=304, headers=headers)
        return web.Response(body=content, headers=headers)

    return answer


def status(code: int, **headers: str) -> Answer:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(
            status=code, headers={name.replace("_", "-"): v for name, v in headers.items()}
        )

    return answer


async def truncated(request: web.Request) -> web.StreamResponse:
    """Promise more than is sent."""
    answer = web.StreamResponse(headers={"Content-Length": "100000"})
    await answer.prepare(request)
    await answer.write(b"PK" + b"x" * 500)
    assert request.transport is not None
    request.transport.close()
    return answer


async def silent(request: web.Request) -> web.StreamResponse:
    """Begin, and never go on."""
    answer = web.StreamResponse(headers={"Content-Length": "100000"})
    await answer.prepare(request)
    await answer.write(b"PK")
    while request.transport is not None and not request.transport.is_closing():
        await asyncio.sleep(0.01)
    return answer


@dataclass
class Seen:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    at: float


@dataclass
class Origin:
    """The server: `plan` says what each path answers, the last answer for good."""

    authority: trustme.CA
    port: int = 0
    plan: dict[str, list[Answer]] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)

    def url(self, path: str) -> str:
        return f"https://localhost:{self.port}{path}"

    def on(self, path: str, *answers: Answer) -> str:
        self.plan[path] = list(answers)
        return self.url(path)

    def requests(self, path: str) -> list[Seen]:
        return [one for one in self.seen if one.path == path]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.seen.append(Seen(request.path, dict(request.headers), time.monotonic()))
        answers = self.plan.get(request.path)
        if not answers:
            return web.Response(status=404)
        return await (answers.pop(0) if len(answers) > 1 else answers[0])(request)


@pytest.fixture(scope="session")
def running_origin() -> Iterator[Origin]:
    authority = trustme.CA()
    found = Origin(authority)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    loop = asyncio.new_event_loop()
    serving = threading.Event()

    async def serve() -> web.AppRunner:
        app = web.Application()
        app.router.add_get("/{path:.*}", found.answer)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "localhost", 0, ssl_context=context)
        await site.start()
        found.port = runner.addresses[0][1]
        return runner

    def run() -> None:
        runner = loop.run_until_complete(serve())
        loop.call_soon(serving.set)
        loop.run_forever()
        loop.run_until_complete(runner.cleanup())
        loop.close()

    thread = threading.Thread(target=run)
    thread.start()
    serving.wait(LIVENESS)
    yield found
    loop.call_soon_threadsafe(loop.stop)
    thread.join(30)


@pytest.fixture
def origin(running_origin: Origin, monkeypatch: pytest.MonkeyPatch) -> Origin:
    running_origin.plan.clear()
    running_origin.seen.clear()
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    return running_origin


@pytest.fixture
def ca_file(running_origin: Origin, tmp_path: Path) -> Path:
    path = tmp_path / "authority.pem"
    running_origin.authority.cert_pem.write_to_path(str(path))
    return path


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small catalog to add to, since the packaged one takes most of a second to write."""
    data, _ = load_data()
    path = tmp_path_factory.mktemp("base") / "base.bin"
    write_catalog(
        path, msgspec.structs.replace(data, types=data.types[:20], gone=(), tools=data.tools[:5])
    )
    return path


@pytest.fixture
def configured(tmp_path: Path, ca_file: Path, base: Path) -> Callable[..., Settings]:
    """Settings with these sources, and a folder of the test's own."""

    def make(*sources: dict[str, Any], **research: Any) -> Settings:
        return Settings.model_validate(
            {
                "catalog": {"path": base},
                "research": {
                    "sources": list(sources),
                    "directory": tmp_path / "research",
                    "ca_file": ca_file,
                    "backoff_seconds": 0,
                    "attempts": 2,
                    **research,
                },
            }
        )

    return make
