"""The behaviour of the Revit API, by hand, one module an area."""

import importlib
import pkgutil
from functools import cache


@cache
def load() -> None:
    """Import every module of this package, so that its behaviours are registered."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
