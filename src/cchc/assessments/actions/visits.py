"""Setting the days on which the field team comes to units, and taking them back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.utils.timezone import localtime

from cchc.assessments.actions.taking import take_round, take_sheet
from cchc.assessments.actions.telling_of_visits import tell_taken_back, tell_visited
from cchc.assessments.audit_kinds import VISIT_MOVED, VISIT_PLANNED, VISIT_TAKEN_BACK
from cchc.assessments.halves import HALVES
from cchc.assessments.models import Phase, Round, Sheet, Visit
from cchc.assessments.models.visits import LONGEST_NOTE, LONGEST_PLACE
from cchc.assessments.policies import may_be_visited
from cchc.assessments.visits import FIELD, Planned, wrong_with
from cchc.audit.actions import action, nothing_changed, record, values_of
from cchc.audit.actors import Actor
from cchc.files.queries import subjects_cited
from cchc.organizations.calendars import calendars_of
from cchc.organizations.doers import sign
from cchc.records.errors import DomainError, Problem, problem, refuse


@action
def plan_visits(*, actor: Actor, now: datetime, round_: Round, planned: Sequence[Planned]) -> list[Visit]:
    """Units of the round are visited on these days; who has a day already gets the new one. The unit is told of a day
    that is set or moved. What stands there as given is left alone; answers what was written.

    Raises `assessments.not_in_state`, `assessments.no_field_phase`, `assessments.sheet_not_found`,
    `assessments.unknown_half`, `assessments.text_too_long`, `assessments.visit_stale`; for every unit of which it is
    so `assessments.visit_outside`, `assessments.visit_before`, `assessments.visit_day_off`.
    """
    locked = take_round(round_)
    may_be_visited(locked).require()
    phase = locked.phases.filter(phase=FIELD).first()
    if phase is None:
        raise refuse("assessments.no_field_phase")
    known = _known(locked, planned)
    changed = [(one, known[one.sheet.pk]) for one in planned if not _stands(known[one.sheet.pk], one)]
    _check(locked, phase, [one for one, _ in changed], localtime(now).date())
    if not changed:
        nothing_changed()
    written = [_write(actor, now, one, visit) for one, visit in changed]
    tell_visited(written, actor, now)
    return [visit for visit, _ in written]


@action
def take_visit_back(*, actor: Actor, now: datetime, visit: Visit, reason: str) -> Visit:
    """The unit is not visited that day, and is told so. Raises `assessments.no_reason`, `assessments.not_in_state`,
    `assessments.visit_not_found` where it was taken back meanwhile, `assessments.visit_has_files` where its
    record holds files already.
    """
    if not reason.strip():
        raise refuse("assessments.no_reason")
    sheet = take_sheet(visit.sheet)
    may_be_visited(sheet.round).require()
    locked = Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    if locked.taken_back_at is not None:
        raise refuse("assessments.visit_not_found")
    if subjects_cited(Visit._meta.label, [locked.pk]):
        raise refuse("assessments.visit_has_files", unit=sheet.name)
    before = values_of(locked)
    locked.taken_back_at, locked.reason = now, reason.strip()
    locked.version += 1
    sign(locked, "taken_back", actor)
    locked.save()
    locked.sheet = sheet
    record(VISIT_TAKEN_BACK, locked, before=before, after=values_of(locked), reason=locked.reason)
    tell_taken_back(locked, actor, now)
    return locked


def _known(round_: Round, planned: Iterable[Planned]) -> Mapping[int, Visit | None]:
    """By sheet's key the visit that stands there. Raises where somebody else has set another meanwhile."""
    keys = [one.sheet.pk for one in planned]
    names = dict(Sheet.objects.filter(round=round_, pk__in=keys).order_by("pk").values_list("pk", "name"))
    found = Visit.objects.select_for_update(of=("self",)).filter(sheet__in=keys).order_by("pk")
    there: dict[int, Visit] = {one.sheet_id: one for one in found}
    stale = []
    for one in planned:
        if one.sheet.pk not in names:
            raise refuse("assessments.sheet_not_found")
        visit = there.get(one.sheet.pk)
        if one.expected_version != (visit.version if visit is not None else 0):
            stale.append(problem("assessments.visit_stale", unit=names[one.sheet.pk]))
    if stale:
        raise DomainError(*stale)
    return {key: there.get(key) for key in keys}


def _stands(visit: Visit | None, one: Planned) -> bool:
    if visit is None or visit.taken_back_at is not None:
        return False
    return _said(visit) == (one.visit_on, one.half, _clean(one.place), _clean(one.note))


def _said(visit: Visit) -> tuple[date, str, str, str]:
    return visit.visit_on, visit.half, visit.place, visit.note


def _check(round_: Round, phase: Phase, planned: Sequence[Planned], day: date) -> None:
    calendars = calendars_of([one.sheet.unit_id for one in planned], day) if planned else {}
    problems: list[Problem] = []
    for one in planned:
        if one.half not in HALVES:
            raise refuse("assessments.unknown_half", half=one.half)
        for text, limit in ((one.place, LONGEST_PLACE), (one.note, LONGEST_NOTE)):
            if len(_clean(text)) > limit:
                raise refuse("assessments.text_too_long", limit=limit)
        calendar = calendars[one.sheet.unit_id]
        found = wrong_with(one.sheet.name, one.visit_on, phase, round_.assessed_from, calendar)
        problems += [] if found is None else [found]
    if problems:
        raise DomainError(*problems)


def _write(actor: Actor, now: datetime, one: Planned, visit: Visit | None) -> tuple[Visit, date | None]:
    """The visit, and the day that stood there before."""
    stood = visit.visit_on if visit is not None and visit.taken_back_at is None else None
    before = values_of(visit) if visit is not None else None
    if visit is None:
        visit = Visit(sheet=one.sheet, version=0)
    visit.visit_on, visit.half = one.visit_on, one.half
    visit.place, visit.note = _clean(one.place), _clean(one.note)
    visit.version += 1
    visit.planned_at = now
    sign(visit, "planned", actor)
    visit.taken_back_at, visit.taken_back_by, visit.taken_back_as, visit.reason = None, None, "", ""
    visit.save()
    visit.sheet = one.sheet
    record(VISIT_MOVED if stood else VISIT_PLANNED, visit, before=before, after=values_of(visit))
    return visit, stood


def _clean(text: str) -> str:
    return " ".join(text.split())
