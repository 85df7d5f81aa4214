"""Where alembic begins: it migrates over the connection, and in the transaction, it is given."""

from alembic import context

from revitron_grpc.storage.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite can do DDL in a transaction; alembic does not assume so.
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
