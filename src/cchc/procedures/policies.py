"""What the state of a version and what rests on it allow, whoever asks."""

from __future__ import annotations

from datetime import date

from cchc.interface.access import ALLOWED, Verdict, denied
from cchc.procedures.models import ProcedureVersion, Publication
from cchc.procedures.states import PUBLISHED, VERSION
from cchc.procedures.uses import uses_of
from cchc.procedures.versions import Version
from cchc.procedures.writing import version_text
from cchc.records.errors import refuse
from cchc.records.timelines import Dated


def may_become(version: ProcedureVersion, step: str) -> Verdict:
    """Whether the step of the table leads from where it stands. Raises `LookupError` for no step."""
    return ALLOWED if version.state in VERSION.step(step).sources else denied("procedures.not_in_state")


def check_possible(version: ProcedureVersion, step: str) -> None:
    """Raise `procedures.not_in_state` for a step that does not lead from where the version stands."""
    if not may_become(version, step):
        raise refuse("procedures.not_in_state")


def check_known(dated: Dated[Version]) -> None:
    """Raise `procedures.source_missing` without a decision, `procedures.doubt_missing` where it was not compared with
    that and nothing is said of why.
    """
    if not dated.source.document.strip():
        raise refuse("procedures.source_missing")
    if not (dated.verification.verified or (dated.verification.doubt or "").strip()):
        raise refuse("procedures.doubt_missing")


def says_the_same(version: ProcedureVersion, dated: Dated[Version]) -> bool:
    """Whether it is published exactly so: content, decision, whether it was compared with that; an end that is left
    open there may be known here.
    """
    stood = version.dated
    return (
        version.content == version_text(dated.value)
        and (stood.source.document, stood.source.on) == (dated.source.document, dated.source.on)
        and stood.verification.verified == dated.verification.verified
        and (dated.validity.end is None or dated.validity.end == stood.validity.end)
    )


def check_unused(version: ProcedureVersion, after: date | None = None) -> None:
    """Raise `procedures.version_used` where something rests on it, from behind the day if one is given."""
    for name, number in uses_of(version, after):
        raise refuse("procedures.version_used", day=version.starts_on, what=name, number=number)


def check_published(version: ProcedureVersion) -> None:
    """Raise `procedures.not_published` for a draft and for what was withdrawn."""
    if version.state != PUBLISHED:
        raise refuse("procedures.not_published")


def may_be_struck(publication: Publication) -> Verdict:
    """Whether a line of the register still stands."""
    return ALLOWED if publication.struck_at is None else denied("procedures.publication_struck")


def check_stands(publication: Publication) -> None:
    """Raise `procedures.publication_struck` for a line that was struck out."""
    if not may_be_struck(publication):
        raise refuse("procedures.publication_struck")
