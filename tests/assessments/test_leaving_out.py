"""A unit taken into a round by mistake leaves it again, as long as nothing stands in its sheet."""

from __future__ import annotations

import json
import re

import pytest
from django.urls import reverse

from cchc.assessments.actions.charges import give_charge
from cchc.assessments.actions.leaving_out import leave_unit_out
from cchc.assessments.actions.sheets import submit_sheet
from cchc.assessments.models import Answer, Charge, Round, Sheet
from cchc.audit.models import AuditEvent, AuditPayload
from cchc.records.errors import DomainError
from tests.assessments.conftest import Council, sheets_of
from tests.assessments.test_pages import by, page, sent
from tests.factories.assessments import appraising, prepared, write
from tests.factories.files import cited, stored
from tests.factories.organizations import BY_TESTS, TODAY

WHY = {"reason": "Đưa nhầm đơn vị"}


def refused(sheet: Sheet) -> str:
    with pytest.raises(DomainError) as error:
        leave_unit_out(**BY_TESTS, sheet=sheet, **WHY)
    return error.value.code


def numbered(listed: str) -> list[tuple[str, str]]:
    """The serial number of each unit on a round's page."""
    return re.findall(r'data-label="STT">(.*?)</td>\s*<th scope="row"><div><a [^>]*>(.*?)</a>', listed)


@pytest.mark.requirement(4)
def test_the_secretary_leaves_a_unit_out_while_the_round_is_prepared(council: Council) -> None:
    round_ = prepared(council.province, dict.fromkeys((council.first, council.second), "Cấp xã"))
    first, second = sheets_of(round_)
    give_charge(**BY_TESTS, round_=round_, official=council.appraiser, starts_on=TODAY, sheet=second)
    secretary, address = by(council.secretary), reverse("assessments:leave-out", args=[second.pk])
    assert address in page(secretary, "round", round_.pk)
    assert secretary.post(address, {"reason": ""}).status_code == 422
    assert Sheet.objects.count() == 2
    sent(secretary, "leave-out", second.pk, **WHY)
    assert [one.pk for one in sheets_of(round_)] == [first.pk]
    assert not Charge.objects.exists()
    (event,) = AuditEvent.objects.filter(kind="assessments.unit_left_out")
    said = json.loads(AuditPayload.objects.get(event=event).body or "")
    assert said["reason"] == WHY["reason"] and said["before"] == {"units": {"xa-2": "Cấp xã"}}
    assert AuditEvent.objects.filter(kind="assessments.charge_ended").count() == 1
    assert secretary.get(address).status_code == 404


@pytest.mark.requirement(4)
def test_an_empty_sheet_leaves_a_round_that_has_begun(council: Council, sheets: list[Sheet]) -> None:
    assert Answer.objects.filter(sheet=sheets[1], version=0).count() == 2
    sent(by(council.secretary), "leave-out", sheets[1].pk, **WHY)
    assert not Answer.objects.filter(sheet__unit=council.second).exists()
    assert Answer.objects.filter(sheet=sheets[0]).count() == 2


def test_what_holds_something_stays(council: Council, sheets: list[Sheet]) -> None:
    first, second, third = sheets
    write(first, "1.2", answer="yes")
    answer = Answer.objects.get(sheet=second, criterion="1.1")
    cited(stored(b"%PDF-1.7", by=council.officer, works_in=council.first), ("assessments.Answer", answer.pk))
    assert [refused(one) for one in (first, second)] == ["assessments.sheet_not_empty"] * 2
    listed = page(by(council.secretary), "round", first.round_id)
    offered = [reverse("assessments:leave-out", args=[one.pk]) in listed for one in sheets]
    assert offered == [False, True, True]
    leave_unit_out(**BY_TESTS, sheet=third, **WHY)
    assert refused(third) == "assessments.sheet_not_found"
    with pytest.raises(DomainError) as error:
        submit_sheet(**BY_TESTS, sheet=third, expected_version=1)
    assert error.value.code == "assessments.sheet_not_found"


def test_the_last_unit_stays_and_so_does_everyone_under_appraisal(council: Council, scored_round: Round) -> None:
    first, second, third = sheets_of(scored_round)
    for sheet in (first, second):
        leave_unit_out(**BY_TESTS, sheet=sheet, **WHY)
    assert refused(third) == "assessments.last_unit"
    (appraised,) = appraising(scored_round)
    assert refused(appraised) == "assessments.not_in_state"
    assert by(council.secretary).get(reverse("assessments:leave-out", args=[appraised.pk])).status_code == 422


def test_units_are_numbered_as_they_are_shown(council: Council, sheets: list[Sheet]) -> None:
    first, second, third = sheets
    leave_unit_out(**BY_TESTS, sheet=second, **WHY)
    assert numbered(page(by(council.secretary), "round", first.round_id)) == [("1", first.name), ("2", third.name)]
    shown_to_a_unit = numbered(page(by(council.stranger), "round", first.round_id))
    assert shown_to_a_unit == [("1", third.name)], "of what is shown to the reader, not of the whole round"


def test_who_does_not_arrange_the_round_leaves_nobody_out(council: Council, sheets: list[Sheet]) -> None:
    address = reverse("assessments:leave-out", args=[sheets[0].pk])
    assert by(council.chair).post(address, WHY).status_code == 403
    assert address not in page(by(council.chair), "round", sheets[0].round_id)
