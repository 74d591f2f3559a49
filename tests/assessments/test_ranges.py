"""Points that a criterion cannot have are refused where they are given: in a row, a sheet, a file, at the council."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from cchc.assessments.actions.council import Proposal, decide_exclusions, give_opinion, put_motion
from cchc.assessments.models import Answer, Motion, Opinion, Round, Sheet
from cchc.organizations.viewers import actor_of
from cchc.records.errors import DomainError
from tests.assessments.conftest import Council, sheets_of
from tests.assessments.test_pages import by
from tests.factories.assessments import appraising, before_the_council, write
from tests.factories.organizations import BY_TESTS, NOW, TODAY

OUT = re.escape("scoring.points_out_of_range")
TOO_MANY = "99 điểm nằm ngoài khoảng"


@pytest.fixture
def first(council: Council, scored_round: Round) -> Sheet:
    """Under appraisal."""
    return appraising(scored_round, council.appraiser)[0]


@pytest.mark.parametrize(
    ("code", "said"), [("1.1", {"points": "99"}), ("1.1", {"points": "-1"}), ("2.1", {"ratio": "150%"})]
)
def test_points_outside_are_not_written(first: Sheet, code: str, said: dict[str, str]) -> None:
    with pytest.raises(DomainError) as error:
        write(first, code, "document1", reason="Theo tài liệu", **said)
    assert error.value.code in ("scoring.points_out_of_range", "scoring.ratio_out_of_range")
    assert not Answer.objects.filter(sheet=first, criterion=code, stage="document1").exists()


@pytest.mark.parametrize("points", ["0", "2,5", "4"])
def test_points_within_are(first: Sheet, points: str) -> None:
    assert write(first, "1.1", "document1", points=points, reason="Theo tài liệu").said["points"] == points


def test_row_and_sheet_say_what_is_wrong_and_keep_what_was_typed(council: Council, first: Sheet) -> None:
    typed = {"so_points": "99", "reason": "Gõ nhầm", "version": "0"}
    for name, args in (
        ("appraise", [first.round_id, "1.1", first.pk]),
        ("write", [first.pk, "document1", "1.1"]),
    ):
        answer = by(council.appraiser).post(reverse(f"assessments:{name}", args=args), typed)
        html = answer.content.decode()
        assert answer.status_code == 422
        assert TOO_MANY in html and 'value="99"' in html and "Gõ nhầm" in html
    assert 'aria-describedby="id_so_points_error' in html  # the sheet says it at the field


def test_the_council_proposes_no_such_points(council: Council, scored_round: Round) -> None:
    before_the_council(scored_round)
    own = sheets_of(scored_round)[0]
    member = {"actor": actor_of(council.member, day=TODAY), "now": NOW}
    with pytest.raises(DomainError, match=OUT):
        give_opinion(**member, sheet=own, code="1.1", agrees=False, points="99", reason="Gõ nhầm")
    with pytest.raises(DomainError, match=OUT):
        put_motion(**BY_TESTS, sheet=own, code="1.1", proposal=Proposal("points", "Gõ nhầm", "99"))
    with pytest.raises(DomainError, match=OUT):
        decide_exclusions(**BY_TESTS, sheets=[own], code="1.2", confirmed=False, points="99", reason="Gõ nhầm")
    assert not Opinion.objects.exists() and not Motion.objects.exists()
