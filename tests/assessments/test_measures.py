"""Declared figures beside what the product measured: dossiers late and settled, each number opening its rows."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils.html import strip_tags

from cchc.assessments.actions.measures import bind_measure, unbind_measure
from cchc.assessments.measures import LATE, ON_TIME, OVERDUE, SETTLED
from cchc.assessments.models import Binding, Round, Sheet
from cchc.assessments.queries.measures import dossiers_measured, measured
from cchc.audit.models import AuditEvent
from cchc.audit.recording import unguarded
from cchc.dossiers.models import Dossier
from cchc.interface.together import answer
from cchc.organizations.models import Official
from cchc.records.errors import DomainError
from tests.assessments.conftest import sheets_of
from tests.factories.assessments import appraising, begun, frozen, now_of, write
from tests.factories.clients import client_of
from tests.factories.dossiers import Desk, at, desk_of_a_commune, received, settled
from tests.factories.organizations import BY_TESTS, grant, official

LOOKED_AT = at("27 10:00")


@pytest.fixture
def desk(db: None) -> Desk:
    return desk_of_a_commune()


@pytest.fixture
def round_(desk: Desk) -> Round:
    return begun(desk.province, dict.fromkeys((desk.commune, desk.other), "Cấp xã"))


@pytest.fixture
def secretary(desk: Desk) -> Official:
    person = official("tkhd", "Lê Thị Thư", desk.province)
    grant(person, "council_secretary", desk.province)
    return person


def moved_to(dossier: Dossier, **columns: object) -> None:
    with unguarded():
        Dossier.objects.filter(pk=dossier.pk).update(**columns)


def counts(round_: Round, now: datetime = LOOKED_AT) -> dict[tuple[str, str], int]:
    sheets = {sheet.pk: sheet.name for sheet in sheets_of(round_)}
    found = answer(measured(round_, sheets_of(round_), [LATE, ON_TIME, SETTLED, OVERDUE], now))
    return {(sheets[sheet], measure): number for (sheet, measure), number in found.items()}


@pytest.mark.requirement(20)
@pytest.mark.parametrize(("minutes", "late"), [(0, 0), (0.5, 0), (1, 1), (-1, 0)])
def test_late_is_after_the_minute_that_was_promised(desk: Desk, round_: Round, minutes: float, late: int) -> None:
    dossier = settled(desk, received(desk))
    assert dossier.due_at is not None
    when = dossier.due_at + timedelta(minutes=minutes)
    moved_to(dossier, settled_at=when, ended_at=when)
    found = counts(round_)
    assert [found["xã Một", one] for one in (LATE, ON_TIME, SETTLED, OVERDUE)] == [late, 1 - late, 1, 0]
    assert found["xã Hai", SETTLED] == 0


@pytest.mark.parametrize(
    ("when", "number"),
    [("2025-12-31T23:59", 0), ("2026-01-01T00:00", 1), ("2026-12-31T23:59", 1), ("2027-01-01T00:00", 0)],
)
def test_only_the_days_assessed_count(desk: Desk, round_: Round, when: str, number: int) -> None:
    moment = datetime.fromisoformat(f"{when}+07:00")
    dossier = settled(desk, received(desk))
    moved_to(dossier, received_at=moment, settled_at=moment, ended_at=moment)
    assert counts(round_)["xã Một", SETTLED] == number


def test_what_has_no_appointment_is_not_judged(desk: Desk, round_: Round) -> None:
    moved_to(settled(desk, received(desk)), due_at=None, first_due_at=None)
    found = counts(round_)
    assert [found["xã Một", one] for one in (LATE, ON_TIME, SETTLED)] == [0, 0, 1]


@pytest.mark.requirement(20)
def test_what_is_overdue_now_and_not_what_waits(desk: Desk, round_: Round) -> None:
    running, waiting, done = (received(desk) for _ in range(3))
    moved_to(waiting, state="suspended")
    settled(desk, done)
    assert running.due_at is not None
    assert counts(round_, running.due_at)["xã Một", OVERDUE] == 0
    assert counts(round_, running.due_at + timedelta(minutes=1))["xã Một", OVERDUE] == 1


@pytest.mark.requirement(20, 22)
def test_measured_figures_stand_beside_the_declared_ones_and_open_the_very_dossiers(
    desk: Desk, round_: Round, secretary: Official
) -> None:
    late, good = settled(desk, received(desk)), settled(desk, received(desk))
    assert late.due_at is not None
    when = late.due_at + timedelta(days=1)
    moved_to(late, settled_at=when, ended_at=when)
    sheet = sheets_of(round_)[0]
    write(sheet, "1.1", done="0", planned="2")
    client = client_of(secretary)
    grid = reverse("assessments:criterion", args=[round_.pk, "1.1"])
    assert 'scope="col">Số đo<' not in client.get(grid).content.decode()
    address = reverse("assessments:bind", args=[round_.pk, "1.1"])
    assert client.post(address, {"input": "done", "measure": LATE}).status_code == 302
    assert client.post(address, {"input": "planned", "measure": SETTLED}).status_code == 302
    with time_machine.travel(LOOKED_AT, tick=False):
        text = client.get(grid).content.decode()
        first = text[text.index(f'id="ban-{sheet.pk}"') :]
        row = " ".join(strip_tags(first[: first.index("</tr>")]).split())
        assert "Hồ sơ giải quyết quá hạn: 1 kê khai lệch số đo -1" in row.replace("\N{MINUS SIGN}", "-")
        assert "Hồ sơ đã giải quyết: 2" in row
        (link, _) = re.findall(rf'href="(/dot-cham/ban/{sheet.pk}/so-do/\d+/)"', text)
        rows = client.get(link).content.decode()
        assert late.code in rows and good.code not in rows and "Trần Thị Lan" not in rows
        for told in ("Theo phút, hạn hiện hành", "Công văn 2624/UBND-TTHCC", "Căn cứ chưa xác minh", "quá hạn"):
            assert told in rows, told
        assert "còn 1 ngày" not in rows
        own = client.get(reverse("assessments:sheet", args=[sheet.pk]), {"tc": "1.1"}).content.decode()
        assert link in own
    assert set(dossiers_measured(now_sheet(sheet), SETTLED, LOOKED_AT)) == {late, good}


def test_who_has_no_dossiers_here_is_not_held_against_none(desk: Desk, round_: Round, secretary: Official) -> None:
    settled(desk, received(desk))
    first, other = sheets_of(round_)
    for sheet in (first, other):
        write(sheet, "1.1", done="3", planned="5")
    bind_measure(**BY_TESTS, round_=round_, code="1.1", input="done", measure=LATE)
    with time_machine.travel(LOOKED_AT, tick=False):
        page = client_of(secretary).get(reverse("assessments:criterion", args=[round_.pk, "1.1"])).content.decode()
    rows = [" ".join(strip_tags(part.split("</tr>")[0]).split()) for part in page.split('id="ban-')[1:]]
    assert "kê khai lệch số đo 3" in rows[0] and "lệch" not in rows[1]
    assert "chưa có hồ sơ trên phần mềm" in rows[1] and "chưa có hồ sơ" not in rows[0]


def now_sheet(sheet: Sheet) -> Sheet:
    return Sheet.objects.select_related("round__organizer", "unit").get(pk=sheet.pk)


def test_a_measure_is_bound_once_changed_and_taken_away(desk: Desk, round_: Round, secretary: Official) -> None:
    first = bind_measure(**BY_TESTS, round_=round_, code="1.1", input="done", measure=LATE)
    assert bind_measure(**BY_TESTS, round_=round_, code="1.1", input="done", measure=LATE) == first
    second = bind_measure(**BY_TESTS, round_=round_, code="1.1", input="done", measure=SETTLED)
    assert list(Binding.objects.filter(ended_at=None)) == [second]
    client = client_of(secretary)
    address = reverse("assessments:unbind", args=[second.pk])
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Gắn nhầm"}).status_code == 302
    assert client.get(address).status_code == 404
    assert AuditEvent.objects.filter(kind="assessments.measure_unbound").count() == 2


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"code": "1.2", "input": "answer", "measure": LATE}, "assessments.not_measurable"),
        ({"code": "1.1", "input": "nothing", "measure": LATE}, "assessments.not_measurable"),
        ({"code": "1.1", "input": "done", "measure": "guess"}, "assessments.unknown_measure"),
        ({"code": "9.9", "input": "done", "measure": LATE}, "scoring.unknown_criterion"),
    ],
)
def test_what_cannot_be_bound_is_refused(round_: Round, given: dict[str, str], code: str) -> None:
    with pytest.raises(DomainError) as refused:
        bind_measure(**BY_TESTS, round_=round_, **given)
    assert refused.value.code == code


def test_a_criterion_without_counts_has_no_form(round_: Round, secretary: Official) -> None:
    answered = client_of(secretary).get(reverse("assessments:bind", args=[round_.pk, "1.2"]))
    assert answered.status_code == 422 and "không có số liệu đếm" in answered.content.decode()


def test_nothing_is_bound_once_the_result_is_frozen(desk: Desk, round_: Round, secretary: Official) -> None:
    chair = official("cthd", "Nguyễn Văn Chủ", desk.province)
    grant(chair, "council_chair", desk.province)
    bound = bind_measure(**BY_TESTS, round_=round_, code="1.1", input="done", measure=LATE)
    frozen(round_, secretary, chair)
    for act in (
        lambda: bind_measure(**BY_TESTS, round_=now_of(round_), code="1.1", input="planned", measure=LATE),
        lambda: unbind_measure(**BY_TESTS, binding=bound, reason="Muộn"),
    ):
        with pytest.raises(DomainError) as refused:
            act()
        assert refused.value.code == "assessments.not_in_state"


def test_the_grid_asks_one_question_more_where_measures_are_bound(
    desk: Desk, round_: Round, secretary: Official, django_assert_max_num_queries
) -> None:
    appraising(round_, official("td", "Trần Thị Thẩm", desk.province))
    bind_measure(**BY_TESTS, round_=round_, code="1.1", input="done", measure=LATE)
    client, grid = client_of(secretary), reverse("assessments:criterion", args=[round_.pk, "1.1"])
    client.get(grid)
    with django_assert_max_num_queries(9):
        client.get(grid)
    sheet = reverse("assessments:sheet", args=[sheets_of(round_)[0].pk])
    with django_assert_max_num_queries(10):
        client.get(sheet, {"tc": "1.1"})
