"""Fair lists: nobody unlisted, small samples unranked, late under every rule, and what hides behind no name."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cchc.ledger.compute import Ledger, compute
from cchc.ledger.counting import add_up, with_dossiers
from cchc.ledger.fairness import (
    PERSON,
    RULES,
    _shares,
    count_rules,
    minimum_volume,
    official_records,
    shipped_guards,
    unit_shares,
)
from cchc.ledger.officials import wilson
from cchc.records.numbers import round_half_up
from tests.ledger.frames import counted_spells, tables
from tests.ledger.oracle import Dossier, Step
from tests.ledger.strategies import BASE, calendars, dossiers
from tests.ledger.tiny_calendar import TinyCalendar
from tests.support.examples import share_of_examples

HANOI = "Asia/Ho_Chi_Minh"
ALWAYS_OPEN = TinyCalendar(windows=((0, 1440),))


def step(start: int, end: int, name: str | None = "An", kind: str = "official", limit: int | None = None) -> Step:
    limit_kind = None if limit is None else "working_minutes"
    return Step("Ký", BASE + start, BASE + end, kind, name, "U1", None, limit_kind, limit)


def a_dossier(*steps: Step, judged: int, due: int, first_due: int | None = None) -> Dossier:
    return Dossier(BASE, BASE + judged, steps, BASE + due, BASE + (due if first_due is None else first_due))


def ledger_of(*several: Dossier, calendar: TinyCalendar = ALWAYS_OPEN) -> Ledger:
    return compute(*tables(several), calendar)


def known(ledger: Ledger) -> pl.LazyFrame:
    return with_dossiers(ledger.spells, ledger.dossiers).lazy()


def records(ledger: Ledger, least: int = 1) -> dict[str, dict[str, Any]]:
    counted = counted_spells(ledger, PERSON, HANOI).filter(pl.col("official").is_not_null())
    rules = add_up([count_rules(known(ledger), HANOI)], PERSON)
    return {row["official"]: row for row in official_records(counted, rules, least).rows(named=True)}


@pytest.mark.requirement(72)
def test_late_under_every_rule_is_what_no_choice_of_rule_explains_away() -> None:
    """Due at 300, ended at 400. An overran in time; Bình held it late but within the limit; Châu did both."""
    ledger = ledger_of(
        a_dossier(
            step(0, 250, "An", limit=200), step(250, 350, "Bình", limit=100), step(350, 400, "Châu", limit=0),
            judged=400, due=300,
        )
    )  # fmt: skip
    by_name = records(ledger)
    assert {name: row["late_under_every_rule"] for name, row in by_name.items()} == {
        "An": False,
        "Bình": False,
        "Châu": True,
    }
    assert [by_name["An"][rule] for rule in RULES] == [50, 0, 50, 0]
    assert [by_name["Bình"][rule] for rule in RULES] == [0, 50, 0, 50]
    assert [by_name["Châu"][rule] for rule in RULES] == [50, 50, 50, 50]


def test_a_second_appointment_that_was_kept_leaves_lateness_by_the_first() -> None:
    ledger = ledger_of(a_dossier(step(0, 400, limit=100), judged=400, due=500, first_due=300))
    row = records(ledger)["An"]
    assert [row[rule] for rule in RULES] == [0, 0, 100, 100]
    assert (row["late_under_every_rule"], row["dossiers_late_first_overrun"]) == (False, 1)


def test_rules_met_in_different_dossiers_are_not_every_rule() -> None:
    """An overran one dossier whose delay another held, and held another late without overrunning it."""
    ledger = ledger_of(
        a_dossier(step(0, 250, limit=200), step(250, 350, "Bình", limit=100), judged=350, due=300),
        a_dossier(step(0, 100, "Bình"), step(100, 350), judged=350, due=300),
    )
    row = records(ledger)["An"]
    assert all(row[rule] > 0 for rule in RULES)
    assert (row["dossiers_every_rule"], row["late_under_every_rule"]) == (0, False)


def test_small_samples_are_listed_without_a_rank_and_equals_share_one() -> None:
    several = [
        *(a_dossier(step(0, 400, name), judged=400, due=300) for name in ("An", "An", "Bình", "Bình", "Em")),
        *(a_dossier(step(0, 200, name), judged=200, due=300) for name in ("Châu", "Châu")),
    ]
    by_name = records(ledger_of(*several), least=2)
    assert {name: row["rank"] for name, row in by_name.items()} == {"An": 1, "Bình": 1, "Châu": 3, "Em": None}
    assert by_name["Em"]["late_minutes"] == 100, "unranked, never unlisted"
    assert (by_name["Châu"]["dossiers_every_rule"], by_name["Châu"]["late_under_every_rule"]) == (0, False)


def test_ranks_are_those_of_a_month() -> None:
    month = 31 * 24 * 60
    january = a_dossier(step(0, 400, "An"), judged=400, due=100)
    february = Dossier(BASE + month, BASE + month + 400, (step(month, month + 400, "Bình"),), BASE + month + 399)
    assert {name: row["rank"] for name, row in records(ledger_of(january, february)).items()} == {"An": 1, "Bình": 1}


@pytest.mark.parametrize(("limit", "share"), [(None, "1.0000"), (400, "1.0000"), (350, "0.5000"), (0, "0.0000")])
def test_the_share_of_the_second_rule_stands_beside(limit: int | None, share: str) -> None:
    ledger = ledger_of(a_dossier(step(0, 400, limit=limit), judged=400, due=300))
    assert records(ledger)["An"]["second_rule_share"] == Decimal(share)


def test_nothing_late_has_no_share() -> None:
    assert records(ledger_of(a_dossier(step(0, 300), judged=300, due=300)))["An"]["second_rule_share"] is None


def test_what_hides_behind_queues_and_system_accounts_is_shown_per_unit() -> None:
    ledger = ledger_of(
        a_dossier(
            step(0, 310, "An"), step(310, 330, None, "queue"), step(330, 360, None, "system"),
            step(360, 400, None, "applicant"), judged=400, due=300,
        ),
        a_dossier(step(0, 100, None, "applicant"), judged=100, due=50),
    )  # fmt: skip
    counted = counted_spells(ledger, ("unit", "month", "holder_kind"), HANOI)
    (row,) = unit_shares(counted).rows(named=True)
    assert (row["late_official"], row["late_queue"], row["late_system"], row["late_applicant"]) == (10, 20, 30, 90)
    assert row["unnamed_share"] == Decimal("0.8333")


@settings(max_examples=share_of_examples(0.2))
@given(st.lists(dossiers(), min_size=1, max_size=3), calendars())
def test_the_rules_are_counted_as_by_hand(several: list[Dossier], calendar: TinyCalendar) -> None:
    ledger = ledger_of(*several, calendar=calendar)
    sums: dict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0] * len(RULES))
    for row in ledger.spells.filter(pl.col("holder_kind") == "official").rows(named=True):
        month = f"{row['to_at'].astimezone(ZoneInfo(HANOI)):%Y-%m}"
        key = (row["dossier"], row["holder"], row["unit"], month)
        sums[key] = [total + row[rule] for total, rule in zip(sums[key], RULES, strict=True)]
    expected: dict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0] * (len(RULES) + 1))
    for (_, *person), totals in sums.items():
        flags = [total > 0 for total in totals]
        if not any(flags):
            continue
        counts = expected[tuple(person)]
        expected[tuple(person)] = [count + flag for count, flag in zip(counts, [*flags, all(flags)], strict=True)]
    counted = add_up([count_rules(known(ledger), HANOI)], PERSON)
    assert {tuple(row[:3]): list(row[3:]) for row in counted.rows()} == dict(expected)


@pytest.mark.parametrize(
    ("late", "of", "low", "high"),
    [
        (0, 0, "0.0000", "1.0000"),
        (0, 10, "0.0000", "0.2775"),
        (5, 10, "0.2366", "0.7634"),
        (1, 1, "0.2065", "1.0000"),
        (10, 10, "0.7225", "1.0000"),
        (26, 92, "0.2008", "0.3819"),
    ],
)
def test_the_wilson_interval(late: int, of: int, low: str, high: str) -> None:
    assert wilson(late, of) == (Decimal(low), Decimal(high))


def test_the_minimum_volume_is_a_sourced_record() -> None:
    assert minimum_volume(date(2026, 1, 1)) == 30
    (record,) = shipped_guards()["minimum_volume"].records
    assert record.value.name.en and record.value.rule.en and record.verification.doubt_en


@given(st.lists(st.tuples(st.integers(0, 10**13), st.integers(0, 10**13)).map(sorted), max_size=20))
@example([[0, 0], [0, 1], [1, 1], [1, 20_000], [1, 20_001], [1, 3], [2, 3]])
def test_shares_are_rounded_half_up(pairs):
    parts, wholes = ([pair[side] for pair in pairs] for side in (0, 1))
    expected = [round_half_up(Fraction(part, whole), 4) if whole else None for part, whole in pairs]
    shown = _shares(pl.Series(parts, dtype=pl.Int64), pl.Series(wholes, dtype=pl.Int64))
    assert shown.to_list() == expected


@given(st.integers(1, 100_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
@example((0, 1))
@example((1, 1))
def test_the_interval_is_that_of_the_formula(pair):
    late, of = map(Decimal, pair)
    with localcontext(prec=60):
        z2 = Decimal("3.841458820694124")
        root = (z2 * (late * (of - late) / of + z2 / 4)).sqrt()
        ends = [(late + z2 / 2 + sign * root) / (of + z2) for sign in (-1, 1)]
        shown = [min(max(end, Decimal(0)), Decimal(1)).quantize(Decimal("0.0001"), ROUND_HALF_UP) for end in ends]
    assert wilson(*pair) == tuple(shown)
