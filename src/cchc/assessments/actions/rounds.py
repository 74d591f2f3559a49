"""Opening a round, arranging it, and moving it on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Final

from django.utils.timezone import localtime

from cchc.assessments.actions.comparing import keep_figures
from cchc.assessments.actions.taking import take_round
from cchc.assessments.actions.telling import tell_of_appraisal
from cchc.assessments.audit_kinds import (
    ROUND_CHANGED,
    ROUND_MOVED,
    ROUND_OPENED,
    SET_BROUGHT_IN,
    UNITS_TAKEN_IN,
)
from cchc.assessments.criteria import set_of
from cchc.assessments.models import Answer, FoundingPaper, Phase, Round, Sheet
from cchc.assessments.phases import FOUNDING_PAPERS, PHASES, REVIEW
from cchc.assessments.policies import check_step
from cchc.assessments.states import FILLING, ROUND
from cchc.audit.actions import action, nothing_changed, record, values_of
from cchc.audit.actors import Actor
from cchc.organizations.actions.dating import check_days
from cchc.organizations.doers import done_by
from cchc.organizations.models import Unit
from cchc.organizations.queries.units import named
from cchc.papers.models import Paper
from cchc.records.errors import refuse
from cchc.records.search import fold
from cchc.scoring.criteria import CriteriaSet
from cchc.scoring.writing import set_hash, to_yaml

_AT_ONCE: Final = 2_000
_MOVES: Final = ("appraise", "explain", "reappraise", "deliberate")


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """What a round is called, the days whose work is scored, and the last day whose data count."""

    title: str
    year: int
    assessed_from: date
    assessed_to: date
    cut_off_on: date


@dataclass(frozen=True, slots=True)
class Founding:
    """A paper on which the round rests; `paper` where it was issued here."""

    number: str
    issued_on: date
    paper: Paper | None = None


@action
def open_round(
    *, actor: Actor, now: datetime, organizer: Unit, facts: RoundFacts, copy_of: Round | None = None,
    is_sample: bool = False,
) -> Round:  # fmt: skip
    """A round of the unit's council, being prepared; `copying.copy_round` lays it out as `copy_of` was.

    Raises `assessments.no_title`, `records.ends_before_start`, `assessments.cut_off_outside`,
    `assessments.round_known`.
    """
    Unit.objects.select_for_update().get(pk=organizer.pk)
    round_ = Round(
        organizer=organizer, state=ROUND.first, copy_of=copy_of, opened_at=now, is_sample=is_sample,
        **done_by(actor, "opened"),
    )  # fmt: skip
    _put_facts(round_, facts)
    round_.save()
    record(ROUND_OPENED, round_, after=values_of(round_))
    return round_


@action
def change_round(*, actor: Actor, now: datetime, round_: Round, facts: RoundFacts, expected_version: int) -> Round:
    """Another title, year or days. Raises `assessments.round_stale`, `assessments.not_in_state`, as `open_round`."""
    locked = take_round(round_, expected_version)
    check_step(locked, "arrange")
    before = values_of(locked)
    _put_facts(locked, facts)
    if values_of(locked) == before:
        nothing_changed()
        return locked
    return _settled(locked, ROUND_CHANGED, before)


@action
def bring_set_in(*, actor: Actor, now: datetime, round_: Round, criteria: CriteriaSet, expected_version: int) -> Round:
    """The criteria set by which the round scores; until it begins another may take its place.

    Raises `assessments.round_stale`, `assessments.not_in_state`, `assessments.set_not_valid` where the set is not in
    force on the last day assessed.
    """
    locked = take_round(round_, expected_version)
    check_step(locked, "arrange")
    if not criteria.validity.holds_on(locked.assessed_to):
        raise refuse("assessments.set_not_valid", set=criteria.id, day=locked.assessed_to)
    before = {"criteria_id": locked.criteria_id, "criteria_hash": locked.criteria_hash}
    locked.criteria, locked.criteria_id, locked.criteria_hash = to_yaml(criteria), criteria.id, set_hash(criteria)
    locked.version += 1
    locked.save()
    after = {"criteria_id": locked.criteria_id, "criteria_hash": locked.criteria_hash}
    record(SET_BROUGHT_IN, locked, before=before, after=after)
    return locked


@action
def take_units_in(*, actor: Actor, now: datetime, round_: Round, groups: Mapping[Unit, str]) -> Sequence[Sheet]:
    """The units that the round scores, each with the group in which it is ranked; who is in it already changes group.

    Raises `assessments.not_in_state`, `organizations.not_there` for a unit that is not there on the day.
    """
    locked = take_round(round_)
    check_step(locked, "arrange")
    day = localtime(now).date()
    names = _names_on(groups, day)
    for unit in groups:
        if unit.pk not in names:
            raise refuse("organizations.not_there", code=unit.code, day=day)
    known = {sheet.unit_id: sheet for sheet in locked.sheets.order_by("place")}
    place = max((sheet.place for sheet in known.values()), default=0)
    made = []
    for unit, group in groups.items():
        sheet = known.get(unit.pk)
        if sheet is None:
            place += 1
            sheet = Sheet(round=locked, unit=unit, place=place, state=FILLING)
        sheet.group, sheet.name, sheet.search_key = " ".join(group.split()), names[unit.pk], fold(names[unit.pk])
        sheet.save()
        made.append(sheet)
    if not made:
        nothing_changed()
        return made
    record(UNITS_TAKEN_IN, locked, after={"units": {sheet.unit.code: sheet.group for sheet in made}})
    return made


@action
def set_timetable(
    *, actor: Actor, now: datetime, round_: Round, phases: Mapping[str, tuple[date, date]],
    papers: Mapping[str, Founding], expected_version: int,
) -> Round:  # fmt: skip
    """From when to when each phase lasts, and the papers on which the round rests; what is left out is not there.

    Days may be moved as long as the round is not frozen; afterwards those of the requests for a review alone.

    Raises `assessments.round_stale`, `assessments.not_in_state`,
    `assessments.unknown_phase`, `records.ends_before_start`, `assessments.phases_cross`.
    """
    locked = take_round(round_, expected_version)
    _check_phases(phases)
    if locked.result_version or locked.state not in _BEFORE_THE_RESULT:
        _check_only_review(locked, phases, papers)
    before = timetable_of(locked)
    Phase.objects.filter(round=locked).delete()
    FoundingPaper.objects.filter(round=locked).delete()
    for phase, (starts_on, ends_on) in phases.items():
        Phase.objects.create(round=locked, phase=phase, starts_on=starts_on, ends_on=ends_on)
    for kind, one in papers.items():
        if kind not in FOUNDING_PAPERS:
            raise refuse("assessments.unknown_founding_paper", kind=kind)
        FoundingPaper.objects.create(
            round=locked, kind=kind, number=one.number, issued_on=one.issued_on, paper=one.paper
        )
    locked.version += 1
    locked.save()
    record(ROUND_CHANGED, locked, before=before, after=timetable_of(locked))
    return locked


@action
def begin_round(*, actor: Actor, now: datetime, round_: Round, expected_version: int) -> Round:
    """Units begin to score themselves; set and units are fixed from here on.

    Raises `assessments.round_stale`, `assessments.not_in_state`, `assessments.no_set`, `assessments.no_units`,
    `assessments.no_self_phase`.
    """
    locked = take_round(round_, expected_version)
    check_step(locked, "begin")
    if not locked.criteria:
        raise refuse("assessments.no_set", round=locked.title)
    if not locked.sheets.exists():
        raise refuse("assessments.no_units", round=locked.title)
    if not locked.phases.filter(phase="self").exists():
        raise refuse("assessments.no_self_phase", round=locked.title)
    _lay_out(locked)
    return _moved(locked, "begin", "")


@action
def move_on(
    *, actor: Actor, now: datetime, round_: Round, step: str, expected_version: int, reason: str = ""
) -> Round:  # fmt: skip
    """The next of the steps that need nothing but the secretary's word.

    Raises `assessments.round_stale`, `assessments.not_in_state`; `assessments.sheets_open` where sheets that were not
    submitted are left behind and no reason is given.
    """
    if step not in _MOVES:
        raise LookupError(step)
    locked = take_round(round_, expected_version)
    check_step(locked, step)
    if step == "appraise" and not reason.strip() and locked.sheets.filter(state=FILLING).exists():
        raise refuse("assessments.sheets_open", count=locked.sheets.filter(state=FILLING).count())
    moved = _moved(locked, step, reason)
    if step == "explain":
        tell_of_appraisal(moved, actor, now)
    return moved


def timetable_of(round_: Round) -> dict[str, object]:
    """Its phases and founding papers, as an event says them."""
    phases = round_.phases.order_by("starts_on", "pk").values_list("phase", "starts_on", "ends_on")
    papers = round_.founding_papers.order_by("pk").values_list("kind", "number", "issued_on")
    return {
        "phases": [f"{phase}: {start.isoformat()}–{end.isoformat()}" for phase, start, end in phases],
        "founding_papers": [f"{kind}: {number}, {on.isoformat()}" for kind, number, on in papers],
    }


_BEFORE_THE_RESULT: Final = tuple(
    state.id for state in ROUND.states if state.id not in {"frozen", "approved", "published"}
)


def _lay_out(round_: Round) -> None:
    """The units' own answers, that say nothing yet: files can be cited for them at once; the figures to compare."""
    criteria, sheets = set_of(round_), list(round_.sheets.order_by("place"))
    codes = [criterion.code for criterion in criteria.criteria if criterion.scored_by_unit]
    empty = (Answer(sheet=sheet, criterion=code, stage="self") for sheet in sheets for code in codes)
    Answer.objects.bulk_create(empty, batch_size=_AT_ONCE)
    keep_figures(criteria, sheets, criteria.by_code.keys())


