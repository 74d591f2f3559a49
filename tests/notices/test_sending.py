"""Mails leave once: whatever breaks on the way, nobody gets two for one delivery."""

from __future__ import annotations

import email
import email.policy
import stat
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from threading import Event

import pytest
import time_machine

from cchc.audit.queries import events_of, verify_chain
from cchc.interface.jobs import leases
from cchc.interface.jobs.schedule import VIETNAM
from cchc.interface.jobs.worker import work_once
from cchc.interface.models import Job, JobLease, JobState
from cchc.notices import jobs
from cchc.notices.actions import end_notices, keep_wishes, mark_read
from cchc.notices.actions.delivering import MOST_ATTEMPTS, delay_after
from cchc.notices.carriers import MailServer, Outbox
from cchc.notices.kinds import Mail
from cchc.notices.models import Delivery, Notice
from cchc.notices.queries import unread_count
from cchc.notices.wishes import Wish
from cchc.organizations.actions.people import change_official
from tests.factories.organizations import BY_TESTS, NOW
from tests.notices.room import NEWS, TASK, MailTrap, mail_trap, person, states, told

pytestmark = pytest.mark.usefixtures("committed_database")


@pytest.fixture(autouse=True)
def nothing_else_recurs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cchc.interface.jobs.schedule.known_schedule", lambda: jobs.SCHEDULE)


def work(now: datetime = NOW, stop: Event | None = None) -> int:
    """Everything that is to be done at that moment; how many jobs of mails have ended by it."""
    ended = Job.objects.filter(kind="notices.send", ended_at__isnull=False)
    before = ended.count()
    with time_machine.travel(now, tick=False):
        while not (stop and stop.is_set()) and work_once("một", stop or Event(), now):
            pass
    return ended.count() - before


def mails(folder: Path) -> list[EmailMessage]:
    paths = sorted(folder.glob("*.eml"))
    return [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in paths]


def mail_states() -> list[tuple[str, int, str]]:
    rows = Delivery.objects.exclude(channel="in_app").order_by("pk").values_list("state", "attempts", "why")
    return [tuple(row) for row in rows]


@pytest.mark.requirement(62)
def test_without_a_mail_server_mails_are_files_that_only_their_owner_reads(outbox: Path) -> None:
    told(person("hoa", "Nguyễn Thị Hoa"), person("ba"))
    assert work() == 1
    (first, _) = sorted(outbox.iterdir())
    assert stat.S_IMODE(first.stat().st_mode) == 0o600 and stat.S_IMODE(outbox.stat().st_mode) == 0o700
    mail = mails(outbox)[0]
    assert mail["To"] == "Nguyễn Thị Hoa <hoa@tinh.example>"
    assert mail["Subject"] == "Việc mới: Rà soát hồ sơ"
    body = mail.get_content()
    assert body.startswith("Kính gửi Nguyễn Thị Hoa,\r\n\r\nViệc: Rà soát hồ sơ\r\n")
    assert "https://cchc.tinh.example/thong-bao/" in body
    assert mail.get_content_type() == "text/plain"
    assert mail_states() == [("sent", 1, "")] * 2
    assert [event.kind for event in events_of(Delivery.objects.get(notice__recipient__code="ba", channel="file"))] == [
        "notices.mail_sent"
    ]
    assert verify_chain().is_valid


def test_mails_come_in_the_language_somebody_chose(outbox: Path) -> None:
    hoa = person("hoa")
    keep_wishes(**BY_TESTS, official=hoa, language="en", by_kind={})
    told(hoa)
    work()
    (mail,) = mails(outbox)
    assert mail["Subject"] == "New task: Rà soát hồ sơ"
    assert "https://cchc.tinh.example/en/thong-bao/" in mail.get_content()


@pytest.fixture
def server(settings) -> Iterator[MailTrap]:
    with mail_trap() as trap:
        settings.CCHC_SMTP = trap.settings
        yield trap


def test_a_mail_server_gets_them_over_one_connection(server: MailTrap) -> None:
    told(*(person(f"p{number}") for number in range(3)))
    work()
    assert (len(server.texts), server.connections) == (3, 1)
    assert mail_states() == [("sent", 1, "")] * 3
    assert states()[1][0] == "email"


@pytest.mark.parametrize(
    ("answer", "state", "why", "texts"),
    [
        ("never", "failed", "notices.server_refused", 0),
        ("busy", "queued", "notices.server_put_off", 0),
        ("hang_at_mail", "queued", "notices.server_away", 0),
        ("hang_after_text", "failed", "notices.broken_off", 1),
    ],
)
def test_what_the_server_answers_decides_and_others_go_all_the_same(
    server: MailTrap, answer: str, state: str, why: str, texts: int
) -> None:
    server.script = [answer]
    told(person("hoa"), person("ba"))
    work()
    assert mail_states() == [(state, 1, why), ("sent", 1, "")]
    assert len(server.texts) == texts + 1


