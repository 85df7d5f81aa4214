import io
from itertools import product

import pytest
from PIL import Image

from revitron_grpc.bundles.icons import draw_icon
from revitron_grpc.recipes.icon_words import Action, Subject
from revitron_grpc.vocabulary import Category

RIBBONS = {False: (0xF5, 0xF5, 0xF5), True: (0x3B, 0x44, 0x53)}


def _open(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def _on_ribbon(data: bytes, dark: bool) -> Image.Image:
    icon = _open(data).resize((32, 32), Image.Resampling.LANCZOS)
    ground = Image.new("RGBA", (32, 32), (*RIBBONS[dark], 255))
    ground.alpha_composite(icon)
    return ground.convert("L")


@pytest.mark.parametrize("dark", [False, True])
def test_every_subject_and_action_has_a_picture_of_its_own(dark):
    pairs = list(product(Subject, Action))
    icons = {draw_icon(s, a, Category.DOCUMENTATION, dark=dark) for s, a in pairs}
    assert len(icons) == len(pairs)
    assert max(map(len, icons)) <= 4096


def test_light_dark_and_categories_differ():
    icons = {
        draw_icon(Subject.DOOR, Action.SELECT, c, dark=d) for c in Category for d in (False, True)
    }
    assert len(icons) == 10


@pytest.mark.parametrize("dark", [False, True])
def test_icons_are_the_size_that_pyrevit_takes_with_transparency(dark):
    image = _open(draw_icon(Subject.ROOM, Action.NUMBER, Category.MODEL, dark=dark))
    assert (image.format, image.mode, image.size) == ("PNG", "RGBA", (96, 96))
    assert image.getchannel("A").getextrema() == (0, 255)


def test_the_same_icon_has_the_same_bytes():
    first = draw_icon(Subject.WALL, Action.CHECK, Category.ANALYSIS, dark=False)
    draw_icon.cache_clear()
    assert draw_icon(Subject.WALL, Action.CHECK, Category.ANALYSIS, dark=False) == first


@pytest.mark.parametrize("dark", [False, True])
def test_subjects_can_be_told_apart_at_32_pixels(dark):
    """Any two differ by more than a third of the ribbon's contrast in at least 30 pixels."""
    pictures = {
        s: _on_ribbon(draw_icon(s, Action.CHECK, Category.MODEL, dark=dark), dark).tobytes()
        for s in Subject
    }
    for one, other in product(Subject, Subject):
        if one < other:
            far = sum(abs(a - b) > 60 for a, b in zip(pictures[one], pictures[other], strict=True))
            assert far >= 30, (one, other, far)


@pytest.mark.parametrize("dark", [False, True])
def test_actions_can_be_told_apart_at_32_pixels(dark):
    pictures = {
        a: _on_ribbon(draw_icon(Subject.DOOR, a, Category.MODEL, dark=dark), dark).tobytes()
        for a in Action
    }
    for one, other in product(Action, Action):
        if one < other:
            far = sum(abs(a - b) > 40 for a, b in zip(pictures[one], pictures[other], strict=True))
            assert far >= 8, (one, other, far)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("subject", Subject)
def test_a_glyph_stands_out_from_its_ribbon(subject, dark):
    ground = Image.new("RGB", (1, 1), RIBBONS[dark]).convert("L").getpixel((0, 0))
    assert isinstance(ground, int)
    picture = _on_ribbon(draw_icon(subject, Action.CHECK, Category.MODEL, dark=dark), dark)
    glyph = picture.crop((0, 0, 15, 15)).tobytes()
    assert sum(abs(pixel - ground) > 90 for pixel in glyph) >= 15
