"""Options that several commands share, and how people write them."""

import typer

from revitron_grpc import vocabulary
from revitron_grpc.vocabulary import RevitVersion


def revit_versions(text: str) -> list[RevitVersion]:
    """Read `2024`, `2022-2026` or `2022,2024-2025`; an empty text means all.

    >>> revit_versions("2022,2024-2025")
    [2022, 2024, 2025]
    """
    try:
        return vocabulary.revit_versions(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
