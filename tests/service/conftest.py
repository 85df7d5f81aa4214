"""A replica in the test's own process, so that what it holds can be looked at."""

from collections.abc import AsyncIterator

import grpc
import pytest_asyncio

from revitron_grpc.service.server import Replica
from revitron_grpc.service.telemetry.logs import configure_logging
from revitron_grpc.settings import Settings

SETTINGS = Settings.model_validate(
    {
        "server": {"port": 0, "max_concurrent_runs": 4},
        "http": {"port": 0},
        "executor": {"max_workers": 2, "window": 4},
        # Streams of these tests have work behind them, also when they ask what another one did.
        "cache": {"backend": "off"},
        "logging": {"level": "error"},
        # Time enough that a busy machine is no outage.
        "runs": {"timeout_seconds": 20},
    }
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def replica() -> AsyncIterator[Replica]:
    configure_logging(SETTINGS.logging)
    found = Replica(SETTINGS)
    await found.start()
    yield found
    await found.stop(notice=0, drain=0)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def channel(replica: Replica) -> AsyncIterator[grpc.aio.Channel]:
    async with grpc.aio.insecure_channel(f"127.0.0.1:{replica.port}") as found:
        yield found
