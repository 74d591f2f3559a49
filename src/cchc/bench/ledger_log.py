"""A log made up by fixed seeds, as big as wanted: what the ledger is measured on. Nobody in it is real.

About six steps a dossier, 3,000 officials in 120 units, three years; rows in the order of time, so that those of a
dossier lie far apart. Of everything that a real log has there is some: waiting between steps, supplements, shared
queues, a system account, other units, dossiers still open at the end, steps clicked through in one minute, dossiers
closed in batches or at night. Their shares are the same at every size.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from cchc.bench.worktime_sample import make_calendar
from cchc.ledger.mapping import Limit, LogMapping
from cchc.worktime import Calendar

SEED: Final = 42
OFFICIALS: Final = 3_000
UNITS: Final = 120
STEPS_A_DOSSIER: Final = 6
LABEL: Final = "generated for measuring, nobody in it is real"
UNTIL: Final = datetime.combine(date(2028, 1, 1), time())  # nothing after it is read
_FROM: Final = date(2025, 1, 1)
_AT_ONCE: Final = 20_000  # dossiers; part of what the seed gives
SYSTEM: Final = "Hệ thống (sinh)"
WAITING: Final = "Chờ bổ sung"
# What happens to a dossier, in this order: step, limit in working minutes, share of dossiers that have it, which of the
# unit's 25 officials take it. A supplement and the appraisal after it come together.
_STEPS: Final = (
    ("Tiếp nhận", 60, 1.0, (0, 4)),
    ("Phân công", 120, 0.75, (4, 6)),
    ("Thẩm định", 960, 1.0, (6, 20)),
    (WAITING, 2_400, 0.125, (0, 4)),
    ("Thẩm định", 960, 0.125, (6, 20)),
    ("Trình ký", 240, 1.0, (6, 20)),
    ("Ký duyệt", 480, 1.0, (20, 23)),
    ("Trả kết quả", 240, 1.0, (23, 25)),
)
LIMITS: Final = {name: limit for name, limit, _, _ in _STEPS if name != WAITING}
_PROCEDURES: Final = 40
_PROMISED: Final = (5, 10)  # working days of 450 minutes, by procedure
_WORKED_OF_LIMIT: Final = 0.5  # on average; exponential, so some exceed it
_WAITED: Final = 45  # minutes before a step, on average
_BATCH, _BATCH_OF = 6, 200  # so many dossiers in a row of so many are closed by one official in one minute
_NIGHT: Final = 20 * 60 + 15
_DAY: Final = 24 * 60

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
MAPPING: Final = LogMapping(
    case="case",
    activity="step",
    time="end",
    start="start",
    official="official",
    unit="unit",
    procedure="procedure",
    due="due",
    limits=tuple((name, Limit("working_minutes", limit)) for name, limit in LIMITS.items()),
    holders=((WAITING, "applicant"),),
    gap="unit",
    system_accounts=frozenset({SYSTEM}),
    calendar="bench-worktime",
    open_until=UNTIL,
)


def calendar() -> Calendar:
    """The calendar of the log, as in `worktime_sample`."""
    return make_calendar().calendar


def write_log(path: Path, rows: int, seed: int = SEED) -> int:
    """Write about so many rows as Parquet (zstd), a part at a time. Answers how many they are."""
    parts = path.with_name(f"{path.name}.parts")
    parts.mkdir(parents=True)
    for number, frame in enumerate(_in_order_of_time(rows // STEPS_A_DOSSIER, seed)):
        frame.write_parquet(parts / f"{number:06}.parquet", compression="lz4")
    pl.scan_parquet(parts).sink_parquet(path, compression="zstd", metadata={"label": LABEL, "seed": str(seed)})
    shutil.rmtree(parts)
    return int(pl.scan_parquet(path).select(pl.len()).collect().item())


def _in_order_of_time(dossiers: int, seed: int) -> Iterator[pl.DataFrame]:
    """All rows by the moment of their end; those not ended by `UNTIL` come last and have none."""
    made = _Maker(dossiers, seed)
    waiting: list[pl.DataFrame] = []
    for first in range(0, dossiers, _AT_ONCE):
        chunk = made.rows(first, min(first + _AT_ONCE, dossiers))
        together = pl.concat([*waiting, chunk]).sort("end", "case", "start")
        # What ends before the next dossier comes in cannot be overtaken any more.
        passed = pl.col("end") < made.received_at(min(first + _AT_ONCE, dossiers))
        yield _seen(together.filter(passed))
        waiting = [together.filter(~passed)]
    yield from map(_seen, waiting)


def _seen(rows: pl.DataFrame) -> pl.DataFrame:
    ended = pl.when(pl.col("end") <= UNTIL).then("end")
    return rows.filter(pl.col("start") <= UNTIL).with_columns(ended)


@dataclass(frozen=True, slots=True)
class _People:
    """Who takes which step, as numbers: arrays of dossiers × steps."""

    unit: Ints
    official: Ints


class _Maker:
    """Makes dossiers by their numbers; each stretch of `_AT_ONCE` has its own seed."""

    def __init__(self, dossiers: int, seed: int) -> None:
        self._calendar, self._dossiers, self._seed = calendar(), dossiers, seed
        self._begin = np.datetime64(_FROM, "m")
        self._open_minutes = int(self._calendar.elapsed_minutes(self._begin, np.datetime64(UNTIL, "m")))
        self._officials = pl.Series([f"Cán bộ sinh {n + 1:04}" for n in range(OFFICIALS)] + [SYSTEM, None])
        self._units = pl.Series([f"Đơn vị sinh {n + 1:03}" for n in range(UNITS)])
        self._procedures = pl.Series([f"Thủ tục sinh {n + 1:02}" for n in range(_PROCEDURES)])
        self._steps = pl.Series([name for name, *_ in _STEPS])

    def received_at(self, number: int) -> datetime:
        """A moment before which no dossier from this number on comes in."""
        opened = self._calendar.due(self._begin, np.array([number * self._open_minutes // self._dossiers]))
        moment: datetime = opened[0].item()
        return moment

    def rows(self, first: int, last: int) -> pl.DataFrame:
        """The steps of these dossiers."""
        chance = np.random.default_rng((self._seed, first))
        numbers = np.arange(first, last)
        due_in, received = self._received(chance, numbers)
        happens = self._happens(chance, len(numbers))
        moments = self._moments(chance, received, happens)
        people = _people(chance, numbers % _PROCEDURES)
        is_batch = numbers % _BATCH_OF < _BATCH
        _close_at_once(moments, people, numbers, is_batch)
        _close_at_night(moments, chance.random(len(numbers)) < 0.03, is_batch)
        seconds = chance.integers(0, 40, len(numbers))[:, np.newaxis] + np.arange(moments.shape[1])
        at = (moments.astype(np.int64) * 60 + seconds).astype("datetime64[s]").astype("datetime64[us]")
        return self._frame(numbers, happens, at, people, due_in)

    def _received(self, chance: np.random.Generator, numbers: Ints) -> tuple[npt.NDArray[np.datetime64], Ints]:
        """When each is due, and the working minute in which it comes in."""
        spread = numbers + chance.random(len(numbers))
        received = (spread * self._open_minutes / self._dossiers).astype(np.int64)
        days = np.linspace(*_PROMISED, _PROCEDURES).astype(np.int64)[numbers % _PROCEDURES]
        return self._calendar.due(self._begin, received + days * 450), received

    def _happens(self, chance: np.random.Generator, count: int) -> Flags:
        """Which steps each has."""
        happens = chance.random((count, len(_STEPS))) < np.array([share for _, _, share, _ in _STEPS])
        happens[:, 4] = happens[:, 3]
        return happens

    def _moments(self, chance: np.random.Generator, received: Ints, happens: Flags) -> npt.NDArray[np.datetime64]:
        """Start and end of each step in turn; a step that does not happen takes no time."""
        limits = np.array([limit for _, limit, _, _ in _STEPS])
        worked = chance.exponential(limits * _WORKED_OF_LIMIT, happens.shape)
        waited = chance.exponential(_WAITED, happens.shape) * (chance.random(happens.shape) < 0.6)
        waited[:, 0] = 0
        clicked = chance.random(len(received)) < 0.02
        worked[clicked, 5:] = waited[clicked, 5:] = 0
        took = np.stack([waited, worked], axis=2).astype(np.int64) * happens[:, :, np.newaxis]
        minutes = received[:, np.newaxis] + took.reshape(len(received), -1).cumsum(axis=1)
        return self._calendar.due(self._begin, minutes)

    def _frame(
        self,
        numbers: Ints,
        happens: Flags,
        at: npt.NDArray[np.datetime64],
        people: _People,
        due: npt.NDArray[np.datetime64],
    ) -> pl.DataFrame:
        dossier, step = np.nonzero(happens)
        cases = pl.Series(numbers + 1).cast(pl.String).str.zfill(9)
        return pl.DataFrame(
            {
                "case": ("SINH-" + cases).gather(dossier),
                "procedure": self._procedures.gather((numbers % _PROCEDURES)[dossier]),
                "step": self._steps.gather(step),
                "official": self._officials.gather(people.official[happens]),
                "unit": self._units.gather(people.unit[happens]),
                "start": at[dossier, 2 * step],
                "end": at[dossier, 2 * step + 1],
                "due": due.astype("datetime64[us]")[dossier],
            }
        )


def _people(chance: np.random.Generator, procedure: Ints) -> _People:
    """A dossier stays in its unit, but one appraisal in twenty; some steps nobody signed, some the system took.

    In a unit two officials take a step of a procedure.
    """
    count, shape = len(procedure), (len(procedure), len(_STEPS))
    unit = np.repeat(chance.integers(0, UNITS, count)[:, np.newaxis], len(_STEPS), axis=1)
    elsewhere = chance.random(count) < 0.05
    unit[elsewhere, 2] = chance.integers(0, UNITS, elsewhere.sum())
    first, last = np.array([takers for *_, takers in _STEPS]).T
    turn = procedure[:, np.newaxis] + chance.integers(0, 2, shape)
    official = unit * (OFFICIALS // UNITS) + first + turn % (last - first)
    official[chance.random(shape) < 0.01] = OFFICIALS + 1
    official[chance.random(count) < 0.3, 1] = OFFICIALS
    return _People(unit, official)


def _close_at_once(moments: npt.NDArray[np.datetime64], people: _People, numbers: Ints, is_batch: Flags) -> None:
    """The last step of each batch ends in the last minute of any, by the official of its first."""
    batch = numbers[is_batch] // _BATCH_OF
    _, firsts, group = np.unique(batch, return_index=True, return_inverse=True)
    of_first = np.flatnonzero(is_batch)[firsts][group]
    ends = moments[is_batch, -1].astype(np.int64)
    last = np.zeros(len(firsts), dtype=np.int64)
    np.maximum.at(last, group, ends)
    moments[is_batch, -1] = last[group].astype("datetime64[m]")
    people.unit[is_batch, -1] = people.unit[of_first, -1]
    people.official[is_batch, -1] = people.official[of_first, -1]


def _close_at_night(moments: npt.NDArray[np.datetime64], by_night: Flags, is_batch: Flags) -> None:
    """Some are closed in the evening of their last day."""
    chosen = by_night & ~is_batch
    night = moments[chosen, -1].astype("datetime64[D]").astype("datetime64[m]") + np.timedelta64(_NIGHT, "m")
    moments[chosen, -1] = night
