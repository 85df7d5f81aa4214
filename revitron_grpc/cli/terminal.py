"""What every command shares: consoles, exit codes, errors told to people."""

import asyncio
import io
import os
import sys
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import Any

import typer
from rich.console import Console

from revitron_grpc.errors import InvalidInputError, Reason, RevitronGrpcError

# In a pipe nobody has a window whose width a table would have to fit.
_PIPE_WIDTH = None if sys.stdout.isatty() or "COLUMNS" in os.environ else 240
out = Console(highlight=False, soft_wrap=True, width=_PIPE_WIDTH)
err = Console(stderr=True, highlight=False, soft_wrap=True)


class ExitCode(IntEnum):
    """What the command's exit code says."""

    GOOD = 0
    FINDINGS = 1
    USAGE = 2
    SERVER = 3
    INTERRUPTED = 130


_SERVER_REASONS = frozenset(
    {
        Reason.SERVER_UNREACHABLE,
        Reason.STREAM_BROKEN,
        Reason.DEADLINE_EXCEEDED,
        Reason.OVERLOADED,
        Reason.DRAINING,
        Reason.NOT_IMPLEMENTED,
        Reason.RUN_NOT_FOUND,
        Reason.STORE_UNAVAILABLE,
        Reason.PLAN_CHANGED,
        Reason.RESUME_TOKEN_INVALID,
        Reason.CATALOG_INCOMPLETE,
        Reason.RESEARCH_DISABLED,
        Reason.UNAUTHENTICATED,
        Reason.PERMISSION_DENIED,
        Reason.KEYS_UNREADABLE,
        Reason.QUOTA_EXCEEDED,
    }
)


def use_utf8() -> None:
    """Write UTF-8 whatever the console's code page; what it cannot show becomes `?`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


@contextmanager
def told_errors() -> Iterator[None]:
    """Turn errors of the project into a message and an exit code."""
    try:
        yield
    except InvalidInputError as error:
        for violation in error.violations:
            err.print(
                f"error: {violation.field}: {violation.description}", style="red", markup=False
            )
        _tell_notes(error)
        raise typer.Exit(ExitCode.USAGE) from error
    except RevitronGrpcError as error:
        err.print(f"error: {error.message}", style="red", markup=False)
        _tell_notes(error)
        code = ExitCode.SERVER if error.reason in _SERVER_REASONS else ExitCode.USAGE
        raise typer.Exit(code) from error
    except KeyboardInterrupt as error:
        err.print("interrupted")
        raise typer.Exit(ExitCode.INTERRUPTED) from error


def _tell_notes(error: Exception) -> None:
    for note in getattr(error, "__notes__", ()):
        err.print(note, markup=False)


def run_async(work: Coroutine[Any, Any, int]) -> None:
    """Run a command's coroutine and exit with the code that it returns."""
    with told_errors():
        code = asyncio.run(work)
        if code:
            raise typer.Exit(code)
