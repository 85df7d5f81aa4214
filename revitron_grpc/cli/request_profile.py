"""`generate --profile --output FILE`: where the time of one request goes, function by function."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.table import Table

from revitron_grpc.cli.terminal import err
from revitron_grpc.errors import Reason, RevitronGrpcError

_TOP = 15
# What a stage is called in the table, and the function whose time, with all it calls, is meant.
_STAGES = {
    "plan": ("generation/plan.py", "Planner.plan"),
    "next candidates": ("run.py", "Run.next_future"),
    "judge": ("workshop.py", "Workshop.judge"),
    "  render": ("generation/render.py", "ScriptRenderer.render"),
    "  analyse": ("analysis/analyser.py", "analyse"),
    "  criteria": ("validation/judge.py", "judge"),
    "  assemble": ("assembly.py", "assemble"),
    "settle": ("run.py", "Run.settle"),
    "write messages": ("service/wire/messages.py", "spec_message"),
}


def check_profile(output: Path, *, force: bool) -> None:
    """Refuse a file that a profile must not be written to, before the work is done.

    Raises `RevitronGrpcError` (OUTPUT_EXISTS) where something is there already.
    """
    if not os.path.lexists(output):
        return
    if not output.is_file():
        raise RevitronGrpcError(
            Reason.OUTPUT_EXISTS, f"{output} exists and is no file; choose another name"
        )
    if not force:
        raise RevitronGrpcError(
            Reason.OUTPUT_EXISTS,
            f"{output} exists; use --force to replace it, or choose another name",
        )


class RequestProfile:
    """The CPU time of each function in all threads of this process, those of the pool included.

    The profiler of the standard library sees one thread alone, and candidates are judged in
    others.
    """

    def __init__(self, output: Path) -> None:
        """`output` receives the profile, in the format of the module `pstats`."""
        self._output = output
        self._functions: list[Any] = []
        self._threads = 0

    @contextmanager
    def measured(self) -> Iterator[None]:
        """Profile the block, and write the file at its end, however that comes: whole or not.

        Raises `RevitronGrpcError` (OUTPUT_UNWRITABLE) for a file that cannot be written, before
        the block is entered if that shows already.
        """
        import yappi  # of the extra `server`, and nobody else waits for it

        output = self._output
        try:
            # Beside the file, since only there it can be renamed.
            beside = Path(tempfile.mkdtemp(prefix=f".{output.name}.", dir=output.parent))
        except OSError as error:
            raise _unwritable(output, error) from error
        yappi.set_clock_type("cpu")
        yappi.start(builtins=False, profile_threads=True)
        try:
            yield
        finally:
            yappi.stop()
            functions: Any = yappi.get_func_stats()
            threads: Any = yappi.get_thread_stats()
            yappi.clear_stats()
            self._functions = list(functions)
            self._threads = len(list(threads))
            try:
                functions.save(str(beside / output.name), type="pstat")
                (beside / output.name).replace(output)
            except OSError as error:
                raise _unwritable(output, error) from error
            finally:
                shutil.rmtree(beside, ignore_errors=True)

    def tell(self) -> None:
        """Print, on standard error, the time of each stage and the functions that took most."""
        stages = Table("Stage", "Calls", "CPU s", box=None, pad_edge=False)
        for stage, (module, name) in _STAGES.items():
            for entry in self._functions:
                if entry.name == name and _path(entry).endswith(f"revitron_grpc/{module}"):
                    stages.add_row(stage, str(entry.ncall), f"{entry.ttot:.3f}")
        top = Table("Function", "Calls", "Own CPU s", "With callees", box=None, pad_edge=False)
        for entry in sorted(self._functions, key=lambda found: found.tsub, reverse=True)[:_TOP]:
            top.add_row(
                f"{'/'.join(_path(entry).split('/')[-2:])}:{entry.lineno} {entry.name}",
                str(entry.ncall),
                f"{entry.tsub:.3f}",
                f"{entry.ttot:.3f}",
            )
        for table in (stages, top):
            for column in table.columns[1:]:
                column.justify = "right"
            err.print(table)
        err.print(f"Profile of {self._threads} threads: {self._output}", markup=False)


def _unwritable(output: Path, error: OSError) -> RevitronGrpcError:
    return RevitronGrpcError(
        Reason.OUTPUT_UNWRITABLE,
        f"{output} cannot be written: {error.strerror or error}; choose another place",
    )


def _path(entry: Any) -> str:
    return entry.module.replace("\\", "/")
