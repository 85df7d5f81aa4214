"""Options that several commands share, and how people write them."""

import re

import typer

from revitron_grpc.vocabulary import RevitVersion

_RANGE = re.compile(r"(\d{4})(?:-(\d{4}))?")


def revit_versions(text: str) -> list[RevitVersion]:
    """Read `2024`, `2022-2026` or `2022,2024-2025`; an empty text means all.

    >>> revit_versions("2022,2024-2025")
    [2022, 2024, 2025]
    """
    versions: list[RevitVersion] = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        match = _RANGE.fullmatch(part)
        if match is None:
            raise typer.BadParameter(f"{part!r} is no year or range such as 2022-2026")
        first = int(match[1])
        last = int(match[2] or first)
        if last < first or last - first > 50:
            raise typer.BadParameter(f"{part!r} ends before it begins or is too long")
        versions.extend(RevitVersion(year) for year in range(first, last + 1))
    return sorted(set(versions))
