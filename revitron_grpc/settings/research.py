"""Settings of what an office has fetched for its catalog."""

from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, field_validator

from revitron_grpc.settings.section import Section

_Variable = Annotated[str, Field(pattern=r"^([A-Za-z_][A-Za-z0-9_]*)?$", max_length=128)]


class ResearchSource(Section):
    """One thing that `catalog refresh` fetches."""

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9]([A-Za-z0-9 ._-]{0,62}[A-Za-z0-9])?$")]
    """What the catalog calls it; a folder of the downloads is named so."""
    kind: Literal["library", "extension", "tool_index"]
    """The archive of a Python library or of a pyRevit extension, or a tool index as JSON."""
    url: Annotated[str, Field(max_length=2_000)]
    """Where it is, `https://` only."""
    path: Annotated[str, Field(max_length=400)] = ""
    """A folder in the archive, below its one top folder: only what is in it is read."""
    token_env: _Variable = ""
    """Environment variable with a token, sent as `Authorization: Bearer`."""
    token_file: Path | None = None
    """File with the token instead."""

    @field_validator("url")
    @classmethod
    def _over_https(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme != "https" or not parts.hostname:
            raise ValueError("must begin with https:// and name a host")
        if parts.username is not None or parts.password is not None:
            raise ValueError("must not hold a password; use token_env or token_file")
        return url


class ResearchSettings(Section):
    """What `catalog refresh` fetches, and where it keeps it."""

    sources: list[ResearchSource] = Field(default=[], max_length=50)
    """What is fetched; see docs/operations/research.md."""
    directory: Path | None = None
    """Folder of the downloads and the catalogs made from them; the user's cache folder if absent.
    The service must be able to read it."""
    ca_file: Path | None = None
    """PEM file of further authorities to trust, such as that of an office's proxy."""
    timeout_seconds: Annotated[float, Field(gt=0, le=3_600)] = 60.0
    """Time for one attempt to fetch one source, from the connection to the last byte."""
    attempts: Annotated[int, Field(ge=1, le=10)] = 4
    """Attempts for one source."""
    backoff_seconds: Annotated[float, Field(ge=0, le=60)] = 1.0
    """Wait before the second attempt; it doubles each time, with a random part, up to 60 s. A
    server that says when to come back is believed up to 300 s."""
    max_download_mb: Annotated[int, Field(ge=1, le=2_048)] = 200
    """Largest download in MiB."""
    max_age_hours: Annotated[float, Field(gt=0, le=87_600)] = 168.0
    """A source that its server has not confirmed for so long counts as missing in the
    completeness; what was fetched is used all the same."""
    keep_catalogs: Annotated[int, Field(ge=2, le=100)] = 3
    """Catalogs that are kept, the one in use included."""

    @field_validator("sources")
    @classmethod
    def _names_differ(cls, sources: list[ResearchSource]) -> list[ResearchSource]:
        names = [source.name.lower() for source in sources]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"the name {', '.join(twice)} is used twice")
        return sources

    @property
    def used(self) -> bool:
        """Whether the service looks for a refreshed catalog at all."""
        return bool(self.sources) or self.directory is not None
