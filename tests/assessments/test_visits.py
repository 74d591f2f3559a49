"""When the field team comes to which unit: set for many at once, moved, taken back, told, listed by day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from cchc.assessments.actions.findings import Found, enter_finding, join_team
from cchc.assessments.actions.leaving_out import leave_unit_out
from cchc.assessments.actions.rounds import move_on, set_timetable
from cchc.assessments.actions.visits import plan_visits, take_visit_back
from cchc.assessments.citations import SUBJECTS
from cchc.assessments.desk import visits as desk_visits
from cchc.assessments.models import Round, Sheet, Visit
from cchc.assessments.visits import Planned
from cchc.assessments.vocabularies import OF_ROUND
from cchc.audit.models import AuditEvent
from cchc.documents.blocks import Table
from cchc.interface.together import answer
from cchc.notices.models import Notice
from cchc.organizations.models import Official
from cchc.organizations.viewers import viewer_of
from cchc.papers.vocabulary import vocabulary_of
from cchc.records.errors import DomainError
from tests.assessments.conftest import Council, sheets_of
from tests.factories.assessments import PHASES, appraising, before_the_council, now_of, prepared
from tests.factories.clients import client_of
from tests.factories.files import cited, stored
from tests.factories.organizations import BY_TESTS, NOW, TODAY, grant, official, unsaved_account
from tests.files.samples import pdf

WEDNESDAY = date(2026, 12, 16)
SATURDAY = date(2026, 12, 19)


@pytest.fixture
def head_of_team(council: Council, scored_round: Round) -> Official:
    """Who leads it is a deputy director and sits in the council."""
    person = official("tdkt", "Vũ Thị Trưởng", council.department, post="Phó Giám đốc Sở Nội vụ")
    grant(person, "council_member", council.province)
    join_team(**BY_TESTS, round_=scored_round, official=person, duty="team_head", starts_on=TODAY)
    return person


def set_for(sheet: Sheet, day: date = WEDNESDAY, **more: object) -> Visit:
    known = Visit.objects.filter(sheet=sheet).first()
    version = known.version if known else 0
    given = {"expected_version": version, **more}
    (visit,) = plan_visits(**BY_TESTS, round_=sheet.round, planned=[Planned(sheet, day, **given)])  # type: ignore[arg-type]
    return visit


def typed(sheet: Sheet, day: str, version: int = 0, half: str = "", place: str = "", note: str = "") -> dict[str, str]:
    given = {"day": day, "half": half, "place": place, "note": note, "version": str(version)}
    return {f"{name}_{sheet.pk}": value for name, value in given.items()}


def refused(planned: Planned) -> str:
    with pytest.raises(DomainError) as error:
        plan_visits(**BY_TESTS, round_=planned.sheet.round, planned=[planned])
    return error.value.code


@pytest.mark.requirement(2, 3, 17)
def test_days_are_set_for_several_units_on_one_page_and_each_is_told(
    council: Council, scored_round: Round, sheets: list[Sheet], head_of_team: Official
) -> None:
    page = reverse("assessments:plan-visits", args=[scored_round.pk])
    given = (
        typed(sheets[0], "16/12/2026", half="morning", note="8 giờ 00")
        | typed(sheets[1], "16/12/2026", half="afternoon", place="Nhà văn hóa xã")
        | typed(sheets[2], "")
    )
    assert client_of(council.appraiser).post(page, given).status_code == 404
    theirs = client_of(head_of_team)
    assert theirs.get(page).content.decode().count("<fieldset>") == 3
    assert theirs.post(page, given).status_code == 302
    found = Visit.objects.select_related("sheet").order_by("pk")
    assert [(one.sheet.name, one.half) for one in found] == [("Xã Mẫu 1", "morning"), ("Xã Mẫu 2", "afternoon")]
    assert {one.planned_by for one in found} == {head_of_team}
    told = Notice.objects.filter(kind="assessments.visit_planned")
    assert set(told.values_list("recipient__code", flat=True)) == {"x0", "x1", "y0"}
    assert AuditEvent.objects.filter(kind="assessments.visit_planned").count() == 2
    shown = theirs.get(reverse("assessments:visits", args=[scored_round.pk])).content.decode()
    assert "Thứ Tư" in shown and "8 giờ 00" in shown and "Nhà văn hóa xã" in shown
    assert "Vũ Thị Trưởng (Phó Giám đốc Sở Nội vụ, Sở Nội vụ, Trưởng đoàn kiểm tra, thành viên Hội đồng)" in shown
    assert "Phường Mẫu 3" in shown  # without a day yet
    assert theirs.get(page).content.decode().count("<fieldset>") == 1


@pytest.mark.requirement(2)
@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2026, 12, 6), "assessments.visit_outside"),
        (date(2026, 12, 7), ""),
        (date(2026, 12, 25), ""),
        (date(2026, 12, 26), "assessments.visit_outside"),
        (SATURDAY, "assessments.visit_day_off"),
    ],
)
def test_a_unit_is_visited_within_the_field_check_on_a_day_on_which_it_works(
    sheets: list[Sheet], day: date, code: str
) -> None:
    if code:
        assert refused(Planned(sheets[0], day)) == code
    else:
        assert set_for(sheets[0], day).visit_on == day


def test_a_day_before_the_days_assessed_is_refused(council: Council, scored_round: Round, sheets: list[Sheet]) -> None:
    phases = PHASES | {"field": (date(2025, 12, 29), date(2026, 1, 9))}
    set_timetable(
        **BY_TESTS, round_=scored_round, phases=phases, papers={}, expected_version=now_of(scored_round).version
    )
    assert refused(Planned(sheets[0], date(2025, 12, 31))) == "assessments.visit_before"
    assert set_for(sheets[0], date(2026, 1, 5)).version == 1


def test_without_days_of_a_field_check_in_the_timetable_the_next_step_is_named(
    council: Council, scored_round: Round, sheets: list[Sheet]
) -> None:
    phases = {phase: days for phase, days in PHASES.items() if phase != "field"}
    set_timetable(
        **BY_TESTS, round_=scored_round, phases=phases, papers={}, expected_version=now_of(scored_round).version
    )
    assert refused(Planned(sheets[0], WEDNESDAY)) == "assessments.no_field_phase"
    answered = client_of(council.secretary).get(reverse("assessments:plan-visits", args=[scored_round.pk]))
    assert answered.status_code == 422
    assert "Lịch và văn bản" in answered.content.decode()


def test_what_is_refused_of_a_unit_stands_at_its_day_and_nothing_typed_is_lost(
    council: Council, scored_round: Round, sheets: list[Sheet]
) -> None:
    page, theirs = reverse("assessments:plan-visits", args=[scored_round.pk]), client_of(council.secretary)
    given = typed(sheets[0], "19/12/2026", note="Sáng thứ Bảy") | typed(sheets[1], "17/12/2026")
    answered = theirs.post(page, given)
    text = answered.content.decode()
    assert answered.status_code == 422
    assert f'id="id_day_{sheets[0].pk}_error"' in text and "không phải ngày làm việc" in text
    assert "Sáng thứ Bảy" in text and "17/12/2026" in text
    assert not Visit.objects.exists()
    answered = theirs.post(page, typed(sheets[0], "", note="8 giờ"))
    assert answered.status_code == 422
    assert "Nhập ngày" in answered.content.decode()
    assert theirs.post(page, typed(sheets[0], "32/12/2026")).status_code == 422


@pytest.mark.requirement(2)
def test_a_moved_day_is_told_with_the_day_before_and_what_stays_is_not_told_again(
    council: Council, scored_round: Round, sheets: list[Sheet]
) -> None:
    set_for(sheets[0])
    set_for(sheets[1])
    page, theirs = reverse("assessments:plan-visits", args=[scored_round.pk]), client_of(council.secretary)
    both = theirs.get(page, {"ngay": "2026-12-16"}).content.decode()
    assert both.count("<fieldset>") == 2
    given = typed(sheets[0], "17/12/2026", version=1) | typed(sheets[1], "16/12/2026", version=1)
    assert theirs.post(page, given).status_code == 302
    assert [one.version for one in Visit.objects.order_by("pk")] == [2, 1]
    moved = Notice.objects.filter(kind="assessments.visit_moved").order_by("pk")
    assert set(moved.values_list("recipient__code", flat=True)) == {"x0", "x1"}
    assert AuditEvent.objects.filter(kind="assessments.visit_moved").count() == 1
    assert moved[0].parameters["before"] != moved[0].parameters["day"]


def test_whoever_comes_second_is_told_and_may_save_again(
    council: Council, scored_round: Round, sheets: list[Sheet]
) -> None:
    set_for(sheets[0])
    page, theirs = reverse("assessments:plan-visits", args=[scored_round.pk]), client_of(council.secretary)
    answered = theirs.post(page, typed(sheets[0], "17/12/2026"))
    assert answered.status_code == 409
    assert Visit.objects.get().visit_on == WEDNESDAY
    assert f'name="version_{sheets[0].pk}" value="1"' in answered.content.decode()
    assert theirs.post(page, typed(sheets[0], "17/12/2026", version=1)).status_code == 302
    assert Visit.objects.get().visit_on == date(2026, 12, 17)


def test_a_day_is_not_emptied_but_taken_back_with_a_reason_that_the_unit_is_told(
    council: Council, scored_round: Round, sheets: list[Sheet]
) -> None:
    visit = set_for(sheets[0])
    page, theirs = reverse("assessments:plan-visits", args=[scored_round.pk]), client_of(council.secretary)
    answered = theirs.post(page, typed(sheets[0], "", version=1))
    assert answered.status_code == 422
    assert "Bỏ lịch kiểm tra" in answered.content.decode()
    back = reverse("assessments:take-visit-back", args=[visit.pk])
    assert client_of(council.member).get(back).status_code == 403
    assert theirs.post(back, {"reason": " "}).status_code == 422
    assert theirs.post(back, {"reason": "Đoàn họp đột xuất"}).status_code == 302
    assert theirs.post(back, {"reason": "Lần nữa"}).status_code == 404
    visit.refresh_from_db()
    assert (visit.reason, visit.version, visit.taken_back_at is not None) == ("Đoàn họp đột xuất", 2, True)
    assert Notice.objects.filter(kind="assessments.visit_taken_back").count() == 2
    assert set_for(sheets[0], date(2026, 12, 17)).version == 3
    assert AuditEvent.objects.filter(kind="assessments.visit_planned").count() == 2


@pytest.mark.parametrize(
    ("one", "other", "meets"),
    [("morning", "afternoon", False), ("morning", "morning", True), ("", "afternoon", True), ("", "", True)],
)
def test_two_units_at_the_same_time_are_pointed_out_and_not_refused(
    council: Council, scored_round: Round, sheets: list[Sheet], one: str, other: str, meets: bool
) -> None:
    set_for(sheets[0], half=one)
    set_for(sheets[1], half=other)
    page = client_of(council.secretary).get(reverse("assessments:visits", args=[scored_round.pk])).content.decode()
    assert ("trùng buổi với Xã Mẫu 2" in page) is meets


def test_where_the_timetable_was_moved_since_the_visits_outside_are_pointed_out(
    council: Council, scored_round: Round, sheets: list[Sheet]
) -> None:
    set_for(sheets[0])
    phases = PHASES | {"field": (date(2026, 12, 21), date(2026, 12, 25))}
    set_timetable(
        **BY_TESTS, round_=scored_round, phases=phases, papers={}, expected_version=now_of(scored_round).version
    )
    page = client_of(council.secretary).get(reverse("assessments:visits", args=[scored_round.pk])).content.decode()
    assert "ngoài thời gian kiểm tra thực tế 21/12/2026" in page


@pytest.mark.requirement(2, 17)
def test_a_unit_sees_its_own_day_only_on_the_calendar_and_on_its_sheet(
    council: Council, scored_round: Round, sheets: list[Sheet]
) -> None:
    calendar = reverse("assessments:visits", args=[scored_round.pk])
    theirs = client_of(council.officer)
    assert "Khi đơn vị của đồng chí được xếp lịch" in theirs.get(calendar).content.decode()
    set_for(sheets[0], note="8 giờ 00")
    set_for(sheets[1], note="9 giờ 30")
    shown = theirs.get(calendar).content.decode()
    assert "8 giờ 00" in shown and "9 giờ 30" not in shown and "Xã Mẫu 2" not in shown
    assert "trùng buổi" not in shown
    sheet = theirs.get(reverse("assessments:sheet", args=[sheets[0].pk])).content.decode()
    assert "16/12/2026, cả ngày, trụ sở của đơn vị" in sheet
    other = client_of(council.other_head).get(calendar).content.decode()
    assert "9 giờ 30" in other and "8 giờ 00" not in other


def test_no_day_is_set_once_the_round_lies_before_the_council(scored_round: Round, sheets: list[Sheet]) -> None:
    visit = set_for(sheets[0])
    before_the_council(scored_round)
    assert refused(Planned(sheets[1], WEDNESDAY)) == "assessments.not_in_state"
    with pytest.raises(DomainError) as error:
        take_visit_back(**BY_TESTS, visit=visit, reason="Không")
    assert error.value.code == "assessments.not_in_state"


def test_a_unit_that_is_to_be_visited_is_not_left_out_before_the_visit_is_taken_back(council: Council) -> None:
    round_ = prepared(council.province, dict.fromkeys((council.first, council.second), "Cấp xã"))
    sheet = sheets_of(round_)[0]
    visit = set_for(sheet)
    with pytest.raises(DomainError) as error:
        leave_unit_out(**BY_TESTS, sheet=sheet, reason="Nhầm")
    assert error.value.code == "assessments.visit_is_planned"
    take_visit_back(**BY_TESTS, visit=visit, reason="Nhầm")
    leave_unit_out(**BY_TESTS, sheet=sheet, reason="Nhầm")
    assert not Visit.objects.exists()


def test_the_team_finds_the_units_of_the_next_seven_days_on_the_desk(
    council: Council, scored_round: Round, sheets: list[Sheet], head_of_team: Official
) -> None:
    set_for(sheets[0], half="morning", note="8 giờ 00")
    set_for(sheets[1], date(2026, 12, 17))
    set_for(sheets[2], date(2026, 12, 18))
    all_three = ["Xã Mẫu 1", "Xã Mẫu 2", "Phường Mẫu 3"]
    for on, names in ((8, []), (9, all_three[:1]), (16, all_three), (17, all_three[1:]), (19, [])):
        reader = viewer_of(unsaved_account(head_of_team), date(2026, 12, on), used_second_factor=True)
        found = answer(desk_visits.gather(reader, datetime(2026, 12, on, 1, tzinfo=UTC)))
        assert [one.title for one in found] == [f"Kiểm tra thực tế tại {name}" for name in names]
    reader = viewer_of(unsaved_account(council.member), date(2026, 12, 16), used_second_factor=True)
    assert answer(desk_visits.gather(reader, NOW)) == []


@pytest.mark.requirement(2)
def test_the_plan_of_the_round_lists_the_visits_if_there_are_any(
    council: Council, scored_round: Round, sheets: list[Sheet]
) -> None:
    words = vocabulary_of(OF_ROUND)
    assert words.gathered(council.department, TODAY, str(scored_round.pk))["visits.table"] == ()
    set_for(sheets[1], half="afternoon")
    set_for(sheets[0], half="morning", place="Nhà văn hóa xã", note="8 giờ 00")
    values = words.gathered(council.department, TODAY, str(scored_round.pk))
    table = values["visits.table"]
    assert isinstance(table, Table)
    assert values["visits.number"] == 2
    assert table.rows == (
        (1, "Xã Mẫu 1", WEDNESDAY, "buổi sáng", "Nhà văn hóa xã", "8 giờ 00"),
        (2, "Xã Mẫu 2", WEDNESDAY, "buổi chiều", "trụ sở của đơn vị", ""),
    )


def test_what_is_found_begins_with_the_day_of_the_visit(
    council: Council, scored_round: Round, sheets: list[Sheet], head_of_team: Official
) -> None:
    set_for(sheets[0])
    appraising(scored_round, council.appraiser)
    for on, place, is_offered in ((15, 0, False), (16, 0, True), (17, 0, True), (17, 1, False)):
        with time_machine.travel(datetime(2026, 12, on, 3, tzinfo=UTC), tick=False):
            enter = reverse("assessments:enter-finding", args=[sheets[place].pk])
            page = client_of(head_of_team).get(enter).content.decode()
        assert ('value="16/12/2026"' in page) == is_offered


def test_the_calendar_costs_the_same_however_many_are_visited(
    council: Council,
    scored_round: Round,
    sheets: list[Sheet],
    head_of_team: Official,
    django_assert_max_num_queries: object,
) -> None:
    theirs = client_of(council.secretary)
    for sheet in sheets:
        set_for(sheet)
        for name in ("visits", "plan-visits"):
            with django_assert_max_num_queries(9):  # type: ignore[operator]
                theirs.get(reverse(f"assessments:{name}", args=[scored_round.pk]))


@pytest.mark.requirement(5, 17)
def test_the_record_of_a_visit_holds_photos_minutes_and_what_was_found(
    council: Council, scored_round: Round, sheets: list[Sheet], head_of_team: Official,
    django_assert_max_num_queries: object,
) -> None:  # fmt: skip
    visit = set_for(sheets[0], note="8 giờ 00")
    may_cite = SUBJECTS["assessments.Visit"].may_cite
    readers = {
        one: viewer_of(unsaved_account(one), TODAY, used_second_factor=True)
        for one in (head_of_team, council.head, council.secretary)
    }
    assert {one.code: bool(may_cite(reader, str(visit.pk))) for one, reader in readers.items()} == {
        "tdkt": True, "x0": False, "tk": False
    }  # fmt: skip
    cited(stored(pdf(), "bien-ban-kiem-tra.pdf", by=head_of_team), ("assessments.Visit", visit.pk))
    appraising(scored_round, council.appraiser)
    found = Found("1.1", TODAY, "Sổ theo dõi trống", Decimal(1), is_deduction=True)
    enter_finding(**BY_TESTS, sheet=sheets[0], found=found)
    address = reverse("assessments:visit", args=[visit.pk])
    for person in (head_of_team, council.officer, council.secretary):
        reader = client_of(person)
        with django_assert_max_num_queries(9):  # type: ignore[operator]
            text = reader.get(address).content.decode()
        assert "bien-ban-kiem-tra.pdf" in text and "Sổ theo dõi trống" in text and "8 giờ 00" in text
        assert "Thứ Tư" in text
    assert client_of(council.other_head).get(address).status_code == 404
    enter = reverse("assessments:enter-finding", args=[sheets[0].pk])
    assert enter in client_of(head_of_team).get(address).content.decode()
    with pytest.raises(DomainError) as refused_:
        take_visit_back(**BY_TESTS, visit=visit, reason="Nhầm")
    assert refused_.value.code == "assessments.visit_has_files"
    assert set_for(sheets[0], date(2026, 12, 17)).version == 2
    before_council = move_on(
        **BY_TESTS, round_=scored_round, step="deliberate", expected_version=now_of(scored_round).version
    )
    assert before_council.state == "deliberating" and not may_cite(readers[head_of_team], str(visit.pk))
