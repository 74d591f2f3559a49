"""Carrying out a merger, a split or a dissolution with all that hangs on the units: people, roles, parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import product
from typing import Any

from cchc.audit.actions import action, record, values_of
from cchc.audit.actors import Actor
from cchc.organizations.actions.dating import DAY, end
from cchc.organizations.actions.units import (
    Standing,
    end_unit,
    found_unit,
    give_supervision,
    merge_into,
    place_unit,
    placement_on,
    reorganize,
)
from cchc.organizations.audit_kinds import (
    POSTING_ENDED,
    POSTING_GIVEN,
    ROLE_GRANTED,
    ROLE_WITHDRAWN,
    SUPERVISION_ENDED,
)
from cchc.organizations.kinds import check_merger
from cchc.organizations.models import Placement, Posting, Reorganization, RoleGrant, Succession, Supervision, Unit
from cchc.organizations.queries.leaving import grants_left, leaving, parts_left, postings_left, supervisions_left
from cchc.organizations.reorganizing import ENDS, HEADS, JOINS, Arrangement, Fate, Fates
from cchc.records.errors import refuse
from cchc.records.sources import Source


@dataclass(frozen=True, slots=True)
class _Course:
    """Who carries an arrangement out, the successors by code, and the decision behind every record."""

    actor: Actor
    now: datetime
    day: date
    source: Source
    successors: Mapping[str, Unit]
    above: Unit | None

    @property
    def by(self) -> dict[str, Any]:
        return {"actor": self.actor, "now": self.now}

    def target(self, fate: Fate) -> Unit:
        """Raises `organizations.no_successor`."""
        if fate.to not in self.successors:
            raise refuse("organizations.no_successor")
        return self.successors[fate.to]

    def place(self, fate: Fate) -> Unit:
        """Under what a part stands from then on."""
        return self.above if self.above is not None and self.above.code == fate.to else self.target(fate)

    @property
    def sourced(self) -> dict[str, Any]:
        return {"source_document": self.source.document, "source_on": self.source.on}


@action
def carry_out(
    *, actor: Actor, now: datetime, arrangement: Arrangement, fates: Fates, reason: str = ""
) -> Reorganization:
    """From the arrangement's day on its units live on in the successors, and each posting, role and part has the fate
    that was chosen for it. All of it or nothing.

    Raises `organizations.arrangement_stale` when something was added or ended since `fates` were chosen,
    `organizations.wrong_merger_kind`, and what `reorganize`, `found_unit` and `place_unit` raise.
    """
    left = leaving(arrangement)
    if left.keys != fates.keys():
        raise refuse("organizations.arrangement_stale")
    check_kinds(arrangement)
    successors = _successors(actor, now, arrangement)
    course = _Course(actor, now, arrangement.effective_on, arrangement.source, successors, arrangement.above)
    joined = _settle_parts(course, {one: fates[f"part-{one.unit_id}"] for one in left.parts})
    change = _turn(course, arrangement, reason)
    Succession.objects.bulk_create(
        Succession(reorganization=change, predecessor=part, successor=target) for part, target in joined.items()
    )
    for posting in left.postings:
        _settle_posting(course, posting, fates[f"posting-{posting.pk}"])
    for grant in left.grants:
        _settle_grant(course, grant, fates[f"grant-{grant.pk}"])
    _settle_supervisions(course, arrangement)
    return change


def _turn(course: _Course, arrangement: Arrangement, reason: str) -> Reorganization:
    days: dict[str, Any] = {"effective_on": arrangement.effective_on, "source": arrangement.source, "reason": reason}
    if arrangement.kind == "merger":
        (unit,) = arrangement.into
        return merge_into(**course.by, unit=unit, others=arrangement.units, new_name=arrangement.new_name, **days)
    successors = list(course.successors.values())
    return reorganize(**course.by, kind=arrangement.kind, predecessors=arrangement.units, successors=successors, **days)


def check_kinds(arrangement: Arrangement, placements: Sequence[Placement] | None = None) -> None:
    """Whether what goes may go into the successors, by what each is on its day. One query, none where all `placements`
    of its units have been read.

    Raises `organizations.wrong_merger_kind`, `organizations.not_there`.
    """
    if placements is None:
        placements = list(Placement.objects.filter(unit__in=[*arrangement.units, *arrangement.into]).order_by("pk"))
    before = _kinds_on(arrangement.units, placements, arrangement.effective_on - DAY)
    after = _kinds_on(arrangement.into, placements, arrangement.effective_on)
    for kind, into in product(before, after):
        check_merger(kind, into)


def _kinds_on(units: Sequence[Unit], placements: Sequence[Placement], day: date) -> list[str]:
    kinds = {one.unit_id: one.kind for one in placements if one.holds_on(day)}
    for unit in units:
        if unit.pk not in kinds:
            raise refuse("organizations.not_there", code=unit.code, day=day)
    return [kinds[unit.pk] for unit in units]


def _successors(actor: Actor, now: datetime, arrangement: Arrangement) -> dict[str, Unit]:
    """By code; those that the arrangement founds are founded."""
    found = {unit.code: unit for unit in arrangement.into}
    for new in arrangement.founded:
        last = placement_on(arrangement.units[0], arrangement.effective_on - DAY)
        standing = Standing(last.kind, new.name, last.parent, source=arrangement.source)
        found[new.code] = found_unit(
            actor=actor, now=now, code=new.code, standing=standing, starts_on=arrangement.effective_on
        )
    return found


def _settle_parts(course: _Course, parts: Mapping[Placement, Fate]) -> dict[Unit, Unit]:
    """Parts move, or end, with all of theirs. Answers those whose people go to a successor, each with it."""
    joined = dict[Unit, Unit]()
    for part, fate in parts.items():
        if fate.what in {ENDS, JOINS}:
            target = course.target(fate) if fate.what == JOINS else None
            ended = _end_with_parts(course, part.unit, target)
            joined |= {} if target is None else dict.fromkeys(ended, target)
        elif part.parent != (target := course.place(fate)):
            standing = Standing(part.kind, part.name_vi, target, part.name_en, part.symbol, course.source)
            place_unit(**course.by, unit=part.unit, standing=standing, starts_on=course.day)
    return joined


def _end_with_parts(course: _Course, unit: Unit, target: Unit | None) -> list[Unit]:
    """The lowest end first. Roles over a part never become roles over the whole."""
    ended = [one for part in parts_left([unit], course.day) for one in _end_with_parts(course, part.unit, target)]
    to = Fate(ENDS) if target is None else Fate(JOINS, target.code)
    for posting in postings_left([unit], course.day).order_by("pk"):
        _settle_posting(course, posting, to)
    for grant in grants_left([unit], course.day).order_by("pk"):
        _settle_grant(course, grant, Fate(ENDS))
    _end_supervisions(course, supervisions_left([unit], course.day))
    end_unit(unit, course.day)
    return [*ended, unit]


def _settle_posting(course: _Course, posting: Posting, fate: Fate) -> None:
    target = None if fate.what == ENDS else course.target(fate)
    if target == posting.unit:
        return
    starts_on, ends_on = max(posting.starts_on, course.day), posting.ends_on
    _end_before(course, posting, POSTING_ENDED)
    there = Posting.objects.not_over(starts_on).filter(official=posting.official, unit=target).order_by("pk")
    if target is None or (not posting.is_main and there.exists()):
        return
    for beside in there.filter(is_main=False):
        _end_before(course, beside, POSTING_ENDED)
    new = Posting.objects.create(
        official=posting.official, unit=target, post=posting.post, is_main=posting.is_main,
        is_head=posting.is_head and fate.what == HEADS, starts_on=starts_on, ends_on=ends_on, **course.sourced,
    )  # fmt: skip
    record(POSTING_GIVEN, new, after=values_of(new), personal=True)


def _settle_grant(course: _Course, grant: RoleGrant, fate: Fate) -> None:
    """Who holds the same role over the successor already keeps that, and the other ends."""
    target = None if fate.what == ENDS else course.target(fate)
    if target == grant.unit:
        return
    starts_on, ends_on = max(grant.starts_on, course.day), grant.ends_on
    _end_before(course, grant, ROLE_WITHDRAWN)
    held = RoleGrant.objects.not_over(starts_on).filter(official=grant.official, role=grant.role, unit=target)
    if target is None or held.exists():
        return
    new = RoleGrant.objects.create(
        official=grant.official, role=grant.role, unit=target, covers_subtree=grant.covers_subtree,
        starts_on=starts_on, ends_on=ends_on, **course.sourced,
    )  # fmt: skip
    record(ROLE_GRANTED, new, after=values_of(new))


def _settle_supervisions(course: _Course, arrangement: Arrangement) -> None:
    """Whom a unit that goes followed, and who followed it, is tied to its successor where there is only one."""
    found = supervisions_left(arrangement.going, course.day)
    days = {one.pk: (max(one.starts_on, course.day), one.ends_on) for one in found}
    _end_supervisions(course, found)
    if len(course.successors) != 1:
        return
    (successor,) = course.successors.values()
    for one in found:
        supervisor = successor if one.supervisor in arrangement.going else one.supervisor
        unit = successor if one.unit in arrangement.going else one.unit
        known = Supervision.objects.not_over(course.day).filter(supervisor=supervisor, unit=unit)
        if supervisor != unit and not known.exists():
            starts_on, ends_on = days[one.pk]
            give_supervision(
                **course.by, supervisor=supervisor, unit=unit, starts_on=starts_on, ends_on=ends_on,
                source=course.source,
            )  # fmt: skip


def _end_supervisions(course: _Course, found: list[Supervision]) -> None:
    for one in found:
        _end_before(course, one, SUPERVISION_ENDED)


def _end_before(course: _Course, dated: Posting | RoleGrant | Supervision, kind: str) -> None:
    """The day before the arrangement is its last; what would only begin later is taken back whole."""
    if dated.starts_on < course.day:
        end(dated, course.day - DAY, kind, course.source.document)
        return
    record(kind, dated, before=values_of(dated), reason=course.source.document)
    dated.delete()
