"""Difficulties, proposals and advantages of all directives and registers in scope, compiled and taken along."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cchc.followups.actions.giving import Order
from cchc.followups.actions.tasks import answer_difficulty, raise_difficulty
from cchc.followups.deadlines import Deadline
from cchc.followups.models import Difficulty, Directive, Task
from cchc.followups.queries.difficulties import DifficultySearch, counts_of_difficulties, find_difficulties
from cchc.interface import paging
from cchc.interface.together import answer
from cchc.organizations.models import Account
from cchc.organizations.viewers import Viewer, actor_of, public_viewer, viewer_of
from cchc.privacy.log import disclosure_log
from cchc.registers.actions.entries import give_by_entry
from tests.factories import registers
from tests.factories.clients import client_of
from tests.factories.followups import directive, task
from tests.factories.organizations import BY_TESTS, NOW, TODAY, unsaved_account
from tests.support.taken import above_heading, below_heading, rows_of

pytestmark = [pytest.mark.django_db, pytest.mark.requirement(70), pytest.mark.usefixtures("today")]
DAY = timedelta(days=1)
PAGE, XLSX = "/kho-khan/", "/kho-khan/danh-sach.xlsx"


def seen_by(person) -> Viewer:
    return viewer_of(Account.objects.filter(official=person).first() or unsaved_account(person), TODAY)


def raised(given: Task, kind: str, text: str, days: int = 0) -> Difficulty:
    now = Task.objects.get(pk=given.pk)
    return raise_difficulty(
        **BY_TESTS | {"now": NOW + days * DAY}, task=now, expected_version=now.version, kind=kind, text=text
    )


@pytest.fixture
def two(people) -> list[Directive]:
    """Two directives with a task for a commune each."""
    made = [
        directive(people.province, [people.commune, people.other], people.office, number=f"{number}/UBND")
        for number in (1, 2)
    ]
    first = task(people.commune, people.chairman, people.office, "Số hóa", subject=made[0])
    second = task(people.other, people.other_chairman, people.office, "Công khai", subject=made[1])
    raised(first, "difficulty", "Thiếu máy quét khổ A3")
    raised(first, "advantage", "Người dân ủng hộ", 1)
    raised(second, "proposal", "=Cho đăng tạm trên cổng tỉnh", 2)
    return made


def texts(page) -> list[str]:
    return [one.text for one, _, _ in page.context["shown"]]


@pytest.mark.requirement(110, 115)
def test_what_was_raised_under_all_directives_stands_in_one_list(people, two):
    page = client_of(people.officer).get(PAGE)
    assert texts(page) == ["=Cho đăng tạm trên cổng tỉnh", "Người dân ủng hộ", "Thiếu máy quét khổ A3"]
    body = page.content.decode()
    assert "2/UBND" in body and "xã Hai" in body and "Công khai" in body
    assert [count.number for count in page.context["counted"]] == [2, 0, 1, 1, 1]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("tim=may quet", ["Thiếu máy quét khổ A3"]),
        ("don-vi=xa-hai", ["=Cho đăng tạm trên cổng tỉnh"]),
        ("van-ban=1/UBND", ["Người dân ủng hộ", "Thiếu máy quét khổ A3"]),
        ("loai=proposal", ["=Cho đăng tạm trên cổng tỉnh"]),
        ("trang-thai=waiting&loai=advantage", []),
        ("trang-thai=answered", []),
        ("tu=24/11/2026&den=24/11/2026", ["Người dân ủng hộ"]),
        ("nguon=registers.RegisterEntry", []),
        ("nguon=followups.Directive&cua-toi=follow&tim=cong", ["=Cho đăng tạm trên cổng tỉnh"]),
    ],
)
def test_each_filter_narrows_page_and_workbook_alike(people, two, query, found):
    officer = client_of(people.officer)
    page = officer.get(f"{PAGE}?{query}")
    assert texts(page) == found and page.context["total"] == len(found)
    assert [row[2] for row in below_heading(rows_of(officer.get(f"{XLSX}?{query}")))] == found


def test_the_workbook_says_every_filter(people, two):
    query = "tim=cong&loai=proposal&trang-thai=waiting&nguon=followups.Directive&cua-toi=follow&tu=23/11/2026"
    said = above_heading(client_of(people.officer).get(f"{XLSX}?{query}&don-vi=xa-hai"))
    assert said[1:-1] == [
        "Đơn vị và cấp dưới: xã Hai", "Phạm vi: Việc tôi theo dõi", "Từ trong nội dung nêu hoặc trả lời: cong",
        "Loại: Đề xuất, kiến nghị", "Trạng thái: Chưa trả lời", "Nêu ở nhiệm vụ của: Văn bản chỉ đạo",
        "Nêu từ ngày: 23/11/2026",
    ]  # fmt: skip


def test_nobody_reads_what_units_out_of_sight_have_raised(people, two):
    assert texts(client_of(people.clerk).get(PAGE)) == ["Người dân ủng hộ", "Thiếu máy quét khổ A3"]
    assert texts(client_of(people.other_chairman).get(PAGE)) == ["=Cho đăng tạm trên cổng tỉnh"]
    assert not find_difficulties(public_viewer(TODAY), DifficultySearch())


def test_an_answer_is_offered_to_who_follows_and_found_by_its_words(people, two):
    first = Difficulty.objects.get(kind="difficulty")
    address = f"/kho-khan/{first.pk}/tra-loi/"
    assert address in client_of(people.officer).get(PAGE).content.decode()
    assert address not in client_of(people.clerk).get(PAGE).content.decode()
    answer_difficulty(**BY_TESTS, difficulty=first, answer="Điều chuyển trong tháng")
    page = client_of(people.officer).get(f"{PAGE}?tim=dieu chuyen&trang-thai=answered")
    assert texts(page) == ["Thiếu máy quét khổ A3"] and address not in page.content.decode()


def test_what_was_raised_at_tasks_of_registers_is_there_too(people):
    kept = registers.register(people.province)
    entry = registers.entry(kept, people.commune)
    order = Order("Khắc phục", Deadline(TODAY, working_days=10), people.office, "")
    (given,) = give_by_entry(**BY_TESTS, entry=entry, order=order, owners=[people.commune], leader=people.chairman)
    raised(given, "difficulty", "Thiếu người")
    page = client_of(people.officer).get(f"{PAGE}?nguon=registers.RegisterEntry")
    assert texts(page) == ["Thiếu người"] and f"/so-theo-doi/dong/{entry.pk}/" in page.content.decode()


def test_the_list_goes_on_to_its_end_at_the_same_cost(people, two, monkeypatch):
    monkeypatch.setattr(paging, "PAGE_SIZE", 2)
    officer = client_of(people.officer)
    first = officer.get(PAGE)
    last = officer.get(first.context["next"])
    assert texts(first) + texts(last) == [one.text for one in Difficulty.objects.order_by("-raised_at", "-pk")]
    assert last.context["next"] == "" and last.context["total"] == 3

    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            officer.get(address).getvalue()
        return len(queries)

    narrowed = f"{PAGE}?don-vi=xa-mot&van-ban=1/UBND (%23{two[0].pk})&tu=20/11/2026"
    before = [asked(PAGE), asked(XLSX)]
    for number in range(4):
        raised(Task.objects.first(), "proposal", f"Thêm {number}")
    assert [asked(PAGE), asked(XLSX)] == before
    assert max(*before, asked(narrowed)) <= 9


def test_the_workbook_names_people_in_their_posts_of_that_moment(people, two):
    one = Difficulty.objects.get(kind="difficulty")
    by = actor_of(people.officer, day=TODAY)
    answer_difficulty(actor=by, now=NOW, difficulty=one, answer="Điều chuyển")
    one.refresh_from_db()
    assert one.answered_as, "it says in which post"
    said = [text for row in rows_of(client_of(people.officer).get(XLSX)) for text in row]
    assert f"{people.officer.name}, {one.answered_as}" in said


@pytest.mark.requirement(125, 126)
def test_who_took_the_list_stands_in_the_log(people, two):
    client_of(people.officer).get(XLSX)
    (line,) = disclosure_log().newest(most=1)
    assert (line.page, line.way) == ("followups:difficulties-taken", "export")


def test_counts_leave_kind_and_state_aside(people, two):
    viewer = seen_by(people.officer)
    every = answer(counts_of_difficulties(viewer, DifficultySearch()))
    assert answer(counts_of_difficulties(viewer, DifficultySearch(kind="proposal", state="answered"))) == every
    assert answer(counts_of_difficulties(viewer, DifficultySearch(text="khong co"))).waiting == 0
