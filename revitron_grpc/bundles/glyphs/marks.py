"""Corner marks of what a tool does, drawn around the origin, at most 5 units in each direction."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from revitron_grpc.bundles.glyphs.pen import Pen, Point
from revitron_grpc.recipes.icon_words import Action


def _arrow(pen: Pen, start: Point, tip: Point, *, width: float = 1.8, head: float = 2.6) -> None:
    """Draw an arrow along an axis; the head is as long as it is half wide."""
    pen.line(start, tip, width=width)
    (x, y), across = tip, (tip[0] == start[0])
    back = head if (tip[1] < start[1] if across else tip[0] < start[0]) else -head
    if across:
        pen.polygon((x, y - back * 0.4), (x - head, y + back), (x + head, y + back))
    else:
        pen.polygon((x - back * 0.4, y), (x + back, y - head), (x + back, y + head))


def _select(pen: Pen) -> None:
    pen.polygon((-3, -5), (4.5, 1.8), (1.2, 2), (3, 5), (1, 6), (-0.7, 2.8), (-3, 4.8))


def _find(pen: Pen) -> None:
    pen.arc((-1, -1), 3, 0, 360, width=1.8)
    pen.line((1.5, 1.5), (4.3, 4.3), width=2.4)


def _check(pen: Pen) -> None:
    pen.line((-4, 0.3), (-1.2, 3.2), (4.2, -3.2), width=2.4)


def _list(pen: Pen) -> None:
    for y in (-3.3, 0, 3.3):
        pen.disc((-3.8, y), 1.1)
        pen.line((-1, y), (4, y), width=1.7)


def _number(pen: Pen) -> None:
    for offset in (-1.7, 1.7):
        pen.line((offset + 0.6, -4.3), (offset - 0.6, 4.3), width=1.5)
        pen.line((-4.3, offset), (4.3, offset), width=1.5)


def _rename(pen: Pen) -> None:
    pen.line((0, -4), (0, 4), width=1.8)
    for y in (-4.2, 4.2):
        pen.line((-2.6, y), (2.6, y), width=1.6)


def _write(pen: Pen) -> None:
    pen.line((-2.2, 2.2), (3, -3), width=3.4)
    pen.polygon((-4.8, 4.8), (-4, 0.8), (-0.8, 4))


def _create(pen: Pen) -> None:
    pen.line((-4, 0), (4, 0), width=2.6)
    pen.line((0, -4), (0, 4), width=2.6)


def _delete(pen: Pen) -> None:
    pen.line((-3.2, -3.2), (3.2, 3.2), width=2.6)
    pen.line((-3.2, 3.2), (3.2, -3.2), width=2.6)


def _align(pen: Pen) -> None:
    pen.line((-4, -4.5), (-4, 4.5), width=1.6)
    pen.block(-2, -3.6, 4.6, -0.7)
    pen.block(-2, 0.9, 2, 3.8)


def _move(pen: Pen) -> None:
    for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        _arrow(pen, (0, 0), (x * 4.2, y * 4.2), width=1.5, head=2)


def _rotate(pen: Pen) -> None:
    pen.arc((0, 0), 3.6, 0, 270, width=1.9)
    pen.polygon((0, -6.3), (0, -1), (3.6, -3.6))


def _copy(pen: Pen) -> None:
    pen.block(-4.2, -4.2, 1.4, 1.4)
    pen.block(-2.2, -2.2, 4.4, 4.4, erase=True)
    pen.box(-0.8, -0.8, 3.7, 3.7, width=1.5, filled=False)


def _replace(pen: Pen) -> None:
    _arrow(pen, (-4.4, -2.2), (3, -2.2), width=1.6, head=2.2)
    _arrow(pen, (4.4, 2.4), (-3, 2.4), width=1.6, head=2.2)


def _join(pen: Pen) -> None:
    pen.polygon((-5, -4), (0.4, 0), (-5, 4))
    pen.polygon((5, -4), (-0.4, 0), (5, 4))


def _split(pen: Pen) -> None:
    pen.line((0, -4.8), (0, 4.8), width=1.3)
    pen.polygon((-1.8, -3.4), (-5.6, 0), (-1.8, 3.4))
    pen.polygon((1.8, -3.4), (5.6, 0), (1.8, 3.4))


def _colour(pen: Pen) -> None:
    pen.disc((0, 1.3), 3.6)
    pen.polygon((0, -5.2), (3.2, -0.2), (-3.2, -0.2))


def _eye(pen: Pen) -> None:
    pen.line(
        (-5, 0), (-2.4, -2.8), (2.4, -2.8), (5, 0), (2.4, 2.8), (-2.4, 2.8), (-5, 0), width=1.3
    )
    pen.disc((0, 0), 1.9)


def _hide(pen: Pen) -> None:
    _eye(pen)
    pen.line((-4, 4.4), (4, -4.4), width=3.4, erase=True)
    pen.line((-4, 4.4), (4, -4.4), width=1.6)


def _pin(pen: Pen) -> None:
    pen.block(-2.6, -5, 2.6, -3.4)
    pen.block(-1.6, -4, 1.6, 0)
    pen.block(-3.6, -0.4, 3.6, 1.3)
    pen.line((0, 1), (0, 5), width=1.4)


def _tag(pen: Pen) -> None:
    pen.polygon((-5, 0), (-1.8, -3.4), (4.6, -3.4), (4.6, 3.4), (-1.8, 3.4))
    pen.disc((-1.6, 0), 1.2, erase=True)


def _compare(pen: Pen) -> None:
    pen.line((-4, -1.8), (4, -1.8), width=1.9)
    pen.line((-4, 1.8), (4, 1.8), width=1.9)
    pen.line((-2, 4.8), (2, -4.8), width=1.6)


def _calculate(pen: Pen) -> None:
    pen.line((3.2, -4.2), (-3.2, -4.2), (0.6, 0), (-3.2, 4.2), (3.2, 4.2), width=1.8)


def _measure(pen: Pen) -> None:
    for x in (-4.8, 4.8):
        pen.line((x, -3.4), (x, 3.4), width=1.4)
    _arrow(pen, (0, 0), (-3, 0), width=1.5, head=1.9)
    _arrow(pen, (0, 0), (3, 0), width=1.5, head=1.9)


def _sort(pen: Pen) -> None:
    _arrow(pen, (-3, -4.5), (-3, 3.4), width=1.5, head=1.9)
    for y, length in ((-3.6, 1.8), (-0.4, 3), (2.8, 4.4)):
        pen.line((0.6, y), (0.6 + length, y), width=1.6)


def _tray(pen: Pen) -> None:
    pen.line((-4.2, 2), (-4.2, 4.5), (4.2, 4.5), (4.2, 2), width=1.5)


def _export(pen: Pen) -> None:
    _tray(pen)
    _arrow(pen, (0, 2), (0, -3.8), width=1.9, head=2.6)


def _import(pen: Pen) -> None:
    _tray(pen)
    _arrow(pen, (0, -5), (0, 1.2), width=1.9, head=2.6)


def _repair(pen: Pen) -> None:
    pen.line((-3.6, 3.6), (1.6, -1.6), width=2.6)
    pen.disc((2, -2), 3.2)
    pen.polygon((1.4, -1.4), (2.2, -5.6), (6, -6), (5.6, -2.2), erase=True)


MARKS: Mapping[Action, Callable[[Pen], None]] = MappingProxyType(
    {
        Action.SELECT: _select,
        Action.FIND: _find,
        Action.CHECK: _check,
        Action.LIST: _list,
        Action.NUMBER: _number,
        Action.RENAME: _rename,
        Action.WRITE: _write,
        Action.CREATE: _create,
        Action.DELETE: _delete,
        Action.ALIGN: _align,
        Action.MOVE: _move,
        Action.ROTATE: _rotate,
        Action.COPY: _copy,
        Action.REPLACE: _replace,
        Action.JOIN: _join,
        Action.SPLIT: _split,
        Action.COLOUR: _colour,
        Action.HIDE: _hide,
        Action.SHOW: _eye,
        Action.PIN: _pin,
        Action.TAG: _tag,
        Action.COMPARE: _compare,
        Action.CALCULATE: _calculate,
        Action.MEASURE: _measure,
        Action.SORT: _sort,
        Action.EXPORT: _export,
        Action.IMPORT: _import,
        Action.REPAIR: _repair,
    }
)
