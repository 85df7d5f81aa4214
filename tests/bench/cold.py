"""A service in a process of its own, and its first run: nothing is judged yet.

usage: python -m tests.bench.cold thread|process COUNT
"""

import asyncio
import json
import sys
import time
from typing import Any, Literal

from revitron_grpc.service.in_process import in_process_service
from revitron_grpc.settings import ExecutorSettings, Settings


async def first_run(kind: Literal["thread", "process"], count: int) -> dict[str, Any]:
    """Return when the first and the last button arrived, in milliseconds from the call."""
    began = time.perf_counter()
    async with in_process_service(
        Settings(executor=ExecutorSettings(kind=kind)), warm_up=True
    ) as target:
        start_ms = round(1000 * (time.perf_counter() - began), 1)
        client = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.bench.client", target, "1", str(count)),
            stdout=asyncio.subprocess.PIPE,
        )
        out, _ = await asyncio.wait_for(client.communicate(), 300)
    return {"service_start_ms": start_ms, **json.loads(out)[0]}


if __name__ == "__main__":
    chosen: Literal["thread", "process"] = "process" if sys.argv[1] == "process" else "thread"
    print(json.dumps(asyncio.run(first_run(chosen, int(sys.argv[2])))))
