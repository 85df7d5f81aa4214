"""What it costs to answer a run from the cache, beside judging it.

usage: python -m tests.bench.replay off|memory|redis COUNT
"""

import asyncio
import json
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from revitron_grpc.service.in_process import in_process_settings
from revitron_grpc.service.server import Replica
from revitron_grpc.service.telemetry.logs import configure_logging
from revitron_grpc.settings import CacheSettings, LoggingSettings, Settings
from tests.programs.redis import RedisServer


async def measure(cache: CacheSettings, count: int) -> dict[str, Any]:
    """Return the first run of a service and the same asked again: milliseconds, CPU, size."""
    configure_logging(LoggingSettings(level="error"))
    replica = Replica(in_process_settings(Settings(cache=cache)), warm_up=True)
    await replica.start()
    try:
        found = {"first": await _run(replica, count)}
        if replica.caches.runs is not None:
            await replica.caches.runs.filled()
        found["again"] = await _run(replica, count)
        metric = "revitron_grpc_cache_size_bytes"
        size = replica.metrics._registry.get_sample_value(metric, {"cache": "specs"})
        return found | {"entry_bytes": int(size or 0)}
    finally:
        await replica.stop(notice=0, drain=0)


async def _run(replica: Replica, count: int) -> dict[str, float]:
    before = time.process_time()
    client = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.bench.client", f"127.0.0.1:{replica.port}", "1", str(count)),
        stdout=asyncio.subprocess.PIPE,
    )
    out, _ = await asyncio.wait_for(client.communicate(), 300)
    return json.loads(out)[0] | {"cpu_ms": round(1000 * (time.process_time() - before), 1)}


def main() -> None:
    """Measure with the cache that is named."""
    backend, count = sys.argv[1], int(sys.argv[2])
    with ExitStack() as stack:
        settings = {"backend": backend}
        if backend == "redis":
            server = RedisServer(Path(stack.enter_context(TemporaryDirectory())))
            server.start()
            stack.callback(server.stop)
            settings["redis_url"] = server.url
        found = asyncio.run(measure(CacheSettings.model_validate(settings), count))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
