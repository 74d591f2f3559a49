"""Tables of directives as workbooks: what they hold, that text stays text, and who may take them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cchc.audit.models import AuditEvent
from cchc.followups.actions.tasks import raise_difficulty
from cchc.followups.deadlines import Deadline
from cchc.followups.models import Task
from cchc.followups.sheets import days_late
from tests.factories import papers
from tests.factories.clients import client_of
from tests.factories.followups import claimed, directive, step, task
from tests.factories.organizations import BY_TESTS, NOW, TODAY
from tests.support.taken import rows_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
DAY = timedelta(days=1)


@pytest.mark.requirement(55, 57, 93)
@pytest.mark.long
def test_the_table_of_a_directive_says_progress_delay_and_difficulties(people, today):
    made = directive(people.province, [people.commune, people.other], people.office, posting_wanted=True)
    deadline = Deadline(TODAY, due_on=TODAY + 4 * DAY)
    late = task(people.commune, people.chairman, people.office, "=1+1", subject=made, deadline=deadline)
    task(people.other, people.other_chairman, people.office, "Công khai", subject=made)
    step(late, "acknowledge", "")
    step(late, "report", "Xong 3/5 thôn")
    now = Task.objects.get(pk=late.pk)
    now = raise_difficulty(**BY_TESTS, task=now, expected_version=now.version, kind="difficulty", text="@Mạng yếu").task
    raise_difficulty(**BY_TESTS, task=now, expected_version=now.version, kind="advantage", text="Dân ủng hộ")
    today.move_to(NOW + 7 * DAY)
    address = f"/van-ban-chi-dao/{made.pk}/bang-theo-doi.xlsx"
    officer = client_of(people.officer)
    assert officer.get(address).status_code == 405, "taking names out is written down, so it is no plain link"
    before = AuditEvent.objects.filter(kind="followups.table_taken").count()
    rows = rows_of(officer.post(address), "Nhiệm vụ")
    assert AuditEvent.objects.filter(kind="followups.table_taken").count() == before + 1
    assert "2624/UBND-TTHCC" in rows[0][0]
    first = next(row for row in rows if "=1+1" in row)
    assert {"Trần Văn Dũng", "xã Ẵng Một", "3", "23/11/2026: Xong 3/5 thôn"} <= set(first)
    assert first[-2:] == ["Khó khăn, vướng mắc: @Mạng yếu\nThuận lợi: Dân ủng hộ", "Chưa trả lời\n–"]
    addressees = rows_of(officer.post(address), "Nơi nhận")
    assert any("xã Hai" in row and "Chưa, đã quá hạn" in row for row in addressees)
    clerk = rows_of(client_of(people.clerk).post(address), "Nhiệm vụ")
    assert not any("Công khai" in row for row in clerk), "tasks of others stay out of sight"


def test_the_list_of_directives_is_taken_along_with_its_search(people):
    directive(people.province, [people.commune], people.office)
    directive(people.province, [people.commune], people.office, number="-2+3/UBND")
    officer = client_of(people.officer)
    rows = rows_of(officer.get("/van-ban-chi-dao/danh-sach.xlsx"), "Văn bản chỉ đạo")
    assert [row[0] for row in rows[1:]] == ["-2+3/UBND", "2624/UBND-TTHCC"]
    assert len(rows_of(officer.get("/van-ban-chi-dao/danh-sach.xlsx?tim=2624"), "Văn bản chỉ đạo")) == 2
    assert client_of(people.other_chairman).get("/van-ban-chi-dao/danh-sach.xlsx").status_code == 200


@pytest.mark.parametrize(("due", "today", "late"), [(4, 4, 0), (4, 5, 1), (4, 2, 0)])
def test_a_day_late_begins_with_the_day_after_the_deadline(people, due, today, late):
    given = task(people.commune, people.chairman, people.office, deadline=Deadline(TODAY, due_on=TODAY + due * DAY))
    assert days_late(given, TODAY + today * DAY) == late


@pytest.mark.requirement(95)
def test_a_task_rests_on_bases_of_the_library_and_an_expired_one_is_warned_of(people):
    good, over = papers.basis(people.province), papers.expired(people.province)
    foreign = papers.basis(people.commune, "9/2020/NĐ-CP")
    made = directive(people.province, [people.commune], people.office)
    officer = client_of(people.officer)
    order = {"what": "Công khai", "everyone": "on", "working_days": "10", "watcher": "van-phong", "legal_basis": "QĐ 1"}
    address = f"/van-ban-chi-dao/{made.pk}/giao-viec/"
    asked = officer.post(address, order | {"bases__text": "nghị định"}).content.decode()
    assert f'value="#{good.pk}"' in asked and "hết hiệu lực" in asked, "offered, with the warning"
    refused = officer.post(address, order | {"bases": [f"#{good.pk}", f"#{over.pk}"]})
    assert refused.status_code == 422 and "không còn hiệu lực: Nghị định số 110/2004/NĐ-CP" in refused.content.decode()
    outside = officer.post(address, order | {"bases": [f"#{foreign.pk}"]})
    assert outside.status_code == 422 and "Không thuộc thư viện" in outside.content.decode()
    taken = order | {"bases": [f"#{good.pk}", f"#{over.pk}"], "accepts_expired": "on"}
    assert officer.post(address, taken).status_code == 302
    given = Task.objects.get()
    assert [one.basis for one in given.bases.order_by("place")] == [good, over]
    page = officer.get(f"/nhiem-vu/{given.pk}/").content.decode()
    assert f'href="/can-cu/{good.pk}/"' in page and "Không có hiệu lực" in page and "QĐ 1" in page


def test_a_claimed_task_is_late_by_the_day_its_proof_shows(people):
    given = task(people.commune, people.chairman, people.office, deadline=Deadline(TODAY, due_on=TODAY + 1 * DAY))
    claimed(given)
    assert days_late(Task.objects.get(pk=given.pk), TODAY + 30 * DAY) == 0
