"""A replica changes over to another catalog while it serves; what is under way notices nothing."""

import asyncio
import weakref
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import grpc
import msgspec
import pytest
import pytest_asyncio

from revitron_grpc.catalog.file_format import decode, encode
from revitron_grpc.catalog.load import PACKAGED
from revitron_grpc.catalog.query import Catalog
from revitron_grpc.service.health import Component, Condition
from revitron_grpc.service.server import Replica
from revitron_grpc.v1 import button_service_pb2 as pb
from revitron_grpc.v1 import catalog_service_pb2
from revitron_grpc.v1.button_service_pb2_grpc import ButtonServiceStub
from revitron_grpc.v1.catalog_service_pb2_grpc import CatalogServiceStub
from tests.liveness import until
from tests.service.conftest import SETTINGS
from tests.service.test_replica import collect

pytestmark = pytest.mark.asyncio(loop_scope="module")
_REQUEST = pb.GenerateButtonsRequest(count=60)


def write_catalog(path: Path, named: str) -> str:
    """Write a catalog with one tool more than the packaged one has; returns its digest."""
    data, _ = decode(PACKAGED.read_bytes(), "packaged")
    tool = msgspec.structs.replace(data.tools[0], title=named, source=named)
    content, digest = encode(msgspec.structs.replace(data, tools=(*data.tools, tool)))
    path.write_bytes(content)
    return digest


@pytest.fixture(scope="module")
def catalog_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("catalog") / "catalog.bin"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def replica(catalog_file: Path) -> AsyncIterator[Replica]:
    write_catalog(catalog_file, "Zero")
    section = SETTINGS.catalog.model_copy(update={"path": catalog_file})
    found = Replica(SETTINGS.model_copy(update={"catalog": section}))
    await found.start()
    yield found
    await found.stop(notice=0, drain=0)


@asynccontextmanager
async def unread(replica: Replica) -> AsyncIterator[ButtonServiceStub]:
    """A caller whose window lets little come before it is read."""
    options = [("grpc.http2.bdp_probe", 0)]
    async with grpc.aio.insecure_channel(f"127.0.0.1:{replica.port}", options) as channel:
        yield ButtonServiceStub(channel)


async def digest_told(channel: grpc.aio.Channel) -> str:
    answer = await CatalogServiceStub(channel).GetCatalog(catalog_service_pb2.GetCatalogRequest())
    return answer.digest


async def test_a_run_keeps_its_catalog_and_the_next_one_has_the_new_one(
    replica: Replica, channel: grpc.aio.Channel, catalog_file: Path
) -> None:
    before = await collect(channel, _REQUEST)
    old = await digest_told(channel)
    catalog = weakref.ref(replica.editions.current.pipeline.workshop.catalog)
    async with unread(replica) as stub:
        call = stub.GenerateButtons(_REQUEST)
        kept = [await call.read(), await call.read()]
        new = write_catalog(catalog_file, "One")
        replica.reload()
        await until(lambda: replica.editions.current.pipeline.workshop.catalog.digest == new)
        assert await digest_told(channel) == new
        after = await collect(channel, _REQUEST)
        assert replica.runs_in_flight == 1, "the first run was over before the change"
        while (response := await call.read()) is not grpc.aio.EOF:
            kept.append(response)
    assert kept[0].started.catalog_digest == old
    assert kept[-1].summary.specs_digest == before[-1].summary.specs_digest
    assert after[0].started.catalog_digest == new
    assert after[0].started.plan_digest != kept[0].started.plan_digest
    # The old one goes with its last call.
    await until(lambda: catalog() is None)


async def test_what_something_still_held_of_the_old_catalog_goes_later(
    replica: Replica, catalog_file: Path
) -> None:
    held = replica.editions.current.pipeline.workshop.catalog
    catalog = weakref.ref(held)
    new = write_catalog(catalog_file, "Held")
    replica.reload()
    await until(lambda: replica.editions.current.pipeline.workshop.catalog.digest == new)
    # By now it was let go of a first time, and what was alive is for good.
    await asyncio.sleep(1)
    del held
    await until(lambda: catalog() is None)


async def test_a_token_of_the_old_catalog_is_a_changed_plan(
    replica: Replica, channel: grpc.aio.Channel, catalog_file: Path
) -> None:
    first = await collect(channel, pb.GenerateButtonsRequest(count=2))
    new = write_catalog(catalog_file, "Two")
    replica.reload()
    await until(lambda: replica.editions.current.pipeline.workshop.catalog.digest == new)
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await collect(
            channel, pb.GenerateButtonsRequest(count=2, resume_token=first[1].resume_token)
        )
    assert caught.value.code() is grpc.StatusCode.FAILED_PRECONDITION
    assert "PLAN_CHANGED" in str(caught.value.trailing_metadata())


async def test_a_bad_catalog_is_not_taken_and_health_says_why(
    replica: Replica, channel: grpc.aio.Channel, catalog_file: Path
) -> None:
    old = await digest_told(channel)
    catalog_file.write_bytes(b"nothing of the kind")
    replica.reload()
    await until(
        lambda: replica.board.components[Component.RESEARCH].condition is Condition.DEGRADED
    )
    assert "no catalog file" in replica.board.components[Component.RESEARCH].reason
    assert replica.board.ready
    assert await digest_told(channel) == old
    new = write_catalog(catalog_file, "Three")
    replica.reload()
    await until(lambda: not replica.board.degraded)
    assert await digest_told(channel) == new


async def test_however_often_it_is_told_there_are_two_catalogs_at_most(
    replica: Replica,
    channel: grpc.aio.Channel,
    catalog_file: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[str] = []
    begin = Catalog.__init__

    def counted(self: Catalog, *given: object) -> None:
        begin(self, *given)  # type: ignore[arg-type]
        made.append(self.digest)

    monkeypatch.setattr(Catalog, "__init__", counted)
    async with unread(replica) as stub:
        slow = stub.GenerateButtons(_REQUEST)
        await slow.read()
        first = write_catalog(catalog_file, "Four")
        replica.reload()
        await until(lambda: replica.editions.current.pipeline.workshop.catalog.digest == first)
        last = write_catalog(catalog_file, "Five")
        for _ in range(5):
            replica.reload()
            await digest_told(channel)
        assert made == [first], "the second switch waits for the last call of the first catalog"
        slow.cancel()
    await until(lambda: replica.editions.current.pipeline.workshop.catalog.digest == last)
    assert made == [first, last], "all that were told meanwhile are one"
