"""Settings: read once at the edge from YAML and the environment, handed down in pieces.

Order of precedence: environment (`REVITRON_GRPC_` with `__` between the levels, such as
`REVITRON_GRPC_SERVER__PORT=50052`), then the file, then the defaults below. Unknown keys are
errors, so that a misspelt limit does not silently do nothing.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict
from typing_extensions import override

from revitron_grpc.errors import FieldViolation, InvalidInputError, Reason
from revitron_grpc.framework_environment import chosen_file, chosen_level
from revitron_grpc.vocabulary import Criterion

ENVIRONMENT_PREFIX = "REVITRON_GRPC_"

Share = Annotated[float, Field(ge=0, le=1)]
Seconds = Annotated[float, Field(ge=0, le=86_400)]

DEFAULT_THRESHOLDS: dict[Criterion, float] = {
    Criterion.TECHNICAL_FEASIBILITY: 0.8,
    Criterion.DUPLICATE_CHECK: 1.0,
    Criterion.AEC_VALUE: 0.7,
    Criterion.IMPLEMENTATION_COMPLEXITY: 0.6,
    Criterion.API_COMPATIBILITY: 0.9,
    Criterion.INNOVATION_SCORE: 0.5,
    Criterion.RESOURCE_REQUIREMENTS: 0.7,
}


class Section(BaseModel):
    """The base of all sections: unknown keys are errors, nothing changes after loading."""

    # The attribute docstrings below are also what docs/configuration.md says; a test compares.
    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class ServerSettings(Section):
    """The gRPC port and its limits."""

    host: str = "127.0.0.1"
    """Address to listen on; loopback unless somebody decides otherwise."""
    port: Annotated[int, Field(ge=0, le=65_535)] = 50051
    """gRPC port; 0 takes a free one."""
    replica: Annotated[int, Field(ge=0, le=999)] = 0
    """Index of this replica on the machine; added to `http.port`."""
    processes: Annotated[int, Field(ge=1, le=256)] = 1
    """Serving processes; with more than one a supervisor starts and watches them. Process N has
    `port` + N and replica index N."""
    shared_port: bool = False
    """All processes on one `port`, where there is no proxy; Linux spreads connections, not calls.
    Off, a port that is taken is an error."""
    max_concurrent_runs: Annotated[int, Field(ge=1, le=10_000)] = 128
    """Generation calls in flight before further ones get RESOURCE_EXHAUSTED."""
    max_concurrent_validations: Annotated[int, Field(ge=1, le=10_000)] = 32
    """Validation calls in flight before further ones get RESOURCE_EXHAUSTED."""
    max_concurrent_calls: Annotated[int, Field(ge=1, le=100_000)] = 512
    """Calls of all kinds in flight, health left out, before further ones get
    RESOURCE_EXHAUSTED."""
    max_concurrent_streams: Annotated[int, Field(ge=1, le=100_000)] = 256
    """Calls open on one connection; a client holds further ones back and says nothing, so keep it
    above `max_concurrent_runs`, which answers with a delay."""
    max_connections: Annotated[int, Field(ge=1, le=100_000)] = 512
    """Connections to the gRPC port; a further one is closed at once. Keep it below the limit on
    open files."""
    heartbeat_seconds: Annotated[float, Field(gt=0, le=15)] = 10.0
    """A stream is never silent for longer; the contract promises 15."""
    reflection: bool = True
    """Server reflection, which grpcurl uses."""
    channelz: bool = True
    """Channelz, the live state of channels and sockets."""
    keepalive_seconds: Annotated[float, Field(ge=10, le=7_200)] = 60.0
    """Ping an idle connection after this time, so that dead peers are noticed."""
    keepalive_timeout_seconds: Annotated[float, Field(ge=1, le=3_600)] = 20.0
    """A peer that does not answer such a ping for so long is gone, and its calls end."""
    min_ping_interval_seconds: Annotated[float, Field(ge=1, le=3_600)] = 10.0
    """Clients that ping more often are cut off; gRPC's own default of 300 s surprises them."""
    max_connection_age_seconds: Annotated[float, Field(ge=1, le=86_400)] = 1_800.0
    """Connections are renewed after this time, so that a balancer can spread them anew."""
    max_connection_age_grace_seconds: Annotated[float, Field(ge=1, le=86_400)] = 600.0
    """Streams under way on an aged connection have this long to end."""
    handshake_seconds: Annotated[float, Field(ge=0.1, le=120)] = 10.0
    """A connection that has not begun to speak HTTP/2 by then is closed; gRPC's own default of
    120 s lets callers hold connections for nothing."""
    max_request_bytes: Annotated[int, Field(ge=65_536, le=67_108_864)] = 20_971_520
    """Largest message accepted. A request with 5,000 existing tools, each with texts of full
    length, is about 13 MB in ASCII and more in other letters; lib files of a validation may have
    16 MiB."""


