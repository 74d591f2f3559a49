"""Where dossiers stand in a period: what peers disagree on as tables, and what must hold under every counting rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc.ledger.definitions import shipped
from cchc.ledger.judging import CLASSES, MOMENTS_IN, PENDING, SETTLED, Period, count_classes, from_ledger, judge, reason
from cchc.records.errors import DomainError
from cchc.records.words import say
from tests.support.examples import share_of_examples

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
SPEC = Path(__file__).parent / "spec"
RULES = shipped().counting_rules
AS_OF = date(2026, 3, 1)
FEWER = settings(max_examples=share_of_examples(0.3))


def rule(name: str) -> Any:
    return RULES[name].as_of(AS_OF).value


@dataclass(frozen=True)
class Case:
    name: str
    period: Period
    dossier: dict[str, str]
    carried_over: bool
    expect: dict[str, str]
    because: dict[str, str]


def cases() -> list[Case]:
    found = []
    for path in sorted(SPEC.glob("*.yaml")):
        table = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
        assert set(table) == {"about", "period", "cases"}
        for case in table["cases"]:
            assert set(case) <= {"case", "dossier", "carried_over", "expect", "because"}
            found.append(
                Case(
                    f"{path.stem}: {case['case']}",
                    period(**table["period"]),
                    case["dossier"],
                    "carried_over" in case,
                    case["expect"],
                    case.get("because", {}),
                )
            )
    return found


def period(first: str, last: str, as_of: str | None = None) -> Period:
    days = (datetime.strptime(day, "%d/%m/%Y").date() for day in (first, last))  # noqa: DTZ007 - a civil day
    return Period(*days, as_of=None if as_of is None else moment(as_of))


def moment(text: str) -> datetime:
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=HANOI)


def table_of(dossier: dict[str, str]) -> pl.LazyFrame:
    """Only the columns that the case names: the others may be missing."""
    values: dict[str, Any] = {
        key if key in MOMENTS_IN else f"{key}_at": int(text) if key == "supplement_requests" else moment(text)
        for key, text in dossier.items()
    }
    schema = {name: dtype for name, dtype in MOMENTS_IN.items() if name in values}
    return pl.LazyFrame(
        [{key: value.astimezone(UTC) if isinstance(value, datetime) else value for key, value in values.items()}],
        schema,
    )


@pytest.mark.requirement(12, 108)
@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_a_case_of_the_specification(case: Case) -> None:
    for name, expected in case.expect.items():
        (row, *_) = [*judge(table_of(case.dossier), rule(name), case.period).collect().rows(named=True), None]
        if expected == "outside":
            assert row is None
            continue
        assert row is not None
        assert (name, row["class"]) == (name, expected)
        assert row["carried_over"] is case.carried_over
        assert row["because"] == case.because.get(name, row["because"])


def test_every_rule_has_its_cases_and_every_class_occurs() -> None:
    named = [item for case in cases() for item in case.expect.items()]
    assert {name for name, _ in named} == set(RULES)
    assert {expected for _, expected in named} == {*CLASSES, "outside"}


MOMENTS = st.datetimes(datetime(2026, 2, 20), datetime(2026, 4, 10)).map(  # noqa: DTZ001 - given a zone below
    lambda at: at.replace(minute=0, second=0, microsecond=0, tzinfo=HANOI)
)
DOSSIERS = st.fixed_dictionaries(
    {"received_at": MOMENTS}
    | {
        name: st.one_of(st.none(), st.integers(0, 5) if name == "supplement_requests" else MOMENTS)
        for name in MOMENTS_IN
        if name != "received_at"
    }
)
MANY = st.lists(DOSSIERS, max_size=6)
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


def frame(rows: list[dict[str, Any]]) -> pl.LazyFrame:
    in_utc = [{k: v.astimezone(UTC) if isinstance(v, datetime) else v for k, v in row.items()} for row in rows]
    return pl.LazyFrame(in_utc, MOMENTS_IN).with_row_index("number")


@FEWER
@given(MANY, st.sampled_from(sorted(RULES)))
def test_the_identities_of_the_statutory_table_hold(rows: list[dict[str, Any]], name: str) -> None:
    counted = count_classes(judge(frame(rows), rule(name), MARCH), "definition").collect()
    for row in counted.rows(named=True):
        assert row["received_in_period"] + row["carried_over"] == row["settled"] + row["pending"]
        assert row["settled"] == sum(row[of_class] for of_class in SETTLED)
        assert row["pending"] == sum(row[of_class] for of_class in PENDING)


@FEWER
@given(MANY, st.sampled_from(sorted(RULES)))
def test_every_dossier_is_settled_in_one_period_at_most_and_pending_until_then(
    rows: list[dict[str, Any]], name: str
) -> None:
    months = [(2, 28), (3, 31), (4, 30)]
    judged = [
        judge(frame(rows), rule(name), Period(date(2026, month, 1), date(2026, month, last))).collect()
        for month, last in months
    ]
    for number in range(len(rows)):
        classes = [list(month.filter(pl.col("number") == number)["class"]) for month in judged]
        seen = [of_class for month in classes for of_class in month]
        assert sum(of_class in SETTLED for of_class in seen) <= 1
        assert all(of_class in PENDING for of_class in seen[:-1])


@FEWER
@given(DOSSIERS, st.integers(1, 10), st.sampled_from(sorted(RULES)))
def test_a_later_due_date_never_makes_a_dossier_late(row: dict[str, Any], days: int, name: str) -> None:
    later = row | {
        due: row[due] + timedelta(days=days) for due in ("first_due_at", "due_at", "longest_due_at") if row[due]
    }
    before, after = (judge(frame([one]), rule(name), MARCH).collect()["class"].to_list() for one in (row, later))
    if before and not before[0].startswith(("late", "pending_overdue")):
        assert not after[0].startswith(("late", "pending_overdue"))


def test_the_ledgers_dossiers_are_judged_by_the_end_of_the_log() -> None:
    dossiers = pl.LazyFrame(
        {"received_at": [moment("02/03/2026 08:00")], "due_at": [moment("04/03/2026 08:00")],
         "finished_at": [moment("05/03/2026 08:00")]}
    ).select(pl.all().dt.convert_time_zone("UTC"))  # fmt: skip
    assert judge(from_ledger(dossiers), rule("late_by_due_at"), MARCH).collect()["class"].to_list() == ["late"]


def test_the_reason_says_which_moments_were_compared() -> None:
    row = judge(
        table_of({"received": "02/03/2026 08:00", "due": "04/03/2026 08:00", "processed": "05/03/2026 09:30"}),
        rule("late_by_due_at"),
        MARCH,
    ).collect().row(0, named=True)  # fmt: skip
    message = reason(row["because"], row["judged_due_at"], row["compared_at"], "Asia/Ho_Chi_Minh")
    assert say(message, "vi") == "05/03/2026 09:30 sau hạn trả 04/03/2026 08:00"
    assert say(message, "en") == "05/03/2026 09:30 is after the appointment 04/03/2026 08:00"


@pytest.mark.parametrize(
    ("first", "last", "as_of", "code"),
    [
        ("02/03/2026", "01/03/2026", None, "ledger.period_ends_early"),
        ("02/03/2026", "03/03/2026", "02/03/2026 00:00", "ledger.judged_before_period"),
    ],
)
def test_a_period_without_days_is_refused(first: str, last: str, as_of: str | None, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        period(first, last, as_of)
    assert refused.value.code == code
