"""Rotating log files: all lines in one, errors in another, neither able to stop a service."""

import contextlib
import logging
import os
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TextIO

from filelock import FileLock, Timeout
from typing_extensions import override

from revitron_grpc.errors import FieldViolation, InvalidInputError, Reason
from revitron_grpc.settings import AuditSettings, LoggingSettings

_MIB = 1024 * 1024


class LogFiles:
    """The files of one process: `revitron-grpc-N.log` and `revitron-grpc-N-errors.log`.

    With `audit` there is a third one, `revitron-grpc-N-audit.log`. A lock beside them keeps a
    second process from writing, and rotating, the same files.
    """

    def __init__(
        self, settings: LoggingSettings, name: str, audit: AuditSettings | None = None
    ) -> None:
        """Raises `InvalidInputError` (INVALID_CONFIGURATION) for a folder that cannot be used."""
        assert settings.directory is not None  # noqa: S101 - the caller looked
        folder, name = settings.directory, f"revitron-grpc-{name}"
        # The lock is this object's, whichever thread closes it.
        self._lock = FileLock(folder / f"{name}.lock", timeout=0, thread_local=False)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
        except Timeout as error:
            raise _unusable(
                f"another process writes {name}.log in {folder}; give each process its own "
                "server.replica or logging.directory"
            ) from error
        except OSError as error:
            raise _unusable(f"{folder} cannot be written: {error.strerror}") from error
        self.main = LogFile(folder / f"{name}.log", settings)
        self.errors = LogFile(folder / f"{name}-errors.log", settings)
        self.errors.setLevel(logging.ERROR)
        self.audit = LogFile(folder / f"{name}-audit.log", audit) if audit is not None else None

    def close(self) -> None:
        """Close both files and let others have them."""
        self.main.close()
        self.errors.close()
        if self.audit is not None:
            self.audit.close()
        self._lock.release()


class LogFile(RotatingFileHandler):
    """A log file that loses lines while it cannot be written, says so, and goes on."""

    def __init__(self, path: Path, settings: LoggingSettings | AuditSettings) -> None:
        super().__init__(
            path,
            maxBytes=settings.max_file_mb * _MIB,
            backupCount=settings.max_files,
            encoding="utf-8",
            # Half a character, as it can stand in a file name, loses no line.
            errors="backslashreplace",
            delay=True,
        )
        self._path = path
        self._lost = 0

    @override
    def emit(self, record: logging.LogRecord) -> None:
        """Write a line; after an outage, first how many were lost."""
        lost = self._lost
        self._leave_deleted()
        super().emit(record)
        if lost and self._lost == lost:
            self._lost = 0
            _tell(f"the log file {self._path} is written again; {lost} lines were lost")

    def _leave_deleted(self) -> None:
        """Close a file that was deleted, or whose folder was: nobody could read what is written.

        The line is then written to a new file, or counted as lost where there is no folder.
        """
        if self.stream and os.fstat(self.stream.fileno()).st_nlink == 0:
            self._close_stream()

    @override
    def handleError(self, record: logging.LogRecord) -> None:
        """Count the line as lost, tell the first one on standard error, and open anew next time."""
        if not self._lost:
            error = sys.exception()
            _tell(
                f"the log file {self._path} cannot be written: {error}; lines are lost until it can"
            )
        self._lost += 1
        self._close_stream()

    def _close_stream(self) -> None:
        """The next line opens it again."""
        stream: TextIO | None = self.stream
        self.stream = None  # type: ignore[assignment]
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()


def _tell(message: str) -> None:
    # Not through the log, which is what fails; and standard error may be gone as well.
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.write(f"warning: {message}\n")


def _unusable(message: str) -> InvalidInputError:
    return InvalidInputError(
        Reason.INVALID_CONFIGURATION, (FieldViolation("logging.directory", message),)
    )
