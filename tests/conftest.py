"""Fixtures that several parts of the suite share."""

import os

import pytest

from revitron_grpc.settings import ENVIRONMENT_PREFIX


@pytest.fixture
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """No settings from the environment in which the tests run."""
    for name in list(os.environ):
        if name.startswith((ENVIRONMENT_PREFIX, "REVITRON_FRAMEWORK_")):
            monkeypatch.delenv(name)
    return monkeypatch
