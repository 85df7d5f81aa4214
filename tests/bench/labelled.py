"""Scripts with one known break in Revit 2026 each, made from the list of breaking changes.

Every row gives two scripts: one that breaks, and one in which the same use lies behind a guard
that keeps it from running in Revit 2026. Objects and arguments have the types of the row's
overload, by `isinstance`, which narrows for every checker.
"""

import random
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from revitron_grpc.catalog.query import Catalog
from tests.exhaustive.breaking_changes import Row, rows, use_of

IN = 2026
_DOTTED = re.compile(r"\bAutodesk(?:\.\w+)+")
_COLLECTION = re.compile(r"\b(?:Dictionary|HashSet|List)\[")
_GUARDS = (
    "from pyrevit import HOST_APP\n",
    "",
    "",
    "from pyrevit import HOST_APP\n",
)


@dataclass(frozen=True, slots=True)
class LabelledScript:
    """A script about one symbol; a report on one of `lines` is a report of that use."""

    name: str
    symbol: str
    text: str
    lines: range
    guarded: bool


def labelled_scripts(catalog: Catalog, count: int, seed: int = 1) -> list[LabelledScript]:
    """A sample of `count` rows, or all where 0, as an unguarded and a guarded script each."""
    breaks = [row for row in rows(catalog) if _breaks(row)]
    namespaces = {api.namespace for api in catalog.types if IN in api.versions}
    if count:
        breaks = random.Random(seed).sample(breaks, min(count, len(breaks)))  # noqa: S311
    scripts: list[LabelledScript] = []
    for number, row in enumerate(breaks):
        scripts += _scripts(row, number, namespaces)
    return scripts


def _breaks(row: Row) -> bool:
    """Whether Python can reach the row's symbol, and it is known to be gone."""
    gone = 0 < row.removed <= IN and IN in row.is_known and IN not in row.symbol.versions
    return gone and not row.number_fits_elsewhere


def _scripts(row: Row, number: int, namespaces: set[str]) -> Iterator[LabelledScript]:
    signature, _, body = use_of(row).text(0).partition("\n")
    found = {_namespace(name, namespaces) for name in _DOTTED.findall(body)}
    imports = "".join(f"import {name}\n" for name in sorted(found - {""}))
    if _COLLECTION.search(body):
        imports += "from System.Collections.Generic import Dictionary, HashSet, List\n"
    form = number % len(_GUARDS)
    for guarded in (False, True):
        head = f"{imports}{_GUARDS[form] if guarded else ''}\n\n{signature}\n"
        text = head + (_guarded(body, form, row.removed) if guarded else body)
        lines = range(head.count("\n") + 1, text.count("\n") + 1)
        name = f"row{number:04d}_{'guarded' if guarded else 'open'}.py"
        yield LabelledScript(name, row.name, text, lines, guarded)


def _namespace(name: str, namespaces: set[str]) -> str:
    """The longest beginning of a dotted name that is a namespace; "" if there is none."""
    while name and name not in namespaces:
        name = name.rpartition(".")[0]
    return name


def _guarded(body: str, form: int, removed: int) -> str:
    """The body behind one of the guards that people write."""
    inner = textwrap.indent(body, "    ")
    if form == 0:
        return f"    if HOST_APP.is_older_than({removed}):\n{inner}"
    if form == 1:
        return f"    if int(__revit__.Application.VersionNumber) < {removed}:\n{inner}"
    if form == 2:
        return f"    try:\n{inner}    except (AttributeError, TypeError):\n        pass\n"
    return f"    if HOST_APP.is_newer_than({removed}, or_equal=True):\n        return\n{body}"
