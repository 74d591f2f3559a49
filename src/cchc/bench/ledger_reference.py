"""The same work as the ledger's, as somebody would write it for one known log: Polars, and numpy for the minutes.

It writes the same tables (dossiers, spells, signals, hints, definitions, and the counts of `ledger_reference_sums`)
with the same figures for the log that `ledger_log` makes, and relies on what it knows of that log: no column has to be
found or cleaned, no row is unusable, stamps have a type, steps of a dossier follow one another, limits are working
minutes, every dossier has one appointment and ends with its last step, all is inside the calendar, nobody will stop it
half-way. The ledger takes none of that for granted. A log too long for memory is cut by dossier into parts first.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from cchc.bench.ledger_log import LIMITS, SYSTEM, UNTIL, WAITING
from cchc.bench.ledger_reference_sums import GRAINS, count, finish
from cchc.worktime import Calendar
from cchc.worktime.bulk import worked_table

AT_ONCE: Final = 5_000_000
_NEVER: Final = 1 << 40
_DAY: Final = 1440
_MINUTE: Final = 60_000_000
_LEAST_IN_BATCH, _LEAST_IN_CHAIN = 5, 3
_SAID: Final = {
    "zero_length": "Bước “{1}” bắt đầu và kết thúc trong cùng phút {0}",
    "same_minute_chain": "{2} bước của hồ sơ kết thúc trong cùng phút {0}",
    "batch_closing": "{3} kết thúc bước của {2} hồ sơ trong cùng phút {0}",
    "closed_with_many": "{3} kết thúc hồ sơ lúc {0}, là một trong {2} hồ sơ của phút đó",
    "closed_outside_hours": "Hồ sơ được kết thúc lúc {0}, ngoài giờ làm việc",
}
Ints = npt.NDArray[np.int64]


def run_reference(log: Path, output: Path, calendar: Calendar) -> None:
    """Write the tables of the log as Parquet into the new folder `output`."""
    parts = output / "parts"
    parts.mkdir(parents=True)
    table = worked_table(calendar.timetable).astype(np.int64)
    batches = _batches(log)
    for number, rows in enumerate(_parts(log, parts / "cut")):
        for name, part in _Part(rows, table, calendar).tables(batches).items():
            part.write_parquet(parts / f"{name}-{number:03}.parquet")
    for name in ("dossiers", "spells", "signals", "hints"):
        _join(sorted(parts.glob(f"{name}-*.parquet")), output / f"{name}.parquet")
    for name, counted in finish(partial(_summed, parts)):
        counted.write_parquet(output / f"{name}.parquet")
    shutil.rmtree(parts)


def _parts(log: Path, cut: Path) -> Iterator[pl.DataFrame]:
    """The log in parts that memory holds, all of a dossier in one of them."""
    count = -(-pl.scan_parquet(log).select(pl.len()).collect().item() // AT_ONCE)
    if count == 1:
        yield pl.read_parquet(log)
        return
    part = (pl.col("case").hash(0) % count).alias("part")
    pl.scan_parquet(log).sink_parquet(pl.PartitionBy(cut, key=part, include_key=False), compression="lz4")
    for folder in sorted(cut.iterdir()):
        yield pl.read_parquet(folder)


def _join(files: list[Path], target: Path) -> None:
    if len(files) == 1:
        files[0].rename(target)
    else:
        pl.scan_parquet(files).sink_parquet(target)


def _summed(parts: Path, name: str) -> pl.DataFrame:
    """The counts of all parts added up, ordered; a month as text."""
    keys = GRAINS[name]
    added = pl.scan_parquet(parts / f"{name}-*.parquet").group_by(keys).agg(pl.exclude(keys).sum())
    return added.with_columns(pl.col(pl.Date).dt.strftime("%Y-%m")).sort(keys, nulls_last=True).collect()


def _batches(log: Path) -> pl.DataFrame:
    """`official, end, count` where an official ended steps of many dossiers in one minute of civil time."""
    by_person = pl.col("official").is_not_null() & (pl.col("official") != SYSTEM) & (pl.col("step") != WAITING)
    ended = pl.scan_parquet(log).filter(by_person, pl.col("end").is_not_null())
    counted = ended.group_by("official", _minute("end")).agg(count=pl.col("case").n_unique())
    return counted.filter(pl.col("count") >= _LEAST_IN_BATCH).collect(engine="streaming")


def _minute(name: str) -> pl.Expr:
    return pl.col(name).cast(pl.Int64) // _MINUTE


class _Part:
    """Some dossiers with all their steps; minutes are civil, since 1970."""

    def __init__(self, rows: pl.DataFrame, table: Ints, calendar: Calendar) -> None:
        self._zone, self._table = calendar.time_zone, table
        self._origin = int(np.datetime64(calendar.first, "m").astype(np.int64))
        self.steps = _steps(rows)
        first = self.steps["is_first"].to_numpy()
        self.begins = np.flatnonzero(first)
        self.of = np.cumsum(first) - 1
        self.ends = np.append(self.begins[1:], len(first)) - 1

    def tables(self, batches: pl.DataFrame) -> dict[str, pl.DataFrame]:
        """Its dossiers, spells, signals and hints, and what is counted in it."""
        spells = self._spells()
        dossiers = self._dossiers(spells)
        found = spells.select(
            "dossier", "step", "holder_kind", "holder", "role", "unit", "from_at", "to_at", "working_minutes",
            "limit_minutes", "overrun_minutes", "late_minutes", "late_overrun", "late_holder", "kind", "rule",
            "is_event", late_first_overrun="late_overrun", late_first_holder="late_holder",
        )  # fmt: skip
        return {
            "dossiers": dossiers,
            "spells": found,
            "signals": self._said(self._signals(batches), "signal"),
            "hints": self._said(self._hints(dossiers, batches), "hint"),
            "definitions": self._definitions(),
        } | count(spells, dossiers, self._zone)

    def _worked(self, minutes: Ints) -> Ints:
        return self._table[minutes - self._origin]

    def _spells(self) -> pl.DataFrame:
        """Each step and each gap before a step, with their minutes."""
        start, end, due, limit = (self.steps[name].to_numpy() for name in ("start", "end", "due", "limit"))
        before = np.append(0, end[:-1])
        has_gap = start > before
        has_gap[self.begins] = False
        row = np.repeat(np.arange(len(start)), 1 + has_gap)
        is_gap = np.append(row[1:] == row[:-1], False)
        since, to = np.where(is_gap, before[row], start[row]), np.where(is_gap, start[row], end[row])
        of, began, ended = self.of[row], self._worked(since), self._worked(to)
        allowed = np.where(is_gap, _NEVER, limit[row])
        used_up = began + allowed
        late_from = self._worked(np.maximum(due, start)[self.begins])[of]
        over = np.maximum(ended - used_up, 0)
        late = np.maximum(ended - np.maximum(began, late_from), 0)
        charged, by_limit = _charge(of, over, late, np.maximum(ended - np.maximum(used_up, late_from), 0))
        in_queue = pl.when(pl.Series(is_gap)).then(pl.lit("queue"))
        kind = pl.col("holder_kind")
        return (
            self.steps.select("case", "step", "holder_kind", "official", "unit")[row]
            .rename({"case": "dossier"})
            .with_columns(
                in_queue.otherwise("holder_kind").alias("holder_kind"), of=of, is_event=~is_gap, at=to,
                from_at=self._stamps(since), to_at=self._stamps(to), working_minutes=ended - began,
                limit_minutes=pl.Series(allowed).set(pl.Series(allowed == _NEVER), None), overrun_minutes=over,
                late_minutes=charged, late_overrun=by_limit, late_holder=late,
                owes=_sums(of, late)[of], is_open=self.steps["is_running"].to_numpy()[self.ends][of],
                kind=pl.lit("unverified"), role=pl.lit(None, pl.String),
                procedure=self.steps["procedure"][self.begins].gather(of),
                month=pl.from_epoch(pl.Series(to * 60), time_unit="s").dt.date().dt.month_start(),
            )
            .with_columns(
                holder=pl.when(kind.is_in(["queue", "system"])).then("unit").when(kind == "official").then("official"),
                rule=pl.when(pl.col("late_overrun") > 0).then(pl.lit("overrun")).otherwise(pl.lit("holder_after_due")),
            )
        )  # fmt: skip

    def _dossiers(self, spells: pl.DataFrame) -> pl.DataFrame:
        by_unit = spells.lazy().with_row_index("order").group_by("of", "unit")
        units = (
            by_unit.agg(pl.col("working_minutes").sum(), pl.col("order").min())
            .sort("of", "working_minutes", "order", descending=[False, True, False])
            .unique("of", keep="first", maintain_order=True)
            .collect()
        )
        late = spells.group_by("of", maintain_order=True).agg(pl.col("owes").first())
        first, last = self.steps[self.begins], self.steps[self.ends]
        judged, due = last["end"], first["due"]
        finished, received = judged.set(last["is_running"], None), self._stamps(first["start"])
        return first.select(
            dossier="case", procedure="procedure", unit=units["unit"],
            received_at=received, first_due_at=self._stamps(due), due_at=self._stamps(due),
            finished_at=self._stamps(finished), open=last["is_running"], late=judged > due,
            late_minutes=late["owes"], late_first_minutes=late["owes"], definition=pl.lit("late_by_due_at"),
            field=pl.lit(None, pl.String), evidenced_at=pl.lit(None, received.dtype),
            late_evidenced_minutes=late["owes"],
        )  # fmt: skip

    def _definitions(self) -> pl.DataFrame:
        """Dossiers by class and reason under each definition; nobody asks twice for a supplement."""
        last = self.steps[self.ends]
        judged, due, running = last["end"], self.steps["due"][self.begins], last["is_running"]
        day = {"judged": judged // _DAY, "due": (due - 1) // _DAY}
        today = day["judged"].zip_with(~running, (judged - 1) // _DAY)
        waits = running & (last["step"] == WAITING)
        asked = today.zip_with(~waits, last["start"] // _DAY)
        late = {
            "late_by_due_at": judged > due, "late_by_first_due_at": judged > due,
            "table_06a": (today > day["due"]) & ~waits, "index_766": asked > day["due"],
        }  # fmt: skip
        known = pl.DataFrame({"is_open": running, "is_early": ~running & (day["judged"] < day["due"]), "waits": waits})
        return pl.concat([_placed(known.with_columns(late=is_late), name) for name, is_late in late.items()])

    def _signals(self, batches: pl.DataFrame) -> pl.DataFrame:
        """`id, dossier, official, at, step, count`."""
        ended = self.steps.lazy().filter((pl.col("holder_kind") == "official") & ~pl.col("is_running"))
        by_one = pl.when(pl.col("official").n_unique() == 1).then(pl.col("official").first())
        closed = ended.join(batches.lazy(), on=["official", "end"])
        chains = ended.group_by("case", "end").agg(by_one.alias("official"), count=pl.len())
        return pl.concat(
            pl.collect_all([
                _found("zero_length", ended.filter(~pl.col("is_first"), pl.col("start") == pl.col("end"))),
                _found("same_minute_chain", chains.filter(pl.col("count") >= _LEAST_IN_CHAIN)),
                _found("batch_closing", closed.unique(["official", "end", "case"])),
            ])
        )  # fmt: skip

    def _hints(self, dossiers: pl.DataFrame, batches: pl.DataFrame) -> pl.DataFrame:
        """As `_signals`, about late dossiers."""
        last = self.steps[self.ends].filter(dossiers["late"] & ~dossiers["open"])
        end = last["end"].to_numpy()
        outside = last.filter(self._worked(end + 1) == self._worked(end))
        return pl.concat(
            pl.collect_all([
                _found("closed_outside_hours", outside.lazy()),
                _found("closed_with_many", last.lazy().join(batches.lazy(), on=["official", "end"])),
            ])
        )  # fmt: skip

    def _said(self, found: pl.DataFrame, kind: str) -> pl.DataFrame:
        """With the reason in words, in a fixed order."""
        ordered = found.sort(found.columns, nulls_last=True)
        civil = pl.from_epoch(pl.col("at") * 60, time_unit="s").dt.strftime("%d/%m/%Y %H:%M")
        texts = (civil, pl.col("step"), pl.col("count").cast(pl.String), pl.col("official"))
        reason = pl.coalesce(
            pl.when(pl.col("id") == id).then(_filled(sentence, texts)) for id, sentence in _SAID.items()
        )
        said = ordered.select(pl.col("id").alias(kind), "dossier", "official", "at", reason=reason)
        return said.with_columns(at=self._stamps(said["at"]))

    def _stamps(self, civil: Ints | pl.Series) -> pl.Series:
        moments = (pl.Series(civil) * _MINUTE).cast(pl.Datetime("us"))
        return moments.dt.replace_time_zone(self._zone).dt.convert_time_zone("UTC")


def _steps(rows: pl.DataFrame) -> pl.DataFrame:
    """The steps of each dossier in turn, with who holds it meanwhile and how long they may."""
    official, limit = pl.col("official"), pl.col("step").replace_strict(LIMITS, default=_NEVER, return_dtype=pl.Int64)
    holder_kind = (
        pl.when(pl.col("step") == WAITING).then(pl.lit("applicant"))
        .when(official == SYSTEM).then(pl.lit("system"))
        .when(official.is_null()).then(pl.lit("queue"))
        .otherwise(pl.lit("official"))
    )  # fmt: skip
    until = int(np.datetime64(UNTIL, "m").astype(np.int64))
    return (
        rows.lazy()
        .sort("case", "start")
        .with_columns(
            _minute("start"), _minute("end").fill_null(until), _minute("due"), limit=limit, holder_kind=holder_kind,
            is_running=pl.col("end").is_null(), is_first=(pl.col("case") != pl.col("case").shift(1)).fill_null(True),
        )
        .with_columns(official=pl.when(official != SYSTEM).then("official"))
        .collect()
    )  # fmt: skip


def _charge(of: Ints, over: Ints, late: Ints, late_over: Ints) -> tuple[Ints, Ints]:
    """Late minutes per spell, and those of them charged by the limits."""
    total_late, total_over = _sums(of, late), _sums(of, over)
    by_limit = _share(of, over, np.minimum(total_over, total_late))
    return by_limit + _share(of, late - late_over, np.maximum(total_late - total_over, 0)), by_limit


def _sums(of: Ints, minutes: Ints) -> Ints:
    return np.add.reduceat(minutes, np.flatnonzero(np.append(True, of[1:] != of[:-1])))


def _share(of: Ints, minutes: Ints, amount: Ints) -> Ints:
    """Each dossier's amount over its spells by their minutes, with floors at both ends of each."""
    length = _sums(of, minutes)
    upto = np.cumsum(minutes) - (np.cumsum(length) - length)[of]
    whole, amount = np.maximum(length, 1)[of], amount[of]
    return upto * amount // whole - (upto - minutes) * amount // whole


