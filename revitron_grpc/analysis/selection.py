"""Which rules are reported, and for which paths: select, ignore and per-path ignores as in ruff."""

import difflib
import os.path
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pathspec import GitIgnoreSpec

from revitron_grpc.analysis.findings import Finding
from revitron_grpc.errors import FieldViolation, InvalidInputError, Reason

ALL = "ALL"
"""Stands for every code, in `select` and in `ignore`."""


@dataclass(frozen=True, slots=True)
class PathIgnore:
    """Codes that are not reported below the paths that a pattern matches, as in .gitignore."""

    pattern: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleSelection:
    """What a user wants to hear. Every code is a whole one or the beginning of some.

    An empty `select` is everything. Where a selected and an ignored code both fit, the longer one
    counts, and of equal ones the ignored. `root` is the folder that the patterns of `path_ignores`
    are relative to; without one they are matched with the path as a finding states it.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    path_ignores: tuple[PathIgnore, ...] = ()
    root: str = ""

    def wants(self, code: str, path: str = "") -> bool:
        """Whether a finding of that rule in that file is reported."""
        selected = max((_fit(one, code) for one in self.select), default=0)
        ignored = max((_fit(one, code) for one in self.ignore), default=-1)
        if selected < 0 or ignored >= selected:
            return False
        if not path or not self.path_ignores:
            return True
        place = _below(path, self.root)
        return not any(
            _fit(one, code) >= 0
            for ignore in self.path_ignores
            if place is not None and _pattern(ignore.pattern).match_file(place)
            for one in ignore.codes
        )

    def kept(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """The findings that are reported, in their order."""
        return tuple(one for one in findings if self.wants(one.rule, one.path))


EVERYTHING = RuleSelection()
"""No rule is left out."""


def rule_selection(
    codes: Collection[str],
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    path_ignores: Mapping[str, Sequence[str]] | None = None,
    root: str = "",
    field: str = "{}",
    reason: Reason = Reason.INVALID_REQUEST,
) -> RuleSelection:
    """Make a selection of rules, of which `codes` are all that exist.

    `field` says how an error names a setting, such as `--{}`. Raises `InvalidInputError` with every
    code that no rule begins with, and the nearest one that exists.
    """
    violations: list[FieldViolation] = []

    def checked(name: str, given: Iterable[str]) -> tuple[str, ...]:
        upper = tuple(one.strip().upper() for one in given)
        for one in upper:
            problem = unknown_code(one, codes)
            if problem:
                violations.append(FieldViolation(field.format(name), problem))
        return tuple(dict.fromkeys(upper))

    selection = RuleSelection(
        checked("select", select),
        checked("ignore", ignore),
        tuple(
            PathIgnore(pattern, checked(f"per-path-ignores.{pattern}", listed))
            for pattern, listed in (path_ignores or {}).items()
        ),
        root,
    )
    for one in selection.path_ignores:
        try:
            _pattern(one.pattern)
        except ValueError:
            violations.append(
                FieldViolation(
                    field.format("per-path-ignores"), f"{one.pattern!r} is no pattern of paths"
                )
            )
    if violations:
        raise InvalidInputError(reason, tuple(violations))
    return selection


def unknown_code(given: str, codes: Collection[str]) -> str:
    """What is wrong with a code or the beginning of one; empty where it stands for some rule."""
    if given == ALL or (given and any(code.startswith(given) for code in codes)):
        return ""
    near = sorted(difflib.get_close_matches(given, codes, n=len(codes), cutoff=0.75))
    # Of those, the first that begins like it: people drop or turn digits at the end.
    near.sort(key=lambda code: (not code.startswith(given[:4]), not code.startswith(given[:3])))
    blocks = ", ".join(sorted({code[:3] for code in codes}))
    hint = f"did you mean {near[0]}?" if near else f"codes begin with {blocks}"
    return f"{given!r} is no rule and no beginning of one; {hint}"


def _fit(prefix: str, code: str) -> int:
    """How closely a prefix names a code: its length, 0 for all of them, -1 for not at all."""
    if prefix == ALL:
        return 0
    return len(prefix) if code.startswith(prefix) else -1


@lru_cache(maxsize=1024)
def _pattern(pattern: str) -> GitIgnoreSpec:
    return GitIgnoreSpec.from_lines([pattern])


@lru_cache(maxsize=1024)
def _below(path: str, root: str) -> str | None:
    """The path as seen from the root; None where it lies elsewhere."""
    if not root:
        return path.replace("\\", "/").lstrip("/")
    try:
        place = os.path.relpath(path, root)
    except ValueError:  # Another drive of Windows.
        return None
    place = place.replace("\\", "/")
    return None if place == ".." or place.startswith("../") else place