class HttpSettings(Section):
    """The side port: /health, /ready, and calls as newline-delimited JSON."""

    enabled: bool = True
    """Whether the side port is opened."""
    host: str = "127.0.0.1"
    """Address to listen on."""
    port: Annotated[int, Field(ge=0, le=65_535)] = 8080
    """Port of replica 0; replica N listens on port + N; 0 takes a free one."""
    max_connections: Annotated[int, Field(ge=1, le=100_000)] = 1_024
    """Connections open at one time; further ones are closed at once."""
    read_seconds: Annotated[float, Field(gt=0, le=3_600)] = 30.0
    """Time for a request's headers to come in whole, and for the body of a generation; a connection
    without a request is closed after it."""


class ExecutorSettings(Section):
    """The bounded pool that judges candidates."""

    kind: Literal["thread", "process"] = "thread"
    """Threads share the catalog; spawned processes keep the event loop freer."""
    max_workers: Annotated[int, Field(ge=0, le=256)] = 0
    """Workers; 0 takes the number of cores. More threads than cores only hurt (GIL)."""
    window: Annotated[int, Field(ge=0, le=256)] = 0
    """Candidates in work for one run; 0 takes twice the workers, at least 4."""

    @property
    def workers(self) -> int:
        """The number of workers after the default is filled in."""
        return self.max_workers or os.cpu_count() or 1

    @property
    def run_window(self) -> int:
        """The window of one run after the default is filled in."""
        return self.window or max(4, 2 * self.workers)


class ValidationSettings(Section):
    """The bar that candidates must pass."""

    thresholds: dict[Criterion, Share] = {}
    """Thresholds that differ from the defaults of the docs."""
    disabled: list[Criterion] = []
    """Checks that are switched off; every spec then carries a mark."""

    def threshold(self, criterion: Criterion) -> float:
        """Return the configured threshold of a criterion."""
        return self.thresholds.get(criterion, DEFAULT_THRESHOLDS[criterion])


class ReviewSettings(Section):
    """Validation of scripts and bundles that callers send."""

    inline_bytes: Annotated[int, Field(ge=0, le=1_048_576)] = 65_536
    """Items of more bytes of Python and YAML, their lib modules included, go to a spawned worker:
    a large script would hold up the event loop while it is parsed."""
    script_workers: Annotated[int, Field(ge=1, le=64)] = 2
    """Spawned workers for those items; each is started when it is needed and takes some 200 MiB."""
    script_seconds: Annotated[float, Field(gt=0, le=600)] = 30.0
    """Time for one item in a worker; beyond it the item gets a finding instead of a report."""
    script_memory_mb: Annotated[int, Field(ge=64, le=65_536)] = 1024
    """Address space in MiB that one item may take beyond the catalog; not on Windows."""
    idle_seconds: Annotated[float, Field(gt=0, le=86_400)] = 300.0
    """A worker without work for so long is ended."""
    silence_seconds: Annotated[float, Field(gt=0, le=3_600)] = 60.0
    """A caller who sends nothing for so long, while nothing of his is in work, is cut off."""


class CatalogSettings(Section):
    """Facts and recipes."""

    path: Path | None = None
    """A catalog file made by `catalog build`; the packaged one if absent."""
    recipe_packs: list[Path] = []
    """Folders with further recipe packs."""


class ShutdownSettings(Section):
    """The order of an orderly end: notice, then drain, then exit."""

    notice_seconds: Seconds = 2.0
    """NOT_SERVING and /ready 404 are shown this long before new work is refused."""
    drain_seconds: Seconds = 60.0
    """Runs under way have this long to end."""


class ResumeSettings(Section):
    """Resume tokens."""

    secret: Annotated[str, Field(repr=False, max_length=256)] = ""
    """Signs tokens; the same on all replicas. Empty: a key that everybody knows, which keeps
    tokens from being mangled but not from being forged."""


