"""Buttons to write in tests."""

from functools import cache
from typing import Any

from revitron_grpc.bundles.button import ButtonFolder
from revitron_grpc.bundles.icons import draw_icon
from revitron_grpc.recipes.icon_words import Action, Subject
from revitron_grpc.vocabulary import Category


@cache
def icon(dark: bool = False) -> bytes:
    return draw_icon(Subject.DOOR, Action.SELECT, Category.SELECTION, dark=dark)


def a_button(**fields: Any) -> ButtonFolder:
    number = fields.pop("number", 1)
    defaults: dict[str, Any] = {
        "id": f"btn-{number}",
        "name": f"Doors on grid {number}",
        "title": f"Doors on\ngrid {number}",
        "tooltip": "Selects doors.\nNot run in your Revit.",
        "script": "# -*- coding: utf-8 -*-\nprint('hello')\n",
        "icon_light": icon(),
        "icon_dark": icon(True),
        "category": Category.SELECTION,
        "recipe_id": "doors-on-grid",
        "recipe_digest": "sha256:00",
    }
    return ButtonFolder(**{**defaults, **fields})


def many_buttons(count: int, groups: int = 6) -> list[ButtonFolder]:
    """A run as the pipeline gives it: five categories, some groups, some that stand alone."""
    categories = list(Category)
    return [
        a_button(
            number=n,
            category=categories[n % 5],
            group=f"Group {n // 5 % groups}" if n // 5 % groups else "",
        )
        for n in range(count)
    ]
