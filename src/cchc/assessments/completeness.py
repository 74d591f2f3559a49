"""What a sheet still lacks before its unit may lock it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cchc.assessments.computing import Scored, score
from cchc.assessments.models import Answer, Sheet
from cchc.files.queries import subjects_cited
from cchc.records.errors import Problem, problem
from cchc.scoring.criteria import CriteriaSet, Criterion
from cchc.scoring.results import Leaf


@dataclass(frozen=True, slots=True)
class Missing:
    """A criterion and what it lacks."""

    criterion: Criterion
    problem: Problem


def what_is_missing(criteria: CriteriaSet, sheet: Sheet) -> Sequence[Missing]:
    """In the order of the set: criteria that cannot be scored yet, and those whose evidence is neither there nor
    explained.
    """
    answers = list(Answer.objects.filter(sheet=sheet, stage="self").order_by("pk"))
    proven = subjects_cited(Answer._meta.label, [answer.pk for answer in answers])
    return missing_in(criteria, sheet, answers, proven)


def missing_in(
    criteria: CriteriaSet, sheet: Sheet, answers: Iterable[Answer], proven: Iterable[str]
) -> Sequence[Missing]:  # fmt: skip
    """The same from what was read: the unit's own answers, and the keys of those for which a file is cited."""
    own = {one.criterion: one for one in answers if one.stage == "self"}
    scored, with_files = score(criteria, [sheet], own.values()), set(proven)
    return [
        Missing(criterion, found)
        for criterion in criteria.criteria
        if criterion.scored_by_unit and (found := _lack(criterion, sheet, own.get(criterion.code), scored, with_files))
    ]


def _lack(
    criterion: Criterion, sheet: Sheet, answer: Answer | None, scored: Scored, with_files: set[str]
) -> Problem | None:  # fmt: skip
    leaf = scored.leaf(sheet.pk, "self", criterion.code)
    assert leaf is not None  # every sheet is scored at the unit's own stage
    if leaf.error is not None:
        return problem("assessments.criterion_missing", criterion=criterion.code, why=leaf.error)
    if answer is None:
        return None
    if _is_taken_out_by_word(leaf) and not answer.said.get("reason"):
        return problem("assessments.exclusion_reason_missing", criterion=criterion.code)
    if leaf.applicable and criterion.evidence and str(answer.pk) not in with_files and not answer.note:
        return problem("assessments.evidence_missing", criterion=criterion.code)
    return None


def _is_taken_out_by_word(leaf: Leaf) -> bool:
    """Somebody said so; a denominator of zero speaks for itself."""
    return any(reason.code == "scoring.excluded" for reason in leaf.reasons)
