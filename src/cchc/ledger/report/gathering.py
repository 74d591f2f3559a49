"""What the report shows, taken from the tables of a finished run: all totals, and of long tables the first rows.

Nothing here grows with the log: a table is summed, or its first rows are taken, while it is read. What is left out is
counted, so that the report can say how much there is and in which file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import polars as pl

from cchc.ledger.schema import DEFINITION
from cchc.ledger.verdicts import names
from cchc.records.errors import DomainError, problem
from cchc.records.search import sort_key

MOST_DOSSIERS: Final = 1000  # the most late ones, with their spells
MOST_SPELLS: Final = 200  # of one dossier
MOST_PEOPLE: Final = 5000
MOST_MONTHS_OF_PEOPLE: Final = 2000
MOST_UNITS: Final = 500
MOST_EVIDENCED: Final = 500  # dossiers, people and steps with a second date
MOST_FOUND: Final = 200  # rows of each signal and hint
MOST_STEPS: Final = 200
MOST_PASSED: Final = 200
BOTTLENECKS_A_MONTH: Final = 5
MOST_BOTTLENECKS: Final = 300

Row = dict[str, Any]
_SHARE_OF_UNIT: Final = ("late_official", "late_queue", "late_system")
_OUTSIDE: Final = ("late_applicant", "late_agency", "late_payment")


@dataclass(frozen=True, slots=True)
class Listed:
    """The rows of a table that are shown, and how many it has."""

    rows: Sequence[Row]
    total: int

    def first(self, most: int) -> Listed:
        """The first of the rows."""
        return Listed(self.rows[:most], self.total)

    @property
    def left_out(self) -> int:
        """How many rows are not shown."""
        return self.total - len(self.rows)


@dataclass(frozen=True, slots=True)
class Found:
    """Rows of one signal or hint: its id, the first of them, and how many there are."""

    id: str
    listed: Listed


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything the report shows, except what stands in `summary` (as in summary.json).

    `people` has a row for each official and unit charged with late minutes or slow, by name; `charged` is how many
    officials these are, of `officials` named in the log.
    `late` the most late dossiers: by dossier `courses` has their spells, `charges` their late minutes per holder,
    `hints_of` the hints about them. `evidenced` are late dossiers whose result was there before the system's end, those
    that it changes most first, with their hints in `reasons_of`; `moved` the people whose figures it changes;
    `step_dates` steps with two dates. `verdicts` has by definition the dossiers of each class, `differences` those on
    which it differs from the one that lists follow (`listed`). `by_…` count dossiers. `has_limits` tells whether any
    step has a limit.
    """

    summary: Mapping[str, Any]
    people: Listed
    charged: int
    officials: int
    months: Listed
    units: Listed
    late: Listed
    late_first: int
    courses: Mapping[str, Listed]
    charges: Mapping[str, Sequence[Row]]
    has_limits: bool
    hints_of: Mapping[str, Sequence[Row]]
    evidenced: Listed
    reasons_of: Mapping[str, Sequence[Row]]
    moved: Listed
    step_dates: Listed
    verdicts: Mapping[str, Mapping[str, int]]
    differences: Mapping[str, Listed]
    hints: Sequence[Found]
    signals: Sequence[Found]
    by_unit: Listed
    by_procedure: Listed
    by_field: Listed
    by_month: Listed
    steps: Listed
    bottlenecks: Listed
    returns: Listed
    hand_overs: Listed
    between_units: Sequence[Row]

    @property
    def as_of(self) -> date:
        """The day whose definitions and guards hold."""
        return date.fromisoformat(self.summary["as_of"])

    @property
    def listed(self) -> str:
        """The definition that the lists of late dossiers follow."""
        return str(self.summary["definitions"]["listed"])

    @property
    def by_limit(self) -> int:
        """Late minutes charged by exceeded limits."""
        return sum(row["late_overrun"] for row in self.summary["minutes"])


