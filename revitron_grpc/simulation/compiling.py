"""From the text of a script to code that counts its steps, with its engine's meaning.

Scripts of one library share most of their functions, word for word. So a script is compiled in
parts, cut where two blank lines stand before a statement, and what was compiled for one script
serves the next.
"""

import hashlib
import re
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import CodeType

from revitron_grpc.analysis.parse import parse
from revitron_grpc.simulation.importing import names_read
from revitron_grpc.simulation.ironpython import imports_net, ironpython_semantics
from revitron_grpc.simulation.python2 import divides_truly, python2_semantics
from revitron_grpc.simulation.steps import with_steps
from revitron_grpc.syntax_trees import one_tree_at_a_time
from revitron_grpc.vocabulary import Engine

SCRIPT_NAME = "script.py"
# Parts that are kept, of 1 to 10 KB each: the scripts of the core pack have about 2,500.
_PARTS = 3072
_CUT = re.compile(r"\n\n\n(?=[^\s#)\]}\"'])")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a script; `name` stands in tracebacks for the file."""

    code: CodeType
    name: str
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class CompiledScript:
    """The parts of a script with the lines before each of them, or the problem it has.

    `names` are all names that it reads.
    """

    parts: tuple[tuple[Part, int], ...]
    names: frozenset[str]
    problem: str = ""


def trace_of(error: BaseException, scripts: Mapping[str, CompiledScript]) -> str:
    """Return the traceback of an error with the lines of whole scripts, by their file names."""
    places = {
        part.name: (name, lines) for name, script in scripts.items() for part, lines in script.parts
    }
    frames = list(traceback.extract_tb(error.__traceback__))
    # From the first line of a script on; what is above is ours.
    while frames and frames[0].filename not in places:
        del frames[0]
    with one_tree_at_a_time():
        return "".join(traceback.format_list([_placed(frame, places) for frame in frames[-8:]]))


def _placed(
    frame: traceback.FrameSummary, places: dict[str, tuple[str, int]]
) -> traceback.FrameSummary:
    if frame.filename not in places or frame.lineno is None:
        return frame
    name, lines = places[frame.filename]
    return traceback.FrameSummary(name, frame.lineno + lines, frame.name)


def compiled(source: str, engine: Engine) -> CompiledScript:
    """Compile a script; never raises for any text."""
    true_division = divides_truly(source)
    net = imports_net(source)
    parts: list[tuple[Part, int]] = []
    line = start = 0
    for cut in [*_CUT.finditer(source), None]:
        text = source[start : cut.end() if cut is not None else len(source)]
        part = _part(text, engine, true_division, net, whole=False)
        if part is None:
            return _whole(source, engine, true_division, net)
        parts.append((part, line))
        line += text.count("\n")
        start += len(text)
    return CompiledScript(tuple(parts), frozenset().union(*(part.names for part, _ in parts)))


def _whole(source: str, engine: Engine, true_division: bool, net: bool) -> CompiledScript:
    """Compile in one piece: cut text that has its blank lines inside, Python 2, broken text."""
    part = _part(source, engine, true_division, net, whole=True)
    if part is not None:
        return CompiledScript(((part, 0),), part.names)
    first = parse(source).problems[0]
    return CompiledScript((), frozenset(), f"SyntaxError in line {first.line}: {first.message}")


@lru_cache(maxsize=_PARTS)
def _part(text: str, engine: Engine, true_division: bool, net: bool, *, whole: bool) -> Part | None:
    parsed = parse(text)
    # What makes a text Python 2 may stand in another part.
    if parsed.problems or (parsed.python2 and not whole):
        return None
    tree = parsed.tree
    names = names_read(tree)
    if engine is not Engine.CPYTHON_3 and net:
        tree = ironpython_semantics(tree)
    if engine is Engine.IRONPYTHON_27:
        tree = python2_semantics(tree, true_division=true_division)
    name = f"{SCRIPT_NAME}#{hashlib.sha256(text.encode()).hexdigest()[:16]}"
    return Part(compile(with_steps(tree), name, "exec", dont_inherit=True), name, names)
