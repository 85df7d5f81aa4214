"""The installed command fetches, and processes that serve take what it made."""

import json
import signal
from pathlib import Path
from typing import Any

import grpc
import pytest
import yaml

from revitron_grpc.v1 import button_service_pb2 as pb
from revitron_grpc.v1.button_service_pb2_grpc import ButtonServiceStub
from revitron_grpc.v1.catalog_service_pb2 import GetCatalogRequest
from revitron_grpc.v1.catalog_service_pb2_grpc import CatalogServiceStub
from tests.e2e.conftest import Done, run
from tests.e2e.test_processes import Supervised
from tests.liveness import LIVENESS, wait_until
from tests.research.conftest import EXTENSION, INDEX, Origin, body, status, zipped

REQUEST = pb.GenerateButtonsRequest(count=15)


def digest_at(port: int) -> str:
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        return CatalogServiceStub(channel).GetCatalog(GetCatalogRequest(), timeout=30).digest


@pytest.mark.timeout(300)
def test_what_was_fetched_is_served_after_a_hangup(
    origin: Origin, ca_file: Path, tmp_path: Path
) -> None:
    config = tmp_path / "settings.yaml"
    research: dict[str, Any] = {
        "directory": str(tmp_path / "research"),
        "ca_file": str(ca_file),
        "backoff_seconds": 0,
        "attempts": 2,
        "sources": [
            {
                "name": "Toolbar",
                "kind": "extension",
                "url": origin.on("/toolbar.zip", body(zipped(EXTENSION), etag='"1"')),
            },
            {
                "name": "Tools",
                "kind": "tool_index",
                "url": origin.on("/tools.json", status(500)),
            },
        ],
    }
    config.write_text(yaml.safe_dump({"research": research, "shutdown": {"notice_seconds": 0}}))

    def refresh(*options: str) -> Done:
        return run("catalog", "refresh", "--config", config, *options)

    # One of two is missing.
    first = refresh()
    assert first.code == 1, first.err
    assert "Toolbar  extension   fetched" in first.out
    assert "warning: Tools: HTTP 500" in first.err
    old = (tmp_path / "research" / "current").read_text().strip()
    assert f"catalog {old}, new" in first.out

    supervised = Supervised(tmp_path, "--config", str(config))
    try:
        ports = supervised.ports[::2]
        assert [digest_at(port) for port in ports] == [old, old]
        window = [("grpc.http2.bdp_probe", 0)]
        with grpc.insecure_channel(f"127.0.0.1:{ports[0]}", window) as channel:
            stub = ButtonServiceStub(channel)
            before = list(stub.GenerateButtons(REQUEST))
            call = stub.GenerateButtons(REQUEST)
            kept = [next(call)]
            # Now both are there.
            origin.on("/tools.json", body(json.dumps(INDEX).encode()))
            second = refresh("--format", "json")
            assert second.code == 0, second.err
            new = json.loads(second.out)["catalog"]
            assert new != old
            supervised.process.send_signal(signal.SIGHUP)
            wait_until(lambda: [digest_at(port) for port in ports] == [new, new])
            kept += call
            after = next(stub.GenerateButtons(REQUEST))
        assert kept[0].started.catalog_digest == old
        assert kept[-1].summary.specs_digest == before[-1].summary.specs_digest
        assert after.started.catalog_digest == new
    finally:
        supervised.process.send_signal(signal.SIGTERM)
        assert supervised.process.wait(LIVENESS) == 0, supervised.log
    assert supervised.log.count('"message":"catalog taken"') == 2

    # Nobody is there any more: the last downloads are good enough.
    origin.on("/toolbar.zip", status(500))
    origin.on("/tools.json", status(500))
    third = refresh("--force")
    assert third.code == 3
    assert third.out.count(" kept ") == 2
    assert f"catalog {new}, the same as before" in third.out
