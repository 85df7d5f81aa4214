"""Load recipe packs: folders of `<category>/<recipe id>/recipe.yaml` and `script.py.j2`."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from revitron_grpc.errors import FieldViolation, InvalidInputError, Reason
from revitron_grpc.recipes.scenario import Scenario, ScenarioFile
from revitron_grpc.recipes.schema import Recipe, Variant
from revitron_grpc.recipes.templates import template_violations
from revitron_grpc.vocabulary import Category, Library

BLOCKS = "_blocks"
"""The folder of a pack with template parts that several recipes include."""

CORE_PACK = Path(str(files("revitron_grpc.recipes") / "packs" / "core"))
"""The recipes that come with the package."""

# A recipe.yaml stands in CATEGORY/ID/.
_DEPTH = 3
_Model = TypeVar("_Model", bound=BaseModel)

# The safe loader in C where PyYAML was built with it: eight times faster.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
TEMPLATES = {Library.PYREVIT: "script.py.j2", Library.REVITRON: "script.revitron.py.j2"}
"""The template of each library flavour, by its name in the recipe's folder."""


@dataclass(frozen=True, slots=True)
class BundleFile:
    """A file that stands beside the script in the button's folder, such as an office table."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class LoadedRecipe:
    """A recipe with its templates and files, named by a digest of all of them."""

    recipe: Recipe
    templates: dict[Library, str]
    files: tuple[BundleFile, ...]
    scenarios: tuple[Scenario, ...]
    digest: str

    @property
    def id(self) -> str:
        """The recipe's id, unique in a library."""
        return self.recipe.id

    def scenarios_of(self, variant_id: str, library: Library) -> tuple[Scenario, ...]:
        """Return the scenarios that prove a variant in a flavour."""
        return tuple(
            scenario
            for scenario in self.scenarios
            if (not scenario.variants or variant_id in scenario.variants)
            and (not scenario.libraries or library in scenario.libraries)
        )

    def variant(self, variant_id: str) -> Variant:
        """Return the variant of that id; `KeyError` when the recipe has none."""
        for variant in self.recipe.variants:
            if variant.id == variant_id:
                return variant
        raise KeyError(variant_id)


@dataclass(frozen=True, slots=True)
class RecipeLibrary:
    """All recipes that were loaded, in order of id, with the template parts that they share."""

    recipes: tuple[LoadedRecipe, ...]
    blocks: dict[str, str]
    digest: str

    def of_category(self, category: Category) -> tuple[LoadedRecipe, ...]:
        """Return the recipes of one category, in order of id."""
        return tuple(r for r in self.recipes if r.recipe.category is category)

    def get(self, recipe_id: str) -> LoadedRecipe | None:
        """Return the recipe of that id, or None."""
        return next((r for r in self.recipes if r.id == recipe_id), None)


def load_packs(packs: Iterable[Path]) -> RecipeLibrary:
    """Load recipe packs, later ones after earlier ones.

    Templates of packs from outside are checked as well; those of the core pack are by its tests.
    Raises `InvalidInputError` (INVALID_RECIPE) that names every wrong file and key at once.
    """
    recipes: list[LoadedRecipe] = []
    blocks: dict[str, str] = {}
    violations: list[FieldViolation] = []
    from_outside: list[LoadedRecipe] = []
    for pack in packs:
        if not pack.is_dir():
            violations.append(FieldViolation(str(pack), "is not a folder; give a recipe pack"))
            continue
        for block in sorted((pack / BLOCKS).glob("*.j2")):
            name = f"{BLOCKS}/{block.name}"
            if name in blocks:
                violations.append(FieldViolation(str(block), "is also in an earlier pack; rename"))
            try:
                blocks[name] = block.read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError) as error:
                violations.append(FieldViolation(str(block), f"cannot be read: {error}"))
        violations.extend(_misplaced(pack))
        for folder in sorted(p.parent for p in pack.glob("*/*/recipe.yaml")):
            try:
                recipes.append(load_recipe(folder))
                if pack != CORE_PACK:
                    from_outside.append(recipes[-1])
            except InvalidInputError as error:
                violations.extend(error.violations)
    violations.extend(_used_twice(recipes))
    sources = _sources(recipes, blocks) if from_outside else {}
    for loaded in from_outside:
        violations.extend(_violations_in_templates(loaded, sources))
    if violations:
        raise InvalidInputError(Reason.INVALID_RECIPE, tuple(violations))
    recipes.sort(key=lambda loaded: loaded.id)
    return RecipeLibrary(tuple(recipes), blocks, _library_digest(recipes, blocks))


def load_recipe(folder: Path) -> LoadedRecipe:
    """Load one recipe's folder; raises `InvalidInputError` (INVALID_RECIPE)."""
    path = folder / "recipe.yaml"
    recipe = _parse(path)
    violations: list[FieldViolation] = []
    if recipe.id != folder.name:
        violations.append(_violation(path, "id", f"is '{recipe.id}', the folder '{folder.name}'"))
    if recipe.category != folder.parent.name:
        violations.append(
            _violation(path, "category", f"is '{recipe.category}', the folder says otherwise")
        )
    try:
        templates = {
            library: (folder / name).read_text(encoding="utf-8")
            for library, name in TEMPLATES.items()
            if (folder / name).is_file()
        }
        extra = tuple(
            BundleFile(p.name, p.read_bytes()) for p in sorted((folder / "files").glob("*"))
        )
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInputError(
            Reason.INVALID_RECIPE, (FieldViolation(str(folder), f"cannot be read: {error}"),)
        ) from error
    scenarios = _scenarios(folder / "scenarios.yaml", recipe, violations)
    if Library.PYREVIT not in templates:
        violations.append(FieldViolation(str(folder / "script.py.j2"), "is missing"))
    if violations:
        raise InvalidInputError(Reason.INVALID_RECIPE, tuple(violations))
    digest = _recipe_digest(recipe, templates, extra, scenarios)
    return LoadedRecipe(recipe, templates, extra, scenarios, digest)


