"""A verifier finds whether a dossier was really late; a share of what was found is drawn and looked at again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from cchc.audit.actions import action, record, values_of
from cchc.audit.actors import Actor
from cchc.followups.actions.recording import required, said
from cchc.organizations.doers import done_by
from cchc.organizations.models import Unit
from cchc.oversight.actions.keeping import locked as locked_source
from cchc.oversight.actions.list_steps import doers_of, official_of
from cchc.oversight.actions.sums import pairs_of, recount_sums
from cchc.oversight.audit_kinds_lists import RECHECKED, RECHECKS_DRAWN, VERDICT_FOUND
from cchc.oversight.drawing import drawn
from cchc.oversight.models import DelayVerdict, Finding, KeptDossier, ListedItem, Recheck, RecheckDraw
from cchc.oversight.queries.verdicts import forgotten_in
from cchc.oversight.states_lists import APPROVED, DECIDED, DRAFTED, NOTIFIED
from cchc.oversight.timetable import timetable_on
from cchc.records.errors import refuse
from cchc.records.months import following


@dataclass(frozen=True, slots=True)
class Found:
    """What a verifier says: real or forgotten, why, and what shows it."""

    finding: str
    reason: str
    evidence: str = ""


@action
def give_verdict(*, actor: Actor, now: datetime, kept: KeptDossier, found: Found) -> DelayVerdict:
    """Of a dossier that is late.

    Raises `oversight.not_late`, `oversight.verdict_there`, and what `_verdict` raises.
    """
    source = locked_source(kept.source_id)
    locked = KeptDossier.objects.select_for_update().get(pk=kept.pk)
    if not locked.late_minutes:
        raise refuse("oversight.not_late")
    if DelayVerdict.objects.filter(kept=locked, is_current=True).exists():
        raise refuse("oversight.verdict_there")
    verdict = _verdict(locked, found, None, actor, now)
    recount_sums(source, pairs_of([locked.pk]))
    return verdict


@action
def draw_rechecks(*, actor: Actor, now: datetime, unit: Unit, month: date, seed: str) -> RecheckDraw:
    """So many per cent of what was found “forgotten” in a month that is over, under the unit.

    Raises `oversight.month_not_over`, `oversight.drawn_already`, `oversight.nothing_to_draw`.
    """
    Unit.objects.select_for_update().get(pk=unit.pk)
    if localdate(now) < following(month):
        raise refuse("oversight.month_not_over")
    if RecheckDraw.objects.filter(unit=unit, month=month).exists():
        raise refuse("oversight.drawn_already")
    keys = list(forgotten_in(unit, month).order_by("pk").values_list("pk", flat=True))
    if not keys:
        raise refuse("oversight.nothing_to_draw")
    percent = timetable_on(month).value.recheck
    chosen = drawn(keys, percent, seed)
    draw = RecheckDraw.objects.create(
        unit=unit, month=month, seed=seed, percent=percent, drawn_from=len(keys), drawn=len(chosen), drawn_at=now,
        **done_by(actor, "drawn"),
    )  # fmt: skip
    Recheck.objects.bulk_create(Recheck(draw=draw, verdict_id=key) for key in chosen)
    record(RECHECKS_DRAWN, draw, after=values_of(draw))
    return draw


@action
def recheck_verdict(*, actor: Actor, now: datetime, recheck: Recheck, found: Found) -> Recheck:
    """Somebody else looks at it again: the same is found, or another verdict counts from now on.

    Raises `oversight.rechecked_already`, `oversight.own_verdict_not_allowed`, and what `_verdict` raises.
    """
    locked = Recheck.objects.select_for_update(of=("self",)).select_related("verdict__kept").get(pk=recheck.pk)
    if locked.done_at is not None:
        raise refuse("oversight.rechecked_already")
    if locked.verdict.found_by_id in doers_of(actor):
        raise refuse("oversight.own_verdict_not_allowed")
    before = values_of(locked)
    locked.done_at, locked.is_confirmed = now, locked.verdict.finding == found.finding
    locked.save()
    old = locked.verdict
    source = locked_source(old.kept.source_id)
    old.is_current = False
    old.save()
    _verdict(old.kept, found, old, actor, now)
    recount_sums(source, pairs_of([old.kept_id]))
    record(RECHECKED, locked, before=before, after=values_of(locked))
    return locked


def _verdict(
    kept: KeptDossier, found: Found, corrects: DelayVerdict | None, actor: Actor, now: datetime
) -> DelayVerdict:  # fmt: skip
    """Raises `followups.nothing_said` without a reason, or for “forgotten” without what shows it;
    `oversight.own_dossier_not_allowed` for who had the dossier.
    """
    finding, reason = Finding(found.finding), required(found.reason)
    evidence = required(found.evidence) if finding is Finding.FORGOTTEN else said(found.evidence)
    if kept.spells.filter(official__in=doers_of(actor)).exists():
        raise refuse("oversight.own_dossier_not_allowed")
    verdict = DelayVerdict.objects.create(
        kept=kept, finding=finding.value, reason=reason, evidence=evidence, corrects=corrects,
        found_at=now, **done_by(actor, "found") | {"found_by": official_of(actor)},
    )  # fmt: skip
    record(VERDICT_FOUND, verdict, after=values_of(verdict), reason=reason)
    open_ = ListedItem.objects.filter(listed__list__state__in=[DRAFTED, NOTIFIED, DECIDED, APPROVED], kept=kept)
    open_.update(verdict=verdict.finding)
    return verdict
