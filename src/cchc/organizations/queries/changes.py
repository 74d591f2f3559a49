"""Who changed what, across everything an auditor or administrator looks after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat
from django.db.models.lookups import In

from cchc.audit.models import AuditEvent
from cchc.interface.hosting.audited import objects_of_units
from cchc.organizations.audit_kinds import CHAIN_CHECKED, SIGNED_IN
from cchc.organizations.models import Ancestry, Unit
from cchc.organizations.models.dated import during
from cchc.organizations.permissions import ADMINISTRATOR, AUDITOR, may_check_chain
from cchc.organizations.queries.units import gone_under
from cchc.organizations.viewers import Viewer
from cchc.records.errors import refuse

PAGE_SIZE: Final = 50
MOST_TAKEN: Final = 10_000
ACCOUNT: Final = "organizations.Account"
UNOPENED: Final = "khac"
CHAIN: Final = ("audit.AuditHead", "1")
_VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True, slots=True)
class ChangesAsked:
    """What the reader wants to see: by whom (an official's code), of a unit with all under it, of one type of object,
    from one day to another. Sign-ins are shown only where accounts are asked for, and what no room opened (notices,
    jobs) only where that is: they would hide all else. What is not for the viewer is closed by who shows the events.
    """

    who: str = ""
    under: Unit | None = None
    subject_type: str = ""
    start: date | None = None
    end: date | None = None


def find_changes(viewer: Viewer, asked: ChangesAsked) -> QuerySet[AuditEvent]:
    """The events, the newest first, each with its payload: of the objects of units over which the viewer is auditor or
    administrator; of everything there is for auditors at the top who ask for no unit.
    """
    sees_all = asked.under is None and bool(may_check_chain(viewer))
    found = AuditEvent.objects.filter(_of_type(asked) if sees_all else _of(viewer, asked))
    if asked.subject_type != ACCOUNT:
        found = found.exclude(kind=SIGNED_IN)
    if asked.who:
        found = found.filter(Q(actor_identity=asked.who) | Q(on_behalf_of=asked.who))
    if asked.start is not None:
        found = found.filter(at__gte=_midnight(asked.start))
    if asked.end is not None:
        found = found.filter(at__lt=_midnight(asked.end + timedelta(days=1)))
    return found.select_related("payload").order_by("-sequence")


def events_before(found: QuerySet[AuditEvent], number: int | None) -> list[AuditEvent]:
    """A page of events from before that number on, and one more where there is a next page. One query."""
    rest = found if number is None else found.filter(sequence__lt=number)
    return list(rest[: PAGE_SIZE + 1])


def events_to_take(found: QuerySet[AuditEvent]) -> list[AuditEvent]:
    """All of them, for a file. One query. Raises `organizations.changes_too_large`."""
    events = list(found[: MOST_TAKEN + 1])
    if len(events) > MOST_TAKEN:
        raise refuse("organizations.changes_too_large", most=MOST_TAKEN)
    return events


def opened_types() -> frozenset[str]:
    """The types of objects whose contents rooms open to auditors: of others only that something happened is told."""
    return frozenset(one.model._meta.label for one in objects_of_units(Unit.objects.none(), date.min))


def last_check() -> QuerySet[AuditEvent]:
    """When the chain was walked last, if ever, and what was found."""
    subject_type, key = CHAIN
    checks = AuditEvent.objects.filter(subject_type=subject_type, subject_id=key, kind=CHAIN_CHECKED)
    return checks.select_related("payload").order_by("-sequence")[:1]


def looked_after(viewer: Viewer, under: Unit | None = None) -> QuerySet[Unit]:
    """Units over which the viewer is auditor or administrator, with those gone (`permissions.may_read_audit`); of them
    those that are, or stand or stood under, `under`.
    """
    held = [hold.unit for hold in viewer.holds if hold.role in {AUDITOR, ADMINISTRATOR}]
    below = Ancestry.objects.filter(during(viewer.day), viewer.units_held(AUDITOR, ADMINISTRATOR))
    gone = gone_under(viewer.covered_by(AUDITOR, ADMINISTRATOR), viewer.day)
    found = Unit.objects.filter(Q(pk__in=held) | Q(pk__in=below.values("descendant")) | gone)
    if under is not None:
        its = Ancestry.objects.filter(during(viewer.day), ancestor=under)
        gone = gone_under([under.pk], viewer.day)
        found = found.filter(Q(pk=under.pk) | Q(pk__in=its.values("descendant")) | gone)
    return found.order_by("pk")


def _of_type(asked: ChangesAsked) -> Q:
    if asked.subject_type == UNOPENED:
        return ~Q(subject_type__in=opened_types())
    if asked.subject_type:
        return Q(subject_type=asked.subject_type)
    # Most events there are. By the index of types all of them would be gathered and sorted for one page: the empty
    # text hides the column from it, and the newest are walked instead.
    return Q(In(Concat("subject_type", Value("")), sorted(opened_types())))


def _of(viewer: Viewer, asked: ChangesAsked) -> Q:
    units = looked_after(viewer, asked.under).order_by().values("pk")
    wanted = Q(pk__in=[])
    for objects in objects_of_units(units, viewer.day):
        if asked.subject_type in {"", objects.model._meta.label}:
            wanted |= _belongs_to(objects)
    return wanted


def _belongs_to(objects: QuerySet[object]) -> Q:
    keys = objects.order_by().values(named=Cast("pk", TextField()))
    return Q(subject_type=objects.model._meta.label, subject_id__in=keys)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), _VIETNAM)
