"""A round from its opening to the frozen result says what the evaluator says of the same sheet, exactly."""

from __future__ import annotations

from fractions import Fraction

import pytest

from cchc.assessments.actions.freezing import confirm_freeze, propose_freeze
from cchc.assessments.actions.rounds import move_on
from cchc.assessments.actions.sheets import submit_sheet
from cchc.assessments.models import Result, Round
from cchc.organizations.viewers import actor_of
from cchc.records.errors import DomainError
from cchc.scoring import evaluate, load
from cchc.scoring.examples import example_sheet
from tests.assessments.conftest import Council, sheets_of
from tests.factories.assessments import SET, begun, decided, now_of, play, submitted, write
from tests.factories.organizations import BY_TESTS, NOW, TODAY


def moved(round_: Round, step: str, reason: str = "") -> None:
    move_on(**BY_TESTS, round_=round_, step=step, expected_version=now_of(round_).version, reason=reason)


@pytest.mark.requirement(23, 100, 101)
def test_a_round_ends_with_the_numbers_of_the_evaluator(council: Council) -> None:
    groups = dict.fromkeys((council.first, council.second, council.third), "Cấp xã")
    scored_round = begun(council.province, groups, criteria=load(SET))
    sheets = sheets_of(scored_round)
    play(sheets, "self")
    for sheet in sheets:
        submit_sheet(**BY_TESTS, sheet=sheet, expected_version=1)
    moved(scored_round, "appraise")
    play(sheets, "document1")
    play(sheets, "field")
    moved(scored_round, "deliberate")
    decided(now_of(scored_round))
    secretary, chair = (actor_of(one, day=TODAY) for one in (council.secretary, council.chair))
    freeze = propose_freeze(
        actor=secretary, now=NOW, round_=scored_round, expected_version=now_of(scored_round).version
    )
    confirm_freeze(actor=chair, now=NOW, freeze=freeze)

    assert now_of(scored_round).state == "frozen"
    expected = evaluate(load(SET), example_sheet(SET))
    for sheet in sheets:
        kept = {one.stage: one for one in Result.objects.filter(sheet=sheet, version=1)}
        assert set(kept) == {"self", "document1", "field", "council"}
        for stage, wanted in (("self", "self"), ("document1", "document1"), ("field", "field"), ("council", "field")):
            result = expected.of(sheet.name, wanted)
            assert Fraction(kept[stage].points) == result.points
            assert Fraction(kept[stage].maximum) == result.maximum
            assert (kept[stage].index, kept[stage].rank) == (result.index, result.rank)
            assert kept[stage].band == (result.band.id if result.band else "")


def test_what_is_locked_is_written_by_nobody(scored_round: Round) -> None:
    sheets = submitted(scored_round)
    with pytest.raises(DomainError) as refused:
        write(sheets[0], "1.1", done="1", planned="2")
    assert refused.value.code == "assessments.sheet_locked"
