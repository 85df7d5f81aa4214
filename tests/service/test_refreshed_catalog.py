"""A service with what its office has fetched: nothing of that is offered again."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import grpc
import msgspec
import pytest

from revitron_grpc.catalog.file_format import encode
from revitron_grpc.catalog.load import load_data
from revitron_grpc.research.catalog_folder import CatalogFolder, RecordedSource, RefreshRecord
from revitron_grpc.research.facts import Facts
from revitron_grpc.research.merge import merged
from revitron_grpc.research.tool_index import read_tool_index
from revitron_grpc.service.health import Component, Condition
from revitron_grpc.service.server import Replica
from revitron_grpc.settings import Settings
from revitron_grpc.v1 import button_service_pb2 as pb
from revitron_grpc.v1 import catalog_service_pb2, vocabulary_pb2
from revitron_grpc.v1.button_service_pb2_grpc import ButtonServiceStub
from revitron_grpc.v1.catalog_service_pb2_grpc import CatalogServiceStub
from tests.liveness import until
from tests.service.conftest import SETTINGS
from tests.service.test_replica import collect

FETCHED = datetime.now(UTC).replace(microsecond=0)
BASE, BASE_DIGEST = load_data()


def put(folder: Path, *facts: Facts, base: str = BASE_DIGEST) -> str:
    """Put a catalog with these facts into the folder, as a refresh does; returns its digest."""
    content, digest = encode(merged(BASE, facts))
    sources = tuple(
        RecordedSource(one.name, str(one.kind), "fetched", fetched=FETCHED, confirmed=FETCHED)
        for one in facts
    )
    CatalogFolder(folder).put(content, RefreshRecord(digest, base, FETCHED, sources), keep=3)
    return digest


def index(name: str, *tools: dict[str, str]) -> Facts:
    return read_tool_index(json.dumps(tools).encode(), name, "7")


@asynccontextmanager
async def served(
    folder: Path, *names: str, **framework: object
) -> AsyncIterator[tuple[Replica, grpc.aio.Channel]]:
    sources = [
        {"name": name, "kind": "tool_index", "url": "https://intranet.office.example/tools.json"}
        for name in names
    ]
    sections: dict[str, Any] = {
        "research": {"directory": folder, "sources": sources},
        "framework": framework,
    }
    settings = SETTINGS.model_copy(
        update={name: getattr(Settings.model_validate(sections), name) for name in sections}
    )
    replica = Replica(settings)
    await replica.start()
    try:
        async with grpc.aio.insecure_channel(f"127.0.0.1:{replica.port}") as channel:
            yield replica, channel
    finally:
        await replica.stop(notice=0, drain=0)


def research(replica: Replica) -> tuple[Condition, str]:
    state = replica.board.components[Component.RESEARCH]
    return state.condition, state.reason


async def test_a_tool_of_the_office_is_not_offered_again(tmp_path: Path) -> None:
    put(tmp_path, index("Office tools"), base="0" * 64)
    async with served(tmp_path, "Office tools") as (replica, channel):
        # What another release made is not served, and what there is goes on.
        condition, reason = research(replica)
        assert condition is Condition.DEGRADED
        assert "another release" in reason
        current = replica.editions.current.pipeline.workshop.catalog
        assert (current.digest, current.completeness) == (BASE_DIGEST, 0)
        before = await collect(channel, pb.GenerateButtonsRequest(count=2))
        known, other = [spec for r in before for spec in r.buttons.buttons]
        tool = {"name": "t1", "title": known.title, "description": known.tooltip}
        url = "https://intranet.office.example/t1"
        digest = put(tmp_path, index("Office tools", tool | {"url": url}))
        replica.reload()
        await until(lambda: replica.editions.current.pipeline.workshop.catalog.digest == digest)
        assert research(replica) == (Condition.SERVING, "")
        wanted = pb.GenerateButtonsRequest(
            count=3, categories=[known.category], brief=known.title, include_rejected=True
        )
        after = await collect(channel, wanted)
        assert known.title not in [spec.title for r in after for spec in r.buttons.buttons]
        rejected = next((r.rejected for r in after if r.rejected.title == known.title), None)
        assert "Office tools" in str(rejected)
        # What was proven of the others before the refresh still counts.
        again = await collect(channel, pb.GenerateButtonsRequest(count=2))
        same = [s for r in again for s in r.buttons.buttons if s.title == other.title]
        assert [feasibility(spec) for spec in same] == [feasibility(other)]
        catalog = CatalogServiceStub(channel)
        shown = await catalog.GetCatalog(catalog_service_pb2.GetCatalogRequest())
        source = next(s for s in shown.sources if s.name == "Office tools")
        assert source.fetch_time.ToDatetime(UTC) == FETCHED
        assert (source.version, source.completeness, source.covers) == ("7", 1.0, "tool_index")
        assert not any(s.HasField("fetch_time") for s in shown.sources if s is not source)
        found = await catalog.SearchTools(
            catalog_service_pb2.SearchToolsRequest(title=known.title, description=known.tooltip)
        )
        assert (found.matches[0].source, found.matches[0].path) == ("Office tools", url)
        # While it serves, it keeps what it has.
        (tmp_path / "current").write_text("nonsense")
        replica.reload()
        await until(lambda: research(replica)[0] is Condition.DEGRADED)
        assert "holds no digest" in research(replica)[1]
        assert replica.editions.current.pipeline.workshop.catalog.digest == digest


def feasibility(spec: Any) -> Any:
    return next(
        result
        for result in spec.criteria
        if result.criterion == vocabulary_pb2.CRITERION_TECHNICAL_FEASIBILITY
    )


async def test_strict_mode_serves_once_every_source_is_there(tmp_path: Path) -> None:
    one, other = index("One", {"name": "a"}), index("Other", {"name": "b"})
    async with served(tmp_path, "One", "Other", strict_mode=True) as (replica, channel):
        assert research(replica)[0] is Condition.NOT_SERVING
        put(tmp_path, one)
        replica.reload()
        await until(lambda: "completeness of the catalog is 0.4" in research(replica)[1])
        assert research(replica)[0] is Condition.NOT_SERVING
        assert not replica.board.ready
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await ButtonServiceStub(channel).GenerateButtons(pb.GenerateButtonsRequest()).read()
        assert "CATALOG_INCOMPLETE" in str(caught.value.trailing_metadata())
        put(tmp_path, one, other)
        replica.reload()
        await until(lambda: research(replica)[0] is Condition.SERVING)
        assert replica.board.ready


def test_the_digest_does_not_depend_on_the_order_of_the_settings() -> None:
    one, other = index("One", {"name": "a"}), index("Other", {"name": "b"})
    assert encode(merged(BASE, (one, other)))[1] == encode(merged(BASE, (other, one)))[1]
    assert encode(merged(BASE, ()))[1] == BASE_DIGEST
    described = index("One", {"name": "a", "description": "Does a."})
    data = merged(BASE, (described,))
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(data), type=type(data)) == data
