"""The table of behaviours, which stands in the extension for Revit and nowhere else."""

import sys
from types import ModuleType
from typing import Any

from tests.pyrevit_client.conftest import EXTENSION

LIBRARY = EXTENSION / "lib"
PACKAGE = LIBRARY / "revit_behaviours"


def _imported() -> tuple[ModuleType, ModuleType]:
    sys.path.insert(0, str(LIBRARY))
    try:
        from revit_behaviours import (  # pyright: ignore[reportMissingImports] - see above
            areas,
            replay,
        )
    finally:
        sys.path.remove(str(LIBRARY))
    return areas, replay


areas, replay = _imported()
ROWS: list[Any] = areas.behaviours()
