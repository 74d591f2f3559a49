"""The act of issuing: number, day, signer, and the content frozen; withdrawing and replacing what was issued."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.timezone import localdate

from cchc.audit.actions import action, record, values_of
from cchc.audit.actors import Actor
from cchc.documents.model import Document, Number
from cchc.documents.references import title_of
from cchc.organizations.models import Unit
from cchc.organizations.viewers import officials_behind
from cchc.papers.actions.approvals import drop_requests
from cchc.papers.actions.drafts import lock_paper, required_reason, said
from cchc.papers.audit_kinds import NUMBER_GIVEN, PAPER_ISSUED, PAPER_REPLACED, PAPER_WITHDRAWN
from cchc.papers.composing import draft_document, freeze, layout_of, parts_lacking, texts_of, unknown_in, unprintable
from cchc.papers.models import NumberSeries, Paper, PaperState
from cchc.papers.policies import may_become
from cchc.papers.queries.bases import citations_of, cited_by, doubts_about
from cchc.records.errors import DomainError, Problem, problem, refuse
from cchc.records.search import fold


@dataclass(frozen=True, slots=True)
class Issuing:
    """What the records office enters. `number` is None where the system gives the next one.

    `leaves_gap`: the numbers in between were given elsewhere. `accepts_expired`: the paper names a basis that was not
    in force on its day, and whoever issues it knows.
    """

    on: date
    number: int | None = None
    leaves_gap: bool = False
    accepts_expired: bool = False


@action
def issue_paper(
    *, actor: Actor, now: datetime, paper: Paper, issuing: Issuing, expected_version: int | None = None
) -> Paper:
    """Give the paper its number and day and freeze it; it was signed before (Nghị định 30/2020, article 15).

    Raises `papers.paper_stale`, `papers.no_draft_any_more`, `papers.issued_in_future`, all of what `hindrances` finds,
    and what is wrong with a number: `papers.number_taken`, `papers.leaves_gap`, `papers.dated_before_last`.
    """
    locked = lock_paper(paper, expected_version)
    may_become(locked, "issue").require()
    if issuing.on > localdate(now):
        raise refuse("papers.issued_in_future", day=issuing.on)
    if found := list(hindrances(locked, issuing)):
        raise DomainError(*found)
    before = said(locked)
    locked.number = _take_number(locked.unit, locked.symbol, issuing)
    locked.year, locked.issued_on, locked.issued_at = issuing.on.year, issuing.on, now
    locked.issued_by, locked.issued_for = officials_behind(actor)
    locked.state = PaperState.ISSUED.value
    document = _issued_document(locked)
    locked.content, locked.content_hash = freeze(document)
    locked.title = title_of(replace(document, number=None), layout_of(document, issuing.on))
    locked.search_key = fold(f"{locked.full_number} {locked.title} {locked.issuer}")
    locked.version += 1
    locked.save()
    record(PAPER_ISSUED, locked, before=before, after=said(locked))
    return locked


def hindrances(paper: Paper, issuing: Issuing) -> Iterator[Problem]:
    """What stands in the way of issuing a draft, everything at once: for the page before and for the act itself."""
    document = draft_document(paper, citations_of(paper), issuing.on)
    if not (document.summary and document.blocks):
        yield problem("papers.nothing_said")
    if not (paper.signer_name and paper.signer_title):
        yield problem("papers.no_signer")
    yield from _parts_lacking(paper)
    if names := unknown_in(paper):
        yield problem("papers.names_unknown", names=", ".join(names))
    if cited_by(paper) and not texts_of(paper).read().shows_bases:
        yield problem("papers.bases_without_place")
    if signs := unprintable(document, layout_of(document, issuing.on)):
        yield problem("papers.unprintable", signs=" ".join(signs))
    expired = [doubt for doubt in doubts_about(paper, issuing.on) if doubt.is_out_of_force]
    if expired and not issuing.accepts_expired:
        yield problem("papers.bases_out_of_force", names="; ".join(doubt.basis.name for doubt in expired))


def _parts_lacking(paper: Paper) -> Iterator[Problem]:
    """The template says which parts a paper has to have; each says something, and no hint is left over."""
    missing, empty, hints = parts_lacking(paper)
    if missing:
        yield problem("papers.parts_missing", parts="; ".join(missing))
    if empty:
        yield problem("papers.parts_empty", parts="; ".join(empty))
    if hints:
        yield problem("papers.hints_left", hints="; ".join(hints))


@action
def withdraw_paper(*, actor: Actor, now: datetime, paper: Paper, reason: str) -> Paper:
    """The paper counts no longer; its number stays its own. Raises `papers.not_in_force`, `papers.no_reason`."""
    locked = lock_paper(paper, None)
    may_become(locked, "withdraw").require()
    before = said(locked)
    locked.state, locked.because = PaperState.WITHDRAWN.value, required_reason(reason)
    locked.version += 1
    locked.save()
    record(PAPER_WITHDRAWN, locked, before=before, after=said(locked), reason=locked.because)
    drop_requests(locked, actor, now)
    return locked


@action
def replace_paper(*, actor: Actor, now: datetime, paper: Paper, by: Paper, reason: str) -> Paper:
    """Another issued paper of the unit stands in its place from now on.

    Raises `papers.not_in_force` for either, `papers.replaced_by_itself`, `papers.replaced_by_others`,
    `papers.no_reason`.
    """
    first, second = sorted((paper, by), key=lambda one: one.pk)
    both = {one.pk: lock_paper(one, None) for one in (first, second)}
    locked, other = both[paper.pk], both[by.pk]
    may_become(locked, "replace").require()
    may_become(other, "replace").require()
    if locked.pk == other.pk:
        raise refuse("papers.replaced_by_itself")
    if locked.unit_id != other.unit_id:
        raise refuse("papers.replaced_by_others")
    before = said(locked)
    locked.state, locked.because, locked.replaced_by = PaperState.REPLACED.value, required_reason(reason), other
    locked.version += 1
    locked.save()
    record(PAPER_REPLACED, locked, before=before, after=said(locked), reason=locked.because)
    drop_requests(locked, actor, now)
    return locked


def _issued_document(paper: Paper) -> Document:
    assert paper.issued_on is not None  # set just before
    draft = draft_document(paper, citations_of(paper), paper.issued_on)
    return replace(draft, number=Number(paper.symbol, paper.number), on=paper.issued_on, is_draft=False)


def _take_number(unit: Unit, symbol: str, issuing: Issuing) -> int:
    """The next number of the series, or the one entered. The series is locked until the action ends."""
    series = _locked_series(unit, symbol, issuing.on.year)
    before = values_of(series)
    number = _next(series, issuing) if issuing.number is None else _entered(series, issuing.number, issuing)
    if number > series.last:
        series.last, series.last_on = number, issuing.on
        series.save(update_fields=["last", "last_on"])
    record(NUMBER_GIVEN, series, before=before, after=values_of(series) | {"given": number})
    return number


def _locked_series(unit: Unit, symbol: str, year: int) -> NumberSeries:
    series, _ = NumberSeries.objects.select_for_update().get_or_create(unit=unit, symbol=symbol, year=year)
    return series


def _next(series: NumberSeries, issuing: Issuing) -> int:
    if series.last_on is not None and issuing.on < series.last_on:
        raise refuse("papers.dated_before_last", day=issuing.on, last=series.last, last_on=series.last_on)
    return series.last + 1


def _entered(series: NumberSeries, number: int, issuing: Issuing) -> int:
    used = Paper.objects.filter(unit_id=series.unit_id, symbol=series.symbol, year=series.year, number=number)
    if used.exists():
        raise refuse("papers.number_taken", number=number, symbol=series.symbol, next=series.last + 1)
    if number > series.last + 1 and not issuing.leaves_gap:
        raise refuse("papers.leaves_gap", number=number, first=series.last + 1, last=number - 1)
    if number > series.last:
        _next(series, issuing)
    return number
