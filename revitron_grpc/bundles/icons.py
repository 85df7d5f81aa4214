"""Icons of buttons: a glyph of the subject and, in the corner, a mark of the action.

The big glyph says what a tool is about, the round mark what it does with it, the colour which
of the five categories it belongs to. pyRevit resamples an icon to 16, 24 and 32 px; 96x96 px
with transparency is the largest that it takes without a warning. `icon.dark.png` is used with
Revit's dark theme from 2024 on.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from PIL import Image, ImageChops

from revitron_grpc.bundles.glyphs import building, documentation, model_data, services
from revitron_grpc.bundles.glyphs.marks import MARKS
from revitron_grpc.bundles.glyphs.pen import SIDE, Pen
from revitron_grpc.recipes.icon_words import Action, Subject
from revitron_grpc.vocabulary import Category

Colour = tuple[int, int, int]

_GLYPHS = MappingProxyType(
    {**building.GLYPHS, **services.GLYPHS, **documentation.GLYPHS, **model_data.GLYPHS}
)
_BADGE_CENTRE = (24.0, 24.0)
_BADGE_RADIUS = 7.8
_GAP = 1.3
"""Units left free around the badge, so that it stands off from the glyph at 32 px."""


@dataclass(frozen=True, slots=True)
class _Palette:
    """The colours of one theme; accents by category."""

    ink: Colour
    mark: Colour
    accents: Mapping[Category, Colour]
    tints: Mapping[Category, Colour]


_LIGHT = _Palette(
    ink=(0x2F, 0x3B, 0x45),
    mark=(0xFF, 0xFF, 0xFF),
    accents={
        Category.SELECTION: (0x15, 0x65, 0xC0),
        Category.MODEL: (0x2E, 0x7D, 0x32),
        Category.DOCUMENTATION: (0x8E, 0x24, 0xAA),
        Category.AUTOMATION: (0xC7, 0x4A, 0x00),
        Category.ANALYSIS: (0x00, 0x79, 0x86),
    },
    tints={
        Category.SELECTION: (0x9C, 0xC9, 0xF2),
        Category.MODEL: (0xA5, 0xD6, 0xA7),
        Category.DOCUMENTATION: (0xDB, 0xB2, 0xE5),
        Category.AUTOMATION: (0xFF, 0xC4, 0x80),
        Category.ANALYSIS: (0x8A, 0xD8, 0xE2),
    },
)
_DARK = _Palette(
    ink=(0xEE, 0xF2, 0xF5),
    mark=(0x16, 0x1D, 0x26),
    accents={
        Category.SELECTION: (0x6C, 0xB8, 0xF8),
        Category.MODEL: (0x86, 0xD0, 0x8A),
        Category.DOCUMENTATION: (0xD8, 0x9C, 0xE6),
        Category.AUTOMATION: (0xFF, 0xB0, 0x55),
        Category.ANALYSIS: (0x55, 0xD3, 0xE4),
    },
    tints={
        Category.SELECTION: (0x2F, 0x6E, 0xAD),
        Category.MODEL: (0x36, 0x7C, 0x44),
        Category.DOCUMENTATION: (0x86, 0x4C, 0x9A),
        Category.AUTOMATION: (0xA8, 0x5F, 0x1C),
        Category.ANALYSIS: (0x1F, 0x7E, 0x8E),
    },
)


@lru_cache(maxsize=1)
def _badge() -> tuple[Image.Image, Image.Image]:
    """Return the badge's disc, and the mask of what a glyph keeps beside it."""
    disc, hole = Pen(_BADGE_CENTRE), Pen(_BADGE_CENTRE)
    disc.disc((0, 0), _BADGE_RADIUS)
    hole.disc((0, 0), _BADGE_RADIUS + _GAP)
    return disc.masks()[0], ImageChops.invert(hole.masks()[0])


@lru_cache(maxsize=len(Subject))
def _glyph(subject: Subject) -> tuple[Image.Image, Image.Image]:
    """Return the masks of ink and tint of a subject, without what the badge covers."""
    pen = Pen((1.0, 1.0))
    _GLYPHS[subject](pen)
    ink, tint = pen.masks()
    keep = _badge()[1]
    return ImageChops.multiply(ink, keep), ImageChops.multiply(tint, keep)


@lru_cache(maxsize=len(Action))
def _mark(action: Action) -> Image.Image:
    pen = Pen(_BADGE_CENTRE)
    MARKS[action](pen)
    return pen.masks()[0]


def _layer(colour: Colour, mask: Image.Image) -> Image.Image:
    layer = Image.new("RGBA", (SIDE, SIDE), colour)
    layer.putalpha(mask)
    return layer


@lru_cache(maxsize=2048)
def draw_icon(subject: Subject, verb: Action, category: Category, *, dark: bool) -> bytes:
    """Return the PNG of an icon: 96x96 px, RGBA, transparent ground, under 4 KiB.

    The same arguments give the same bytes with the same release of Pillow. At most 2,048 icons
    (some 5 MB) are remembered.
    """
    palette = _DARK if dark else _LIGHT
    ink, tint = _glyph(subject)
    icon = _layer(palette.tints[category], tint)
    icon.alpha_composite(_layer(palette.ink, ink))
    icon.alpha_composite(_layer(palette.accents[category], _badge()[0]))
    icon.alpha_composite(_layer(palette.mark, _mark(verb)))
    stream = io.BytesIO()
    icon.save(stream, "PNG", compress_level=6)
    return stream.getvalue()
