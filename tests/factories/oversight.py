"""What is kept of dossiers, brought up to date as the job does it."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from django.db.models import F, Sum

from cchc.dossiers.models import Dossier
from cchc.oversight.actions.forecasting import finish_watch, keep_durations, keep_forecasts
from cchc.oversight.actions.keeping import finish_refresh, keep_own
from cchc.oversight.forecasting import foreseen_behind
from cchc.oversight.keeping import MINUTES
from cchc.oversight.models import DelayVerdict, KeptDossier, KeptShare, KeptSpell, KeptSum
from cchc.oversight.own import own_rows
from cchc.oversight.queries.durations import counted_behind
from cchc.oversight.queries.stale import last_event, next_of_all, next_stale, own_source_or_none
from tests.factories.dossiers import LAND, RESULT, Desk, at, completed, intake, received, settled, taken
from tests.factories.organizations import TESTER, grant, official

HOLDER = ("month", "unit_id", "unit_name", "holder_kind", "official_id", "holder_name", "role")


def late_with(desk: Desk, when: str = "23 08:00") -> Dossier:
    """Received, and left lying with the settler."""
    dossier = received(desk, when=when)
    day = when.split(maxsplit=1)[0]
    completed(desk, dossier, "receive", desk.receiver, f"{day} 08:30")
    taken(desk, dossier, "settle", desk.settler, f"{day} 09:00")
    return dossier


def busy_month(desk: Desk) -> Desk:
    """November with late, slow and timely dossiers of two procedures, by several hands and the queue; `ks1` of the
    province controls it.
    """
    grant(official("ks1", "Ksor H'Nga", desk.province), "procedure_control_officer", desk.province, covers_subtree=True)
    for day in ("2", "3", "4"):
        late_with(desk, f"{day} 08:00")
    land = received(desk, LAND, "5 08:00", intake=intake(desk.procedures[LAND]))
    completed(desk, land, "receive", desk.receiver, "5 15:00")
    taken(desk, land, "examine", desk.second_settler, "6 08:00")
    settled(desk, received(desk, when="9 08:00"), "9 10:00")
    slow = received(desk, when="10 08:00")
    completed(desk, slow, "receive", desk.receiver, "10 14:00")
    finished(desk, slow, "10")
    refreshed(at("25 10:00"))
    return desk


def finished(desk: Desk, dossier: Dossier, day: str) -> None:
    """What is left of a birth dossier after its reception is done in twenty minutes of an afternoon."""
    completed(desk, dossier, "settle", desk.settler, f"{day} 14:10")
    completed(desk, dossier, "sign", desk.signer, f"{day} 14:20", result=RESULT)
    completed(desk, dossier, "return", desk.receiver, f"{day} 14:30")


def refreshed(now: datetime, part: int = 3, *, is_whole: bool = False) -> int:
    """How many dossiers were looked at."""
    source, last, after, number = own_source_or_none(), last_event(), 0, 0
    seen = source.seen_event if source else 0
    while keys := next_of_all(after, now, part) if is_whole else next_stale(after, seen, now, part):
        rows = own_rows(Dossier.objects.filter(pk__in=keys), now)
        keep_own(actor=TESTER, now=now, rows=rows)
        after, number = keys[-1], number + len(keys)
    finish_refresh(actor=TESTER, now=now, true_at=now, seen_event=last)
    return number


def added_up(model: Any, *keys: str) -> Counter[tuple[Any, ...]]:
    """The minutes of a table by holder and month, and by what else is named; nothing for nothing."""
    found = model.objects.order_by().values_list(*HOLDER, *keys).annotate(**{f"{one}_": Sum(one) for one in MINUTES})
    width = len(HOLDER) + len(keys)
    return Counter(
        {
            (*row[:width], name): minutes
            for row in found
            for name, minutes in zip(MINUTES, row[width:], strict=True)
            if minutes
        }
    )


def check_conserved() -> None:
    """Sums, shares, spells and dossiers say the same."""
    assert added_up(KeptShare, "dossier") == added_up(KeptSpell, "dossier")
    assert added_up(KeptSum) == added_up(KeptShare)
    charged = dict(KeptSpell.objects.order_by().values_list("dossier").annotate(Sum("late_minutes")))
    owed = dict(KeptDossier.objects.order_by().values_list("pk", "late_minutes"))
    assert {key: charged.get(key, 0) for key in owed} == owed
    for name, flag in (("overdue", "is_overdue"), ("slow", "is_slow"), ("dossiers", "is_main")):
        counted = KeptSum.objects.aggregate(all=Sum(name))["all"] or 0
        assert counted == KeptShare.objects.filter(**{flag: True}).count(), name
    check_verdicts_conserved()
    shares = KeptShare.objects.filter(is_overdue=True)
    whole = KeptSum.objects.aggregate(carried=Sum("overdue_carried_over"), returned=Sum("overdue_returned"))
    assert (whole["carried"] or 0) == shares.filter(is_carried_over=True).count()
    assert (whole["returned"] or 0) == shares.filter(is_returned=True).count()


def foreseen(now: datetime, part: int = 3) -> int:
    """Usual durations and forecasts as the jobs bring them up to date; how many forecasts were written."""
    for procedure, found in counted_behind("", now):
        keep_durations(actor=TESTER, now=now, procedure=procedure, found=found)
    number = sum(
        keep_forecasts(actor=TESTER, now=now, keys=keys, found=part_of)
        for keys, part_of in foreseen_behind(0, now, part)
    )
    finish_watch(actor=TESTER, now=now, watched_at=now)
    return number


def check_verdicts_conserved() -> None:
    """Sums by finding are the overdue shares of dossiers about which it was found, holder by holder."""
    for finding in ("real", "forgotten"):
        judged = list(DelayVerdict.objects.filter(is_current=True, finding=finding).values_list("kept", flat=True))
        shares = KeptShare.objects.filter(is_overdue=True, dossier__in=judged).order_by()
        counted = Counter(shares.values_list(*HOLDER, "dossier__procedure"))
        summed = KeptSum.objects.order_by().values_list(*HOLDER, "procedure").annotate(Sum(f"overdue_{finding}"))
        assert {tuple(row): number for *row, number in summed if number} == counted, finding
    parts = KeptSum.objects.filter(overdue__lt=F("overdue_real") + F("overdue_forgotten"))
    assert not parts.exists()
