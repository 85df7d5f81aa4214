"""One booted Debian with the deployment kit, for all checks that install the service from it."""

import atexit
import contextlib
import shutil
from functools import cache

from revitron_grpc.storage.versions import newest_version
from tests.deploy.artefact import DEPLOY
from tests.deploy.debian import Machine, booted, debian_root
from tests.deploy.wheel import build_wheel

KIT = "/srv/deploy/systemd"
NEXT = "0.1.1"
"""A release after this one, for trying an upgrade."""
_ITS_TABLES = f"""
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{newest_version()}"


def upgrade() -> None:
    op.create_table("newer", sa.Column("name", sa.Text, primary_key=True))


def downgrade() -> None:
    op.drop_table("newer")
"""

_held = contextlib.ExitStack()
atexit.register(_held.close)


@cache
def debian_with_kit() -> tuple[Machine, str]:
    """Boot a Debian with the kit and the wheels, once; with the path of the wheel inside."""
    root = _held.enter_context(debian_root())
    root.install("python3-venv")
    wheel = root.offer_wheel()
    migrations = "revitron_grpc/storage/migrations/versions"
    build_wheel(root.path / "opt/wheelhouse", NEXT, {f"{migrations}/r9999_newer.py": _ITS_TABLES})
    shutil.copytree(DEPLOY, root.path / "srv/deploy")
    return _held.enter_context(booted(root)), wheel


def power_off() -> None:
    """End the machine: the last check that needs it does, and who runs the checks at the latest."""
    _held.close()
