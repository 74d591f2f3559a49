"""A list that is too long to be written while somebody waits: a job writes it, and who asked fetches it."""

from __future__ import annotations

import json
from datetime import timedelta
from threading import Event

import pytest
import time_machine

from cchc.audit.queries import events_of
from cchc.interface.jobs import leases
from cchc.interface.jobs.leases import JobCancelled
from cchc.interface.jobs.running import Run
from cchc.organizations.actions.rights import withdraw_role
from cchc.organizations.exporting import handing_out, storing
from cchc.organizations.jobs import write_export
from cchc.organizations.models import Export, RoleGrant
from cchc.organizations.retention import exports as kept
from cchc.privacy.log import disclosure_log
from cchc.records.errors import DomainError
from tests.factories.clients import client_of
from tests.factories.followups import directive, task
from tests.factories.jobs import do_job
from tests.factories.organizations import BY_TESTS, NOW, TODAY
from tests.support.taken import below_heading, rows_of

pytestmark = pytest.mark.django_db
BOARD = "/nhiem-vu/danh-sach.xlsx"


@pytest.fixture(autouse=True)
def today(settings, tmp_path, monkeypatch):
    settings.CCHC_DATA = tmp_path
    monkeypatch.setattr(handing_out, "MOST_AT_ONCE", -1)
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def sent(people):
    made = directive(people.province, [people.commune, people.other], people.office)
    for number in (1, 2, 3):
        task(people.commune, people.chairman, people.office, f"Việc {number}", subject=made)
    return made


def asked(client, address: str) -> Export:
    """From the list to the page that has it written, and on to the job."""
    answer = client.post(address) if "bang-theo-doi" in address else client.get(address)
    assert answer.status_code == 302 and answer.url.startswith("/bang-tai-ve/")
    assert "một tác vụ lập thành bảng tính" in client.get(answer.url).content.decode()
    to_job = client.post(answer.url)
    made = Export.objects.select_related("job").latest("pk")
    assert (to_job.status_code, to_job.url) == (302, f"/tac-vu/{made.job_id}/")
    return made


@pytest.mark.requirement(62, 93)
def test_a_long_board_is_written_by_a_job_and_fetched_by_whoever_asked(people, sent):
    officer = client_of(people.officer)
    made = asked(officer, f"{BOARD}?tim=việc&trang-thai=all")
    assert officer.get(f"/bang-tai-ve/{made.pk}/tep.xlsx").status_code == 404, "it is not written yet"
    do_job(made.job)
    assert f"/bang-tai-ve/{made.pk}/tep.xlsx" in officer.get(f"/tac-vu/{made.job_id}/").content.decode()
    answer = officer.get(f"/bang-tai-ve/{made.pk}/tep.xlsx")
    rows = rows_of(answer)
    assert [row[1] for row in below_heading(rows)] == ["Việc 1", "Việc 2", "Việc 3"]
    assert any(row[0].endswith(": việc") for row in rows[:5]), "what narrows it stands above"
    path = storing.path_of(made.pk)
    assert path.stat().st_mode & 0o777 == 0o600 and path.parent.stat().st_mode & 0o777 == 0o700
    (line,) = [one for one in disclosure_log().newest() if one.page == "organizations:export"]
    assert (line.way, line.people, line.subject_id) == ("export", 1, str(made.pk))
    kinds = [event.kind for event in events_of(made)]
    assert kinds == ["organizations.export_asked", "organizations.export_written"]
    said = [json.loads(event.payload.body)["after"] for event in events_of(made)]
    assert said == [{"kind": "followups.board"}, {"kind": "followups.board", "people": 1}], "no word that was searched"


@pytest.mark.parametrize(("most", "status"), [(3, 200), (2, 302)])
def test_up_to_the_limit_it_is_answered_at_once(people, sent, monkeypatch, most, status):
    monkeypatch.setattr(handing_out, "MOST_AT_ONCE", most)
    assert client_of(people.officer).get(BOARD).status_code == status


@pytest.mark.requirement(124)
def test_nobody_else_fetches_it_and_not_with_other_rights_than_then(people, sent):
    officer = client_of(people.officer)
    made = asked(officer, BOARD)
    do_job(made.job)
    address = f"/bang-tai-ve/{made.pk}/tep.xlsx"
    assert client_of(people.office_head).get(address).status_code == 404
    held = RoleGrant.objects.get(official=people.officer)
    withdraw_role(**BY_TESTS, grant=held, ends_on=TODAY - timedelta(days=1), reason="Chuyển việc")
    assert officer.get(address).status_code == 409


