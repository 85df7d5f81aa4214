"""Glyphs of building services, of space and of place."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from revitron_grpc.bundles.glyphs.pen import Pen
from revitron_grpc.recipes.icon_words import Subject


def _pipe(pen: Pen) -> None:
    pen.polygon((1, 5), (12, 5), (19, 12), (19, 23), (11, 23), (11, 13), (1, 13), tint=True)
    pen.line((3, 5), (11, 5), (16, 7), (19, 12), (19, 20))
    pen.line((3, 13), (10, 13), (11, 14), (11, 20))
    pen.line((2.5, 2), (2.5, 16), width=3)
    pen.line((8, 21), (22, 21), width=3)


def _duct(pen: Pen) -> None:
    pen.polygon((1, 8), (9, 2), (23, 2), (23, 13), (15, 20), (1, 20), tint=True)
    pen.line((1, 8), (9, 2), (23, 2), (23, 13), (15, 20))
    pen.line((15, 8), (23, 2))
    pen.box(1, 8, 15, 20, filled=False)
    pen.polygon((4, 11), (12, 11), (12, 17), (4, 17), tint=True, erase=True)
    pen.block(4, 11, 12, 17)


def _cable_tray(pen: Pen) -> None:
    pen.polygon((1, 16), (17, 0), (24, 7), (8, 23), tint=True)
    pen.line((1, 16), (17, 0), width=2.4)
    pen.line((8, 23), (24, 7), width=2.4)
    for step in (2, 7, 12):
        pen.line((1 + step, 16 - step), (8 + step, 23 - step), width=1.8)


def _electrical_device(pen: Pen) -> None:
    pen.box(1, 1, 23, 23)
    pen.arc((12, 12), 7, 0, 360)
    pen.disc((9, 12), 1.7)
    pen.disc((15, 12), 1.7)


def _circuit(pen: Pen) -> None:
    pen.outline((14, 1), (4, 13), (10, 13), (7, 23), (19, 9), (12.5, 9), width=1.8)


def _light(pen: Pen) -> None:
    pen.ring((12, 9), 7.5)
    pen.block(8, 16, 16, 18.5)
    pen.block(8, 19.7, 16, 21.5)
    pen.block(10, 22, 14, 24)
    pen.line((9.5, 8), (12, 11), (14.5, 8), width=1.5)


def _sanitary(pen: Pen) -> None:
    pen.line((7, 1.5), (15, 1.5), width=2.4)
    pen.line((11, 2), (11, 6))
    pen.line((1, 8), (14, 8), (18, 9.5), (19, 13), width=4.5)
    pen.polygon((12, 12.5), (16, 19), (8, 19), tint=True)
    pen.disc((12, 19.3), 4.3, tint=True)


def _equipment(pen: Pen) -> None:
    pen.box(1, 1, 23, 23)
    for x, y in ((12, 7), (16.5, 14.5), (7.5, 14.5)):
        pen.disc((x, y), 3.8)
    pen.disc((12, 12), 1.6, erase=True)


def _connector(pen: Pen) -> None:
    pen.polygon((6, 7), (18, 7), (18, 12), (14, 17), (10, 17), (6, 12), tint=True)
    pen.line((6, 7), (18, 7), (18, 12), (14, 17), (10, 17), (6, 12), (6, 7))
    for x in (9, 15):
        pen.line((x, 1.2), (x, 6), width=2.4)
    pen.line((12, 17), (12, 20), (9, 23), (3, 23), width=2.2)


def _room(pen: Pen) -> None:
    pen.block(2, 2, 22, 22, tint=True)
    pen.line((2, 15), (2, 2), (22, 2), (22, 22), (2, 22), width=3.2)
    pen.line((2, 15), (9, 15), width=1.6)
    pen.arc((2, 15), 7, 0, 90, width=1.4)
    pen.line((13, 2), (13, 8), width=2.4)


def _area(pen: Pen) -> None:
    corners = ((3, 6), (13, 2), (22, 9), (17, 20), (5, 21))
    pen.polygon(*corners, tint=True)
    pen.line(*corners, corners[0], width=1.4)
    for corner in corners:
        pen.disc(corner, 2.5)


def _level(pen: Pen) -> None:
    pen.line((0, 9.5), (24, 9.5))
    pen.line((0, 21), (24, 21))
    pen.outline((2, 2), (10, 2), (6, 9), width=1.6)
    pen.polygon((2, 13.5), (10, 13.5), (6, 20.5))


def _grid(pen: Pen) -> None:
    for x in (7, 18):
        pen.ring((x, 4.5), 3.6, width=1.8)
        pen.line((x, 8.5), (x, 23), width=1.6)
    pen.line((0, 13), (24, 13), width=1.6)
    pen.line((0, 20), (24, 20), width=1.6)


def _point(pen: Pen) -> None:
    pen.ring((12, 12), 7)
    pen.disc((12, 12), 2.2)
    for start, end in (((12, 0.5), (12, 5)), ((12, 19), (12, 23.5))):
        pen.line(start, end)
        pen.line((start[1], start[0]), (end[1], end[0]))


def _site(pen: Pen) -> None:
    pen.outline((0, 22), (9, 7), (14, 15), (18, 11), (24, 22), width=1.8)
    pen.polygon((9, 7), (12, 12), (6, 12))
    pen.disc((19, 4), 3)


def _scope_box(pen: Pen) -> None:
    pen.block(2, 9, 15, 22, tint=True)
    pen.dashes(
        ((2, 9), (15, 9)),
        ((2, 22), (15, 22)),
        ((2, 9), (2, 22)),
        ((15, 9), (15, 22)),
        ((9, 2), (22, 2)),
        ((22, 2), (22, 15)),
        ((2, 9), (9, 2)),
        ((15, 9), (22, 2)),
        width=1.8,
    )


GLYPHS: Mapping[Subject, Callable[[Pen], None]] = MappingProxyType(
    {
        Subject.PIPE: _pipe,
        Subject.DUCT: _duct,
        Subject.CABLE_TRAY: _cable_tray,
        Subject.ELECTRICAL_DEVICE: _electrical_device,
        Subject.CIRCUIT: _circuit,
        Subject.LIGHT: _light,
        Subject.SANITARY: _sanitary,
        Subject.EQUIPMENT: _equipment,
        Subject.CONNECTOR: _connector,
        Subject.ROOM: _room,
        Subject.AREA: _area,
        Subject.LEVEL: _level,
        Subject.GRID: _grid,
        Subject.POINT: _point,
        Subject.SITE: _site,
        Subject.SCOPE_BOX: _scope_box,
    }
)
