# -*- coding: utf-8 -*-
"""Load the assemblies of .NET under whatever name this .NET has them."""

import clr


def add_references(*names):
    """Load assemblies; one that this .NET does not have keeps its classes in another one."""
    for name in names:
        try:
            clr.AddReference(name)
        except Exception:
            # .NET Framework 4.8 has one System, .NET 8 many parts of it.
            continue
