"""A service for the examples that call one."""

import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio

from revitron_grpc.service.server import Replica
from revitron_grpc.settings import ENVIRONMENT_PREFIX
from tests.service.conftest import SETTINGS

Command = Callable[[list[str], Path], subprocess.CompletedProcess[str]]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def target() -> AsyncIterator[str]:
    """The address of a service in this process."""
    replica = Replica(SETTINGS)
    await replica.start()
    yield f"127.0.0.1:{replica.port}"
    await replica.stop(notice=0, drain=0)


@pytest.fixture
def command() -> Command:
    """Run a command as a reader does who has the project installed; both outputs as one text."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(ENVIRONMENT_PREFIX)}
    environment |= {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONUNBUFFERED": "1",
        "COLUMNS": "100",
        "NO_COLOR": "1",
    }

    def run(words: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            words,
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            timeout=100,
            check=False,
        )

    return run
