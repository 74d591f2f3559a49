"""The open action: what it has written down so far, and whether anything may be written at all.

Events are only noted here; `cchc.audit.actions` appends them to the chain when the outermost action has done its
work, so that the chain's head is locked for the shortest time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeAlias

import structlog
from django.db.models import Model

from cchc.audit.actors import Actor, Capacity
from cchc.audit.canonical import canonical_json
from cchc.audit.errors import UnrecordedWrite
from cchc.audit.fields import PERSONAL_CLASSES, FieldClass, classes_of
from cchc.audit.kinds import kind_name
from cchc.audit.links import hash_payload, new_salt
from cchc.records.text import nfc

Values: TypeAlias = Mapping[str, object]
Subject: TypeAlias = Model | tuple[str, object]
Progress: TypeAlias = Callable[[int, int], None]
"""Called with how many are done, and of how many; what it raises ends the work."""
_LONGEST_REQUEST: Final = 64
_LONGEST_NAME: Final = 200  # SQLite would not mind more


@dataclass(frozen=True, slots=True)
class Draft:
    """An event that waits for its place in the chain."""

    actor: Actor
    at: datetime
    kind: str
    subject: tuple[str, str]
    request: str
    personal: bool
    salt: str
    body: str
    payload_hash: str


@dataclass(slots=True)
class OpenAction:
    """An action at work. Nested actions share `drafts`; each looks after those from `first` on."""

    actor: Actor
    now: datetime
    drafts: list[Draft] = field(default_factory=list)
    first: int = 0
    has_written: bool = False
    has_changed_nothing: bool = False
    tell_kept: Progress | None = None

    def check_recorded(self, name: str) -> None:
        """Raise `UnrecordedWrite` when the action ends without a trace."""
        if len(self.drafts) > self.first:
            return
        if self.has_written or not self.has_changed_nothing:
            raise UnrecordedWrite(f"{name} recorded no event; call record(), or nothing_changed() where that is true")


_open: ContextVar[OpenAction | None] = ContextVar("cchc_open_action", default=None)
_is_unguarded: ContextVar[bool] = ContextVar("cchc_unguarded", default=False)


def open_action() -> OpenAction | None:
    """The innermost action at work here, if any."""
    return _open.get()


@contextmanager
def opened(action: OpenAction) -> Iterator[None]:
    """Make it the innermost action at work."""
    token = _open.set(action)
    try:
        yield
    finally:
        _open.reset(token)


@contextmanager
def unguarded() -> Iterator[None]:
    """Let recorded models be written outside actions; only `cchc.audit.testing` has a reason to."""
    token = _is_unguarded.set(True)
    try:
        yield
    finally:
        _is_unguarded.reset(token)


def note_write(change: str, model: type[Model]) -> None:
    """Called before a recorded model is written. Raises `UnrecordedWrite` outside an action."""
    action = _open.get()
    if action is not None:
        action.has_written = True
    elif not _is_unguarded.get():
        raise UnrecordedWrite(f"{change} of {model.__name__} outside a function decorated with audit.actions.action")


def record(
    kind: str,
    subject: Subject,
    *,
    before: Values | None = None,
    after: Values | None = None,
    reason: str | None = None,
    personal: bool = False,
) -> None:
    """Note an event of the open action, with its actor and moment.

    `kind` stands in a room's `audit_kinds`. `subject` is a saved model instance, or `(type, id)` of something else.
    `before` and `after` hold what `canonical_json` can spell. `personal` says that they, or the reason, hold personal
    data, so that retention finds them; fields that their room classifies as personal say so by themselves. Raises
    `UnrecordedWrite` outside an action, `UnknownKind`, `TypeError`, `ValueError` (also for a secret field).
    """
    action = _required_action("record()")
    kind_name(kind)
    named = subject_of(subject)
    classes = classes_of(named[0], {*(before or ()), *(after or ())})
    if FieldClass.SECRET in classes:
        raise ValueError(f"{kind}: a secret field of {named[0]} has no place in the chain")
    salt = new_salt()
    body = canonical_json({**_as_then(action.actor), "before": before, "after": after, "reason": reason})
    draft = Draft(
        actor=action.actor,
        at=action.now,
        kind=kind,
        subject=named,
        request=_request(),
        personal=personal or not classes.isdisjoint(PERSONAL_CLASSES),
        salt=salt,
        body=body,
        payload_hash=hash_payload(salt, body),
    )
    action.drafts.append(draft)


def nothing_changed() -> None:
    """Say that the open action, rightly, leaves no event: everything was already as asked."""
    _required_action("nothing_changed()").has_changed_nothing = True


def tell_of_keeping(progress: Progress) -> None:
    """Let `progress(kept, of)` be called while the events of this action, and of those around it, enter the chain:
    with tens of thousands of them that takes as long as all the rest. What it raises rolls everything back.
    """
    _required_action("tell_of_keeping()").tell_kept = progress


def subject_of(subject: Subject) -> tuple[str, str]:
    """`("portal.PublishedRound", "7")`: how the chain names an object, without a foreign key."""
    if isinstance(subject, tuple):
        kind, key = subject
    else:
        kind, key = subject._meta.label, subject.pk
    named = nfc(kind), "" if key is None else nfc(str(key))
    if not all(named):
        raise ValueError(f"{subject!r} has no identity: save it before recording, or give (type, id)")
    if any(len(text) > _LONGEST_NAME for text in named):
        raise ValueError(f"type and id have at most {_LONGEST_NAME} characters each")
    return named


def values_of(instance: Model) -> dict[str, object]:
    """The instance's own columns, for `before` and `after`."""
    return {field.attname: field.value_from_object(instance) for field in instance._meta.concrete_fields}


def _as_then(actor: Actor) -> dict[str, object]:
    """What the payload says of who acts; what is not known is left out, as it is of events from before it was kept."""
    said: dict[str, object] = {
        "actor_capacity": _capacity(actor.capacity),
        "principal_name": actor.principal_name,
        "principal_capacity": _capacity(actor.principal_capacity),
    }
    return {"actor_name": actor.name} | {key: value for key, value in said.items() if value is not None}


def _capacity(capacity: Capacity | None) -> dict[str, object] | None:
    return None if capacity is None else {"post": capacity.post, "unit": capacity.unit}


def _required_action(what: str) -> OpenAction:
    action = _open.get()
    if action is None:
        raise UnrecordedWrite(f"{what} belongs into a function decorated with audit.actions.action")
    return action


def _request() -> str:
    """The request's number as the log has it; empty outside requests."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))[:_LONGEST_REQUEST]
