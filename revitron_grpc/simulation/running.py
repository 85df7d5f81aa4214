"""Run one script in a simulated Revit and say what came of it."""

import ast
import builtins
import traceback
from dataclasses import dataclass, field
from functools import lru_cache
from types import CodeType
from typing import Any

from revitron_grpc.analysis.parse import parse
from revitron_grpc.simulation.answers import NoAnswer
from revitron_grpc.simulation.builtins import builtins_for
from revitron_grpc.simulation.changes import Changes, changes_of
from revitron_grpc.simulation.errors import NetException, NotSimulated, StepLimitReached
from revitron_grpc.simulation.importing import Importer, names_read
from revitron_grpc.simulation.ironpython import ironpython_semantics
from revitron_grpc.simulation.outcome import Outcome
from revitron_grpc.simulation.python2 import python2_semantics
from revitron_grpc.simulation.revit.documents import Document
from revitron_grpc.simulation.revit.ui import Application, UIApplication
from revitron_grpc.simulation.session import Session, opened
from revitron_grpc.simulation.steps import STEP, counter, with_steps
from revitron_grpc.vocabulary import Engine

DEFAULT_STEPS = 2_000_000
"""Steps that a script may take: about a second of work."""
SCRIPT_NAME = "script.py"
# Compiled scripts that are kept: a scenario runs the same script for several versions.
_COMPILED = 64


@dataclass(frozen=True, slots=True)
class RunResult:
    """What one run came to.

    `error` is empty where the script ended as it should; `trace` is its Python traceback.
    `unknown` names what the simulation does not know: then nothing is proven or disproven.
    """

    outcome: Outcome
    changes: Changes
    error: str = ""
    trace: str = ""
    unknown: str = ""
    variables: dict[str, Any] = field(default_factory=dict)
    """The script's global names at its end, for tests."""


def run_script(session: Session, source: str, *, steps: int = DEFAULT_STEPS) -> RunResult:
    """Run a script in a session; never raises for what the script does.

    The database of the session holds the script's changes afterwards; `restore()` takes them
    back. Not for what a remote caller sends: those are parsed, never run.
    """
    code, names, problem = compiled(source, session.api.engine)
    if code is None:
        return RunResult(session.outcome, Changes(), error=problem)
    open_documents(session)
    session.outcome.selection = ()
    scope = _scope(session, names, steps)
    error = trace = unknown = ""
    with opened(session):
        try:
            exec(code, scope)  # noqa: S102 - a script of ours or of the user's own, see above
        except SystemExit:
            session.outcome.exited = True
        except NotSimulated as stop:
            unknown = str(stop)
            trace = traceback.format_exc(limit=-6)
        except (NoAnswer, StepLimitReached) as stop:
            error = str(stop)
            trace = traceback.format_exc(limit=-6)
        except RecursionError as raised:
            error = f"RecursionError: {raised}"
        except Exception as raised:
            error = f"{_named(raised)}: {raised}"
            trace = traceback.format_exc(limit=-8)
    session.outcome.flush()
    if session.database.transaction is not None:
        # Revit takes back what a script leaves open (behaviour 2).
        left = session.database.transaction
        error = (
            error or f"the script ended with the transaction '{left}' open; its changes are lost"
        )
        session.database.undo_to(session.database.baseline)
        session.database.transaction = None
    session.outcome.selection = tuple(session.selection)
    session.outcome.files = session.files.written()
    session.outcome.unused_answers = session.answers.left
    return RunResult(session.outcome, changes_of(session.database), error, trace, unknown, scope)


def open_documents(session: Session) -> None:
    """Open the session's database, and those of its links, as documents of its Revit."""
    api = session.api
    session.application = api.promote(Application.of(session))
    session.document = api.promote(Document.of(session.database, session.application))
    session.uiapplication = api.promote(UIApplication.of(session))
    session.uidocument = session.uiapplication.ActiveUIDocument
    for linked in session.database.settings.get("links", {}).values():
        api.promote(Document.of(linked, session.application))


@lru_cache(maxsize=_COMPILED)
def compiled(source: str, engine: Engine) -> tuple[CodeType | None, frozenset[str], str]:
    """Compile a script for an engine: code, names that it reads, and what hinders it."""
    parsed = parse(source)
    if parsed.problems:
        first = parsed.problems[0]
        return None, frozenset(), f"SyntaxError in line {first.line}: {first.message}"
    tree: ast.Module = parsed.tree
    names = names_read(tree)
    if engine is not Engine.CPYTHON_3:
        tree = ironpython_semantics(tree)
    if engine is Engine.IRONPYTHON_27:
        tree = python2_semantics(tree)
    return compile(with_steps(tree), SCRIPT_NAME, "exec", dont_inherit=True), names, ""


def _scope(session: Session, names: frozenset[str], steps: int) -> dict[str, Any]:
    held = dict(builtins_for(session))

    def execute(source: str, scope: dict[str, Any]) -> None:
        code, read, problem = compiled(source, session.api.engine)
        if code is None:
            raise SyntaxError(problem)
        importer.star_names |= read
        scope["__builtins__"] = held
        exec(code, scope)  # noqa: S102 - see `run_script`

    importer = Importer(session, names, execute)
    held["__import__"] = importer
    held["__build_class__"] = builtins.__build_class__
    held[STEP] = counter(steps)
    return {
        "__name__": "__main__",
        "__file__": session.files.script_path,
        "__builtins__": held,
        "__revit__": session.uiapplication,
        "__shiftclick__": session.shift_click,
        "__doc__": None,
    }


def _named(raised: BaseException) -> str:
    kind = type(raised)
    if isinstance(raised, NetException):
        return f"{kind.__module__}.{kind.__name__}"
    return kind.__name__
