"""Where each dossier stands in a period under a named counting rule: early, on time, late, pending …, and why.

Nothing is stored: the class of a dossier is a pure function of its moments, the period, the moment of judgement and the
counting rule (`definitions.yaml`). Dossiers outside the period have no row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import polars as pl

from cchc.ledger.definitions import CountingRule
from cchc.ledger.schema import UTC_STAMP
from cchc.records.errors import Message, refuse

SETTLED: Final = ("early", "on_time", "late", "settled_without_due")
PENDING: Final = ("pending_in_time", "pending_overdue", "pending_without_due")
CLASSES: Final = (*SETTLED, *PENDING)

_INSTANT: Final = timedelta(microseconds=1)

# What decided → the class of a settled and of a pending dossier; the first that applies decides.
_CLASS_BECAUSE: Final = {
    "second_supplement": ("late", "pending_overdue"),
    "stopped": ("on_time", "pending_in_time"),
    "waiting": ("on_time", "pending_in_time"),
    "no_appointment": ("settled_without_due", "pending_without_due"),
    "over_longest_time": ("late", "pending_overdue"),
    "within_longest_time": ("on_time", "pending_in_time"),
    "after_due": ("late", "pending_overdue"),
    "before_due_day": ("early", "pending_in_time"),
    "in_time": ("on_time", "pending_in_time"),
}

# What a rule may read of a dossier. The columns after `due_at` may be missing: then they are null. `longest_due_at` is
# the receipt plus the procedure's longest time, moved by the time of supplements; `supplement_requests` counts those
# made so far, `waiting_since` is the request that is still unanswered.
MOMENTS_IN: Final = pl.Schema(
    {
        "received_at": UTC_STAMP,
        "first_due_at": UTC_STAMP,
        "due_at": UTC_STAMP,
        "longest_due_at": UTC_STAMP,
        "processed_at": UTC_STAMP,
        "returned_at": UTC_STAMP,
        "stopped_at": UTC_STAMP,
        "supplement_requests": pl.Int64(),
        "waiting_since": UTC_STAMP,
    }
)


@dataclass(frozen=True, slots=True)
class Period:
    """Civil days `first` to `last` of a time zone, both included, as known at `as_of` (by default at its very end).

    Raises `ledger.period_ends_early`, and `ledger.judged_before_period` when `as_of` lies before the first day.
    """

    first: date
    last: date
    time_zone: str = "Asia/Ho_Chi_Minh"
    as_of: datetime | None = None

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise refuse("ledger.period_ends_early", first=self.first, last=self.last)
        if self.as_of is not None and self.as_of <= _midnight(self.first, self.time_zone):
            raise refuse("ledger.judged_before_period", first=self.first, as_of=self.as_of.isoformat())

    @property
    def start(self) -> datetime:
        """The first moment, 00:00 of the first day."""
        return _midnight(self.first, self.time_zone)

    @property
    def end(self) -> datetime:
        """24:00 of the last day: the first moment of the next period."""
        return _midnight(self.last + timedelta(days=1), self.time_zone)

    @property
    def until(self) -> datetime:
        """The moment of judgement: the period's end, or `as_of` when it comes first."""
        return self.end if self.as_of is None else min(self.end, self.as_of)


def judge(dossiers: pl.LazyFrame, rule: CountingRule, period: Period) -> pl.LazyFrame:
    """The dossiers of the period, with `carried_over, end_at, judged_due_at, compared_at, because, class, definition`.

    `dossiers` has the columns of `MOMENTS_IN` and any others. A dossier is in the period when it was received before
    the moment of judgement and had not ended before the period; its end is the one known today, so that each dossier is
    settled in one period only. `compared_at` is what was held against the due date:
    its end, the unanswered request, or the moment of judgement. `because` is a code of `ledger.because_…`.
    """
    start, until = _stamp(period.start), _stamp(period.until)
    return place(dossiers, rule, period).filter(
        pl.col("received_at") < until, pl.col("end_at").is_null() | (pl.col("end_at") >= start)
    ).with_columns(carried_over=pl.col("received_at") < start)  # fmt: skip


def place(dossiers: pl.LazyFrame, rule: CountingRule, period: Period) -> pl.LazyFrame:
    """All dossiers as they stand at the end of the period, also those that are not in it; see `judge`."""
    end, until = _stamp(period.end), _stamp(period.until)
    return (
        _complete(dossiers)
        .with_columns(end_at=pl.coalesce(*rule.ends))
        .with_columns(end_at=pl.when(pl.col("end_at") <= until, pl.col("end_at") < end).then("end_at"))
        .with_columns(judged_due_at=_due(rule), compared_at=_compared(rule, until))
        .with_columns(because=_because(rule, period))
        .with_columns(_class().alias("class"), definition=pl.lit(rule.id))
    )


def reason(because: str, due_at: datetime | None, compared_at: datetime, time_zone: str) -> Message:
    """Why a dossier has its class, from its row of `judge`."""
    due = None if due_at is None else _civil_text(due_at, time_zone)
    return Message(f"ledger.because_{because}", {"due": due, "at": _civil_text(compared_at, time_zone)})


