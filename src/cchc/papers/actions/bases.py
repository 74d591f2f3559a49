"""Entering and correcting legal bases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from cchc.audit.actions import action, nothing_changed, record, values_of
from cchc.audit.actors import Actor
from cchc.organizations.actions.dating import check_days
from cchc.organizations.models import Unit
from cchc.papers.audit_kinds import BASIS_CHANGED, BASIS_ENTERED
from cchc.papers.kinds import BASIS_KINDS, CITED_WITHOUT_NUMBER
from cchc.papers.models import LegalBasis
from cchc.papers.models.bases import LONGEST_NAME
from cchc.records.errors import refuse
from cchc.records.search import fold, sort_key
from cchc.records.sources import Source, Validity
from cchc.records.text import one_line


@dataclass(frozen=True, slots=True)
class BasisFacts:
    """What is known of a law or document; `validity` is when it is in force, `source` where that was read."""

    kind: str
    number: str
    issued_on: date
    issuer: str
    title: str
    validity: Validity
    source: Source
    verified: bool = False
    doubt: str = ""


@action
def enter_basis(*, actor: Actor, now: datetime, unit: Unit, facts: BasisFacts, is_sample: bool = False) -> LegalBasis:
    """A basis for the unit and all under it.

    Raises `papers.basis_incomplete`, `papers.basis_too_long`, `papers.in_force_before_issued`, `papers.basis_there`.
    """
    Unit.objects.select_for_update().get(pk=unit.pk)
    basis = LegalBasis(unit=unit, is_sample=is_sample)
    put_facts(basis, facts)
    same = LegalBasis.objects.filter(
        unit=unit, kind=basis.kind, number=basis.number, issuer=basis.issuer, issued_on=basis.issued_on,
        title=basis.title,
    )  # fmt: skip
    if same.exists():
        raise refuse("papers.basis_there", name=basis.name)
    basis.save()
    record(BASIS_ENTERED, basis, after=values_of(basis))
    return basis


@action
def change_basis(
    *, actor: Actor, now: datetime, basis: LegalBasis, facts: BasisFacts, replaced_by: LegalBasis | None = None,
    expected_version: int | None = None,
) -> LegalBasis:  # fmt: skip
    """Correct what is known, end its validity, name what replaces it.

    Raises `papers.basis_stale`, `papers.basis_replaces_itself`, and what `enter_basis` does. Papers that were issued
    keep the words they were issued with.
    """
    locked = LegalBasis.objects.select_for_update().get(pk=basis.pk)
    if expected_version is not None and locked.version != expected_version:
        raise refuse("papers.basis_stale", name=locked.name)
    if replaced_by is not None and _leads_to(replaced_by, locked):
        raise refuse("papers.basis_replaces_itself", name=locked.name)
    before = values_of(locked)
    put_facts(locked, facts)
    locked.replaced_by = replaced_by
    if values_of(locked) == before:
        nothing_changed()
        return locked
    locked.version += 1
    locked.save()
    record(BASIS_CHANGED, locked, before=before, after=values_of(locked))
    return locked


def _leads_to(basis: LegalBasis, target: LegalBasis) -> bool:
    """Whether following what replaces what, as the database has it now, comes to the target."""
    step: int | None = basis.pk
    seen: set[int] = set()
    while step is not None and step not in seen:
        if step == target.pk:
            return True
        seen.add(step)
        step = LegalBasis.objects.filter(pk=step).order_by("pk").values_list("replaced_by", flat=True).first()
    return False


def put_facts(basis: LegalBasis, facts: BasisFacts) -> None:
    """Write the facts into the record, tidied, after looking whether they can be so."""
    number, issuer, title, doubt = (one_line(text) for text in _texts(facts))
    has_number = number or facts.kind in CITED_WITHOUT_NUMBER
    if facts.kind not in BASIS_KINDS or not (has_number and issuer and title):
        raise refuse("papers.basis_incomplete")
    if max(len(issuer), len(title)) > LONGEST_NAME:
        raise refuse("papers.basis_too_long", limit=LONGEST_NAME)
    check_days(facts.validity.start, facts.validity.end)
    if facts.validity.start < facts.issued_on:
        raise refuse("papers.in_force_before_issued", start=facts.validity.start, issued=facts.issued_on)
    basis.kind, basis.number, basis.issuer, basis.title, basis.doubt = facts.kind, number, issuer, title, doubt
    basis.issued_on, basis.verified = facts.issued_on, facts.verified
    basis.starts_on, basis.ends_on = facts.validity.start, facts.validity.end
    basis.source_document, basis.source_on = facts.source.document.strip(), facts.source.on
    basis.search_key = fold(f"{basis.name} {number} {issuer} {title}")
    basis.sort_key = sort_key(f"{list(BASIS_KINDS).index(facts.kind)} {title if facts.kind == 'law' else number}")


def _texts(facts: BasisFacts) -> tuple[str, str, str, str]:
    return facts.number, facts.issuer, facts.title, facts.doubt
