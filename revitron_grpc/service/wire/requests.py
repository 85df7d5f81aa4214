"""Check a request of the contract and turn it into one of the domain.

All wrong fields are told at once, each with its limit (DESIGN section 11).
"""

import math
import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from revitron_grpc.contract import (
    CATEGORY_OF,
    CRITERION_OF,
    DISCIPLINE_OF,
    ENGINE_OF,
    LIBRARY_CHOICES,
)
from revitron_grpc.errors import FieldViolation, InvalidInputError, Reason
from revitron_grpc.generation.request import (
    MAX_BRIEF,
    MAX_COUNT,
    MAX_EXISTING_TOOLS,
    GenerationRequest,
    LibraryChoice,
    OwnTool,
)
from revitron_grpc.v1 import button_service_pb2
from revitron_grpc.vocabulary import Category, Criterion, Engine, RevitVersion

DEFAULT_COUNT = 250
MAX_BATCH = 50
MAX_TITLE = 200
MAX_DESCRIPTION = 2000
MAX_PATH = 400
MAX_TOKEN = 2048
MAX_PYREVIT_VERSION = 32
# The status of a call has some kilobytes for all of them.
_MAX_VIOLATIONS = 50
_Word = TypeVar("_Word")
_PYREVIT_VERSION = re.compile(r"\d{1,4}(\.\d{1,9}){0,3}")


def generation_request(
    message: button_service_pb2.GenerateButtonsRequest, covered: tuple[RevitVersion, ...]
) -> GenerationRequest:
    """Return the domain's request with all defaults filled in.

    Raises `InvalidInputError` (INVALID_REQUEST) that names every wrong field and its limit.
    """
    check = Check()
    count = message.count if message.HasField("count") else DEFAULT_COUNT
    check.within("count", count, 1, MAX_COUNT)
    if message.HasField("batch_limit"):
        check.within("batch_limit", message.batch_limit, 1, MAX_BATCH)
    check.length("brief", message.brief, MAX_BRIEF)
    check.length("resume_token", message.resume_token, MAX_TOKEN)
    check.pyrevit_version("pyrevit_version", message.pyrevit_version)
    categories = check.known("categories", message.categories, CATEGORY_OF)
    disciplines = check.known("disciplines", message.disciplines, DISCIPLINE_OF)
    engine = Engine.IRONPYTHON_27
    if message.engine:
        engine = next(iter(check.known("engine", [message.engine], ENGINE_OF)), engine)
    library = LIBRARY_CHOICES.get(message.library)
    if library is None:
        check.wrong("library", f"has the unknown value {message.library}")
    request = GenerationRequest(
        count=count,
        categories=_in_order(categories, Category) or tuple(Category),
        revit_versions=versions_asked(check, message.revit_versions, covered),
        pyrevit_version=message.pyrevit_version,
        disciplines=tuple(sorted(set(disciplines))),
        brief=message.brief,
        existing_tools=_existing_tools(check, message.existing_tools),
        engine=engine,
        library=library or LibraryChoice.AUTO,
        thresholds=_thresholds(check, message.thresholds),
        seed=message.seed,
    )
    check.done()
    return request


class Check:
    """Collects what is wrong with a request, to tell all of it at once."""

    def __init__(self) -> None:
        self._violations: list[FieldViolation] = []

    def wrong(self, field: str, description: str) -> None:
        """Note a wrong field and what would be right; the first 50 are told."""
        if len(self._violations) < _MAX_VIOLATIONS:
            self._violations.append(FieldViolation(field, description))

    def within(self, field: str, value: int, least: int, most: int) -> None:
        """Note a number outside of its limits."""
        if not least <= value <= most:
            self.wrong(field, f"is {value}, must be {least} to {most}")

    def length(self, field: str, text: str, most: int, least: int = 0) -> None:
        """Note a text of more or fewer characters than allowed."""
        if not least <= len(text) <= most:
            self.wrong(field, f"has {len(text)} characters, must have {least} to {most}")

    def known(self, field: str, numbers: Iterable[int], words: Mapping[Any, _Word]) -> list[_Word]:
        """Return the words of enum values; note those that mean nothing."""
        found = []
        for number in numbers:
            if number in words:
                found.append(words[number])
            else:
                self.wrong(field, f"has the unknown value {number}")
        return found

    def pyrevit_version(self, field: str, text: str) -> None:
        """Note what is no version of pyRevit; an empty text stands for any."""
        self.length(field, text, MAX_PYREVIT_VERSION)
        if text and not _PYREVIT_VERSION.fullmatch(text):
            self.wrong(field, "must be numbers with dots, such as 5.1")

    def done(self) -> None:
        """Raise `InvalidInputError` (INVALID_REQUEST) if anything was noted."""
        if self._violations:
            raise InvalidInputError(Reason.INVALID_REQUEST, tuple(self._violations))


def _in_order(found: Iterable[Category], words: type[Category]) -> tuple[Category, ...]:
    wanted = set(found)
    return tuple(word for word in words if word in wanted)


def versions_asked(
    check: Check,
    asked: Iterable[int],
    covered: tuple[RevitVersion, ...],
    field: str = "revit_versions",
) -> tuple[RevitVersion, ...]:
    """Return the versions asked for, oldest first; without any, all that are covered."""
    versions = sorted({RevitVersion(version) for version in asked})
    outside = [version for version in versions if version not in covered]
    if outside:
        check.wrong(
            field,
            f"{', '.join(map(str, outside))} not covered by the catalog, which has "
            f"{', '.join(map(str, covered))}",
        )
    return tuple(versions) or covered


def _existing_tools(
    check: Check, tools: Iterable[button_service_pb2.ExistingTool]
) -> tuple[OwnTool, ...]:
    found = [OwnTool(tool.title, tool.description, tool.path) for tool in tools]
    if len(found) > MAX_EXISTING_TOOLS:
        check.wrong("existing_tools", f"has {len(found)} entries, at most {MAX_EXISTING_TOOLS}")
        return ()
    for position, tool in enumerate(found):
        field = f"existing_tools[{position}]"
        check.length(f"{field}.title", tool.title, MAX_TITLE, least=1)
        check.length(f"{field}.description", tool.description, MAX_DESCRIPTION)
        check.length(f"{field}.path", tool.path, MAX_PATH)
    return tuple(found)


def _thresholds(
    check: Check, overrides: Iterable[button_service_pb2.ThresholdOverride]
) -> tuple[tuple[Criterion, float], ...]:
    found: dict[Criterion, float] = {}
    for position, override in enumerate(overrides):
        field = f"thresholds[{position}]"
        criterion = CRITERION_OF.get(override.criterion)
        if criterion is None:
            check.wrong(f"{field}.criterion", f"has the unknown value {override.criterion}")
        elif criterion in found:
            check.wrong(f"{field}.criterion", f"names {criterion} a second time")
        elif math.isnan(override.threshold) or not 0 <= override.threshold <= 1:
            check.wrong(f"{field}.threshold", f"is {override.threshold}, must be 0 to 1")
        else:
            found[criterion] = override.threshold
    return tuple((c, found[c]) for c in Criterion if c in found)
