"""What a `scenarios.yaml` may say: how a recipe proves itself in a simulated Revit.

scenarios:
- id: numbers-two-doors
proves: effect            # effect, nothing, or blocked
model: small-house        # a sample model
variants: [door-marks]    # of the recipe; all of them where it is left out
active_view: level-1-plan # handle of a view
selection: [door-1]       # handles
files: {codes.csv: "..."} # files beside the script, in place of the bundle's own;
                            # {unique id of door-1} in them stands for that element
set:                      # changes to the sample model before the run, by handle
door-1: {ALL_MODEL_MARK: "7"}
answers: [...]            # see simulation/answers.py
expect:
changed: {door-1: {ALL_MODEL_MARK: ["", "101"]}}   # exactly these, before and after
created: [{class: TextNote, count: 2}]
deleted: [door-9]
selected: [door-1]
transactions: [Number doors]
says: ["2 changed"]     # parts of messages and output
tables: [{rows: 2, has: ["Door 1"]}]
files: {doors.csv: ["Door;Mark"]}                   # file name to parts of its text
remembered: {limit: 5}                              # what the button saved for the next run
"""

from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, model_validator

from revitron_grpc.recipes.schema import RecipeModel, Sentence, Slug
from revitron_grpc.vocabulary import Engine, Library

MAX_SCENARIOS = 40
ParameterName = Annotated[str, Field(min_length=1, max_length=100)]
Handle = Annotated[str, Field(min_length=1, max_length=80)]
Value = str | int | float | bool | None | list[Any]


class Proves(StrEnum):
    """What a scenario shows: the effect, that there is nothing to do, or what is refused."""

    EFFECT = "effect"
    NOTHING = "nothing"
    BLOCKED = "blocked"


class CreatedElements(RecipeModel):
    """Elements that the run made: of which class, how many, and values that they have."""

    class_name: Annotated[str, Field(alias="class")]
    count: Annotated[int, Field(ge=1)] = 1
    values: dict[ParameterName, Value] = {}


class ShownTable(RecipeModel):
    """A table in the output: number of rows, the title, and texts that its cells contain."""

    rows: Annotated[int | None, Field(ge=0)] = None
    title: str = ""
    has: list[str] = []
    exactly: list[list[str]] | None = None
    """All rows, cell by cell, as they are shown; a linked id may be written as `@HANDLE`."""


class Expectation(RecipeModel):
    """What must be true afterwards; what is not named must be unchanged."""

    changed: dict[Handle, dict[ParameterName, tuple[Value, Value]]] = {}
    created: list[CreatedElements] = []
    deleted: list[Handle] = []
    selected: list[Handle] | None = None
    """The selection at the end; None where it must be as at the start."""
    transactions: int | list[str] | None = None
    says: list[str] = []
    says_not: list[str] = []
    tables: list[ShownTable] = []
    files: dict[str, list[str]] = {}
    links: list[Handle] | None = None
    """Elements that the output links to, in any order; None where it does not matter."""
    remembered: dict[str, Value] = {}
    """Answers that the button has saved for its next run."""

    @property
    def shows_an_effect(self) -> bool:
        """Whether it asserts something that the script did."""
        return bool(
            self.changed
            or self.created
            or self.deleted
            or self.selected
            or any(t.rows or t.has or t.exactly for t in self.tables)
            or self.files
        )

    @property
    def leaves_the_model(self) -> bool:
        """Whether it asserts that the model is as it was."""
        return not (self.changed or self.created or self.deleted)


class Scenario(RecipeModel):
    """One proof: given a model and answers, this is what must change."""

    id: Slug
    shows: Sentence
    """What is seen, in plain words: every spec carries it."""
    proves: Proves
    model: Slug
    variants: list[Slug] = []
    libraries: list[Library] = []
    engines: list[Engine] = []
    active_view: Handle = ""
    selection: list[Handle] = []
    shift_click: bool = False
    files: dict[str, str] = {}
    config: dict[str, Value] = {}
    """What the button remembers from its last run."""
    set: dict[Handle, dict[str, Value]] = {}
    """Changes before the run: parameter names (BuiltInParameter or the name of a project
    parameter) or `data.KEY` of the sample model; `delete: true` takes the element away."""
    answers: list[dict[str, Any]] = []
    expect: Expectation

    @model_validator(mode="after")
    def _proves_what_it_says(self) -> "Scenario":
        if self.proves is Proves.EFFECT and not self.expect.shows_an_effect:
            raise ValueError(
                "expect: a scenario that proves an effect names what changed, was created, "
                "deleted, selected, listed or written"
            )
        if self.proves is Proves.NOTHING:
            if not self.expect.leaves_the_model:
                raise ValueError("expect: a scenario of nothing to do leaves the model as it was")
            if not self.expect.says and not any("cancel" in answer for answer in self.answers):
                raise ValueError("expect.says: the user must be told that there is nothing to do")
        if self.proves is Proves.BLOCKED and not self.expect.says:
            raise ValueError("expect.says: the user must be told what could not be done")
        return self


class ScenarioFile(RecipeModel):
    """One `scenarios.yaml`."""

    scenarios: Annotated[list[Scenario], Field(min_length=1, max_length=MAX_SCENARIOS)]

    @model_validator(mode="after")
    def _ids_are_unique(self) -> "ScenarioFile":
        ids = [scenario.id for scenario in self.scenarios]
        twice = sorted({i for i in ids if ids.count(i) > 1})
        if twice:
            raise ValueError(f"scenarios: the id '{twice[0]}' is used twice")
        return self
