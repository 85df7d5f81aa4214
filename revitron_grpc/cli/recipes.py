"""`revitron-grpc recipes`: what buttons are made from."""

import json
import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from revitron_grpc.cli.choices import revit_versions
from revitron_grpc.cli.recipe_packs import RecipesOption
from revitron_grpc.cli.terminal import ExitCode, out, told_errors
from revitron_grpc.generation.candidate import candidates_of
from revitron_grpc.recipes.library import CORE_PACK, LoadedRecipe, load_packs
from revitron_grpc.vocabulary import Category, Discipline, Engine, Library

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
    discipline: Annotated[
        list[Discipline] | None, typer.Option(help="Only these disciplines; may be repeated.")
    ] = None,
    recipes: RecipesOption = None,
    form: Annotated[
        ListFormat, typer.Option("--format", help="text for people, json for programs.")
    ] = ListFormat.TEXT,
) -> None:
    """List recipes with the tools that each one makes; a pack is checked on the way."""
    with told_errors():
        library = load_packs([CORE_PACK, *(recipes or [])])
    found = [
        loaded
        for loaded in library.recipes
        if (not category or loaded.recipe.category in category)
        and (not discipline or _serves(loaded, discipline))
    ]
    if form is ListFormat.JSON:
        rows = [
            {
                "id": loaded.id,
                "category": loaded.recipe.category,
                "titles": [variant.title for variant in loaded.recipe.variants],
                "disciplines": loaded.recipe.disciplines,
                "writes": loaded.recipe.writes,
                "libraries": sorted(loaded.templates),
                "scenarios": [scenario.id for scenario in loaded.scenarios],
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


def _serves(loaded: LoadedRecipe, disciplines: list[Discipline]) -> bool:
    return any(
        wanted in candidate.disciplines
        for candidate in candidates_of(loaded)
        for wanted in disciplines
    )


@app.command("test")
def prove_recipes(
    recipe: Annotated[
        list[str] | None, typer.Argument(help="Ids of recipes; all of them if none is given.")
    ] = None,
    recipes: RecipesOption = None,
    variant: Annotated[list[str] | None, typer.Option(help="Only these variants.")] = None,
    scenario: Annotated[list[str] | None, typer.Option(help="Only these scenarios.")] = None,
    library: Annotated[list[Library] | None, typer.Option(help="Only these flavours.")] = None,
    revit: Annotated[
        str | None, typer.Option(help="Revit versions, such as 2024 or 2022-2024.")
    ] = None,
    engine: Annotated[list[Engine] | None, typer.Option(help="Only these engines.")] = None,
    jobs: Annotated[
        int, typer.Option(min=1, max=64, help="Processes at work at one time.")
    ] = os.cpu_count() or 1,
    show: Annotated[
        bool, typer.Option(help="Print what each run did, in the terms of a scenario.")
    ] = False,
    results: Annotated[
        Path | None, typer.Option(help="Write the results here, as the packaged table has them.")
    ] = None,
    form: Annotated[
        ListFormat, typer.Option("--format", help="text for people, json for programs.")
    ] = ListFormat.TEXT,
) -> None:
    """Run the scenarios of recipes in the simulated Revit.

    Exit codes: 0 all proven, 1 something is not, 2 wrong usage.
    """
    # Imported when it runs: the simulation is large, and other commands do without.
    from revitron_grpc.cli.recipe_test_report import RecipeTestReport, known_recipes
    from revitron_grpc.recipe_tests import Wanted

    with told_errors():
        packs = (CORE_PACK, *(recipes or []))
        held = load_packs(packs)
        wanted = Wanted(
            recipes=known_recipes(held, recipe or []),
            variants=tuple(variant or ()),
            scenarios=tuple(scenario or ()),
            libraries=tuple(library or ()),
            versions=tuple(revit_versions(revit)) if revit else (),
            engines=tuple(engine or ()),
            observe=show,
        )
        tests = RecipeTestReport(held, wanted)
        tests.run(packs, jobs)
        if results is not None:
            tests.write(results)
    if form is ListFormat.JSON:
        out.print(json.dumps(tests.as_json(), ensure_ascii=False, indent=2), markup=False)
    else:
        tests.print()
    raise typer.Exit(ExitCode.GOOD if tests.proven else ExitCode.FINDINGS)
