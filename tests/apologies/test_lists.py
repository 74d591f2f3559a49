"""Lists ask the database, `duty` asks the calendar: both find the same letters, whatever became of the dossiers."""

from __future__ import annotations

from datetime import date, datetime
from random import Random

import pytest

from cchc.apologies.addresses import FORESEEN, OF_MONTH, OWED, Asked
from cchc.apologies.duty import About, Standing, Why
from cchc.apologies.models import Letter
from cchc.apologies.owing import beside
from cchc.apologies.queries.duties import counted_by
from cchc.apologies.shown import Line, lines_of
from cchc.apologies.shown_list import Lists, all_lines, month_of
from cchc.audit.recording import unguarded
from cchc.dossiers.models import Appointment, Dossier, PauseRecord
from cchc.interface.together import answer
from tests.factories.apologies import mistaken, underway
from tests.factories.clients import client_of
from tests.factories.dossiers import Desk, at, received
from tests.support.taken import rows_of

pytestmark = pytest.mark.django_db
MOMENTS = [
    at(f"{day} {hour}")
    for day in (10, 11, 12, 13, 16, 17, 18, 20, 23, 25, 27)
    for hour in ("07:30", "08:00", "08:01", "11:45", "17:00", "19:00")
]

PAST, NOWS = MOMENTS[:36], MOMENTS[36:]


def become(dossier: Dossier, chance: Random) -> None:
    """Written past the actions: any appointment, put off or not, ended, waiting, told of or not."""
    due_at, new = sorted(chance.sample(MOMENTS, 2))
    state, ended_at = chance.choice([("processing", None), ("stopped", chance.choice(PAST)), ("suspended", None)])
    first = Appointment.objects.get(dossier=dossier)
    Appointment.objects.filter(pk=first.pk).update(due_at=due_at)
    decision, extensions = None, 0
    if chance.random() < 0.5:
        decision = Appointment.objects.create(
            dossier=dossier, made_at=at("9 08:00"), due_at=new, is_decision=True, reason_code="complex", reason="x"
        )
        extensions = 1
    Dossier.objects.filter(pk=dossier.pk).update(
        first_due_at=due_at, due_at=new if decision else due_at, state=state, ended_at=ended_at, extensions=extensions
    )
    if state == "suspended":
        PauseRecord.objects.create(
            dossier=dossier, kind="suspended", effect="suspend", reason_code="other", asked="x",
            begun_at=chance.choice(PAST),
        )  # fmt: skip
    for for_decision in (False, True):
        if chance.random() < 0.4 and (decision or not for_decision):
            Letter.objects.create(
                dossier=dossier, turn=0 if for_decision else extensions, appointment=decision if for_decision else None,
                due_before=due_at, cause="complex", reason="x", state="sent", drafted_at=at("9 08:00"), way="sms",
                sent_to="0", sent_at=chance.choice(PAST), owed_by=chance.choice(MOMENTS),
            )  # fmt: skip


def wanted(which: str, now: datetime, lines: list[Line]) -> set[tuple[int, About]]:
    span = month_of(date(2026, 11, 1))
    assert span.start and span.end
    found = set()
    for line in lines:
        standing, owed_by = line.duty.standing, line.duty.owed_by
        reached = line.duty.about.why != Why.NOT_KEPT or line.duty.is_overdue or owed_by <= now
        in_month = reached and standing != Standing.FORESEEN and span.start <= owed_by < span.end
        is_sent = standing == Standing.SENT
        if {
            OWED: standing == Standing.OWED,
            FORESEEN: standing == Standing.FORESEEN,
            OF_MONTH[0]: in_month,
            OF_MONTH[1]: in_month and is_sent,
            OF_MONTH[2]: in_month and is_sent and not line.is_late,
            OF_MONTH[3]: in_month and not is_sent,
        }[which]:
            found.add((line.dossier.pk, line.duty.about))
    return found


@pytest.mark.parametrize("seed", range(6))
def test_the_database_finds_what_the_calendar_says(desk: Desk, seed: int):
    chance = Random(seed)
    dossiers = [*(underway(desk) for _ in range(5)), received(desk, when="2 08:00")]
    mistaken(desk, dossiers[0], "10 08:00")
    with unguarded():
        for dossier in dossiers:
            become(dossier, chance)
    every = Dossier.objects.order_by("pk")
    for now in chance.sample(NOWS, 8):
        found = answer(beside(every.values("pk")))
        lines = [
            line for one in every.select_related("procedure_version__procedure") for line in lines_of(one, found, now)
        ]
        lists = Lists(every, counted_by(every, now), now)
        counts = answer(lists.counting(date(2026, 11, 1)))
        for which in (OWED, FORESEEN, *OF_MONTH):
            listed = all_lines(lists, Asked(which, date(2026, 11, 1)))
            shown = {(line.dossier.pk, line.duty.about) for line in listed if isinstance(line, Line)}
            assert shown == wanted(which, now, lines), (which, now)
            assert counts[which] == len(listed), (which, now)


@pytest.mark.usefixtures("today")
def test_a_list_is_taken_along_as_it_is_narrowed(desk: Desk, today):
    dossier = underway(desk)
    today.move_to(at("13 10:00"))
    client = client_of(desk.head)
    (header, row) = rows_of(client.get("/xin-loi/danh-sach.xlsx?xem=phai-gui"))
    assert row[0] == dossier.code and "08:00, 13/11/2026" in row and header[0] == "Hồ sơ"
    text = client.get("/xin-loi/danh-sach.csv?xem=phai-gui").content.decode("utf-8-sig")
    assert dossier.code in text and "Phải gửi, đã quá hạn gửi" in text
    assert len(rows_of(client.get("/xin-loi/danh-sach.xlsx?xem=da-gui"))) == 1
    assert len(client.get("/en/xin-loi/danh-sach.csv?xem=cho-duyet").content.decode().splitlines()) == 1
