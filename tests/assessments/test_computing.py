"""One criterion looked at alone comes to the same points as within its whole set."""

from __future__ import annotations

import pytest

from cchc.assessments.computing import check_readable, only, score
from cchc.assessments.models import Answer, Sheet
from cchc.records.errors import DomainError
from cchc.scoring import load
from cchc.scoring.examples import example_figures
from cchc.scoring.sheets import STAGES
from tests.factories.assessments import SET


def sheets_and_answers() -> tuple[list[Sheet], list[Answer]]:
    """The sample sheet as rows of the database would hold it."""
    names = list(example_figures(SET, "self"))
    sheets = [Sheet(pk=place, group="Cấp xã", name=name) for place, name in enumerate(names, 1)]
    answers = [
        Answer(pk=1000 * at + number, sheet_id=names.index(unit) + 1, criterion=code, stage=stage, said=said)
        for at, stage in enumerate(STAGES)
        for unit, criteria in example_figures(SET, stage).items()
        for number, (code, said) in enumerate(criteria.items())
    ]
    return sheets, answers


def test_alone_and_within_the_set_every_criterion_has_the_same_points():
    criteria, (sheets, answers) = load(SET), sheets_and_answers()
    whole = score(criteria, sheets, answers)
    for leaf in criteria.criteria:
        alone = only(criteria, leaf.code)
        assert leaf.code in alone.by_code
        scored = score(alone, sheets, [one for one in answers if one.criterion in alone.by_code])
        for sheet in sheets:
            for stage in ("self", "document1", "field", "council"):
                seen, wanted = scored.leaf(sheet.pk, stage, leaf.code), whole.leaf(sheet.pk, stage, leaf.code)
                assert seen is not None and wanted is not None
                assert (seen.points, seen.applicable, seen.error) == (wanted.points, wanted.applicable, wanted.error)


@pytest.mark.parametrize(
    ("said", "code"),
    [({"done": "chín"}, "records.not_a_count"), ({"applicable": "có thể"}, "scoring.not_yes_no")],
)
def test_what_cannot_be_read_is_refused_in_the_words_of_the_reader(said, code):
    with pytest.raises(DomainError) as refused:
        check_readable(load(SET), "1.1.2", said)
    assert refused.value.code == code


def test_what_can_be_read_passes():
    check_readable(load(SET), "1.1.2", {"done": "9", "planned": "10", "reason": "", "applicable": "có"})
