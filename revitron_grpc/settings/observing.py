"""Settings of what the service tells about itself."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from revitron_grpc.settings.section import Section, Share


class MetricsSettings(Section):
    """Metrics for Prometheus, at /metrics of the side port."""

    enabled: bool = True
    """Whether /metrics answers; what it shows is counted either way."""
    require_key: bool = False
    """Whether who reads them needs an API key with the permission `read`."""


class TracingSettings(Section):
    """Traces for a collector that speaks OTLP over HTTP; needs the extra `tracing`."""

    endpoint: Annotated[str, Field(pattern=r"^(https?://\S+)?$")] = ""
    """Where spans are sent, such as `http://127.0.0.1:4318/v1/traces`; empty: nothing is traced."""
    sample_ratio: Share = 1.0
    """Share of calls that are traced where the caller does not decide it."""


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
