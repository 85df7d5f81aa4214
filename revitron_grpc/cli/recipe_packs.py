"""The option that brings recipe packs of one's own into a command."""

from pathlib import Path
from typing import Annotated

import typer

from revitron_grpc.settings import Settings, changed

RecipesOption = Annotated[
    list[Path] | None,
    typer.Option("--recipes", help="A folder with recipes of your own; may be repeated."),
]


def with_recipes(settings: Settings, packs: list[Path] | None) -> Settings:
    """Return the settings with further recipe packs, after those that are configured."""
    if not packs:
        return settings
    # The same folder in the settings and in the option is meant once.
    own = [pack for pack in packs if pack not in settings.catalog.recipe_packs]
    return changed(settings, {"catalog": {"recipe_packs": [*settings.catalog.recipe_packs, *own]}})
