"""Who is let in with which key, on both ports alike, and what the others are told."""

import json
from typing import Any

import grpc
import pytest
from grpc_channelz.v1 import channelz_pb2, channelz_pb2_grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc

from revitron_grpc.access.api_key import ApiKey
from revitron_grpc.access.caller import Permission
from revitron_grpc.access.keyring import utc_now
from revitron_grpc.access.quota import Quota
from revitron_grpc.service.http.ndjson import GENERATE
from revitron_grpc.service.security import quotas
from revitron_grpc.v1 import button_service_pb2 as pb
from revitron_grpc.v1 import catalog_service_pb2
from revitron_grpc.v1.button_service_pb2_grpc import ButtonServiceStub
from revitron_grpc.v1.catalog_service_pb2_grpc import CatalogServiceStub
from tests.liveness import until
from tests.security.conftest import Port, Service

pytestmark = pytest.mark.asyncio(loop_scope="module")

BAD = ["none", "nonsense", "another scheme", "unknown", "wrong secret", "expired", "revoked"]


@pytest.mark.parametrize("kind", BAD)
async def test_without_a_good_key_nobody_hears_why(service: Service, port: Port, kind: str) -> None:
    answer = await service.generate(port, await service.bad_key(kind))
    assert (answer.code, answer.reason) == ("UNAUTHENTICATED", "UNAUTHENTICATED")
    assert answer.message == (await service.generate(port, "")).message
    assert not answer.events
    if port == "http":
        assert answer.headers["status"] == "401"
        assert answer.headers["WWW-Authenticate"] == "Bearer"


async def test_a_good_key_is_let_in(service: Service, port: Port) -> None:
    key = await service.issue()
    assert (await service.generate(port, key)).events[-1]["summary"]["accepted"] == 1
    assert (await service.validate(port, key)).code == "OK"


async def test_a_key_opens_what_it_was_made_for_and_nothing_else(
    service: Service, port: Port
) -> None:
    reader = await service.issue("anna", Permission.READ)
    assert (await service.validate(port, reader)).code == "OK"
    refused = await service.generate(port, reader)
    assert (refused.code, refused.reason) == ("PERMISSION_DENIED", "PERMISSION_DENIED")
    assert "`write`" in refused.message
    if port == "http":
        assert refused.headers["status"] == "403"
    admin = await service.issue("boss", Permission.ADMIN)
    assert (await service.validate(port, admin)).code == "PERMISSION_DENIED"


@pytest.mark.parametrize("name", ["key", "api_key", "access_token", "ACCESS_TOKEN", "x"])
async def test_a_key_in_a_url_is_refused_although_it_is_good(service: Service, name: str) -> None:
    key = await service.issue()
    header = {"Authorization": f"Bearer {key.reveal()}"}
    async with service.http.post(
        GENERATE, params={name: key.reveal()}, data="{}", headers=header
    ) as answer:
        error = (await answer.json())["error"]
    assert answer.status == 400
    assert error["details"][0]["reason"] == "INVALID_REQUEST"
    assert "Authorization" in error["message"]
    assert key.secret not in json.dumps(error)


async def test_a_key_in_the_path_of_a_grpc_call_is_no_call(service: Service) -> None:
    key = await service.issue()
    call = service.channel.unary_unary(f"{GENERATE}?key={key.reveal()}")
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await call(b"")
    assert caught.value.code() is grpc.StatusCode.UNIMPLEMENTED
    assert key.secret not in (caught.value.details() or "")


async def test_a_resume_token_is_good_for_its_owner_alone(service: Service, port: Port) -> None:
    anna, bert = await service.issue("anna"), await service.issue("bert")
    request = pb.GenerateButtonsRequest(count=3)
    token = (await service.generate(port, anna, request)).events[1]["resumeToken"]
    request.resume_token = token
    stolen = await service.generate(port, bert, request)
    assert (stolen.code, stolen.reason) == ("INVALID_ARGUMENT", "RESUME_TOKEN_INVALID")
    assert "anna" not in stolen.message
    # It belongs to her, and not to one key: a rotated one goes on with it.
    again = await service.generate(port, await service.issue("anna"), request)
    assert again.events[0]["started"]["resumed"]