class LoggingSettings(Section):
    """Log lines."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    """Least level that is written."""
    format: Literal["auto", "console", "json"] = "auto"
    """auto writes for people on a terminal and JSON elsewhere; files always hold JSON."""
    stderr: bool = True
    """Whether lines go to standard error."""
    directory: Path | None = None
    """Folder of the rotating log files, one of all lines and one of errors for each replica; no
    files if absent."""
    max_file_mb: Annotated[int, Field(ge=1, le=1_024)] = 10
    """Size in MiB at which a log file is closed and the next one begun."""
    max_files: Annotated[int, Field(ge=1, le=100)] = 5
    """Closed files that are kept of each kind; the oldest goes first."""


class FrameworkSettings(Section):
    """Switches of the whole service."""

    strict_mode: bool = False
    """Serve nothing less than the full bar; an incomplete catalog is not served at all."""
    min_completeness: Share = 0.95
    """Completeness of the catalog below which strict mode does not serve."""
    debug_mode: bool = False
    """Log level debug, whatever `logging.level` says, and tracebacks of refused calls too."""
    asyncio_debug: bool = False
    """With debug_mode: the event loop's own checks, which make every call slower."""
    disable_validation: bool = False
    """Emergency: all criteria are switched off; every spec says so."""
    disable_research: bool = False
    """Emergency: nothing is compared with tools that exist; every spec says so."""


class MemoryManagementSettings(Section):
    """Memory of a serving process."""

    aggressive_gc: bool = False
    """Collect garbage and hand memory back to the system when the last run has ended."""
    max_memory_mb: Annotated[int, Field(ge=0, le=1_048_576)] = 0
    """Resident memory of a serving process, in MB of 1,048,576 bytes, above which new calls get
    RESOURCE_EXHAUSTED until it is below nine tenths; 0 for no ceiling."""


class PerformanceSettings(Section):
    """Workers, measuring, memory."""

    parallel_processing: bool = True
    """Off: one worker, whatever `max_workers` says."""
    max_workers: Annotated[int, Field(ge=0, le=256)] | None = None
    """Another name of `executor.max_workers`; two different values are an error."""
    performance_monitoring: bool = False
    """Measure stages and the event loop, and log it for each run and each interval."""
    monitoring_interval_seconds: Annotated[float, Field(ge=1, le=3_600)] = 60.0
    """Seconds between two log lines of the monitoring."""
    memory_management: MemoryManagementSettings = MemoryManagementSettings()


