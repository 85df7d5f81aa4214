"""The tables. docs/operations/privacy.md says of every column what is in it; a test compares.

What stands here is what the newest migration leaves behind; a test compares that too.
"""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from typing_extensions import override

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcTime(sa.types.TypeDecorator[datetime]):
    """A moment, to the microsecond; SQLite keeps it as text, in UTC, which sorts like the time."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Return the moment in UTC."""
        return None if value is None else value.astimezone(UTC)

    @override
    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Return the moment with its time zone, which SQLite does not keep."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


runs = sa.Table(
    "runs",
    metadata,
    sa.Column("run_id", sa.String(36), primary_key=True),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("plan_digest", sa.String(64), nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("created", UtcTime, nullable=False),
    sa.Column("ended", UtcTime),
    # When what stands in `state` happened: of two records the later one counts.
    sa.Column("changed", UtcTime, nullable=False),
    sa.Column("request", sa.LargeBinary, nullable=False),
    sa.Column("summary", sa.LargeBinary),
    sa.Column("rejected_ideas", sa.JSON, nullable=False),
    sa.Index(None, "owner", "created", "run_id"),
    sa.Index(None, "created", "run_id"),
)

buttons = sa.Table(
    "buttons",
    metadata,
    sa.Column("run_id", sa.ForeignKey("runs.run_id", ondelete="CASCADE"), nullable=False),
    sa.Column("ordinal", sa.Integer, nullable=False),
    sa.Column("idea_id", sa.String(16), nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("category", sa.String(64), nullable=False),
    sa.PrimaryKeyConstraint("run_id", "ordinal"),
    sa.UniqueConstraint("run_id", "idea_id"),
)

# One for each idea and owner, whatever run it came from: it outlives the run, so that a rejected
# idea stays rejected.
ratings = sa.Table(
    "ratings",
    metadata,
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("idea_id", sa.String(16), nullable=False),
    sa.Column("verdict", sa.String(16), nullable=False),
    sa.Column("stars", sa.SmallInteger),
    sa.Column("comment", sa.Text, nullable=False),
    sa.Column("changed", UtcTime, nullable=False),
    sa.PrimaryKeyConstraint("owner", "idea_id"),
)

api_keys = sa.Table(
    "api_keys",
    metadata,
    sa.Column("key_id", sa.String(12), primary_key=True),
    # The HMAC of the key, which cannot be turned back into it.
    sa.Column("digest", sa.LargeBinary, nullable=False),
    sa.Column("owner", sa.Text, nullable=False),
    # Their names in order of the alphabet, with commas between them.
    sa.Column("permissions", sa.String(64), nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("created", UtcTime, nullable=False),
    sa.Column("expires", UtcTime),
    sa.Column("revoked", UtcTime),
    sa.Column("last_used", UtcTime),
    # Limits of this key; NULL leaves them to the settings.
    sa.Column("calls_per_minute", sa.Integer),
    sa.Column("calls_per_hour", sa.Integer),
    sa.Column("calls_per_day", sa.Integer),
    sa.Column("runs_per_day", sa.Integer),
)
