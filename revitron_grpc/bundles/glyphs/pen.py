"""A pen that draws on two masks: the ink of an icon and its tint.

One unit is one pixel of the 32 px icon that a ribbon shows, so a stroke of two units is two
pixels there. Masks are drawn four times too big and reduced, which smooths their edges.
"""

from PIL import Image, ImageDraw

GRID = 32
"""Units along an icon's side."""
SIDE = 96
"""Pixels along an icon's side; the biggest that pyRevit takes without a warning."""
_OVERSAMPLE = 4
_SCALE = SIDE * _OVERSAMPLE / GRID
_FULL = 255

Point = tuple[float, float]


class Pen:
    """Draws in units of the icon grid; every method draws in ink unless `tint` says otherwise."""

    def __init__(self, origin: Point = (0.0, 0.0)) -> None:
        self._origin = origin
        size = (SIDE * _OVERSAMPLE, SIDE * _OVERSAMPLE)
        self._masks = {tint: Image.new("L", size, 0) for tint in (False, True)}
        self._draws = {tint: ImageDraw.Draw(mask) for tint, mask in self._masks.items()}

    def _at(self, point: Point) -> Point:
        return (
            (point[0] + self._origin[0]) * _SCALE,
            (point[1] + self._origin[1]) * _SCALE,
        )

    def _span(self, centre: Point, radius: float) -> tuple[float, float, float, float]:
        x, y = self._at(centre)
        reach = radius * _SCALE
        return (x - reach, y - reach, x + reach, y + reach)

    def line(
        self, *points: Point, width: float = 2, tint: bool = False, erase: bool = False
    ) -> None:
        """Draw a polyline with round ends and corners."""
        value = 0 if erase else _FULL
        draw = self._draws[tint]
        draw.line([self._at(p) for p in points], fill=value, width=round(width * _SCALE))
        for point in points:
            draw.ellipse(self._span(point, width / 2), fill=value)

    def polygon(self, *points: Point, tint: bool = False, erase: bool = False) -> None:
        """Fill a polygon."""
        self._draws[tint].polygon([self._at(p) for p in points], fill=0 if erase else _FULL)

    def outline(self, *points: Point, width: float = 2, filled: bool = True) -> None:
        """Draw a closed polyline in ink, by default over a tinted inside."""
        if filled:
            self.polygon(*points, tint=True)
        self.line(*points, points[0], width=width)

    def box(
        self,
        left: float,
        top: float,
        right: float,
        bottom: float,
        *,
        width: float = 2,
        filled: bool = True,
    ) -> None:
        """Draw a rectangle in ink, by default over a tinted inside."""
        self.outline(
            (left, top), (right, top), (right, bottom), (left, bottom), width=width, filled=filled
        )

    def block(
        self,
        left: float,
        top: float,
        right: float,
        bottom: float,
        *,
        tint: bool = False,
        erase: bool = False,
    ) -> None:
        """Fill a rectangle."""
        self.polygon(
            (left, top), (right, top), (right, bottom), (left, bottom), tint=tint, erase=erase
        )

    def disc(
        self, centre: Point, radius: float, *, tint: bool = False, erase: bool = False
    ) -> None:
        """Fill a circle."""
        self._draws[tint].ellipse(self._span(centre, radius), fill=0 if erase else _FULL)

    def ring(self, centre: Point, radius: float, *, width: float = 2, filled: bool = True) -> None:
        """Draw a circle in ink, by default over a tinted inside; `radius` is to mid-stroke."""
        if filled:
            self.disc(centre, radius, tint=True)
        self.arc(centre, radius, 0, 360, width=width)

    def arc(
        self, centre: Point, radius: float, start: float, end: float, *, width: float = 2
    ) -> None:
        """Draw an arc in ink; degrees, clockwise from three o'clock."""
        self._draws[False].arc(
            self._span(centre, radius + width / 2), start, end, _FULL, round(width * _SCALE)
        )

    def dashes(self, *lines: tuple[Point, Point], count: int = 3, width: float = 2) -> None:
        """Draw each line as `count` dashes with gaps half as long."""
        for (x0, y0), (x1, y1) in lines:
            step = 1 / (count * 1.5 - 0.5)
            for number in range(count):
                start = number * 1.5 * step
                end = start + step
                self.line(
                    (x0 + (x1 - x0) * start, y0 + (y1 - y0) * start),
                    (x0 + (x1 - x0) * end, y0 + (y1 - y0) * end),
                    width=width,
                )

    def masks(self) -> tuple[Image.Image, Image.Image]:
        """Return the masks of ink and tint at the icon's size."""
        return self._masks[False].reduce(_OVERSAMPLE), self._masks[True].reduce(_OVERSAMPLE)
