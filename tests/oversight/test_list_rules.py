"""The rules of the monthly list one by one: cut-off, window, silence, leave, transfer, deciding, two persons, basis."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from cchc.dossiers.actions.standing_in import note_absence
from cchc.ledger.fairness import minimum_volume
from cchc.organizations.actions.people import transfer_official
from cchc.organizations.models import Official
from cchc.organizations.viewers import actor_of
from cchc.oversight.actions.lists import approve_list, close_replies, draft_list, notify_list, withdraw_list
from cchc.oversight.actions.publishing import (
    Erratum,
    correct_list,
    expire_list,
    expire_lists,
    freeze_list,
    newest,
    publish_list,
    put_forward,
)
from cchc.oversight.actions.replies import decide_about, reply_to
from cchc.oversight.models import ListedItem, ListedOfficial, ListNotice, MonthlyList
from cchc.records.errors import DomainError
from tests.factories.clients import client_of
from tests.factories.dossiers import ZONE, Desk
from tests.factories.organizations import TESTER, grant
from tests.factories.oversight import late_with, refreshed
from tests.factories.papers import basis, expired

pytestmark = pytest.mark.django_db
NOVEMBER = date(2026, 11, 1)


def at(text: str) -> datetime:
    """`07 09:00` in December 2026; the 7th is a Monday."""
    return datetime.fromisoformat(f"2026-12-{text}").replace(tzinfo=ZONE)


def by(person: Official, when: str) -> dict[str, Any]:
    return {"actor": actor_of(person), "now": at(when)}


def refused(act: Callable[..., Any], code: str, **given: Any) -> None:
    with pytest.raises(DomainError) as found:
        act(**given)
    assert found.value.problems[0].code == code


@pytest.fixture
def drafted(desk: Desk) -> MonthlyList:
    """Two dossiers lie with one settler."""
    for _ in range(2):
        late_with(desk)
    refreshed(at("07 09:00"))
    return draft_list(**by(desk.one_stop_head, "07 09:00"), unit=desk.commune, month=NOVEMBER)


def notified(list_: MonthlyList, desk: Desk) -> MonthlyList:
    given = {"expected_version": list_.version, "number": "15/TB", "noticed_on": date(2026, 12, 7)}
    return notify_list(**by(desk.one_stop_head, "07 10:00"), list_=list_, **given)


def approved(list_: MonthlyList, desk: Desk) -> MonthlyList:
    list_ = list_ if list_.notice_number else notified(list_, desk)
    list_ = close_replies(**by(desk.one_stop_head, "11 09:00"), list_=list_, expected_version=list_.version)
    return approve_list(**by(desk.head, "11 10:00"), list_=list_, expected_version=list_.version)


def frozen(list_: MonthlyList, desk: Desk) -> MonthlyList:
    list_ = approved(list_, desk)
    list_ = put_forward(**by(desk.one_stop_head, "11 11:00"), list_=list_, expected_version=list_.version)
    return freeze_list(**by(desk.head, "11 13:30"), list_=list_, expected_version=list_.version)


def test_nothing_is_drafted_before_the_cut_off_is_over_nor_twice(desk: Desk):
    given = {"unit": desk.commune, "month": NOVEMBER, "actor": TESTER}
    refused(draft_list, "oversight.before_cut_off", now=at("05 23:59"), **given)
    list_ = draft_list(now=at("06 00:00"), **given)
    assert list_.cut_off_at == at("06 00:00") and not list_.listed.exists()
    refused(draft_list, "oversight.list_there", now=at("07 09:00"), **given)
    withdraw_list(**by(desk.head, "07 09:00"), list_=list_, expected_version=list_.version, reason="Nhầm")
    assert draft_list(now=at("07 09:00"), **given).pk != list_.pk


@pytest.mark.requirement(73)
def test_a_list_keeps_the_minimum_volume_that_held_when_it_was_drafted(
    drafted: MonthlyList, desk: Desk, monkeypatch: pytest.MonkeyPatch
):  # fmt: skip
    assert drafted.minimum == minimum_volume(NOVEMBER), "the one guard, which the board reads too"
    monkeypatch.setattr("cchc.oversight.actions.lists.minimum_volume", lambda day: minimum_volume(day) + 1)
    list_ = frozen(drafted, desk)
    assert newest(list_)["minimum"] == minimum_volume(NOVEMBER)


def test_the_window_is_three_working_days_and_the_silent_stay(drafted: MonthlyList, desk: Desk):
    list_ = notified(drafted, desk)
    assert list_.reply_until == at("11 00:00"), "Tuesday, Wednesday, Thursday, to its end"
    item = ListedItem.objects.order_by("pk")[0]
    given = {"list_": list_, "expected_version": list_.version}
    refused(close_replies, "oversight.window_open", **by(desk.head, "11 00:00"), **given)
    refused(reply_to, "oversight.reply_time_over", **by(desk.settler, "11 00:01"), item=item, text="Muộn")
    reply_to(**by(desk.settler, "11 00:00"), item=item, text="Đúng phút cuối")
    refused(close_replies, "oversight.replies_undecided", **by(desk.head, "11 00:01"), **given)
    decide_about(**by(desk.head, "11 08:00"), item=item, accepts=False, reason="Không có minh chứng")
    close_replies(**by(desk.head, "11 08:01"), **given)
    assert sorted(ListedItem.objects.order_by("pk").values_list("outcome", flat=True)) == ["refused", "silent"]


def test_who_is_away_has_the_same_time_after_coming_back_and_is_left_out_meanwhile(drafted: MonthlyList, desk: Desk):
    given = {"official": desk.settler, "deputy": desk.second_settler, "reason": "Ốm"}
    note_absence(**by(desk.one_stop_head, "07 09:30"), starts_on=date(2026, 12, 9), ends_on=date(2026, 12, 15), **given)
    list_ = notified(drafted, desk)
    assert ListedOfficial.objects.get(official=desk.settler).reply_until == at("19 00:00"), "three days after the 15th"
    close_replies(**by(desk.one_stop_head, "11 09:00"), list_=list_, expected_version=list_.version)
    assert set(ListedItem.objects.order_by("pk").values_list("outcome", flat=True)) == {"postponed"}


def test_of_who_moved_both_heads_are_told_and_the_list_names_the_unit_of_the_delay(
    drafted: MonthlyList, desk: Desk
):  # fmt: skip
    grant(desk.stranger, "unit_head", desk.other)
    transfer_official(
        actor=TESTER, now=at("07 09:00"), official=desk.settler, unit=desk.other, post="Chuyên viên chính",
        starts_on=date(2026, 12, 7),
    )  # fmt: skip
    list_ = notified(drafted, desk)
    named = list_.listed.get(official=desk.settler)
    assert (named.unit, named.post) == (desk.commune, "Chuyên viên")
    told = set(ListNotice.objects.filter(listed=None).order_by("pk").values_list("unit", "recipient"))
    assert told == {(desk.commune.pk, desk.head.pk), (desk.other.pk, desk.stranger.pk)}


def test_who_is_named_with_a_dossier_decides_nothing_about_it(drafted: MonthlyList, desk: Desk):
    notified(drafted, desk)
    item = ListedItem.objects.order_by("pk")[0]
    reply_to(**by(desk.settler, "08 09:00"), item=item, text="Lý do")
    given = {"item": item, "accepts": True, "reason": "Được"}
    refused(decide_about, "oversight.decides_for_oneself", **by(desk.settler, "08 10:00"), **given)
    decide_about(**by(desk.head, "08 10:00"), **given)
    refused(decide_about, "oversight.decided_already", **by(desk.head, "08 11:00"), **given)


def test_two_persons_freeze_what_was_put_forward(drafted: MonthlyList, desk: Desk):
    list_ = approved(drafted, desk)
    list_ = put_forward(**by(desk.head, "11 11:00"), list_=list_, expected_version=list_.version)
    given = {"list_": list_, "expected_version": list_.version}
    refused(freeze_list, "oversight.frozen_by_one", **by(desk.head, "11 12:00"), **given)
    refused(freeze_list, "oversight.list_stale", **by(desk.signer, "11 12:00"), list_=list_, expected_version=1)
    done = freeze_list(**by(desk.signer, "11 12:00"), **given)
    assert done.state == "frozen" and done.versions.get().content_hash == list_.put_hash


def test_publication_needs_a_basis_in_force_a_decision_and_an_end(drafted: MonthlyList, desk: Desk):
    list_ = frozen(drafted, desk)
    day = date(2026, 12, 11)
    given = {"list_": list_, "expected_version": list_.version, "decision_number": "20/QĐ", "decided_on": day}
    now = by(desk.head, "11 15:00")
    refused(publish_list, "oversight.basis_not_in_force", **now, **given, basis=expired(desk.province))
    law = basis(desk.province)
    refused(publish_list, "oversight.no_number", **now, **given | {"decision_number": " "}, basis=law)
    refused(publish_list, "oversight.day_outside", **now, **given | {"decided_on": day - timedelta(1)}, basis=law)
    for until in (day, day + timedelta(91)):
        refused(publish_list, "oversight.expires_outside", **now, **given, basis=law, expires_on=until)
    done = publish_list(**now, **given, basis=law)
    assert done.expires_on == day + timedelta(90)
    refused(expire_list, "oversight.not_expired", actor=TESTER, now=at("11 16:00") + timedelta(90), list_=done)
    assert expire_lists(actor=TESTER, now=at("11 16:00") + timedelta(90)) == 0
    assert expire_lists(actor=TESTER, now=at("12 00:00") + timedelta(90)) == 1
    done.refresh_from_db()
    assert done.state == "expired"


def test_who_is_named_finds_it_on_the_desk_until_the_time_is_over(drafted: MonthlyList, desk: Desk, today: Any):
    notified(drafted, desk)
    notice = ListNotice.objects.get(recipient=desk.settler, listed__isnull=False)
    address = f"/theo-doi/danh-sach/thong-bao/{notice.pk}/"
    for when, is_there in (("11 00:00", True), ("11 00:01", False)):
        today.move_to(at(when))
        page = client_of(desk.settler).get("/ban-lam-viec/").content.decode()
        assert (address in page) is is_there, when


def test_an_erratum_is_about_an_entry_that_is_there(drafted: MonthlyList, desk: Desk):
    list_ = frozen(drafted, desk)
    given = {"decision_number": "20/QĐ", "decided_on": date(2026, 12, 11), "basis": basis(desk.province)}
    list_ = publish_list(**by(desk.head, "11 15:00"), list_=list_, expected_version=list_.version, **given)
    now = by(desk.head, "14 09:00")
    for official, entry in ((9, 1), (1, 9)):
        wrong = Erratum(official, entry, "x", struck=False)
        refused(
            correct_list, "oversight.entry_unknown", **now, list_=list_, expected_version=list_.version, erratum=wrong
        )
    struck = Erratum(1, 1, "Tính nhầm", struck=True)
    list_ = correct_list(**now, list_=list_, expected_version=list_.version, erratum=struck)
    refused(
        correct_list, "oversight.struck_already", **now, list_=list_, expected_version=list_.version, erratum=struck
    )
    assert list_.versions.count() == 2
