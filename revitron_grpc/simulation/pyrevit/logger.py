"""`pyrevit.coreutils.logger`: what scripts write to the log; shown from WARNING on."""

import logging
from typing import Any

from revitron_grpc.simulation.outcome import LogEntry, OutputKind
from revitron_grpc.simulation.pyrevit.host import host
from revitron_grpc.simulation.pyrevit.known import Known

# pyRevit's levels beside Python's own.
_SUCCESS, _DEPRECATE = 80, 25


class LoggerWrapper(Known):
    """A logger; its messages stand in the output window from its level on."""

    _known_as = "pyrevit.coreutils.logger.LoggerWrapper"

    def __init__(self, name: str) -> None:
        self.name = name
        self._level = logging.WARNING
        self._has_errors = False

    def debug(self, message: Any, *args: Any, **kwargs: Any) -> None:
        """Log for developers."""
        self._write(logging.DEBUG, "DEBUG", message, args, kwargs)

    def info(self, message: Any, *args: Any, **kwargs: Any) -> None:
        """Log what goes on; hidden unless the level is lowered."""
        self._write(logging.INFO, "INFO", message, args, kwargs)

    def warning(self, message: Any, *args: Any, **kwargs: Any) -> None:
        """Log a warning."""
        self._write(logging.WARNING, "WARNING", message, args, kwargs)

    warn = warning

    def error(self, message: Any, *args: Any, **kwargs: Any) -> None:
        """Log an error."""
        self._has_errors = True
        self._write(logging.ERROR, "ERROR", message, args, kwargs)

    exception = error

    def critical(self, message: Any, *args: Any, **kwargs: Any) -> None:
        """Log a critical error."""
        self._has_errors = True
        self._write(logging.CRITICAL, "CRITICAL", message, args, kwargs)

    def success(self, message: Any, *args: Any, **kwargs: Any) -> None:
        """Log that something went well; always shown."""
        self._write(_SUCCESS, "SUCCESS", message, args, kwargs)

    def deprecate(self, message: Any, *args: Any, **kwargs: Any) -> None:
        """Log that something should no longer be used."""
        self._write(_DEPRECATE, "DEPRECATE", message, args, kwargs)

    def has_errors(self) -> bool:
        """Tell whether an error was logged."""
        return self._has_errors

    def set_level(self, level: int) -> None:
        """Show messages from this level on."""
        self._level = level

    def set_verbose_mode(self) -> None:
        """Show information too."""
        self._level = logging.INFO

    def set_debug_mode(self) -> None:
        """Show everything."""
        self._level = logging.DEBUG

    def set_quiet_mode(self) -> None:
        """Show critical errors alone."""
        self._level = logging.CRITICAL

    def reset_level(self) -> None:
        """Show warnings and errors again."""
        self._level = logging.WARNING

    def get_level(self) -> int:
        """Return the level from which messages are shown."""
        return self._level

    def is_enabled_for(self, level: int) -> bool:
        """Tell whether messages of a level are shown."""
        return level >= self._level

    isEnabledFor = is_enabled_for  # noqa: N815 - pyRevit's name

    def _write(
        self, level: int, named: str, message: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        del kwargs
        text = str(message) % args if args else str(message)
        outcome = host().outcome
        outcome.log.append(LogEntry(named, text))
        if level >= self._level:
            outcome.show(OutputKind.LOG, f"{named} [{self.name}] {text}")


def get_logger(logger_name: str) -> LoggerWrapper:
    """Return a logger of that name."""
    return LoggerWrapper(logger_name)
