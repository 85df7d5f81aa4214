"""Which walls enclose a point on a level: the boundary of a room that a script makes there.

Straight walls and room separation lines only; islands inside are left out. The boundary does not
follow walls that change later.
"""

import math
from collections import defaultdict
from itertools import pairwise
from typing import Any

from revitron_grpc.simulation.database import INVALID, Database, ElementRecord
from revitron_grpc.simulation.errors import NotSimulated
from revitron_grpc.simulation.revit.compound import thickness_of
from revitron_grpc.simulation.revit.curves import Line
from revitron_grpc.simulation.revit.faces import within
from revitron_grpc.simulation.revit.geometry import XYZ
from revitron_grpc.simulation.revit.rooms import Side

Point = tuple[float, float]
_DIGITS = 6
_SEPARATION = "OST_RoomSeparationLines"


def boundary_around(
    database: Database, level: int, x: float, y: float, z: float
) -> tuple[tuple[Side, ...], ...]:
    """Return the loop around a point at the finish faces; empty where nothing encloses it."""
    bounding = _bounding(database, level)
    pieces = _pieces(bounding)
    around = [loop for loop in _loops(pieces) if within([[start for start, _ in loop]], x, y)]
    if not around:
        return ()
    smallest = min(around, key=lambda loop: _area([start for start, _ in loop]))
    return (_finished(smallest, pieces, z),)


class _Bounding:
    """One line that bounds rooms, its element and half its thickness."""

    def __init__(self, record: ElementRecord, half: float) -> None:
        line: Any = record.data["curve"]
        if not isinstance(line, Line):
            raise NotSimulated("the boundary of a new room along curves")
        start, end = line.GetEndPoint(0), line.GetEndPoint(1)
        self.start, self.end = (start.X, start.Y), (end.X, end.Y)
        self.half, self.number = half, record.id


def _bounding(database: Database, level: int) -> list[_Bounding]:
    found: list[_Bounding] = []
    for record in database.elements.values():
        data = record.data
        if "curve" not in data or data.get("level") != level or data.get("is_type"):
            continue
        if record.kind.endswith(".Wall") and data.get("room_bounding", True):
            kind = database.get(data.get("type", INVALID))
            found.append(_Bounding(record, thickness_of(kind) / 2.0))
        elif data.get("category") == _SEPARATION:
            found.append(_Bounding(record, 0.0))
    return found


def _node(point: Point) -> Point:
    return (round(point[0], _DIGITS) + 0.0, round(point[1], _DIGITS) + 0.0)


def _pieces(bounding: list[_Bounding]) -> dict[tuple[Point, Point], _Bounding]:
    """Cut all lines where they meet; return each piece in both directions, dead ends left out."""
    pieces: dict[tuple[Point, Point], _Bounding] = {}
    for one in bounding:
        cuts = {0.0, 1.0}
        for other in bounding:
            if other is not one:
                cuts.update(_meetings(one, other))
        ordered = sorted(cuts)
        points = [
            _node(
                (
                    one.start[0] + (one.end[0] - one.start[0]) * t,
                    one.start[1] + (one.end[1] - one.start[1]) * t,
                )
            )
            for t in ordered
        ]
        for start, end in pairwise(points):
            if start != end:
                pieces.setdefault((start, end), one)
                pieces.setdefault((end, start), one)
    while True:
        count: dict[Point, int] = defaultdict(int)
        for start, _ in pieces:
            count[start] += 1
        dead = [key for key in pieces if count[key[0]] < 2 or count[key[1]] < 2]
        if not dead:
            return pieces
        for key in dead:
            del pieces[key]


def _meetings(one: _Bounding, other: _Bounding) -> list[float]:
    """Return where `other` meets `one`, as shares of the length of `one`."""
    ax, ay = one.end[0] - one.start[0], one.end[1] - one.start[1]
    bx, by = other.end[0] - other.start[0], other.end[1] - other.start[1]
    cx, cy = other.start[0] - one.start[0], other.start[1] - one.start[1]
    cross = ax * by - ay * bx
    if abs(cross) < 1e-12:
        return []
    share, beside = (cx * by - cy * bx) / cross, (cx * ay - cy * ax) / cross
    slack = 1e-9
    if -slack <= share <= 1 + slack and -slack <= beside <= 1 + slack:
        return [min(1.0, max(0.0, share))]
    return []


def _loops(pieces: dict[tuple[Point, Point], _Bounding]) -> list[list[tuple[Point, Point]]]:
    """Return the faces between the pieces, each going round to the left; the outer one left out."""
    leaving: dict[Point, list[Point]] = defaultdict(list)
    for start, end in pieces:
        leaving[start].append(end)
    for start, ends in leaving.items():
        ends.sort(key=lambda end: math.atan2(end[1] - start[1], end[0] - start[0]))
    left = dict.fromkeys(pieces)
    loops: list[list[tuple[Point, Point]]] = []
    while left:
        here = next(iter(left))
        loop: list[tuple[Point, Point]] = []
        while here in left:
            del left[here]
            loop.append(here)
            start, end = here
            ways = leaving[end]
            # The next way to the right of where we came from keeps the face on the left.
            here = (end, ways[ways.index(start) - 1])
        if _area([start for start, _ in loop]) > 1e-9:
            loops.append(loop)
    return loops


def _area(points: list[Point]) -> float:
    pairs = zip(points, [*points[1:], points[0]], strict=True)
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs) / 2.0


def _finished(
    loop: list[tuple[Point, Point]], pieces: dict[tuple[Point, Point], _Bounding], z: float
) -> tuple[Side, ...]:
    """Move each side of a loop inwards by half of what bounds there."""
    moved: list[tuple[Point, Point, _Bounding]] = []
    for key in loop:
        one = pieces[key]
        (x1, y1), (x2, y2) = key
        length = math.hypot(x2 - x1, y2 - y1)
        nx, ny = -(y2 - y1) / length * one.half, (x2 - x1) / length * one.half
        moved.append(((x1 + nx, y1 + ny), (x2 + nx, y2 + ny), one))
    corners = [_corner(moved[place - 1], moved[place]) for place in range(len(moved))]
    ends = [*corners[1:], corners[0]]
    return tuple(
        Side(Line.between(XYZ(*start, z), XYZ(*end, z)), side[2].number)
        for start, end, side in zip(corners, ends, moved, strict=True)
    )


def _corner(before: tuple[Point, Point, _Bounding], after: tuple[Point, Point, _Bounding]) -> Point:
    (x1, y1), (x2, y2), _ = before
    (x3, y3), (x4, y4), _ = after
    cross = (x2 - x1) * (y4 - y3) - (y2 - y1) * (x4 - x3)
    if abs(cross) < 1e-9:
        return (x3, y3)
    share = ((x3 - x1) * (y4 - y3) - (y3 - y1) * (x4 - x3)) / cross
    return (x1 + (x2 - x1) * share, y1 + (y2 - y1) * share)
