"""A commune proposes something with a deadline; the office above it finds it on the desk, answers, and it is over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from cchc.followups.actions.giving import Order, give_tasks
from cchc.followups.deadlines import Deadline
from cchc.followups.models import Task
from cchc.interface.durations import end_day
from tests.factories.followups import ABOUT
from tests.factories.organizations import TESTER
from tests.followups.conftest import People
from tests.followups.test_in_browser import save
from tests.support.accessibility import check_accessibility
from tests.support.entering import enter

PROPOSAL = "Đề xuất cho dùng chung máy quét A3 của Trung tâm hành chính công tỉnh"


@pytest.fixture
def people(live_people: People) -> People:
    """A commune with a task; its clerk, and who follows it in the office: the officer and the head."""
    now = datetime.now(UTC)
    order = Order("Số hóa hồ sơ đất đai", Deadline(now.date(), working_days=20), live_people.office)
    give_tasks(actor=TESTER, now=now, subject=ABOUT, order=order, owners=[live_people.commune])
    return live_people


def propose(clerk: Page, site: str) -> None:
    """From the task's page, to be answered in three working days."""
    clerk.goto(f"{site}/nhiem-vu/?cua-toi=do")
    clerk.get_by_role("link", name="Số hóa hồ sơ đất đai").click()
    clerk.get_by_role("link", name="Nêu thuận lợi, khó khăn, đề xuất").click()
    clerk.get_by_label("Loại").select_option(value="proposal")
    clerk.get_by_label("Nội dung").fill(PROPOSAL)
    expect(clerk.get_by_text("Để trống cả hai: 5 ngày làm việc")).to_be_visible()
    clerk.get_by_label("số ngày làm việc kể từ hôm nay").fill("3")
    check_accessibility(clerk)
    save(clerk, "Nêu thuận lợi, khó khăn, đề xuất")
    check_accessibility(clerk)


@pytest.mark.requirement(62, 110, 117)
@pytest.mark.long
def test_a_proposal_is_sent_with_a_deadline_urged_and_answered(
    people: People, live_site: str, page: Page, signed_in: Callable[[str], Page]
) -> None:
    clerk = enter(page, live_site, "xm1")
    propose(clerk, live_site)
    asked = Task.objects.get(subject_type="followups.Difficulty")
    row = clerk.get_by_role("row", name=PROPOSAL)
    expect(row).to_contain_text(f"hạn 17:00, {end_day(asked.due_at):%d/%m/%Y}")
    row.get_by_role("link", name="hạn 17:00").click()
    expect(clerk.get_by_text("Phạm Quốc Bình").first).to_be_visible()
    clerk.get_by_role("link", name="Đôn đốc").click()
    clerk.get_by_label("Nội dung đôn đốc").fill("Kính đề nghị sớm có ý kiến")
    save(clerk, "Đôn đốc")
    check_accessibility(clerk)

    # Its head hears of it, gives it to the officer by name, who finds it on the desk and answers.
    head = signed_in("vp0")
    head.goto(f"{live_site}/ban-lam-viec/")
    head.get_by_role("link", name=PROPOSAL[:40]).click()
    head.get_by_role("link", name="Đổi lãnh đạo phụ trách").click()
    head.get_by_role("combobox", name="Lãnh đạo phụ trách").fill(people.officer.code)
    head.get_by_label("Nêu rõ lý do").fill("Phụ trách số hóa")
    save(head, "Đổi lãnh đạo phụ trách")
    officer = signed_in("vp1")
    officer.goto(f"{live_site}/ban-lam-viec/")
    check_accessibility(officer)
    officer.get_by_role("link", name=PROPOSAL[:40]).click()
    expect(officer.get_by_role("heading", level=1)).to_contain_text(PROPOSAL[:40])
    check_accessibility(officer)
    officer.get_by_role("link", name="Trả lời").click()
    officer.get_by_label("Trả lời").fill("Đồng ý, dùng chung từ tháng sau")
    save(officer, "Trả lời")

    # The clerk reads the answer where it was raised; what was asked is over, on time, with the answer as its proof.
    clerk.reload()
    expect(clerk.get_by_text("Đúng hạn")).to_be_visible()
    expect(clerk.get_by_text("Đồng ý, dùng chung từ tháng sau")).to_be_visible()
    expect(clerk.get_by_role("link", name="Đôn đốc")).to_have_count(0)
    check_accessibility(clerk)
    clerk.get_by_role("link", name="Số hóa hồ sơ đất đai").first.click()
    expect(clerk.get_by_role("row", name=PROPOSAL)).to_contain_text("Đồng ý, dùng chung từ tháng sau")
