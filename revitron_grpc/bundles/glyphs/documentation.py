"""Glyphs of what stands on drawings: sheets, views and annotation."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from revitron_grpc.bundles.glyphs.pen import Pen
from revitron_grpc.recipes.icon_words import Subject


def _sheet(pen: Pen) -> None:
    pen.box(1, 2, 23, 20, filled=False)
    pen.block(2, 14, 22, 19, tint=True)
    pen.line((2, 14), (22, 14), width=1.6)
    pen.line((9, 14), (9, 20), width=1.6)
    pen.line((15, 14), (15, 20), width=1.6)


def _view(pen: Pen) -> None:
    pen.outline(
        (0.8, 11), (6, 5.5), (12, 4), (18, 5.5), (23.2, 11), (18, 16.5), (12, 18), (6, 16.5)
    )
    pen.disc((12, 11), 4.4)
    pen.disc((13.4, 9.6), 1.3, erase=True)


def _view_template(pen: Pen) -> None:
    for y, x in ((4, 16), (12, 7), (20, 12)):
        pen.line((1, y), (23, y), width=1.8)
        pen.disc((x, y), 3.6, erase=True)
        pen.ring((x, y), 2.8, width=1.8)


def _section(pen: Pen) -> None:
    pen.polygon((0.5, 13), (12, 0), (23.5, 13))
    pen.disc((12, 13), 7.8, erase=True)
    pen.ring((12, 13), 7)
    pen.line((5, 13), (19, 13), width=1.6)


def _schedule(pen: Pen) -> None:
    pen.block(1, 2, 23, 8)
    pen.block(1, 8, 9, 22, tint=True)
    pen.box(1, 2, 23, 22, filled=False)
    for y in (12.7, 17.4):
        pen.line((1, y), (23, y), width=1.5)
    pen.line((9, 8), (9, 22), width=1.5)


def _tag(pen: Pen) -> None:
    pen.outline((1, 11), (9, 3), (23, 3), (23, 19), (9, 19))
    pen.disc((8.5, 11), 2.2)
    pen.line((14, 8.5), (20, 8.5), width=1.6)
    pen.line((14, 13.5), (20, 13.5), width=1.6)


def _dimension(pen: Pen) -> None:
    pen.line((3, 1), (3, 23), width=1.8)
    pen.line((21, 1), (21, 23), width=1.8)
    pen.line((0, 12), (24, 12), width=1.8)
    pen.line((0.8, 14.7), (5.2, 9.3), width=2.8)
    pen.line((18.8, 14.7), (23.2, 9.3), width=2.8)
    pen.block(8, 4, 16, 9, tint=True)


def _text(pen: Pen) -> None:
    pen.line((3, 22), (11.5, 2), (20, 22), width=3.2)
    pen.line((6.5, 15), (16.5, 15), width=2.8)
    pen.polygon((11.5, 5), (15, 13), (8, 13), tint=True)


def _line(pen: Pen) -> None:
    corners = ((3, 20), (9, 6), (15, 15), (21, 3))
    pen.line(*corners, width=2.2)
    for x, y in corners:
        pen.block(x - 2.4, y - 2.4, x + 2.4, y + 2.4)
        pen.block(x - 1, y - 1, x + 1, y + 1, erase=True)
        pen.block(x - 1, y - 1, x + 1, y + 1, tint=True)


def _detail(pen: Pen) -> None:
    pen.dashes(
        ((1, 7), (15, 7)), ((1, 22), (15, 22)), ((1, 7), (1, 22)), ((15, 7), (15, 22)), width=1.8
    )
    pen.line((15, 7), (17, 6), width=1.6)
    pen.ring((19, 5), 4, width=1.8)
    pen.block(4, 10, 12, 19, tint=True)


def _hatch(pen: Pen) -> None:
    pen.box(2, 2, 22, 22)
    for start, end in (
        ((2, 9), (9, 2)),
        ((2, 16), (16, 2)),
        ((3, 22), (22, 3)),
        ((9, 22), (22, 9)),
    ):
        pen.line(start, end, width=1.8)


def _image(pen: Pen) -> None:
    pen.box(1, 2, 23, 21, filled=False)
    pen.disc((7, 8), 2.6, tint=True)
    pen.polygon((3, 19), (10, 11), (14, 15), (17, 12), (22, 17), (22, 19))


def _revision(pen: Pen) -> None:
    puffs = (((7, 9), 6), ((16, 8), 7), ((8, 17), 6), ((18, 15), 5.5))
    for centre, radius in puffs:
        pen.disc(centre, radius)
    for centre, radius in puffs:
        pen.disc(centre, radius - 2, erase=True)
        pen.disc(centre, radius - 2, tint=True)
    pen.block(8, 9, 16, 17, erase=True)
    pen.block(8, 9, 16, 17, tint=True)
    pen.polygon((11.5, 6), (17, 16), (6, 16))


def _legend(pen: Pen) -> None:
    pen.disc((4.5, 4), 3.3)
    pen.block(1.5, 9, 7.5, 15, tint=True)
    pen.box(1.5, 9, 7.5, 15, width=1.4, filled=False)
    pen.polygon((4.5, 17), (8.3, 23.5), (0.7, 23.5))
    for y in (4, 12, 20.5):
        pen.line((12, y), (23, y), width=2.2)


GLYPHS: Mapping[Subject, Callable[[Pen], None]] = MappingProxyType(
    {
        Subject.SHEET: _sheet,
        Subject.VIEW: _view,
        Subject.VIEW_TEMPLATE: _view_template,
        Subject.SECTION: _section,
        Subject.SCHEDULE: _schedule,
        Subject.TAG: _tag,
        Subject.DIMENSION: _dimension,
        Subject.TEXT: _text,
        Subject.LINE: _line,
        Subject.DETAIL: _detail,
        Subject.HATCH: _hatch,
        Subject.IMAGE: _image,
        Subject.REVISION: _revision,
        Subject.LEGEND: _legend,
    }
)
