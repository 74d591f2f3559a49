"""The field check is a part of its own: found within the year, decided by the appraiser, added or put in place."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
import time_machine
from django.urls import reverse

from cchc.assessments.actions.findings import Found, accept_finding, enter_finding, join_team, refuse_finding
from cchc.assessments.citations import SUBJECTS
from cchc.assessments.models import Answer, Finding, Round, Sheet
from cchc.assessments.queries.sheets import figures_of
from cchc.organizations.models import Account, Official
from cchc.organizations.viewers import viewer_of
from cchc.records.errors import DomainError
from cchc.scoring.criteria import CriteriaSet
from cchc.scoring.loading import load_bytes
from cchc.scoring.writing import to_yaml
from tests.assessments.conftest import Council, sheets_of
from tests.factories.assessments import SMALL, appraising, begun, write
from tests.factories.clients import client_of
from tests.factories.organizations import BY_TESTS, NOW, TODAY, official

DAY = date(2026, 11, 2)


def found(amount: str = "1", *, code: str = "1.1", is_deduction: bool = True, on: date = DAY) -> Found:
    return Found(code, on, "Sổ theo dõi trống", Decimal(amount), is_deduction)


def entered(sheet: Sheet, **given: object) -> Finding:
    return enter_finding(**BY_TESTS, sheet=sheet, found=found(**given))  # type: ignore[arg-type]


def points(sheet: Sheet, code: str = "1.1") -> Fraction | None:
    leaf = figures_of(sheet).leaf("field", code)
    return leaf.points if leaf else None


@pytest.fixture
def appraised(council: Council, scored_round: Round) -> list[Sheet]:
    """Each has 4 of 5 points at 1.1."""
    return appraising(scored_round, council.appraiser)


@pytest.fixture
def inspector(council: Council, scored_round: Round) -> Official:
    person = official("kt", "Vũ Thị Kiểm", council.department)
    join_team(**BY_TESTS, round_=scored_round, official=person, duty="inspector", starts_on=TODAY)
    return person


@pytest.mark.requirement(2, 5, 23, 99, 114)
def test_what_was_found_is_entered_with_files_and_decided_by_the_appraiser(
    council: Council, appraised: list[Sheet], inspector: Official
) -> None:
    sheet = appraised[0]
    typed = {"code": "1.1", "found_on": "02/11/2026", "text": "Sổ trống", "effect": "deduct", "amount": "1,5"}
    enter = reverse("assessments:enter-finding", args=[sheet.pk])
    assert client_of(council.appraiser).post(enter, typed).status_code == 403
    theirs = client_of(inspector)
    assert theirs.post(enter, typed | {"found_on": "02/11/2025"}).status_code == 422
    with time_machine.travel(NOW, tick=False):
        later = theirs.post(enter, typed | {"found_on": "24/11/2026"})
    assert later.status_code == 422 and "chưa đến" in later.content.decode()
    assert theirs.post(enter, typed).status_code == 302
    one = Finding.objects.get()
    assert (one.amount, one.is_deduction, one.entered_by) == (Decimal("1.5"), True, inspector)
    viewer = viewer_of(Account.objects.get(official=inspector), TODAY, used_second_factor=True)
    may_cite = SUBJECTS["assessments.Finding"].may_cite
    assert may_cite(viewer, str(one.pk))
    accept = reverse("assessments:accept-finding", args=[one.pk])
    assert theirs.post(accept).status_code == 403
    assert points(sheet) == 4
    asked = client_of(council.appraiser).get(reverse("assessments:finding", args=[one.pk])).content.decode()
    assert "kiểm tra thực tế là 2,5 điểm" in asked
    assert client_of(council.appraiser).post(accept).status_code == 302
    assert points(sheet) == Fraction(5, 2)
    assert not may_cite(viewer, str(one.pk))
    page = client_of(council.head).get(reverse("assessments:findings", args=[sheet.pk])).content.decode()
    assert "Sổ trống" in page and ">4<" in page and "2,5" in page
    again = client_of(council.appraiser).post(accept)
    assert again.status_code == 422
    assert points(sheet) == Fraction(5, 2)


@pytest.mark.requirement(23)
def test_a_refused_finding_takes_nothing(council: Council, appraised: list[Sheet]) -> None:
    one = entered(appraised[0])
    refusing = reverse("assessments:refuse-finding", args=[one.pk])
    assert client_of(council.appraiser).post(refusing, {"reason": ""}).status_code == 422
    assert client_of(council.appraiser).post(refusing, {"reason": "Đã có sổ điện tử"}).status_code == 302
    one.refresh_from_db()
    assert (one.is_accepted, one.reason) == (False, "Đã có sổ điện tử")
    assert points(appraised[0]) == 4


@pytest.mark.requirement(23)
def test_two_findings_are_taken_one_after_the_other_never_under_nothing(appraised: list[Sheet]) -> None:
    for amount, left in (("1.5", Fraction(5, 2)), ("1", Fraction(3, 2)), ("5", Fraction(0))):
        accept_finding(**BY_TESTS, finding=entered(appraised[0], amount=amount))
        assert points(appraised[0]) == left
    with pytest.raises(DomainError) as refused:
        accept_finding(**BY_TESTS, finding=entered(appraised[0]))
    assert refused.value.problems[0].message.code == "assessments.nothing_to_deduct"
    kept = Answer.objects.get(sheet=appraised[0], stage="field")
    assert kept.said["reason"].count("Sổ theo dõi trống") == 3


@pytest.mark.requirement(23)
def test_where_the_set_adds_field_points_they_come_on_top(council: Council) -> None:
    round_ = begun(council.province, {council.first: "Cấp xã"}, adding())
    appraising(round_)
    (sheet,) = sheets_of(round_)
    write(sheet, "1.1", "document1", reason="Thiếu", done="6")
    with pytest.raises(DomainError):
        accept_finding(**BY_TESTS, finding=entered(sheet))
    accept_finding(**BY_TESTS, finding=entered(sheet, amount="1", is_deduction=False))
    assert points(sheet) == 4
    accept_finding(**BY_TESTS, finding=entered(sheet, amount="0.5"))
    assert points(sheet) == Fraction(7, 2)
    assert Answer.objects.get(sheet=sheet, stage="field").said["points"] == "0.5"


def adding() -> CriteriaSet:
    text = to_yaml(SMALL).replace("    evidence:", "    combine: add\n    evidence:", 1)
    return load_bytes(text, "adding.yaml")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"on": date(2025, 12, 31)}, "assessments.found_outside"),
        ({"on": date(2027, 1, 1)}, "assessments.found_outside"),
        ({"amount": "5.01"}, "assessments.amount_outside"),
        ({"code": "2.1"}, "assessments.not_checked_there"),
        ({"code": "9"}, "scoring.unknown_criterion"),
    ],
)
def test_what_cannot_be_a_finding_is_refused(appraised: list[Sheet], given: dict[str, object], code: str) -> None:
    with pytest.raises(DomainError) as refused:
        entered(appraised[0], **given)
    assert refused.value.problems[0].message.code == code


@pytest.mark.requirement(124)
def test_nobody_checks_the_own_unit(council: Council, appraised: list[Sheet], scored_round: Round) -> None:
    colleague = official("cx", "Y Chéo", council.first)
    secretary = client_of(council.secretary)
    given = {"official": colleague.code, "duty": "team_head", "starts_on": "23/11/2026", "ends_on": ""}
    assert secretary.post(reverse("assessments:team", args=[scored_round.pk]), given).status_code == 302
    theirs = client_of(colleague)
    assert theirs.get(reverse("assessments:enter-finding", args=[appraised[0].pk])).status_code == 403
    assert theirs.get(reverse("assessments:enter-finding", args=[appraised[1].pk])).status_code == 200


def test_a_finding_is_decided_once(appraised: list[Sheet]) -> None:
    one = entered(appraised[0])
    accept_finding(**BY_TESTS, finding=one)
    with pytest.raises(DomainError) as refused:
        refuse_finding(**BY_TESTS, finding=one, reason="Không")
    assert refused.value.problems[0].message.code == "assessments.finding_over"
