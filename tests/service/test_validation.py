"""ValidateButtons as a caller sees it, and what it leaves behind."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator

import grpc
import pytest

from revitron_grpc.service.process.script_workers import ScriptWorkers
from revitron_grpc.service.server import Replica
from revitron_grpc.v1 import button_service_pb2 as pb
from revitron_grpc.v1.button_service_pb2_grpc import ButtonServiceStub
from revitron_grpc.v1.button_spec_pb2 import (
    COMPATIBILITY_COMPATIBLE,
    COMPATIBILITY_INCOMPATIBLE,
    BundleFile,
)
from tests.liveness import until
from tests.service.conftest import SETTINGS
from tests.service.test_replica import refused
from tests.service.validation_calls import (
    BROKEN_IN_2026,
    MEBIBYTE,
    OPTIONS,
    bundle,
    deep,
    large,
    reports,
    rules,
    script,
    validate,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")
WINDOW = SETTINGS.executor.run_window


def workers_of(replica: Replica) -> ScriptWorkers:
    return replica.reviews.workers


def with_options(options: pb.ValidationOptions) -> pb.ValidateButtonsRequest:
    return pb.ValidateButtonsRequest(options=options)


async def test_reports_are_matched_by_id_and_the_summary_is_last(
    channel: grpc.aio.Channel,
) -> None:
    items = [script(f"s{n}", BROKEN_IN_2026 if n % 2 else b"pass\n") for n in range(20)]
    responses = await validate(channel, [OPTIONS, *items])
    found = reports(responses)
    assert sorted(found) == sorted(f"s{n}" for n in range(20))
    assert "RVT002" in rules(found["s1"])
    assert rules(found["s2"]) == []
    assert [v.compatibility for v in found["s1"].revit_compatibility] == [
        *[COMPATIBILITY_COMPATIBLE] * 4,
        COMPATIBILITY_INCOMPATIBLE,
    ]
    finding = next(f for f in found["s1"].findings if f.rule == "RVT002")
    assert (finding.path, finding.line, list(finding.revit_versions)) == ("s1.py", 3, [2026])
    summary = responses[-1].summary
    assert [r.WhichOneof("event") for r in responses].count("summary") == 1
    assert summary.items == 20
    assert summary.errors == 10
    assert [v.items for v in summary.failing_by_version] == [0, 0, 0, 0, 10]
    assert len(summary.catalog_digest) == 64


async def test_the_options_reach_the_review(channel: grpc.aio.Channel) -> None:
    options = pb.ValidationOptions(
        revit_versions=[2025, 2026],
        ignore=["RVT003"],
        path_ignores=[pb.PathIgnore(path="Old.tab/", rules=["RVT"])],
        layout=["My.tab/P.panel/B.pushbutton", "My.tab/Empty.panel"],
        lib_files=[BundleFile(path="lib/office.py", content=b"from pyrevit import DB\n")],
    )
    uses_lib = b"from office import DB\nDB.Element.Nothing\n"
    responses = await validate(
        channel,
        [
            with_options(options),
            bundle("new", "My.tab/P.panel/B.pushbutton", {"script.py": BROKEN_IN_2026}),
            bundle("old", "Old.tab/P.panel/B.pushbutton", {"script.py": BROKEN_IN_2026}),
            bundle("empty", "My.tab/Empty.panel", {}),
            script("uses", uses_lib),
        ],
    )
    found = reports(responses)
    assert "RVT002" in rules(found["new"])
    assert "RVT003" not in rules(found["new"])
    assert not [rule for rule in rules(found["old"]) if rule.startswith("RVT")]
    assert rules(found["empty"]) == ["BND005"]
    assert rules(found["uses"]) == ["RVT001"]
    assert [v.revit_version for v in found["new"].revit_compatibility] == [2025, 2026]


async def test_a_call_without_items_is_a_summary(channel: grpc.aio.Channel) -> None:
    (only,) = await validate(channel, [OPTIONS])
    assert only.summary.items == 0


@pytest.mark.parametrize(
    ("requests", "field"),
    [
        ([], "options"),
        ([script("a", b"")], "options"),
        ([pb.ValidateButtonsRequest()], "options"),
        ([OPTIONS, OPTIONS], "messages[1].options"),
        ([OPTIONS, pb.ValidateButtonsRequest()], "messages[1].item"),
        ([OPTIONS, script("", b"")], "messages[1].item.id"),
        ([OPTIONS, script("x" * 201, b"")], "messages[1].item.id"),
        ([OPTIONS, script("a", b""), script("a", b"")], "messages[2].item.id"),
        (
            [OPTIONS, pb.ValidateButtonsRequest(item=pb.ValidationItem(id="a"))],
            "messages[1].item.content",
        ),
        ([with_options(pb.ValidationOptions(revit_versions=[1999]))], "options.revit_versions"),
        ([with_options(pb.ValidationOptions(pyrevit_version="new"))], "options.pyrevit_version"),
        ([with_options(pb.ValidationOptions(select=["RVT9999"]))], "options.select"),
        ([with_options(pb.ValidationOptions(ignore=["RVT"] * 201))], "options.ignore"),
        ([with_options(pb.ValidationOptions(select=["X" * 1000]))], "options"),
        (
            [with_options(pb.ValidationOptions(path_ignores=[pb.PathIgnore(path="*a" * 9)]))],
            "options.path_ignores[0].path",
        ),
        ([with_options(pb.ValidationOptions(layout=["a"] * 5001))], "options.layout"),
        ([with_options(pb.ValidationOptions(layout=["../a"]))], "options.layout[0]"),
        (
            [with_options(pb.ValidationOptions(lib_files=[BundleFile()] * 501))],
            "options.lib_files",
        ),
        (
            [with_options(pb.ValidationOptions(lib_files=[BundleFile(path="/a.py")]))],
            "options.lib_files[0].path",
        ),
    ],
)
async def test_what_cannot_be_matched_is_refused_by_its_field(
    channel: grpc.aio.Channel, requests: list[pb.ValidateButtonsRequest], field: str
) -> None:
    async def read_all() -> None:
        await validate(channel, requests)

    error, details = await refused(read_all())
    assert error.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert field in {v.field for v in details["BadRequest"].field_violations}
    assert details["ErrorInfo"].reason == "INVALID_REQUEST"


async def test_bad_items_are_findings_and_the_stream_goes_on(
    channel: grpc.aio.Channel, replica: Replica
) -> None:
    bomb = b"a: &a [x]\nb: [*a, *a]\n"
    button = "My.tab/P.panel/B.pushbutton"
    responses = await validate(
        channel,
        [
            OPTIONS,
            script("large", b"#" * (MEBIBYTE + 1)),
            script("deep", deep()),
            script("utf16", "print('\u00fc')".encode("utf-16")),
            script("prose", b"Dear Sir or Madam,\n"),
            bundle("bomb", button, {"script.py": b"pass\n", "bundle.yaml": bomb}),
            bundle("outside", button, {"script.py": b"pass\n", "../x.py": b""}),
            bundle("many", button, {f"{n}.txt": b"" for n in range(201)}),
            bundle("heavy", button, {f"{n}.txt": b"x" * MEBIBYTE for n in range(4)}),
            script("good", b"pass\n"),
        ],
    )
    found = reports(responses)
    assert {name: rules(report)[0] for name, report in found.items() if report.findings} == {
        "large": "RVT200",
        "deep": "RVT200",
        "utf16": "RVT200",
        "prose": "RVT200",
        "bomb": "BND013",
        "outside": "RVT290",
        "many": "RVT290",
        "heavy": "RVT290",
    }
    assert rules(found["good"]) == []
    assert responses[-1].summary.items == 9
    await until(lambda: replica.outstanding_work == 0)


async def test_an_unforeseen_error_is_a_finding_that_quotes_nothing(
    replica: Replica,
    channel: grpc.aio.Channel,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("secret words of the caller")

    monkeypatch.setattr("revitron_grpc.review.reviewer.analyse", fail)
    responses = await validate(channel, [OPTIONS, script("a", b"pass\n")])
    assert rules(reports(responses)["a"]) == ["RVT290"]
    assert responses[-1].HasField("summary")
    assert "secret" not in str(responses) + "".join(capfd.readouterr())
    assert b"reviews_failed_total 1.0" in replica.metrics.exposition("")[0]


async def test_a_caller_that_does_not_read_is_not_read_from(
    channel: grpc.aio.Channel, replica: Replica
) -> None:
    taken = 0

    async def many() -> AsyncIterator[pb.ValidateButtonsRequest]:
        nonlocal taken
        yield OPTIONS
        for n in range(3_000):
            taken += 1
            # Each report is a quarter of a megabyte, so that the transport holds but a few.
            yield script(f"s{n}", b"from pyrevit import DB\n" + b"DB.Wall.Nope\n" * 900)

    call = ButtonServiceStub(channel).ValidateButtons(many())
    await call.read()
    seen = -1
    while seen != taken:  # until the server takes no more
        seen = taken
        await asyncio.sleep(0.5)
    assert taken < 1_000
    call.cancel()
    await until(lambda: replica.validations_in_flight == 0 and replica.outstanding_work == 0)


async def test_no_more_than_a_window_of_items_is_in_work(
    channel: grpc.aio.Channel, replica: Replica
) -> None:
    items = [script(f"s{n}", large(20_000)) for n in range(30)]
    call = asyncio.create_task(validate(channel, [OPTIONS, *items]))
    most = 0
    while not call.done():
        most = max(most, replica.outstanding_work)
        await asyncio.sleep(0.002)
    assert 1 < most <= WINDOW
    assert (await call)[-1].summary.items == 30


async def test_a_large_script_goes_to_a_worker_that_is_used_again(
    channel: grpc.aio.Channel, replica: Replica
) -> None:
    workers = workers_of(replica)
    await workers.close()
    small = await validate(channel, [OPTIONS, script("a", large(8_000))])
    assert workers.process_ids == ()
    big = await validate(channel, [OPTIONS, script("a", large(80_000))])
    (pid,) = workers.process_ids
    assert rules(reports(big)["a"])[:10] == rules(reports(small)["a"])[:10]
    lib = BundleFile(path="lib/big.py", content=b"x = 1\n" * 12_000)
    options = with_options(pb.ValidationOptions(lib_files=[lib], select=["RVT002"]))
    again = await validate(channel, [options, script("a", BROKEN_IN_2026)])
    assert rules(reports(again)["a"]) == ["RVT002"]
    assert workers.process_ids == (pid,)


async def test_leaving_kills_the_worker_and_the_next_call_gets_a_new_one(
    channel: grpc.aio.Channel, replica: Replica
) -> None:
    workers = workers_of(replica)
    await workers.close()
    call = ButtonServiceStub(channel).ValidateButtons(iter([OPTIONS, script("a", large(900_000))]))
    await until(lambda: workers.busy == 1 and len(workers.process_ids) == 1)
    (pid,) = workers.process_ids
    await call.read()  # a sign of life while the worker works
    call.cancel()
    await until(lambda: not workers.process_ids and not _alive(pid))
    assert workers.busy == 0
    responses = await validate(channel, [OPTIONS, script("a", large(80_000))])
    assert "RVT002" in rules(reports(responses)["a"])


async def test_a_deadline_kills_the_worker(channel: grpc.aio.Channel, replica: Replica) -> None:
    workers = workers_of(replica)
    await workers.close()
    call = ButtonServiceStub(channel).ValidateButtons(
        iter([OPTIONS, script("a", large(900_000))]), timeout=6
    )
    await until(lambda: len(workers.process_ids) == 1)
    (pid,) = workers.process_ids
    os.kill(pid, signal.SIGSTOP)
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        async for _ in call:
            pass
    assert caught.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED
    await until(lambda: workers.busy == 0 and replica.validations_in_flight == 0)
    await until(lambda: not _alive(pid))


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
