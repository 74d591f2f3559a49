"""The events of one partition made into what `compute` takes: dossiers and steps, with what was noticed on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from cchc.ledger.clock import MINUTE, CivilCalendar, to_civil, to_utc
from cchc.ledger.events import REJECTS
from cchc.ledger.mapping import Limit, LogMapping
from cchc.ledger.occurrences import completed, paired, started, told_whole
from cchc.ledger.ownership import Ints
from cchc.ledger.rows import MOMENTS_OF_DOSSIER, UNREADABLE, whole_minutes
from cchc.ledger.schema import DOSSIERS_IN
from cchc.ledger.signals import DUE_CHANGES_IN
from cchc.ledger.steps import with_rules
from cchc.records.errors import refuse

_TOLD_ONCE: Final = ("received", "finished", "due", "first_due")  # a dossier may have several results


@dataclass(frozen=True, slots=True)
class Prepared:
    """`schema.DOSSIERS_IN` and `schema.STEPS_IN` of one partition, and `events.REJECTS` of dossiers that nobody can
    judge. Per dossier in UTC minutes: `last_events`, and `results`, when its last result was there (null when nobody
    says it). `due_changes` (`signals.DUE_CHANGES_IN`) are the appointments that later rows replace; `counts` are
    explained in `docs/ledger.md`.
    """

    dossiers: pl.DataFrame
    steps: pl.DataFrame
    rejects: pl.DataFrame
    last_events: pl.Series
    results: pl.Series
    due_changes: pl.DataFrame
    counts: Mapping[str, int]


class Preparer:
    """Prepares partitions of one log. `open_until` in UTC minutes."""

    def __init__(self, mapping: LogMapping, calendar: CivilCalendar, open_until: int | None) -> None:
        self._mapping, self._calendar, self._open_until = mapping, calendar, open_until
        self._first, self._last = calendar.span

    def prepare(self, events: pl.DataFrame) -> Prepared:
        """One partition; `events` as in `events.EVENTS`, all of a dossier together. Raises `ledger.open_until_missing`
        for an open dossier when nobody said until when it is judged.
        """
        ordered = _in_order(events)
        heads = self._heads(ordered)
        bad = heads.filter(pl.col("reason").is_not_null()).select("number", "reason")
        good = heads.filter(pl.col("reason").is_null()).with_row_index("position")
        _check_judged(good)
        known = good.select("number", "position", "judged_at", "is_contradictory")
        used = ordered.join(known, on="number", maintain_order="left")
        used = used.drop("dossier").rename({"position": "dossier"})
        happened = self._occurrences(used)
        return Prepared(
            dossiers=good.select(DOSSIERS_IN.names()).cast(DOSSIERS_IN),
            steps=with_rules(happened, self._mapping),
            rejects=ordered.join(bad, on="number").select(REJECTS.names()),
            last_events=good["last"],
            results=good["result"],
            due_changes=_due_changes(self._by_end(used.filter("is_contradictory"))),
            counts=self._counts(good, happened),
        )

    def _heads(self, ordered: pl.DataFrame) -> pl.DataFrame:
        """`DOSSIERS_IN` for every dossier, with the `reason` why it cannot be judged."""
        stated = self._stated(ordered)
        received = pl.coalesce("received", "first")
        heads = stated.with_columns(received_at=received, finished_at=self._finished()).with_columns(
            judged_at=pl.coalesce("finished_at", pl.lit(self._open_until, dtype=pl.Int32)),
            reason=pl.when("is_unreadable").then(pl.lit("unreadable_date"))
            .when("is_outside").then(pl.lit("outside_calendar")),
        )  # fmt: skip
        if self._mapping.result is not None:
            heads = heads.with_columns(result=self._result())
        return self._with_due(heads).with_columns(first_due_at=pl.coalesce("first_due", "due_at"))

    def _result(self) -> pl.Expr:
        """When the last result was there. A date without a time on the day of the receipt cannot lie before it."""
        received = (pl.col("received_at").cast(pl.Int64) * MINUTE).cast(pl.Datetime("us", "UTC"))
        day = received.dt.convert_time_zone(self._calendar.time_zone).dt.truncate("1d").dt.epoch("us") // MINUTE
        return pl.when(pl.col("result") == day).then("received_at").otherwise("result")

    def _stated(self, ordered: pl.DataFrame) -> pl.DataFrame:
        """What the rows of each dossier say of it: the first word on its receipt, the last one on its end."""
        moments = pl.col(MOMENTS_OF_DOSSIER)
        beyond = ~moments.is_between(self._first, self._last)
        is_outside = ~pl.col("first_minute", "last_minute").is_between(self._first, self._last)
        differ = pl.any_horizontal(pl.col(name).min() != pl.col(name).max() for name in _TOLD_ONCE)
        words = ordered.with_columns(
            is_unreadable=pl.any_horizontal((moments == UNREADABLE).fill_null(False)),
            is_outside=pl.any_horizontal(beyond.fill_null(False), is_outside),
        ).group_by("number", maintain_order=True).agg(
            pl.col("dossier").first(),
            pl.col("procedure", "field", "received", "first_due").first(ignore_nulls=True),
            pl.col("finished", "due").last(ignore_nulls=True),
            pl.col("result").max(),
            pl.col("is_unreadable", "is_outside").any(),
            first=pl.col("first_minute").first(),
            last=pl.col("last_minute").max(),
            rows_running=pl.col("at").null_count(),
            is_contradictory=differ.fill_null(False),
        )  # fmt: skip
        # Where they differ, the last word is that of the row that ended last.
        differing = ordered.join(words.filter("is_contradictory"), on="number", how="semi")
        last_words = self._by_end(differing).group_by("number").agg(pl.col("finished", "due").last(ignore_nulls=True))
        return words.update(last_words, on="number")

    def _by_end(self, ordered: pl.DataFrame) -> pl.DataFrame:
        """Rows in the order in which they became what they are."""
        if self._mapping.start is None:
            return ordered
        return ordered.sort("number", pl.coalesce("at", "start"), "row")

    def _finished(self) -> pl.Expr:
        """The end; null for an open dossier: without its date, or with a row that has a start and no end."""
        if self._mapping.finished is not None:
            return pl.col("finished")
        if self._mapping.start is not None:
            return pl.when(pl.col("rows_running") == 0).then("last")
        return pl.col("last")

    def _with_due(self, heads: pl.DataFrame) -> pl.DataFrame:
        """`due_at` as written, or counted from the receipt; where that leaves the calendar it is a reason to reject."""
        due = self._mapping.due
        if not isinstance(due, Limit):
            return heads.with_columns(due_at="due")
        can_count = heads["reason"].is_null()
        starts = heads["received_at"].filter(can_count).cast(pl.Int64).to_numpy()
        counted = heads["due"].scatter(can_count.arg_true(), self._ends_of(starts, due))
        outside = pl.when(can_count & counted.is_null()).then(pl.lit("outside_calendar"))
        return heads.with_columns(due_at=counted, reason=pl.coalesce("reason", outside))

    def _ends_of(self, starts: Ints, limit: Limit) -> pl.Series:
        """Where the limit ends for each start, in UTC minutes; null after the calendar's span."""
        zone = self._calendar.time_zone
        ask = {
            "working_minutes": self._calendar.due,
            "working_days": self._calendar.due_in_working_days,
            "calendar_days": self._calendar.due_in_calendar_days,
        }[limit.kind]
        ends = ask(to_civil(starts, zone), np.full(len(starts), limit.amount, dtype=np.int64))
        return self._as_due(pl.Series(ends.astype("datetime64[us]"), dtype=pl.Datetime("us")))

    def _as_due(self, civil: pl.Series) -> pl.Series:
        if self._mapping.due_time == "end_of_day":
            civil = civil.dt.truncate("1d").dt.offset_by("1d")
        utc = to_utc(civil, self._calendar.time_zone).cast(pl.Int64) // MINUTE
        return utc.set(~utc.is_between(self._first, self._last), None).cast(pl.Int32)

    def _occurrences(self, events: pl.DataFrame) -> pl.DataFrame:
        """The steps as they happened; a row without an end runs on until its dossier is judged."""
        if self._mapping.start is not None:
            return told_whole(events, running_until="judged_at")
        return {"completed": completed, "started": started, "both": paired}[self._mapping.events](events)

    def _counts(self, good: pl.DataFrame, happened: pl.DataFrame) -> dict[str, int]:
        is_paired = self._mapping.start is not None or self._mapping.events == "both"
        return {
            "dossiers": good.height,
            "open": good["finished_at"].null_count(),
            "without_due": good["due_at"].null_count(),
            "contradictory": int(good["is_contradictory"].sum()),
            "steps": happened.height,
            "running": int(happened["is_running"].sum()),
            "without_start": int(happened["is_after_gap"].sum()) if is_paired else 0,
        }


