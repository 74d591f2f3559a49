"""Large catalogues by a job that may be cancelled; reminders once a month; what the command line says and does."""

from __future__ import annotations

import csv as csv_module
import io
import json
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from cchc.cli.main import main
from cchc.interface.actions import request_job
from cchc.interface.jobs.leases import JobCancelled
from cchc.interface.models import Job
from cchc.notices.models import Notice
from cchc.procedures.actions.imports import import_file
from cchc.procedures.actions.publications import note_review
from cchc.procedures.jobs import COMMIT_JOB, REMIND
from cchc.procedures.models import Procedure, ProcedureVersion
from cchc.procedures.queries.reminders import due_for_review, keepers_to_remind
from cchc.records.errors import DomainError
from tests.factories.clients import client_of
from tests.factories.jobs import do_job
from tests.factories.organizations import BY_TESTS, NOW, TESTER, TODAY
from tests.procedures.test_imports import hand_in
from tests.procedures.test_loading import SHIPPED
from tests.support.taken import rows_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
SAMPLE = SHIPPED.read_bytes()


@pytest.fixture
def officer(people) -> Client:
    return client_of(people.officer)


def digest_of(page: str) -> str:
    return page.split('name="digest" value="')[1].split('"', maxsplit=1)[0]


def test_many_versions_are_written_by_a_job_that_leads_back(people, officer, monkeypatch):
    monkeypatch.setattr("cchc.procedures.views.imports.MOST_AT_ONCE", 1)
    address = hand_in(officer, SAMPLE, "mau.yaml")
    page = officer.get(address).content.decode()
    assert 'name="large" value="1"' in page
    asked = {"digest": digest_of(page), "large": "1"}
    first, again = (officer.post(f"{address}thuc-hien/", asked)["Location"] for _ in range(2))
    job = Job.objects.get(kind=COMMIT_JOB)
    assert first == again == f"/tac-vu/{job.pk}/" and not Procedure.objects.exists()
    done = do_job(job)
    assert done.result == int(address.strip("/").split("/")[-1]) and Procedure.objects.count() == 2
    assert "Đã thực hiện lúc" in officer.get(address).content.decode()


def test_a_few_are_written_at_once(people, officer):
    address = hand_in(officer, SAMPLE, "mau.yaml")
    page = officer.get(address).content.decode()
    assert 'name="large"' not in page
    assert officer.post(f"{address}thuc-hien/", {"digest": digest_of(page)})["Location"] == address
    assert Procedure.objects.count() == 2 and not Job.objects.filter(kind=COMMIT_JOB).exists()


def test_who_cancels_in_the_middle_finds_nothing_written(people):
    told: list[tuple[int, int]] = []

    def cancelled(done: int, of: int) -> None:
        told.append((done, of))
        if done == 1:
            raise JobCancelled

    with pytest.raises(JobCancelled):
        import_file(**BY_TESTS, keeper=people.province, file="mau.yaml", content=SAMPLE, tell=cancelled)
    assert told == [(0, 2), (1, 2)] and not Procedure.objects.exists()


def test_the_command_says_what_changes_and_writes_only_with_apply(people, capsys):
    asked = ["procedures", "import", str(SHIPPED), "--unit", "tinh"]
    assert main(asked) == 0
    said = capsys.readouterr().out
    assert "Thủ tục mới: MAU-001" in said and "--apply" in said and not Procedure.objects.exists()
    assert main([*asked, "--apply", "--json"]) == 0
    written = json.loads(capsys.readouterr().out)
    assert written["committed"] and len(written["changes"]) == ProcedureVersion.objects.count() == 3
    assert main([*asked, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"committed": False, "unchanged": 3, "changes": []}
    assert main([*asked[:-1], "khong-co"]) == 1


def test_the_command_shows_before_and_after(people, capsys, tmp_path):
    assert main(["procedures", "import", str(SHIPPED), "--unit", "tinh", "--apply"]) == 0
    other = tmp_path / "khac.yaml"
    other.write_bytes(SAMPLE.replace(b"limit: {working_days: 1}", b"limit: {working_days: 2}", 1))
    capsys.readouterr()
    assert main(["procedures", "import", str(other), "--unit", "tinh", "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "MAU-001" in said and "1 working days → 2 working days" in said


def test_a_file_with_a_fault_changes_nothing(people, capsys, tmp_path):
    wrong = tmp_path / "sai.yaml"
    wrong.write_bytes(SAMPLE.replace(b"limit: {working_hours: 4}", b"limit: {working_hours: 400}", 1))
    assert main(["procedures", "import", str(wrong), "--unit", "tinh", "--apply"]) == 1
    assert not Procedure.objects.exists()
    with pytest.raises(DomainError):
        import_file(**BY_TESTS, keeper=people.province, file="sai.yaml", content=wrong.read_bytes())


@pytest.fixture
def waiting(people) -> Procedure:
    """Both sample procedures, the birth one in force for more than a year."""
    import_file(**BY_TESTS, keeper=people.province, file="mau.yaml", content=SAMPLE)
    return Procedure.objects.get(code="MAU-001")


def reminded(at: datetime) -> int:
    with time_machine.travel(at, tick=False):
        do_job(request_job(actor=TESTER, now=at, kind=REMIND, key=at.isoformat()))
    return Notice.objects.filter(kind="procedures.waiting").count()


def test_who_keeps_a_catalogue_is_reminded_once_a_month(people, waiting):
    late = NOW + timedelta(days=800)
    number = due_for_review(late.date()).count()
    assert number == 2
    assert reminded(late) == 1
    notice = Notice.objects.get(kind="procedures.waiting")
    assert notice.recipient_id == people.officer.pk and notice.parameters["reviews"] == number
    assert reminded(late + timedelta(hours=1)) == 1, "not twice in a month"
    assert reminded(late + timedelta(days=31)) == 2


def test_nobody_is_reminded_of_what_was_reviewed(people, waiting):
    late = NOW + timedelta(days=800)
    for one in Procedure.objects.order_by("pk"):
        note_review(actor=TESTER, now=late, procedure=one, reviewed_on=late.date(), outcome="keep", text="Rà soát")
    assert keepers_to_remind(late) == [] and reminded(late) == 0


def test_the_reminder_counts_what_the_catalogue_lists(people, officer, waiting):
    day = date(2029, 2, 1)
    with time_machine.travel(datetime(2029, 2, 1, 9, tzinfo=NOW.tzinfo), tick=False):
        page = client_of(people.officer).get("/thu-tuc/?ra-soat=den-han").content.decode()
    for one in due_for_review(day):
        assert one.code in page


def test_the_publication_register_is_taken_along_as_it_is_narrowed(people, officer, waiting):
    from cchc.procedures.actions.publications import Posting, note_publication

    version = ProcedureVersion.objects.filter(procedure=waiting).order_by("-pk")[0]
    posting = Posting(people.commune, "=Bảng niêm yết", TODAY)
    note_publication(**BY_TESTS, version=version, posting=posting)
    rows = rows_of(officer.get("/thu-tuc/cong-khai/bang.xlsx"))
    assert [row[0] for row in rows] == ["Mã", "MAU-001"] or rows[1][0] == "MAU-001"
    text = officer.get("/thu-tuc/cong-khai/bang.csv").content.decode("utf-8-sig")
    lines = list(csv_module.reader(io.StringIO(text), delimiter=";"))
    assert lines[1][0] == "MAU-001" and lines[1][5].endswith("Bảng niêm yết") and not lines[1][5].startswith("=")
    assert len(rows_of(officer.get("/thu-tuc/cong-khai/bang.xlsx?tim=khong-co"))) == 1
