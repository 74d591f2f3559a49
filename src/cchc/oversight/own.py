"""Our own dossiers read into the ledger, with what was claimed about when their last step was really done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

import polars as pl
from django.db.models import QuerySet

from cchc.dossiers.ledger_rows import Life, read_lives, tables
from cchc.dossiers.models import ActualCompletion, Dossier
from cchc.ledger.clock import CivilCalendar
from cchc.ledger.compute import Ledger, compute
from cchc.ledger.events import REJECTS
from cchc.ledger.evidence import with_evidence
from cchc.ledger.preparing import Prepared
from cchc.ledger.questions import shipped
from cchc.ledger.signals import DUE_CHANGES_IN, signals_of_dossiers
from cchc.organizations.calendars import load_calendar
from cchc.organizations.models import Official, Unit
from cchc.oversight.asking import with_signals
from cchc.oversight.keeping import KeptRows, Known, rows_of, spell_texts


@dataclass(frozen=True, slots=True)
class OwnRows:
    """What is kept of a dossier of our own."""

    dossier: Dossier
    kept: KeptRows


@dataclass(frozen=True, slots=True)
class _Computed:
    """Dossiers of one calendar: what the ledger says of them, and what their records are asked."""

    lives: Sequence[Life]
    ledger: Ledger
    found: pl.DataFrame
    zone: str


def own_rows(found: QuerySet[Dossier], until: datetime) -> list[OwnRows]:
    """Of those that were received by then, as they stood then; by their number. Eight queries."""
    lives = read_lives(found, until)
    claims = _claimed(lives)
    by_calendar = defaultdict[str, list[Life]](list)
    for life in lives:
        by_calendar[life.dossier.calendar].append(life)
    computed = [_computed(some, claims, until) for some in by_calendar.values()]
    known = _known(computed)
    kept = [
        OwnRows(life.dossier, _named(rows, life.dossier))
        for one in computed
        for life, rows in zip(one.lives, _rows(one, until, known), strict=True)
    ]
    return sorted(kept, key=lambda one: one.dossier.pk)


def _named(rows: KeptRows, dossier: Dossier) -> KeptRows:
    rows.dossier["procedure_name"] = dossier.procedure_version.procedure.name_vi
    rows.dossier["is_sample"] = dossier.is_sample
    return rows


def _rows(one: _Computed, until: datetime, known: Known) -> list[KeptRows]:
    """With the questions that their records ask."""
    return with_signals(rows_of(one.ledger, one.zone, until, known), one.found, known, one.zone)


def _put_off(lives: Sequence[Life]) -> pl.DataFrame:
    """Decisions that moved an appointment, with the one that held before."""
    moved = [
        (place, None, _minute(one.at), _minute(before.due_at), _minute(one.due_at))
        for place, life in enumerate(lives)
        for number, one in enumerate(life.timing.extensions)
        if (before := replace(life.timing, extensions=life.timing.extensions[:number]).clock(one.at)) is not None
    ]
    return pl.DataFrame(moved, schema=DUE_CHANGES_IN, orient="row")


def _minute(moment: datetime) -> int:
    return int(moment.timestamp()) // 60


def _computed(lives: Sequence[Life], claims: Mapping[int, datetime], until: datetime) -> _Computed:
    """Of dossiers that are counted in one calendar, with the minutes that are late by their evidence."""
    calendar = load_calendar(lives[0].dossier.calendar)
    zone = calendar.time_zone
    civil = CivilCalendar(calendar, zone)
    dossiers, steps = tables(lives)
    ledger = compute(dossiers, steps, civil)
    results = [None if (at := claims.get(life.dossier.pk)) is None else _minute(at) for life in lives]
    prepared = Prepared(
        dossiers, steps, REJECTS.to_frame(), dossiers["judged_at"], pl.Series(results, dtype=pl.Int32),
        DUE_CHANGES_IN.to_frame(), {},
    )  # fmt: skip
    evidenced = Ledger(with_evidence(prepared, ledger, civil, "official").dossiers, ledger.spells)
    found = signals_of_dossiers(dossiers, steps, shipped(), until.astimezone(ZoneInfo(zone)).date(), _put_off(lives))
    return _Computed(lives, evidenced, found, zone)


def _claimed(lives: Sequence[Life]) -> Mapping[int, datetime]:
    """By dossier that has ended: when its last step was really done, as the newest claim says."""
    last = {
        step.pk: life.dossier.pk
        for life in lives
        for step in life.steps
        if life.ended_at is not None and step.ended_at == life.ended_at
    }
    if not last:
        return {}
    until = max(life.until for life in lives)
    found = ActualCompletion.objects.filter(step__in=last, claimed_at__lte=until).order_by("pk")
    return {last[claim.step_id]: claim.done_at for claim in found}


def _known(computed: Iterable[_Computed]) -> Known:
    officials, units = set[str](), set[str]()
    for one in computed:
        named, places = spell_texts(one.ledger)
        officials |= named | set(one.found["official"].drop_nulls().to_list())
        units |= places
    return Known(
        dict(Official.objects.filter(code__in=officials).order_by().values_list("code", "pk")),
        dict(Unit.objects.filter(code__in=units).order_by().values_list("code", "pk")),
    )
