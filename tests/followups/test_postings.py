"""The posting log put right: a line corrected or struck out, the delay of what stands, the old still to be read."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from cchc.audit.models import AuditEvent
from cchc.followups.actions.correcting import end_directive
from cchc.followups.actions.directives import note_posting
from cchc.followups.actions.postings import Line, correct_posting, strike_posting
from cchc.followups.models import Directive, WebPosting
from cchc.followups.queries.directives import addressees_of
from cchc.followups.queries.reminders import unposted
from cchc.organizations.viewers import public_viewer
from cchc.records.errors import DomainError
from tests.factories.clients import client_of
from tests.factories.followups import directive
from tests.factories.organizations import BY_TESTS, NOW, TODAY

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATER = BY_TESTS | {"now": NOW + 9 * DAY}


@pytest.fixture(autouse=True)
def nine_days_later():
    with time_machine.travel(NOW + 9 * DAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def sent(people) -> Directive:
    return directive(people.province, [people.commune, people.other], people.office, posting_wanted=True)


@pytest.fixture
def posted(people, sent) -> WebPosting:
    return note(sent, people.commune, TODAY + 8 * DAY)


def note(sent: Directive, unit, day, place="Trang xã") -> WebPosting:
    return note_posting(**LATER, directive=sent, unit=unit, place=place, link="", posted_on=day)


def correct(posted: WebPosting, *line, **more) -> WebPosting:
    asked = {"expected_version": posted.version, "reason": "Ghi nhầm ngày"} | more
    said = Line(*line) if line else Line("Trang xã", "", TODAY + 2 * DAY)
    return correct_posting(**LATER, posting=posted, line=said, **asked)


def strike(posted: WebPosting, **more) -> WebPosting:
    return strike_posting(
        **LATER, posting=posted, **({"expected_version": posted.version, "reason": "Chưa đăng"} | more)
    )


def refused(act, code: str) -> None:
    with pytest.raises(DomainError) as caught:
        act()
    assert caught.value.code == f"followups.{code}"


def first_posted(sent: Directive):
    return {one.unit.code: one.posted_on for one in addressees_of(public_viewer(TODAY), sent)}


@pytest.mark.requirement(55)
def test_a_corrected_line_counts_its_delay_anew_and_keeps_what_it_said(people, sent, posted):
    made = correct(posted, "Cổng thông tin tỉnh", "https://tinh.example/vb", TODAY + 2 * DAY)
    assert (made.delay, made.version, made.noted_at) == (2, 2, posted.noted_at)
    assert first_posted(sent) == {"xa-mot": TODAY + 2 * DAY, "xa-hai": None}
    page = client_of(people.officer).get(f"/van-ban-chi-dao/{sent.pk}/").content.decode()
    assert "<del>Trang xã</del> → <ins>Cổng thông tin tỉnh</ins>" in page and "2 ngày" in page
    assert "<del>01/12/2026</del> → <ins>25/11/2026</ins>" in page and "Ghi nhầm ngày" in page
    assert AuditEvent.objects.filter(kind="followups.posting_corrected", subject_id=str(posted.pk)).exists()


@pytest.mark.requirement(55)
def test_a_struck_line_counts_for_nothing_and_the_unit_owes_the_posting_again(people, sent, posted):
    late = NOW + 30 * DAY
    assert [one.unit for one in unposted(late).filter(directive=sent)] == [people.other]
    made = strike(posted)
    assert made.struck_because == "Chưa đăng" and first_posted(sent) == {"xa-mot": None, "xa-hai": None}
    assert {one.unit for one in unposted(late).filter(directive=sent)} == {people.commune, people.other}
    page = client_of(people.officer).get(f"/en/van-ban-chi-dao/{sent.pk}/").content.decode()
    assert "<del>Trang xã</del>" in page and "Struck out: Chưa đăng" in page and "8 days" not in page
    refused(lambda: strike(made), "posting_struck")
    refused(lambda: correct(made), "posting_struck")
    assert note(sent, people.commune, TODAY + 8 * DAY).delay == 8, "the same may be noted again, truly"


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda one: correct(one, "Trang xã", "", TODAY - DAY), "posted_before_issue"),
        (lambda one: correct(one, "Trang xã", "", TODAY + 10 * DAY), "day_to_come"),
        (lambda one: correct(one, "Trang xã", "", TODAY + 8 * DAY), "nothing_corrected"),
        (lambda one: correct(one, " ", "", TODAY), "nothing_said"),
        (lambda one: correct(one, reason=" "), "nothing_said"),
        (lambda one: correct(one, "Facebook xã", "", TODAY), "posting_known"),
        (lambda one: strike(one, reason=""), "nothing_said"),
    ],
)
def test_what_cannot_be_put_right_says_why(people, sent, posted, act, code):
    note(sent, people.commune, TODAY, "Facebook xã")
    refused(lambda: act(posted), code)
    assert WebPosting.objects.get(pk=posted.pk).version == 1


def test_the_log_is_put_right_after_the_directive_is_over(sent, posted):
    ended = end_directive(**LATER, directive=sent, expected_version=1, step="repeal", on=TODAY, reason="Thay thế")
    assert not ended.is_in_force and correct(posted).delay == 2


@pytest.mark.requirement(55)
def test_on_the_pages_the_unit_puts_its_own_lines_right_and_the_second_of_two_is_told(people, sent, posted):
    clerk, officer = client_of(people.clerk), client_of(people.officer)
    other = note(sent, people.other, TODAY)
    address = f"/van-ban-chi-dao/dang-tai/{posted.pk}/sua/"
    page = clerk.get(f"/van-ban-chi-dao/{sent.pk}/").content.decode()
    assert address in page and f"/dang-tai/{other.pk}/sua/" not in page
    assert clerk.get(f"/van-ban-chi-dao/dang-tai/{other.pk}/sua/").status_code == 403
    assert clerk.get("/van-ban-chi-dao/dang-tai/999/sua/").status_code == 404
    typed = {"place": "Trang xã", "link": "", "posted_on": "25/11/2026", "reason": "Nhầm ngày", "version": 1}
    assert clerk.post(address, typed).status_code == 302
    stale = officer.post(address, typed | {"posted_on": "26/11/2026", "reason": "Theo trang"})
    page = stale.content.decode()
    assert stale.status_code == 409 and "Lê Văn Ba vừa sửa" in page and "Nhầm ngày" in page and "Theo trang" in page
    again = typed | {
        "posted_on": "26/11/2026",
        "reason": "Theo trang",
        "version": stale.context["form"]["version"].value(),
    }
    assert officer.post(address, again).status_code == 302
    strike_page = f"/van-ban-chi-dao/dang-tai/{posted.pk}/gach-bo/"
    assert clerk.post(strike_page, {"reason": "Trang đã gỡ", "version": 3}).status_code == 302
    assert clerk.get(address).status_code == 422