def _in_order(events: pl.DataFrame) -> pl.DataFrame:
    """By dossier (`number`, in the order of names), full stamp and row; then floored to minutes: `minute` of the event,
    and `first_minute` and `last_minute`, which differ for a row that tells a start as well.
    """
    began, ended = pl.coalesce("start", "at"), pl.coalesce("at", "start")
    return events.sort("dossier", began, "row").with_columns(
        number=pl.col("dossier").rle_id(),
        minute=whole_minutes(pl.col("at")),
        first_minute=whole_minutes(began),
        last_minute=whole_minutes(ended),
    )


def _due_changes(events: pl.DataFrame) -> pl.DataFrame:
    """`signals.DUE_CHANGES_IN`: each row whose due date differs from that of the row before."""
    previous = pl.when(pl.col("dossier") == pl.col("dossier").shift(1)).then(pl.col("due").shift(1))
    changed = events.drop_nulls("due").with_columns(previous_due_at=previous)
    return changed.filter(pl.col("due") != pl.col("previous_due_at")).select(
        "dossier", "official", "previous_due_at", changed_at="last_minute", due_at="due"
    ).select(DUE_CHANGES_IN.names())  # fmt: skip


def _check_judged(heads: pl.DataFrame) -> None:
    unjudged = heads.filter(pl.col("judged_at").is_null())
    if unjudged.height:
        raise refuse("ledger.open_until_missing", open=unjudged.height, example=unjudged["dossier"][0])
