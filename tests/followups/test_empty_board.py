"""A board without tasks says what stands there; only a search says what to search for."""

from __future__ import annotations

import pytest

from tests.factories.clients import client_of
from tests.factories.followups import step, task

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
BOARD = "/nhiem-vu/"


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("", "Không có nhiệm vụ chưa kết thúc"),
        ("?cua-toi=do", "Không có nhiệm vụ chưa kết thúc"),
        ("?trang-thai=all", "Chưa có nhiệm vụ"),
    ],
)
def test_who_has_no_task_reads_where_tasks_come_from(people, query, title):
    page = client_of(people.chairman).get(BOARD + query).content.decode()
    assert f'<p class="empty-title">{title}</p>' in page
    assert "Nhiệm vụ giao cho một đơn vị hiện ở đây" in page and "Xóa mọi bộ lọc" not in page


@pytest.mark.parametrize("query", ["tim=khong", "trang-thai=given", "han=overdue", "tu=01/01/2020", "van-ban=1"])
def test_a_search_without_hits_is_taken_back(people, query):
    page = client_of(people.chairman).get(f"{BOARD}?{query}").content.decode()
    assert '<p class="empty-title">Không có nhiệm vụ phù hợp</p>' in page
    assert "Nhiệm vụ giao cho một đơn vị hiện ở đây" not in page


def test_from_the_open_ones_it_is_one_step_to_the_closed(people):
    step(task(people.commune, people.chairman, people.office), "withdraw", "Văn bản đã được thay thế")
    chairman = client_of(people.chairman)
    page = chairman.get(f"{BOARD}?cua-toi=do").content.decode()
    assert 'href="/nhiem-vu/?cua-toi=do&amp;trang-thai=all"' in page
    assert chairman.get(f"{BOARD}?cua-toi=do&trang-thai=all").context["total"] == 1
