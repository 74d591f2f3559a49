"""Changes across objects in the reader's words: on the page, and as a table to take along."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cchc.audit.models import AuditEvent
from cchc.interface.errors import current_language
from cchc.interface.histories.showing import Change, ShownEvent, payload_of, shown_events
from cchc.interface.hosting.audited import is_closing, known_audited, readable_since, subject_names
from cchc.interface.templatetags.figures import moment
from cchc.interface.together import Reads, all_of, made_of
from cchc.organizations.queries.changes import UNOPENED, last_check, opened_types
from cchc.organizations.viewers import Viewer
from cchc.records.errors import Message
from cchc.records.words import say
from cchc.tables.writing import Column, SheetToWrite, WrittenValue, write_csv, write_xlsx


@dataclass(frozen=True, slots=True)
class ShownChange:
    """An event with what it is about: `type` and `name` of the object, the `address` of its own history. Of what nobody
    opened, or not to the reader, only that it happened is told (`is_closed`): without name and address, and without a
    type where that is not known either.
    """

    event: ShownEvent
    type: str
    name: str
    address: str
    is_closed: bool


@dataclass(frozen=True, slots=True)
class ShownCheck:
    """The last walk over the chain: who had it made, when, how many events it read, each damage as a sentence."""

    at: datetime
    by: str
    events: int
    damages: int
    found: Sequence[str]


def shown_changes(viewer: Viewer, events: Sequence[AuditEvent]) -> Reads[list[ShownChange]]:
    """With what their objects are called, as far as the viewer may read it."""
    opened, subjects = opened_types(), [(event.subject_type, event.subject_id) for event in events]

    def shown(known: Sequence[Any]) -> list[ShownChange]:
        called, told, since = known
        return [
            _shown(event, one, called.get(subject, ""), event.subject_type in opened and _may_read(event, since))
            for event, one, subject in zip(events, told, subjects, strict=True)
        ]

    return all_of([subject_names(subjects), shown_events(events), readable_since(viewer, subjects)]).made(shown)


def types_to_choose() -> list[tuple[str, str]]:
    """The types of objects whose contents are opened, by name, and all else."""
    language, opened = current_language(), opened_types()
    named = [(code, audited.name.in_language(language)) for code, audited in known_audited().items() if code in opened]
    return [*named, (UNOPENED, _("All else (only that it happened)"))]


def shown_check() -> Reads[ShownCheck | None]:
    """The last check of the chain in words."""
    return made_of(last_check(), lambda found: _check(found[0]) if found else None)


def _check(event: AuditEvent) -> ShownCheck:
    after = payload_of(event).after
    found = [_damage(text) for text in after.get("found", ())]
    name = payload_of(event).name or event.actor_identity
    return ShownCheck(event.at, name, after.get("events", 0), after.get("damages", 0), found)


def changes_table(changes: Iterable[ShownChange], kind: str) -> bytes:
    """A row for each event, `kind` xlsx or csv. Text stays text."""
    columns = (
        Column(_("Event no."), 10, "number"), Column(_("When"), 18), Column(_("What happened"), 34),
        Column(_("Who acted"), 30),
        Column(_("In which post"), 36), Column(_("On behalf of"), 24), Column(_("Post of the person acted for"), 36),
        Column(_("Kind of object"), 22), Column(_("Object"), 36), Column(_("Was → is"), 70), Column(_("Reason"), 40),
    )  # fmt: skip
    rows = [_row(one) for one in changes]
    if kind == "csv":
        return write_csv([one.title for one in columns], rows, delimiter=";" if current_language() == "vi" else ",")
    return write_xlsx([SheetToWrite(_("Who changed what"), columns, rows, frozen_columns=1)])


def _shown(event: AuditEvent, shown: ShownEvent, name: str, is_opened: bool) -> ShownChange:
    audited = known_audited().get(event.subject_type)
    if not is_opened:
        closing = None if audited is None else audited.closing
        called = "" if closing is None else closing.name.in_language(current_language())
        return ShownChange(replace(shown, changes=(), about=(), reason="", why_erased=""), called, "", "", True)
    if audited is None:
        return ShownChange(shown, "", "", "", False)
    address = reverse("interface:history", args=[event.subject_type, event.subject_id])
    return ShownChange(shown, audited.name.in_language(current_language()), name or event.subject_id, address, False)


def _may_read(event: AuditEvent, since: Mapping[tuple[str, str], datetime | None]) -> bool:
    """What happened to an object that is not for everybody: from the moment on that is known for it."""
    subject = (event.subject_type, event.subject_id)
    if not is_closing(event.subject_type):
        return True
    return subject in since and ((first := since[subject]) is None or event.at >= first)


def _row(one: ShownChange) -> Sequence[WrittenValue]:
    event = one.event
    said = "; ".join(_change(line) for line in (*event.about, *event.changes))
    return (
        event.sequence, f"{localtime(event.at):%d/%m/%Y %H:%M:%S}", event.kind, event.who, event.capacity,
        event.on_behalf_of, event.principal_capacity, one.type, one.name,
        said if event.erased_at is None else _("Content erased at %(at)s") % {"at": moment(event.erased_at)},
        event.reason,
    )  # fmt: skip


def _change(line: Change) -> str:
    if line.before and line.after:
        return f"{line.name}: {line.before} → {line.after}"
    return f"{line.name}: {line.after}" if line.after else f"{line.name}: {line.before} → –"


def _damage(text: str) -> str:
    """`code first last`, or the code and the name of what guards the chain."""
    code, *rest = text.split(" ")
    params = {"name": rest[0]} if code == "audit.trigger_missing" else {"first": int(rest[0]), "last": int(rest[-1])}
    return say(Message(code, params), current_language())
