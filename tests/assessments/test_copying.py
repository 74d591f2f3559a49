"""A round laid out as the one of the year before: what still holds is taken over, and nothing that does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cchc.assessments.actions.charges import end_charge, give_charge
from cchc.assessments.actions.copying import copy_round
from cchc.assessments.models import Round, Sheet
from cchc.assessments.permissions import APPRAISER, ROUND
from cchc.audit.recording import unguarded
from cchc.organizations.actions.leaving import leave_office
from cchc.organizations.actions.units import reorganize
from cchc.organizations.models import Assignment
from cchc.records.sources import Source, Validity
from tests.assessments.conftest import Council
from tests.assessments.test_pages import by, page, sent
from tests.factories.assessments import FACTS, SMALL, begun
from tests.factories.organizations import BY_TESTS, TODAY, official, unit

NEXT = replace(
    FACTS, title="Chấm điểm năm sau", year=2027, assessed_from=date(2027, 1, 1), assessed_to=date(2027, 12, 31),
    cut_off_on=date(2027, 12, 31),
)  # fmt: skip


def copy(council: Council, of: Round) -> Round:
    return copy_round(**BY_TESTS, organizer=council.province, facts=NEXT, copy_of=of)


def charged(round_: Round) -> set[tuple[str, str, str, str]]:
    """Who is charged with what: name, code, group, unit's name."""
    held = round_.charges.select_related("official", "sheet").order_by("pk")
    return {(one.official.name, one.code, one.group, one.sheet.name if one.sheet else "") for one in held}


@pytest.mark.requirement(1, 4, 97)
def test_what_still_holds_is_taken_over(council: Council, scored_round: Round, sheets: list[Sheet]) -> None:
    for code, group, sheet in (("", "", None), ("1", "Cấp xã", None), ("1.1", "", sheets[0])):
        give_charge(
            **BY_TESTS, round_=scored_round, official=council.appraiser, starts_on=TODAY, code=code, group=group,
            sheet=sheet,
        )  # fmt: skip
    made = copy(council, scored_round)
    assert (made.state, made.copy_of, made.year) == ("preparing", scored_round, 2027)
    assert list(made.sheets.order_by("place").values_list("name", "group", "state")) == [
        (sheet.name, "Cấp xã", "filling") for sheet in sheets
    ]
    assert (made.criteria_id, made.criteria_hash) == (scored_round.criteria_id, scored_round.criteria_hash)
    assert not made.phases.exists() and not made.founding_papers.exists()
    name = council.appraiser.name
    assert charged(made) == {(name, "", "", ""), (name, "1", "Cấp xã", ""), (name, "1.1", "", sheets[0].name)}
    assert Assignment.objects.filter(duty=APPRAISER, subject_type=ROUND, subject_id=str(made.pk)).count() == 1


@pytest.mark.requirement(97)
@pytest.mark.parametrize(("last", "is_taken"), [(date(2027, 12, 30), False), (date(2027, 12, 31), True)])
def test_a_set_that_is_over_by_then_is_left_and_what_names_its_codes_with_it(
    council: Council, last: date, is_taken: bool
) -> None:
    criteria = replace(SMALL, validity=Validity(date(2026, 1, 1), last))
    before = begun(council.province, {council.first: "Cấp xã"}, criteria)
    for code in ("", "1"):
        give_charge(**BY_TESTS, round_=before, official=council.appraiser, starts_on=TODAY, code=code)
    made = copy(council, before)
    assert bool(made.criteria) == is_taken
    assert {code for _, code, _, _ in charged(made)} == ({"", "1"} if is_taken else {""})


def test_what_is_gone_is_left(council: Council, scored_round: Round, sheets: list[Sheet]) -> None:
    stays, gone = council.appraiser, official("cu", "Người Đã Nghỉ", council.department)
    moved = official("dc", "Người Chuyển Đến", council.department)
    for one, sheet in ((gone, None), (stays, sheets[1]), (stays, sheets[2]), (moved, sheets[2])):
        give_charge(**BY_TESTS, round_=scored_round, official=one, starts_on=TODAY, sheet=sheet)
    ended = give_charge(**BY_TESTS, round_=scored_round, official=stays, starts_on=TODAY, code="1.2")
    end_charge(**BY_TESTS, charge=ended, ends_on=TODAY, reason="Đổi việc")
    leave_office(**BY_TESTS, official=gone, ends_on=TODAY - timedelta(days=1), reason="Nghỉ hưu")
    with unguarded():  # as if moved there since
        moved.postings.update(unit=council.third)
    merged = unit("xa-gop", council.province, name="Xã Gộp")
    reorganize(
        **BY_TESTS, kind="merger", predecessors=[council.first, council.second], successors=[merged],
        effective_on=TODAY, source=Source("Nghị quyết 1"),
    )  # fmt: skip
    made = copy(council, scored_round)
    assert list(made.sheets.values_list("name", flat=True).order_by("place")) == ["Phường Mẫu 3"]
    assert charged(made) == {(stays.name, "", "", "Phường Mẫu 3")}


@pytest.mark.requirement(1, 4)
def test_the_secretary_lays_a_round_out_by_the_form(council: Council, scored_round: Round) -> None:
    days = {"assessed_from": "01/01/2027", "assessed_to": "31/12/2027", "cut_off_on": "31/12/2027"}
    sent(by(council.secretary), "open", "tinh", title="Năm sau", year="2027", copy_of=scored_round.pk, **days)
    made = Round.objects.get(year=2027)
    assert made.copy_of == scored_round and made.sheets.count() == 3 and made.criteria


def test_the_form_names_rounds_with_their_years_and_says_what_was_not_taken_over(council: Council) -> None:
    criteria = replace(SMALL, validity=Validity(date(2026, 1, 1), date(2026, 12, 31)))
    before = begun(council.province, dict.fromkeys((council.first, council.third), "Cấp xã"), criteria)
    for code in ("", "1"):
        give_charge(**BY_TESTS, round_=before, official=council.appraiser, starts_on=TODAY, code=code)
    merged = unit("xa-gop", council.province, name="Xã Gộp")
    reorganize(
        **BY_TESTS, kind="merger", predecessors=[council.first, council.second], successors=[merged],
        effective_on=TODAY, source=Source("Nghị quyết 1"),
    )  # fmt: skip
    secretary = by(council.secretary)
    assert f"{before.title} 2026</option>" in page(secretary, "open", "tinh")
    days = {"assessed_from": "01/01/2027", "assessed_to": "31/12/2027", "cut_off_on": "31/12/2027"}
    sent(secretary, "open", "tinh", title="Năm sau", year="2027", copy_of=before.pk, **days)
    told = page(secretary, "round", Round.objects.get(year=2027).pk)
    assert f"Lập theo đợt “{before.title} 2026”. Không lấy sang được: " in told
    assert "bộ tiêu chí small, không còn hiệu lực đến ngày 31/12/2027; đơn vị không còn: Xã Mẫu 1; " in told
    assert "1 phân công không còn phù hợp." in told
