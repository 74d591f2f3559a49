"""Two persons freeze the result: one puts it forward, the other confirms the very same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime

from cchc.assessments.actions.taking import take_round
from cchc.assessments.actions.telling_of_council import end_slips
from cchc.assessments.actions.telling_of_rounds import tell_reopened
from cchc.assessments.audit_kinds import FREEZE_PROPOSED, FREEZE_WITHDRAWN, RESULT_FROZEN, ROUND_MOVED
from cchc.assessments.computing import Scored, score
from cchc.assessments.council import FINAL, settled_cells, undecided_exclusions
from cchc.assessments.criteria import set_of
from cchc.assessments.models import Answer, Freeze, Motion, Result, Round, Sheet
from cchc.assessments.policies import check_step
from cchc.assessments.states import ROUND
from cchc.audit.actions import action, record, values_of
from cchc.audit.actors import Actor
from cchc.organizations.doers import done_by, sign
from cchc.organizations.models import Official
from cchc.organizations.viewers import officials_behind
from cchc.records.errors import DomainError, Message, Problem, problem, refuse
from cchc.scoring.results import UnitResult
from cchc.scoring.sheets import STAGES, Stage

_MOST_NAMED = 20


@action
def propose_freeze(
    *, actor: Actor, now: datetime, round_: Round, expected_version: int, reason: str = ""
) -> Freeze:  # fmt: skip
    """Put forward what the answers come to now. After a version that was in force it needs a reason.

    Raises `assessments.round_stale`, `assessments.not_in_state`, `assessments.freeze_open`, `assessments.no_reason`,
    one problem for each sheet that cannot be scored, `assessments.motions_open`, and one problem for each criterion
    taken out about which the council has not decided.
    """
    locked = take_round(round_, expected_version)
    check_step(locked, "freeze")
    if locked.result_version and not reason.strip():
        raise refuse("assessments.no_reason")
    if locked.freezes.filter(confirmed_at=None, withdrawn_at=None).exists():
        raise refuse("assessments.freeze_open")
    scored, sheets = _scored(locked)
    check_scorable(scored, sheets)
    _check_settled(locked, scored, sheets)
    doer = _official(actor)
    freeze = Freeze.objects.create(
        round=locked, version=locked.result_version + 1, content_hash=_hash(locked, sheets, scored),
        reason=reason.strip(), proposed_at=now, **done_by(actor, "proposed") | {"proposed_by": doer},
    )  # fmt: skip
    record(FREEZE_PROPOSED, freeze, after=values_of(freeze), reason=reason.strip() or None)
    return freeze


@action
def withdraw_freeze(*, actor: Actor, now: datetime, freeze: Freeze, reason: str) -> Freeze:
    """It is not put forward any more. Raises `assessments.no_reason`, `assessments.freeze_over`."""
    if not reason.strip():
        raise refuse("assessments.no_reason")
    take_round(freeze.round)
    locked = _open(freeze)
    before = values_of(locked)
    locked.withdrawn_at = now
    locked.save()
    record(FREEZE_WITHDRAWN, locked, before=before, after=values_of(locked), reason=reason.strip())
    return locked


@action
def confirm_freeze(*, actor: Actor, now: datetime, freeze: Freeze, reason: str = "") -> Round:
    """Index, class and rank of every sheet are what was put forward; nothing is written any more. The history keeps
    `reason`.

    Raises `assessments.freeze_over`, `assessments.not_in_state`, `assessments.freeze_by_one` for who put it forward, in
    whichever office, and `assessments.freeze_changed` where what the answers come to is not what was put forward.
    """
    round_ = take_round(freeze.round)
    check_step(round_, "freeze")
    locked = _open(freeze)
    doers = {one.pk for one in officials_behind(actor) if one is not None}
    if locked.proposed_by_id in doers:
        raise refuse("assessments.freeze_by_one")
    scored, sheets = _scored(round_)
    check_scorable(scored, sheets)
    if _hash(round_, sheets, scored) != locked.content_hash:
        raise refuse("assessments.freeze_changed")
    Result.objects.bulk_create(_results(sheets, scored, locked.version))
    locked.confirmed_at = now
    sign(locked, "confirmed", actor)
    locked.save()
    before = values_of(round_)
    round_.state, round_.result_version = ROUND.after(round_.state, ROUND.step("freeze")), locked.version
    round_.version += 1
    round_.save()
    record(RESULT_FROZEN, locked, after=values_of(locked), reason=reason.strip() or None)
    record(ROUND_MOVED, round_, before=before, after=values_of(round_))
    end_slips(round_, actor, now)
    return round_


@action
def reopen_round(*, actor: Actor, now: datetime, round_: Round, expected_version: int, reason: str) -> Round:
    """The council looks at it once more; the version that was frozen stays readable. Whom it concerns is told.

    Raises `assessments.no_reason`, `assessments.round_stale`, `assessments.not_in_state`.
    """
    if not reason.strip():
        raise refuse("assessments.no_reason")
    locked = take_round(round_, expected_version)
    check_step(locked, "reopen")
    before = values_of(locked)
    locked.state = ROUND.after(locked.state, ROUND.step("reopen"))
    locked.version += 1
    locked.save()
    record(ROUND_MOVED, locked, before=before, after=values_of(locked), reason=reason.strip())
    tell_reopened(locked, reason.strip(), actor, now)
    return locked


def results_now(round_: Round, version: int) -> list[Result]:
    """What a version would hold if it were frozen as things stand; none where a sheet has no index. Nothing is kept."""
    scored, sheets = _scored(round_)
    return [] if _unscored(scored, sheets) else list(_results(sheets, scored, version))


def not_scorable(round_: Round) -> list[Problem]:
    """One problem for each sheet of the round that has no index as things stand."""
    return _unscored(*_scored(round_))


def check_scorable(scored: Scored, sheets: list[Sheet]) -> None:
    """Raise one problem for each sheet that has no index, naming the first criterion that is missing."""
    if problems := _unscored(scored, sheets):
        raise DomainError(*problems[:_MOST_NAMED])


def _check_settled(round_: Round, scored: Scored, sheets: list[Sheet]) -> None:
    """Raise where something waits for the council: a motion, or a criterion that was taken out."""
    if waiting := Motion.objects.filter(sheet__round=round_, outcome="").count():
        raise refuse("assessments.motions_open", count=waiting)
    settled = settled_cells(Answer.objects.filter(sheet__round=round_, stage=FINAL).order_by("pk"))
    undecided = undecided_exclusions(scored, sheets, settled)
    problems = [
        problem("assessments.exclusion_undecided", unit=sheet.name, criterion=criterion.code)
        for sheet, criterion in undecided[:_MOST_NAMED]
    ]
    if problems:
        raise DomainError(*problems)


def _unscored(scored: Scored, sheets: list[Sheet]) -> list[Problem]:
    return [found for sheet in sheets if (found := _why_not(sheet, scored.of(sheet.pk, FINAL)))]


def _why_not(sheet: Sheet, result: UnitResult | None) -> Problem | None:
    if result is not None and result.index is not None:
        return None
    failed = next((leaf for leaf in result.leaves if leaf.error is not None), None) if result else None
    if failed is not None:
        return problem("assessments.sheet_unscored", unit=sheet.name, criterion=failed.criterion.code, why=failed.error)
    why = result.errors[0] if result is not None and result.errors else Message("scoring.points_missing")
    return problem("assessments.sheet_without_index", unit=sheet.name, why=why)


def _official(actor: Actor) -> Official:
    official = officials_behind(actor)[0]
    if official is None:
        raise refuse("assessments.freeze_by_official")
    return official


def _open(freeze: Freeze) -> Freeze:
    locked = Freeze.objects.select_for_update(of=("self",)).select_related("round").get(pk=freeze.pk)
    if locked.confirmed_at is not None or locked.withdrawn_at is not None:
        raise refuse("assessments.freeze_over")
    return locked


def _scored(round_: Round) -> tuple[Scored, list[Sheet]]:
    sheets = list(round_.sheets.order_by("place"))
    answers = Answer.objects.filter(sheet__round=round_).order_by("pk")
    return score(set_of(round_), sheets, answers, until=FINAL), sheets


def _hash(round_: Round, sheets: list[Sheet], scored: Scored) -> str:
    """SHA-256 of the set and of every figure of every sheet, criterion by criterion."""
    figures = [
        [
            sheet.unit_id,
            sheet.group,
            stage,
            _figures(result),
            [[str(leaf.points), leaf.counted] for leaf in result.leaves],
        ]
        for sheet in sheets
        for stage, result in _stages(sheet, scored)
    ]
    content = json.dumps([round_.criteria_hash, figures], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()


def _figures(result: UnitResult) -> list[str]:
    band = result.band.id if result.band else ""
    return [str(result.points), str(result.maximum), str(result.index), band, str(result.rank)]


def _stages(sheet: Sheet, scored: Scored) -> Iterator[tuple[Stage, UnitResult]]:
    """The stages at which something was said in the round, and the last one in any case."""
    for stage in STAGES:
        result = scored.of(sheet.pk, stage)
        if result is not None and (result.stage == stage or stage == FINAL):
            yield stage, result


def _results(sheets: list[Sheet], scored: Scored, version: int) -> Iterator[Result]:
    for sheet in sheets:
        for stage, result in _stages(sheet, scored):
            yield Result(
                sheet=sheet, version=version, stage=stage,
                points="" if result.points is None else str(result.points), maximum=str(result.maximum),
                index=result.index, band=result.band.id if result.band else "", rank=result.rank,
            )  # fmt: skip
