"""Log lines: Elastic Common Schema for machines, plain for people, the request id in all."""

import logging
import sys
from typing import Any, cast

import structlog
from ecs_logging import StructlogFormatter
from structlog.typing import EventDict, Processor, WrappedLogger

from revitron_grpc import __version__
from revitron_grpc.process_logs import FIELDS
from revitron_grpc.service.telemetry.audit import NAME as AUDIT
from revitron_grpc.service.telemetry.ecs import EcsFields
from revitron_grpc.service.telemetry.log_files import LogFiles
from revitron_grpc.service.telemetry.logged_events import LOGGED
from revitron_grpc.settings import AuditSettings, LoggingSettings

# What is set up now: a process may set its log up more than once, as tests do.
_handlers: list[logging.Handler] = []
_audit_handlers: list[logging.Handler] = []
_files: list[LogFiles] = []


def configure_logging(
    settings: LoggingSettings,
    replica: int | None = None,
    *,
    name: str = "0",
    debug: bool = False,
    audit: AuditSettings | None = None,
) -> None:
    """Set up the log of this process: standard error, and files where there is a directory.

    With `replica` every line for people says which of several processes wrote it; lines for
    machines always say it by `name`, which stands in the names of the files too: the replica's
    index, or what the process is; no two processes may share it.
    Lines of the libraries are written the same way, from WARNING on: below it they belong to
    others. `debug` writes everything of ours. A traceback never shows the values of variables:
    they may be secrets, or what a caller sent.

    With `audit` the lines of the audit log go to files of their own where there is a directory,
    else where all others go.

    Raises `InvalidInputError` (INVALID_CONFIGURATION) for a directory that cannot be used.
    """
    audited = audit is not None and audit.enabled
    level = logging.DEBUG if debug else logging.getLevelNamesMapping()[settings.level.upper()]
    for_machines = EcsFields(__version__, name)
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        _add_fields,
    ]
    _forget_handlers()
    if settings.stderr:
        _handlers.append(logging.StreamHandler(sys.stderr))
        for_people = settings.format == "console" or (
            settings.format == "auto" and sys.stderr.isatty()
        )
        utf8 = (sys.stderr.encoding or "").lower().replace("-", "") == "utf8"
        _handlers[0].setFormatter(
            _for_people(shared, replica)
            if for_people
            else _for_machines(shared, for_machines, ensure_ascii=not utf8)
        )
    if settings.directory is not None:
        files = LogFiles(settings, name, audit if audited else None)
        _files.append(files)
        for handler in (files.main, files.errors):
            handler.setFormatter(_for_machines(shared, for_machines, ensure_ascii=False))
            _handlers.append(handler)
        if files.audit is not None:
            files.audit.setFormatter(_for_machines(shared, for_machines, ensure_ascii=False))
            _audit_handlers.append(files.audit)
    if not _handlers:
        # Without any handler Python would write to standard error all the same.
        _handlers.append(logging.NullHandler())
    root = logging.getLogger()
    for handler in _handlers:
        root.addHandler(handler)
    root.addHandler(LOGGED)
    logging.getLogger("revitron_grpc").setLevel(level)
    lines = logging.getLogger(AUDIT)
    for handler in _audit_handlers:
        lines.addHandler(handler)
    lines.propagate = not _audit_handlers
    lines.disabled = not audited
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def _add_fields(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """Take over the words that a record of the standard library carries (see process_logs)."""
    record = event.get("_record")
    if record is not None:
        event.update(getattr(record, FIELDS, {}))
    return event


def _names(replica: int | None) -> Processor:
    def add(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
        if replica is not None:
            event["replica"] = replica
        return event

    return add


def _forget_handlers() -> None:
    root = logging.getLogger()
    for handler in _handlers:
        root.removeHandler(handler)
    _handlers.clear()
    for handler in _audit_handlers:
        logging.getLogger(AUDIT).removeHandler(handler)
    _audit_handlers.clear()
    for files in _files:
        files.close()
    _files.clear()


def _for_machines(shared: list[Any], fields: EcsFields, *, ensure_ascii: bool) -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[fields, cast("Processor", StructlogFormatter(ensure_ascii=ensure_ascii))],
    )


def _for_people(shared: list[Any], replica: int | None) -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            _names(replica),
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.TimeStamper(fmt="%H:%M:%S"),
            # Rich's tracebacks, the default, would print the values of all local variables.
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
            ),
        ],
    )
