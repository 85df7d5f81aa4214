"""Requests of ValidateButtons, and what a caller makes of its responses."""

from collections.abc import Iterable, Mapping

import grpc

from revitron_grpc.v1 import button_service_pb2 as pb
from revitron_grpc.v1.button_service_pb2_grpc import ButtonServiceStub
from revitron_grpc.v1.button_spec_pb2 import BundleFile

OPTIONS = pb.ValidateButtonsRequest(options=pb.ValidationOptions())
BROKEN_IN_2026 = b"""from pyrevit import DB, revit
for wall in DB.FilteredElementCollector(revit.doc).OfClass(DB.Wall):
    print(wall.Id.IntegerValue)
"""
MEBIBYTE = 1024 * 1024


def script(name: str, content: bytes) -> pb.ValidateButtonsRequest:
    file = BundleFile(path=f"{name}.py", content=content)
    return pb.ValidateButtonsRequest(item=pb.ValidationItem(id=name, script=file))


def bundle(name: str, path: str, files: Mapping[str, bytes]) -> pb.ValidateButtonsRequest:
    found = [BundleFile(path=p, content=c) for p, c in files.items()]
    content = pb.Bundle(path=path, files=found)
    return pb.ValidateButtonsRequest(item=pb.ValidationItem(id=name, bundle=content))


def deep(depth: int = 10_000) -> bytes:
    """A script nested so deep that no parser follows."""
    return b"x = " + b"(" * depth + b")" * depth + b"\n"


def large(size: int = MEBIBYTE) -> bytes:
    """A script of that many bytes in which every line is wrong."""
    head = BROKEN_IN_2026 + b"wall = DB.FilteredElementCollector(revit.doc).OfClass(DB.Wall)[0]\n"
    line = b"print(wall.Id.IntegerValue + 1)\n"
    return head + line * ((size - len(head)) // len(line))


async def validate(
    channel: grpc.aio.Channel, requests: Iterable[pb.ValidateButtonsRequest]
) -> list[pb.ValidateButtonsResponse]:
    """All responses of a call."""
    return [r async for r in ButtonServiceStub(channel).ValidateButtons(iter(requests))]


def reports(responses: Iterable[pb.ValidateButtonsResponse]) -> dict[str, pb.ValidationReport]:
    return {r.report.id: r.report for r in responses if r.WhichOneof("event") == "report"}


def rules(report: pb.ValidationReport) -> list[str]:
    return [finding.rule for finding in report.findings]
