# -*- coding: utf-8 -*-
"""Points and curves."""

from revit_behaviours.table import behaviour, page
from revit_behaviours.tools import assign, attempt


@behaviour(
    "57.1",
    "The zero vector normalised is the zero vector",
    page("6228ceb8-100b-daf8-78cf-0b7f514a1338"),
    "zero: True",
)
def normalise_zero(doc, DB, tools):
    return "zero: {}".format(DB.XYZ(0.0, 0.0, 0.0).Normalize().IsZeroLength())


@behaviour(
    "57.2",
    "A point cannot be changed",
    page("b4d890c1-d278-c8a0-c4c9-6dfe9c7e68df"),
    "raises AttributeError",
)
def change_point(doc, DB, tools):
    return attempt(assign, DB.XYZ(1.0, 2.0, 3.0), "X", 5.0)


@behaviour(
    "58.1",
    "A line shorter than Revit's tolerance is refused",
    page("7885bdf9-3007-ea60-af6b-a96ac7672c18"),
    "raises ArgumentsInconsistentException",
)
def short_line(doc, DB, tools):
    return attempt(DB.Line.CreateBound, DB.XYZ(0.0, 0.0, 0.0), DB.XYZ(0.0005, 0.0, 0.0))


@behaviour(
    "58.2",
    "An unbound line has no end points",
    page("a02da994-2976-38c0-e16b-20292de9fe57"),
    "raises ArgumentException",
)
def unbound_end(doc, DB, tools):
    line = DB.Line.CreateUnbound(DB.XYZ(0.0, 0.0, 0.0), DB.XYZ(1.0, 0.0, 0.0))
    return attempt(line.GetEndPoint, 0)


@behaviour(
    "59.1",
    "A loop of curves must not have a gap",
    page("9ecde812-a299-b823-35fc-4428e9298602"),
    "raises ArgumentException",
)
def gap_in_loop(doc, DB, tools):
    def line(start, end):
        return DB.Line.CreateBound(DB.XYZ(start, 0.0, 0.0), DB.XYZ(end, 0.0, 0.0))

    loop = DB.CurveLoop()
    loop.Append(line(0.0, 1.0))
    return attempt(loop.Append, line(2.0, 3.0))
