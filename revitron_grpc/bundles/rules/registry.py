"""The table of the BND rules: what each says and the function that looks for it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from revitron_grpc.analysis.findings import Severity
from revitron_grpc.bundles.extension import Extension


@dataclass(frozen=True, slots=True)
class KnownNames:
    """Names that the rules cannot know by themselves.

    `categories` are the BuiltInCategory names of the Revit API. `modules` are the top-level
    modules that the engine and pyRevit bring along; without any, imports are not judged.
    """

    categories: frozenset[str] = frozenset()
    modules: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a rule is broken."""

    path: PurePosixPath
    message: str
    suggestion: str = ""


RuleFunction = Callable[[Extension, KnownNames], Iterator[Hit]]


@dataclass(frozen=True, slots=True)
class BundleRule:
    """One rule: a stable code, a name, how bad, what pyRevit does, and the check."""

    code: str
    name: str
    severity: Severity
    effect: str
    check: RuleFunction


_RULES: dict[str, BundleRule] = {}


def rule(
    code: str, name: str, severity: Severity, effect: str
) -> Callable[[RuleFunction], RuleFunction]:
    """Enter a check into the table; `effect` says what pyRevit or Revit does about it."""

    def enter(check: RuleFunction) -> RuleFunction:
        if code in _RULES:
            raise ValueError(f"{code} is taken by {_RULES[code].name}")
        _RULES[code] = BundleRule(code, name, severity, effect, check)
        return check

    return enter


def entered_rules() -> tuple[BundleRule, ...]:
    """Return the rules of all modules imported so far, by code."""
    return tuple(_RULES[code] for code in sorted(_RULES))
