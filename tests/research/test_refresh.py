"""What `catalog refresh` makes of what servers send."""

import asyncio
import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme
from filelock import FileLock
from pydantic import ValidationError

from revitron_grpc.catalog.load import load_catalog
from revitron_grpc.catalog.query import Catalog
from revitron_grpc.errors import InvalidInputError
from revitron_grpc.research import archive
from revitron_grpc.research.catalog_folder import (
    CatalogFolder,
    RecordedSource,
    chosen_catalog,
    research_folder,
)
from revitron_grpc.research.refresh import RefreshReport, refresh
from revitron_grpc.settings import Settings
from tests.research.conftest import (
    COMMIT,
    EXTENSION,
    INDEX,
    LIBRARY,
    Origin,
    body,
    silent,
    status,
    tarred,
    truncated,
    zipped,
)

Configured = Callable[..., Settings]
PACKED_INDEX = json.dumps(INDEX).encode()


def index(origin: Origin, *answers: object, **more: str) -> dict[str, str]:
    url = origin.on("/tools.json", *(answers or (body(PACKED_INDEX),)))  # type: ignore[arg-type]
    return {"name": "Office tools", "kind": "tool_index", "url": url, **more}


async def one(settings: Settings, **options: bool) -> RecordedSource:
    (found,) = (await refresh(settings, **options)).record.sources
    return found


def catalog_of(settings: Settings) -> Catalog:
    chosen = chosen_catalog(settings)
    return load_catalog(chosen.path, chosen.fetches)


def age(settings: Settings, by: timedelta) -> None:
    """Make the last download of all sources so much older."""
    for path in (research_folder(settings) / "downloads").glob("*/facts.json"):
        about = json.loads(path.read_text())
        for key in ("fetched", "confirmed"):
            about[key] = (datetime.fromisoformat(about[key]) - by).isoformat()
        path.write_text(json.dumps(about))


async def test_the_three_kinds_become_one_catalog(origin: Origin, configured: Configured) -> None:
    settings = configured(
        {
            "name": "Office toolbar",
            "kind": "extension",
            "url": origin.on("/toolbar.zip", body(zipped(EXTENSION))),
        },
        {
            "name": "officelib",
            "kind": "library",
            "url": origin.on("/library.tar.gz", body(tarred(LIBRARY))),
        },
        index(origin),
    )
    report = await refresh(settings)
    assert report.all_reached
    catalog, packaged = catalog_of(settings), load_catalog(settings.catalog.path)
    assert catalog.digest == report.record.catalog != packaged.digest
    assert catalog.has_api_of(packaged)
    described = list(catalog.described_tools())
    assert tuple(tool for tool, _ in described[: len(packaged.tools)]) == packaged.tools
    new = {tool.title: (tool, text) for tool, text in described[len(packaged.tools) :]}
    assert set(new) == {"Renumber rooms", "Purge views", "Sheets", "List", "Door schedule to Excel"}
    tool, text = new["Renumber rooms"]
    assert text == "Renumbers the rooms of a level along a curve that you pick."
    assert (tool.source, tool.kind, tool.tab, tool.panel, tool.locales) == (
        "Office toolbar",
        "pushbutton",
        "Office",
        "Rooms",
        ("de_de", "en_us"),
    )
    assert tool.path == "Office.extension/Office.tab/Rooms.panel/Renumber.pushbutton"
    assert new["Purge views"][1] == "Deletes unused views."
    assert new["Sheets"][0].group
    api = catalog.python_api
    number = api.entry("officelib.number_rooms")
    assert number is not None
    assert number.name == "officelib.rooms.number_rooms"
    assert [(p.name, p.default, p.kind) for p in number.parameters or ()] == [
        ("level", None, "positional_or_keyword"),
        ("start", "1", "positional_or_keyword"),
        ("rooms", None, "var_positional"),
    ]
    assert api.entry("officelib.rooms.Numbering.of").binding == "static"  # type: ignore[union-attr]
    assert api.entry("officelib.rooms.Numbering.width").kind == "property"  # type: ignore[union-attr]
    assert api.entry("officelib.rooms._hidden") is None
    assert "setup" not in api.modules
    assert {s.name: (s.version, s.entries) for s in catalog.sources[-3:]} == {
        "Office toolbar": (COMMIT, 4),
        "officelib": (COMMIT, api_entries(catalog)),
        "Office tools": (report.record.sources[2].version, 1),
    }
    # One bundle of five entries says nothing that can be read.
    broken = report.record.sources[0]
    assert broken.completeness == 0.8
    assert "List.pushbutton/bundle.yaml" in broken.problems[0]
    # What is known is times what of the configured ones is there.
    share = (0.8 + 1 + 1) / 3
    assert catalog.completeness == pytest.approx(packaged.completeness * share, abs=1e-4)
    assert set(catalog.fetch_times) == {"Office toolbar", "officelib", "Office tools"}


