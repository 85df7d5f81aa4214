"""What docs/contract.md says about a service in words, held against one."""

import asyncio
from collections.abc import Iterator
from typing import Any

import grpc
import pytest
from google.rpc.error_details_pb2 import ErrorInfo
from google.rpc.status_pb2 import Status

from revitron_grpc.service.calls.interceptors import REQUEST_ID_KEY, VERSION_KEY
from revitron_grpc.v1 import button_service_pb2 as pb
from revitron_grpc.v1 import catalog_service_pb2
from revitron_grpc.v1.button_service_pb2_grpc import ButtonServiceStub
from tests.docs.pages import ROOT, blocks

PAGE = ROOT / "docs" / "contract.md"
pytestmark = pytest.mark.asyncio(loop_scope="module")


class Broken(grpc.RpcError):
    def code(self) -> grpc.StatusCode:
        return grpc.StatusCode.UNKNOWN


class BreakingStub:
    """The real stub, but every stream breaks after three responses."""

    def __init__(self, stub: ButtonServiceStub) -> None:
        self._stub = stub
        self.calls = 0

    def GenerateButtons(  # noqa: N802 - the contract's name
        self, request: pb.GenerateButtonsRequest, timeout: float
    ) -> Iterator[pb.GenerateButtonsResponse]:
        self.calls += 1
        # A copy: the example writes its token into the request while the stream runs.
        sent = pb.GenerateButtonsRequest.FromString(request.SerializeToString())
        for position, response in enumerate(self._stub.GenerateButtons(sent, timeout=timeout), 1):
            yield response
            if position == 3 and not response.HasField("summary"):
                raise Broken


def example(name: str) -> Any:
    """A function of the page."""
    (text,) = [b.text for b in blocks(PAGE, "python") if f"def {name}(" in b.text]
    namespace: dict[str, Any] = {"grpc": grpc}
    exec(text, namespace)  # noqa: S102 - the page's own text
    return namespace[name]


async def test_the_resuming_example_delivers_each_button_once(target: str) -> None:
    def work() -> tuple[list[pb.GenerateButtonsResponse], int]:
        with grpc.insecure_channel(target) as channel:
            stub = BreakingStub(ButtonServiceStub(channel))
            request = pb.GenerateButtonsRequest(count=5)
            return list(example("generate")(stub, request, tries=9)), stub.calls

    responses, calls = await asyncio.to_thread(work)
    ordinals = [spec.ordinal for r in responses for spec in r.buttons.buttons]
    assert ordinals == [1, 2, 3, 4, 5]
    assert calls > 1
    assert len({r.started.run_id for r in responses if r.HasField("started")}) == 1
    assert responses[-1].summary.accepted == 5


async def test_metadata_comes_with_the_first_message_and_not_with_a_refusal(target: str) -> None:
    async with grpc.aio.insecure_channel(target) as channel:
        stub = ButtonServiceStub(channel)
        call = stub.GenerateButtons(
            pb.GenerateButtonsRequest(count=1), metadata=((REQUEST_ID_KEY, "mine"),)
        )
        await call.read()
        metadata = dict(await call.initial_metadata())
        assert metadata[REQUEST_ID_KEY] == "mine"
        assert VERSION_KEY in metadata
        refused = stub.GenerateButtons(pb.GenerateButtonsRequest(count=0))
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await refused.read()
        assert VERSION_KEY not in dict(caught.value.initial_metadata())


async def test_icons_are_no_part_of_the_plan_but_of_the_digests(target: str) -> None:
    async with grpc.aio.insecure_channel(target) as channel:
        stub = ButtonServiceStub(channel)
        ends = []
        for icons in (True, False):
            request = pb.GenerateButtonsRequest(count=1, include_icons=icons)
            ends.append([r async for r in stub.GenerateButtons(request)][-1].summary)
    assert ends[0].plan_digest == ends[1].plan_digest
    assert ends[0].specs_digest != ends[1].specs_digest


async def test_a_request_over_the_limit_of_bytes_is_refused_by_grpc(target: str) -> None:
    async with grpc.aio.insecure_channel(target) as channel:
        search = channel.unary_unary(
            "/revitron_grpc.v1.CatalogService/SearchApi",
            request_serializer=catalog_service_pb2.SearchApiRequest.SerializeToString,
            response_deserializer=catalog_service_pb2.SearchApiResponse.FromString,
        )
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await search(catalog_service_pb2.SearchApiRequest(query="x" * 21_000_000))
    assert caught.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert not reason_of(caught.value)


def reason_of(error: grpc.aio.AioRpcError) -> str:
    for key, value in error.trailing_metadata() or ():
        if key == "grpc-status-details-bin" and isinstance(value, bytes):
            info = ErrorInfo()
            for detail in Status.FromString(value).details:
                if detail.Unpack(info):
                    return info.reason
    return ""
