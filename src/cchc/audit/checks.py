"""What keeps the chain protected: prepared after every migration, looked at by Django's system check."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, Warning  # noqa: A004 (Django's name)

from cchc.audit.chain import make_head
from cchc.audit.followers import known_followers, name_of
from cchc.audit.kinds import known_kinds
from cchc.audit.models import Recorded, RecordedQuerySet
from cchc.audit.triggers import install_triggers, is_migrated, missing_triggers


def prepare_chain(*, using: str, **_: Any) -> None:
    """After every migration: the head of an empty chain exists, and so do all triggers.

    SQLite rebuilds a table to alter it and drops its triggers without a word.
    """
    if is_migrated(using):
        make_head(using)
        install_triggers(using)


def check_triggers(databases: Sequence[str] | None = None, **_: Any) -> Iterable[CheckMessage]:
    """`audit.W001` for every trigger that is missing or altered.

    A warning: `migrate`, which mends it, runs the checks first and would refuse to start on an error.
    """
    for using in databases or ():
        missing = missing_triggers(using) if is_migrated(using) else ()
        for name in missing:
            yield Warning(
                f"The audit trigger {name} is missing or altered in database {using!r}.",
                hint="Find out who removed it, run `cchc audit verify`, then `cchc migrate` to put it back.",
                id="audit.W001",
            )


def check_recorded_models(**_: Any) -> Iterable[CheckMessage]:
    """`audit.E001` and `audit.E002`: ways past the guard of `Recorded` that a model would leave open."""
    for model in apps.get_models():
        if not issubclass(model, Recorded):
            continue
        if not isinstance(model._default_manager.get_queryset(), RecordedQuerySet):
            hint = "Derive the manager's queryset from RecordedQuerySet."
            yield Error("Its default manager writes without an action.", hint=hint, obj=model, id="audit.E001")
        for field in model._meta.local_many_to_many:
            if not issubclass(field.remote_field.through, Recorded):
                hint = "Give it a through model derived from Recorded."
                yield Error(f"`{field.name}` is written without an action.", hint=hint, obj=model, id="audit.E002")


def check_followers(**_: Any) -> Iterable[CheckMessage]:
    """`audit.E003` for a follower of a kind that no room lists: it would never hear of anything."""
    for kind, followers in known_followers().items():
        if kind not in known_kinds():
            for follower in followers:
                hint = "Take the kind from a room's audit_kinds."
                yield Error(f"{name_of(follower)} follows {kind!r}, which is no kind.", hint=hint, id="audit.E003")
