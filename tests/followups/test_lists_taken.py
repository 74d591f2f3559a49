"""The board and the missing list: to their last line on pages, and as workbooks; the log knows who took them."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cchc.followups.actions.tasks import raise_difficulty
from cchc.followups.deadlines import Deadline
from cchc.followups.models import Directive, Task
from cchc.followups.queries import missing as queries
from cchc.followups.queries.missing import MissingSearch, Place, missing, missing_page
from cchc.interface import paging
from cchc.organizations.models import Account, Official
from cchc.organizations.viewers import viewer_of
from cchc.privacy.log import disclosure_log
from tests.factories.clients import client_of
from tests.factories.followups import directive, step, task
from tests.factories.organizations import BY_TESTS, NOW, TODAY, unit, unsaved_account
from tests.support.taken import above_heading, below_heading, rows_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
DAY = timedelta(days=1)
BOARD, MISSING = "/nhiem-vu/danh-sach.xlsx", "/nhiem-vu/chua-bao-cao/danh-sach.xlsx"


@pytest.fixture
def sent(people) -> Directive:
    """To two communes, each with two tasks."""
    made = directive(people.province, [people.commune, people.other], people.office, posting_wanted=True)
    for number in (1, 2):
        deadline = Deadline(TODAY, due_on=TODAY + (3 + number) * DAY)
        task(people.commune, people.chairman, people.office, f"Việc {number}", subject=made, deadline=deadline)
        task(people.other, people.other_chairman, people.office, f"=Việc {number}", subject=made, deadline=deadline)
    return made


def seen_by(person: Official):
    return viewer_of(Account.objects.filter(official=person).first() or unsaved_account(person), TODAY)


def lines_in(answer) -> list[queries.Missing]:
    return [row for row, _ in answer.context["rows"]]


@pytest.mark.requirement(55, 62)
def test_the_missing_list_has_no_end_before_its_last_line(people, sent, today, monkeypatch):
    for module in (queries, paging):
        monkeypatch.setattr(module, "PAGE_SIZE", 3)
    today.move_to(NOW + 40 * DAY)
    officer = client_of(people.officer)
    all_of_them = missing(
        viewer_of(Account.objects.get(official=people.officer), TODAY), MissingSearch(), NOW + 40 * DAY
    )
    assert len(all_of_them) == 8, "two not acknowledged, two not posted, four not reported"
    seen, address = [], "/nhiem-vu/chua-bao-cao/"
    while address:
        page = officer.get(address)
        assert page.context["total"] == 8
        assert len(lines_in(page)) <= 3
        seen += lines_in(page)
        address = page.context["next"]
    assert seen == all_of_them
    assert [row.since for row in seen] == sorted(row.since for row in seen)


def test_a_page_goes_on_where_it_stood_although_its_last_line_is_gone(people, sent, monkeypatch):
    monkeypatch.setattr(queries, "PAGE_SIZE", 3)
    late = NOW + 40 * DAY
    viewer = seen_by(people.officer)
    before = missing(viewer, MissingSearch(), late)
    first, _, _ = missing_page(viewer, MissingSearch(), late)
    gone = next(row for row in reversed(before) if row.kind == "silent")
    place = gone.place
    step(Task.objects.get(pk=gone.row), "acknowledge", "")
    with time_machine.travel(late, tick=False):
        page = client_of(people.officer).get(f"/nhiem-vu/chua-bao-cao/?sau={place}")
    assert lines_in(page) == before[before.index(gone) + 1 :][:3]
    assert first == before[:3]


@pytest.mark.parametrize(
    "text", ["", "silent", "silent-1", "other-1-1", "silent-1-x", f"silent-{'1' * 19}-1", "silent-1-²"]
)
def test_what_is_no_place_in_the_list_begins_it(people, text):
    assert Place.read(text) is None
    assert client_of(people.officer).get("/nhiem-vu/chua-bao-cao/", {"sau": text}).status_code == 200


def test_the_missing_list_is_narrowed_to_a_kind(people, sent, today):
    today.move_to(NOW + 40 * DAY)
    page = client_of(people.officer).get("/nhiem-vu/chua-bao-cao/?thieu=unposted")
    assert {row.kind for row in lines_in(page)} == {"unposted"} and page.context["total"] == 2
    rows = below_heading(rows_of(client_of(people.officer).get(f"{MISSING}?thieu=unposted&don-vi=xa-hai")))
    assert [row[1:4] for row in rows] == [["xã Hai", "Chưa đăng tải văn bản", "2624/UBND-TTHCC"]]


@pytest.mark.requirement(55, 93, 126)
def test_the_board_is_taken_along_with_its_filters_progress_and_text_as_text(people, sent, today):
    reported = Task.objects.filter(owner=people.commune).order_by("pk").first()
    step(reported, "acknowledge", "")
    step(reported, "report", "Xong 3/5 thôn")
    now = Task.objects.get(pk=reported.pk)
    raise_difficulty(**BY_TESTS, task=now, expected_version=now.version, kind="difficulty", text="Mạng yếu")
    today.move_to(NOW + 10 * DAY)
    officer = client_of(people.officer)
    rows = rows_of(officer.get(BOARD))
    assert len(below_heading(rows)) == 5, "what was raised is to be answered"
    assert rows[0][0] == "Nhiệm vụ theo thời hạn"
    first = next(row for row in below_heading(rows) if row[1] == "Việc 1" and row[4] == "xã Ẵng Một")
    assert {"Văn bản chỉ đạo: 2624/UBND-TTHCC", "Trần Văn Dũng", "Văn phòng UBND tỉnh", "Xong 3/5 thôn"} <= {
        cell.removeprefix("23/11/2026: ") for cell in first
    }
    assert any("=Việc 1" in row for row in rows), "text that looks like a formula stays text"
    narrowed = rows_of(officer.get(f"{BOARD}?don-vi=xa-hai&tim=viec 2"))
    assert [row[1] for row in below_heading(narrowed)] == ["=Việc 2"]
    assert any("xã Hai" in cell for cell in narrowed[1])
    assert len(below_heading(rows_of(client_of(people.clerk).get(BOARD)))) == 3, "tasks of others stay out of sight"


@pytest.mark.requirement(125)
def test_who_took_a_list_stands_in_the_log_with_those_it_names(people, sent, today):
    today.move_to(NOW + 40 * DAY)
    officer = client_of(people.officer)
    officer.get(BOARD)
    officer.get(MISSING)
    lines = [
        line
        for line in disclosure_log().newest(most=10)
        if line.page in {"followups:board-taken", "followups:missing-taken"}
    ]
    assert [(line.page, line.way, line.people) for line in lines] == [
        ("followups:missing-taken", "export", 2), ("followups:board-taken", "export", 2),
    ]  # fmt: skip


def test_no_file_is_made_while_it_is_unclear_which_unit_is_meant(people, sent):
    unit("xa-hai-b", people.province, name="xã Hai")
    for address in (BOARD, MISSING):
        answer = client_of(people.officer).get(f"{address}?don-vi=xã Hai")
        assert answer.status_code == 422 and "Chưa rõ đơn vị" in answer.content.decode()


def test_a_list_costs_the_same_at_any_size(people, sent, today):
    today.move_to(NOW + 40 * DAY)
    officer = client_of(people.officer)

    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as queries_asked:
            officer.get(address).getvalue()
        return len(queries_asked)

    before = [asked(BOARD), asked(MISSING)]
    for number in range(5):
        task(people.commune, people.chairman, people.office, f"Thêm {number}", subject=sent)
    assert [asked(BOARD), asked(MISSING)] == before
    assert max(before) <= 9


@pytest.mark.requirement(93)
def test_a_part_of_the_board_never_looks_like_all_of_it(people, sent):
    officer = client_of(people.officer)
    assert above_heading(officer.get(f"{BOARD}?trang-thai=all"))[1:-1] == []
    assert above_heading(officer.get(BOARD))[1:-1] == ["Trạng thái: Chưa kết thúc"]
    query = (
        f"don-vi=xa-hai&rieng=1&cua-toi=follow&trang-thai=given&tim=viec&tu=01/11/2026&den=31/12/2026"
        f"&nguon=followups.Directive&van-ban={sent.pk}&lanh-dao={people.other_chairman.pk}"
    )
    found = above_heading(officer.get(f"{BOARD}?{query}"))
    assert found[1:-1] == [
        "Đơn vị, không kể đơn vị trực thuộc: xã Hai", "Phạm vi: Việc tôi theo dõi", "Trạng thái: Mới giao",
        "Nội dung nhiệm vụ: viec", "Thời hạn từ: 01/11/2026", "Thời hạn đến: 31/12/2026",
        "Nhiệm vụ theo: Văn bản chỉ đạo", "Thuộc: Văn bản chỉ đạo: 2624/UBND-TTHCC", "Lãnh đạo phụ trách: Y Blan",
    ]  # fmt: skip
    nothing = above_heading(
        officer.get(f"{BOARD}?han=soon&tim=khong-co&van-ban={sent.pk}&lanh-dao={people.other_chairman.pk}")
    )
    assert {"Tình hình: Sắp đến hạn", "Thuộc: Một văn bản", "Lãnh đạo phụ trách: Của một lãnh đạo"} <= set(nothing)


def test_the_missing_list_says_what_it_is_about_and_what_narrows_it(people, sent):
    found = above_heading(client_of(people.officer).get(f"{MISSING}?thieu=unposted&don-vi=xa-hai"))
    assert "trả lời hoặc quyết định" in found[0]
    assert found[1:-1] == ["Đơn vị và cấp dưới: xã Hai", "Còn thiếu: Chưa đăng tải văn bản"]


@pytest.mark.parametrize("query", ["tu=31/02/2026", "den=hom qua", "tu=01/01/0001"])
def test_a_day_that_is_none_is_told_and_stays_in_its_field(people, sent, query):
    officer, typed = client_of(people.officer), query.partition("=")[2]
    for page, taken in (("/nhiem-vu/", BOARD), ("/kho-khan/", "/kho-khan/danh-sach.xlsx")):
        said = officer.get(f"{page}?{query}").content.decode()
        assert "Danh sách chưa được lọc theo ngày" in said and f"“{typed}”" in said
        assert f'value="{typed}"' in said, "what was typed can be corrected"
        refused = officer.get(f"{taken}?{query}")
        assert refused.status_code == 422 and "ngày cần lọc" in refused.content.decode()
        assert "chưa được lọc theo ngày" not in officer.get(f"{page}?tu=01/11/2026").content.decode()
