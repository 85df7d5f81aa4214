"""`revitron-grpc recipes`: what buttons are made from."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from revitron_grpc.cli.terminal import out, told_errors
from revitron_grpc.recipes.library import CORE_PACK, load_packs
from revitron_grpc.vocabulary import Category

app = typer.Typer(help="The tool designs from which buttons are made.", no_args_is_help=True)


class ListFormat(StrEnum):
    """How a list is printed."""

    TEXT = "text"
    JSON = "json"


@app.command("list")
def list_recipes(
    category: Annotated[
        list[Category] | None, typer.Option(help="Only these categories; may be repeated.")
    ] = None,
    pack: Annotated[
        list[Path] | None, typer.Option(help="A further recipe pack; may be repeated.")
    ] = None,
    form: Annotated[
        ListFormat, typer.Option("--format", help="text for people, json for programs.")
    ] = ListFormat.TEXT,
) -> None:
    """List recipes with the tools that each one makes."""
    with told_errors():
        library = load_packs([CORE_PACK, *(pack or [])])
    found = [r for r in library.recipes if not category or r.recipe.category in category]
    if form is ListFormat.JSON:
        rows = [
            {
                "id": loaded.id,
                "category": loaded.recipe.category,
                "titles": [variant.title for variant in loaded.recipe.variants],
                "digest": loaded.digest,
            }
            for loaded in found
        ]
        out.print(json.dumps(rows, ensure_ascii=False, indent=2), markup=False)
        return
    table = Table("Category", "Recipe", "Tools", box=None, pad_edge=False)
    for loaded in sorted(found, key=lambda r: (list(Category).index(r.recipe.category), r.id)):
        titles = "\n".join(variant.title for variant in loaded.recipe.variants)
        table.add_row(loaded.recipe.category, loaded.id, titles)
    out.print(table)
    tools = sum(len(loaded.recipe.variants) for loaded in found)
    out.print(f"{len(found)} recipes, {tools} tools")
