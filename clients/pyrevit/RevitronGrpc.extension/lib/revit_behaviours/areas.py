# -*- coding: utf-8 -*-
"""The whole table, with the behaviours of all areas."""

from revit_behaviours import (
    collectors,
    dotnet,
    elements,
    failures,
    geometry,
    links,
    mep,
    names,
    parameters,
    rooms,
    transactions,
    views,
    worksharing,
)
from revit_behaviours.table import TABLE, sort_key

# Importing an area fills the table; named here so that nobody takes the imports for unused.
AREAS = (
    transactions,
    failures,
    collectors,
    elements,
    parameters,
    names,
    dotnet,
    geometry,
    rooms,
    mep,
    views,
    links,
    worksharing,
)


def behaviours():
    """Return all rows in the order of their numbers."""
    return sorted(TABLE, key=sort_key)
