"""One booted Debian with the deployment kit, for all checks that install the service from it."""

import atexit
import contextlib
import shutil
from functools import cache

from tests.deploy.artefact import DEPLOY
from tests.deploy.debian import Machine, booted, debian_root
from tests.deploy.wheel import build_wheel

KIT = "/srv/deploy/systemd"
NEXT = "0.1.1"
"""A release after this one, for trying an upgrade."""

_held = contextlib.ExitStack()
atexit.register(_held.close)


@cache
def debian_with_kit() -> tuple[Machine, str]:
    """Boot a Debian with the kit and the wheels, once; with the path of the wheel inside."""
    root = _held.enter_context(debian_root())
    root.install("python3-venv")
    wheel = root.offer_wheel()
    build_wheel(root.path / "opt/wheelhouse", NEXT)
    shutil.copytree(DEPLOY, root.path / "srv/deploy")
    return _held.enter_context(booted(root)), wheel


def power_off() -> None:
    """End the machine: the last check that needs it does, and who runs the checks at the latest."""
    _held.close()
