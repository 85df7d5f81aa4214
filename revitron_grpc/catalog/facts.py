"""Read the files of a facts directory, with errors that name the file and what is wrong."""

import gzip
import json
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from revitron_grpc.errors import Reason, RevitronGrpcError

Json = dict[str, Any]
"""A JSON object as it stands in a facts file; it does not leave the builders."""

_Built = TypeVar("_Built")

REVIT_API = "revit_api/revit_api.jsonl.gz"
GONE = "revit_api/gone_before_2022.json"
PYREVIT_API = "pyrevit/pyrevit_api.json"
REVITRON_API = "pyrevit/revitron_api.json"
EXISTING_TOOLS = "pyrevit/existing_tools.json"


def read_object(facts: Path, name: str) -> Json:
    """Read a file that holds one JSON object.

    Raises:
        RevitronGrpcError: `FACTS_UNREADABLE` when the file is missing or holds something else.

    """
    try:
        value = json.loads((facts / name).read_text("utf-8"))
    except OSError as error:
        raise unreadable(facts, name, error.strerror or str(error)) from error
    except ValueError as error:
        raise unreadable(facts, name, f"no JSON: {error}") from error
    if not isinstance(value, dict):
        raise unreadable(facts, name, "no JSON object")
    return value


def read_lines(facts: Path, name: str) -> Iterator[tuple[int, Json]]:
    """Yield line number and object of a gzip file with one JSON object a line.

    Raises:
        RevitronGrpcError: `FACTS_UNREADABLE`, as `read_object`, with the line.

    """
    number = 0
    try:
        with gzip.open(facts / name, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                value = json.loads(line)
                if not isinstance(value, dict):
                    raise unreadable(facts, name, f"line {number} is no JSON object")
                yield number, value
    except (EOFError, zlib.error) as error:
        raise unreadable(facts, name, f"damaged after line {number}") from error
    except OSError as error:
        raise unreadable(facts, name, error.strerror or str(error)) from error
    except ValueError as error:
        raise unreadable(facts, name, f"line {number} is no JSON: {error}") from error


def translate(facts: Path, name: str, build: Callable[[Json], _Built], value: Json) -> _Built:
    """Call `build` on an object of the file `name`; a missing or wrong key names the file.

    Raises:
        RevitronGrpcError: `FACTS_UNREADABLE` when `build` misses a key or meets a wrong type.

    """
    try:
        return build(value)
    except KeyError as error:
        raise unreadable(facts, name, f"{_label(value)} has no {error}") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise unreadable(facts, name, f"{_label(value)}: {error}") from error


def unreadable(facts: Path, name: str, why: str) -> RevitronGrpcError:
    """Return the error for a facts file."""
    return RevitronGrpcError(
        Reason.FACTS_UNREADABLE,
        f"facts file {facts / name} cannot be used: {why}; "
        "give --from a directory with the files that docs/catalog.md lists",
    )


def _label(value: Json) -> str:
    return str(value.get("name") or value.get("title") or value.get("schema") or "the file")[:200]