def api_entries(catalog: Catalog) -> int:
    return sum(entry.library == "officelib" for entry in catalog.python_api.entries)


async def test_equal_facts_give_the_equal_digest(origin: Origin, configured: Configured) -> None:
    settings = configured(index(origin))
    first = await refresh(settings)
    second = await refresh(settings, force=True)
    assert first.record.catalog == second.record.catalog
    assert (first.changed, second.changed) == (True, False)
    assert second.record.refreshed > first.record.refreshed


async def test_a_young_download_is_not_asked_for_again(
    origin: Origin, configured: Configured
) -> None:
    settings = configured(index(origin, body(PACKED_INDEX, etag='"one"')))
    assert (await one(settings)).outcome == "fetched"
    assert (await one(settings)).outcome == "cached"
    assert len(origin.seen) == 1
    assert (await one(settings, force=True)).outcome == "fetched"
    assert "If-None-Match" not in origin.seen[-1].headers
    age(settings, timedelta(hours=25))
    confirmed = await one(settings)
    assert confirmed.outcome == "confirmed"
    assert origin.seen[-1].headers["If-None-Match"] == '"one"'
    assert confirmed.fetched is not None
    assert confirmed.confirmed is not None
    assert confirmed.confirmed - confirmed.fetched > timedelta(hours=24)
    assert (await one(settings)).outcome == "cached"


async def test_a_server_in_trouble_is_asked_again_when_it_wants_to_be(
    origin: Origin, configured: Configured
) -> None:
    answers = (status(500), status(503, Retry_After="1"), truncated, body(PACKED_INDEX))
    assert (await one(configured(index(origin, *answers), attempts=4))).outcome == "fetched"
    times = [seen.at for seen in origin.seen]
    assert len(times) == 4
    assert times[2] - times[1] >= 1


@pytest.mark.parametrize(
    ("answer", "told", "asked"),
    [
        (status(500), "HTTP 500", 2),
        (status(404), "HTTP 404", 1),
        (status(429, Retry_After="86400"), "come back in 86400 s", 1),
        (truncated, "the connection broke", 2),
        (silent, "not there after 0.5 s (research.timeout_seconds)", 2),
        (status(302, Location="http://localhost/x"), "not https://", 1),
        (status(302, Location="/tools.json"), "redirects more than 5 times", 6),
        (body(b"<html>please log in</html>"), "no JSON", 1),
        (body(b"x" * (1024 * 1024 + 1)), "more than 1 MiB", 1),
    ],
)
async def test_what_cannot_be_fetched_keeps_the_last_download(
    origin: Origin, configured: Configured, answer: object, told: str, asked: int
) -> None:
    settings = configured(index(origin), timeout_seconds=5)
    first = await refresh(settings)
    origin.on("/tools.json", answer)  # type: ignore[arg-type]
    origin.seen.clear()
    hurried = configured(
        settings.research.sources[0].model_dump(), timeout_seconds=0.5, max_download_mb=1
    )
    report = await refresh(hurried, force=True)
    (source,) = report.record.sources
    assert source.outcome == "kept"
    assert told in source.reason
    assert len(origin.seen) == asked
    assert report.none_reached
    assert report.record.catalog == first.record.catalog
    assert not list(research_folder(settings).rglob("*.part"))


