"""Dossiers of the oracle as the tables that the core reads; the core's answers as plain rows and counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import polars as pl

from cchc.ledger.compute import Ledger
from cchc.ledger.counting import add_up, counts_of_spells, sum_up, with_dossiers
from cchc.ledger.schema import DOSSIERS_IN, STEPS_IN
from tests.ledger.oracle import Dossier, Judged


def tables(dossiers: Sequence[Dossier], names: Iterable[str] | None = None) -> tuple[pl.DataFrame, pl.DataFrame]:
    """`schema.DOSSIERS_IN` and `schema.STEPS_IN`, steps in the order the core asks for; named D0, D1 … by default."""
    rows: list[dict[str, Any]] = []
    for number, dossier in enumerate(dossiers):
        for row, step in sorted(enumerate(dossier.steps), key=lambda item: item[1].start):
            rows.append({"dossier": number, "row": row, **step.__dict__})
    heads = [
        {
            "dossier": name,
            "procedure": "P",
            "field": "Đất đai",
            "received_at": dossier.received,
            "first_due_at": dossier.first_due,
            "due_at": dossier.due,
            "finished_at": None if dossier.is_open else dossier.judged,
            "judged_at": dossier.judged,
        }
        for name, dossier in zip(names or (f"D{n}" for n in range(len(dossiers))), dossiers, strict=False)
    ]
    return pl.DataFrame(heads, schema=DOSSIERS_IN), pl.DataFrame(rows, schema=STEPS_IN)


def minute_of(stamp: datetime) -> int:
    """A UTC stamp of the outputs as whole minutes since 1970."""
    return int(stamp.timestamp()) // 60


SPELL_COLUMNS = (
    "step", "holder_kind", "official", "role", "unit", "from", "to", "is_event", "working", "overrun", "late",
    "late_overrun", "late_holder",
)  # fmt: skip


def spell_rows(spells: pl.DataFrame, dossier: str) -> list[tuple[Any, ...]]:
    """The core's spells of one dossier, in a fixed order, with the columns of `SPELL_COLUMNS`."""
    rows = [
        (
            row["step"],
            row["holder_kind"],
            row["holder"],
            row["role"],
            row["unit"],
            minute_of(row["from_at"]),
            minute_of(row["to_at"]),
            row["is_event"],
            row["working_minutes"],
            row["overrun_minutes"],
            row["late_minutes"],
            row["late_overrun"],
            row["late_holder"],
        )
        for row in spells.filter(pl.col("dossier") == dossier).iter_rows(named=True)
    ]
    return sorted(rows, key=repr)


def expected_rows(judged: Judged) -> list[tuple[Any, ...]]:
    """The oracle's spells in the same form."""
    rows = [
        (
            spell.step,
            spell.holder_kind,
            spell.holder,
            spell.role,
            spell.unit,
            spell.start,
            spell.end,
            spell.is_event,
            spell.working,
            spell.overrun,
            spell.late,
            spell.late_overrun,
            spell.late_holder,
        )
        for spell in judged.spells
    ]
    return sorted(rows, key=repr)


def counted_spells(ledger: Ledger, keys: Sequence[str], time_zone: str) -> pl.DataFrame:
    """`SPELL_COUNTS` of the ledger's spells per `keys`, as `count_all` and `add_up` make them."""
    spells = counts_of_spells(with_dossiers(ledger.spells, ledger.dossiers).lazy(), time_zone)
    return add_up([sum_up(spells, keys)], keys)