def _placed(known: pl.DataFrame, name: str) -> pl.DataFrame:
    """`definition, class, because, dossiers` of the dossiers under one definition."""
    late, waits = pl.col("late"), pl.col("waits") & (name == "table_06a")
    because = (
        pl.when(waits).then(pl.lit("waiting"))
        .when(late).then(pl.lit("after_due"))
        .when("is_early").then(pl.lit("before_due_day"))
        .otherwise(pl.lit("in_time"))
    )  # fmt: skip
    settled = pl.when(late).then(pl.lit("late")).when("is_early").then(pl.lit("early")).otherwise(pl.lit("on_time"))
    pending = pl.when(late).then(pl.lit("pending_overdue")).otherwise(pl.lit("pending_in_time"))
    of_class = pl.when("is_open").then(pending).otherwise(settled)
    counted = known.group_by(of_class.alias("class"), because.alias("because")).agg(dossiers=pl.len().cast(pl.Int64))
    return counted.select(pl.lit(name).alias("definition"), "class", "because", "dossiers")


def _found(id: str, rows: pl.LazyFrame) -> pl.LazyFrame:
    has = set(rows.collect_schema())
    step = pl.col("step") if id == "zero_length" else pl.lit(None, pl.String)
    count = pl.col("count").cast(pl.Int64) if "count" in has else pl.lit(None, pl.Int64)
    return rows.select(pl.lit(id).alias("id"), dossier="case", official="official", at="end", step=step, count=count)


def _filled(sentence: str, texts: tuple[pl.Expr, ...]) -> pl.Expr:
    """A sentence whose `{number}` stand for texts."""
    pieces = sentence.replace("}", "{").split("{")
    return pl.concat_str(texts[int(piece)] if at % 2 else pl.lit(piece) for at, piece in enumerate(pieces))