async def test_another_owners_run_is_not_there(service: Service, port: Port) -> None:
    anna, bert = await service.issue("anna"), await service.issue("bert")
    answer = await service.generate(port, anna)
    run_id = answer.events[0]["started"]["runId"]
    button = next(e for e in answer.events if "buttons" in e)["buttons"]["buttons"][0]["id"]
    rating = pb.Rating(verdict=pb.RATING_VERDICT_KEEP)
    stub: Any = ButtonServiceStub(service.channel)

    def looks(key: ApiKey, run: str) -> list[Any]:
        metadata = _metadata(key)
        return [
            stub.GetRun(pb.GetRunRequest(run_id=run), metadata=metadata),
            stub.RateButton(
                pb.RateButtonRequest(run_id=run, button_id=button, rating=rating),
                metadata=metadata,
            ),
        ]

    assert [await _code(call) for call in looks(anna, run_id)] == ["OK", "OK"]
    assert [await _code(call) for call in looks(bert, run_id)] == ["NOT_FOUND", "NOT_FOUND"]
    # A run that is not there and one that is somebody else's are told alike.
    told = []
    for run in (run_id, run_id[:-1] + ("0" if run_id[-1] != "0" else "1")):
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await looks(bert, run)[0]
        told.append((caught.value.details() or "").replace(run, "RUN"))
    assert told[0] == told[1]

    async def runs_of(key: ApiKey) -> set[str]:
        listed = await stub.ListRuns(pb.ListRunsRequest(page_size=200), metadata=_metadata(key))
        return {run.run_id for run in listed.runs}

    assert run_id in await runs_of(anna)
    assert run_id not in await runs_of(bert)
    chief = await service.issue("chief", Permission.READ, Permission.ADMIN)
    assert run_id in await runs_of(chief)
    assert await _code(looks(chief, run_id)[0]) == "OK"


async def test_a_resume_token_is_good_on_the_other_port(service: Service) -> None:
    anna = await service.issue("anna")
    request = pb.GenerateButtonsRequest(count=3)
    request.resume_token = (await service.generate("grpc", anna, request)).events[1]["resumeToken"]
    assert (await service.generate("http", anna, request)).events[0]["started"]["resumed"]


async def test_a_token_cannot_be_forged_although_no_secret_was_set_for_tokens(
    service: Service, port: Port
) -> None:
    from revitron_grpc.service.runs.resume import Position, ResumeTokens

    anna = await service.issue("anna")
    request = pb.GenerateButtonsRequest(count=3)
    digest = (await service.generate(port, anna, request)).events[0]["started"]["planDigest"]
    forged = ResumeTokens("").of("anna").write(digest, Position("a run of nobody", 3))
    request.resume_token = forged
    assert (await service.generate(port, anna, request)).reason == "RESUME_TOKEN_INVALID"


async def test_a_revoked_key_ends_its_stream_under_way(service: Service, port: Port) -> None:
    key, other = await service.issue("anna"), await service.issue("bert")
    # Nobody reads these streams, so that they are still under way.
    held = await _held(service, port, key)
    others = await _held(service, port, other)
    service.store.revoke(key.key_id, utc_now())
    await service.refreshed()
    assert await _end_of(held) == "UNAUTHENTICATED"
    assert (await service.generate(port, key)).code == "UNAUTHENTICATED"
    assert other.key_id in service.replica.admission.keys_in_flight()
    _leave(others)
    await until(lambda: other.key_id not in service.replica.admission.keys_in_flight())


async def test_health_and_metrics_need_no_key(service: Service) -> None:
    health: Any = health_pb2_grpc.HealthStub(service.channel)
    answer = await health.Check(health_pb2.HealthCheckRequest())
    assert answer.status == health_pb2.HealthCheckResponse.SERVING
    for path in ("/health", "/ready", "/metrics"):
        async with service.http.get(path) as told:
            assert told.status == 200


async def test_reflection_needs_a_key_and_channelz_that_of_an_administrator(
    service: Service,
) -> None:
    reader = await service.issue("anna", Permission.READ)
    admin = await service.issue("boss", Permission.ADMIN, Permission.READ)
    channel: Any = service.channel

    async def reflect(*keys: ApiKey) -> str:
        stub: Any = reflection_pb2_grpc.ServerReflectionStub(channel)
        question = reflection_pb2.ServerReflectionRequest(list_services="")
        return await _code(stub.ServerReflectionInfo(iter([question]), metadata=_metadata(*keys)))

    async def look(*keys: ApiKey) -> str:
        stub: Any = channelz_pb2_grpc.ChannelzStub(channel)
        question = channelz_pb2.GetServersRequest()
        return await _code(stub.GetServers(question, metadata=_metadata(*keys)))

    assert [await reflect(), await reflect(reader)] == ["UNAUTHENTICATED", "OK"]
    assert [await look(), await look(reader), await look(admin)] == [
        "UNAUTHENTICATED",
        "PERMISSION_DENIED",
        "OK",
    ]