def test_a_mail_that_was_put_off_goes_later_and_once(server: MailTrap) -> None:
    server.script = ["busy", "ok", "busy"]
    told(person("hoa"), person("ba"))
    work()
    assert work(NOW + timedelta(seconds=59)) == 0
    assert work(NOW + timedelta(minutes=1)) == 1
    assert work(NOW + timedelta(minutes=5, seconds=59)) == 0
    assert work(NOW + timedelta(minutes=6)) == 1
    assert mail_states() == [("sent", 3, ""), ("sent", 1, "")]
    assert len(server.texts) == 2
    assert work(NOW + timedelta(days=30)) == 0


def test_without_a_server_for_a_day_and_a_half_it_has_failed(settings) -> None:
    settings.CCHC_SMTP = {"host": "127.0.0.1", "port": 1, "security": "none", "user": "", "password": ""}
    told(person("hoa"))
    now = NOW
    for _ in range(MOST_ATTEMPTS):
        assert mail_states()[0][0] == "queued"
        work(now)
        now += timedelta(hours=12)
    assert mail_states() == [("failed", MOST_ATTEMPTS, "notices.server_away")]
    assert work(now + timedelta(days=30)) == 0
    total = sum((delay_after(attempts) for attempts in range(1, MOST_ATTEMPTS)), timedelta())
    assert timedelta(hours=34) < total < timedelta(hours=48)


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 1), (2, 5), (3, 25), (5, 625), (6, 720), (99, 720)])
def test_delays_grow_to_half_a_day(attempts: int, minutes: int) -> None:
    assert delay_after(attempts) == timedelta(minutes=minutes)


class Killed(BaseException):
    """The machine lost power: nothing more of this attempt is written."""


def killed_at(monkeypatch: pytest.MonkeyPatch, carrier: type, *, before: bool) -> None:
    """The first mail of the next attempt is the last thing the worker does."""
    carry = carrier.carry

    def once(self, name, to, mail):
        if not before:
            carry(self, name, to, mail)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(carrier, "carry", once)
        with pytest.raises(Killed):
            work()


@pytest.mark.parametrize("before", [True, False])
def test_a_worker_killed_while_sending_leaves_a_doubt_and_no_second_mail(server, monkeypatch, before) -> None:
    told(person("hoa"), person("ba"))
    killed_at(monkeypatch, MailServer, before=before)
    assert work(NOW) == 0, "the lease is not over yet"
    assert work(NOW + leases.LENGTH) == 1
    assert mail_states() == [("failed", 1, "notices.broken_off"), ("sent", 1, "")]
    assert len(server.texts) == (1 if before else 2)


@pytest.mark.parametrize("before", [True, False])
def test_a_file_is_written_again_under_the_same_name(outbox, monkeypatch, before) -> None:
    told(person("hoa"))
    killed_at(monkeypatch, Outbox, before=before)
    work(NOW + leases.LENGTH)
    assert mail_states() == [("sent", 1, "")]
    assert len(list(outbox.iterdir())) == 1


def test_a_worker_that_was_overtaken_neither_writes_nor_makes_others_send(server, monkeypatch) -> None:
    told(person("hoa"))
    carry = MailServer.carry

    def slow(self, name, to, mail):
        """Another worker takes the job meanwhile, and does it to its end."""
        monkeypatch.setattr(MailServer, "carry", carry)
        assert work(NOW + 10 * leases.LENGTH) == 1
        return carry(self, name, to, mail)

    monkeypatch.setattr(MailServer, "carry", slow)
    work()
    assert len(server.texts) == 1
    assert mail_states() == [("failed", 1, "notices.broken_off")]


def test_a_worker_told_to_stop_notes_what_has_left_and_gives_back_the_rest(server, monkeypatch) -> None:
    told(person("hoa"), person("ba"))
    stop, carry = Event(), MailServer.carry

    def stopping(self, name, to, mail):
        stop.set()
        return carry(self, name, to, mail)

    with monkeypatch.context() as patch:
        patch.setattr(MailServer, "carry", stopping)
        work(stop=stop)
    assert mail_states() == [("sent", 1, ""), ("queued", 0, "")]
    assert work() == 1
    assert mail_states() == [("sent", 1, "")] * 2
    assert len(server.texts) == 2


def test_a_mail_without_words_holds_up_no_other(outbox: Path, monkeypatch) -> None:
    first, _ = told(person("hoa"), person("ba"))
    as_mail = jobs.as_mail

    def fails_once(letter, at):
        if letter.notices[0].pk == first.pk:
            raise LookupError("no such version")
        return as_mail(letter, at)

    monkeypatch.setattr(jobs, "as_mail", fails_once)
    work()
    assert mail_states() == [("failed", 1, "notices.no_words"), ("sent", 1, "")]
    assert Job.objects.get().state == JobState.FINISHED