class Settings(BaseSettings):
    """All settings of the service."""

    model_config = SettingsConfigDict(
        env_prefix=ENVIRONMENT_PREFIX,
        env_nested_delimiter="__",
        extra="forbid",
        frozen=True,
    )

    server: ServerSettings = ServerSettings()
    http: HttpSettings = HttpSettings()
    executor: ExecutorSettings = ExecutorSettings()
    validation: ValidationSettings = ValidationSettings()
    review: ReviewSettings = ReviewSettings()
    catalog: CatalogSettings = CatalogSettings()
    shutdown: ShutdownSettings = ShutdownSettings()
    resume: ResumeSettings = ResumeSettings()
    logging: LoggingSettings = LoggingSettings()
    framework: FrameworkSettings = FrameworkSettings()
    performance: PerformanceSettings = PerformanceSettings()

    @model_validator(mode="after")
    def _strict_is_strict(self) -> Self:
        _check_strict_mode(self)
        return self

    @model_validator(mode="after")
    def _one_place_for_the_workers(self) -> Self:
        """Let `executor.max_workers` hold what `performance` says about workers."""
        alias, workers = self.performance.max_workers, self.executor.max_workers
        if alias is not None and workers and alias != workers:
            raise ValueError(
                f"performance.max_workers ({alias}) and executor.max_workers ({workers}) are one "
                "setting under two names; leave one of them out"
            )
        if alias is not None:
            workers = alias
        if not self.performance.parallel_processing:
            workers = 1
        if workers != self.executor.max_workers:
            executor = self.executor.model_copy(update={"max_workers": workers})
            # The model is frozen for everybody else; this is still its making.
            object.__setattr__(self, "executor", executor)
        return self

    @classmethod
    @override
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment win over the file; there are no other sources."""
        return env_settings, init_settings


def load_settings(path: Path | None = None) -> Settings:
    """Load settings from a YAML file and the environment.

    Without a path the file is the one that `REVITRON_FRAMEWORK_ENV` picks, if it is set.

    Raises `InvalidInputError` (INVALID_CONFIGURATION) that names the file, every wrong key and
    what would be right.
    """
    raw: Any = {}
    path = path or chosen_file()
    level = chosen_level()
    if path is not None:
        try:
            raw = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        except FileNotFoundError as error:
            raise _invalid(path, "", "the file does not exist") from error
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            raise _invalid(path, "", f"cannot be read as YAML: {error}") from error
        if not isinstance(raw, dict):
            raise _invalid(path, "", "must hold sections such as `server:`")
    if level is not None:
        logging = raw.setdefault("logging", {})
        if isinstance(logging, dict):
            logging["level"] = level
    unknown = _unknown_variables()
    if unknown:
        raise InvalidInputError(Reason.INVALID_CONFIGURATION, unknown)
    try:
        return Settings(**raw)
    except ValidationError as error:
        raise InvalidInputError(
            Reason.INVALID_CONFIGURATION,
            tuple(_violation(path, e["loc"], e["msg"], e["type"]) for e in error.errors()),
        ) from error


def _check_strict_mode(settings: Settings) -> None:
    """Raise `ValueError` for a strict service that would let less than the full bar pass."""
    if not settings.framework.strict_mode:
        return
    lax = [
        f"framework.{name}"
        for name in ("disable_validation", "disable_research")
        if getattr(settings.framework, name)
    ]
    if settings.validation.disabled:
        lax.append("validation.disabled")
    lax += [
        f"validation.thresholds.{criterion} below {DEFAULT_THRESHOLDS[criterion]}"
        for criterion, threshold in settings.validation.thresholds.items()
        if threshold < DEFAULT_THRESHOLDS[criterion]
    ]
    if lax:
        raise ValueError(
            f"framework.strict_mode and {', '.join(lax)} contradict each other; leave one out"
        )


def changed(settings: Settings, options: Mapping[str, Mapping[str, object]]) -> Settings:
    """Return the settings with some keys changed by options, which win over everything.

    Raises `InvalidInputError` (INVALID_CONFIGURATION) where the result would be wrong.
    """
    update: dict[str, Section] = {}
    for name, keys in options.items():
        section = getattr(settings, name)
        if keys:
            update[name] = type(section).model_validate(
                section.model_dump(exclude_unset=True) | dict(keys)
            )
    # Not validated as a whole: that would read the environment again, which options win over.
    result = settings.model_copy(update=update)
    try:
        _check_strict_mode(result)
    except ValueError as error:
        raise InvalidInputError(
            Reason.INVALID_CONFIGURATION, (FieldViolation("options", str(error)),)
        ) from error
    return result


def _unknown_variables() -> tuple[FieldViolation, ...]:
    """Environment variables of ours whose section does not exist; pydantic passes over them."""
    return tuple(
        FieldViolation(
            name, f"is no setting; sections are {', '.join(sorted(Settings.model_fields))}"
        )
        for name in sorted(os.environ)
        if name.upper().startswith(ENVIRONMENT_PREFIX)
        and name[len(ENVIRONMENT_PREFIX) :].split("__")[0].lower() not in Settings.model_fields
    )


def _violation(
    path: Path | None, location: tuple[int | str, ...], message: str, kind: str
) -> FieldViolation:
    key = ".".join(str(part) for part in location)
    if kind == "extra_forbidden":
        message = f"is no setting; allowed here: {', '.join(_allowed_at(location))}"
    variable = ENVIRONMENT_PREFIX + "__".join(str(part) for part in location).upper()
    if variable in os.environ:
        return FieldViolation(f"environment variable {variable}", message)
    return FieldViolation(": ".join(str(p) for p in (path, key) if p) or "settings", message)


def _allowed_at(location: tuple[int | str, ...]) -> list[str]:
    model: type[BaseModel] = Settings
    for part in location[:-1]:
        field = model.model_fields.get(str(part))
        if field is None or not isinstance(field.annotation, type):
            return []
        model = field.annotation
    return sorted(model.model_fields)


def _invalid(path: Path, key: str, message: str) -> InvalidInputError:
    return InvalidInputError(
        Reason.INVALID_CONFIGURATION, (FieldViolation(f"{path}{key and ': ' + key}", message),)
    )
