"""Where dossiers stand, exchanged by files: queued with every code, lost and repeated files harm nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc.cli.main import main
from cchc.dossiers.actions import ending, pausing
from cchc.dossiers.actions.reporting import Answered, answer_progress, send_again, send_progress
from cchc.dossiers.models import Dossier, ProgressReport
from cchc.dossiers.progress_files import Answer, read_answers, written
from cchc.dossiers.queries.progress import to_export
from cchc.dossiers.states import NATIONAL_CODES
from cchc.dossiers.states_sync import SYNCHRONISATION
from cchc.records.errors import DomainError, Place, Unreadable
from tests.factories.clients import client_of
from tests.factories.dossiers import Desk, at, completed, now_of, received, settled, taken
from tests.factories.organizations import BY_TESTS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
NEXT = {
    "not_sent": {"queue": "queued"},
    "queued": {"queue": "queued", "send": "sent"},
    "sent": {"queue": "queued", "confirm": "confirmed", "fail": "failed"},
    "confirmed": {"queue": "queued"},
    "failed": {"queue": "queued", "confirm": "confirmed", "send_again": "queued"},
}  # fmt: skip
"""Where a report may go, written out a second time."""


def reported(dossier: Dossier) -> list[tuple[int, int, str]]:
    found = ProgressReport.objects.filter(dossier=dossier).order_by("number")
    return list(found.values_list("number", "national_code", "status"))


def sent(when: str = "24 08:00", since: Any = None) -> list[ProgressReport]:
    reports = list(to_export(since))
    send_progress(**BY_TESTS | {"now": at(when)}, reports=reports)
    return reports


def answered(said: Iterable[tuple[str, int, str, str]], when: str = "25 08:00") -> Answered:
    answers = [Answer(code, number, outcome, reason, Place()) for code, number, outcome, reason in said]
    return answer_progress(**BY_TESTS | {"now": at(when)}, answers=answers)


def line(dossier: Dossier) -> str:
    return now_of(dossier).synchronisation


def test_a_report_goes_where_the_second_writing_says_and_nowhere_else():
    table = SYNCHRONISATION
    found = {one.id: {step.id: table.after(one.id, step) for step in table.steps_from(one.id)} for one in table.states}
    assert found == NEXT


@pytest.mark.requirement(12)
def test_every_act_that_changes_the_national_code_queues_it_and_no_other_does(desk: Desk):
    dossier = received(desk)
    assert [code for _, code, _ in reported(dossier)] == [1, 2] and line(dossier) == "queued"
    completed(desk, dossier, "receive", desk.receiver, "23 08:30")
    taken(desk, dossier, "settle", desk.settler, "23 08:40")
    held = now_of(dossier)
    pausing.ask_supplement(
        **desk.as_(desk.settler, "23 09:00"), dossier=held, expected_version=held.version,
        reason_code="missing_papers", asked="Giấy chứng sinh",
    )  # fmt: skip
    stopped = now_of(dossier)
    ending.stop(
        **desk.as_(desk.head, "23 10:00"), dossier=stopped, expected_version=stopped.version,
        reason_code="not_supplemented", reason="Không bổ sung",
    )  # fmt: skip
    assert [code for _, code, _ in reported(dossier)] == [1, 2, 4, 5, 8], "taking a step is no other code"
    assert [number for number, _, _ in reported(dossier)] == [1, 2, 3, 4, 5]


def test_the_whole_way_ends_with_nine_and_ten(desk: Desk):
    dossier = settled(desk, received(desk))
    ending.hand_over(**desk.as_(desk.receiver, "23 16:00"), dossier=dossier, expected_version=dossier.version, to="Lan")
    assert [code for _, code, _ in reported(dossier)] == [1, 2, 4, 9, 10]
    assert now_of(dossier).reported_code == NATIONAL_CODES[now_of(dossier).state]


@pytest.mark.requirement(12)
def test_what_left_waits_for_its_answer_and_a_lost_file_leaves_once_more_under_the_same_ids(desk: Desk):
    dossier = received(desk)
    first = sent("24 08:00")
    assert {status for _, _, status in reported(dossier)} == {"sent"} and line(dossier) == "sent"
    assert sent("24 09:00") == [], "nothing waits any more"
    again = sent("24 10:00", since=at("24 08:00"))
    assert [one.message_id for one in again] == [one.message_id for one in first] != []
    assert sent("24 11:00", since=at("24 10:01")) == [], "what left before is not sent once more"
    said = [(dossier.code, 1, "confirmed", ""), (dossier.code, 2, "confirmed", "")]
    assert answered(said) == Answered(confirmed=2) and line(dossier) == "confirmed"
    assert answered(said) == Answered(repeated=2)


def test_a_refusal_keeps_its_reason_is_sent_again_and_may_be_confirmed_late(desk: Desk):
    dossier = received(desk)
    sent()
    assert answered([(dossier.code, 2, "failed", "Mã thủ tục lạ"), (dossier.code, 1, "confirmed", "")]) == Answered(
        1, 1
    )
    report = ProgressReport.objects.get(dossier=dossier, number=2)
    assert (report.failure, line(dossier)) == ("Mã thủ tục lạ", "failed")
    send_again(**desk.as_(desk.one_stop_head, "25 09:00"), report=report)
    assert line(dossier) == "queued" and [one.message_id for one in to_export(None)] == [f"{dossier.code}/2"]
    with pytest.raises(DomainError) as refused:
        send_again(**desk.as_(desk.one_stop_head, "25 09:00"), report=report)
    assert refused.value.code == "dossiers.report_not_failed"
    sent("25 10:00")
    answered([(dossier.code, 2, "failed", "Mã thủ tục lạ")])
    assert answered([(dossier.code, 2, "confirmed", "")]) == Answered(confirmed=1) and line(dossier) == "confirmed"
    assert answered([(dossier.code, 2, "failed", "Muộn")]) == Answered(contradicting=1) and line(dossier) == "confirmed"


def test_answers_to_what_was_never_sent_change_nothing(desk: Desk):
    dossier = received(desk)
    said = [(dossier.code, 1, "confirmed", ""), (dossier.code, 9, "confirmed", ""), ("khac", 1, "confirmed", "")]
    assert answered(said) == Answered(unknown=3)
    assert {status for _, _, status in reported(dossier)} == {"queued"}


def test_the_line_is_that_of_the_newest_report(desk: Desk):
    dossier = received(desk)
    sent()
    completed(desk, dossier, "receive", desk.receiver, "25 08:30")
    assert line(dossier) == "queued"
    answered([(dossier.code, 1, "failed", "Lỗi"), (dossier.code, 2, "confirmed", "")])
    assert line(dossier) == "queued" and reported(dossier)[0][2] == "failed", "it stands in the list all the same"


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("export"), st.booleans()),  # whether what left before leaves once more
        st.tuples(st.just("answer"), st.integers(1, 4), st.sampled_from(["confirmed", "failed"])),
        st.tuples(st.just("again"), st.integers(1, 4)),
        st.tuples(st.just("change"), st.none()),
    ),
    max_size=14,
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(ACTS)
def test_files_lost_repeated_and_in_any_order_never_lose_a_report_nor_count_one_twice(desk: Desk, acts: list[Any]):
    """Against a second bookkeeping: a dictionary that follows the second writing of the table."""
    dossier = received(desk)
    book = {1: "queued", 2: "queued"}
    for act in acts:
        if act[0] == "export":
            expected = {n for n, status in book.items() if status == "queued" or (act[1] and status == "sent")}
            left = sent(since=at("19 00:00") if act[1] else None)
            assert {one.number for one in left if one.dossier_id == dossier.pk} == expected
            book |= dict.fromkeys(expected, "sent")
        elif act[0] == "answer":
            answered([(dossier.code, act[1], act[2], "Lỗi" if act[2] == "failed" else "")])
            step = {"confirmed": "confirm", "failed": "fail"}[act[2]]
            if act[1] in book:
                book[act[1]] = NEXT[book[act[1]]].get(step, book[act[1]])
        elif act[0] == "again":
            report = ProgressReport.objects.filter(dossier=dossier, number=act[1]).order_by("pk").first()
            if report is not None and book[act[1]] == "failed":
                send_again(**BY_TESTS, report=report)
                book[act[1]] = "queued"
        elif len(book) < 4:
            held = now_of(dossier)
            if held.state == "suspended":
                pausing.resume(**desk.as_(desk.head, "23 10:00"), dossier=held, expected_version=held.version)
            else:
                pausing.suspend(
                    **desk.as_(desk.head, "23 09:00"), dossier=held, expected_version=held.version,
                    reason_code="dispute", reason="Có đơn",
                )  # fmt: skip
            book[len(book) + 1] = "queued"
        assert {number: status for number, _, status in reported(dossier)} == book
        assert line(dossier) == book[len(book)]


def test_the_file_names_nobody_and_has_one_line_for_each(desk: Desk):
    dossier = received(desk)
    lines = [json.loads(one) for one in written(to_export(None)).decode().splitlines()]
    assert lines[1] == {
        "id": f"{dossier.code}/2", "dossier": dossier.code, "procedure": "MAU-001", "unit": "xa-mot",
        "national_code": 2, "state": "received", "at": "2026-11-23T08:00:00+07:00",
    }  # fmt: skip
    text = written(to_export(None)).decode()
    assert dossier.owner_name not in text and dossier.owner_number not in text


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("không phải JSON", "dossiers.answer_no_object"),
        ("[1]", "dossiers.answer_no_object"),
        ("[" * 100_000, "dossiers.answer_no_object"),
        ('{"id": 3, "outcome": "confirmed"}', "dossiers.answer_no_object"),
        ('{"id": "xa-mot-261123-0001", "outcome": "confirmed"}', "dossiers.answer_without_id"),
        ('{"id": "xa-mot-261123-0001/²", "outcome": "confirmed"}', "dossiers.answer_without_id"),
        ('{"id": "x/1", "outcome": "ok"}', "dossiers.answer_outcome"),
        ('{"id": "x/1", "outcome": "failed", "reason": "  "}', "dossiers.answer_without_reason"),
    ],
)
def test_every_line_that_is_wrong_is_named(row: str, code: str):
    good = '{"id": "x/1", "outcome": "confirmed"}'
    with pytest.raises(DomainError) as refused:
        read_answers(f"{good}\n\n{row}\n{good}\n".encode(), "tra-loi.jsonl")
    assert [(one.code, one.place and one.place.row) for one in refused.value.problems] == [(code, 3)]


def test_what_is_no_text_is_unreadable():
    with pytest.raises(Unreadable):
        read_answers(b"\xff\xfe\x00", "tra-loi.jsonl")


def test_the_commands_write_first_and_mark_then(desk: Desk, tmp_path: Path, capsys: Any):
    dossier = received(desk)
    out = tmp_path / "tien-do.jsonl"
    assert main(["dossiers", "export-progress", str(tmp_path / "khong-co" / "x.jsonl")]) != 0
    assert line(dossier) == "queued", "what could not be written down was not sent"
    assert main(["dossiers", "export-progress", str(out)]) == 0
    ids = [json.loads(one)["id"] for one in out.read_text("utf-8").splitlines()]
    assert ids == [f"{dossier.code}/1", f"{dossier.code}/2"] and line(dossier) == "sent"
    again = tmp_path / "lai.jsonl"
    assert main(["dossiers", "export-progress", str(again), "--since", "2020-01-01"]) == 0
    assert again.read_text("utf-8") == out.read_text("utf-8")
    answers = tmp_path / "tra-loi.jsonl"
    answers.write_text("".join(f'{{"id": "{one}", "outcome": "confirmed"}}\n' for one in ids), "utf-8")
    capsys.readouterr()
    for expected in ({"confirmed": 2, "repeated": 0}, {"confirmed": 0, "repeated": 2}):
        assert main(["dossiers", "import-answers", str(answers), "--json"]) == 0
        counts = json.loads(capsys.readouterr().out)
        assert expected.items() <= counts.items()
    assert line(dossier) == "confirmed"


@pytest.mark.requirement(12)
def test_what_was_refused_stands_before_the_head_of_the_one_stop_with_what_to_do(desk: Desk):
    dossier = received(desk)
    head = client_of(desk.one_stop_head)
    assert "Không có gì lỗi" in head.get("/ho-so/dong-bo-loi/").content.decode()
    sent()
    answered([(dossier.code, 2, "failed", "Mã thủ tục lạ")])
    page = head.get("/ho-so/dong-bo-loi/").content.decode()
    assert dossier.code in page and "Mã thủ tục lạ" in page and "Gửi lại" in page
    assert "/ho-so/dong-bo-loi/" in head.get("/ban-lam-viec/").content.decode()
    report = ProgressReport.objects.get(dossier=dossier, number=2)
    for person in (desk.receiver, desk.stranger):
        assert client_of(person).get("/ho-so/dong-bo-loi/").status_code == 403
        assert client_of(person).post(f"/ho-so/dong-bo-loi/{report.pk}/gui-lai/").status_code == 403
    assert head.post(f"/ho-so/dong-bo-loi/{report.pk}/gui-lai/").status_code == 302
    assert dossier.code not in head.get("/ho-so/dong-bo-loi/").content.decode()
    assert head.post(f"/ho-so/dong-bo-loi/{report.pk}/gui-lai/").status_code == 422
    assert "Chờ xuất tệp đồng bộ" in client_of(desk.receiver).get(f"/ho-so/{dossier.pk}/").content.decode()
