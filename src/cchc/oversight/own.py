"""Our own dossiers read into the ledger, with what was claimed about when their last step was really done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import polars as pl
from django.db.models import QuerySet

from cchc.dossiers.ledger_rows import Life, read_lives, tables
from cchc.dossiers.models import ActualCompletion, Dossier
from cchc.ledger.clock import CivilCalendar
from cchc.ledger.compute import Ledger, compute
from cchc.ledger.events import REJECTS
from cchc.ledger.evidence import with_evidence
from cchc.ledger.preparing import Prepared
from cchc.ledger.signals import DUE_CHANGES_IN
from cchc.organizations.calendars import load_calendar
from cchc.organizations.models import Official, Unit
from cchc.oversight.keeping import KeptRows, Known, rows_of, spell_texts


@dataclass(frozen=True, slots=True)
class OwnRows:
    """What is kept of a dossier of our own."""

    dossier: Dossier
    kept: KeptRows


def own_rows(found: QuerySet[Dossier], until: datetime) -> list[OwnRows]:
    """Of those that were received by then, as they stood then; by their number. Eight queries."""
    lives = read_lives(found, until)
    claims = _claimed(lives)
    by_calendar = defaultdict[str, list[Life]](list)
    for life in lives:
        by_calendar[life.dossier.calendar].append(life)
    computed = [(_ledger_of(some, claims), some, _zone(id_)) for id_, some in by_calendar.items()]
    known = _known(ledger for ledger, _, _ in computed)
    kept = [
        OwnRows(life.dossier, _named(rows, life.dossier))
        for ledger, some, zone in computed
        for life, rows in zip(some, rows_of(ledger, zone, until, known), strict=True)
    ]
    return sorted(kept, key=lambda one: one.dossier.pk)


def _named(rows: KeptRows, dossier: Dossier) -> KeptRows:
    rows.dossier["procedure_name"] = dossier.procedure_version.procedure.name_vi
    rows.dossier["is_sample"] = dossier.is_sample
    return rows


def _zone(calendar: str) -> str:
    return load_calendar(calendar).time_zone


def _ledger_of(lives: Sequence[Life], claims: Mapping[int, datetime]) -> Ledger:
    """Of dossiers that are counted in one calendar, with the minutes that are late by their evidence."""
    calendar = load_calendar(lives[0].dossier.calendar)
    civil = CivilCalendar(calendar, calendar.time_zone)
    dossiers, steps = tables(lives)
    ledger = compute(dossiers, steps, civil)
    results = [None if (at := claims.get(life.dossier.pk)) is None else int(at.timestamp()) // 60 for life in lives]
    prepared = Prepared(
        dossiers, steps, REJECTS.to_frame(), dossiers["judged_at"], pl.Series(results, dtype=pl.Int32),
        DUE_CHANGES_IN.to_frame(), {},
    )  # fmt: skip
    return Ledger(with_evidence(prepared, ledger, civil, "official").dossiers, ledger.spells)


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


def _known(ledgers: Iterable[Ledger]) -> Known:
    officials, units = set[str](), set[str]()
    for ledger in ledgers:
        named, places = spell_texts(ledger)
        officials |= named
        units |= places
    return Known(
        dict(Official.objects.filter(code__in=officials).order_by().values_list("code", "pk")),
        dict(Unit.objects.filter(code__in=units).order_by().values_list("code", "pk")),
    )
