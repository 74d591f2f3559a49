"""Drafting papers, changing and discarding drafts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from django.utils.timezone import localdate

from cchc.audit.actions import action, nothing_changed, record, values_of
from cchc.audit.actors import Actor
from cchc.documents.layout import layout_on
from cchc.documents.references import title_of
from cchc.organizations.models import Official, Unit
from cchc.organizations.queries.units import path
from cchc.papers.audit_kinds import PAPER_CHANGED, PAPER_DISCARDED, PAPER_DRAFTED
from cchc.papers.composing import (
    Texts,
    check_texts,
    draft_document,
    kept_values,
    layout_of,
    on_behalf_of,
    texts_of_version,
)
from cchc.papers.kinds import PAPER_KINDS
from cchc.papers.models import CitedBasis, LegalBasis, Paper, PaperState, TemplateVersion
from cchc.papers.policies import may_become
from cchc.papers.vocabularies import OF_UNIT, body_of, place_of, superior_of
from cchc.papers.vocabulary import vocabulary_of
from cchc.records.errors import refuse
from cchc.records.search import fold
from cchc.records.text import nfc, one_line

_SYMBOL: Final = re.compile(r"[^\s/]{1,40}")


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the words of a paper: who issues it, its symbol, where, and who signs for whom."""

    issuer: str
    superior: str
    symbol: str
    place: str
    on_behalf: str = ""
    signer_title: str = ""
    signer_post: str = ""
    signer_name: str = ""


@action
def draft_paper(
    *, actor: Actor, now: datetime, unit: Unit, kind: str, template: TemplateVersion | None = None,
    vocabulary: str = OF_UNIT, about: str = "", drafted_by: Official | None = None, is_sample: bool = False,
) -> Paper:  # fmt: skip
    """A draft of the unit, from a template or empty; its names stand for what holds today.

    `about` is the id of the thing that the vocabulary speaks of. Raises `papers.unknown_kind`,
    `papers.unit_has_no_place_today`, `papers.unknown_vocabulary`.
    """
    today = localdate(now)
    if kind not in PAPER_KINDS:
        raise refuse("papers.unknown_kind", kind=kind, known=", ".join(PAPER_KINDS))
    way = path(unit, today)
    if not way:
        raise refuse("papers.unit_has_no_place_today", code=unit.code)
    vocabulary = vocabulary if template is None else template.template.vocabulary
    texts = Texts() if template is None else texts_of_version(template)
    paper = Paper(
        unit=unit, kind=kind, template=template, vocabulary=vocabulary, about=about, drafted_by=drafted_by,
        drafted_at=now, is_sample=is_sample, values=kept_values(vocabulary_of(vocabulary).gathered(unit, today, about)),
        issuer=body_of(way[-1]), superior=superior_of(way), place=place_of(way),
        symbol=layout_on(today).value.symbol(kind, way[-1].symbol),  # type: ignore[arg-type]
        **asdict(texts),
    )  # fmt: skip
    _name(paper, now)
    paper.save()
    record(PAPER_DRAFTED, paper, after=said(paper))
    return paper


@action
def change_draft(
    *, actor: Actor, now: datetime, paper: Paper, texts: Texts, frame: Frame, bases: Sequence[LegalBasis],
    expected_version: int | None = None,
) -> Paper:  # fmt: skip
    """The draft says this from now on.

    Raises `papers.paper_stale`, `papers.no_draft_any_more`, `papers.not_on_behalf`, `papers.no_symbol`, and what is
    wrong with the texts, each with its line.
    """
    locked = lock_paper(paper, expected_version)
    may_become(locked, "edit").require()
    check_texts(texts, vocabulary_of(locked.vocabulary))
    on_behalf_of(frame.on_behalf)
    before = said(locked)
    for field, text in {**asdict(texts), **asdict(frame)}.items():
        setattr(locked, field, nfc(text).strip())
    if not _SYMBOL.fullmatch(locked.symbol) or not locked.issuer:
        raise refuse("papers.no_symbol")
    _cite(locked, bases)
    _name(locked, now)
    return _save(locked, before, PAPER_CHANGED)


@action
def renew_values(*, actor: Actor, now: datetime, paper: Paper) -> Paper:
    """The names of the draft stand for what holds today. Raises `papers.no_draft_any_more`."""
    locked = lock_paper(paper, None)
    may_become(locked, "edit").require()
    gathered = vocabulary_of(locked.vocabulary).gathered(locked.unit, localdate(now), locked.about)
    if kept_values(gathered) == locked.values:
        nothing_changed()
        return locked
    before = said(locked) | {"values": locked.values}
    locked.values = kept_values(gathered)
    _name(locked, now)
    locked.version += 1
    locked.save()
    record(PAPER_CHANGED, locked, before=before, after=said(locked) | {"values": locked.values})
    return locked


@action
def discard_draft(
    *, actor: Actor, now: datetime, paper: Paper, reason: str, expected_version: int | None = None
) -> Paper:
    """The draft will not be issued; no number was given to it and none will be.

    Raises `papers.paper_stale`, `papers.no_draft_any_more`, `papers.no_reason`.
    """
    locked = lock_paper(paper, expected_version)
    may_become(locked, "discard").require()
    before = said(locked)
    locked.state, locked.because = PaperState.DISCARDED.value, required_reason(reason)
    return _save(locked, before, PAPER_DISCARDED, locked.because)


def lock_paper(paper: Paper, expected_version: int | None) -> Paper:
    """The paper as it is now, locked. Raises `papers.paper_stale`."""
    locked = Paper.objects.select_for_update().get(pk=paper.pk)
    if expected_version is not None and locked.version != expected_version:
        raise refuse("papers.paper_stale")
    return locked


def required_reason(reason: str) -> str:
    """The reason without needless space. Raises `papers.no_reason`."""
    if not (said_why := one_line(reason)):
        raise refuse("papers.no_reason")
    return said_why


def said(paper: Paper) -> dict[str, object]:
    """What the chain keeps of a paper: what people wrote, not what was derived from it."""
    left_out = {"values", "content", "search_key"}
    bases = paper.cited_bases.order_by("place").values_list("basis_id", flat=True) if paper.pk else []
    return {name: value for name, value in values_of(paper).items() if name not in left_out} | {"bases": list(bases)}


def _cite(paper: Paper, bases: Sequence[LegalBasis]) -> None:
    chosen = list(dict.fromkeys(basis.pk for basis in bases))
    if list(paper.cited_bases.order_by("place").values_list("basis_id", flat=True)) != chosen:
        paper.cited_bases.all().delete()
        CitedBasis.objects.bulk_create(
            CitedBasis(paper=paper, basis_id=basis, place=place) for place, basis in enumerate(chosen, start=1)
        )


def _name(paper: Paper, now: datetime) -> None:
    """Write what the paper is called in lists, and by what it is found."""
    today = localdate(now)
    document = draft_document(paper, [], today)
    paper.title = title_of(document, layout_of(document, today)) or PAPER_KINDS[paper.kind].vi
    paper.search_key = fold(f"{paper.title} {paper.symbol} {paper.issuer}")


def _save(paper: Paper, before: Mapping[str, object], kind: str, reason: str | None = None) -> Paper:
    if said(paper) == before:
        nothing_changed()
        return paper
    paper.version += 1
    paper.save()
    record(kind, paper, before=before, after=said(paper), reason=reason)
    return paper
