# -*- coding: utf-8 -*-
"""What Revit does where scripts expect otherwise, as small observations that run in any Revit.

The same table is replayed in a real Revit by the button *Check behaviours* and in the simulated
Revit by its tests; one text for IronPython 2.7 and 3.4.
"""
