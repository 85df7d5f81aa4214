"""Settings: read once at the edge from YAML and the environment, handed down in pieces.

Order of precedence: environment (`REVITRON_GRPC_` with `__` between the levels, such as
`REVITRON_GRPC_SERVER__PORT=50052`), then the file, then the defaults of the sections. Unknown
keys are errors, so that a misspelt limit does not silently do nothing.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

import yaml
from pydantic import BaseModel, ValidationError, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict
from typing_extensions import override

from revitron_grpc.errors import FieldViolation, InvalidInputError, Reason
from revitron_grpc.framework_environment import chosen_file, chosen_level
from revitron_grpc.settings.cache import CacheSettings
from revitron_grpc.settings.judging import (
    DEFAULT_THRESHOLDS,
    CatalogSettings,
    FrameworkSettings,
    ReviewSettings,
    ValidationSettings,
)
from revitron_grpc.settings.observing import LoggingSettings, MetricsSettings, TracingSettings
from revitron_grpc.settings.research import ResearchSettings
from revitron_grpc.settings.section import Section
from revitron_grpc.settings.security import (
    AuditSettings,
    KeysSettings,
    QuotaSettings,
    ResumeSettings,
    TlsSettings,
)
from revitron_grpc.settings.serving import (
    ExecutorSettings,
    HttpSettings,
    MemoryManagementSettings,
    PerformanceSettings,
    ServerSettings,
    ShutdownSettings,
)
from revitron_grpc.settings.stores import RunsSettings

__all__ = [
    "API_KEY_VARIABLE",
    "DEFAULT_THRESHOLDS",
    "ENVIRONMENT_PREFIX",
    "AuditSettings",
    "CacheSettings",
    "CatalogSettings",
    "ExecutorSettings",
    "FrameworkSettings",
    "HttpSettings",
    "KeysSettings",
    "LoggingSettings",
    "MemoryManagementSettings",
    "MetricsSettings",
    "PerformanceSettings",
    "QuotaSettings",
    "ResearchSettings",
    "ResumeSettings",
    "ReviewSettings",
    "RunsSettings",
    "Section",
    "ServerSettings",
    "Settings",
    "ShutdownSettings",
    "TlsSettings",
    "TracingSettings",
    "ValidationSettings",
    "changed",
    "load_settings",
]

ENVIRONMENT_PREFIX = "REVITRON_GRPC_"
API_KEY_VARIABLE = "REVITRON_GRPC_API_KEY"
"""No setting: the key that commands send to a service."""


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
    tls: TlsSettings = TlsSettings()
    executor: ExecutorSettings = ExecutorSettings()
    validation: ValidationSettings = ValidationSettings()
    review: ReviewSettings = ReviewSettings()
    catalog: CatalogSettings = CatalogSettings()
    research: ResearchSettings = ResearchSettings()
    shutdown: ShutdownSettings = ShutdownSettings()
    resume: ResumeSettings = ResumeSettings()
    keys: KeysSettings = KeysSettings()
    quotas: QuotaSettings = QuotaSettings()
    audit: AuditSettings = AuditSettings()
    runs: RunsSettings = RunsSettings()
    cache: CacheSettings = CacheSettings()
    logging: LoggingSettings = LoggingSettings()
    metrics: MetricsSettings = MetricsSettings()
    tracing: TracingSettings = TracingSettings()
    framework: FrameworkSettings = FrameworkSettings()
    performance: PerformanceSettings = PerformanceSettings()

    @model_validator(mode="after")
    def _strict_is_strict(self) -> Self:
        _check_strict_mode(self)
        return self

    @model_validator(mode="after")
    def _keys_where_metrics_need_one(self) -> Self:
        if self.metrics.require_key and not self.keys.required:
            raise ValueError("metrics.require_key needs keys.required")
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
        and name.upper() != API_KEY_VARIABLE
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
