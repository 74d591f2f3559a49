"""What becomes late: durations from the unit's own history, forecasts of open dossiers, the page and its rows."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cchc.audit.recording import unguarded
from cchc.dossiers.actions.pausing import suspend
from cchc.dossiers.models import Dossier, Reminder
from cchc.oversight.models import StepDuration, StepForecast
from cchc.oversight.queries.watching import KINDS, AskedWatch, conditions, find_forecasts, forecasts_after
from tests.dossiers.test_permissions import looking
from tests.factories.clients import client_of
from tests.factories.dossiers import (
    BIRTH,
    LAND,
    RESULT,
    Desk,
    at,
    completed,
    desk_of_a_commune,
    intake,
    now_of,
    received,
    step_of,
    taken,
)
from tests.factories.oversight import foreseen, refreshed

pytestmark = pytest.mark.requirement(62, 65)
PAGE = "/theo-doi/hom-nay/"
FIGURE = re.compile(r'<a class="figure" href="(/theo-doi/hom-nay/ho-so/[^"]+)">([^<]+)</a>')


def lived(desk: Desk, day: str, minutes: int) -> Dossier:
    """Settled; the settling step took so many minutes from 08:30, the others none."""
    dossier = received(desk, when=f"{day} 08:00")
    completed(desk, dossier, "receive", desk.receiver, f"{day} 08:30")
    end = (at(f"{day} 08:30") + timedelta(minutes=minutes)).strftime("%H:%M")
    completed(desk, dossier, "settle", desk.settler, f"{day} {end}")
    completed(desk, dossier, "sign", desk.signer, f"{day} {end}", result=RESULT)
    completed(desk, dossier, "return", desk.receiver, f"{day} {end}")
    return now_of(dossier)


@pytest.fixture(scope="module")
def made_once(filled_once: None) -> Desk:
    """Ten settled dossiers, whose settling step took 10, 20 … 100 minutes."""
    desk = desk_of_a_commune()
    for place in range(1, 11):
        lived(desk, "9", 10 * place)
    refreshed(at("10 08:00"))
    foreseen(at("10 09:00"))
    return desk


def duration_of(desk: Desk, *, unit: bool) -> StepDuration:
    name = step_of(Dossier.objects.order_by("pk")[0], "settle").name_vi
    return StepDuration.objects.get(step=name, unit=desk.commune if unit else None)


def test_durations_are_those_of_settled_dossiers_and_written_only_when_they_change(desk: Desk):
    own = duration_of(desk, unit=True)
    assert (own.procedure, own.cases) == (BIRTH, 10)
    assert (own.low, own.quarter, own.median, own.three_quarters, own.high) == (10, 30, 50, 80, 90)
    assert own.first_on == own.last_on == at("9 09:00").date()
    assert duration_of(desk, unit=False).median == 50
    foreseen(at("10 10:00"))
    assert duration_of(desk, unit=True).pk == own.pk, "nothing has changed"
    lived(desk, "10", 5)
    refreshed(at("10 11:00"))
    foreseen(at("10 11:00"))
    assert duration_of(desk, unit=True).cases == 11 and duration_of(desk, unit=True).median == 50


def test_without_enough_cases_the_limit_counts(desk: Desk):
    dossier = received(desk, LAND, "23 08:00", intake=intake(desk.procedures[LAND]))
    foreseen(at("23 08:30"))
    row = StepForecast.objects.get(dossier=dossier)
    assert (row.basis, row.cases, row.chain[0]["seen"]) == ("limit", 0, 0)
    assert row.chain[0]["vi"] == "Tiếp nhận, chuyển hồ sơ" and row.expected_at > at("30 17:00")


def test_a_forecast_goes_by_the_history_of_the_unit_and_by_what_was_used(desk: Desk):
    dossier = received(desk, when="23 08:00")
    completed(desk, dossier, "receive", desk.receiver, "23 08:30")
    taken(desk, dossier, "settle", desk.settler, "23 08:40")
    foreseen(at("23 08:50"))
    row = StepForecast.objects.get(dossier=dossier)
    assert (row.holder, row.unit, row.basis, row.cases) == (desk.settler, desk.commune, "unit", 10)
    assert row.minutes_left == 30 and row.expected_at == at("23 09:20"), "20 of 50 minutes were used"
    assert (row.early_at, row.late_at) == (at("23 09:00"), at("23 09:50"))
    assert row.stale_at == at("23 09:00") and row.beyond_minutes < 0
    assert foreseen(at("23 08:55")) == 0, "it still holds"
    assert foreseen(at("23 09:30")) == 1
    row = StepForecast.objects.get(dossier=dossier)
    assert row.expected_at == at("23 09:50"), "whoever needs more than the median has the third quartile"
    assert foreseen(at("23 11:00")) == 1
    row = StepForecast.objects.get(dossier=dossier)
    assert row.chain[0]["is_past"] and row.expected_at == at("23 11:00")
    completed(desk, dossier, "settle", desk.settler, "23 11:10")
    assert foreseen(at("23 11:10")) == 1
    row = StepForecast.objects.get(dossier=dossier)
    assert row.step == step_of(dossier, "sign") and row.holder is None and row.minutes_left == 0


def test_what_has_ended_is_forecast_no_longer(desk: Desk):
    dossier = received(desk, when="23 08:00")
    foreseen(at("23 08:10"))
    assert StepForecast.objects.filter(dossier=dossier).exists()
    for id_, person in {"receive": desk.receiver, "settle": desk.settler, "sign": desk.signer}.items():
        completed(desk, dossier, id_, person, "23 09:00", **({"result": RESULT} if id_ == "sign" else {}))
    completed(desk, dossier, "return", desk.receiver, "23 09:00")
    foreseen(at("23 10:00"))
    assert not StepForecast.objects.exists()


def test_a_dossier_that_waits_stands_apart_and_its_forecast_does_not_move(desk: Desk):
    dossier = received(desk, when="23 08:00")
    completed(desk, dossier, "receive", desk.receiver, "23 08:30")
    taken(desk, dossier, "settle", desk.settler, "23 08:30")
    foreseen(at("23 08:40"))
    before = StepForecast.objects.get(dossier=dossier)
    suspended(desk, dossier, "23 08:40")
    for when in ("23 08:41", "25 10:00"):
        foreseen(at(when))
        row = StepForecast.objects.get(dossier=dossier)
        assert row.is_waiting and row.expected_at is None
        assert (row.minutes_left, row.beyond_minutes) == (before.minutes_left, before.beyond_minutes)


def suspended(desk: Desk, dossier: Dossier, when: str) -> None:
    version = now_of(dossier).version
    suspend(
        **desk.as_(desk.head, when), dossier=dossier, expected_version=version, reason_code="dispute", reason="Chờ"
    )  # fmt: skip


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """On Wednesday the 25th at 10:00: one overdue, one due today and expected late, one due after the week, one that
    waits, one in the queue.
    """
    overdue = received(desk, when="20 08:00")
    completed(desk, overdue, "receive", desk.receiver, "20 08:30")
    taken(desk, overdue, "settle", desk.second_settler, "20 09:00")
    today_ = received(desk, when="23 16:00")
    completed(desk, today_, "receive", desk.receiver, "23 16:10")
    taken(desk, today_, "settle", desk.settler, "23 16:20")
    received(desk, LAND, "25 08:00", intake=intake(desk.procedures[LAND]))
    waiting = received(desk, when="25 08:00")
    completed(desk, waiting, "receive", desk.receiver, "25 08:10")
    taken(desk, waiting, "settle", desk.settler, "25 08:10")
    suspended(desk, waiting, "25 08:20")
    received(desk, when="25 09:00")
    foreseen(at("25 10:00"))
    return desk


def page(person: object, address: str) -> str:
    answer = client_of(person).get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def numbers_on(text: str) -> dict[str, int]:
    return {unescape(address): int(said.replace(".", "")) for address, said in FIGURE.findall(text)}


def test_every_number_opens_exactly_its_rows(busy: Desk, today):
    found = numbers_on(page(busy.head, PAGE))
    assert found and {kind for kind in KINDS if any(f"loai={kind}" in one for one in found)} >= {"qua-han", "tam-dung"}
    for address, number in found.items():
        rows = page(busy.head, address)
        assert rows.count('data-label="Bước"') == number, address


def test_what_one_sees_is_the_own_scope(busy: Desk, today):
    assert client_of(busy.stranger).get(PAGE).status_code == 200, "the own steps alone"
    assert client_of(busy.stranger).get(f"{PAGE}ho-so/?don-vi=xa-mot").status_code == 403
    assert client_of(busy.head).get(f"{PAGE}?don-vi=tinh").status_code == 403
    own = page(busy.settler, f"{PAGE}ho-so/?loai=tam-dung")
    assert own.count('data-label="Bước"') == 1 and busy.settler.name in own
    assert "Nhắc" not in own, "nobody urges the own steps without being in charge"


def test_pages_ask_nine_questions_at_most(busy: Desk, today):
    for person, address in (
        (busy.head, PAGE), (busy.head, f"{PAGE}ho-so/?don-vi=xa-mot&loai=hom-nay"), (busy.settler, PAGE),
        (busy.head, f"{PAGE}ho-so/?don-vi=xa-mot&loai=qua-han&sau={StepForecast.objects.order_by('pk')[0].pk}"),
    ):  # fmt: skip
        client = client_of(person)
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        assert len(asked) <= 9, (address, [one["sql"][:90] for one in asked])


def test_the_rows_are_taken_along_as_a_workbook(busy: Desk, today):
    answer = client_of(busy.head).get(f"{PAGE}tai/?don-vi=xa-mot&loai=qua-han")
    assert answer.status_code == 200 and answer["Content-Type"].endswith("sheet")
    assert client_of(busy.settler).get(f"{PAGE}tai/?don-vi=xa-mot").status_code == 403


@pytest.mark.parametrize(
    "asked", ["loai=x", "loai=%00", "nguoi=%00&o=%00", "sau=x", "sau=999999999", "don-vi=khong-co"]
)
def test_what_nobody_can_mean_is_answered(busy: Desk, today, asked: str):
    assert client_of(busy.head).get(f"{PAGE}ho-so/?{asked}").status_code in {200, 404}


def test_a_head_urges_from_the_row_and_it_is_recorded(busy: Desk, today):
    today.move_to(at("25 10:00"))
    text = page(busy.head, f"{PAGE}ho-so/?don-vi=xa-mot&loai=qua-han")
    (first, *_) = re.findall(r'action="(/ho-so/buoc/\d+/nhac/)"', text)
    words = unescape(re.search(r'name="text" value="([^"]+)"', text)[1])
    assert client_of(busy.head).post(first, {"text": words}).status_code == 302
    made = Reminder.objects.get()
    assert made.reminded_by == busy.head and made.text == words


def test_worst_stands_first_and_pages_go_on_behind_the_last_row(busy: Desk, today):
    more = received(busy, when="19 08:00")
    completed(busy, more, "receive", busy.receiver, "19 08:30")
    foreseen(at("25 10:00"))
    asked = AskedWatch(busy.commune, at("25 10:00").date(), "qua-han")
    whole = find_forecasts(asked, looking(busy.head), at("25 10:00"))
    found = list(whole)
    assert len(found) > 1 and [one.beyond_minutes for one in found] == sorted(
        (one.beyond_minutes for one in found), reverse=True
    )
    assert [one.pk for one in forecasts_after(whole, found[0])] == [one.pk for one in found[1:]]


def test_kinds_are_told_at_their_edges(busy: Desk):
    row = StepForecast.objects.filter(is_waiting=False).order_by("pk")[0]

    def kinds(due: str, beyond: int = 0, now: str = "25 10:00") -> set[str]:
        with unguarded():
            StepForecast.objects.filter(pk=row.pk).update(due_at=at(due), beyond_minutes=beyond)
        found = conditions(at(now))
        return {kind for kind in KINDS if StepForecast.objects.filter(found[kind], pk=row.pk).exists()}

    assert kinds("25 09:59") == {"qua-han"}
    assert kinds("25 10:00") == {"hom-nay"} and kinds("26 00:00") == {"hom-nay"}
    assert kinds("26 00:01") == {"tuan-nay"} and kinds("30 00:00") == {"tuan-nay"}
    assert kinds("30 00:01") == set() and kinds("30 00:01", 1) == {"sau-tuan-nay", "du-kien-tre"}
    assert kinds("25 10:00", 1) == {"hom-nay", "du-kien-tre"}
    assert kinds("29 17:00", now="29 10:00") == {"hom-nay"}, "a Sunday is the end of its week"
