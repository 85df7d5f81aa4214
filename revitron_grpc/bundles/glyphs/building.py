"""Glyphs of what a building is made of: architecture and structure."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from revitron_grpc.bundles.glyphs.pen import Pen
from revitron_grpc.recipes.icon_words import Subject


def _door(pen: Pen) -> None:
    pen.line((1, 23), (21, 23))
    pen.box(4, 1, 17, 23)
    pen.disc((13.5, 12.5), 1.7)


def _window(pen: Pen) -> None:
    pen.box(2, 2, 22, 20)
    pen.line((12, 2), (12, 20))
    pen.line((2, 11), (22, 11))
    pen.line((0, 22.5), (24, 22.5), width=2.5)


def _wall(pen: Pen) -> None:
    pen.box(1, 2, 23, 22)
    for y in (8.7, 15.3):
        pen.line((1, y), (23, y), width=1.6)
    for x, top in ((8, 2), (16, 2), (5, 8.7), (12.5, 8.7), (19, 8.7), (8, 15.3), (16, 15.3)):
        pen.line((x, top), (x, top + 6.6), width=1.6)


def _floor(pen: Pen) -> None:
    pen.polygon((1, 9), (12, 15), (23, 9), (23, 14), (12, 20), (1, 14))
    pen.outline((12, 3), (23, 9), (12, 15), (1, 9))


def _roof(pen: Pen) -> None:
    pen.block(16, 2, 19, 9)
    pen.polygon((3, 13), (12, 5), (21, 13), (21, 23), (3, 23), tint=True)
    pen.line((1, 13), (12, 3), (23, 13), width=3.6)


def _ceiling(pen: Pen) -> None:
    pen.outline((4, 12), (20, 12), (24, 20), (0, 20))
    pen.line((12, 12), (12, 20), width=1.5)
    pen.line((2, 16), (22, 16), width=1.5)
    for x in (6, 18):
        pen.line((x, 1), (x, 12), width=1.6)
    pen.line((1, 1.5), (23, 1.5), width=3)


def _stair(pen: Pen) -> None:
    steps = ((1, 22), (1, 17), (7, 17), (7, 12), (13, 12), (13, 7), (19, 7), (19, 2), (23, 2))
    pen.polygon(*steps, (23, 22), tint=True)
    pen.line(*steps, width=2.6)


def _railing(pen: Pen) -> None:
    pen.line((1, 4), (23, 4), width=3.4)
    pen.line((1, 20), (23, 20))
    for x in (3, 7.5, 12, 16.5, 21):
        pen.line((x, 4), (x, 20), width=1.7)


def _opening(pen: Pen) -> None:
    pen.block(0, 1, 24, 23, tint=True)
    pen.polygon((6, 6), (18, 6), (18, 18), (6, 18), tint=True, erase=True)
    pen.box(6, 6, 18, 18, filled=False)
    pen.line((6, 18), (18, 6), width=1.6)
    pen.line((6, 6), (18, 18), width=1.6)


def _curtain_panel(pen: Pen) -> None:
    pen.outline((2, 1), (22, 5), (22, 19), (2, 23), filled=False)
    pen.polygon((8.6, 8.6), (15.4, 9.3), (15.4, 14.7), (8.6, 15.4), tint=True)
    pen.polygon((2, 1), (8.6, 2.3), (8.6, 8.6), (2, 8), tint=True)
    pen.line((2, 8.3), (22, 9.7), width=1.6)
    pen.line((2, 15.7), (22, 14.3), width=1.6)
    pen.line((8.6, 2.3), (8.6, 21.7), width=1.6)
    pen.line((15.4, 3.7), (15.4, 20.3), width=1.6)


def _furniture(pen: Pen) -> None:
    pen.block(5, 10, 18, 14, tint=True)
    pen.line((4, 1), (5, 23), width=2.6)
    pen.line((5, 14), (18, 14), (18, 23), width=2.6)


def _column(pen: Pen) -> None:
    pen.block(8, 4, 16, 20, tint=True)
    pen.block(3, 1, 21, 4.5)
    pen.block(3, 19.5, 21, 23)
    for x in (8, 16):
        pen.line((x, 4), (x, 20))


def _beam(pen: Pen) -> None:
    pen.box(1, 7, 23, 12)
    for x in (4.5, 19.5):
        pen.polygon((x, 12), (x + 4, 19), (x - 4, 19))
    pen.line((12, 0.5), (12, 4))
    pen.polygon((9, 3), (15, 3), (12, 7))


def _foundation(pen: Pen) -> None:
    pen.box(8, 1, 16, 10)
    pen.box(1, 10, 23, 16)
    for x in (2, 8, 14, 20):
        pen.line((x + 3, 18.5), (x, 22.5), width=1.6)


def _rebar(pen: Pen) -> None:
    pen.block(0, 0, 24, 24, tint=True)
    pen.box(3.5, 3.5, 20.5, 20.5, width=2, filled=False)
    for x in (7.3, 16.7):
        pen.disc((x, 7.3), 2.8)
        pen.disc((x, 16.7), 2.8)


GLYPHS: Mapping[Subject, Callable[[Pen], None]] = MappingProxyType(
    {
        Subject.DOOR: _door,
        Subject.WINDOW: _window,
        Subject.WALL: _wall,
        Subject.FLOOR: _floor,
        Subject.ROOF: _roof,
        Subject.CEILING: _ceiling,
        Subject.STAIR: _stair,
        Subject.RAILING: _railing,
        Subject.OPENING: _opening,
        Subject.CURTAIN_PANEL: _curtain_panel,
        Subject.FURNITURE: _furniture,
        Subject.COLUMN: _column,
        Subject.BEAM: _beam,
        Subject.FOUNDATION: _foundation,
        Subject.REBAR: _rebar,
    }
)
