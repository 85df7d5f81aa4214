"""Settings of what is stored: runs, and the database in which they are."""

import re
from pathlib import Path
from typing import Annotated, Self

from pydantic import ConfigDict, Field, field_validator, model_validator

from revitron_grpc.settings.section import Section

NO_STORE = "none"
"""`runs.url` of a service that stores nothing."""
_SCHEMES = ("sqlite", "postgresql")
# Up to the last @, since people forget to write one in a password as %40.
_PASSWORD = re.compile(r"(?<=://)([^:/@]*):.*(?=@)|(?<=password=)()[^&]*")


class RunsSettings(Section):
    """The database: runs, what people thought of their buttons, API keys."""

    # Messages of pydantic would quote the value, and with it the password.
    model_config = ConfigDict(hide_input_in_errors=True)

    url: Annotated[str, Field(repr=False, max_length=4_096)] = ""
    """`postgresql://USER:PASSWORD@HOST/NAME`, `sqlite:///FILE` (an absolute path has four slashes),
    or `none` to store nothing. Empty: the file `runs.sqlite3` in the data folder of the user who
    serves; a service in the process of a command stores nothing then."""
    url_file: Path | None = None
    """A file whose first line is the `url`, so that its password stands in no environment."""
    timeout_seconds: Annotated[float, Field(ge=0.1, le=60)] = 2.0
    """One look into the database has this long; then it counts as away."""
    pool_size: Annotated[int, Field(ge=1, le=64)] = 4
    """Connections to PostgreSQL that a replica holds at most, and threads that wait for them."""
    retention_days: Annotated[int, Field(ge=0, le=36_500)] = 90
    """Runs are deleted so many days after they were accepted; 0 keeps them. Ratings stay, so that
    a rejected idea stays rejected."""
    spool_directory: Path | None = None
    """Folder of the runs that are owed to a database that is away; a disk that outlives the
    process. Absent: the folder `spool` beside the SQLite file, else in the data folder of the user
    who serves."""
    spool_max_mb: Annotated[int, Field(ge=1, le=65_536)] = 64
    """Size in MiB up to which a replica keeps owed runs on the disk; a run of 250 buttons takes
    about 40 KB."""

    @field_validator("url")
    @classmethod
    def _a_database_that_is_served(cls, url: str) -> str:
        if url not in ("", NO_STORE) and not url.startswith(tuple(f"{s}:" for s in _SCHEMES)):
            raise ValueError(
                "must be postgresql://USER:PASSWORD@HOST/NAME, sqlite:///FILE, or none"
            )
        return url

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if self.url and self.url_file is not None:
            raise ValueError("url and url_file say the same thing twice; leave one of them out")
        return self


def without_password(url: str) -> str:
    """Return a database URL for people and logs: its password masked.

    >>> without_password("postgresql://anna:secret@db/runs")
    'postgresql://anna:***@db/runs'
    """
    return _PASSWORD.sub(lambda found: f"{found[1]}:***" if found[1] is not None else "***", url)