@pytest.mark.requirement(124)
def test_a_job_reads_nothing_for_whoever_lost_a_role_meanwhile(people, sent):
    made = asked(client_of(people.officer), BOARD)
    held = RoleGrant.objects.get(official=people.officer)
    withdraw_role(**BY_TESTS, grant=held, ends_on=TODAY - timedelta(days=1), reason="Chuyển việc")
    with pytest.raises(DomainError) as refused:
        do_job(made.job)
    assert refused.value.code == "organizations.export_stale" and not storing.path_of(made.pk).exists()


def test_without_a_second_factor_the_job_sees_what_was_seen_then(people, sent):
    made = asked(client_of(people.officer, second_factor=False), BOARD)
    assert do_job(made.job).result == made.pk


def test_who_asks_again_while_it_is_written_gets_the_same_and_later_a_new_one(people, sent):
    officer = client_of(people.officer)
    first = asked(officer, BOARD)
    assert asked(officer, BOARD) == first
    assert asked(officer, f"{BOARD}?tim=khac") != first
    do_job(first.job)
    assert asked(officer, BOARD) != first


def test_writing_tells_how_far_it_is_and_ends_where_it_was_cancelled(people, sent):
    made = asked(client_of(people.officer), BOARD)
    lease = leases.take(worker="test", kinds=[made.job.kind], now=NOW)
    run = Run(lease, made.job, Event(), save_part=None)
    told = []

    def progress(done: int, of: int) -> None:
        told.append((done, of))
        if done == 2:
            raise JobCancelled

    run.progress = progress
    with pytest.raises(JobCancelled):
        write_export.function(run, number=made.pk)
    assert told == [(0, 3), (1, 3), (2, 3)] and not storing.path_of(made.pk).exists()


def test_its_time_ends_and_the_file_with_it(people, sent):
    officer = client_of(people.officer)
    done, waiting = asked(officer, BOARD), asked(officer, f"{BOARD}?tim=mot")
    do_job(done.job)
    late = NOW + timedelta(days=3)
    assert kept.dispose(actor=BY_TESTS["actor"], now=late, before=NOW, most=9) == 0
    assert kept.dispose(actor=BY_TESTS["actor"], now=late, before=late, most=9) == 1
    assert list(Export.objects.all()) == [waiting], "whose job is not over stays"
    assert not storing.path_of(done.pk).exists()
    assert officer.get(f"/bang-tai-ve/{done.pk}/tep.xlsx").status_code == 404


def test_a_file_that_is_gone_is_said_to_be_gone(people, sent):
    officer = client_of(people.officer)
    made = asked(officer, BOARD)
    do_job(made.job)
    storing.remove(made.pk)
    assert officer.get(f"/bang-tai-ve/{made.pk}/tep.xlsx").status_code == 404


@pytest.mark.parametrize("kind", ["followups.khac", "organizations.register"])
def test_what_is_no_list_or_not_ones_own_is_not_written(people, kind):
    answer = client_of(people.officer).post(f"/bang-tai-ve/{kind}/")
    assert answer.status_code in {403, 404} and not Export.objects.exists()


def test_unclear_filters_make_no_file(people, sent):
    assert client_of(people.officer).post("/bang-tai-ve/followups.board/?don-vi=khong-co").status_code == 422
    assert not Export.objects.exists()


@pytest.mark.parametrize(
    "address",
    ["/nhiem-vu/chua-bao-cao/danh-sach.xlsx", "/kho-khan/danh-sach.xlsx", "/van-ban-chi-dao/danh-sach.xlsx", "table"],
)
def test_every_list_of_the_room_goes_that_way(people, sent, address, today):
    today.move_to(NOW + timedelta(days=40))
    address = f"/van-ban-chi-dao/{sent.pk}/bang-theo-doi.xlsx" if address == "table" else address
    officer = client_of(people.officer)
    made = asked(officer, address)
    do_job(made.job)
    answer = officer.get(f"/bang-tai-ve/{made.pk}/tep.xlsx")
    assert answer.status_code == 200 and answer.content.startswith(b"PK")
    if "bang-theo-doi" in address:
        assert "followups.table_taken" in {event.kind for event in events_of(sent)}
