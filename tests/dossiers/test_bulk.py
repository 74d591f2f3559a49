"""Many dossiers at once: what a file says and what is wrong with it; received row by row, each once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cchc.dossiers.actions.bulk import carry_out_batch, hand_in_batch, receive_row, set_batch_aside
from cchc.dossiers.bulk.layout import MOST_ROWS, SHEET
from cchc.dossiers.bulk.planning import plan_file, same_as
from cchc.dossiers.jobs import receive_batch
from cchc.dossiers.models import Dossier, IntakeBatch, IntakeRow
from cchc.dossiers.queries.bulk import job_of, open_for, rows_of
from cchc.interface.actions import cancel_job, save_part
from cchc.interface.jobs import leases
from cchc.interface.jobs.running import Run, WorkerStopping
from cchc.interface.models import Job
from cchc.organizations.actions.rights import withdraw_role
from cchc.organizations.models import RoleGrant
from cchc.records.errors import DomainError
from cchc.tables.writing import Column, SheetToWrite, write_xlsx
from tests.factories.clients import client_of
from tests.factories.dossiers import BIRTH, Desk, at, intake, received
from tests.factories.jobs import do_job
from tests.factories.organizations import BY_TESTS, TODAY
from tests.support.taken import rows_of as rows_taken

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
NOW = at("23 15:00")


def workbook(*rows: Mapping[str, object]) -> bytes:
    columns = tuple(Column(one.names[0]) for one in SHEET.columns)
    cells = [[str(row.get(one.key, "")) for one in SHEET.columns] for row in rows]
    return write_xlsx([SheetToWrite(SHEET.name, columns, cells)])


def row(name: str = "Trần Thị Lan", **said: object) -> Mapping[str, object]:
    return {"procedure": BIRTH, "name": name, **said}


def planned(desk: Desk, *rows: Mapping[str, object]) -> tuple[int, list[str]]:
    plan = plan_file(workbook(*rows), "ho-so.xlsx", desk.commune, NOW)
    return len(plan.rows), [one.message.code for one in plan.problems]


def handed_in(desk: Desk, *rows: Mapping[str, object]) -> IntakeBatch:
    given = {"unit": desk.commune, "file": "ho-so.xlsx", "content": workbook(*rows), "official": desk.receiver}
    return hand_in_batch(**desk.as_(desk.receiver, "23 14:50"), **given)


def carried_out(desk: Desk, *rows: Mapping[str, object], **more: Any) -> IntakeBatch:
    batch = handed_in(desk, *rows)
    return carry_out_batch(**desk.as_(desk.receiver, "23 14:55"), number=batch.pk, **more)


def asked_job(batch: IntakeBatch) -> Job:
    found = job_of(batch)
    assert found is not None
    return found


@pytest.fixture(autouse=True)
def account(desk: Desk) -> None:
    """The job acts with what the receiver may do, which is asked of an account."""
    client_of(desk.receiver)


@pytest.mark.requirement(87)
@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ({}, []),
        ({"procedure": "9.999999"}, ["dossiers.batch_not_received"]),
        ({"procedure": ""}, ["dossiers.batch_empty"]),
        ({"name": ""}, ["dossiers.batch_empty"]),
        ({"papers": "Tờ khai đăng ký khai sinh\nGiấy chứng sinh"}, []),
        ({"papers": "Tờ khai đăng ký khai sinh"}, ["dossiers.paper_missing"]),
        ({"papers": "Tờ khai đăng ký khai sinh\nGiấy chứng sinh\nSổ đỏ"}, ["dossiers.batch_unknown_paper"]),
        ({"handed_in_at": "23/11/2026 15:00", "evidence": "Sổ số 12"}, []),
        ({"handed_in_at": "23/11/2026 15:01", "evidence": "Sổ số 12"}, ["dossiers.batch_moment_to_come"]),
        ({"handed_in_at": "20/11/2026 08:00"}, ["dossiers.batch_no_evidence"]),
        ({"handed_in_at": "sáng thứ sáu", "evidence": "Sổ"}, ["dossiers.batch_no_moment"]),
        ({"is_no_duplicate": "có lẽ"}, ["organizations.import_not_a_flag"]),
    ],
)
def test_each_row_is_told_what_is_wrong_with_it(desk: Desk, said: Mapping[str, object], codes: list[str]):
    names = {paper.name.vi for paper in desk.procedures[BIRTH].versions.get().value.components}
    if "papers" in said:
        first, second = sorted(names, key=lambda name: "chứng sinh" in name)
        texts = {"Tờ khai đăng ký khai sinh": first, "Giấy chứng sinh": second}
        said = {"papers": "\n".join(texts.get(line, line) for line in str(said["papers"]).splitlines())}
    fine, found = planned(desk, row("Y Nga", number="1"), {**row(), **said})
    assert (fine, found) == (1 if codes else 2, codes)


def test_a_fault_names_its_row_and_column(desk: Desk):
    plan = plan_file(workbook(row(), row("Y Nga", procedure="9.9")), "ho-so.xlsx", desk.commune, NOW)
    (fault,) = plan.problems
    assert (fault.place.sheet, fault.place.row, fault.place.column) == ("Hồ sơ", 3, "A")


def test_a_dossier_that_is_open_or_stands_twice_is_told_unless_it_is_said_to_be_another(desk: Desk):
    received(desk)
    one = {"number": "001300012345"}
    assert planned(desk, row(**one))[1] == ["dossiers.batch_duplicate"]
    assert planned(desk, row(**one, is_no_duplicate="Có"))[1] == []
    assert planned(desk, row("Y Nga", number="7"), row("Y Nga", number="7"))[1] == ["dossiers.batch_twice"]
    assert planned(desk, row("Y Nga", address="Thôn 1"), row("Y Nga", address="Thôn 2"))[1] == []


@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(["", "1", "2"]), st.sampled_from(["", "x"])), max_size=6)
)
def test_rows_are_the_same_by_number_else_by_name_and_address(rows: list[tuple[str, str, str]]):
    said = [{"procedure": "p", "name": name, "number": number, "address": where} for name, number, where in rows]
    for one in said:
        for other in said:
            if one["number"] or other["number"]:
                same = one["number"] == other["number"]
            else:
                same = (one["name"], one["address"]) == (other["name"], other["address"])
            assert (same_as(one) == same_as(other)) == same


def test_a_file_that_is_no_table_is_a_finding(desk: Desk):
    plan = plan_file(b"\x00\x01", "ho-so.xlsx", desk.commune, NOW)
    assert not plan.rows and len(plan.problems) == 1


@pytest.mark.parametrize(("rows", "fits"), [(MOST_ROWS, True), (MOST_ROWS + 1, False)])
def test_a_file_has_so_many_rows_and_no_more(desk: Desk, rows: int, fits: bool):
    fine, codes = planned(desk, *(row(f"Người {number}", number=str(number)) for number in range(rows)))
    assert (fine, codes) == ((rows, []) if fits else (0, ["dossiers.batch_too_long"]))


@pytest.mark.requirement(43)
def test_rows_become_dossiers_in_their_order_by_who_carried_the_list_out(desk: Desk):
    batch = carried_out(desk, row("Một", number="1"), row("Hai", number="2"), row("Ba", number="3"))
    assert batch.content == b"" and not Dossier.objects.exists()
    job = do_job(asked_job(batch))
    assert job.state == "finished"
    rows = list(rows_of(batch))
    assert [one.dossier.code[-4:] for one in rows] == ["0001", "0002", "0003"]
    assert [one.dossier.owner_name for one in rows] == ["Một", "Hai", "Ba"]
    assert [one.said for one in rows] == [{}] * 3
    first = rows[0].dossier
    assert first.steps.get(step="receive").holder == desk.receiver
    assert first.events.get(act="receive").by == desk.receiver and first.components.count() == 2


def test_a_row_that_cannot_be_received_says_why_and_stops_no_other(desk: Desk):
    batch = carried_out(desk, row("Một", number="1"), row("Hai", number="2"))
    procedure = desk.procedures[BIRTH]
    received(desk, intake=intake(procedure, name="Một", number="1"))  # at the counter, meanwhile
    do_job(asked_job(batch))
    first, second = rows_of(batch)
    assert first.dossier is None and "trùng" in first.why_vi and first.why_en and first.said["name"] == "Một"
    assert second.dossier is not None and second.dossier.code.endswith("0002"), "what was refused took no code along"


def test_a_faulty_file_is_carried_out_only_where_its_faulty_rows_are_left_out(desk: Desk):
    batch = handed_in(desk, row("Một"), row("Hai", procedure="9.9"))
    with pytest.raises(DomainError) as refused:
        carry_out_batch(**desk.as_(desk.receiver, "23 14:55"), number=batch.pk)
    assert refused.value.code == "dossiers.batch_not_received"
    carry_out_batch(**desk.as_(desk.receiver, "23 14:56"), number=batch.pk, skips_faulty=True)
    assert [(one.said["name"], "9.9" in one.why_vi and "9.9" in one.why_en) for one in rows_of(batch)] == [
        ("Một", False), ("Hai", True),
    ]  # fmt: skip
    do_job(asked_job(batch))
    assert [one.dossier is not None for one in rows_of(batch)] == [True, False], "what was left out stays so"
    with pytest.raises(DomainError, match="batch_over"):
        set_batch_aside(**desk.as_(desk.receiver, "23 14:57"), number=batch.pk)


def test_a_killed_worker_leaves_no_half_row_and_the_next_receives_none_twice(desk: Desk):
    batch = carried_out(desk, *(row(f"Người {number}", number=str(number)) for number in range(5)))
    stop, job = Event(), asked_job(batch)

    def save_two(**given: Any) -> None:
        save_part(**given)
        if Dossier.objects.count() == 2:
            stop.set()

    lease = leases.take(worker="first", kinds=[job.kind], now=timezone.now())
    assert lease is not None
    with pytest.raises(WorkerStopping):
        receive_batch.function(Run(lease, job, stop, save_two), number=batch.pk)
    assert Dossier.objects.count() == 2 and len([one for one in rows_of(batch) if one.dossier]) == 2
    leases.give_back(lease, now=timezone.now())
    do_job(job)
    codes = [one.dossier.code[-4:] for one in rows_of(batch)]
    assert codes == ["0001", "0002", "0003", "0004", "0005"] and Dossier.objects.count() == 5
    again = IntakeRow.objects.filter(batch=batch)[0]
    receive_row(actor=desk.as_(desk.receiver, "23 15:00")["actor"], now=NOW, row=again.pk)
    assert Dossier.objects.count() == 5


def test_whoever_cancels_stops_between_rows_and_may_go_on(desk: Desk):
    batch = carried_out(desk, row("Một"), row("Hai"))
    job = asked_job(batch)
    cancel_job(**desk.as_(desk.receiver, "23 14:59"), number=job.pk)
    assert leases.take(worker="w", kinds=[job.kind], now=timezone.now()) is None
    page = client_of(desk.receiver).get(f"/ho-so/nhap-tep/{batch.pk}/").content.decode()
    assert "tiep-tuc" in page or "/tac-vu/" in page
    assert not Dossier.objects.exists()


def test_who_may_not_receive_any_more_receives_no_row(desk: Desk):
    batch = carried_out(desk, row("Một"))
    held = RoleGrant.objects.get(official=desk.receiver)
    withdraw_role(**BY_TESTS, grant=held, ends_on=TODAY - timedelta(1), reason="Chuyển việc")
    with pytest.raises(DomainError) as refused:
        do_job(asked_job(batch))
    assert refused.value.code == "dossiers.receivers_not_allowed" and not Dossier.objects.exists()


def test_when_it_came_on_paper_stands_beside_the_systems_moment_and_moves_nothing(desk: Desk):
    said = {"handed_in_at": "20/11/2026 08:15", "evidence": "Sổ giấy số 12"}
    batch = carried_out(desk, row("Một", number="1", **said), row("Hai", number="2"))
    do_job(asked_job(batch))
    first, second = (one.dossier for one in rows_of(batch))
    assert first.earlier_reception.handed_in_at == at("20 08:15")
    assert first.earlier_reception.claimed_by == desk.receiver
    assert (first.received_at.date(), first.due_at) == (second.received_at.date(), second.due_at)
    assert "-261123-" in first.code
    page = client_of(desk.receiver).get(f"/ho-so/{first.pk}/").content.decode()
    assert "Sổ giấy số 12" in page and "08:15" in page


def test_a_list_through_the_pages(desk: Desk):
    client = client_of(desk.receiver)
    address = "/ho-so/tiep-nhan/xa-mot/nhap-tep/"
    template = client.get(f"{address}mau/?ma={BIRTH}")
    assert rows_taken(template, "Hồ sơ")[0][:2] == ["Mã thủ tục", "Chủ hồ sơ"]
    content = workbook(row("Một", number="1"), row("Hai", procedure="9.9"))
    made = client.post(address, {"file": SimpleUploadedFile("ho-so.xlsx", content)})
    batch = IntakeBatch.objects.get()
    page = client.get(made.headers["Location"]).content.decode()
    assert "9.9" in page and "Hồ sơ" in page, page
    refused = client.post(f"/ho-so/nhap-tep/{batch.pk}/tiep-nhan/", {})
    assert refused.status_code == 422 and "Đánh dấu ô này để tiếp nhận" in refused.content.decode()
    done = client.post(f"/ho-so/nhap-tep/{batch.pk}/tiep-nhan/", {"skips_faulty": "on"})
    assert done.status_code == 302
    do_job(asked_job(batch))
    dossier = Dossier.objects.get()
    page = client.get(f"/ho-so/nhap-tep/{batch.pk}/").content.decode()
    assert dossier.code in page
    assert "Hai" in page and "9.9" in page and "1 trên 2" in page, "the row that was left out stays with the reason"
    slips = client.get(f"/ho-so/nhap-tep/{batch.pk}/phieu/").content.decode()
    assert dossier.code in slips and dossier.slip.token in slips
    results = rows_taken(client.get(f"/ho-so/nhap-tep/{batch.pk}/ket-qua/"))
    assert dossier.code in {str(cell) for line in results for cell in line}
    assert client_of(desk.stranger).get(f"/ho-so/nhap-tep/{batch.pk}/").status_code == 403


def test_rows_typed_at_the_counter(desk: Desk):
    client = client_of(desk.receiver)
    address = f"/ho-so/tiep-nhan/xa-mot/{BIRTH}/nhieu/"
    assert client.get(address).status_code == 200
    typed = {"name_1": "Một", "number_1": "1", "phone_2": "0900", "confirms_papers": "on"}
    refused = client.post(address, typed)
    assert refused.status_code == 422 and "Một" in refused.content.decode()
    made = client.post(address, typed | {"name_2": "Hai"})
    batch = IntakeBatch.objects.get()
    assert made.headers["Location"] == f"/ho-so/nhap-tep/{batch.pk}/" and batch.is_typed
    do_job(asked_job(batch))
    assert sorted(Dossier.objects.values_list("owner_name", flat=True)) == ["Hai", "Một"]


def test_pages_ask_as_often_with_one_row_as_with_ten(desk: Desk):
    client, asked = client_of(desk.receiver), []
    for number in (1, 10):
        rows = [row(f"Người {number} {one}", number=f"{number}{one}") for one in range(number)]
        batch, counted = handed_in(desk, *rows), []
        counted.append(questions(client, f"/ho-so/nhap-tep/{batch.pk}/"))
        carry_out_batch(**desk.as_(desk.receiver, "23 14:55"), number=batch.pk)
        do_job(asked_job(batch))
        counted += [questions(client, f"/ho-so/nhap-tep/{batch.pk}/{place}") for place in ("", "phieu/", "ket-qua/")]
        asked.append(counted)
    assert asked[0] == asked[1] and max(asked[0]) <= 9


def questions(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as counted:
        client.get(address)
    return len(counted)


def test_what_may_be_open_already_is_one_question(desk: Desk):
    received(desk)
    said = [{"procedure": BIRTH, "name": "Trần Thị Lan", "address": "Thôn 1"}]
    with CaptureQueriesContext(connection) as counted:
        found = open_for(desk.commune, said)
    assert len(counted) == 1 and same_as(said[0]) in found
