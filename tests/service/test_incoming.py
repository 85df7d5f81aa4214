"""What is looked at before a request becomes objects, and how long a call may wait for one."""

from contextlib import suppress

import grpc
import pytest
from google.protobuf.message import DecodeError
from hypothesis import given, settings
from hypothesis import strategies as st

from revitron_grpc.service.wire import incoming
from revitron_grpc.service.wire.wire_bounds import MAX_VALUES, Oversized, read_bounded
from revitron_grpc.v1 import button_service_pb2 as pb
from revitron_grpc.v1 import catalog_service_pb2
from revitron_grpc.v1.button_spec_pb2 import BundleFile
from tests.service.test_replica import refused

pytestmark = pytest.mark.asyncio(loop_scope="module")
GENERATE = "/revitron_grpc.v1.ButtonService/GenerateButtons"
VALIDATE = "/revitron_grpc.v1.ButtonService/ValidateButtons"
SEARCH = "/revitron_grpc.v1.CatalogService/SearchApi"
EMPTY_TOOLS = b"\x3a\x00" * (MAX_VALUES + 1)
PACKED_VERSIONS = b"\x1a\x80\x80\x04" + b"\x01" * 65_536


def nested(fields: bytes) -> bytes:
    """Files inside of a bundle inside of an item inside of a request."""
    for tag in (b"\x1a", b"\x12"):
        fields = tag + _varint(len(fields)) + fields
    return fields


def _varint(value: int) -> bytes:
    found = bytearray()
    while value > 0x7F:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes((*found, value))


async def test_many_values_in_few_bytes_are_not_made() -> None:
    assert isinstance(read_bounded(EMPTY_TOOLS, pb.GenerateButtonsRequest), Oversized)
    assert isinstance(read_bounded(PACKED_VERSIONS, pb.GenerateButtonsRequest), Oversized)
    files = nested(b"\x12\x00" * (MAX_VALUES + 1))
    assert isinstance(read_bounded(files, pb.ValidateButtonsRequest), Oversized)


async def test_the_largest_requests_of_the_contract_are_read() -> None:
    tool = pb.ExistingTool(title="t" * 200, description="d" * 400, path="p" * 400)
    tools = pb.GenerateButtonsRequest(existing_tools=[tool] * 5000)
    assert read_bounded(tools.SerializeToString(), pb.GenerateButtonsRequest) == tools
    options = pb.ValidationOptions(
        select=["RVT001"] * 200,
        path_ignores=[pb.PathIgnore(path="a/", rules=["RVT001"] * 200)] * 200,
        lib_files=[BundleFile(path="lib/a.py", content=b"x" * 32_000)] * 500,
        layout=["a/b/c"] * 5000,
    )
    request = pb.ValidateButtonsRequest(options=options)
    assert read_bounded(request.SerializeToString(), pb.ValidateButtonsRequest) == request


@settings(max_examples=40)
@given(st.binary(max_size=300), st.integers(0, 5))
async def test_any_bytes_can_be_counted(noise: bytes, at: int) -> None:
    raw = noise[:at] + b"\x3a\x00" * 40_000 + noise[at:]
    with suppress(DecodeError):
        read_bounded(raw, pb.GenerateButtonsRequest)


@pytest.mark.parametrize(
    ("method", "raw"), [(GENERATE, EMPTY_TOOLS), (VALIDATE, nested(EMPTY_TOOLS))]
)
async def test_a_call_with_too_many_values_is_refused(
    channel: grpc.aio.Channel, method: str, raw: bytes
) -> None:
    call = channel.stream_stream(method)(iter([raw]))
    error, details = await refused(call)
    assert error.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert "more than 50000 values" in details["BadRequest"].field_violations[0].description


@pytest.mark.parametrize("method", [GENERATE, SEARCH])
async def test_headers_without_a_message_are_answered(
    channel: grpc.aio.Channel, method: str
) -> None:
    error, details = await refused(channel.stream_stream(method)(iter([])))
    assert error.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert details["BadRequest"].field_violations[0].field == "message"


@pytest.mark.parametrize("method", [GENERATE, SEARCH])
async def test_a_caller_who_never_sends_his_request_is_cut_off(
    channel: grpc.aio.Channel, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incoming, "FIRST_MESSAGE_SECONDS", 0.2)
    error, details = await refused(channel.stream_stream(method)())
    assert error.code() is grpc.StatusCode.DEADLINE_EXCEEDED
    assert details["ErrorInfo"].reason == "CALLER_SILENT"


async def test_as_many_mistakes_as_a_status_can_hold_are_told(channel: grpc.aio.Channel) -> None:
    wrong = pb.GenerateButtonsRequest(categories=[77] * 10_000)  # type: ignore[list-item]
    call = channel.unary_stream(
        GENERATE, request_serializer=pb.GenerateButtonsRequest.SerializeToString
    )
    error, details = await refused(call(wrong))
    assert error.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert len(details["BadRequest"].field_violations) == 50


async def test_every_method_has_a_reader() -> None:
    found = incoming.reader_of(SEARCH)(b"")
    assert found == catalog_service_pb2.SearchApiRequest()
