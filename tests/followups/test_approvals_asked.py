"""Papers laid for approval: before whom, until when, and taken back before it is decided."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
import time_machine

from cchc.audit.models import AuditEvent
from cchc.followups.actions.approvals import lay_before
from cchc.followups.actions.tasks import move_deadline, raise_difficulty
from cchc.followups.deadlines import Deadline
from cchc.followups.models import Task
from cchc.followups.queries.tasks import tasks_of
from cchc.interface.hosting.picking import get_pick_kind, likely
from cchc.notices.models import Notice
from cchc.notices.said import said
from cchc.organizations.actions.people import post_official
from cchc.organizations.actions.units import give_supervision
from cchc.organizations.models import Unit
from cchc.organizations.viewers import actor_of, viewer_of
from cchc.papers.actions.approvals import decide_approval, take_back_approval
from cchc.papers.actions.issuing import withdraw_paper
from cchc.papers.models import ApprovalRequest
from cchc.records.errors import DomainError
from cchc.records.sources import Source
from tests.factories import papers
from tests.factories.clients import client_of
from tests.factories.followups import task
from tests.factories.organizations import BY_TESTS, NOW, TODAY, grant, official, unit, unsaved_account

pytestmark = [pytest.mark.django_db, pytest.mark.requirement(120)]
DAY = timedelta(days=1)
SUNDAY = date(2026, 11, 29)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def places(people) -> dict[str, Unit]:
    """Around the commune: what it belongs to, what belongs to it, its neighbours, and another province."""
    foreign = unit("ha-noi", kind="province", name="thành phố Hà Nội")
    return {
        "province": people.province,
        "office of the province": people.office,
        "department": unit("so-noi-vu", people.province, "department", "Sở Nội vụ"),
        "commune": people.commune,
        "office of the commune": unit("phong-kinh-te", people.commune, "office", "Phòng Kinh tế"),
        "one-stop of the commune": unit("mot-cua", people.commune, "one_stop", "Bộ phận Một cửa"),
        "other commune": people.other,
        "office of another commune": unit("phong-khac", people.other, "office", "Phòng Văn hóa"),
        "other province": foreign,
        "department elsewhere": unit("so-ha-noi", foreign, "department", "Sở Tư pháp Hà Nội"),
    }


PROVINCIAL = {"province", "office of the province", "department"}
ABOVE = [
    ("commune", PROVINCIAL),
    ("office of the commune", {*PROVINCIAL, "commune", "one-stop of the commune"}),
    ("department", {"province", "office of the province"}),
    ("province", set()),
]


def refused(act) -> str:
    with pytest.raises(DomainError) as refusal:
        act()
    return refusal.value.code


@pytest.mark.parametrize(("asking", "deciding"), ABOVE)
def test_only_what_stands_above_or_belongs_to_that_is_asked(places, asking, deciding):
    for name, place in places.items():
        lay = partial(lay_before, **BY_TESTS, paper=papers.issued(places[asking]), to=place)
        if name in deciding:
            assert lay().to == place
        else:
            assert refused(lay) == ("papers.approved_by_itself" if name == asking else "followups.does_not_decide")
    assert ApprovalRequest.objects.count() == Task.objects.count() == len(deciding)


@pytest.mark.parametrize(("asking", "deciding"), ABOVE)
def test_the_picker_offers_these(places, people, asking, deciding):
    kind = get_pick_kind(f"followups.unit_deciding:{places[asking].code}")
    viewer = viewer_of(unsaved_account(people.clerk), TODAY)
    offered = {one.value for one in likely(kind, viewer, "")}
    assert offered == {places[name].code for name in deciding}


def test_the_refusal_on_the_page_says_why(places, people):
    paper = papers.issued(people.commune)
    address, typed = f"/van-ban/{paper.pk}/trinh-phe-duyet/", {"due_on": "", "working_days": "", "due_time": ""}
    page = client_of(people.clerk)
    assert "/chon/followups.unit_deciding:xa-mot/" in page.get(address).content.decode()
    answer = page.post(address, typed | {"to": "ha-noi"})
    said = answer.content.decode()
    assert answer.status_code == 422 and "thành phố Hà Nội không phê duyệt văn bản của xã Ẵng Một" in said
    assert "Chọn tỉnh, xã mà đơn vị trực thuộc" in said


def test_what_nobody_decides_is_laid_before_nobody(places, people):
    """A province's own paper: the page shows no way to, the address says why; until somebody supervises it."""
    grant(people.clerk, "reform_officer", people.province)
    post_official(
        **BY_TESTS, official=people.clerk, unit=people.province, post="Thư ký", starts_on=TODAY, is_main=False
    )
    paper, page = papers.issued(people.province), client_of(people.clerk)
    address = f"/van-ban/{paper.pk}/trinh-phe-duyet/"
    assert address not in page.get(f"/van-ban/{paper.pk}/").content.decode()
    answer = page.get(address)
    assert answer.status_code == 422 and "Không có đơn vị cấp trên nào phê duyệt" in answer.content.decode()
    assert page.post(address, {"to": people.office.code}).status_code == 422
    give_supervision(
        **BY_TESTS, supervisor=places["other province"], unit=people.province, starts_on=TODAY, source=Source("QĐ 1")
    )
    assert address in page.get(f"/van-ban/{paper.pk}/").content.decode()
    assert page.get(address).status_code == 200
    assert page.post(address, {"to": places["other province"].code, "working_days": "5"}).status_code == 302