def _moved(round_: Round, step: str, reason: str) -> Round:
    before = values_of(round_)
    round_.state = ROUND.after(round_.state, ROUND.step(step))
    return _settled(round_, ROUND_MOVED, before, reason)


def _settled(round_: Round, kind: str, before: dict[str, object], reason: str = "") -> Round:
    round_.version += 1
    round_.save()
    record(kind, round_, before=before, after=values_of(round_), reason=reason.strip() or None)
    return round_


def _put_facts(round_: Round, facts: RoundFacts) -> None:
    title = " ".join(facts.title.split())
    if not title:
        raise refuse("assessments.no_title")
    check_days(facts.assessed_from, facts.assessed_to)
    if facts.cut_off_on < facts.assessed_from:
        raise refuse("assessments.cut_off_outside", day=facts.cut_off_on, start=facts.assessed_from)
    same = Round.objects.filter(organizer=round_.organizer, title=title, year=facts.year).exclude(pk=round_.pk)
    if same.exists():
        raise refuse("assessments.round_known", title=title, year=str(facts.year))
    round_.title, round_.year, round_.cut_off_on = title, facts.year, facts.cut_off_on
    round_.assessed_from, round_.assessed_to = facts.assessed_from, facts.assessed_to
    round_.search_key = fold(f"{title} {facts.year}")


