"""Events in words: the names of fields and of what they lead to; what is secret or unknown stays unsaid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, Final

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.audit.actors import Capacity
from cchc.audit.canonical import read_canonical
from cchc.audit.errors import UnknownKind
from cchc.audit.fields import field_of
from cchc.audit.kinds import kind_name
from cchc.audit.models import AuditEvent
from cchc.audit.recording import subject_of
from cchc.interface.errors import current_language
from cchc.interface.histories.reading import erasures_of, last_event, readable
from cchc.interface.histories.saying import Named, say_value
from cchc.interface.hosting.audited import actor_names, known_audited, names_of
from cchc.interface.jobs.kinds import known_jobs
from cchc.interface.shapes import Link
from cchc.interface.together import Reads, all_of, made_of

_SCHEDULE: Final = "system:schedule"  # as `interface.actions` names whoever asked for a recurring job


@dataclass(frozen=True, slots=True)
class Change:
    """One field: what it was and what it is; `before` is empty for what was new, `after` for what was taken away.
    `links` stand for `after` where a list of objects is said.
    """

    name: str
    before: str
    after: str
    links: Sequence[Link] = ()


@dataclass(frozen=True, slots=True)
class ShownEvent:
    """One event as the page shows it. `about` are fields that did not change but tell which record it was. The
    capacities say in which post of which unit both persons were on that day; empty where the event does not say.
    """

    sequence: int
    at: datetime
    kind: str
    who: str
    capacity: str
    on_behalf_of: str
    principal_capacity: str
    reason: str
    changes: Sequence[Change]
    about: Sequence[Change]
    erased_at: datetime | None
    why_erased: str


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the objects in events: names by type and key, names with addresses by type and code; names of
    people by identity.
    """

    names: Named = field(default_factory=dict)
    links: Mapping[tuple[str, str], Link] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Payload:
    """What lies beside an event; empty once it is erased."""

    name: str
    capacity: str
    principal_name: str
    principal_capacity: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    reason: str


def last_change(viewer: Any, subject: Any) -> Reads[dict[str, object]] | None:
    """For a panel: the newest event of an object and the `address` of its history; None without the right to it."""
    audited = known_audited()[subject._meta.label]
    if not audited.may_read(viewer, subject):
        return None
    return made_of(last_event(readable(viewer, audited, subject)), partial(_last, subject))


def _last(subject: Any, events: QuerySet[AuditEvent]) -> dict[str, object]:
    address = reverse("interface:history", args=subject_of(subject))
    shown = [_shown(event, payload_of(event), {}, Known(), None) for event in events]
    return {"event": shown[0] if shown else None, "address": address}


def payload_of(event: AuditEvent | None) -> Payload:
    """The content of an event."""
    body = event.payload.body if event is not None else None
    read = read_canonical(body) if body is not None else {}
    return Payload(
        name=read.get("actor_name") or "",
        capacity=_capacity(read.get("actor_capacity")),
        principal_name=read.get("principal_name") or "",
        principal_capacity=_capacity(read.get("principal_capacity")),
        before=read.get("before") or {},
        after=read.get("after") or {},
        reason=read.get("reason") or "",
    )


def _capacity(said: Mapping[str, str] | None) -> str:
    return "" if said is None else str(Capacity(said["post"], said["unit"]))


def shown_kind_of_event(code: str) -> str:
    """A kind in the reader's language; one that the product no longer knows keeps its code."""
    try:
        return kind_name(code).in_language(current_language())
    except UnknownKind:
        return code


def shown_events(events: Iterable[AuditEvent]) -> Reads[list[ShownEvent]]:
    """Events with the names of people and of the objects that they name, and why contents were erased."""
    payloads = [(event, payload_of(event)) for event in events]
    people = {name for event, _ in payloads for name in (event.actor_identity, event.on_behalf_of) if name}
    people.update(_actors_in(payloads))
    erased = erasures_of(event for event, _ in payloads)

    def shown(known: Sequence[Any]) -> list[ShownEvent]:
        names, named, links, erasures = known
        return [
            _shown(event, payload, names, Known(named, links, names), erasures.get(str(event.sequence)))
            for event, payload in payloads
        ]

    return all_of([actor_names(people), names_in(payloads), links_in(payloads), erased]).made(shown)


def who_acted(event: AuditEvent, name: str, people: Mapping[str, str]) -> str:
    """The name as it was then, else as it is now, with the identity; for the product what of it acted."""
    identity = event.actor_identity
    if event.actor_kind == "official":
        known = name or people.get(identity, "")
        return f"{known} ({identity})" if known else identity
    if event.actor_kind == "public":
        return _("A citizen (%(identity)s)") % {"identity": identity}
    source, _colon, what = identity.partition(":")
    if source == "job":
        kind = known_jobs().get(what)
        return _("The job “%(name)s”") % {"name": kind.title.in_language(current_language()) if kind else what}
    return _("Command line: %(command)s") % {"command": what} if source == "command-line" else _("The system")