def test_the_page_names_the_paper(people):
    paper = papers.issued(people.commune)
    page = client_of(people.clerk).get(f"/van-ban/{paper.pk}/trinh-phe-duyet/").content.decode()
    main = page[page.index("<h1") :]
    assert f"{paper.full_number} {paper.title}" in main and paper.issuer in main


def test_a_deadline_leaves_working_time_wherever_it_is_given(people, today):
    """Sunday moves to Monday; five past midnight on Monday leaves no minute of work."""
    now = datetime(2026, 11, 29, 9, tzinfo=ZONE)
    today.move_to(now)
    by = BY_TESTS | {"now": now}
    paper, given = papers.issued(people.commune), task(people.commune, people.chairman, people.office)
    early, late = (Deadline(SUNDAY, due_on=SUNDAY, due_time=time(*at)) for at in ((0, 5), (16,)))
    lay = partial(lay_before, **by, paper=paper, to=people.province)
    move = partial(move_deadline, **by, task=given, expected_version=1, reason="Gấp")
    propose = partial(raise_difficulty, **by, task=given, expected_version=1, kind="proposal", text="Máy quét")
    for act in (lay, move, propose):
        assert refused(partial(act, deadline=early)) == "followups.no_time_left"
    assert tasks_of(lay(deadline=late)).get().due_at == datetime(2026, 11, 30, 16, tzinfo=ZONE)


def test_a_day_gone_by_is_called_that(people):
    """It is no matter of the day that the paper bears."""
    paper = papers.issued(people.commune, TODAY - 9 * DAY)
    typed = {"to": "tinh", "due_on": "20/11/2026", "working_days": "", "due_time": ""}
    answer = client_of(people.clerk).post(f"/van-ban/{paper.pk}/trinh-phe-duyet/", typed)
    said = answer.content.decode()
    assert answer.status_code == 422 and "Thời hạn 20/11/2026 đã qua, hôm nay là 23/11/2026." in said
    assert "ngày văn bản" not in said


@pytest.fixture
def chair(people):
    person = official("ct", "Trần Văn Thành", people.province, post="Chủ tịch", is_head=True)
    grant(person, "unit_head", people.province, covers_subtree=True)
    return person


@pytest.fixture
def laid(people, chair) -> ApprovalRequest:
    return lay_before(actor=actor_of(people.clerk), now=NOW, paper=papers.issued(people.commune), to=people.province)


def test_whoever_asked_takes_it_back_with_a_reason(laid, people, chair):
    take_back = partial(take_back_approval, actor=actor_of(people.clerk), now=NOW, request=laid)
    assert refused(partial(take_back, reason=" ")) == "papers.no_reason"
    done = take_back(reason="Thiếu phụ lục")
    assert (done.verdict, done.words, done.decided_by) == ("lapsed", "Thiếu phụ lục", people.clerk)
    assert tasks_of(laid).get().state == "withdrawn"
    told = Notice.objects.get(kind="followups.task_withdrawn")
    assert told.recipient == chair, "the unit asked hears of it"
    event = AuditEvent.objects.get(kind="papers.approval_taken_back")
    assert event.subject_id == str(laid.pk)
    again = lay_before(actor=actor_of(people.clerk), now=NOW, paper=laid.paper, to=people.province)
    assert again.is_open, "the paper stands, and is laid before the unit again"