def gather(folder: Path, summary: Mapping[str, Any]) -> Gathered:
    """Read the tables in `folder`, of a run that wrote `summary`."""
    return _Reader(folder).gather(summary)


def gather_chosen(folder: Path, whole: Gathered, dossiers: Sequence[str]) -> Gathered:
    """The same with these dossiers, late or not, in place of the most late ones.

    Raises `DomainError` (`ledger.dossier_not_found`) for each that the run does not have.
    """
    rows = _Reader(folder).dossiers(dossiers)
    known = {row["dossier"] for row in rows}
    if unknown := [code for code in dossiers if code not in known]:
        raise DomainError(*(problem("ledger.dossier_not_found", None, dossier=code) for code in unknown))
    return _Reader(folder).told(whole, Listed(rows, len(rows)))


def gather_late(folder: Path, whole: Gathered, size: int) -> Iterator[Gathered]:
    """The same with the late dossiers in place of the most late ones: all, `size` at a time, the latest first."""
    reader = _Reader(folder)
    order = reader.late_in_order(whole.listed)
    for first in range(0, len(order), size):
        rows = reader.dossiers(order[first : first + size])
        yield reader.told(whole, Listed(rows, len(rows)))


@dataclass(frozen=True)
class _Reader:
    folder: Path

    def gather(self, summary: Mapping[str, Any]) -> Gathered:
        listed = summary["definitions"]["listed"]
        late = self._late(listed)
        codes = [row["dossier"] for row in late.rows]
        counts, evidenced = self._table("dossier_counts"), self._evidenced()
        return Gathered(
            summary=summary,
            people=_by_name(self._charged("people"), MOST_PEOPLE),
            charged=_different(self._charged("people"), "official"),
            officials=_different(self._table("people"), "official"),
            months=_by_name(self._charged("officials_fairness"), MOST_MONTHS_OF_PEOPLE),
            units=self._units(),
            late=late,
            late_first=int(counts.select(pl.col("late_first_dossiers").sum()).collect().item()),
            courses=self._courses(codes),
            charges=_by_dossier(self._charges(codes)),
            hints_of=_by_dossier(self._of_dossiers("hints", codes).collect()),
            has_limits=self._table("spells").select(pl.col("limit_minutes").count()).collect().item() > 0,
            evidenced=evidenced,
            reasons_of=_by_dossier(self._of_dossiers("hints", [row["dossier"] for row in evidenced.rows]).collect()),
            moved=self._moved(),
            step_dates=self._step_dates(),
            verdicts=self._verdicts(),
            differences={name: self._difference(name, listed) for name in names()},
            hints=self._found("hint"),
            signals=self._found("signal"),
            by_unit=_counted(counts, "unit"),
            by_procedure=_counted(counts, "procedure"),
            by_field=_counted(counts, "field"),
            by_month=_counted(counts, "month"),
            steps=_first(self._table("steps"), MOST_STEPS, "working_minutes", "procedure", "step"),
            bottlenecks=self._bottlenecks(),
            returns=_first(self._table("returns"), MOST_PASSED, "returns", "procedure", "from_step", "to_step"),
            hand_overs=self._hand_overs(),
            between_units=self._between_units(),
        )

    def _table(self, name: str) -> pl.LazyFrame:
        return pl.scan_parquet(self.folder / f"{name}.parquet")

    def _charged(self, name: str) -> pl.LazyFrame:
        """Those of a table of people who are late or slow."""
        return self._table(name).filter((pl.col("late_minutes") > 0) | (pl.col("slow_minutes") > 0))

    def _late(self, definition: str) -> Listed:
        return _first(self._late_by(definition), MOST_DOSSIERS, "late_minutes", "dossier")

    def _late_by(self, definition: str) -> pl.LazyFrame:
        """The dossiers that are late by this definition."""
        dossiers = self._table("dossiers")
        if definition == DEFINITION:
            return dossiers.filter("late")
        other = self._table("disputed").filter(pl.col("definition") == definition)
        says_late = other.select("dossier", says_late=pl.col("verdict") == "late")
        placed = dossiers.join(says_late, on="dossier", how="left", maintain_order="left")
        return placed.filter(pl.coalesce("says_late", "late")).drop("says_late")

    def _verdicts(self) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {name: {} for name in names()}
        counts = self._table("definitions").group_by("definition", "class").agg(pl.col("dossiers").sum())
        for name, of_class, dossiers in counts.collect().rows():
            found[name][of_class] = dossiers
        return found

    def _difference(self, name: str, listed: str) -> Listed:
        """Where a definition says otherwise than the one that lists follow."""
        rows, says = self._table("disputed"), pl.col("definition")
        ours = rows.filter(says == listed).select("dossier", listed_verdict="verdict", listed_reason="reason")
        both = rows.filter(says == name).join(ours, on="dossier")
        differ = both.filter(pl.col("verdict") != pl.col("listed_verdict"))
        return Listed(differ.sort("dossier").head(MOST_FOUND).collect().to_dicts(), _height(differ))

    def late_in_order(self, definition: str) -> list[str]:
        """The late dossiers by code, the latest first."""
        late = self._late_by(definition).select("dossier", "late_minutes")
        shown = late.sort("late_minutes", "dossier", descending=[True, False]).collect(engine="streaming")
        return shown["dossier"].to_list()

    def dossiers(self, codes: Sequence[str]) -> list[Row]:
        """Their rows, in the order given."""
        rows = {row["dossier"]: row for row in self._of_dossiers("dossiers", codes).collect().to_dicts()}
        return [rows[code] for code in dict.fromkeys(codes) if code in rows]

    def told(self, whole: Gathered, listed: Listed) -> Gathered:
        """`whole` with these dossiers in `late`, their spells, charges and hints."""
        codes = [row["dossier"] for row in listed.rows]
        return replace(
            whole,
            late=listed,
            courses=self._courses(codes),
            charges=_by_dossier(self._charges(codes)),
            hints_of=_by_dossier(self._of_dossiers("hints", codes).collect()),
        )

    def _evidenced(self) -> Listed:
        """Those that the evidence changes most first."""
        rows = self._table("dossiers").filter(pl.col("evidenced_at").is_not_null())
        changed = rows.with_columns(change=pl.col("late_minutes") - pl.col("late_evidenced_minutes"))
        return _first(changed, MOST_EVIDENCED, "change", "dossier")

    def _moved(self) -> Listed:
        both = pl.col("late_minutes") != pl.col("late_evidenced_minutes")
        by_limit = pl.col("late_overrun") != pl.col("late_evidenced_overrun")
        return _by_name(self._table("people").filter(both | by_limit), MOST_EVIDENCED)

    def _step_dates(self) -> Listed:
        """In the order of dossiers and time."""
        rows = self._table("step_dates")
        shown = rows.sort("dossier", "from_at", "to_at", "step").head(MOST_EVIDENCED).collect(engine="streaming")
        return Listed(shown.to_dicts(), _height(rows))

    def _of_dossiers(self, name: str, codes: Sequence[str]) -> pl.LazyFrame:
        return self._table(name).filter(pl.col("dossier").is_in(list(codes)))

    def _courses(self, codes: Sequence[str]) -> dict[str, Listed]:
        """The first spells of these dossiers. Those of a dossier stand together in the file."""
        spells = self._table("spells").with_row_index("order").filter(pl.col("dossier").is_in(list(codes)))
        sizes = spells.group_by("dossier").agg(first=pl.col("order").min(), total=pl.len())
        near = pl.col("order") < pl.col("first") + MOST_SPELLS
        shown = spells.join(sizes, on="dossier").filter(near).collect(engine="streaming").sort("order")
        return {code: Listed(rows, rows[0]["total"]) for code, rows in _by_dossier(shown).items()}

    def _charges(self, codes: Sequence[str]) -> pl.DataFrame:
        """`dossier, holder_kind, holder, late_minutes` of those charged any."""
        by = ("dossier", "holder_kind", "holder")
        summed = self._of_dossiers("spells", codes).group_by(by).agg(pl.col("late_minutes").sum())
        return summed.filter(pl.col("late_minutes") > 0).sort(by, nulls_last=True).collect(engine="streaming")

    def _units(self) -> Listed:
        minutes = pl.col(*_SHARE_OF_UNIT, *_OUTSIDE).sum()
        units = self._table("units_fairness").group_by("unit").agg(minutes)
        late = units.filter(pl.sum_horizontal(*_SHARE_OF_UNIT, *_OUTSIDE) > 0)
        return _by_name(late, MOST_UNITS, "unit")

    def _found(self, kind: str) -> list[Found]:
        rows = self._table(f"{kind}s")
        totals = rows.group_by(kind).len().sort(kind).collect(engine="streaming").rows()
        return [
            Found(id, Listed(rows.filter(pl.col(kind) == id).head(MOST_FOUND).collect().to_dicts(), total))
            for id, total in totals
        ]

    def _bottlenecks(self) -> Listed:
        rows = self._table("bottlenecks").filter(pl.col("late_minutes") + pl.col("overrun_minutes") > 0)
        ranked = rows.filter(pl.col("rank") <= BOTTLENECKS_A_MONTH)
        order = ("month", "rank", "procedure", "step")
        shown = ranked.sort(order, descending=[True, False, False, False], nulls_last=True).head(MOST_BOTTLENECKS)
        return Listed(shown.collect().to_dicts(), _height(rows))

    def _hand_overs(self) -> Listed:
        """Summed over procedures."""
        rows = self._table("hand_overs")
        keys = [name for name in rows.collect_schema().names() if name.startswith(("from_", "to_"))]
        summed = rows.group_by(keys).agg(pl.col("hand_overs", "waiting_minutes").sum())
        return _first(summed, MOST_PASSED, "hand_overs", *keys)

    def _between_units(self) -> list[Row]:
        rows = self._table("hand_overs").group_by("from_unit", "to_unit").agg(pl.col("hand_overs").sum())
        return _most(rows, MOST_PASSED, "hand_overs", "from_unit", "to_unit").to_dicts()


