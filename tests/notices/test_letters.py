"""A mail and its calendar file: what somebody typed is text in them, never a header, a line of a protocol or markup."""

from __future__ import annotations

import email
import email.policy
from datetime import timedelta

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from cchc.notices.calendar_files import calendar_file
from cchc.notices.letters import Letter, address_problem, as_mail
from cchc.notices.models import Delivery, Notice
from cchc.notices.parameters import to_json
from cchc.organizations.models import Official
from tests.factories.organizations import NOW
from tests.notices.room import TASK

EVIL = st.text(alphabet=st.sampled_from("a:;,\\\r\n\t \u2028\u0085\x00\x0b<>\"'@{}=?ẵ\u202e")) | st.sampled_from([
    "x\r\nBcc: kẻ gian <x@y.example>", "x\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:giả", "\r\n.\r\nMAIL FROM:<x@y.example>",
    "=?utf-8?q?=0D=0ABcc:_x@y.example?=", "<script>alert(1)</script>", "{task}", "a" * 3_000,
])  # fmt: skip
HEADERS = {
    "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type",
}  # fmt: skip


LONG_NAME = "Nguyễn <kẻ@gian.example> " + "b" * 250
AN_ADDRESS_FOLDED = "<x@gian.example> " + "b" * 250
"""Names that a folded head of a mail takes for addresses, in Pythons that lose the quotation marks."""


def notice(task: str = "Rà soát", by: str = "Lê Văn Ba", name: str = "Trần Thị Ẵng", number: int = 5) -> Notice:
    """Not in the database: as it would come from there."""
    hoa = Official(pk=3, code="hoa", name=name, email="hoa@tinh.example")
    return Notice(
        pk=number, recipient=hoa, kind=TASK, version=2, subject_type="trial.Task", subject_id="7", created_at=NOW,
        parameters=to_json({"task": task, "by": by}), due_at=NOW + timedelta(days=3),
    )  # fmt: skip


def letter(*notices: Notice) -> Letter:
    deliveries = tuple(Delivery(pk=number, notice=one, channel="file") for number, one in enumerate(notices, 8))
    return Letter(notices[0].recipient, deliveries, "vi", len(notices) > 1)


@pytest.mark.requirement(62)
@given(task=EVIL, by=EVIL, name=EVIL, is_digest=st.booleans())
def test_nothing_typed_becomes_a_header_or_a_part(task: str, by: str, name: str, is_digest: bool) -> None:
    one = notice(task, by, name)
    raw = as_mail(letter(one, one) if is_digest else letter(one), NOW).as_bytes()
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    assert set(mail.keys()) == HEADERS
    assert len(mail.keys()) == len(HEADERS)
    assert [one.addr_spec for one in mail["To"].addresses] == ["hoa@tinh.example"]
    kinds = ["text/plain", *["text/calendar"] * (2 if is_digest else 1)]
    assert [part.get_content_type() for part in mail.iter_parts()] == kinds
    assert raw.isascii() and b"\r\n.\r\n" not in raw


@pytest.mark.requirement(62)
@given(task=EVIL, by=EVIL)
def test_nothing_typed_becomes_a_property_of_the_calendar_file(task: str, by: str) -> None:
    content = calendar_file(notice(task, by), "vi")
    (entry,) = Calendar.from_ical(content).walk("VEVENT")
    assert set(entry) == {"UID", "SEQUENCE", "DTSTAMP", "DTSTART", "SUMMARY", "DESCRIPTION", "URL"}
    assert content.count(b"\nBEGIN:VEVENT") == 1
    assert entry["SUMMARY"].startswith("Việc mới: ")


@pytest.mark.requirement(62)
def test_a_due_moment_stands_in_the_calendar_and_a_newer_notice_replaces_it() -> None:
    files = [Calendar.from_ical(calendar_file(notice(number=number), "vi")) for number in (5, 9)]
    first, second = (one.walk("VEVENT")[0] for one in files)
    assert first["DTSTART"].dt == NOW + timedelta(days=3)
    assert first["UID"] == second["UID"] == "trial.Task-7-3@cchc.tinh.example"
    assert second["SEQUENCE"] > first["SEQUENCE"]
    assert first["URL"] == "https://cchc.tinh.example/thong-bao/"
    (alarm,) = first.walk("VALARM")
    assert alarm["TRIGGER"].dt == timedelta(days=-1)
    assert files[0]["METHOD"] == "PUBLISH"


def test_a_notice_without_a_due_moment_has_no_calendar_file() -> None:
    undated = notice()
    undated.due_at = None
    with pytest.raises(ValueError, match="no due moment"):
        calendar_file(undated, "vi")
    assert [part.get_content_type() for part in as_mail(letter(undated), NOW).walk()] == ["text/plain"]


def test_the_same_mail_has_the_same_identity() -> None:
    identities = {as_mail(letter(notice()), NOW + timedelta(hours=hours))["Message-ID"] for hours in (0, 5)}
    assert identities == {"<delivery-8@cchc.tinh.example>"}


@given(text=EVIL)
def test_an_address_is_one_address_or_none(text: str) -> None:
    hoa = Official(name="Hoa", email=text)
    assert address_problem(hoa) or (text.isascii() and text.isprintable() and text.count("@") == 1)


@given(task=EVIL)
def test_on_a_page_it_is_text(task: str) -> None:
    from cchc.notices.shown import shown_notice

    page = Template("{{ row.subject }}").render(Context({"row": shown_notice(notice(task))}))
    assert "<" not in page and '"' not in page


@pytest.mark.requirement(62)
@pytest.mark.parametrize(
    "name", [LONG_NAME, AN_ADDRESS_FOLDED, 'a" <x@gian.example>, "b', "x" * 300, "<>", "(a) [b]; c: d"]
)
def test_a_name_is_never_read_as_an_address(name):
    """A long one was: the mail would have gone to whoever stood in it."""
    letter = Letter(notice(name=name).recipient, (Delivery(pk=1, notice=notice(name=name)),), "vi")
    mail = email.message_from_bytes(as_mail(letter, NOW).as_bytes(), policy=email.policy.default)
    assert [one.addr_spec for one in mail["To"].addresses] == ["hoa@tinh.example"]
