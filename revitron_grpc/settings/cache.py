"""Settings of the cache, and of Redis."""

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, SecretStr, field_serializer, model_validator

from revitron_grpc.settings.section import Section

_SCHEMES = ("redis://", "rediss://", "unix://")


class CacheSettings(Section):
    """Results of runs that are kept for whoever asks the same again, and Redis."""

    backend: Literal["memory", "redis", "off"] = "memory"
    """Where results of finished runs are kept: in each replica, in Redis for all replicas, or
    nowhere."""
    redis_url: SecretStr = SecretStr("")
    """Redis as `redis://user:password@host:6379/0`, with TLS `rediss://`; quotas are counted there
    too. Empty: no Redis."""
    redis_url_file: Path | None = None
    """A file that holds that URL, in the place of `redis_url`."""
    redis_timeout_seconds: Annotated[float, Field(ge=0.01, le=10)] = 0.25
    """A Redis that has not answered after this time is away; no stream waits longer for it."""
    redis_connections: Annotated[int, Field(ge=1, le=1_000)] = 8
    """Connections to Redis of one replica, at most."""
    cache_duration_hours: Annotated[float, Field(gt=0, le=8_760)] = 24.0
    """Results, and downloads of `catalog refresh`, are used again for so long."""
    cache_cleanup_interval_hours: Annotated[float, Field(gt=0, le=8_760)] = 1.0
    """So often what has expired is removed from the memory of a replica. Redis does so by itself; a
    download stays until there is a newer one, in case its server is away."""
    enable_validation_cache: bool = True
    """Answer a run whose plan digest is known with what was judged before. Off: every run is
    judged."""
    enable_research_cache: bool = True
    """Use downloads of `catalog refresh` again, and the nearest known tools that were found for a
    candidate. Off: everything is fetched and looked up anew."""
    max_memory_mb: Annotated[int, Field(ge=1, le=65_536)] = 64
    """Size in MiB of the memory cache of one replica; what was used longest ago goes first."""
    max_entry_mb: Annotated[float, Field(gt=0, le=512)] = 8.0
    """Largest result in MiB, compressed, that is kept."""

    @field_serializer("redis_url", when_used="json")
    def _whole(self, url: SecretStr) -> str:
        # JSON is how a worker is told its settings; what is shown is masked (cli/config.py).
        return url.get_secret_value()

    @model_validator(mode="after")
    def _one_url_where_one_is_needed(self) -> Self:
        url = self.redis_url.get_secret_value()
        if url and self.redis_url_file is not None:
            raise ValueError("redis_url and redis_url_file are both given; leave one of them out")
        if url and not url.startswith(_SCHEMES):
            raise ValueError(f"redis_url must begin with {', '.join(_SCHEMES)}")
        if self.backend == "redis" and not self.has_redis:
            raise ValueError("backend redis needs redis_url or redis_url_file")
        return self

    @property
    def has_redis(self) -> bool:
        """Whether there is a Redis."""
        return bool(self.redis_url.get_secret_value()) or self.redis_url_file is not None

    @property
    def duration_seconds(self) -> float:
        """`cache_duration_hours` in seconds."""
        return self.cache_duration_hours * 3600
