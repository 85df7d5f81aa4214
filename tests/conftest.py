"""Fixtures that several parts of the suite share."""

import importlib
import os
import pkgutil
from collections.abc import Iterator

import pytest
import structlog
from hypothesis import HealthCheck, settings

from revitron_grpc import simulation
from revitron_grpc.settings import ENVIRONMENT_PREFIX

# Where tests run in several processes, each is told a window of 80 columns; commands that write
# into a pipe have none.
os.environ.pop("COLUMNS", None)

# How long an example takes is the machine's business; no test passes or fails by the clock.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

pytest_plugins = ["tests.programs.postgres", "tests.programs.redis"]


@pytest.fixture(autouse=True, scope="session")
def folder_of_the_user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Services of the tests keep their runs elsewhere than those of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture(autouse=True, scope="session")
def simulation_is_loaded() -> None:
    """Import all of it before a test starts threads.

    pytest makes a syntax tree of each module that it rewrites; one that a thread imports while
    another one judges is disturbed by that on CPython 3.11 (revitron_grpc/syntax_trees.py).
    """
    for module in pkgutil.walk_packages(simulation.__path__, f"{simulation.__name__}."):
        importlib.import_module(module.name)


@pytest.fixture(autouse=True, scope="module")
def log_configuration() -> Iterator[None]:
    """Undo what a module's services configured, so that the next one sees every line."""
    yield
    structlog.reset_defaults()


@pytest.fixture
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """No settings from the environment in which the tests run."""
    for name in list(os.environ):
        if name.startswith((ENVIRONMENT_PREFIX, "REVITRON_FRAMEWORK_")):
            monkeypatch.delenv(name)
    return monkeypatch
