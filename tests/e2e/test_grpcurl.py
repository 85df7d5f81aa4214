"""The real grpcurl against a real service, by reflection alone."""

import json
from typing import Any

from revitron_grpc.v1 import button_service_pb2, catalog_service_pb2
from tests.e2e.conftest import ROOT, Service, grpcurl


def test_list_shows_every_service(service: Service) -> None:
    listed = grpcurl("-plaintext", service.target, "list").out.split()
    assert {
        "revitron_grpc.v1.ButtonService",
        "revitron_grpc.v1.CatalogService",
        "grpc.health.v1.Health",
        "grpc.channelz.v1.Channelz",
        "grpc.reflection.v1alpha.ServerReflection",
    } <= set(listed)


def test_describe_shows_the_contract(service: Service) -> None:
    told = grpcurl(
        "-plaintext", service.target, "describe", "revitron_grpc.v1.GenerateButtonsRequest"
    ).out
    assert "optional int32 count = 1;" in told
    assert "string resume_token = 15;" in told


def test_health_is_serving(service: Service) -> None:
    done = grpcurl("-plaintext", service.target, "grpc.health.v1.Health/Check")
    assert json.loads(done.out) == {"status": "SERVING"}


def test_generate_streams_one_by_one(service: Service) -> None:
    done = grpcurl(
        *("-plaintext", "-d", '{"count": 3, "includeIcons": false}', service.target),
        "revitron_grpc.v1.ButtonService/GenerateButtons",
    )
    responses = _documents(done.out)
    assert "started" in responses[0]
    titles = [r["buttons"]["buttons"][0]["title"] for r in responses if "buttons" in r]  # type: ignore[index]
    assert len(set(titles)) == 3
    assert responses[-1]["summary"]["accepted"] == 3  # type: ignore[index]


def test_a_bad_request_names_the_field_and_the_limit(service: Service) -> None:
    done = grpcurl(
        *("-plaintext", "-d", '{"count": 0}', service.target),
        "revitron_grpc.v1.ButtonService/GenerateButtons",
    )
    assert done.code != 0
    assert "InvalidArgument" in done.err
    assert "1 to 1000" in done.err
    assert "google.rpc.BadRequest" in done.err


def test_the_requests_that_we_ship_work(service: Service) -> None:
    requests = sorted((ROOT / "clients" / "grpcurl").glob("*.json"))
    assert [path.stem for path in requests] == sorted(
        f"{service.name}-{method.name}"
        for module in (button_service_pb2, catalog_service_pb2)
        for service in module.DESCRIPTOR.services_by_name.values()
        for method in service.methods
    )
    ids: dict[str, str] = {}
    for path in requests:
        text = path.read_text()
        for placeholder, name in ids.items():
            text = text.replace(placeholder, name)
        done = grpcurl(
            *("-plaintext", "-d", text, service.target),
            f"revitron_grpc.v1.{path.stem.replace('-', '/')}",
        )
        assert done.code == 0, (path.name, done.err)
        if not ids:  # the first one generates
            responses: list[Any] = _documents(done.out)
            ids["RUN_ID"] = responses[0]["started"]["run_id"]
            ids["BUTTON_ID"] = responses[1]["buttons"]["buttons"][0]["id"]
    listed = grpcurl("-plaintext", service.target, "revitron_grpc.v1.ButtonService/ListRuns")
    assert ids["RUN_ID"] in listed.out


def _documents(text: str) -> list[dict[str, object]]:
    decoder, found, position = json.JSONDecoder(), [], 0
    while position < len(text.rstrip()):
        document, position = decoder.raw_decode(text, position)
        found.append(document)
        while position < len(text) and text[position].isspace():
            position += 1
    return found
