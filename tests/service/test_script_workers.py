"""Spawned workers: what bounds them, and that they never outlive who started them."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from revitron_grpc.analysis.findings import Severity
from revitron_grpc.button_spec import Compatibility
from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.review.items import ReviewOptions, script_item
from revitron_grpc.review.reviewer import Reviewer
from revitron_grpc.service.process.script_workers import EncodedOptions, ScriptWorkers
from revitron_grpc.settings import ReviewSettings
from tests.deploy.memory_limits import SCRIPT_WORKER_MIB
from tests.liveness import until
from tests.service.validation_calls import BROKEN_IN_2026, MEBIBYTE, large

OPTIONS = ReviewOptions(packaged_catalog().versions)
ROOT = Path(__file__).parents[2]
NO_CATALOG = ROOT / "pyproject.toml"
SMALL = script_item("a.py", BROKEN_IN_2026)
# It would take 600 MiB.
HUNGRY = script_item("a.py", b"x = [" + b"[]," * (MEBIBYTE // 3 - 10) + b"]\n")


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def workers(count: int = 1, **settings: float) -> ScriptWorkers:
    return ScriptWorkers(ReviewSettings.model_validate(settings), count, None)


async def test_a_worker_says_what_the_reviewer_says() -> None:
    pool = workers()
    item = script_item("b.py", large(100_000))
    reviewer = Reviewer(packaged_catalog(), OPTIONS)
    encoded = EncodedOptions(OPTIONS)
    try:
        assert await pool.review(encoded, SMALL) == reviewer.review(SMALL)
        assert await pool.review(encoded, item) == reviewer.review(item)
        other = EncodedOptions(ReviewOptions(OPTIONS.revit_versions[:1]))
        assert len((await pool.review(other, SMALL)).revit_compatibility) == 1
        assert await pool.review(encoded, SMALL) == reviewer.review(SMALL)
    finally:
        await pool.close()


async def test_the_time_of_an_item_is_bounded_and_the_next_one_is_judged() -> None:
    pool = workers(script_seconds=2)
    encoded = EncodedOptions(OPTIONS)
    try:
        await pool.review(encoded, SMALL)
        (pid,) = pool.process_ids
        # However fast the machine is: this one takes longer.
        os.kill(pid, signal.SIGSTOP)
        (finding,) = (await pool.review(encoded, SMALL)).findings
        assert (finding.rule, finding.severity) == ("RVT290", Severity.ERROR)
        assert "more than 2 seconds" in finding.message
        assert pool.process_ids == ()
        assert "RVT002" in [f.rule for f in (await pool.review(encoded, SMALL)).findings]
    finally:
        await pool.close()


async def test_an_item_that_needs_more_memory_is_not_judged_and_the_next_one_is() -> None:
    encoded = EncodedOptions(OPTIONS)
    pool = workers(script_memory_mb=64)
    try:
        report = await pool.review(encoded, HUNGRY)
        (finding,) = report.findings
        assert (finding.rule, finding.severity) == ("RVT290", Severity.ERROR)
        assert "for want of memory; it may take 64 MiB" in finding.message
        assert {v.compatibility for v in report.revit_compatibility} == {
            Compatibility.COMPATIBLE_AS_FAR_AS_KNOWN
        }
        assert "RVT002" in [f.rule for f in (await pool.review(encoded, SMALL)).findings]
        # What the parser cannot follow is something else, although it raises the same exception.
        report = await pool.review(encoded, script_item("a.py", b"x = " + b"-" * 10_000 + b"1"))
        assert "nested too deeply" in report.findings[0].message
    finally:
        await pool.close()


@pytest.mark.parametrize("megabytes", [64, 256])
async def test_a_worker_has_no_more_memory_than_is_planned_for(megabytes: int) -> None:
    encoded = EncodedOptions(OPTIONS)
    pool = workers(script_memory_mb=megabytes)
    most = 0
    try:
        await pool.review(encoded, SMALL)
        (pid,) = pool.process_ids
        under_way = asyncio.create_task(pool.review(encoded, HUNGRY))
        while not under_way.done():
            with contextlib.suppress(ProcessLookupError, FileNotFoundError, IndexError):
                status = Path(f"/proc/{pid}/status").read_text()
                most = max(most, int(status.partition("VmHWM:")[2].split()[0]) // 1024)
            await asyncio.sleep(0.005)
    finally:
        await pool.close()
    # Seen on its way up: nearly all that it may have, and no more.
    assert megabytes // 2 < most <= SCRIPT_WORKER_MIB + megabytes


async def test_where_memory_ends_workers_go_before_the_service() -> None:
    pool = workers()
    try:
        await pool.review(EncodedOptions(OPTIONS), SMALL)
        (pid,) = pool.process_ids
        assert Path(f"/proc/{pid}/oom_score_adj").read_text() == "1000\n"
    finally:
        await pool.close()


async def test_a_worker_that_dies_is_one_finding() -> None:
    pool = workers()
    encoded = EncodedOptions(OPTIONS)
    try:
        await pool.review(encoded, SMALL)
        (pid,) = pool.process_ids
        under_way = asyncio.create_task(pool.review(encoded, script_item("a.py", large())))
        await until(lambda: pool.busy == 1)
        os.kill(pid, signal.SIGKILL)
        assert [f.rule for f in (await under_way).findings] == ["RVT290"]
        assert "RVT002" in [f.rule for f in (await pool.review(encoded, SMALL)).findings]
        assert pool.process_ids != (pid,)
    finally:
        await pool.close()


async def test_no_more_workers_than_allowed_and_idle_ones_end() -> None:
    pool = workers(2, idle_seconds=0.2)
    encoded = EncodedOptions(OPTIONS)
    try:
        reports = [asyncio.create_task(pool.review(encoded, SMALL)) for _ in range(6)]
        most = 0
        while not all(report.done() for report in reports):
            most = max(most, len(pool.process_ids))
            await asyncio.sleep(0.01)
        assert most <= 2
        await until(lambda: pool.process_ids == ())
        assert "RVT002" in [f.rule for f in (await pool.review(encoded, SMALL)).findings]
    finally:
        await pool.close()


async def test_a_caller_that_leaves_while_it_waits_kills_nobody() -> None:
    pool = workers()
    encoded = EncodedOptions(OPTIONS)
    try:
        await pool.review(encoded, SMALL)
        before = pool.process_ids
        first = asyncio.create_task(pool.review(encoded, script_item("a.py", large(200_000))))
        await until(lambda: pool.busy == 1)
        waiting = asyncio.create_task(pool.review(encoded, SMALL))
        await asyncio.sleep(0)
        waiting.cancel()
        assert "RVT002" in [f.rule for f in (await first).findings]
        assert pool.process_ids == before
        assert pool.busy == 0
    finally:
        await pool.close()


async def test_without_a_catalog_no_worker_starts_and_that_is_said() -> None:
    pool = ScriptWorkers(ReviewSettings(), 1, NO_CATALOG)
    with pytest.raises(RuntimeError, match="no worker"):
        await pool.review(EncodedOptions(OPTIONS), SMALL)
    await pool.close()


_PARENT = """
import asyncio, sys
from revitron_grpc.review.items import script_item
from revitron_grpc.service.telemetry.logs import configure_logging
from revitron_grpc.settings import LoggingSettings
from tests.service.test_script_workers import OPTIONS, SMALL, EncodedOptions, large, workers

configure_logging(LoggingSettings(level="error"))

async def main():
    pool = workers()
    encoded = EncodedOptions(OPTIONS)
    await pool.review(encoded, SMALL)
    print(pool.process_ids[0], flush=True)
    if sys.argv[1] == "busy":
        await pool.review(encoded, script_item("a.py", large()))
    await asyncio.sleep(600)

asyncio.run(main())
"""


@pytest.mark.parametrize("state", ["busy", "idle"])
async def test_a_worker_ends_when_its_parent_is_killed(state: str) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", _PARENT, state], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert parent.stdout is not None
    with parent.stdout as told:
        pid = int(await asyncio.to_thread(told.readline))
        parent.kill()
        parent.wait()
        await until(lambda: not alive(pid))
