"""A replica that asks for keys, people with good and with bad ones, and both of its ports."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Literal

import aiohttp
import grpc
import pytest
import pytest_asyncio
from google.protobuf import json_format
from google.rpc.code_pb2 import Code
from google.rpc.error_details_pb2 import ErrorInfo, QuotaFailure, RetryInfo
from google.rpc.status_pb2 import Status

from revitron_grpc.access.api_key import ApiKey, new_key
from revitron_grpc.access.caller import Permission
from revitron_grpc.access.key_record import KeyRecord
from revitron_grpc.access.keyring import utc_now
from revitron_grpc.access.quota import Quota
from revitron_grpc.service.http.ndjson import GENERATE, VALIDATE
from revitron_grpc.service.server import Replica
from revitron_grpc.service.telemetry.logs import configure_logging
from revitron_grpc.settings import Settings
from revitron_grpc.v1 import button_service_pb2 as pb
from revitron_grpc.v1.button_service_pb2_grpc import ButtonServiceStub
from revitron_grpc.v1.button_spec_pb2 import BundleFile
from tests.access.keys import SECRET, MemoryKeyStore, issued
from tests.liveness import until

Port = Literal["grpc", "http"]
REFRESH_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, the same for both ports; `code` is the name of the status."""

    code: str
    events: list[dict[str, Any]]
    message: str = ""
    reason: str = ""
    retry_seconds: int = 0
    quota: str = ""
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Service:
    """A replica that lets in who has a key."""

    replica: Replica
    store: MemoryKeyStore
    channel: grpc.aio.Channel
    http: aiohttp.ClientSession

    async def issue(
        self,
        owner: str = "anna",
        *permissions: Permission,
        quota: Quota | None = None,
        minutes: float = 60,
    ) -> ApiKey:
        """A new key that the replica knows, and that ends after so many minutes."""
        key, record = issued(
            owner,
            frozenset(permissions or (Permission.READ, Permission.WRITE)),
            expires=utc_now() + timedelta(minutes=minutes),
            quota=quota,
        )
        return await self.know(key, record)

    async def revoked(self) -> ApiKey:
        """A key that was revoked."""
        key, record = issued()
        return await self.know(key, replace(record, revoked=utc_now()))

    async def know(self, key: ApiKey, record: KeyRecord) -> ApiKey:
        self.store.add(record)
        await self.refreshed()
        return key

    async def refreshed(self) -> None:
        """Wait until the replica has read its keys anew, from beginning to end."""
        reads = self.store.reads
        await until(lambda: self.store.reads >= reads + 2)

    async def bad_key(self, kind: str) -> str:
        """What somebody sends who has no good key, as the value of the header; "" for nothing."""
        match kind:
            case "none":
                return ""
            case "nonsense":
                return "Bearer nonsense"
            case "another scheme":
                return f"Basic {(await self.issue()).reveal()}"
            case "unknown":
                return f"Bearer {new_key().reveal()}"
            case "wrong secret":
                key = await self.issue()
                return f"Bearer {ApiKey(key.key_id, new_key().secret).reveal()}"
            case "expired":
                return f"Bearer {(await self.issue(minutes=-1)).reveal()}"
            case _:
                return f"Bearer {(await self.revoked()).reveal()}"

    async def generate(
        self,
        port: Port,
        authorization: str | ApiKey,
        request: pb.GenerateButtonsRequest | None = None,
    ) -> Answer:
        """Make a call of a generation and read it to its end."""
        request = request or pb.GenerateButtonsRequest(count=1)
        header = _header(authorization)
        if port == "grpc":
            call = ButtonServiceStub(self.channel).GenerateButtons(
                request, metadata=[(name.lower(), value) for name, value in header.items()]
            )
            return await _read_grpc(call)
        async with self.http.post(
            GENERATE, data=json_format.MessageToJson(request), headers=header
        ) as answer:
            return await _read_http(answer)

    async def validate(self, port: Port, authorization: str | ApiKey) -> Answer:
        """Have one empty script validated."""
        header = _header(authorization)
        requests = [
            pb.ValidateButtonsRequest(options=pb.ValidationOptions()),
            pb.ValidateButtonsRequest(
                item=pb.ValidationItem(id="a", script=BundleFile(path="a.py"))
            ),
        ]
        if port == "grpc":
            call = ButtonServiceStub(self.channel).ValidateButtons(
                iter(requests), metadata=[(n.lower(), value) for n, value in header.items()]
            )
            return await _read_grpc(call)
        lines = [json_format.MessageToJson(request, indent=None) for request in requests]
        async with self.http.post(VALIDATE, data="\n".join(lines), headers=header) as answer:
            return await _read_http(answer)


@pytest.fixture(params=["grpc", "http"])
def port(request: pytest.FixtureRequest) -> Port:
    return request.param


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def service(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Service]:
    database = tmp_path_factory.mktemp("runs") / "runs.sqlite3"
    settings = Settings.model_validate(
        {
            "server": {"port": 0, "channelz": True},
            "http": {"port": 0},
            "executor": {"max_workers": 1},
            "logging": {"level": "error"},
            "runs": {"url": f"sqlite:///{database}"},
            "keys": {"required": True, "secret": SECRET, "refresh_seconds": REFRESH_SECONDS},
        }
    )
    configure_logging(settings.logging)
    store = MemoryKeyStore()
    replica = Replica(settings, key_store=store)
    await replica.start()
    async with (
        grpc.aio.insecure_channel(f"127.0.0.1:{replica.port}") as channel,
        aiohttp.ClientSession(f"http://127.0.0.1:{replica.http_port}") as http,
    ):
        yield Service(replica, store, channel, http)
    await replica.stop(notice=0, drain=0)


def _header(authorization: str | ApiKey) -> dict[str, str]:
    if isinstance(authorization, ApiKey):
        authorization = f"Bearer {authorization.reveal()}"
    return {"Authorization": authorization} if authorization else {}


async def _read_grpc(call: Any) -> Answer:
    events: list[dict[str, Any]] = []
    try:
        async for response in call:
            events.append(json_format.MessageToDict(response))  # noqa: PERF401 - kept if it breaks
    except grpc.aio.AioRpcError as error:
        packed = dict(error.trailing_metadata() or ()).get("grpc-status-details-bin")
        status = Status.FromString(packed) if isinstance(packed, bytes) else Status()
        return _answer(error.code().name, error.details() or "", status, events)
    return Answer("OK", events)


async def _read_http(answer: aiohttp.ClientResponse) -> Answer:
    lines = [json.loads(line) async for line in answer.content]
    if not lines or "error" not in lines[-1]:
        return Answer("OK", lines)
    status = json_format.ParseDict(lines[-1]["error"], Status())
    code = Code.Name(status.code)
    return replace(
        _answer(code, status.message, status, lines[:-1]),
        headers={"status": str(answer.status), **answer.headers},
    )


def _answer(code: str, message: str, status: Status, events: list[dict[str, Any]]) -> Answer:
    info, retry, quota = ErrorInfo(), RetryInfo(), QuotaFailure()
    for detail in status.details:
        for kind in (info, retry, quota):
            detail.Unpack(kind)
    return Answer(
        code,
        events,
        message,
        info.reason,
        retry.retry_delay.seconds,
        quota.violations[0].description if quota.violations else "",
    )
