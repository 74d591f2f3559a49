"""The same file from many at the same moment: one content; from one person twice: one file."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from cchc.audit.models import AuditEvent
from cchc.audit.queries import verify_chain
from cchc.files.actions import cite, store_upload
from cchc.files.models import Blob, Citation, StoredFile
from cchc.files.sending import Sender
from cchc.organizations.models import Official
from tests.factories.files import stored, trusted
from tests.factories.organizations import BY_TESTS, official, unit
from tests.files.samples import pdf

MANY = 6
pytestmark = pytest.mark.usefixtures("committed_database")


def at_once(work: Callable[[Any], Any], given: list[Any]) -> list[Any]:
    """Each in a thread of its own; all set out together."""
    start = Barrier(len(given))

    def do(one: Any) -> Any:
        start.wait()
        try:
            return work(one)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(given)) as pool:
        return list(pool.map(do, given))


def upload(sender: Official) -> int:
    with trusted(pdf(), "a.pdf") as arrived:
        return store_upload(**BY_TESTS, upload=arrived, sender=Sender(sender), denies_state_secret=True).pk


def test_the_same_file_from_many_is_one_content(own_data):
    people = [official(f"cb{number}") for number in range(MANY)]
    numbers = at_once(upload, people)
    assert len(set(numbers)) == MANY == StoredFile.objects.count()
    blob = Blob.objects.get()
    assert [path.name for path in (own_data / "files").rglob("*") if path.is_file()] == [blob.sha256]
    assert AuditEvent.objects.filter(kind="files.content_stored").count() == 1
    assert verify_chain().is_valid


def test_a_form_sent_twice_is_one_file():
    numbers = at_once(upload, [official("hoa")] * MANY)
    assert set(numbers) == {StoredFile.objects.get().pk}
    assert AuditEvent.objects.filter(kind="files.file_uploaded").count() == 1


def test_a_file_cited_twice_at_once_is_cited_once():
    file, place = stored(pdf(), by=official("hoa")), unit("tinh")
    subject = ("organizations.Unit", str(place.pk))
    at_once(lambda _: cite(**BY_TESTS, file=file, subject=subject), [None] * MANY)
    assert Citation.objects.count() == 1