async def test_a_certificate_that_nobody_vouches_for_is_refused(
    origin: Origin, configured: Configured, tmp_path: Path
) -> None:
    trustme.CA().cert_pem.write_to_path(str(tmp_path / "other.pem"))
    found = await one(configured(index(origin), ca_file=tmp_path / "other.pem"))
    assert found.outcome == "missing"
    assert "no secure connection" in found.reason
    assert "research.ca_file" in found.reason
    assert not origin.seen


async def test_a_token_goes_to_its_host_alone_and_nowhere_else(
    origin: Origin,
    configured: Configured,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("OFFICE_TOKEN", "s3cret-token")
    token = {"token_env": "OFFICE_TOKEN"}
    elsewhere = f"https://127.0.0.1:{origin.port}/elsewhere"
    found = await one(
        configured(index(origin, status(302, Location=elsewhere), **token), attempts=1)
    )
    assert origin.requests("/tools.json")[0].headers["Authorization"] == "Bearer s3cret-token"
    assert all("Authorization" not in seen.headers for seen in origin.requests("/elsewhere"))
    assert found.outcome == "missing"
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"s3cret" not in kept
    monkeypatch.delenv("OFFICE_TOKEN")
    with pytest.raises(InvalidInputError, match="OFFICE_TOKEN is not set"):
        await refresh(configured(index(origin, **token)))


async def test_an_office_proxy_is_used(
    origin: Origin, configured: Configured, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bytes] = []

    async def tunnel(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append((await reader.readuntil(b"\r\n\r\n")).split(b"\r\n")[0])
        there, back = await asyncio.open_connection("localhost", origin.port)
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")

        async def pass_on(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
            while data := await source.read(65_536):
                sink.write(data)
            sink.close()

        await asyncio.gather(pass_on(reader, back), pass_on(there, writer))

    proxy = await asyncio.start_server(tunnel, "127.0.0.1", 0)
    port = proxy.sockets[0].getsockname()[1]
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "")
    assert (await one(configured(index(origin)))).outcome == "fetched"
    assert asked == [f"CONNECT localhost:{origin.port} HTTP/1.1".encode()]
    proxy.close()


async def test_one_that_is_missing_halves_the_completeness_and_one_that_is_old_too(
    origin: Origin, configured: Configured
) -> None:
    toolbar = {
        "name": "Toolbar",
        "kind": "extension",
        "url": origin.on("/toolbar.zip", status(500)),
    }
    settings = configured(toolbar, index(origin))
    report = await refresh(settings)
    assert [source.outcome for source in report.record.sources] == ["missing", "fetched"]
    assert not report.all_reached
    assert not report.none_reached
    assert report.completeness == catalog_of(settings).completeness
    assert report.completeness == pytest.approx(
        load_catalog(settings.catalog.path).completeness / 2, abs=1e-4
    )
    sources = {source.name: source for source in catalog_of(settings).sources}
    assert sources["Toolbar"].version == "not fetched"
    # A week later nobody has refreshed anything.
    later = datetime.now(UTC) + timedelta(hours=169)
    chosen = chosen_catalog(settings, later)
    assert load_catalog(chosen.path, chosen.fetches).completeness == 0


async def test_settings_that_cannot_be_are_told(
    origin: Origin, configured: Configured, tmp_path: Path
) -> None:
    with pytest.raises(InvalidInputError, match=r"research\.sources: is empty"):
        await refresh(configured())
    with pytest.raises(InvalidInputError, match="ca_file"):
        await refresh(configured(index(origin), ca_file=tmp_path / "none.pem"))
    with pytest.raises(InvalidInputError, match="has a source of the name pyRevit already"):
        await refresh(configured(index(origin) | {"name": "pyRevit"}))
    for url in ("http://office.example/a", "https://user:word@office.example/a", "/a"):
        with pytest.raises(ValidationError):
            configured(index(origin) | {"url": url})
    with (
        FileLock(tmp_path / "research" / "refresh.lock"),
        pytest.raises(InvalidInputError, match="another refresh"),
    ):
        await refresh(configured(index(origin)))


async def test_nothing_reached_and_nothing_there_writes_nothing(
    origin: Origin, configured: Configured
) -> None:
    settings = configured(index(origin, status(500)))
    report = await refresh(settings)
    assert report.none_reached
    assert report.path is None
    assert chosen_catalog(settings).path == settings.catalog.path
    assert "catalog refresh" in chosen_catalog(settings).problem


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as found:
        for number in range(100):
            found.writestr(f"A.tab/B.panel/{number}.pushbutton/script.py", b"#" * 1_000_000)
    return packed.getvalue()


def long_header() -> bytes:
    """A tar whose own header claims 3 GiB."""
    packed = io.BytesIO()
    member = tarfile.TarInfo("x")
    member.type, member.size = tarfile.XHDTYPE, 3 * 1024**3
    import gzip

    with gzip.GzipFile(fileobj=packed, mode="w") as file:
        file.write(member.tobuf())
        file.write(b"\0" * 1024)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (bomb(), "unpacks to more than"),
        (zipped({"A.tab/B.panel/../../../../C.pushbutton/script.py": ""}), "leads outside"),
        (zipped({"/etc/A.tab/script.py": ""}, top=""), "leads outside"),
        (zipped({"C:/A.tab/script.py": ""}, top=""), "leads outside"),
        (tarred({"..\\..\\A.tab\\script.py": ""}), "leads outside"),
        (long_header(), "header of 3221225472 bytes"),
        (zipped(EXTENSION)[:-80], "damaged"),
        (tarred(EXTENSION)[:60], "damaged"),
        (b"\x7fELF", "neither a zip nor a tar.gz"),
        (zipped({"README.md": ""}), "no pyRevit button"),
    ],
    # Bytes would be in the names of the tests, and a tar.gz has the time in them.
    ids=[
        "bomb",
        "zip leads above",
        "zip leads to the root",
        "zip leads to a drive",
        "tar leads above",
        "long header",
        "cut zip",
        "cut tar",
        "program",
        "no button",
    ],
)
async def test_a_hostile_archive_takes_nothing_with_it(
    origin: Origin, configured: Configured, content: bytes, told: str
) -> None:
    toolbar = {
        "name": "Toolbar",
        "kind": "extension",
        "url": origin.on("/toolbar.zip", body(content)),
    }
    report = await refresh(configured(toolbar, index(origin)))
    assert [source.outcome for source in report.record.sources] == ["missing", "fetched"]
    assert told in report.record.sources[0].reason


