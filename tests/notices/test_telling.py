"""Notices are there exactly when what they tell of is, and go where people wish."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cchc.audit.actions import action, record
from cchc.audit.canonical import read_canonical
from cchc.audit.models import AuditEvent, AuditPayload
from cchc.audit.queries import events_of, verify_chain
from cchc.interface.models import Job
from cchc.notices.actions import Telling, keep_wishes, mark_read, tell
from cchc.notices.kinds import Mail
from cchc.notices.models import Delivery, Notice, Wishes
from cchc.notices.queries import notices_of, unread_count
from cchc.notices.said import said
from cchc.notices.wishes import Wish
from cchc.organizations.actions.accounts import open_account, set_password
from cchc.organizations.actions.people import change_official
from cchc.organizations.actions.rights import delegate, end_delegation, withdraw_role
from cchc.organizations.actions.units import choose_calendar
from cchc.organizations.audit_kinds import REORGANIZED
from cchc.organizations.viewers import actor_of
from cchc.records.errors import DomainError
from tests.factories.organizations import BY_TESTS, NOW, TODAY, grant, official, unit
from tests.notices.room import NEWS, TASK, person, states, told

pytestmark = pytest.mark.django_db
PASSWORD = "lua-chin-tren-nuong-cao"


def test_a_notice_keeps_what_was_told_and_by_which_words() -> None:
    hoa = person("hoa")
    (notice,) = told(hoa, due_at=NOW + timedelta(days=3))
    notice.refresh_from_db()
    assert (notice.recipient, notice.version, notice.created_at, notice.read_at) == (hoa, 2, NOW, None)
    assert said(notice, "vi").body == "Việc: Rà soát hồ sơ\nNgười giao: Lê Văn Ba"
    assert states() == [("in_app", "sent", ""), ("file", "queued", "")]
    (job,) = Job.objects.all()
    assert (job.kind, job.requested_by) == ("notices.send", "system:notices")
    assert job.parameters["deliveries"] == [notice.deliveries.get(channel="file").pk]


@pytest.mark.requirement(125)
def test_the_chain_says_that_somebody_was_told_and_names_nobody() -> None:
    (notice,) = told(person("hoa"))
    (event,) = events_of(notice)
    assert event.kind == "notices.notice_given"
    assert read_canonical(event.payload.body)["after"]["recipient_id"] == notice.recipient_id
    bodies = AuditPayload.objects.filter(event__kind__startswith="notices.").values_list("body", flat=True)
    assert bodies and not any("Lê Văn Ba" in body or "Rà soát" in body for body in bodies)


def test_it_is_there_only_if_what_it_tells_of_is() -> None:
    hoa = person("hoa")

    @action
    def outer(*, actor, now) -> None:
        record(REORGANIZED, ("x", 1))
        tell(actor=actor, now=now, tellings=[Telling(NEWS, hoa.pk, ("x", 1), {"title": "a"})])
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        outer(**BY_TESTS)
    assert not Notice.objects.exists() and not Job.objects.exists()


def test_telling_nobody_changes_nothing() -> None:
    before = AuditEvent.objects.count()
    assert tell(**BY_TESTS, tellings=[]) == []
    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize("values", [{}, {"task": "a"}, {"task": "a", "by": "b", "more": "c"}])
def test_a_kind_takes_its_own_values_and_no_others(values) -> None:
    hoa = person("hoa")
    with pytest.raises(ValueError, match="takes"):
        tell(**BY_TESTS, tellings=[Telling(TASK, hoa.pk, ("x", 1), values)])


@pytest.mark.parametrize(
    ("email", "why"),
    [
        ("", "notices.no_address"),
        ("khong-phai", "notices.bad_address"),
        ("a@b.example\r\nBcc: x@y.example", "notices.bad_address"),
        ("a@b.example, x@y.example", "notices.bad_address"),
        ("ấn@b.example", "notices.bad_address"),
    ],
)
def test_who_cannot_be_written_to_is_told_in_the_application_alone(email, why) -> None:
    hoa = official("hoa")
    change_official(**BY_TESTS, official=hoa, name=hoa.name, email=email, phone="")
    told(hoa)
    assert states() == [("in_app", "sent", ""), ("file", "skipped", why)]
    assert not Job.objects.exists()


def wish(who, mail: Mail, kind: str = TASK, in_app: bool = True) -> Wishes:
    return keep_wishes(**BY_TESTS, official=who, language="en", by_kind={kind: Wish(in_app, mail)})


def test_people_are_told_as_they_wish() -> None:
    hoa = person("hoa")
    wish(hoa, Mail.DAILY)
    told(hoa)
    wish(hoa, Mail.OFF)
    told(hoa)
    wish(hoa, Mail.AT_ONCE, NEWS, in_app=False)
    told(hoa, kind=NEWS)
    assert states() == [
        ("in_app", "sent", ""), ("file", "held", ""),
        ("in_app", "sent", ""), ("file", "skipped", "notices.turned_off"),
        ("in_app", "skipped", "notices.turned_off"), ("file", "queued", ""),
    ]  # fmt: skip
    assert unread_count(hoa) == 2, "what is turned off does not stand in the list"


def test_who_wishes_nothing_is_told_as_the_kind_says() -> None:
    told(person("hoa"), kind=NEWS)
    assert states()[1] == ("file", "held", "")


def test_wishes_are_kept_kind_by_kind_and_recorded_once() -> None:
    hoa = person("hoa")
    wish(hoa, Mail.DAILY)
    kept = wish(hoa, Mail.OFF, NEWS)
    assert kept.by_kind == {TASK: {"in_app": True, "mail": "daily"}, NEWS: {"in_app": True, "mail": "off"}}
    wish(hoa, Mail.OFF, NEWS)
    assert len(events_of(kept)) == 2, "the same once more changes nothing"


@pytest.mark.parametrize(
    ("kind", "asked", "code"),
    [
        (TASK, Wish(False, Mail.DAILY), "notices.stays_in_list"),
        ("notices.password_set", Wish(True, Mail.OFF), "notices.stays_mailed"),
    ],
)
def test_what_a_kind_leaves_nobody_is_not_wished_away(kind, asked, code) -> None:
    with pytest.raises(DomainError, match=code):
        keep_wishes(**BY_TESTS, official=person("hoa"), language="vi", by_kind={kind: asked})


def test_reading_is_written_down_once_and_only_for_what_was_seen() -> None:
    hoa, ba = person("hoa"), person("ba")
    first, second = told(hoa)[0], told(hoa)[0]
    (other,) = told(ba)
    (latest,) = told(hoa)
    assert mark_read(**BY_TESTS, official=hoa, only=other.pk) == 0, "of another person"
    assert mark_read(**BY_TESTS, official=hoa, only=first.pk) == 1
    assert mark_read(**BY_TESTS, official=hoa, only=first.pk) == 0
    assert mark_read(**BY_TESTS, official=hoa, until=second.pk) == 1
    assert list(notices_of(hoa).filter(read_at=None)) == [latest], "what has come since stays unread"
    (one, two) = events_of(("notices.List", "hoa"))
    assert read_canonical(two.payload.body)["after"] == {"notices": [second.pk]}
    assert one.sequence < two.sequence


def test_telling_costs_the_same_for_one_and_for_many(django_assert_num_queries) -> None:
    people = [person(f"p{number}") for number in range(30)]
    told(people[0])  # what is read once and kept
    for some in (people[:1], people):
        with django_assert_num_queries(16):
            told(*some)


# What the room below records is told here.


def subjects(who) -> list[str]:
    return [said(notice, "vi").subject for notice in notices_of(who)]


@pytest.mark.requirement(62)
def test_who_is_given_a_role_or_loses_it_is_told() -> None:
    place = unit("xa", unit("tinh"), name="xã Ẵng Mẫu")
    hoa = person("hoa")
    held = grant(hoa, "appraiser", place, ends_on=date(2027, 1, 31))
    (given,) = notices_of(hoa)
    assert (given.subject_type, given.subject_id) == ("organizations.RoleGrant", str(held.pk))
    words = said(given, "vi")
    assert "Người thẩm định" in words.subject
    assert "xã Ẵng Mẫu" in words.body and "Đến hết ngày: 31/01/2027" in words.body
    assert "Appraiser" in said(given, "en").subject
    withdraw_role(**BY_TESTS, grant=held, ends_on=TODAY, reason="Chuyển công tác")
    whole = grant(hoa, "auditor", place, starts_on=TODAY)
    withdraw_role(**BY_TESTS, grant=whole, ends_on=TODAY - timedelta(days=1), reason="Giao nhầm")
    newest, _, withdrawn, _ = notices_of(hoa)
    assert "Ngày cuối giữ vai trò: 23/11/2026" in said(withdrawn, "vi").body
    assert "Lý do: Giao nhầm" in said(newest, "vi").body and "Ngày cuối giữ vai trò: —" in said(newest, "vi").body
    assert verify_chain().is_valid


def test_both_sides_of_a_delegation_are_told_except_who_made_it() -> None:
    head, deputy = person("truong", "Trần Văn Dũng"), person("pho", "Nguyễn Thị Hoa")
    days = {"starts_on": TODAY, "ends_on": date(2026, 11, 30), "reason": "Đi công tác"}
    given = delegate(**BY_TESTS | {"actor": actor_of(head)}, principal=head, deputy=deputy, **days)
    assert subjects(head) == []
    assert subjects(deputy) == ["Nguyễn Thị Hoa xử lý thay Trần Văn Dũng từ 23/11/2026"]
    assert "tất cả các vai trò" in said(notices_of(deputy)[0], "vi").body
    end_delegation(**BY_TESTS, delegation=given, ends_on=TODAY, reason="Về sớm")
    assert "Lý do: Về sớm" in said(notices_of(head)[0], "vi").body
    assert len(subjects(deputy)) == 2


@pytest.mark.requirement(124)
def test_a_new_password_is_always_mailed_to_whom_it_belongs() -> None:
    hoa = person("hoa")
    account = open_account(**BY_TESTS, official=hoa, username="hoa.nt", password=PASSWORD)
    assert subjects(hoa) == []
    set_password(**BY_TESTS | {"actor": actor_of(hoa)}, account=account, password=PASSWORD + "-2")
    assert subjects(hoa) == ["Mật khẩu của tài khoản hoa.nt đã được đặt lại"]
    assert states()[-1] == ("file", "queued", "")
    assert PASSWORD not in str(Notice.objects.get().parameters)


def test_the_head_is_told_of_another_calendar_but_not_of_the_own_choice() -> None:
    commune = unit("xa", name="xã Mẫu")
    head = official("ct", "Trần Văn Dũng", commune, is_head=True)
    choose_calendar(**BY_TESTS, unit=commune, calendar="vn-example-commune", starts_on=TODAY)
    (notice,) = Notice.objects.filter(kind="notices.calendar_chosen")
    words = said(notice, "vi")
    assert notice.recipient == head and words.subject == "Lịch làm việc của xã Mẫu" and "Áp dụng từ" in words.body
    later = TODAY + timedelta(days=9)
    choose_calendar(actor=actor_of(head), now=NOW, unit=commune, calendar="vn-state-5day", starts_on=later)
    assert Notice.objects.filter(kind="notices.calendar_chosen").count() == 1


def test_a_notice_that_cannot_be_written_keeps_nobody_in_office(monkeypatch) -> None:
    hoa = person("hoa")
    held = grant(hoa, "auditor", unit("tinh"))
    monkeypatch.setattr("cchc.notices.audit_followers.roles", dict)
    withdraw_role(**BY_TESTS, grant=held, ends_on=TODAY, reason="Thôi việc")
    held.refresh_from_db()
    assert held.ends_on == TODAY
    kinds = [event.kind for event in AuditEvent.objects.order_by("-sequence")[:2]]
    assert kinds == ["audit.follower_failed", "organizations.role_withdrawn"]
    assert Delivery.objects.count() == 2, "those of the grant"
