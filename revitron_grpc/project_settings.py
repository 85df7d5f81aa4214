"""What an office says about its scripts, in `[tool.revitron]` or in `revitron.yaml`.

The table stands in `pyproject.toml`. The file nearest above a path counts, and no other; it may
`extend` one that it names. Not to be mixed up with `settings.py`, which is about the service.
"""

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from revitron_grpc.analysis.selection import ALL, EVERYTHING, RuleSelection, rule_selection
from revitron_grpc.errors import FieldViolation, InvalidInputError, Reason
from revitron_grpc.rule_book import CODES
from revitron_grpc.vocabulary import Engine, RevitVersion, revit_versions

FILE_NAMES = ("revitron.yaml", "pyproject.toml")
"""What is looked for in each folder, in this order."""
_TABLE = "tool.revitron"
_MAX_EXTENDED = 8
_MAX_BYTES = 1_048_576


@dataclass(frozen=True, slots=True)
class ProjectSettings:
    """What was said; `revit` is empty and `engine` None where nothing was."""

    path: Path | None = None
    """The file; None where there is none."""
    selection: RuleSelection = EVERYTHING
    revit: tuple[RevitVersion, ...] = ()
    engine: Engine | None = None


class _Table(BaseModel):
    """The keys as they are written, with hyphens."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, alias_generator=lambda name: name.replace("_", "-")
    )

    extend: str | None = None
    """Another such file, relative to this one, of which this one's keys are changes."""
    select: list[str] | None = None
    ignore: list[str] | None = None
    extend_select: list[str] = []
    extend_ignore: list[str] = []
    per_path_ignores: dict[str, list[str]] | None = None
    revit: list[RevitVersion] | None = None
    engine: Engine | None = None

    @field_validator("revit", mode="before")
    @classmethod
    def _years(cls, value: object) -> object:
        listed: list[object] = list(value) if isinstance(value, list) else [value]
        return revit_versions(",".join(str(one) for one in listed))


def find_project_settings(path: Path) -> ProjectSettings:
    """The settings for a file or folder: of the nearest folder above it that has any.

    Raises `InvalidInputError` (INVALID_CONFIGURATION) as `load_project_settings` does.
    """
    start = path.absolute()
    for folder in (start, *start.parents):
        for name in FILE_NAMES:
            file = folder / name
            if file.is_file() and (name != "pyproject.toml" or _table_of(file) is not None):
                return load_project_settings(file)
    return ProjectSettings()


def load_project_settings(path: Path) -> ProjectSettings:
    """Read one file and what it extends.

    Raises `InvalidInputError` (INVALID_CONFIGURATION) that names the file, every wrong key or code
    and what would be right.
    """
    chosen: list[str] = []
    added: list[str] = []
    ignored: list[str] = []
    path_ignores: Mapping[str, list[str]] = {}
    root = path.absolute().parent
    revit: list[RevitVersion] = []
    engine: Engine | None = None
    for file, table in reversed(_chain(path.absolute())):
        if table.select is not None:
            chosen, added = table.select, []
        if table.ignore is not None:
            ignored = table.ignore
        if table.per_path_ignores is not None:
            path_ignores, root = table.per_path_ignores, file.parent
        added = [*added, *table.extend_select]
        ignored = [*ignored, *table.extend_ignore]
        revit = revit if table.revit is None else table.revit
        engine = table.engine or engine
    selection = rule_selection(
        CODES,
        # Nothing chosen is everything, and what is added to that only outweighs what is ignored.
        select=[*(chosen or [ALL]), *added] if added else chosen,
        ignore=ignored,
        path_ignores=path_ignores,
        root=str(root),
        field=f"{path}: {{}}",
        reason=Reason.INVALID_CONFIGURATION,
    )
    return ProjectSettings(path, selection, tuple(revit), engine)


def _chain(path: Path) -> list[tuple[Path, _Table]]:
    """The table of a file, that of the file it extends, and so on."""
    tables: list[tuple[Path, _Table]] = []
    seen: set[Path] = set()
    following: Path | None = path
    while following is not None:
        if following in seen or len(seen) == _MAX_EXTENDED:
            raise _invalid(
                path, "extend", f"leads back to {following} or through more than {_MAX_EXTENDED}"
            )
        seen.add(following)
        table = _read(following)
        tables.append((following, table))
        following = (
            None
            if table.extend is None
            else following.parent.joinpath(table.extend).absolute().resolve()
        )
    return tables


def _read(path: Path) -> _Table:
    raw = _table_of(path)
    if raw is None:
        raise _invalid(path, "", f"has no table [{_TABLE}]")
    try:
        return _Table.model_validate(raw)
    except ValidationError as error:
        raise InvalidInputError(
            Reason.INVALID_CONFIGURATION,
            tuple(_violation(path, one["loc"], one["msg"], one["type"]) for one in error.errors()),
        ) from error


def _table_of(path: Path) -> Mapping[str, Any] | None:
    """The keys of a file; None for a `pyproject.toml` that has no table of ours."""
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise _invalid(path, "", f"is longer than {_MAX_BYTES} bytes")
        text = path.read_text(encoding="utf-8")
        raw = tomllib.loads(text) if path.suffix == ".toml" else yaml.safe_load(text)
    except FileNotFoundError as error:
        raise _invalid(path, "", "does not exist") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, yaml.YAMLError) as error:
        kind = "TOML" if path.suffix == ".toml" else "YAML"
        raise _invalid(path, "", f"cannot be read as {kind}: {error}") from error
    if path.suffix == ".toml":
        raw = raw.get("tool", {}).get("revitron")
        if raw is None:
            return None
    if raw is None:
        return {}
    if not isinstance(raw, dict):
        raise _invalid(path, "", "must hold keys such as `select: [RVT]`")
    return {str(key): value for key, value in raw.items()}


def _violation(
    path: Path, location: tuple[int | str, ...], message: str, kind: str
) -> FieldViolation:
    key = ".".join(str(part) for part in location)
    if kind == "extra_forbidden":
        message = f"is no setting; {_instead(key, _keys())}"
    return FieldViolation(f"{path}: {key}", message.removeprefix("Value error, "))


def _keys() -> list[str]:
    return sorted(name.replace("_", "-") for name in _Table.model_fields)


def _instead(key: str, allowed: Iterable[str]) -> str:
    names = list(allowed)
    near = difflib.get_close_matches(key.replace("_", "-"), names, n=1)
    return f"did you mean {near[0]}?" if near else f"allowed here: {', '.join(names)}"


def _invalid(path: Path, key: str, message: str) -> InvalidInputError:
    return InvalidInputError(
        Reason.INVALID_CONFIGURATION, (FieldViolation(f"{path}{key and ': ' + key}", message),)
    )