async def test_links_are_not_followed_and_large_files_not_read(
    origin: Origin, configured: Configured, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = io.BytesIO()
    folder = "A.tab/B.panel"
    with tarfile.open(fileobj=packed, mode="w:gz") as found:
        link = tarfile.TarInfo(f"{folder}/Link.pushbutton/script.py")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        found.addfile(link)
        for name, size in (("Large", 2_000), ("Small", 10)):
            member = tarfile.TarInfo(f"{folder}/{name}.pushbutton/script.py")
            member.size = size
            found.addfile(member, io.BytesIO(b"#" * size))
    monkeypatch.setattr(archive, "MAX_FILE_BYTES", 1_000)
    url = origin.on("/toolbar.tar.gz", body(packed.getvalue()))
    settings = configured({"name": "Toolbar", "kind": "extension", "url": url})
    source = await one(settings)
    assert source.entries == 1
    assert source.completeness == 0.5
    assert "Large.pushbutton" in source.problems[0]


async def test_old_catalogs_go_and_the_one_in_use_stays(
    origin: Origin, configured: Configured
) -> None:
    reports: list[RefreshReport] = []
    settings = configured()
    for number in range(4):
        entry = [{"name": f"tool {number}"}]
        settings = configured(index(origin, body(json.dumps(entry).encode())), keep_catalogs=2)
        reports.append(await refresh(settings, force=True))
    folder = CatalogFolder(research_folder(settings))
    kept = {path.stem for path in (folder.folder / "catalogs").glob("*.bin")}
    assert kept == {report.record.catalog for report in reports[-2:]}
    assert folder.current() == reports[-1].record.catalog


async def test_a_refresh_that_only_looks_leaves_services_alone(
    origin: Origin, configured: Configured
) -> None:
    settings = configured(index(origin))
    report = await refresh(settings, dry_run=True)
    assert report.path is None
    assert chosen_catalog(settings).path == settings.catalog.path
    assert (await one(settings)).outcome == "cached"
