"""What each named definition says of the dossiers of a log: how many are late by it, and where definitions disagree.

The ledger charges minutes by one definition (`schema.DEFINITION`). The others, of the official tables, place the same
dossiers by the same moments; where one calls late what another does not, the dossier stands in `DISPUTED` with the
reason of each. What a log does not tell, no definition can ask (`unknown`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Final

import polars as pl

from cchc.ledger.clock import CivilCalendar
from cchc.ledger.compute import Ledger
from cchc.ledger.definitions import CountingRule, shipped
from cchc.ledger.findings import sentences_of
from cchc.ledger.judging import PENDING, SETTLED, Period, place
from cchc.ledger.mapping import LogMapping, match_all
from cchc.ledger.preparing import Prepared
from cchc.ledger.schema import UTC_STAMP
from cchc.records.text import Language, LocalText

LATE: Final = ("late", "pending_overdue")
NOT_COUNTED: Final = ("settled_without_due", "pending_without_due")
IN_TIME: Final = tuple(name for name in (*SETTLED, *PENDING) if name not in (*LATE, *NOT_COUNTED))
_NAMELESS: Final = LocalText("")
GRAIN: Final = ("definition", "class", "because")

# A dossier under one definition; one of several rows, because the definitions differ on it. Moments in UTC minutes:
# `at` is what was held against `due`.
DISPUTED: Final = pl.Schema(
    {
        "dossier": pl.String(),
        "unit": pl.String(),
        "procedure": pl.String(),
        "definition": pl.String(),
        "verdict": pl.String(),
        "class": pl.String(),
        "because": pl.String(),
        "due": UTC_STAMP,
        "at": UTC_STAMP,
    }
)


@dataclass(frozen=True, slots=True)
class Verdicts:
    """`counts`: `dossiers` at GRAIN, which add up; `disputed` as in DISPUTED."""

    counts: pl.DataFrame
    disputed: pl.DataFrame


def names() -> tuple[str, ...]:
    """The definitions by which dossiers are placed, in the order of their file."""
    return tuple(shipped().counting_rules)


def unknown(mapping: LogMapping) -> list[str]:
    """Of what definitions disagree on, what a log read by this mapping does not tell."""
    asks = any(whom == "applicant" for _, whom in mapping.holders)
    known = {
        "first_due": mapping.first_due is not None,
        "supplements": asks,
        "waiting": asks and mapping.start is not None,  # else no row tells a wait that has not ended
        "stopped": bool(mapping.stopped),
    }
    return [name for name, is_known in known.items() if not is_known] + ["longest"]


def verdicts(
    prepared: Prepared,
    ledger: Ledger,
    mapping: LogMapping,
    calendar: CivilCalendar,
    open_until: int | None,
    as_of: date,
) -> Verdicts:
    """One partition under every definition in force on the day `as_of`; the period is the whole log."""
    until = None if open_until is None else datetime.fromtimestamp(open_until * 60, UTC)
    whole = Period(calendar.calendar.first, calendar.calendar.last, calendar.time_zone, until)
    known = _moments(prepared, ledger.dossiers, mapping).lazy()
    has_one_due = prepared.dossiers["first_due_at"].equals(prepared.dossiers["due_at"])
    rules = [_as_asked(shipped().counting_rule(name, as_of).value, has_one_due=has_one_due) for name in names()]
    different = list(dict.fromkeys(rules))
    columns = (_verdict(), "class", "because", pl.col("judged_due_at").alias("due"), pl.col("compared_at").alias("at"))
    tables = pl.collect_all([place(known, rule, whole).select(columns) for rule in different])
    placed = [tables[different.index(rule)] for rule in rules]
    counts = (
        table.group_by("class", "because").agg(pl.len().cast(pl.Int64).alias("dossiers"))
        .select(pl.lit(name).alias("definition"), "class", "because", "dossiers")
        for name, table in zip(names(), placed, strict=True)
    )  # fmt: skip
    return Verdicts(pl.concat(list(counts)), _disputed(ledger.dossiers, placed))


def _as_asked(rule: CountingRule, *, has_one_due: bool) -> CountingRule:
    """The rule by what it asks alone: where no dossier was appointed twice, which appointment makes no difference."""
    nameless = replace(rule, id="", name=_NAMELESS, rule=_NAMELESS)
    return replace(nameless, appointment="current") if has_one_due else nameless


def in_words(disputed: pl.DataFrame, time_zone: str, language: Language) -> pl.DataFrame:
    """With the `reason` of each verdict, ordered by dossier; the definitions keep their order."""
    due, at = (pl.col(name).dt.convert_time_zone(time_zone) for name in ("due", "at"))
    day_before = due.dt.offset_by("-1d").dt.strftime("%d/%m/%Y 24:00")  # midnight as it was promised
    is_midnight = (due.dt.hour() == 0) & (due.dt.minute() == 0)
    shown = disputed.select(
        "because",
        at=at.dt.strftime("%d/%m/%Y %H:%M"),
        due=pl.when(is_midnight).then(day_before).otherwise(due.dt.strftime("%d/%m/%Y %H:%M")).fill_null("–"),
    )
    order = pl.col("definition").cast(pl.Enum(names()))
    return (
        disputed.with_columns(reason=sentences_of(shown, "because", "ledger.because_", language))
        .sort("dossier", order)
        .select("dossier", "unit", "procedure", "definition", "verdict", "class", "due", "at", "reason")
    )


def _moments(prepared: Prepared, dossiers: pl.DataFrame, mapping: LogMapping) -> pl.DataFrame:
    """`judging.MOMENTS_IN` as far as the log tells them."""
    moments = dossiers.select("received_at", "first_due_at", "due_at", processed_at="finished_at")
    if any(whom == "applicant" for _, whom in mapping.holders):
        moments = moments.hstack(_supplements(prepared))
    if mapping.stopped:
        is_stopped = _stopped(prepared, mapping)
        moments = moments.with_columns(
            stopped_at=pl.when(is_stopped).then("processed_at"),
            processed_at=pl.when(~is_stopped).then("processed_at"),
        )
    return moments


def _supplements(prepared: Prepared) -> pl.DataFrame:
    """`supplement_requests`, each wait for the applicant being one; `waiting_since`, of one that still runs."""
    waits = prepared.steps.lazy().filter(pl.col("holder_kind") == "applicant")
    counted = waits.group_by("dossier").agg(
        supplement_requests=pl.len().cast(pl.Int64), since=pl.col("start").max(), until=pl.col("end").max()
    )
    heads = prepared.dossiers.lazy().select("finished_at", "judged_at").with_row_index("dossier")
    is_waiting = pl.col("finished_at").is_null() & (pl.col("until") >= pl.col("judged_at"))
    since = (pl.col("since").cast(pl.Int64) * 60_000_000).cast(UTC_STAMP)
    return (
        heads.join(counted, on="dossier", how="left", maintain_order="left")
        .select("supplement_requests", waiting_since=pl.when(is_waiting).then(since))
        .collect()
    )


def _stopped(prepared: Prepared, mapping: LogMapping) -> pl.Series:
    """Which dossiers ended with an activity that stops them: given back, refused, withdrawn."""
    activities = prepared.steps["step"].unique()
    stopping = list(match_all(((pattern, True) for pattern in mapping.stopped), activities))
    last = prepared.steps.lazy().sort("dossier", "end", "row").group_by("dossier").agg(pl.col("step").last())
    heads = prepared.dossiers.lazy().select("finished_at").with_row_index("dossier")
    ended = heads.join(last, on="dossier", how="left", maintain_order="left")
    is_stopped = pl.col("step").is_in(stopping).fill_null(value=False) & pl.col("finished_at").is_not_null()
    return ended.select(is_stopped.alias("is_stopped")).collect().to_series()


def _verdict() -> pl.Expr:
    of_class = {name: verdict for verdict, classes in (
        ("late", LATE), ("in_time", IN_TIME), ("not_counted", NOT_COUNTED)) for name in classes}  # fmt: skip
    return pl.col("class").replace_strict(of_class, return_dtype=pl.String).alias("verdict")


def _disputed(dossiers: pl.DataFrame, placed: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """The dossiers on which any two definitions differ, under each of them."""
    first, *others = (table["verdict"] for table in placed)
    differs = pl.Series([False]).new_from_index(0, dossiers.height)
    for verdict in others:
        differs |= verdict != first
    heads = dossiers.filter(differs).select("dossier", "unit", "procedure")
    tables = (
        heads.hstack(table.filter(differs)).with_columns(definition=pl.lit(name)).select(DISPUTED.names())
        for name, table in zip(names(), placed, strict=True)
    )
    return pl.concat(list(tables))