def _height(rows: pl.LazyFrame) -> int:
    return int(rows.select(pl.len()).collect(engine="streaming").item())


def _different(rows: pl.LazyFrame, name: str) -> int:
    return int(rows.select(pl.col(name).n_unique()).collect(engine="streaming").item())


def _most(rows: pl.LazyFrame, most: int, by: str, *then: str) -> pl.DataFrame:
    """The rows with the most of something, equals in the order of their names."""
    descending = [True, *(False for _ in then)]
    return rows.sort(by, *then, descending=descending, nulls_last=True).head(most).collect(engine="streaming")


def _first(rows: pl.LazyFrame, most: int, by: str, *then: str) -> Listed:
    return Listed(_most(rows, most, by, *then).to_dicts(), _height(rows))


def _by_name(rows: pl.LazyFrame, most: int, name: str = "official") -> Listed:
    """In dictionary order; with more than can be shown, those with the most late minutes are."""
    late = "late_minutes" if name == "official" else "late_official"
    shown = _most(rows, most, late, name).to_dicts()

    def place(row: Row) -> tuple[str, ...]:
        return tuple(sort_key(row.get(key) or "") for key in (name, "unit", "month"))

    return Listed(sorted(shown, key=place), _height(rows))


def _by_dossier(rows: pl.DataFrame) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = {}
    for row in rows.iter_rows(named=True):
        grouped.setdefault(row["dossier"], []).append(row)
    return grouped


def _counted(counts: pl.LazyFrame, key: str) -> Listed:
    """Dossiers per unit or procedure, the most late first; per month in order."""
    summed = counts.group_by(key).agg(pl.exclude("unit", "field", "procedure", "month").sum())
    if key == "month":
        return Listed(summed.sort(key, nulls_last=True).collect().to_dicts(), _height(summed))
    return _first(summed, MOST_UNITS, "late_minutes", key)