def check_templates(library: RecipeLibrary) -> tuple[FieldViolation, ...]:
    """Return where templates of a library ask for what neither their recipe nor a block gives."""
    sources = _sources(library.recipes, library.blocks)
    return tuple(
        violation
        for loaded in library.recipes
        for violation in _violations_in_templates(loaded, sources)
    )


def _sources(recipes: Iterable[LoadedRecipe], blocks: Mapping[str, str]) -> dict[str, str]:
    templates = {
        f"{loaded.id}/{TEMPLATES[flavour]}": text
        for loaded in recipes
        for flavour, text in loaded.templates.items()
    }
    return templates | dict(blocks)


def _violations_in_templates(
    loaded: LoadedRecipe, sources: Mapping[str, str]
) -> Iterator[FieldViolation]:
    return template_violations(
        loaded.id,
        frozenset(loaded.recipe.parameters),
        {TEMPLATES[flavour]: text for flavour, text in loaded.templates.items()},
        sources,
    )


@cache
def packaged_library() -> RecipeLibrary:
    """Return the recipes that come with the package, loaded once a process."""
    return load_packs([CORE_PACK])


def _misplaced(pack: Path) -> Iterator[FieldViolation]:
    found = list(pack.glob("**/recipe.yaml"))
    if not found and not (pack / BLOCKS).is_dir():
        yield FieldViolation(str(pack), "holds no recipe; a pack holds CATEGORY/ID/recipe.yaml")
    for path in sorted(found):
        place = path.relative_to(pack)
        if len(place.parts) != _DEPTH:
            yield FieldViolation(
                f"{pack.name}/{place.as_posix()}", "is not in a folder CATEGORY/ID of the pack"
            )


def _parse(path: Path) -> Recipe:
    return _read(path, Recipe)


def _scenarios(
    path: Path, recipe: Recipe, violations: list[FieldViolation]
) -> tuple[Scenario, ...]:
    """Read a recipe's scenarios; none where it has no such file."""
    if not path.is_file():
        return ()
    scenarios = tuple(_read(path, ScenarioFile).scenarios)
    variants = {variant.id for variant in recipe.variants}
    for scenario in scenarios:
        unknown = sorted(set(scenario.variants) - variants)
        if unknown:
            violations.append(
                _violation(
                    path,
                    f"scenarios.{scenario.id}.variants",
                    f"the recipe has no variant {', '.join(unknown)}; it has "
                    f"{', '.join(sorted(variants))}",
                )
            )
    return scenarios


def _read(path: Path, model: type[_Model]) -> _Model:
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - safe
        return model.model_validate(raw)
    except ValidationError as error:
        raise InvalidInputError(
            Reason.INVALID_RECIPE,
            tuple(
                _violation(path, ".".join(str(part) for part in e["loc"]) or "recipe", e["msg"])
                for e in error.errors()
            ),
        ) from error
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        raise InvalidInputError(
            Reason.INVALID_RECIPE, (_violation(path, "", f"cannot be read: {error}"),)
        ) from error


def _violation(path: Path, key: str, description: str) -> FieldViolation:
    return FieldViolation(
        f"{path.parent.name}/{path.name}" + (f": {key}" if key else ""), description
    )


def _used_twice(recipes: Iterable[LoadedRecipe]) -> Iterable[FieldViolation]:
    ids: set[str] = set()
    titles: dict[str, str] = {}
    for loaded in recipes:
        if loaded.id in ids:
            yield FieldViolation(f"{loaded.id}/recipe.yaml: id", "is used by two recipes")
        ids.add(loaded.id)
        for variant in loaded.recipe.variants:
            key = "".join(variant.title.lower().split())
            if key in titles:
                yield FieldViolation(
                    f"{loaded.id}/recipe.yaml: variants.{variant.id}.title",
                    f"'{variant.title}' is also a title of {titles[key]}",
                )
            titles[key] = loaded.id


def _recipe_digest(
    recipe: Recipe,
    templates: dict[Library, str],
    extra: tuple[BundleFile, ...],
    scenarios: tuple[Scenario, ...],
) -> str:
    digest = hashlib.sha256(recipe.model_dump_json().encode())
    for library in sorted(templates):
        digest.update(f"\0{library}\0{templates[library]}".encode())
    for file in extra:
        digest.update(f"\0{file.name}\0".encode() + file.content)
    for scenario in scenarios:
        digest.update(b"\0" + scenario.model_dump_json().encode())
    return digest.hexdigest()


def _library_digest(recipes: Iterable[LoadedRecipe], blocks: dict[str, str]) -> str:
    digest = hashlib.sha256()
    for loaded in recipes:
        digest.update(loaded.digest.encode())
    for name in sorted(blocks):
        digest.update(f"\0{name}\0{blocks[name]}".encode())
    return digest.hexdigest()