def told_back() -> list[tuple[str, str]]:
    notices = Notice.objects.filter(kind="papers.approval_taken_back").select_related("recipient").order_by("pk")
    return [(one.recipient.code, said(one, "vi").body) for one in notices]


def test_whoever_asked_is_told_when_a_colleague_takes_it_back(laid, people):
    """And why; not of what they take back themselves."""
    take_back_approval(actor=actor_of(people.chairman), now=NOW, request=laid, reason="Thiếu phụ lục")
    ((whom, body),) = told_back()
    assert whom == people.clerk.code
    assert all(one in body for one in (laid.paper.title, "Lý do: Thiếu phụ lục", people.chairman.name))
    again = lay_before(actor=actor_of(people.clerk), now=NOW, paper=laid.paper, to=people.province)
    take_back_approval(actor=actor_of(people.clerk), now=NOW, request=again, reason="Nhầm")
    assert len(told_back()) == 1


def test_whoever_asked_is_told_when_a_deputy_takes_it_back_or_the_paper_goes(laid, people):
    take_back_approval(actor=actor_of(people.chairman, people.clerk), now=NOW, request=laid, reason="Nhầm")
    assert [whom for whom, _ in told_back()] == [people.clerk.code], "in their name, not by them"
    lay_before(actor=actor_of(people.clerk), now=NOW, paper=laid.paper, to=people.province)
    withdraw_paper(actor=actor_of(people.chairman), now=NOW, paper=laid.paper, reason="Sai số liệu")
    assert [whom for whom, _ in told_back()] == [people.clerk.code] * 2
    assert "Sai số liệu" in told_back()[-1][1]


@pytest.mark.parametrize("by_asker", [False, True])
def test_whoever_asked_is_told_when_a_colleague_moves_the_deadline_that_was_asked_for(laid, people, chair, by_asker):
    later = Deadline(TODAY, due_on=TODAY + 20 * DAY)
    mover = people.clerk if by_asker else people.chairman
    move_deadline(
        actor=actor_of(mover), now=NOW, task=tasks_of(laid).get(), expected_version=1, deadline=later, reason="Chờ họp"
    )
    told = {one.recipient for one in Notice.objects.filter(kind="followups.task_deadline_moved").order_by("pk")}
    assert told == ({chair} if by_asker else {chair, people.clerk})


def test_who_raised_a_difficulty_is_told_when_a_colleague_moves_its_deadline(people):
    given = task(people.commune, people.chairman, people.office)
    raised = raise_difficulty(
        actor=actor_of(people.clerk), now=NOW, task=given, expected_version=1, kind="difficulty", text="Thiếu số liệu"
    )
    move_deadline(
        actor=actor_of(people.chairman), now=NOW, task=tasks_of(raised).get(), expected_version=1,
        deadline=Deadline(TODAY, due_on=TODAY + 20 * DAY), reason="Chờ họp",
    )  # fmt: skip
    told = Notice.objects.filter(kind="followups.task_deadline_moved", recipient=people.clerk)
    assert told.count() == 1


def test_what_is_decided_is_not_taken_back(laid):
    decide_approval(**BY_TESTS, request=laid, verdict="refused", words="Chưa đủ")
    assert refused(partial(take_back_approval, **BY_TESTS, request=laid, reason="Nhầm")) == "papers.approval_decided"


def test_it_is_taken_back_on_the_pages(laid, people, chair):
    page, address = f"/van-ban/{laid.paper_id}/", f"/trinh-phe-duyet/{laid.pk}/thoi-trinh/"
    grant(people.chairman, "unit_head", people.commune)
    for person, may in ((people.clerk, True), (people.chairman, True), (chair, False), (people.other_chairman, False)):
        visitor = client_of(person)
        assert (address in visitor.get(page).content.decode()) is may
        assert visitor.get(address).status_code == (200 if may else 403)
    clerk = client_of(people.clerk)
    assert clerk.post(address, {"reason": ""}).status_code == 422
    assert clerk.post(address, {"reason": "Thiếu phụ lục"}).status_code == 302
    shown = clerk.get(page).content.decode()
    assert "Thôi trình" in shown and "Thiếu phụ lục" in shown and address not in shown
    assert "Thôi trình phê duyệt" in clerk.get(f"/nhat-ky/papers.Paper/{laid.paper_id}/").content.decode()
