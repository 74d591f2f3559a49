"""The yearly register: a line for each reception, without gap, closed with its year."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

import pytest
import time_machine

from cchc.audit.errors import UnrecordedWrite
from cchc.audit.recording import unguarded
from cchc.dossiers.actions import ending
from cchc.dossiers.actions.archiving import correct
from cchc.dossiers.models import Dossier
from cchc.organizations.viewers import actor_of
from cchc.records.errors import DomainError
from cchc.slips.actions.closing import close_book
from cchc.slips.models import CarriedEntry, RegisterBook, RegisterEntry
from cchc.slips.register_lines import content_hash
from cchc.slips.states import CLOSED, OPEN
from tests.factories.clients import client_of
from tests.factories.dossiers import Desk, received, settled
from tests.slips.test_pages import refused, said, stopped, words_of
from tests.support.taken import rows_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

IN_JANUARY = datetime(2027, 1, 5, 2, 0, tzinfo=UTC)
LAST_MINUTE = datetime(2026, 12, 31, 16, 59, tzinfo=UTC)
FIRST_MINUTE = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)


def handed_over(desk: Desk, dossier: Dossier, moment: datetime) -> Dossier:
    """Settled and given to its owner."""
    done = settled(desk, dossier)
    given = {"dossier": done, "expected_version": done.version, "to": "Trần Thị Lan"}
    return ending.hand_over(actor=actor_of(desk.receiver), now=moment, **given)


def closed(desk: Desk, book: RegisterBook, now: datetime = IN_JANUARY, **more: Any) -> RegisterBook:
    given = {"actor": actor_of(desk.head), "now": now, "book": book, "expected_last": book.last}
    return close_book(**(given | more))


def code_of(act: Any) -> str:
    with pytest.raises(DomainError) as refusal:
        act()
    return refusal.value.code


@pytest.mark.requirement(43)
def test_every_reception_gets_the_next_line_and_a_refusal_none(desk: Desk):
    first, second = received(desk), received(desk)
    refused(desk)
    third = received(desk)
    book = RegisterBook.objects.get()
    assert (book.unit, book.year, book.state, book.last) == (desk.commune, 2026, OPEN, 3)
    lines = RegisterEntry.objects.order_by("number").values_list("number", "dossier")
    assert list(lines) == [(1, first.pk), (2, second.pk), (3, third.pk)]


@pytest.mark.requirement(43)
def test_a_book_opened_in_the_middle_of_a_year_takes_in_what_came_before(desk: Desk):
    with patch("cchc.slips.audit_followers.enter", side_effect=RuntimeError):  # as before there were registers
        second, first = received(desk, when="23 08:00"), received(desk, when="23 07:30")
    assert not RegisterBook.objects.exists()
    third = received(desk, when="23 09:00")
    lines = RegisterEntry.objects.order_by("number").values_list("number", "dossier")
    assert list(lines) == [(1, first.pk), (2, second.pk), (3, third.pk)]


def test_what_a_fault_left_out_is_told_and_entered_at_the_end(desk: Desk):
    received(desk)
    with patch("cchc.slips.audit_followers.enter", side_effect=RuntimeError):
        left_out = received(desk)
    book = RegisterBook.objects.get()
    assert "1 hồ sơ trong năm chưa vào sổ" in said(client_of(desk.head), f"/so-ho-so/{book.pk}/")
    closed(desk, book, expected_last=2)
    assert RegisterEntry.objects.get(dossier=left_out).number == 2


@pytest.mark.requirement(43)
@pytest.mark.parametrize(("moment", "code"), [(LAST_MINUTE, "slips.year_runs"), (FIRST_MINUTE, "")])
def test_a_book_is_closed_when_its_year_is_over(desk: Desk, moment: datetime, code: str):
    received(desk)
    book = RegisterBook.objects.get()
    if code:
        assert code_of(lambda: closed(desk, book, moment)) == code
    else:
        done = closed(desk, book, moment)
        assert done.state == CLOSED and len(done.content_hash) == 64 and done.closed_by == desk.head
        assert code_of(lambda: closed(desk, book, moment)) == "slips.book_closed"


@pytest.mark.requirement(43)
def test_what_runs_on_is_carried_over_and_keeps_its_number(desk: Desk):
    over = handed_over(desk, received(desk), datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
    waiting = settled(desk, received(desk))
    running, dead = received(desk), stopped(desk)
    book = RegisterBook.objects.get()
    closed(desk, book)
    following = RegisterBook.objects.get(year=2027)
    carried = CarriedEntry.objects.filter(book=following).order_by("pk").values_list("dossier", flat=True)
    assert set(carried) == {waiting.pk, running.pk} and not {over.pk, dead.pk} & set(carried)
    assert following.last == 0, "they have their lines already"
    page = said(client_of(desk.head), f"/so-ho-so/{following.pk}/?xem=chuyen-sang")
    assert running.code in page and "chuyển sang, số 3 năm 2026" in page and over.code not in page


@pytest.mark.requirement(43)
def test_a_closed_book_says_for_ever_what_it_said_as_its_year_ended(desk: Desk):
    dossier = settled(desk, received(desk))
    book = closed(desk, RegisterBook.objects.get())
    given = {"dossier": dossier, "expected_version": dossier.version, "to": "Người khác"}
    ending.hand_over(actor=actor_of(desk.receiver), now=IN_JANUARY, **given)
    assert content_hash(RegisterBook.objects.get(pk=book.pk)) == book.content_hash
    head = client_of(desk.head)
    assert "Người khác" not in said(head, f"/so-ho-so/{book.pk}/")
    seen = Dossier.objects.get(pk=dossier.pk)
    corrected = {"values": {"owner_name": "Trần Thị Lanh"}, "reason": "Ghi nhầm tên", "dossier": seen}
    correct(actor=actor_of(desk.head), now=IN_JANUARY, expected_version=seen.version, **corrected)
    assert content_hash(RegisterBook.objects.get(pk=book.pk)) == book.content_hash
    assert "Lanh" not in said(head, f"/so-ho-so/{book.pk}/")
    following = RegisterBook.objects.get(year=2027)
    assert "Trần Thị Lanh" in said(head, f"/so-ho-so/{following.pk}/?xem=chuyen-sang")
    assert "Người khác" in said(head, f"/so-ho-so/{following.pk}/?xem=chuyen-sang")
    with unguarded():
        Dossier.objects.filter(pk=dossier.pk).update(owner_address="Đã sửa")
    assert content_hash(RegisterBook.objects.get(pk=book.pk)) != book.content_hash, "what was changed behind it shows"


def test_years_are_closed_one_after_the_other(desk: Desk):
    received(desk)
    first = RegisterBook.objects.get()
    with unguarded():
        second = RegisterBook.objects.create(unit=desk.commune, year=2027, state=OPEN, opened_at=IN_JANUARY)
    later = datetime(2028, 1, 3, 2, 0, tzinfo=UTC)
    assert code_of(lambda: closed(desk, second, later)) == "slips.earlier_book_open"
    closed(desk, first, later)
    second.refresh_from_db()
    closed(desk, second, later)
    running = CarriedEntry.objects.filter(book__year=2028)
    assert running.count() == 1, "from year to year until it is over"


def test_who_looked_at_fewer_lines_looks_again(desk: Desk):
    received(desk)
    book = RegisterBook.objects.get()
    received(desk)
    assert code_of(lambda: closed(desk, book)) == "slips.book_stale"
    assert RegisterBook.objects.get().state == OPEN


def test_what_was_received_in_a_closed_year_stands_in_the_next_book(desk: Desk):
    received(desk)
    closed(desk, RegisterBook.objects.get())
    late = received(desk)
    entry = RegisterEntry.objects.get(dossier=late)
    assert (entry.book.year, entry.number) == (2027, 1)
    assert "tiếp nhận trong năm đã khóa sổ" in said(client_of(desk.head), f"/so-ho-so/{entry.book_id}/")


def test_lines_are_never_changed(desk: Desk):
    received(desk)
    entry = RegisterEntry.objects.get()
    entry.number = 7
    with pytest.raises(UnrecordedWrite), unguarded():
        entry.save()
    with pytest.raises(UnrecordedWrite), unguarded():
        RegisterEntry.objects.all().delete()


@pytest.mark.requirement(43)
def test_the_pages_of_a_register(desk: Desk):
    dossier = handed_over(desk, received(desk), datetime(2026, 11, 23, 8, 30, tzinfo=UTC))
    other = received(desk)
    book, receiver = RegisterBook.objects.get(), client_of(desk.receiver)
    assert f"/so-ho-so/{book.pk}/" in said(receiver, "/so-ho-so/") and "xã Một" in said(receiver, "/so-ho-so/")
    page = said(receiver, f"/so-ho-so/{book.pk}/")
    assert dossier.code in page and other.code in page and "Khóa sổ" not in page
    for query, found, not_found in (
        ("tim=tran+thi+lan", dossier.code, "Không có dòng"), ("dang=dang-giai-quyet", other.code, dossier.code),
        ("dang=da-xong", dossier.code, other.code),
    ):  # fmt: skip
        listed = said(receiver, f"/so-ho-so/{book.pk}/?{query}")
        assert found in listed and not_found not in listed
    assert "Không có dòng" in said(receiver, f"/so-ho-so/{book.pk}/?tim=zzz")
    sheet = words_of(said(receiver, f"/so-ho-so/{book.pk}/in/"))
    assert "Mẫu số 07 · Thông tư 03/2025/TT-VPCP" in sheet and "Năm 2026" in sheet and dossier.code in sheet
    assert "Lê Thị Bình" in sheet and "Thôn 1" in sheet
    taken = rows_of(receiver.get(f"/so-ho-so/{book.pk}/so.xlsx"))
    assert any(dossier.code in map(str, row) for row in taken)
    csv = receiver.get(f"/so-ho-so/{book.pk}/so.csv?dang=dang-giai-quyet").content.decode()
    assert other.code in csv and dossier.code not in csv
    control = words_of(said(receiver, f"/ho-so/{other.pk}/phieu/kiem-soat/"))
    assert "năm 2026, số thứ tự 2" in control


@pytest.mark.requirement(43)
def test_the_head_closes_it_on_its_page(desk: Desk):
    received(desk)
    book, head = RegisterBook.objects.get(), client_of(desk.head)
    assert client_of(desk.receiver).get(f"/so-ho-so/{book.pk}/khoa-so/").status_code == 403
    assert "chưa hết" in said(head, f"/so-ho-so/{book.pk}/khoa-so/", 422)
    with time_machine.travel(IN_JANUARY, tick=False):
        head = client_of(desk.head)
        assert "Khóa sổ" in said(head, f"/so-ho-so/{book.pk}/")
        form = said(head, f"/so-ho-so/{book.pk}/khoa-so/")
        assert "có 1 dòng" in form and 'value="1"' in form
        assert head.post(f"/so-ho-so/{book.pk}/khoa-so/", {"expected_last": "1"}).status_code == 422
        stale = head.post(f"/so-ho-so/{book.pk}/khoa-so/", {"expected_last": "5", "is_compared": "on"})
        assert stale.status_code == 409 and 'value="1"' in stale.content.decode()
        done = head.post(f"/so-ho-so/{book.pk}/khoa-so/", {"expected_last": "1", "is_compared": "on"})
        assert done.status_code == 302
        page = said(head, f"/so-ho-so/{book.pk}/")
        assert "Đã khóa sổ" in page and RegisterBook.objects.get(pk=book.pk).content_hash in page
        assert "Đỗ Văn Hải" in words_of(said(head, f"/so-ho-so/{book.pk}/in/"))


def test_a_stranger_sees_no_register_of_others(desk: Desk):
    received(desk)
    book, stranger = RegisterBook.objects.get(), client_of(desk.stranger)
    for slug in ("", "in/", "so.xlsx", "so.csv", "khoa-so/"):
        assert stranger.get(f"/so-ho-so/{book.pk}/{slug}").status_code == 404
    assert "xã Một" not in said(stranger, "/so-ho-so/")


@pytest.mark.parametrize("size", [1, 3])
def test_pages_go_on_behind_a_line(desk: Desk, monkeypatch: pytest.MonkeyPatch, size: int):
    monkeypatch.setattr("cchc.interface.paging.PAGE_SIZE", size)
    made = [received(desk) for _ in range(4)]
    book, receiver = RegisterBook.objects.get(), client_of(desk.receiver)
    key = RegisterEntry.objects.get(dossier=made[size - 1]).pk
    page = said(receiver, f"/so-ho-so/{book.pk}/?sau={key}")
    assert made[size].code in page and made[size - 1].code not in page
