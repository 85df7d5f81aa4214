"""What a `recipe.yaml` may say; the single place that knows its keys and limits."""

from difflib import get_close_matches
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from revitron_grpc.recipes.icon_words import Action, Subject
from revitron_grpc.recipes.pyrevit_words import CONTEXT_TOKENS, ENGLISH, LOCALES
from revitron_grpc.vocabulary import Category, Discipline, Engine

Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
# pyRevit shows a title on the ribbon and in the tooltip's head; beyond 60 characters both wrap
# badly, and folder names are made from it (facts/pyrevit/BUNDLES.md section 2).
Title = Annotated[str, Field(min_length=4, max_length=60, pattern=r"^[A-Z0-9][^\n]*[^\n.]$")]
Tooltip = Annotated[str, Field(min_length=40, max_length=600)]
Sentence = Annotated[str, Field(min_length=10, max_length=400)]
OPEN_END = 2100
"""The last year of a range that has no end."""


def _context_token(token: str) -> str:
    # Whether the category exists is a question for the catalog, which recipes do not know.
    if token in CONTEXT_TOKENS or token.startswith("OST_"):
        return token
    near = get_close_matches(token, sorted(CONTEXT_TOKENS), n=1)
    hint = f"did you mean {near[0]}?" if near else f"pyRevit knows {_listed(CONTEXT_TOKENS)}"
    raise ValueError(f"'{token}' is no context of pyRevit and no BuiltInCategory; {hint}")


def _locale(key: str) -> str:
    if key in LOCALES - {ENGLISH}:
        return key
    if key == ENGLISH:
        raise ValueError(f"'{key}' is the variant's own title and tooltip; leave it out")
    raise ValueError(f"'{key}' is no locale that pyRevit knows: {_listed(LOCALES - {ENGLISH})}")


def _listed(words: frozenset[str]) -> str:
    return ", ".join(sorted(words))


ContextToken = Annotated[str, AfterValidator(_context_token)]
Locale = Annotated[str, AfterValidator(_locale)]
ParameterValue = str | int | float | bool | list[str] | list[list[str]]


class RecipeModel(BaseModel):
    """The base of all parts: unknown keys are errors, nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


class Deed(RecipeModel):
    """What the tool does, in the terms by which tools are compared (criterion duplicate_check)."""

    verb: Annotated[str, Field(min_length=2, max_length=20, pattern=r"^[a-z-]+$")]
    object: Annotated[str, Field(min_length=2, max_length=40)]
    effect: Annotated[str, Field(min_length=20, max_length=300)]


class LocalText(RecipeModel):
    """Title and tooltip in one more language."""

    title: Annotated[str, Field(min_length=3, max_length=60)]
    tooltip: Annotated[str, Field(min_length=20, max_length=600)]


class ByHand(RecipeModel):
    """How people do the same without the tool: the counted evidence of its value."""

    steps: Annotated[list[Sentence], Field(min_length=2, max_length=12)]
    repeated_for: Annotated[str, Field(min_length=3, max_length=80)]


class UserAsk(RecipeModel):
    """A finding in facts/pyrevit/USER_ASKS.md that the tool answers, and how."""

    finding: Annotated[int, Field(ge=1, le=19)]
    how: Sentence


class Value(RecipeModel):
    """Evidence that people want this tool (criterion aec_value)."""

    by_hand: ByHand
    user_asks: list[UserAsk] = []


class RevitRange(RecipeModel):
    """The Revit releases in which the recipe works, both ends included."""

    min: Annotated[int, Field(ge=2022, le=OPEN_END)] = 2022
    max: Annotated[int, Field(ge=2022, le=OPEN_END)] = OPEN_END

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> "RevitRange":
        if self.min > self.max:
            raise ValueError(f"min {self.min} is later than max {self.max}")
        return self

    def holds_in(self, version: int) -> bool:
        """Tell whether a Revit version lies in the range."""
        return self.min <= version <= self.max


class Place(RecipeModel):
    """Where on the ribbon the button stands."""

    panel: Annotated[
        str, Field(min_length=3, max_length=30, pattern=r"^[A-Za-z0-9][A-Za-z0-9 -]*$")
    ]
    group: Annotated[str, Field(max_length=30, pattern=r"^[A-Za-z0-9 -]*$")] = ""


class Icon(RecipeModel):
    """What the icon shows: the object and what is done with it."""

    subject: Subject
    action: Action


class ErrorSituation(RecipeModel):
    """Something that can go wrong in a real model, and what the script does then."""

    situation: Sentence
    behaviour: Sentence


class ParameterDeclaration(RecipeModel):
    """One parameter of the template; every variant gives it a value."""

    description: Sentence


class Variant(RecipeModel):
    """One tool made from the recipe: every parameter filled in, with words of its own."""

    id: Slug
    title: Title
    tooltip: Tooltip
    does: Deed
    values: dict[str, ParameterValue] = {}
    problem: Annotated[str, Field(max_length=500)] = ""
    keywords: list[str] = []
    disciplines: list[Discipline] = []
    icon: Icon | None = None
    place: Place | None = None
    locales: dict[Locale, LocalText] = {}
    revit: RevitRange | None = None


class Recipe(RecipeModel):
    """One `recipe.yaml`: a parametrised tool design."""

    id: Slug
    category: Category
    problem: Annotated[str, Field(min_length=30, max_length=500)]
    users: Annotated[list[str], Field(min_length=1, max_length=5)]
    disciplines: Annotated[list[Discipline], Field(min_length=1)]
    keywords: Annotated[list[str], Field(min_length=3, max_length=25)]
    value: Value
    engines: Annotated[list[Engine], Field(min_length=1)] = [
        Engine.IRONPYTHON_27,
        Engine.IRONPYTHON_34,
    ]
    revit: RevitRange = RevitRange()
    pyrevit_min: Annotated[str, Field(pattern=r"^\d+(\.\d+){0,3}$")] = "4.8"
    context: Annotated[list[ContextToken], Field(max_length=4)] = ["doc-project"]
    writes: Literal["nothing", "model", "selection", "file"]
    place: Place
    icon: Icon
    errors: Annotated[list[ErrorSituation], Field(min_length=2, max_length=10)]
    performance: Sentence
    manual_test: Annotated[list[Sentence], Field(min_length=2, max_length=8)]
    parameters: dict[str, ParameterDeclaration] = {}
    variants: Annotated[list[Variant], Field(min_length=1, max_length=12)]

    @model_validator(mode="after")
    def _variants_fill_every_parameter(self) -> "Recipe":
        seen: set[str] = set()
        for variant in self.variants:
            if variant.id in seen:
                raise ValueError(f"variants: the id '{variant.id}' is used twice")
            seen.add(variant.id)
            missing = sorted(set(self.parameters) - set(variant.values))
            unknown = sorted(set(variant.values) - set(self.parameters))
            if missing:
                raise ValueError(f"variants.{variant.id}.values: missing {', '.join(missing)}")
            if unknown:
                raise ValueError(
                    f"variants.{variant.id}.values: {', '.join(unknown)} not declared in parameters"
                )
        return self
