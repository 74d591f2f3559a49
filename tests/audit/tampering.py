"""What somebody with full rights over the database could do. Every trick takes the triggers away first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from random import Random
from typing import Any, Final

from django.db import connection

from cchc.audit.links import Header, hash_payload, new_salt
from cchc.audit.models import AuditEvent
from cchc.audit.queries import _links
from cchc.audit.triggers import triggers_for

EVENT, PAYLOAD, HEAD = "audit_auditevent", "audit_auditpayload", "audit_audithead"
TEXT_COLUMNS: Final = (
    "kind", "actor_kind", "actor_identity", "on_behalf_of", "subject_type", "subject_id", "request",
)  # fmt: skip
HASH_COLUMNS: Final = ("payload_hash", "previous_hash", "hash")


def sql(statement: str, *params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall() if cursor.description else []


def drop_triggers() -> None:
    for trigger in triggers_for(connection.vendor):
        on_table = f" ON {trigger.table}" if connection.vendor == "postgresql" else ""
        sql(f"DROP TRIGGER {trigger.name}{on_table}")


def drop_foreign_key() -> None:
    """So that payloads may move and stay alone. SQLite checks only at commit, which tests do not reach."""
    if connection.vendor == "postgresql":
        connection.check_constraints()  # none may be waiting while a table is altered
        ((name,),) = sql("SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'f'", PAYLOAD)
        sql(f"ALTER TABLE {PAYLOAD} DROP CONSTRAINT {name}")


def last_sequence() -> int:
    return sql(f"SELECT max(sequence) FROM {EVENT}")[0][0]


def some_event(random: Random) -> int:
    return random.randint(1, last_sequence())


def some_whole_event(random: Random) -> int:
    """One whose payload was not redacted."""
    rows = sql(f"SELECT event_id FROM {PAYLOAD} WHERE redacted_at IS NULL ORDER BY event_id")
    return random.choice([sequence for (sequence,) in rows])


# Tricks. Each returns the sequence at or before which the damage must be reported.


def edit_text(random: Random) -> int:
    at, column = some_event(random), random.choice(TEXT_COLUMNS)
    sql(f"UPDATE {EVENT} SET {column} = {column} || 'x' WHERE sequence = %s", at)
    return at


def edit_hash(random: Random) -> int:
    at, column = some_event(random), random.choice(HASH_COLUMNS)
    ((old,),) = sql(f"SELECT {column} FROM {EVENT} WHERE sequence = %s", at)
    place = random.randrange(64)
    digit = random.choice([c for c in "0123456789abcdef" if c != old[place]])
    sql(f"UPDATE {EVENT} SET {column} = %s WHERE sequence = %s", old[:place] + digit + old[place + 1 :], at)
    return at


def capitalise_hash(random: Random) -> int:
    """Equal to whoever compares bytes instead of characters."""
    at, column = some_event(random), random.choice(["payload_hash", "hash"])
    sql(f"UPDATE {EVENT} SET {column} = upper({column}) WHERE sequence = %s", at)
    return at


def edit_moment(random: Random) -> int:
    at = some_event(random)
    event = AuditEvent.objects.get(pk=at)
    moved = event.at.replace(microsecond=random.randint(1, 999_999))
    AuditEvent.writable().filter(pk=at).update(at=moved)
    return at


def edit_personal(random: Random) -> int:
    at = some_event(random)
    sql(f"UPDATE {EVENT} SET personal = NOT personal WHERE sequence = %s", at)
    return at


def renumber(random: Random) -> int:
    at = some_event(random)
    drop_foreign_key()
    sql(f"UPDATE {EVENT} SET sequence = %s WHERE sequence = %s", last_sequence() + random.randint(1, 3), at)
    return at


def delete_event(random: Random) -> int:
    at = some_event(random)
    sql(f"DELETE FROM {PAYLOAD} WHERE event_id = %s", at)
    sql(f"DELETE FROM {EVENT} WHERE sequence = %s", at)
    return at


def delete_and_close_the_gap(random: Random) -> int:
    """Everything after it moves down by one, and so does the head: no number is missing."""
    at = delete_event(random)
    drop_foreign_key()
    for sequence in range(at + 1, last_sequence() + 1):
        sql(f"UPDATE {EVENT} SET sequence = %s WHERE sequence = %s", sequence - 1, sequence)
        sql(f"UPDATE {PAYLOAD} SET event_id = %s WHERE event_id = %s", sequence - 1, sequence)
    sql(f"UPDATE {HEAD} SET sequence = sequence - 1")
    return at


def insert_event(random: Random) -> int:
    """A forged event, well hashed, pushed in; everything after it moves up by one, unhashed."""
    at = some_event(random)
    drop_foreign_key()
    for sequence in range(last_sequence(), at - 1, -1):
        sql(f"UPDATE {EVENT} SET sequence = %s WHERE sequence = %s", sequence + 1, sequence)
        sql(f"UPDATE {PAYLOAD} SET event_id = %s WHERE event_id = %s", sequence + 1, sequence)
    sql(f"UPDATE {HEAD} SET sequence = sequence + 1")
    forge(at)
    return at + 1


def append_event(random: Random) -> int:
    """A forged event after the last one, the head forgotten."""
    at = last_sequence() + 1
    forge(at)
    return at


def swap_events(random: Random) -> int:
    first, second = sorted(random.sample(range(1, last_sequence() + 1), 2))
    drop_foreign_key()
    for old, new in ((first, 10_000), (second, first), (10_000, second)):
        sql(f"UPDATE {EVENT} SET sequence = %s WHERE sequence = %s", new, old)
        sql(f"UPDATE {PAYLOAD} SET event_id = %s WHERE event_id = %s", new, old)
    return first


def swap_payloads(random: Random) -> int:
    first, second = sorted(random.sample(range(1, last_sequence() + 1), 2))
    drop_foreign_key()
    for old, new in ((first, 10_000), (second, first), (10_000, second)):
        sql(f"UPDATE {PAYLOAD} SET event_id = %s WHERE event_id = %s", new, old)
    return first


def edit_payload(random: Random) -> int:
    at, column = some_whole_event(random), random.choice(["salt", "body"])
    sql(f"UPDATE {PAYLOAD} SET {column} = %s WHERE event_id = %s", new_salt(), at)
    return at


def move_salt_into_body(random: Random) -> int:
    """Salt and body together stay the same characters."""
    at = some_whole_event(random)
    sql(f"UPDATE {PAYLOAD} SET body = substr(salt, 64) || body, salt = substr(salt, 1, 63) WHERE event_id = %s", at)
    return at


def delete_payload(random: Random) -> int:
    at = some_event(random)
    sql(f"DELETE FROM {PAYLOAD} WHERE event_id = %s", at)
    return at


def erase_payload_unrecorded(random: Random) -> int:
    at = some_whole_event(random)
    moment = AuditEvent.objects.get(pk=at).at
    sql(f"UPDATE {PAYLOAD} SET salt = NULL, body = NULL, redacted_at = %s WHERE event_id = %s", moment, at)
    return at


def edit_head(random: Random) -> int:
    if random.random() < 0.5:
        sql(f"UPDATE {HEAD} SET hash = %s", new_salt())
        return last_sequence()
    sql(f"UPDATE {HEAD} SET sequence = sequence + %s", random.choice([-1, 1]))
    return last_sequence() + 1


def delete_head(random: Random) -> int:
    sql(f"DELETE FROM {HEAD}")
    return 0


def rehash_one(random: Random) -> int:
    """An edited event with its own hash made new, but not those after it; the last one would need the head too."""
    at = random.randint(1, last_sequence() - 1)
    sql(f"UPDATE {EVENT} SET subject_id = 'other' WHERE sequence = %s", at)
    link = next(link for link in _links() if link.header.sequence == at)
    sql(f"UPDATE {EVENT} SET hash = %s WHERE sequence = %s", link.header.hash(), at)
    return at + 1


def cut_events_leave_head(random: Random) -> int:
    at = some_event(random)
    cut_from(at)
    return at


TRICKS: Sequence[Callable[[Random], int]] = (
    edit_text, edit_hash, capitalise_hash, edit_moment, edit_personal, renumber, delete_event,
    delete_and_close_the_gap, insert_event, append_event, swap_events, swap_payloads, edit_payload,
    move_salt_into_body, delete_payload, erase_payload_unrecorded, edit_head, delete_head, rehash_one,
    cut_events_leave_head,
)  # fmt: skip


# Tricks that leave a chain which is whole in itself: only a signed head shows them.


def cut_the_end(random: Random) -> int:
    """The last events go, and the head with them."""
    at = random.randint(2, last_sequence())
    cut_from(at)
    sql(f"UPDATE {HEAD} SET sequence = %s, hash = (SELECT hash FROM {EVENT} WHERE sequence = %s)", at - 1, at - 1)
    return at


def rewrite_the_rest(random: Random) -> int:
    """One event is changed, and it and all after it are hashed anew, the head included."""
    at = some_whole_event(random)
    sql(f"UPDATE {EVENT} SET actor_identity = 'somebody else' WHERE sequence = %s", at)
    body = '{"actor_name":null,"after":null,"before":null,"reason":"forged"}'
    ((salt,),) = sql(f"SELECT salt FROM {PAYLOAD} WHERE event_id = %s", at)
    sql(f"UPDATE {PAYLOAD} SET body = %s WHERE event_id = %s", body, at)
    sql(f"UPDATE {EVENT} SET payload_hash = %s WHERE sequence = %s", hash_payload(salt, body), at)
    rehash_from(at)
    return at


WHOLE_TRICKS: Sequence[Callable[[Random], int]] = (cut_the_end, rewrite_the_rest)


def forge(sequence: int) -> None:
    """An event tied to the one before it, with payload."""
    ((previous,),) = sql(f"SELECT hash FROM {EVENT} WHERE sequence = %s", sequence - 1) or [("0" * 64,)]
    salt, body = new_salt(), '{"actor_name":null,"after":null,"before":null,"reason":null}'
    header = Header(
        sequence, "2026-11-23T05:00:00.000000Z", "audit_notes.written", "system", "forger", "", "x", "1", "", False,
        hash_payload(salt, body), previous,
    )  # fmt: skip
    names = ", ".join(field.name for field in fields(Header))
    values = [getattr(header, field.name) for field in fields(Header)]
    values[1] = "2026-11-23 05:00:00"
    marks = ", ".join(["%s"] * len(values))
    sql(f"INSERT INTO {EVENT} ({names}, hash) VALUES ({marks}, %s)", *values, header.hash())
    sql(f"INSERT INTO {PAYLOAD} (event_id, salt, body) VALUES (%s, %s, %s)", sequence, salt, body)


def cut_from(sequence: int) -> None:
    sql(f"DELETE FROM {PAYLOAD} WHERE event_id >= %s", sequence)
    sql(f"DELETE FROM {EVENT} WHERE sequence >= %s", sequence)


def rehash_from(sequence: int) -> None:
    for at in range(sequence, last_sequence() + 1):
        ((previous,),) = sql(f"SELECT hash FROM {EVENT} WHERE sequence = %s", at - 1) or [("0" * 64,)]
        sql(f"UPDATE {EVENT} SET previous_hash = %s WHERE sequence = %s", previous, at)
        link = next(link for link in _links() if link.header.sequence == at)
        sql(f"UPDATE {EVENT} SET hash = %s WHERE sequence = %s", link.header.hash(), at)
        sql(f"UPDATE {HEAD} SET sequence = %s, hash = %s", at, link.header.hash())
