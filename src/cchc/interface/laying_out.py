"""The tables of an empty database, made as the last migration leaves them.

Migrations change tables one by one, and after each Django makes all models anew that have to do with what was changed:
a minute for what takes seconds when it is known where it ends. A test holds both ways against each other. What moves
rows has nothing to do in an empty database; what must stand in a new one is laid down after `migrate`
(`django.db.models.signals.post_migrate`), never by a migration.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor


def is_empty(connection: BaseDatabaseWrapper) -> bool:
    """Whether there is no table at all."""
    return not connection.introspection.table_names()


def lay_out(connection: BaseDatabaseWrapper) -> None:
    """All tables of all migrations, which count as carried out; whole or, when it is stopped, not at all."""
    executor = MigrationExecutor(connection)
    leaves = executor.loader.graph.leaf_nodes()
    models = executor.loader.project_state(leaves).apps.get_models()
    with connection.schema_editor(atomic=True) as editor:
        for model in models:
            if model._meta.can_migrate(connection):
                editor.create_model(model)
        for migration, _ in executor.migration_plan(leaves, clean_start=True):
            executor.recorder.record_applied(migration.app_label, migration.name)
