"""A sample round as large as one likes, laid out in one go: to try and to measure how pages do with many units.

Figures follow a fixed rule; answers are laid in by one action with one event, as if they had come together in one file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.utils.timezone import localtime

from cchc.assessments.actions.charges import give_charge
from cchc.assessments.actions.comparing import keep_made
from cchc.assessments.actions.rounds import (
    RoundFacts,
    begin_round,
    bring_set_in,
    move_on,
    open_round,
    set_timetable,
    take_units_in,
)
from cchc.assessments.actions.taking import take_round
from cchc.assessments.audit_kinds import ANSWER_WRITTEN
from cchc.assessments.criteria import set_of
from cchc.assessments.models import Answer, Round
from cchc.assessments.states import SUBMITTED
from cchc.audit.actions import action, record
from cchc.audit.actors import Actor
from cchc.demo.large_set import large_set
from cchc.demo.province import read_sample
from cchc.organizations.actions.units import Standing, found_unit
from cchc.organizations.models import Official, Unit
from cchc.organizations.queries.units import children
from cchc.records.errors import refuse

_GROUP: Final = "Cấp xã"
_COMMUNE: Final = "commune"
_COMMUNES: Final = (_COMMUNE, "ward", "special_zone")
_REASON: Final = "Thiếu tài liệu kiểm chứng (mẫu)"
_LAID_OUT: Final = "Đợt mẫu: số liệu được đặt sẵn, không chờ đơn vị gửi (mẫu)"
_AT_ONCE: Final = 2_000


@dataclass(frozen=True, slots=True)
class Size:
    """So many units by so many criteria."""

    units: int
    criteria: int


@action
def load_large_round(*, actor: Actor, now: datetime, size: Size) -> Round:
    """In the sample province, its council's appraisers charged with all of it.

    Raises `demo.no_sample_province` where that was never loaded, `assessments.round_known` for the same size again.
    """
    sample = read_sample()
    known = {one.code: one for one in Official.objects.filter(is_sample=True)}
    if not {person.code for person in sample.people} <= known.keys():
        raise refuse("demo.no_sample_province")
    appraisers = [
        known[person.code] for person in sample.people if any(role.role == "appraiser" for role in person.roles)
    ]
    province = Unit.objects.get(code=sample.province)
    return lay_out_round(actor=actor, now=now, organizer=province, size=size, appraisers=appraisers)


@action
def lay_out_round(
    *, actor: Actor, now: datetime, organizer: Unit, size: Size, appraisers: Sequence[Official]
) -> Round:  # fmt: skip
    """A round under appraisal, labelled sample: every unit has answered everything, one answer in ten was lowered."""
    by: dict[str, Any] = {"actor": actor, "now": now}
    today = localtime(now).date()
    first, last = date(today.year, 1, 1), date(today.year, 12, 31)
    title = f"Chấm điểm {size.units} đơn vị theo {size.criteria} tiêu chí (mẫu)"
    facts = RoundFacts(title, today.year, first, last, last)
    round_ = open_round(**by, organizer=organizer, facts=facts, is_sample=True)
    criteria = large_set(size.criteria)
    round_ = bring_set_in(**by, round_=round_, criteria=criteria, expected_version=round_.version)
    units = communes_of(**by, organizer=organizer, number=size.units)
    take_units_in(**by, round_=round_, groups=dict.fromkeys(units, _GROUP))
    phases = {"self": (today, today)}
    round_ = set_timetable(**by, round_=round_, phases=phases, papers={}, expected_version=round_.version)
    round_ = begin_round(**by, round_=round_, expected_version=round_.version)
    for official in appraisers:
        give_charge(**by, round_=round_, official=official, starts_on=today)
    answer_everything(**by, round_=round_)
    return move_on(**by, round_=round_, step="appraise", expected_version=round_.version, reason=_LAID_OUT)


def communes_of(*, actor: Actor, now: datetime, organizer: Unit, number: int) -> list[Unit]:
    """So many communes, wards, special zones under the unit: those that are there, and invented ones, named as samples,
    for what lacks.
    """
    today = localtime(now).date()
    there = [one for one in children(organizer, today).select_related("unit") if one.kind in _COMMUNES]
    units = [one.unit for one in there[:number]]
    for at in range(len(there) + 1, number + 1):
        standing = Standing(_COMMUNE, f"xã Mẫu {at} (mẫu)", organizer, f"Commune {at} (sample)")
        units.append(
            found_unit(actor=actor, now=now, code=f"xa-mau-{at}", standing=standing, starts_on=today, is_sample=True)
        )
    return units


@action
def answer_everything(*, actor: Actor, now: datetime, round_: Round) -> None:
    """Figures by a fixed rule in every sheet, which is submitted: planned 90–99, done 50–109; one in ten appraised a
    little lower.
    """
    locked = take_round(round_)
    own = list(Answer.objects.filter(sheet__round=locked, stage="self").order_by("sheet__place", "pk"))
    for at, answer in enumerate(own):
        answer.said, answer.version, answer.written_at = _figures(at), 1, now
    Answer.objects.bulk_update(own, ["said", "version", "written_at"], batch_size=_AT_ONCE)
    Answer.objects.bulk_create(_appraisals(own, now), batch_size=_AT_ONCE)
    locked.sheets.update(state=SUBMITTED, submitted_at=now)
    criteria = set_of(locked)
    keep_made(criteria, list(locked.sheets.order_by("place")), criteria.by_code.keys())
    record(ANSWER_WRITTEN, locked, after={"answers": len(own)})


def _figures(at: int) -> dict[str, str]:
    return {"done": str(50 + (at * 7) % 60), "planned": str(90 + at % 10)}


def _appraisals(own: Sequence[Answer], now: datetime) -> Iterator[Answer]:
    for at, answer in enumerate(own):
        if at % 10 == 0:
            said = {"done": str(int(answer.said["done"]) - 5), "reason": _REASON}
            yield Answer(
                sheet_id=answer.sheet_id, criterion=answer.criterion, stage="document1", said=said, version=1,
                written_at=now,
            )  # fmt: skip
