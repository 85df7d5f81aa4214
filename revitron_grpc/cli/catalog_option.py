"""The option by which a command takes another catalog than the packaged one."""

from pathlib import Path
from typing import Annotated

import typer

from revitron_grpc.settings import ENVIRONMENT_PREFIX, Settings, changed

_HELP = "Another catalog file, as `catalog import` makes them."

CatalogOption = Annotated[
    Path | None,
    typer.Option(
        "--catalog",
        envvar=f"{ENVIRONMENT_PREFIX}CATALOG__PATH",
        help=_HELP,
    ),
]

OwnCatalogOption = Annotated[Path | None, typer.Option("--catalog", help=_HELP)]
"""The same where the settings are read, which know the variable already."""


def with_catalog(settings: Settings, path: Path | None) -> Settings:
    """Return the settings with the catalog file of the option, if one was given."""
    return settings if path is None else changed(settings, {"catalog": {"path": path}})
