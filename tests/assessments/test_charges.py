"""Who appraises what; nobody judges the own unit, and what nobody may appraise is shown and given to a substitute."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from cchc.assessments.actions.charges import end_team_duty, give_charge
from cchc.assessments.charging import gaps_of
from cchc.assessments.models import Answer, Charge, Round, Sheet
from cchc.assessments.queries.charges import charging_of
from cchc.organizations.actions.rights import assign_duty
from cchc.organizations.models import Assignment, Official
from cchc.records.errors import DomainError
from tests.assessments.conftest import Council
from tests.factories.assessments import SMALL, appraising
from tests.factories.clients import client_of
from tests.factories.organizations import BY_TESTS, TODAY, official


@pytest.fixture
def colleague(council: Council) -> Official:
    """Appraises everything, and works in the first commune."""
    return official("cx", "Y Chéo", council.first)


def missing(round_: Round, day: date = TODAY) -> list[tuple[list[str], list[str], list[str]]]:
    found = charging_of(round_, SMALL, day)
    return [
        ([sheet.name for sheet in gap.sheets], list(gap.codes), [one.name for one in gap.barred]) for gap in found.gaps
    ]


@pytest.mark.requirement(124)
def test_what_nobody_may_appraise_is_told_as_short_as_possible(
    council: Council, scored_round: Round, sheets: list[Sheet], colleague: Official
) -> None:
    names = [sheet.name for sheet in sheets]
    assert missing(scored_round) == [(names, [""], [])]
    give_charge(**BY_TESTS, round_=scored_round, official=colleague, starts_on=TODAY, code="1.1")
    assert missing(scored_round) == [
        (names, ["1.2"], []), ([names[0]], ["1.1"], ["Y Chéo"]),
    ]  # fmt: skip
    give_charge(**BY_TESTS, round_=scored_round, official=council.appraiser, starts_on=TODAY, code="1")
    assert missing(scored_round) == []


def test_a_set_without_charges_lacks_everything_but_what_others_give(sheets: list[Sheet]) -> None:
    (gap,) = gaps_of(SMALL, sheets, [], {})
    assert gap.codes == [""]


@pytest.mark.requirement(124)
def test_whoever_would_judge_the_own_unit_is_refused_and_a_substitute_appraises(
    council: Council, scored_round: Round, colleague: Official
) -> None:
    sheets = appraising(scored_round, colleague)
    theirs, secretary = client_of(colleague), client_of(council.secretary)

    def put(client: Client, sheet: Sheet) -> int:
        address = reverse("assessments:appraise", args=[scored_round.pk, "1.1", sheet.pk])
        return client.post(address, {"version": 0, "note": "", "reason": "Thiếu", "so_done": "6"}).status_code

    assert put(theirs, sheets[0]) == 403
    assert put(theirs, sheets[1]) == 302
    page = secretary.get(reverse("assessments:charges", args=[scored_round.pk])).content.decode()
    assert f"thay={colleague.code}" in page and f"ban={sheets[0].pk}" in page
    form = secretary.get(reverse("assessments:charge", args=[scored_round.pk]), {"thay": colleague.code})
    assert "Y Chéo" in form.content.decode()
    given = {"official": council.appraiser.code, "sheet": sheets[0].pk, "instead_of": colleague.code, "code": "",
             "group": "", "starts_on": "23/11/2026", "ends_on": ""}  # fmt: skip
    answer = secretary.post(reverse("assessments:charge", args=[scored_round.pk]), given)
    assert answer.status_code == 302, answer.content.decode()
    assert Charge.objects.get(official=council.appraiser).instead_of == colleague
    assert put(client_of(council.appraiser), sheets[0]) == 302
    assert put(client_of(council.appraiser), sheets[2]) == 403
    assert Answer.objects.filter(stage="document1").count() == 2
    assert missing(scored_round) == []


def test_nobody_is_charged_with_the_own_unit_alone(
    scored_round: Round, sheets: list[Sheet], colleague: Official
) -> None:
    with pytest.raises(DomainError) as refused:
        give_charge(**BY_TESTS, round_=scored_round, official=colleague, starts_on=TODAY, sheet=sheets[0])
    assert refused.value.problems[0].message.code == "assessments.charge_own_unit"


def test_a_charge_ends_with_a_reason_and_from_the_next_request_on(council: Council, scored_round: Round) -> None:
    sheets = appraising(scored_round, council.appraiser)
    appraiser, secretary = client_of(council.appraiser), client_of(council.secretary)
    cell = reverse("assessments:appraise", args=[scored_round.pk, "1.1", sheets[0].pk])
    assert appraiser.post(cell, {"version": 0, "note": "", "reason": ""}).status_code == 302
    ending = reverse("assessments:end-charge", args=[Charge.objects.get().pk])
    assert secretary.post(ending, {"reason": ""}).status_code == 422
    assert secretary.post(ending, {"reason": "Chuyển công tác"}).status_code == 302
    assert appraiser.post(cell, {"version": 1, "note": "Thêm", "reason": ""}).status_code == 403
    assert Answer.objects.get(stage="document1", sheet=sheets[0]).version == 1


def test_who_leaves_the_team_loses_duty_and_charges_with_a_reason_and_a_last_day(
    council: Council, scored_round: Round
) -> None:
    sheets = appraising(scored_round, council.appraiser)
    duty = Assignment.objects.get(official=council.appraiser, duty="appraiser")
    secretary, appraiser = client_of(council.secretary), client_of(council.appraiser)
    ending = reverse("assessments:end-duty", args=[scored_round.pk, duty.pk])
    listed = secretary.get(reverse("assessments:charges", args=[scored_round.pk])).content.decode()
    assert ending in listed and "Trần Thị Thẩm" in listed
    assert client_of(council.chair).get(ending).status_code == 403
    assert secretary.post(ending, {"reason": "", "ends_on": "22/11/2026"}).status_code == 422
    assert secretary.post(ending, {"reason": "Chuyển công tác", "ends_on": ""}).status_code == 422
    assert secretary.post(ending, {"reason": "Chuyển công tác", "ends_on": "24/11/2026"}).status_code == 302
    duty.refresh_from_db()
    assert (duty.ends_on, Charge.objects.get().ends_on) == (date(2026, 11, 24), date(2026, 11, 24))
    assert missing(scored_round, date(2026, 11, 25)) == [([sheet.name for sheet in sheets], [""], [])]
    cell = reverse("assessments:appraise", args=[scored_round.pk, "1.1", sheets[0].pk])
    assert appraiser.post(cell, {"version": 0, "note": "", "reason": ""}).status_code == 404  # sees the round no more


def test_a_seat_in_the_council_or_a_duty_elsewhere_is_not_ended_there(council: Council, scored_round: Round) -> None:
    given = {"official": council.member, "starts_on": TODAY}
    seat = assign_duty(**BY_TESTS, **given, duty="council_member", subject=("assessments.Round", str(scored_round.pk)))
    elsewhere = assign_duty(**BY_TESTS, **given, duty="inspector", subject=("assessments.Round", "0"))
    for held in (seat, elsewhere):
        with pytest.raises(DomainError) as refused:
            end_team_duty(**BY_TESTS, round_=scored_round, assignment=held, ends_on=TODAY, reason="Nhầm")
        assert refused.value.code == "assessments.duty_not_found"
        address = reverse("assessments:end-duty", args=[scored_round.pk, held.pk])
        assert client_of(council.secretary).get(address).status_code == 404
