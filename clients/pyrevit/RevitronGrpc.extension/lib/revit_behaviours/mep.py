# -*- coding: utf-8 -*-
"""Ducts, pipes and their connectors."""

from revit_behaviours.table import FIELD, behaviour, page
from revit_behaviours.tools import attempt

_WIDTH = page("adcdacef-bad0-6dab-fe3c-944add943d18")
_RADIUS = page("92e32588-26c0-9330-b079-86ae46d705bd")
_ALL_REFS = page("bfd0a83e-c6a4-cec6-8428-b5b8b4357ee5")


def _first_id(tools, kind, what):
    """Return the id of the first element of a class."""
    found = tools.elements(kind).FirstElement() or tools.missing(what)
    return found.Id


def _duct(doc, DB, tools, shape, start=0.0):
    """Make a duct of ten feet of a shape."""
    mechanical = DB.Mechanical
    system = _first_id(tools, mechanical.MechanicalSystemType, "a type of duct systems")
    level = tools.level()
    for kind in tools.elements(mechanical.DuctType):
        if kind.Shape == shape:
            points = [DB.XYZ(start + x, 0.0, level.Elevation) for x in (0.0, 10.0)]
            duct = mechanical.Duct.Create(doc, system, kind.Id, level.Id, points[0], points[1])
            doc.Regenerate()
            return duct
    return tools.missing("a type of ducts of the shape {}".format(shape))


def _pipe(doc, DB, tools, level, start, end):
    """Make a pipe from x to x, feet."""
    system = _first_id(tools, DB.Plumbing.PipingSystemType, "a type of pipe systems")
    kind = _first_id(tools, DB.Plumbing.PipeType, "a type of pipes")
    points = [DB.XYZ(x, 0.0, level.Elevation) for x in (start, end)]
    return DB.Plumbing.Pipe.Create(doc, system, kind, level.Id, points[0], points[1])


def _connectors(element):
    return list(element.ConnectorManager.Connectors)


@behaviour(
    "39.1",
    "A rectangular duct has no diameter",
    page("ef86c674-b088-40b1-0b28-3b91a01c7b30"),
    "raises InvalidOperationException",
    needs="a type of rectangular ducts",
)
def diameter_of_rectangular(doc, DB, tools):
    with tools.changes():
        duct = _duct(doc, DB, tools, DB.ConnectorProfileType.Rectangular)
        return attempt(getattr, duct, "Diameter")


@behaviour(
    "39.2",
    "The connector of a rectangular duct has no radius",
    _RADIUS,
    "Rectangular, raises InvalidOperationException",
    needs="a type of rectangular ducts",
)
def radius_of_rectangular(doc, DB, tools):
    with tools.changes():
        duct = _duct(doc, DB, tools, DB.ConnectorProfileType.Rectangular)
        connector = _connectors(duct)[0]
        return "{}, {}".format(connector.Shape, attempt(getattr, connector, "Radius"))


@behaviour(
    "39.3",
    "A pipe has no width",
    page("978bbf62-3cba-1580-8080-61888b92b55d"),
    "raises InvalidOperationException",
    needs="a type of pipes",
)
def width_of_pipe(doc, DB, tools):
    with tools.changes():
        return attempt(getattr, _pipe(doc, DB, tools, tools.level(), 0.0, 10.0), "Width")


@behaviour(
    "39.4",
    "The connector of a pipe has no width",
    _WIDTH,
    "Round, raises InvalidOperationException",
    needs="a type of pipes",
)
def width_of_round(doc, DB, tools):
    with tools.changes():
        pipe = _pipe(doc, DB, tools, tools.level(), 0.0, 10.0)
        connector = _connectors(pipe)[0]
        return "{}, {}".format(connector.Shape, attempt(getattr, connector, "Width"))


@behaviour(
    "39.5",
    "AllRefs holds the connector that is joined, of the other element",
    _ALL_REFS,
    "joined: True, other found: True",
    needs="a type of pipes",
)
def joined_pipes(doc, DB, tools):
    with tools.changes():
        level = tools.level()
        first = _pipe(doc, DB, tools, level, 0.0, 10.0)
        second = _pipe(doc, DB, tools, level, 10.0, 20.0)
        doc.Regenerate()

        def at_ten(pipe):
            return min(_connectors(pipe), key=lambda one: abs(one.Origin.X - 10.0))

        at_ten(first).ConnectTo(at_ten(second))
        owners = [one.Owner.Id for one in at_ten(first).AllRefs]
        return "joined: {}, other found: {}".format(at_ten(first).IsConnected, second.Id in owners)


@behaviour(
    "39.6",
    "AllRefs holds logical connectors too",
    _ALL_REFS,
    "True",
    needs="equipment in a duct or pipe system",
)
def logical_connectors(doc, DB, tools):
    logical = DB.ConnectorType.Logical
    for instance in tools.elements(DB.FamilyInstance):
        manager = instance.MEPModel.ConnectorManager if instance.MEPModel else None
        for connector in manager.Connectors if manager else []:
            if connector.ConnectorType == logical:
                continue
            if any(other.ConnectorType == logical for other in connector.AllRefs):
                return "True"
    return tools.missing("equipment in a duct or pipe system")


@behaviour(
    "39.7",
    "A family that has no connectors may have no connector manager",
    FIELD,
    "None",
    needs="a family of doors",
)
def no_connectors(doc, DB, tools):
    with tools.changes():
        level = tools.level()
        wall = tools.wall(level)
        doc.Regenerate()
        model = tools.door(wall, level, (10.0, 0.0)).MEPModel
        return "{}".format(model and model.ConnectorManager)


@behaviour(
    "60.1",
    "A pipe needs two points that are apart",
    page("9550265f-5760-3c28-d023-d0373285855b"),
    "raises ArgumentException",
    needs="a type of pipes",
)
def short_pipe(doc, DB, tools):
    with tools.changes():
        return attempt(_pipe, doc, DB, tools, tools.level(), 0.0, 0.001)
