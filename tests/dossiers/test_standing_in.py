"""Absences with a deputy who works in the own name; many steps given to somebody else at once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc.dossiers.actions import ending, pausing
from cchc.dossiers.actions.standing_in import assign_many, end_absence, note_absence
from cchc.dossiers.ledger_rows import ledgers_of
from cchc.dossiers.models import Absence, Dossier, DossierEvent, StepInstance
from cchc.dossiers.permissions import may_act, may_ask_advice, may_note_absence, may_work
from cchc.dossiers.queries.absences import stood_in_for, visible_absences
from cchc.dossiers.queries.scope import mine, visible_dossiers
from cchc.notices.models import Notice
from cchc.organizations.models import Official
from cchc.organizations.viewers import Viewer, viewer_of
from cchc.records.errors import DomainError
from tests.dossiers.test_permissions import looking
from tests.factories.clients import client_of
from tests.factories.dossiers import Desk, at, completed, now_of, received, step_of, taken
from tests.factories.organizations import TODAY, grant, official, unit, unsaved_account

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
DAY = timedelta(days=1)


@pytest.fixture
def held(desk: Desk) -> Dossier:
    dossier = received(desk)
    completed(desk, dossier, "receive", desk.receiver, "23 08:30")
    taken(desk, dossier, "settle", desk.settler, "23 09:00")
    return now_of(dossier)


def away(desk: Desk, deputy: Official | None = None, first: date = TODAY, last: date = TODAY, **more: Any) -> Absence:
    given = {"official": desk.settler, "deputy": deputy or desk.second_settler, "reason": "Đi học"} | more
    return note_absence(**desk.as_(desk.settler, "23 08:00"), starts_on=first, ends_on=last, **given)


def looking_on(person: Official, day: date) -> Viewer:
    return viewer_of(unsaved_account(person), day)


def code_of(refused: pytest.ExceptionInfo[DomainError]) -> str:
    return refused.value.code


@pytest.mark.requirement(12)
@pytest.mark.parametrize(("offset", "stands_in"), [(-1, False), (0, True), (2, True), (3, False)])
def test_the_deputy_works_on_the_steps_on_these_days_alone(desk: Desk, held: Dossier, offset: int, stands_in: bool):
    away(desk, first=TODAY, last=TODAY + 2 * DAY)
    viewer, step = looking_on(desk.second_settler, TODAY + offset * DAY), step_of(held, "settle")
    assert bool(may_work(viewer, step, "complete")) == stands_in
    assert (
        bool(may_act(viewer, held, "ask_supplement")) == stands_in and bool(may_ask_advice(viewer, step)) == stands_in
    )
    assert ([one.step for one in mine(viewer)] == ["settle"]) == stands_in
    assert may_work(looking(desk.settler), step, "complete"), "the holder may all along"


def test_nobody_signs_by_standing_in_who_holds_no_such_role(desk: Desk, held: Dossier):
    clerk = official("vt1", "Võ Thị Oanh", desk.commune)
    away(desk, clerk)
    grant(clerk, "receiving_officer", desk.commune)
    step = step_of(held, "settle")
    assert stood_in_for(looking(clerk)) == {desk.settler.pk}
    assert not may_work(looking(clerk), step, "complete") and not mine(looking(clerk)).exists()


def test_a_deputy_from_an_office_elsewhere_sees_the_dossier_only_while_standing_in(desk: Desk, held: Dossier):
    office = unit("phong-kt", desk.commune, "office", "Phòng Kinh tế")
    expert = official("kt1", "A Sơn", office)
    grant(expert, "settling_official", office)
    assert not visible_dossiers(looking(expert)).exists()
    absence = away(desk, expert)
    assert list(visible_dossiers(looking(expert))) == [held]
    end_absence(**desk.as_(desk.settler, "23 10:00"), absence=absence)
    assert not visible_dossiers(looking(expert)).exists()


@pytest.mark.requirement(71)
def test_the_event_names_both_and_the_ledger_charges_the_holder(desk: Desk, held: Dossier):
    away(desk)
    completed(desk, held, "settle", desk.second_settler, "25 10:00")
    event = DossierEvent.objects.get(dossier=held, act="complete", step__step="settle")
    assert (event.by, event.holder) == (desk.second_settler, desk.settler)
    page = client_of(desk.head).get(f"/ho-so/{held.pk}/").content.decode()
    assert f"làm thay {desk.settler.name}" in page and desk.second_settler.name in page
    (found,) = ledgers_of(Dossier.objects.all(), at("25 11:00")).values()
    charged = {holder: minutes for holder, minutes in found.spells.select("holder", "late_minutes").rows() if minutes}
    assert charged == {"gq1": 180}


@pytest.mark.parametrize(
    ("first", "last", "more", "code"),
    [
        (0, -1, {}, "dossiers.absence_days"),
        (-3, -1, {}, "dossiers.absence_days"),
        (0, 366, {}, "dossiers.absence_days"),
        (0, 0, {"oneself": True}, "dossiers.absence_oneself"),
        (0, 0, {"reason": " "}, "followups.nothing_said"),
    ],
)
def test_what_is_no_absence_is_refused(desk: Desk, first: int, last: int, more: dict[str, Any], code: str):
    given = {"deputy": desk.settler} if more.pop("oneself", False) else {}
    with pytest.raises(DomainError) as refused:
        away(desk, first=TODAY + first * DAY, last=TODAY + last * DAY, **given, **more)
    assert code_of(refused) == code and not Absence.objects.exists()
    assert away(desk, first=TODAY, last=TODAY + 365 * DAY).pk


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 5)), max_size=6))
def test_absences_of_one_official_never_overlap(desk: Desk, spans: list[tuple[int, int]]):
    """Against sets of days."""
    taken_days: set[date] = set()
    made = []
    for begins, length in spans:
        first, last = TODAY + begins * DAY, TODAY + (begins + length) * DAY
        days = {first + number * DAY for number in range(length + 1)}
        if days & taken_days:
            with pytest.raises(DomainError) as refused:
                away(desk, first=first, last=last)
            assert code_of(refused) == "dossiers.absence_overlaps"
        else:
            made.append(away(desk, first=first, last=last))
            taken_days |= days
    for absence in made:
        end_absence(**desk.as_(desk.settler, "23 10:00"), absence=absence)
    assert not Absence.objects.filter(ended_at=None).exists()


def test_whoever_stands_in_is_told(desk: Desk):
    absence = away(desk)
    notice = Notice.objects.get(kind="dossiers.stands_in")
    assert (notice.recipient, notice.subject_id) == (desk.second_settler, str(absence.pk))


def test_heads_note_it_for_others_and_see_those_of_their_units(desk: Desk):
    office = unit("phong-kt", desk.commune, "office", "Phòng Kinh tế")
    expert = official("kt1", "A Sơn", office)
    grant(expert, "settling_official", office)
    for who, may in ((desk.head, True), (desk.one_stop_head, True), (desk.settler, False), (desk.stranger, False)):
        assert bool(may_note_absence(looking(who), expert)) == may, who
    absence = away(desk, official=expert, deputy=desk.settler)
    for who, sees in ((desk.head, True), (desk.settler, True), (expert, True), (desk.stranger, False)):
        assert (absence in visible_absences(looking(who))) == sees, who


def assigning(desk: Desk, dossiers: list[Dossier], to: Official, **more: Any) -> Any:
    steps = []
    for dossier in dossiers:
        step = StepInstance.objects.select_related("dossier", "unit").get(dossier=dossier, step="settle")
        steps.append((step, dossier.version))
    given = {"reason_code": "absent", "reason": "Đi học"} | more
    return assign_many(**desk.as_(desk.head, "23 10:00"), steps=steps, official=to, **given)


def test_many_steps_are_given_at_once_and_what_has_changed_stays(desk: Desk, held: Dossier):
    others = []
    for _ in range(3):
        one = received(desk)
        completed(desk, one, "receive", desk.receiver, "23 08:30")
        taken(desk, one, "settle", desk.settler, "23 09:00")
        others.append(now_of(one))
    stale, waiting = others[0], others[1]
    pausing.extend(
        **desk.as_(desk.head, "23 09:30"), dossier=stale, expected_version=stale.version, due_at=at("30 17:00"),
        reason_code="complex", reason="Cần xác minh",
    )  # fmt: skip
    done = assigning(desk, [held, *others], desk.second_settler)
    assert [step.dossier_id for step in done.given] == [held.pk, waiting.pk, others[2].pk]
    assert [(step.dossier_id, error.code) for step, error in done.left] == [(stale.pk, "dossiers.stale")]
    assert step_of(held, "settle").holder == desk.second_settler and step_of(stale, "settle").holder == desk.settler
    again = assigning(desk, [now_of(held)], desk.second_settler)
    assert [error.code for _, error in again.left] == ["dossiers.held_already"] and not again.given


def test_nobody_gets_a_step_whose_role_is_not_held(desk: Desk, held: Dossier):
    done = assigning(desk, [held], desk.receiver)
    assert [error.code for _, error in done.left] == ["dossiers.holder_unfit"]
    assert step_of(held, "settle").holder == desk.settler
    with pytest.raises(DomainError) as refused:
        assigning(desk, [], desk.second_settler)
    assert code_of(refused) == "dossiers.nothing_ticked"


def test_of_what_is_over_nothing_is_given(desk: Desk, held: Dossier):
    over = ending.withdraw(
        **desk.as_(desk.receiver, "23 09:30"), dossier=held, expected_version=held.version, reason_code="by_owner",
        reason="Theo đơn",
    )  # fmt: skip
    done = assigning(desk, [over], desk.second_settler)
    assert [error.code for _, error in done.left] == ["dossiers.step_not_in_state"]


@pytest.mark.requirement(12)
def test_the_pages(desk: Desk, held: Dossier):
    settler, head = client_of(desk.settler), client_of(desk.head)
    typed = {"deputy": "gq2", "starts_on": "23/11/2026", "ends_on": "27/11/2026", "reason": "Đi học"}
    assert settler.post("/ho-so/vang-mat/ghi/", typed | {"ends_on": "20/11/2026"}).status_code == 422
    assert settler.post("/ho-so/vang-mat/ghi/", typed).status_code == 302
    assert settler.post("/ho-so/vang-mat/ghi/", typed | {"official": "ky1"}).status_code == 403, "of others heads do"
    listed = head.get("/ho-so/vang-mat/").content.decode()
    assert desk.settler.name in listed and desk.second_settler.name in listed
    deputy = client_of(desk.second_settler)
    page = deputy.get("/ho-so/").content.decode()
    assert held.code in page and "làm thay" in page
    step = step_of(held, "settle")
    done = deputy.post(f"/ho-so/buoc/{step.pk}/hoan-thanh/", {"version": held.version})
    assert done.status_code == 302 and step_of(held, "settle").state == "done"
    absence = Absence.objects.get()
    assert deputy.post(f"/ho-so/vang-mat/{absence.pk}/ket-thuc/").status_code == 403
    assert settler.post(f"/ho-so/vang-mat/{absence.pk}/ket-thuc/").status_code == 302
    assert settler.post(f"/ho-so/vang-mat/{absence.pk}/ket-thuc/").status_code == 404


def test_the_page_that_gives_many_steps_away(desk: Desk, held: Dossier):
    head, step = client_of(desk.head), step_of(held, "settle")
    tick = f"{step.pk}.{held.version}"
    page = head.get("/ho-so/giao-nhieu-buoc/").content.decode()
    assert f'value="{tick}"' in page
    assert tick not in head.get("/ho-so/giao-nhieu-buoc/?nguoi=tn1").content.decode()
    typed = {"buoc": tick, "official": "gq2", "reason_code": "absent", "reason": "Đi học"}
    refused = head.post("/ho-so/giao-nhieu-buoc/", typed | {"reason": ""})
    assert refused.status_code == 422 and "checked" in refused.content.decode(), "the ticks stay"
    for wrong in ("", "x.y", "9" * 60, f"{step.pk}.x"):
        assert head.post("/ho-so/giao-nhieu-buoc/", typed | {"buoc": wrong}).status_code == 422
    assert head.post("/ho-so/giao-nhieu-buoc/", typed).status_code == 302
    assert step_of(held, "settle").holder == desk.second_settler
    assert client_of(desk.settler).get("/ho-so/giao-nhieu-buoc/").status_code == 403