async def test_lookups_and_runs_need_a_key_too(service: Service) -> None:
    stub: Any = CatalogServiceStub(service.channel)
    question = catalog_service_pb2.GetCatalogRequest()
    assert await _code(stub.GetCatalog(question)) == "UNAUTHENTICATED"
    reader = await service.issue("anna", Permission.READ)
    assert await _code(stub.GetCatalog(question, metadata=_metadata(reader))) == "OK"
    runs: Any = ButtonServiceStub(service.channel)
    assert await _code(runs.ListRuns(pb.ListRunsRequest())) == "UNAUTHENTICATED"
    rating = runs.RateButton(pb.RateButtonRequest(), metadata=_metadata(reader))
    assert await _code(rating) == "PERMISSION_DENIED"


async def test_a_quota_counts_runs_that_were_accepted_and_says_when_there_is_room(
    service: Service, port: Port
) -> None:
    key = await service.issue("anna", quota=Quota(runs_per_day=2))
    wrong = pb.GenerateButtonsRequest(count=1001)
    for _ in range(3):
        assert (await service.generate(port, key, wrong)).code == "INVALID_ARGUMENT"
    request = pb.GenerateButtonsRequest(count=2)
    first = await service.generate(port, key, request)
    assert first.code == "OK"
    # What goes on is no new run.
    again = pb.GenerateButtonsRequest(count=2, resume_token=first.events[1]["resumeToken"])
    for _ in range(3):
        assert (await service.generate(port, key, again)).code == "OK"
    assert (await service.generate(port, key)).code == "OK"
    refused = await service.generate(port, key)
    assert (refused.code, refused.reason) == ("RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED")
    assert refused.quota == "runs_per_day"
    assert 0 < refused.retry_seconds <= 86_400
    if port == "http":
        assert refused.headers["status"] == "429"
        assert refused.headers["Retry-After"] == str(refused.retry_seconds)
    # Other calls have other quotas, and other keys their own.
    assert (await service.validate(port, key)).code == "OK"
    assert (await service.generate(port, await service.issue("anna"))).code == "OK"
    # A run that was begun goes on although the quota is used up.
    assert (await service.generate(port, key, again)).code == "OK"


async def test_every_kind_of_call_counts_and_both_ports_share_the_quota(service: Service) -> None:
    key = await service.issue("anna", quota=Quota(calls_per_minute=3))
    assert (await service.validate("http", key)).code == "OK"
    assert (await service.generate("grpc", key)).code == "OK"
    stub: Any = CatalogServiceStub(service.channel)
    question = catalog_service_pb2.GetCatalogRequest()
    assert await _code(stub.GetCatalog(question, metadata=_metadata(key))) == "OK"
    assert await _code(stub.GetCatalog(question, metadata=_metadata(key))) == "RESOURCE_EXHAUSTED"
    refused = await service.validate("http", key)
    assert (refused.reason, refused.quota) == ("QUOTA_EXCEEDED", "calls_per_minute")


async def test_a_run_that_is_resumed_for_ever_counts_after_all(
    service: Service, port: Port, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quotas, "FREE_RESUMES_AN_HOUR", 2)
    key = await service.issue("anna", quota=Quota(runs_per_day=2))
    first = await service.generate(port, key, pb.GenerateButtonsRequest(count=2))
    again = pb.GenerateButtonsRequest(count=2, resume_token=first.events[1]["resumeToken"])
    answers = [(await service.generate(port, key, again)).code for _ in range(4)]
    assert answers == ["OK", "OK", "OK", "RESOURCE_EXHAUSTED"]


async def _held(service: Service, port: Port, key: ApiKey) -> Any:
    """A generation under way of which only the first response was read."""
    if port == "grpc":
        call = ButtonServiceStub(service.channel).GenerateButtons(
            pb.GenerateButtonsRequest(count=1000), metadata=_metadata(key)
        )
        await call.read()
        return call
    header = {"Authorization": f"Bearer {key.reveal()}"}
    answer = await service.http.post(GENERATE, json={"count": 1000}, headers=header)
    await answer.content.readline()
    return answer


async def _end_of(held: Any) -> str:
    if hasattr(held, "code"):
        return await _code(held)
    last = [json.loads(line) async for line in held.content][-1]
    return str(last["error"]["details"][0]["reason"])


def _leave(held: Any) -> None:
    held.cancel() if hasattr(held, "cancel") else held.close()


async def _code(call: Any) -> str:
    try:
        if hasattr(call, "read"):
            while await call.read() is not grpc.aio.EOF:
                pass
        else:
            await call
    except grpc.aio.AioRpcError as error:
        return error.code().name
    return "OK"


def _metadata(*keys: ApiKey) -> list[tuple[str, str]]:
    return [("authorization", f"Bearer {key.reveal()}") for key in keys]
