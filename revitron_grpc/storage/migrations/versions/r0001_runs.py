"""Runs, their buttons, and what people thought of them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "runs",
        sa.Column("run_id", sa.String(36), nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("plan_digest", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("created", moment, nullable=False),
        sa.Column("ended", moment),
        sa.Column("changed", moment, nullable=False),
        sa.Column("request", sa.LargeBinary, nullable=False),
        sa.Column("summary", sa.LargeBinary),
        sa.Column("rejected_ideas", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("run_id", name="pk_runs"),
    )
    op.create_index("ix_runs_owner_created_run_id", "runs", ["owner", "created", "run_id"])
    op.create_index("ix_runs_created_run_id", "runs", ["created", "run_id"])
    op.create_table(
        "buttons",
        sa.Column("run_id", sa.String(36), nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("idea_id", sa.String(16), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("category", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "ordinal", name="pk_buttons"),
        sa.UniqueConstraint("run_id", "idea_id", name="uq_buttons_run_id_idea_id"),
        sa.ForeignKeyConstraint(
            ["run_id"], ["runs.run_id"], ondelete="CASCADE", name="fk_buttons_run_id"
        ),
    )
    op.create_table(
        "ratings",
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("idea_id", sa.String(16), nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("stars", sa.SmallInteger),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("changed", moment, nullable=False),
        sa.PrimaryKeyConstraint("owner", "idea_id", name="pk_ratings"),
    )


def downgrade() -> None:
    """Drop the tables, and with them what was stored."""
    op.drop_table("ratings")
    op.drop_table("buttons")
    op.drop_table("runs")