def test_the_address_of_the_moment_of_sending_counts(outbox: Path) -> None:
    hoa, ba = person("hoa"), person("ba")
    told(hoa, ba)
    change_official(**BY_TESTS, official=hoa, name=hoa.name, email="", phone="")
    change_official(**BY_TESTS, official=ba, name=ba.name, email="moi@tinh.example", phone="")
    work()
    assert mail_states() == [("skipped", 0, "notices.no_address"), ("sent", 1, "")]
    assert [mail["To"].addresses[0].addr_spec for mail in mails(outbox)] == ["moi@tinh.example"]


def test_an_outbox_that_cannot_be_written_is_tried_again(outbox: Path) -> None:
    outbox.write_text("a file where the folder should be")
    told(person("hoa"))
    work()
    assert mail_states() == [("queued", 1, "notices.outbox_closed")]
    outbox.unlink()
    work(NOW + timedelta(minutes=1))
    assert mail_states() == [("sent", 2, "")]


# The digest.

MORNING = datetime(2026, 11, 24, 7, 0, tzinfo=VIETNAM)  # a Tuesday


def test_the_day_comes_in_one_mail_on_working_mornings(outbox: Path) -> None:
    hoa, ba = person("hoa"), person("ba")
    keep_wishes(**BY_TESTS, official=hoa, language="vi", by_kind={TASK: Wish(True, Mail.DAILY)})
    work()  # the schedule's first look
    told(hoa, ba, hoa, kind=NEWS)
    told(hoa)
    assert work(MORNING - timedelta(minutes=1)) == 0
    assert work(MORNING) == 1
    assert [mail["Subject"] for mail in mails(outbox)] == ["3 thông báo chưa đọc", "1 thông báo chưa đọc"]
    body = mails(outbox)[0].get_content()
    assert body.count("- Tin: Họp giao ban") == 2 and "- Việc mới: Rà soát hồ sơ" in body
    assert {state for state, _, _ in mail_states()} == {"sent"}
    assert work(MORNING + timedelta(hours=1)) == 0


def test_what_was_read_is_not_mailed_and_an_empty_digest_neither(outbox: Path) -> None:
    work()
    hoa = person("hoa")
    (notice,) = told(hoa, kind=NEWS)
    mark_read(**BY_TESTS, official=hoa, only=notice.pk)
    work(MORNING)
    assert mail_states() == [("skipped", 0, "notices.already_read")]
    assert mails(outbox) == [] and Job.objects.filter(kind="notices.send").count() == 0


def test_what_is_over_counts_no_more_and_is_not_mailed(outbox: Path) -> None:
    work()
    hoa, ba = person("hoa"), person("ba")
    told(hoa, ba, kind=NEWS)
    notice = Notice.objects.earliest("pk")
    subject = (notice.subject_type, notice.subject_id)
    assert end_notices(**BY_TESTS, kind=NEWS, subject=subject, recipients=[hoa.pk]) == 1
    assert end_notices(**BY_TESTS, kind=NEWS, subject=subject, recipients=[hoa.pk]) == 0
    assert (unread_count(hoa), unread_count(ba)) == (0, 1)
    work(MORNING)
    assert mail_states() == [("skipped", 0, "notices.already_over"), ("sent", 1, "")]


def test_on_a_day_of_rest_it_waits(outbox: Path) -> None:
    work()
    told(person("hoa"), kind=NEWS)
    saturday = MORNING.replace(day=28)
    assert work(saturday - timedelta(days=1)) == 1
    told(person("ba"), kind=NEWS)
    assert work(saturday + timedelta(hours=30)) == 0
    assert work(saturday + timedelta(days=2)) == 1
    assert len(mails(outbox)) == 2


def test_a_digest_that_was_put_off_comes_whole(server: MailTrap) -> None:
    work()
    hoa = person("hoa")
    told(hoa, hoa, kind=NEWS)
    server.script = ["busy"]
    work(MORNING)
    assert mail_states() == [("queued", 1, "notices.server_put_off")] * 2
    told(hoa, kind=NEWS)
    work(MORNING + timedelta(minutes=1))
    assert mail_states() == [("sent", 2, "")] * 2 + [("held", 0, "")]
    (text,) = server.texts
    (mail,) = [email.message_from_string(text, policy=email.policy.default)]
    assert mail["Subject"] == "2 thông báo chưa đọc"


def test_a_job_sends_about_a_hundred_and_never_a_part_of_somebodys_digest(monkeypatch) -> None:
    monkeypatch.setattr("cchc.notices.actions.delivering.MAILS_A_JOB", 3)
    work()
    people = [person(f"p{number}") for number in range(3)]
    told(*people, *people, kind=NEWS)
    with time_machine.travel(MORNING, tick=False):
        work_once("một", Event(), MORNING)
    sizes = [len(job.parameters["deliveries"]) for job in Job.objects.filter(kind="notices.send").order_by("pk")]
    assert sizes == [4, 2]
    assert JobLease.objects.filter(job__kind="notices.send", free_at__isnull=False).count() == 2