def from_ledger(dossiers: pl.LazyFrame) -> pl.LazyFrame:
    """The ledger's dossiers (`schema.DOSSIERS_OUT`) as `judge` reads them: the log's end is the end of processing."""
    return dossiers.with_columns(processed_at=pl.col("finished_at"))


def count_classes(judged: pl.LazyFrame, *keys: str) -> pl.LazyFrame:
    """How many dossiers of each class, per `keys`; the counts add up over partitions.

    received + carried_over = settled + pending; settled and pending are the sums of their classes.
    """
    of_class = pl.col("class")
    return (
        judged.group_by(keys)
        .agg(
            (~pl.col("carried_over")).sum().cast(pl.Int64).alias("received_in_period"),
            pl.col("carried_over").sum().cast(pl.Int64),
            of_class.is_in(SETTLED).sum().cast(pl.Int64).alias("settled"),
            *((of_class == name).sum().cast(pl.Int64).alias(name) for name in SETTLED),
            of_class.is_in(PENDING).sum().cast(pl.Int64).alias("pending"),
            *((of_class == name).sum().cast(pl.Int64).alias(name) for name in PENDING),
        )
        .sort(keys, nulls_last=True)
    )


def _complete(dossiers: pl.LazyFrame) -> pl.LazyFrame:
    """The columns that somebody does not know are null."""
    present = set(dossiers.collect_schema())
    return dossiers.with_columns(
        pl.lit(None, dtype).alias(name) for name, dtype in MOMENTS_IN.items() if name not in present
    )


def _appointment(rule: CountingRule) -> pl.Expr:
    return pl.col("due_at" if rule.appointment == "current" else "first_due_at")


def _due(rule: CountingRule) -> pl.Expr:
    by_appointment = _appointment(rule)
    return pl.coalesce(by_appointment, "longest_due_at") if rule.without_appointment == "longest" else by_appointment


def _is_waiting(until: pl.Expr) -> pl.Expr:
    """Whether a request for a supplement is still unanswered."""
    return pl.col("end_at").is_null() & (pl.col("waiting_since") <= until).fill_null(value=False)


def _compared(rule: CountingRule, until: pl.Expr) -> pl.Expr:
    if rule.waiting_for_supplement != "from_request":
        return pl.coalesce("end_at", until)
    return pl.when(_is_waiting(until)).then("waiting_since").otherwise(pl.coalesce("end_at", until))


def _because(rule: CountingRule, period: Period) -> pl.Expr:
    """What decides, in the order of `_CLASS_BECAUSE`."""
    settled, promised = pl.col("end_at").is_not_null(), _appointment(rule).is_not_null()
    other_ends = [end for end in rule.ends if end != "stopped_at"]
    late, early = _after_due(rule, period), settled & (_day(pl.col("end_at"), period) < _due_day(period))
    applies = {
        "second_supplement": pl.lit(rule.second_supplement == "late") & (pl.col("supplement_requests") > 1),
        "stopped": pl.lit(rule.stopped == "on_time") & settled & pl.all_horizontal(pl.col(other_ends).is_null()),
        "waiting": pl.lit(rule.waiting_for_supplement == "in_time") & _is_waiting(_stamp(period.until)),
        "no_appointment": pl.col("judged_due_at").is_null(),
        "over_longest_time": ~promised & late,
        "within_longest_time": ~promised,
        "after_due": late,
        "before_due_day": early,
        "in_time": pl.lit(value=True),
    }
    decided = (pl.when(applies[name]).then(pl.lit(name)) for name in _CLASS_BECAUSE)
    return pl.coalesce(*decided)


def _after_due(rule: CountingRule, period: Period) -> pl.Expr:
    if rule.compare == "minute":
        return pl.col("compared_at") > pl.col("judged_due_at")
    still_open = pl.col("compared_at") == _stamp(period.until)
    last_day = _day(_stamp(period.until - _INSTANT), period)
    day = pl.when(still_open).then(last_day).otherwise(_day(pl.col("compared_at"), period))
    return day > _due_day(period)


def _due_day(period: Period) -> pl.Expr:
    """The civil day of the due date; 24:00 belongs to the day that it ends."""
    return _day(pl.col("judged_due_at") - _INSTANT, period)


def _day(moment: pl.Expr, period: Period) -> pl.Expr:
    return moment.dt.convert_time_zone(period.time_zone).dt.date()


def _class() -> pl.Expr:
    settled, pending = (
        pl.col("because").replace_strict({name: classes[i] for name, classes in _CLASS_BECAUSE.items()}) for i in (0, 1)
    )
    return pl.when(pl.col("end_at").is_not_null()).then(settled).otherwise(pending)


def _midnight(day: date, time_zone: str) -> datetime:
    return datetime.combine(day, time.min, ZoneInfo(time_zone))


def _civil_text(moment: datetime, time_zone: str) -> str:
    return moment.astimezone(ZoneInfo(time_zone)).strftime("%d/%m/%Y %H:%M")


def _stamp(moment: datetime) -> pl.Expr:
    return pl.lit(moment.astimezone(UTC), UTC_STAMP)