def _check_phases(phases: Mapping[str, tuple[date, date]]) -> None:
    """Known ones, each ending after it starts, and none starting before one that goes before it."""
    for phase, (starts_on, ends_on) in phases.items():
        if phase not in PHASES:
            raise refuse("assessments.unknown_phase", phase=phase)
        check_days(starts_on, ends_on)
    in_order = [phase for phase in PHASES if phase in phases and phase not in ("field", REVIEW)]
    for earlier, later in pairwise(in_order):
        if phases[later][0] <= phases[earlier][1]:
            raise refuse("assessments.phases_cross", later=PHASES[later], earlier=PHASES[earlier])


def _check_only_review(
    round_: Round, phases: Mapping[str, tuple[date, date]], papers: Mapping[str, Founding]
) -> None:  # fmt: skip
    """Raise where anything but the phase of requests for a review is not as it stands."""
    known = {one.phase: (one.starts_on, one.ends_on) for one in round_.phases.all() if one.phase != REVIEW}
    rests_on = {one.kind: (one.number, one.issued_on) for one in round_.founding_papers.all()}
    given = {kind: (one.number, one.issued_on) for kind, one in papers.items()}
    if known != {phase: days for phase, days in phases.items() if phase != REVIEW} or rests_on != given:
        raise refuse("assessments.not_in_state", state=ROUND.state(round_.state).name)


def _names_on(units: Iterable[Unit], day: date) -> dict[int, str]:
    """What they are called on a day; who is not there is left out."""
    return {placed.unit_id: placed.name_vi for placed in named(units, day)}
