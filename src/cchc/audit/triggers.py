"""The database itself refuses to change the chain: events stay, payloads are only redacted, the head only advances. So
it does for every model that is `AppendOnly`: rows stay as they were added, but for words that may be taken away.

Whoever owns the database can remove triggers; then `cchc audit verify` finds what was done.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from django.apps import apps
from django.db import connections

from cchc.audit.models import AppendOnly

Change = Literal["UPDATE", "DELETE", "TRUNCATE", "INSERT"]


@dataclass(frozen=True, slots=True)
class Trigger:
    """Refuses a change of a table's rows; of those only for which `unless` is not true."""

    table: str
    change: Change
    says: str
    unless: str | None = None

    @property
    def name(self) -> str:
        """`audit_auditevent_no_update`, also the name of its function on PostgreSQL."""
        return f"{self.table}_no_{self.change.lower()}"

    @property
    def level(self) -> str:
        """TRUNCATE has no rows."""
        return "STATEMENT" if self.change == "TRUNCATE" else "ROW"

    def sqlite(self) -> str:
        """The statement that makes it on SQLite, as SQLite keeps it."""
        when = f" WHEN NOT coalesce({self.unless}, 0)" if self.unless else ""
        return (
            f"CREATE TRIGGER {self.name} BEFORE {self.change} ON {self.table}{when}"
            f" BEGIN SELECT RAISE(ABORT, '{self.says}'); END"
        )

    def postgresql_body(self) -> str:
        """The body of its function on PostgreSQL, as PostgreSQL keeps it."""
        refuse = f"RAISE EXCEPTION '{self.says}' USING ERRCODE = 'integrity_constraint_violation';"
        if self.unless is None:
            return f"BEGIN {refuse} END"
        return f"BEGIN IF coalesce({self.unless}, false) THEN RETURN NEW; END IF; {refuse} END"


_EVENT: Final = "audit_auditevent"
_PAYLOAD: Final = "audit_auditpayload"
_HEAD: Final = "audit_audithead"
_IS_REDACTION: Final = (
    "NEW.event_id = OLD.event_id AND OLD.body IS NOT NULL"
    " AND NEW.body IS NULL AND NEW.salt IS NULL AND NEW.redacted_at IS NOT NULL"
)
_ADVANCES: Final = "NEW.id = OLD.id AND NEW.sequence > OLD.sequence"

_EVERYWHERE: Final = (
    Trigger(_EVENT, "UPDATE", "audit: events are never changed"),
    Trigger(_EVENT, "DELETE", "audit: events are never deleted"),
    Trigger(_PAYLOAD, "UPDATE", "audit: a payload is only redacted", unless=_IS_REDACTION),
    Trigger(_PAYLOAD, "DELETE", "audit: payloads are never deleted"),
    Trigger(_HEAD, "UPDATE", "audit: the head only advances", unless=_ADVANCES),
    Trigger(_HEAD, "DELETE", "audit: the head is never deleted"),
)
# SQLite: INSERT OR REPLACE removes the old row without asking the triggers on DELETE.
_SQLITE: Final = tuple(
    Trigger(table, "INSERT", "audit: this row exists", unless=f"NEW.{key} NOT IN (SELECT {key} FROM {table})")  # noqa: S608 (own names)
    for table, key in ((_EVENT, "sequence"), (_PAYLOAD, "event_id"), (_HEAD, "id"))
)
# PostgreSQL: TRUNCATE does not ask the triggers on rows.
_POSTGRESQL: Final = tuple(
    Trigger(table, "TRUNCATE", "audit: the chain is never emptied") for table in (_EVENT, _PAYLOAD, _HEAD)
)


def triggers_for(vendor: str) -> tuple[Trigger, ...]:
    """What protects the chain and append-only rows on this engine. Raises `KeyError` for an engine that the product
    does not know.
    """
    of_chain = _EVERYWHERE + {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}[vendor]
    models = [model for model in apps.get_models() if issubclass(model, AppendOnly)]
    return of_chain + tuple(trigger for model in models for trigger in _of_rows(model, vendor))


