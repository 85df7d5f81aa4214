"""Run a button in a process of its own, with limits, and bring back what it did."""

import importlib.util
import multiprocessing
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from revitron_grpc.pytest_plugin.model import RevitModel

SECONDS = 60.0
"""How long a script may take by default."""
MEGABYTES = 1024
"""How much memory a script's process may have by default."""
_SCRIPTS = ("script.py",)


@dataclass(frozen=True)
class ButtonRun:
    """What a button did: changes by handle, what it said, wrote and selected.

    `changed` holds before and after: `{"door-1": {"ALL_MODEL_MARK": ["", "101"]}}`, in internal
    units. `created` counts new elements by class. `tables` are rows as they are shown.
    """

    changed: dict[str, dict[str, list[Any]]] = field(default_factory=dict)
    created: dict[str, int] = field(default_factory=dict)
    deleted: list[str] = field(default_factory=list)
    selected: list[str] = field(default_factory=list)
    transactions: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    output: str = ""
    tables: list[list[list[str]]] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    unused_answers: list[str] = field(default_factory=list)
    error: str = ""
    unknown: str = ""
    trace: str = ""

    @property
    def unchanged(self) -> bool:
        """Whether the model is as it was."""
        return not (self.changed or self.created or self.deleted)


@dataclass(frozen=True)
class _Order:
    script: str
    sources: dict[str, str]
    files: dict[str, bytes]
    model: RevitModel
    answers: list[dict[str, Any]]
    config: dict[str, Any]
    shift_click: bool
    megabytes: int


def run_button_in_process(
    button: str | Path,
    model: RevitModel | None = None,
    *,
    answers: list[dict[str, Any]] | None = None,
    files: dict[str, str] | None = None,
    config: dict[str, Any] | None = None,
    shift_click: bool = False,
    seconds: float = SECONDS,
    megabytes: int = MEGABYTES,
    fails: bool = False,
) -> ButtonRun:
    """Run a script file, or the `script.py` of a bundle folder, and return what it did.

    `answers` are the user's answers to dialogs, in order (docs/testing-buttons.md). `files` are
    names and texts in the user's documents. Fails the test where the script raises, runs into a
    limit, or uses what the simulation does not know; with `fails` the result tells it.
    """
    path = _script_of(Path(button))
    order = _Order(
        script=path.read_text(encoding="utf-8-sig"),
        sources=_own_modules(path),
        files={
            **{f.name: f.read_bytes() for f in path.parent.iterdir() if f.is_file()},
            **{name: text.encode() for name, text in (files or {}).items()},
        },
        model=model or RevitModel(),
        answers=answers or [],
        config=config or {},
        shift_click=shift_click,
        megabytes=megabytes,
    )
    run = _in_process(order, seconds)
    if not fails and (run.error or run.unknown):
        why = run.error or f"not simulated: {run.unknown}"
        pytest.fail(f"{path.name} in Revit {order.model.revit}: {why}\n{run.trace}", pytrace=False)
    return run


def _script_of(path: Path) -> Path:
    if path.is_file():
        return path
    for name in _SCRIPTS:
        if (path / name).is_file():
            return path / name
    pytest.fail(f"{path} is no script and holds no script.py", pytrace=False)


def _own_modules(script: Path) -> dict[str, str]:
    from revitron_grpc.simulation.library_sources import library_folders, read_library

    sources = read_library(library_folders(script))
    sources.pop(script.stem, None)
    return sources


def _in_process(order: _Order, seconds: float) -> ButtonRun:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(theirs, order), daemon=True)
    process.start()
    theirs.close()
    try:
        if not ours.poll(seconds):
            return ButtonRun(error=f"the script took more than {seconds:g} seconds")
        return ours.recv()
    except EOFError:
        process.join(5)
        return ButtonRun(
            error=f"the script's process ended with code {process.exitcode}; it may have needed "
            f"more than {order.megabytes} MB"
        )
    finally:
        process.kill()
        process.join()
        ours.close()


def _run(sender: Connection, order: _Order) -> None:
    _limit_memory(order.megabytes)
    from revitron_grpc.pytest_plugin.worker import run_order

    try:
        result = run_order(
            order.script, order.sources, order.files, order.model, order.answers, order.config,
            shift_click=order.shift_click,
        )  # fmt: skip
    except MemoryError:
        result = ButtonRun(error=f"the script needed more than {order.megabytes} MB")
    except KeyError as error:
        result = ButtonRun(error=f"the model '{order.model.sample}' has no {error}")
    sender.send(result)
    sender.close()


def _limit_memory(megabytes: int) -> None:
    # Windows has no such limit for a process of its own.
    if importlib.util.find_spec("resource") is None:
        return
    resource: Any = importlib.import_module("resource")
    size = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
