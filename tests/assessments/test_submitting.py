"""What is missing before a unit locks its sheet, who hears of what, where its sheets are met."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from cchc.assessments.actions.sheets import hand_back
from cchc.assessments.desk import sheets as desk_sheets
from cchc.assessments.models import Round, Sheet
from cchc.assessments.queries.waiting import search_sheets
from cchc.interface.together import answer
from cchc.notices.models import Notice
from cchc.organizations.models import Official
from cchc.organizations.viewers import Viewer, viewer_of
from tests.assessments.conftest import Council
from tests.factories.assessments import submitted, write
from tests.factories.clients import client_of
from tests.factories.files import cited, stored
from tests.factories.organizations import BY_TESTS, NOW, TODAY, unsaved_account

COMPLETE, BACK = "assessments.sheet_complete", "assessments.sheet_handed_back"


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def own(scored_round: Round, sheets: list[Sheet]) -> Sheet:
    return sheets[0]


def seen_by(person: Official) -> Viewer:
    return viewer_of(unsaved_account(person), TODAY, used_second_factor=True)


def told(person: Official, kind: str) -> int:
    return Notice.objects.filter(recipient=person, kind=kind).count()


def page(person: Official, name: str, *args: object) -> str:
    found = client_of(person).get(reverse(name, args=args))
    assert found.status_code == 200
    return str(found.content.decode())


@pytest.mark.requirement(98)
def test_what_is_missing_is_listed_by_kind_with_links(council: Council, own: Sheet) -> None:
    write(own, "1.1", done="9", planned="10")
    write(own, "1.2", applicable="no")
    listed = page(council.head, "assessments:submit", own.pk)
    assert "Thiếu lý do không áp dụng" in listed and "Chưa có tài liệu kiểm chứng" in listed
    assert "Thiếu số liệu" not in listed
    assert f"{reverse('assessments:sheet', args=[own.pk])}?tc=1.2" in listed and 'name="version"' not in listed


@pytest.mark.requirement(98)
def test_the_head_hears_once_that_the_sheet_is_complete(council: Council, own: Sheet) -> None:
    write(own, "1.1", done="9", planned="10", note="Báo cáo 12")
    assert told(council.head, COMPLETE) == 0
    write(own, "1.2", answer="no")
    assert told(council.head, COMPLETE) == 1 and told(council.officer, COMPLETE) == 0
    write(own, "1.2", answer="yes")
    assert told(council.head, COMPLETE) == 1
    assert Sheet.objects.get(pk=own.pk).completed_at is not None


def test_a_file_completes_a_sheet_too(council: Council, own: Sheet) -> None:
    answered = write(own, "1.1", done="9", planned="10")
    write(own, "1.2", answer="no")
    assert told(council.head, COMPLETE) == 0
    cited(stored(b"%PDF-1.7", by=council.officer, works_in=council.first), ("assessments.Answer", answered.pk))
    assert told(council.head, COMPLETE) == 1


@pytest.mark.requirement(98)
def test_whoever_fills_the_sheet_in_hears_that_it_comes_back(council: Council, own: Sheet) -> None:
    submitted(own.round)
    sent = Sheet.objects.select_related("round__organizer", "unit").get(pk=own.pk)
    hand_back(**BY_TESTS, sheet=sent, expected_version=sent.version, reason="Thiếu báo cáo")
    assert told(council.officer, BACK) == told(council.head, BACK) == 1
    assert told(council.other_head, BACK) == 0
    assert "Thiếu báo cáo" in page(council.officer, "notices:list")
    assert Sheet.objects.get(pk=own.pk).completed_at is None


@pytest.mark.requirement(103)
def test_late_is_said_before_and_recorded(council: Council, own: Sheet) -> None:
    write(own, "1.1", done="9", planned="10", note="Báo cáo 12")
    write(own, "1.2", answer="no")
    assert "được ghi nhận là gửi muộn" not in page(council.head, "assessments:submit", own.pk)
    with time_machine.travel(datetime(2026, 12, 7, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")), tick=False):
        assert "04/12/2026" in page(council.head, "assessments:submit", own.pk)
        sent = client_of(council.head).post(reverse("assessments:submit", args=[own.pk]), {"version": "1"})
    assert sent.status_code == 302 and Sheet.objects.get(pk=own.pk).is_late


@pytest.mark.requirement(98)
def test_it_waits_on_the_desks_of_those_who_fill_it_in(council: Council, own: Sheet) -> None:
    def waiting(person: Official) -> list[str]:
        return [f"{one.title} {one.due}" for one in answer(desk_sheets.gather(seen_by(person), NOW))]

    assert "Hoàn thành bản tự chấm" in waiting(council.officer)[0] and "2026-12-05" in waiting(council.head)[0]
    assert waiting(council.secretary) == []
    write(own, "1.1", done="9", planned="10", note="Báo cáo 12")
    write(own, "1.2", answer="no")
    assert "Khóa và gửi" in waiting(council.head)[0]
    submitted(own.round)
    assert waiting(council.officer) == []


def test_it_is_found_and_stands_on_the_page_of_its_unit(council: Council, own: Sheet) -> None:
    assert own.round.title in page(council.officer, "organizations:unit", council.first.code)
    assert own.round.title not in page(council.stranger, "organizations:unit", council.first.code)
    assert list(search_sheets(seen_by(council.officer), "mau 1")) == [own]
    assert list(search_sheets(seen_by(council.stranger), "mau 1")) == []
    found = client_of(council.officer).get("/tim/", {"q": "xa mau 1"}).content.decode()
    assert reverse("assessments:sheet", args=[own.pk]) in found


@pytest.mark.parametrize("version", ["", "abc", "²", "9" * 40])
def test_a_version_that_is_none_is_a_sheet_that_changed(council: Council, own: Sheet, version: str) -> None:
    sent = client_of(council.head).post(reverse("assessments:submit", args=[own.pk]), {"version": version})
    assert sent.status_code == 409 and "vừa được người khác thay đổi" in sent.content.decode()