def _of_rows(model: type[AppendOnly], vendor: str) -> Iterator[Trigger]:
    """Rows are added; afterwards nothing of them changes but that words are taken away."""
    table, key = model._meta.db_table, model._meta.pk.column
    yield Trigger(table, "UPDATE", f"{table}: rows are never changed", unless=_only_emptied(model))
    yield Trigger(table, "DELETE", f"{table}: rows are never deleted")
    if vendor == "sqlite":  # a key that is still to be given is none that exists
        exists = f"EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})"  # noqa: S608 (own names)
        yield Trigger(table, "INSERT", f"{table}: this row exists", unless=f"NOT {exists}")
    else:
        yield Trigger(table, "TRUNCATE", f"{table}: it is never emptied")


def _only_emptied(model: type[AppendOnly]) -> str | None:
    """True of an update in which every column is as it was, or, where it may be taken away, empty; none is without
    such columns.
    """
    same = "(NEW.{0} = OLD.{0} OR (NEW.{0} IS NULL AND OLD.{0} IS NULL){1})"
    columns = [(field.column, field.name in model.redactable) for field in model._meta.concrete_fields]
    kept = " AND ".join(same.format(column, f" OR NEW.{column} = ''" if may_go else "") for column, may_go in columns)
    return kept if model.redactable else None


def missing_triggers(using: str = "default") -> tuple[str, ...]:
    """Names of triggers that are not there, are disabled, or say something else than they should. Of a table that is
    still to be made none is missing.
    """
    vendor = connections[using].vendor
    tables = set(connections[using].introspection.table_names())
    present = _on_sqlite(using) if vendor == "sqlite" else _on_postgresql(using)
    wanted = {one.name: _signature(one, vendor) for one in triggers_for(vendor) if one.table in tables}
    return tuple(name for name, signature in wanted.items() if present.get(name) != signature)


def is_migrated(using: str = "default") -> bool:
    """Whether the chain's tables are there at all."""
    present = connections[using].introspection.table_names()
    return all(table in present for table in (_EVENT, _PAYLOAD, _HEAD))


def install_triggers(using: str = "default") -> None:
    """Make what `missing_triggers` names, anew where it was altered."""
    missing = missing_triggers(using)
    vendor = connections[using].vendor
    with connections[using].cursor() as cursor:
        for trigger in triggers_for(vendor):
            if trigger.name in missing:
                for statement in _statements(trigger, vendor):
                    cursor.execute(statement)


def _statements(trigger: Trigger, vendor: str) -> tuple[str, ...]:
    name, table = trigger.name, trigger.table
    if vendor == "sqlite":
        return (f"DROP TRIGGER IF EXISTS {name}", trigger.sqlite())
    function = f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql"
    when = f"BEFORE {trigger.change} ON {table} FOR EACH {trigger.level}"
    return (
        f"{function} AS $cchc${trigger.postgresql_body()}$cchc$",
        f"DROP TRIGGER IF EXISTS {name} ON {table}",
        f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION {name}()",
    )


# How PostgreSQL's catalogue writes what a trigger does (pg_trigger.tgtype): bits for ROW, BEFORE and the change.
_BITS: Final = {"ROW": 1, "STATEMENT": 0, "BEFORE": 2, "INSERT": 4, "DELETE": 8, "UPDATE": 16, "TRUNCATE": 32}


def _signature(trigger: Trigger, vendor: str) -> tuple[object, ...]:
    if vendor == "sqlite":
        return (trigger.table, trigger.sqlite())
    bits = _BITS[trigger.level] | _BITS["BEFORE"] | _BITS[trigger.change]
    return (trigger.table, bits, trigger.postgresql_body())


def _on_sqlite(using: str) -> dict[str, tuple[object, ...]]:
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
        return {name: tuple(rest) for name, *rest in cursor.fetchall()}


def _on_postgresql(using: str) -> dict[str, tuple[object, ...]]:
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT t.tgname, c.relname, t.tgtype, p.prosrc FROM pg_trigger t"
            " JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE t.tgenabled IN ('O', 'A') AND t.tgqual IS NULL AND pg_table_is_visible(c.oid)"
        )
        return {name: tuple(rest) for name, *rest in cursor.fetchall()}
