"""Run one script in a simulated Revit and say what came of it."""

import builtins
from dataclasses import dataclass, field
from typing import Any

from revitron_grpc.simulation.answers import NoAnswer
from revitron_grpc.simulation.builtins import builtins_for
from revitron_grpc.simulation.changes import Changes, changes_of
from revitron_grpc.simulation.compiling import SCRIPT_NAME, CompiledScript, compiled, trace_of
from revitron_grpc.simulation.errors import NetException, NotSimulated, StepLimitReached
from revitron_grpc.simulation.importing import Importer
from revitron_grpc.simulation.outcome import Outcome
from revitron_grpc.simulation.revit.documents import Document
from revitron_grpc.simulation.revit.ui import Application, UIApplication
from revitron_grpc.simulation.session import Session, opened
from revitron_grpc.simulation.steps import STEP, counter

DEFAULT_STEPS = 2_000_000
"""Steps that a script may take: about a second of work."""


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
    script = compiled(source, session.api.engine)
    if script.problem:
        return RunResult(session.outcome, Changes(), error=script.problem)
    try:
        open_documents(session)
    except (AttributeError, KeyError, NotSimulated) as lacking:
        # A catalog may know too little of a version, as of one that was imported in part.
        version = session.api.version
        unknown = f"a session of Revit {version}: the catalog lacks what it stands on ({lacking})"
        return RunResult(session.outcome, Changes(), unknown=unknown)
    session.outcome.selection = ()
    scripts = {SCRIPT_NAME: script}
    scope = _scope(session, scripts, steps)
    error = trace = unknown = ""
    with opened(session):
        try:
            _execute(script, scope)
        except SystemExit:
            session.outcome.exited = True
        except NotSimulated as stop:
            unknown = str(stop)
            trace = trace_of(stop, scripts)
        except (NoAnswer, StepLimitReached) as stop:
            error = str(stop)
            trace = trace_of(stop, scripts)
        except RecursionError as raised:
            error = f"RecursionError: {raised}"
        except Exception as raised:
            error = f"{_named(raised)}: {raised}"
            trace = trace_of(raised, scripts)
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


def _scope(session: Session, scripts: dict[str, CompiledScript], steps: int) -> dict[str, Any]:
    """Make the global names of the script; modules that it imports join `scripts`."""
    held = dict(builtins_for(session))

    def execute(source: str, scope: dict[str, Any]) -> None:
        module = compiled(source, session.api.engine)
        if module.problem:
            raise SyntaxError(module.problem)
        scripts[f"{scope['__name__']}.py"] = module
        importer.star_names |= module.names
        scope["__builtins__"] = held
        _execute(module, scope)

    importer = Importer(session, scripts[SCRIPT_NAME].names, execute)
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


def _execute(script: CompiledScript, scope: dict[str, Any]) -> None:
    for part, _ in script.parts:
        # A script of ours or of the user's own: see `run_script`.
        exec(part.code, scope)  # noqa: S102


def _named(raised: BaseException) -> str:
    kind = type(raised)
    if isinstance(raised, NetException):
        return f"{kind.__module__}.{kind.__name__}"
    return kind.__name__
