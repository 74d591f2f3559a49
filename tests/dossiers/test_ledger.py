"""Dossiers of our own before the ledger: every late minute is charged to who had the dossier, and they add up."""

from __future__ import annotations

import pytest

from cchc.dossiers.actions import pausing
from cchc.dossiers.actions.intake import Paper
from cchc.dossiers.ledger_rows import ledgers_of
from cchc.dossiers.models import Dossier
from tests.factories.clients import client_of
from tests.factories.dossiers import LAND, Desk, at, completed, intake, now_of, received, settled, taken

SPELL = ["step", "holder_kind", "holder", "working_minutes", "overrun_minutes", "late_minutes"]


def ledger(until: str = "30 17:00"):
    (found,) = ledgers_of(Dossier.objects.all(), at(until)).values()
    return found


@pytest.mark.requirement(71)
def test_who_had_a_late_dossier_is_named_with_the_minutes(desk: Desk):
    dossier = received(desk)
    completed(desk, dossier, "receive", desk.receiver, "23 08:30")
    taken(desk, dossier, "settle", desk.settler, "23 09:00")
    completed(desk, dossier, "settle", desk.settler, "25 10:00")
    found = ledger("25 11:00")
    (one,) = found.dossiers.rows(named=True)
    assert (one["dossier"], one["late"], one["late_minutes"]) == (dossier.code, True, 180)
    spells = [row for row in found.spells.select(SPELL).rows() if row[3]]
    assert spells == [
        ("Tiếp nhận, chuyển hồ sơ", "official", "tn1", 30, 0, 0),
        ("Thẩm tra, dự thảo kết quả", "queue", "xa-mot", 30, 0, 0),
        ("Thẩm tra, dự thảo kết quả", "official", "gq1", 540, 330, 180),
        ("Ký kết quả", "queue", "xa-mot", 60, 0, 0),
    ]


@pytest.mark.requirement(72)
def test_a_step_that_changes_hands_has_one_limit(desk: Desk):
    dossier = received(desk)
    completed(desk, dossier, "receive", desk.receiver, "23 08:00")
    taken(desk, dossier, "settle", desk.settler, "23 08:00")
    from cchc.dossiers.actions.working import assign
    from tests.factories.dossiers import step_of

    step = step_of(dossier, "settle")
    assign(
        **desk.as_(desk.head, "23 10:00"), step=step, official=desk.second_settler,
        expected_version=step.dossier.version, reason_code="absent", reason="Đi học",
    )  # fmt: skip
    spells = {row[2]: row[3:5] for row in ledger("23 15:00").spells.select(SPELL).rows() if row[3]}
    assert spells["gq1"] == (120, 0) and spells["gq2"] == (210, 90), "four hours in all"


def test_waiting_for_papers_is_nobodys_delay_here(desk: Desk):
    dossier = received(desk)
    completed(desk, dossier, "receive", desk.receiver, "23 08:30")
    taken(desk, dossier, "settle", desk.settler, "23 08:30")
    held = now_of(dossier)
    pausing.ask_supplement(
        **desk.as_(desk.settler, "23 09:00"), dossier=held, expected_version=held.version,
        reason_code="missing_papers", asked="Giấy chứng sinh",
    )  # fmt: skip
    found = ledger("30 09:00")
    waits = [row for row in found.spells.select(SPELL).rows() if row[1] == "applicant"]
    assert [row[0] for row in waits] == ["supplementing"] and found.dossiers["late_minutes"].sum() == 0
    waiting = now_of(dossier)
    pausing.take_supplement(
        **desk.as_(desk.receiver, "30 09:00"), dossier=waiting, expected_version=waiting.version,
        papers=[Paper("Giấy chứng sinh", originals=1)],
    )  # fmt: skip
    assert ledger("30 16:00").dossiers["late_minutes"].sum() == 0


def test_what_was_only_refused_or_in_time_is_charged_to_nobody(desk: Desk):
    settled(desk, received(desk))
    found = ledger()
    assert found.dossiers["late"].to_list() == [False] and found.spells["late_minutes"].sum() == 0


def test_of_parallel_branches_the_one_that_ends_last_owns_the_minutes(desk: Desk):
    dossier = received(desk, LAND, intake=intake(desk.procedures[LAND]))
    completed(desk, dossier, "receive", desk.receiver, "23 09:00")
    taken(desk, dossier, "examine", desk.settler, "23 09:00")
    taken(desk, dossier, "land_office", desk.second_settler, "23 09:00")
    completed(desk, dossier, "land_office", desk.second_settler, "25 09:00")
    found = ledger("26 09:00")
    kinds = [row[:4] for row in found.spells.select(SPELL).rows() if row[3]]
    assert sum(row[3] for row in kinds) == found.spells["working_minutes"].sum()
    assert {row[1] for row in kinds} == {"official"}, "the examination ends last"


@pytest.mark.requirement(71, 72)
def test_the_page_of_a_late_dossier_says_whose_minutes_they_are(desk: Desk, today):
    dossier = received(desk, when="19 08:00")
    completed(desk, dossier, "receive", desk.receiver, "19 08:30")
    taken(desk, dossier, "settle", desk.settler, "19 09:00")
    page = client_of(desk.head).get(f"/ho-so/{dossier.pk}/").content.decode()
    assert "Số phút quá hạn tính cho ai" in page and "khớp" in page
    assert page.index("Số phút quá hạn") < page.index(desk.settler.name, page.index("Số phút quá hạn"))


def test_the_desk_of_everything_and_the_search_find_steps_and_dossiers(desk: Desk, today):
    dossier = received(desk)
    client = client_of(desk.receiver)
    assert dossier.code in client.get("/ban-lam-viec/").content.decode()
    assert dossier.code in client.get("/tim/?q=tran+thi+lan").content.decode()
    assert dossier.code not in client_of(desk.stranger).get("/tim/?q=tran+thi+lan").content.decode()
    history = client_of(desk.receiver).get(f"/nhat-ky/dossiers.Dossier/{dossier.pk}/")
    assert history.status_code == 403, "of a dossier the auditors of its unit read the chain"
