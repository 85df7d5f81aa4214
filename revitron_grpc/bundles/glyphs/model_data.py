"""Glyphs of what a model is organised by, and of what is calculated from it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from revitron_grpc.bundles.glyphs.pen import Pen
from revitron_grpc.recipes.icon_words import Subject


def _model(pen: Pen) -> None:
    pen.box(2, 9, 11, 23)
    pen.box(11, 1, 21, 23)
    for y in (5, 10, 15):
        pen.block(13.5, y, 15.5, y + 2.4)
        pen.block(17, y, 19, y + 2.4)
    for y in (13, 18):
        pen.block(5, y, 8, y + 2.4)


def _element(pen: Pen) -> None:
    pen.outline((12, 1), (22, 6.5), (22, 17.5), (12, 23), (2, 17.5), (2, 6.5))
    pen.line((2, 6.5), (12, 12), (22, 6.5))
    pen.line((12, 12), (12, 23))


def _family(pen: Pen) -> None:
    pen.polygon((12, 0.5), (18, 10), (6, 10))
    pen.box(2, 13, 11, 22)
    pen.disc((18.5, 16.5), 4.8)


def _type(pen: Pen) -> None:
    pen.line((7, 5), (7, 1.5), (22.5, 1.5), (22.5, 17), (19, 17), width=1.8)
    pen.box(1.5, 6, 18, 22.5)
    pen.line((5.5, 10.5), (14, 10.5), width=2.6)
    pen.line((9.8, 10.5), (9.8, 18.5), width=2.6)


def _parameter(pen: Pen) -> None:
    for y in (1.5, 9.5, 17.5):
        pen.line((1.2, y + 2.5), (8, y + 2.5), width=2.4)
        pen.box(11.5, y, 23, y + 5, width=1.8)


def _material(pen: Pen) -> None:
    pen.ring((12, 12), 10.5)
    pen.polygon((12, 1.5), (12, 12), (1.5, 12), (2.5, 7), (6, 3))
    pen.polygon((12, 22.5), (12, 12), (22.5, 12), (21.5, 17), (18, 21))


def _group(pen: Pen) -> None:
    pen.dashes(
        ((2, 2), (22, 2)), ((2, 22), (22, 22)), ((2, 2), (2, 22)), ((22, 2), (22, 22)), width=1.6
    )
    for x in (2, 22):
        for y in (2, 22):
            pen.disc((x, y), 2.4)
    pen.block(9, 6, 19, 14, tint=True)
    pen.disc((9, 13), 4.4)


def _filter(pen: Pen) -> None:
    pen.outline((1, 2), (23, 2), (14.5, 12), (14.5, 19), (9.5, 23), (9.5, 12))


def _selection(pen: Pen) -> None:
    pen.dashes(
        ((1, 1), (23, 1)), ((1, 18), (23, 18)), ((1, 1), (1, 18)), ((23, 1), (23, 18)), width=1.8
    )
    pen.outline((7, 5), (17, 13), (12.5, 13.5), (15, 18.5), (12, 20), (9.5, 15), (7, 18), width=1)


def _phase(pen: Pen) -> None:
    pen.ring((12, 12), 10.3, width=2.2)
    pen.line((12, 5), (12, 12), (6.5, 15), width=2.2)


def _design_option(pen: Pen) -> None:
    pen.line((3.5, 12), (9, 12), (14, 5), (19, 5), width=2.2)
    pen.line((9, 12), (14, 19), (17, 19), width=2.2)
    pen.ring((3.5, 12), 2.8, width=1.8)
    pen.box(17, 1.5, 23.5, 8, width=1.8)
    pen.box(13, 16, 20, 22, width=1.8)


def _workset(pen: Pen) -> None:
    for y in (11, 6):
        pen.outline((12, y), (23, y + 6), (12, y + 12), (1, y + 6), width=1.8, filled=False)
        pen.polygon((12, y - 5), (23, y + 1), (12, y + 7), (1, y + 1), erase=True)
    pen.outline((12, 1), (23, 7), (12, 13), (1, 7), width=1.8)


def _link(pen: Pen) -> None:
    for start, end in (((5, 18), (10, 13)), ((13.5, 9.5), (18.5, 4.5))):
        pen.line(start, end, width=9.4)
        pen.line(start, end, width=4.6, erase=True)
        pen.line(start, end, width=4.6, tint=True)
    pen.line((9, 14), (14.5, 8.5), width=2.6)


def _import(pen: Pen) -> None:
    pen.outline((3, 1), (14, 1), (20, 7), (20, 23), (3, 23), filled=False)
    pen.polygon((14, 1), (20, 7), (14, 7))
    pen.line((11.5, 6), (11.5, 13), width=2.6)
    pen.polygon((6.5, 12), (16.5, 12), (11.5, 18.5))
    pen.block(4, 19, 19, 22, tint=True)


def _warning(pen: Pen) -> None:
    pen.outline((12, 2), (23, 21), (1, 21))
    pen.line((12, 8), (12, 14), width=2.8)
    pen.disc((12, 17.7), 1.6)


def _user(pen: Pen) -> None:
    pen.ring((12, 6.5), 5)
    pen.polygon((1.5, 22), (3, 17), (7.5, 14), (16.5, 14), (21, 17), (22.5, 22))


def _carbon(pen: Pen) -> None:
    pen.outline((3, 18), (2.5, 10), (7, 4.5), (22, 1.5), (21, 12), (17, 17.5), (9, 19.5))
    pen.line((1, 23), (5, 17), (15, 8.5), width=1.8)


def _cost(pen: Pen) -> None:
    pen.ring((12, 12), 10.4, width=2.2)
    pen.arc((12.5, 12), 5, 50, 310, width=2.2)
    pen.line((5, 10.4), (12.5, 10.4), width=1.6)
    pen.line((5, 13.6), (12.5, 13.6), width=1.6)


def _fire(pen: Pen) -> None:
    left = ((12, 23), (7, 21), (4, 16), (5.5, 9.5), (8.5, 12), (10, 6))
    right = ((12, 0.8), (13.5, 6), (18.5, 10), (20, 16), (17, 21))
    pen.outline(*left, *right)
    pen.polygon((12.5, 12), (16, 17), (14, 21), (10, 21), (8.5, 17.5))


def _energy(pen: Pen) -> None:
    pen.ring((12, 12), 5.3)
    for start, end in (((12, 0.8), (12, 3.6)), ((12, 20.4), (12, 23.2))):
        pen.line(start, end, width=2.2)
        pen.line((start[1], start[0]), (end[1], end[0]), width=2.2)
    for x0, y0, x1, y1 in ((4, 4, 6, 6), (20, 4, 18, 6), (4, 20, 6, 18), (20, 20, 18, 18)):
        pen.line((x0, y0), (x1, y1), width=2.2)


GLYPHS: Mapping[Subject, Callable[[Pen], None]] = MappingProxyType(
    {
        Subject.MODEL: _model,
        Subject.ELEMENT: _element,
        Subject.FAMILY: _family,
        Subject.TYPE: _type,
        Subject.PARAMETER: _parameter,
        Subject.MATERIAL: _material,
        Subject.GROUP: _group,
        Subject.FILTER: _filter,
        Subject.SELECTION: _selection,
        Subject.PHASE: _phase,
        Subject.DESIGN_OPTION: _design_option,
        Subject.WORKSET: _workset,
        Subject.LINK: _link,
        Subject.IMPORT: _import,
        Subject.WARNING: _warning,
        Subject.USER: _user,
        Subject.CARBON: _carbon,
        Subject.COST: _cost,
        Subject.FIRE: _fire,
        Subject.ENERGY: _energy,
    }
)
