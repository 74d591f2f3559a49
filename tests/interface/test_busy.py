"""While something large is written, whoever else writes waits; if it takes too long, they are told and lose nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest
import time_machine
from django.db import connection, transaction

from cchc.organizations.models import Official, Unit
from tests.factories.clients import client_of
from tests.factories.organizations import NOW, grant, official, unit

pytestmark = [pytest.mark.usefixtures("committed_database")]
NEW = {"name": "Lê Văn Ẵng", "code": "cb9", "post": "Chuyên viên", "starts_on": "23/11/2026"}


@pytest.fixture(autouse=True)
def only_one_writes(settings, tmp_path) -> Iterator[None]:
    if connection.vendor != "sqlite":
        pytest.skip("on PostgreSQL writers wait for each other's rows alone, and as long as it takes")
    settings.CCHC_DATA = tmp_path
    with time_machine.travel(NOW, tick=False):
        yield


@contextmanager
def somebody_writes() -> Iterator[None]:
    """Another connection holds the only right to write; whoever waits gives up soon."""
    begun, over = Event(), Event()

    def write() -> None:
        try:
            with transaction.atomic():
                begun.set()
                over.wait()
        finally:
            connection.close()

    thread = Thread(target=write)
    thread.start()
    begun.wait()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")
    try:
        yield
    finally:
        over.set()
        thread.join()


@pytest.fixture
def administrator():
    province: Unit = unit("tinh", name="tỉnh Mẫu")
    person = official("quan-tri", works_in=province)
    grant(person, "administrator", province, covers_subtree=True)
    return client_of(person)


def test_a_form_keeps_what_was_typed_and_is_saved_afterwards(administrator):
    with somebody_writes():
        answer = administrator.post("/don-vi/tinh/can-bo/them/", NEW)
        page = answer.content.decode()
        assert answer.status_code == 503
        assert "đang ghi một việc lớn" in page and 'value="Lê Văn Ẵng"' in page
        assert administrator.get("/don-vi/tinh/").status_code == 200, "reading goes on"
    assert not Official.objects.filter(code="cb9").exists()
    assert administrator.post("/don-vi/tinh/can-bo/them/", NEW).status_code == 302


def test_a_button_says_so_on_a_page_of_its_own(administrator):
    official("cb1", works_in=Unit.objects.get(code="tinh"))
    with somebody_writes():
        answer = administrator.post("/can-bo/cb1/tai-khoan/", {"username": "cb1.ten"})
        assert answer.status_code == 503
        assert "Chờ nửa phút" in answer.content.decode()
    assert administrator.post("/can-bo/cb1/tai-khoan/", {"username": "cb1.ten"}).status_code == 200
