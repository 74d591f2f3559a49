"""With a scanner on, nothing is seen before it has answered; without an answer it waits."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from threading import Event

import pytest
from django.utils import timezone

from cchc.files.actions import cite, hold_back, mark_scanned
from cchc.files.models import Blob, BlobState
from cchc.files.scanning import Finding, Outcome, scan, understood
from cchc.interface.jobs import worker
from cchc.interface.models import Job, JobLease, JobState
from cchc.records.errors import DomainError
from tests.factories.files import stored
from tests.factories.organizations import BY_TESTS, official, unit
from tests.files.clamd import EVIL, FakeClamd, listening
from tests.files.samples import pdf

CLEAN = Finding(Outcome.CLEAN)
FOUND = Finding(Outcome.FOUND, "Test.Evil-1")
UNKNOWN = Finding(Outcome.UNKNOWN, "INSTREAM size limit exceeded. ERROR")


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short path: the name of a socket has at most about a hundred characters."""
    with tempfile.TemporaryDirectory(prefix="clamd") as name:
        yield Path(name)


@pytest.fixture
def clamd(folder, settings) -> Iterator[FakeClamd]:
    with listening(folder) as (address, fake):
        settings.CCHC_CLAMD = address
        yield fake


def work(days: int = 0) -> None:
    """A worker does what there is: more than falls due in any night, before a working day most."""
    for _ in range(40):
        worker.work_once("một", Event(), timezone.now() + timedelta(days=days))


@pytest.mark.parametrize(
    ("answer", "finding"),
    [
        (b"stream: OK\0", CLEAN),
        (b"stream: Win.Test.EICAR_HDB-1 FOUND\0", Finding(Outcome.FOUND, "Win.Test.EICAR_HDB-1")),
        (b"INSTREAM size limit exceeded. ERROR\0", UNKNOWN),
        (b"stream: not OK\0", Finding(Outcome.UNKNOWN, "not OK")),
        (b"\xff\xfe OK\0", Finding(Outcome.UNKNOWN, "\ufffd\ufffd OK")),
    ],
)
def test_answers(answer, finding):
    assert understood(answer) == finding


def test_the_content_arrives_whole(clamd):
    content = bytes(range(256)) * 1_000
    assert scan(BytesIO(content)) == CLEAN
    assert scan(BytesIO(content + EVIL)) == FOUND
    assert clamd.seen == [content, content + EVIL]


def test_a_content_too_large_for_the_scanner(folder, settings):
    with listening(folder, most=100_000) as (settings.CCHC_CLAMD, _):
        assert scan(BytesIO(bytes(900_000))) == UNKNOWN


def test_silence_is_no_answer(folder, settings):
    with (
        listening(folder, is_silent=True) as (settings.CCHC_CLAMD, _),
        pytest.raises(OSError, match="without an answer"),
    ):
        scan(BytesIO(b"a"))


@pytest.mark.parametrize("address", ["unix:/no/such/socket", "tcp:127.0.0.1:1"])
def test_nobody_listens(settings, address):
    settings.CCHC_CLAMD = address
    with pytest.raises(OSError, match=r"refused|No such file"):
        scan(BytesIO(b"a"))


@pytest.mark.parametrize("address", ["127.0.0.1:3310", "tcp:3310", "http://x"])
def test_an_address_that_is_none(settings, address):
    settings.CCHC_CLAMD = address
    with pytest.raises(ValueError, match="CCHC_CLAMD is"):
        scan(BytesIO(b"a"))


@pytest.mark.parametrize(("content", "state"), [(pdf(), BlobState.SAFE), (pdf() + EVIL, BlobState.UNSAFE)])
def test_uploads_wait_for_the_scanner(committed_database, clamd, content, state):
    file = stored(content, by=official("hoa"))
    assert file.blob.state == BlobState.SCANNING
    work()
    blob = Blob.objects.get()
    assert (blob.state, blob.finding) == (state, "Test.Evil-1" if state == BlobState.UNSAFE else "")
    assert blob.scanned_at is not None
    assert clamd.seen == [content]
    if state == BlobState.UNSAFE:
        for refused in (lambda: stored(content, by=official("lan")), lambda: cite(**BY_TESTS, file=file, subject=UNIT)):
            with pytest.raises(DomainError, match="found_unsafe"):
                refused()


UNIT = ("organizations.Unit", "1")


def test_without_the_scanner_contents_wait_and_are_asked_for_again_at_night(committed_database, folder, settings):
    settings.CCHC_CLAMD = f"unix:{folder}/clamd.ctl"
    stored(pdf(), by=official("hoa"))
    work()
    assert Blob.objects.get().state == BlobState.SCANNING
    job = Job.objects.get(kind="files.scan")
    assert job.state == JobState.OPEN
    JobLease.writable().filter(job=job).update(free_at=None)  # as after its last attempt
    with listening(folder):
        work()  # the schedule is looked at for the first time
        work(days=1)
    assert Blob.objects.get().state == BlobState.SAFE


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("before", "finding", "after"),
    [
        (BlobState.SCANNING, CLEAN, BlobState.SAFE),
        (BlobState.SCANNING, FOUND, BlobState.UNSAFE),
        (BlobState.SCANNING, UNKNOWN, BlobState.QUARANTINED),
        (BlobState.SAFE, CLEAN, BlobState.SAFE),
        (BlobState.SAFE, FOUND, BlobState.UNSAFE),
        (BlobState.SAFE, UNKNOWN, BlobState.SAFE),
        (BlobState.QUARANTINED, CLEAN, BlobState.QUARANTINED),
        (BlobState.QUARANTINED, FOUND, BlobState.UNSAFE),
        (BlobState.UNSAFE, CLEAN, BlobState.UNSAFE),
    ],
)
def test_what_an_answer_changes(settings, before, finding, after):
    settings.CCHC_CLAMD = "unix:/x" if before == BlobState.SCANNING else ""
    blob = stored(pdf(), by=official("hoa")).blob
    if before == BlobState.QUARANTINED:
        hold_back(**BY_TESTS, blob=blob, reason="Nghi")
    elif before == BlobState.UNSAFE:
        mark_scanned(**BY_TESTS, sha256=blob.sha256, finding=FOUND)
    mark_scanned(**BY_TESTS, sha256=blob.sha256, finding=finding)
    blob.refresh_from_db()
    assert blob.state == after


@pytest.mark.django_db
def test_citing_what_is_still_being_scanned_is_allowed(settings):
    settings.CCHC_CLAMD = "unix:/x"
    file = stored(pdf(), by=official("hoa"))
    assert cite(**BY_TESTS, file=file, subject=("organizations.Unit", str(unit("tinh").pk)))