def names_in(payloads: Iterable[tuple[AuditEvent, Payload]]) -> Reads[dict[tuple[str, int], str]]:
    """What the objects are called that the events lead to, by type and key."""
    wanted: dict[str, set[int]] = {}
    for event, payload in payloads:
        for key, value in [*payload.before.items(), *payload.after.items()]:
            if isinstance(value, int) and (target := target_of(event.subject_type, key)):
                wanted.setdefault(target, set()).add(value)
    return names_of(wanted)


def _actors_in(payloads: Iterable[tuple[AuditEvent, Payload]]) -> Iterator[str]:
    """The identities that stand in fields for those who acted."""
    for event, payload in payloads:
        for key, value in [*payload.before.items(), *payload.after.items()]:
            if value and isinstance(value, str) and _is_actor(event, key):
                yield value


def links_in(payloads: Iterable[tuple[AuditEvent, Payload]]) -> Reads[Mapping[tuple[str, str], Link]]:
    """Names and addresses of the objects whose codes events list, by type and code."""
    wanted: dict[str, set[str]] = {}
    for event, payload in payloads:
        for key, value in payload.after.items():
            if isinstance(value, list) and (target := _listed_type(event, key)):
                wanted.setdefault(target, set()).update(str(code) for code in value)
    listed = known_audited()
    asked = {target: ask(codes) for target, codes in wanted.items() if (ask := listed[target].by_code)}
    return all_of([*asked.values()]).made(
        lambda found: {
            (target, code): link for target, links in zip(asked, found, strict=True) for code, link in links.items()
        }
    )


def _listed_type(event: AuditEvent, key: str) -> str:
    """The type of object whose codes stand in a list under that key; empty for any other list."""
    found = field_of(event.subject_type, key)
    return "" if found is None else found.leads_to


def target_of(subject_type: str, key: str) -> str:
    """The type of object a key leads to, if its names are known; empty otherwise."""
    try:
        column = apps.get_model(subject_type)._meta.get_field(key.removesuffix("_id"))
    except (LookupError, ValueError, FieldDoesNotExist):  # events also say what is no field
        return ""
    label = column.related_model._meta.label if column.is_relation and column.related_model else ""
    return label if label in known_audited() else ""


def _shown(
    event: AuditEvent, payload: Payload, people: Mapping[str, str], named: Known, erasure: AuditEvent | None
) -> ShownEvent:
    return ShownEvent(
        sequence=event.sequence,
        at=event.at,
        kind=shown_kind_of_event(event.kind),
        who=who_acted(event, payload.name, people),
        capacity=payload.capacity,
        on_behalf_of=_acted_for(event.on_behalf_of, payload.principal_name, people),
        principal_capacity=payload.principal_capacity,
        reason=payload.reason,
        changes=list(_changes(event, payload, named)),
        about=list(_about(event, payload, named)),
        erased_at=event.payload.redacted_at,
        why_erased=payload_of(erasure).reason,
    )


def _acted_for(principal: str, name: str, people: Mapping[str, str]) -> str:
    """An official by the name as it was then, else as it is now; or what of the product asked for it."""
    if principal == _SCHEDULE:
        return _("the schedule")
    known = name or people.get(principal, "")
    return f"{known} ({principal})" if known else principal


def _changes(event: AuditEvent, payload: Payload, named: Known) -> Iterator[Change]:
    """What differs; of something new or gone, everything that says something."""
    before, after = payload.before, payload.after
    for key in {**after, **before}:
        if before.get(key) == after.get(key) or _is_left_out(event, key):
            continue
        old, new = (_say(event, key, values, named) for values in (before, after))
        if old or new:
            yield Change(_name_of(event, key), old, new, _links(event, key, after.get(key), named))


def _links(event: AuditEvent, key: str, value: Any, named: Known) -> Sequence[Link]:
    """Of a list of codes; one that leads nowhere (any more) stays as it was written."""
    if not isinstance(value, list) or not (target := _listed_type(event, key)):
        return ()
    return [named.links.get((target, str(code)), Link(str(code))) for code in value]


def _about(event: AuditEvent, payload: Payload, named: Known) -> Iterator[Change]:
    for key, value in payload.after.items():
        if value is not None and payload.before.get(key) == value and target_of(event.subject_type, key):
            yield Change(_name_of(event, key), "", _say(event, key, payload.after, named))


def _is_left_out(event: AuditEvent, key: str) -> bool:
    found = field_of(event.subject_type, key)
    return found is not None and found.is_inner


def _is_actor(event: AuditEvent, key: str) -> bool:
    found = field_of(event.subject_type, key)
    return found is not None and found.is_actor


def _name_of(event: AuditEvent, key: str) -> str:
    found = field_of(event.subject_type, key)
    return key if found is None else found.name.in_language(current_language())


def _say(event: AuditEvent, key: str, values: Mapping[str, Any], named: Known) -> str:
    value = values.get(key)
    if value is None or value == "":
        return ""
    if isinstance(value, int) and (name := named.names.get((target_of(event.subject_type, key), value))):
        return name
    if _is_actor(event, key) and (name := named.people.get(value)):
        return f"{name} ({value})"
    return say_value(field_of(event.subject_type, key), value)
