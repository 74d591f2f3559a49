"""Points that compare the units of a group: a sheet looked at by itself says what it says among all."""

from __future__ import annotations

import random
from fractions import Fraction
from importlib import import_module
from itertools import product

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.test.utils import CaptureQueriesContext

from cchc.assessments.actions.answers import Said
from cchc.assessments.actions.rounds import move_on
from cchc.assessments.comparing import order_key
from cchc.assessments.computing import score
from cchc.assessments.council_shown import item_of
from cchc.assessments.criteria import set_of
from cchc.assessments.crosswise import KeptPoints, as_in_empty_sheet
from cchc.assessments.filling import try_out
from cchc.assessments.models import ComparedFigure, Round, Sheet, StagePoints
from cchc.assessments.queries.comparing import compared_with_any
from cchc.assessments.queries.sheets import figures_of, whole
from cchc.scoring.sheets import STAGES, Stage
from tests.assessments.conftest import Council
from tests.factories.assessments import BY_TESTS, begun, now_of, small_set, write

pytestmark = pytest.mark.usefixtures("council")
COLUMNS = ("round", "group", "sheet", "criterion", "stage", "figure", "order_key", "was_said")
COMPARING = small_set(
    "comparing",
    """
  - code: "1"
    title: {vi: Kinh tế, en: Economy}
    criteria:
      - code: "1.1"
        title: {vi: Thu ngân sách, en: Revenue}
        max: 4
        inputs:
          collected: {label: {vi: Thu}, kind: count}
          estimate: {label: {vi: Dự toán}, kind: count}
        rule: {kind: target_ratio, actual: collected / estimate, target: 1}
      - code: "1.2"
        title: {vi: Có mô hình mới, en: A new model}
        max: 3
        rule: {kind: yes_no}
      - code: "1.3"
        title: {vi: Thu nội địa, en: Domestic revenue}
        max: 3
        not_applicable: exclude
        inputs:
          domestic: {label: {vi: Thu nội địa}, kind: count}
        rule: {kind: target_ratio, actual: "domestic / c['1.1'].collected", target: 0.5}
""",
)


@pytest.fixture
def sheets(council: Council) -> list[Sheet]:
    """Two units of one group and one of another, which collected 120, 150 and 180 of 100."""
    groups = {council.first: "Cấp xã", council.second: "Cấp xã", council.third: "Phường"}
    round_ = begun(council.province, groups, COMPARING)
    found = list(round_.sheets.select_related("round__organizer", "unit").order_by("place"))
    for sheet, collected in zip(found, ("120", "150", "180"), strict=True):
        write(sheet, "1.1", collected=collected, estimate="100")
    return found


def alone(sheet: Sheet) -> Fraction | None:
    leaf = figures_of(sheet).leaf("self", "1.1")
    return leaf.points if leaf else None


@pytest.mark.requirement(98, 101)
def test_a_sheet_by_itself_is_measured_by_the_best_of_its_group(sheets: list[Sheet]) -> None:
    every, answers = whole(sheets[0].round)
    among = score(set_of(sheets[0].round), every, answers)
    points = [leaf.points for sheet in sheets if (leaf := among.leaf(sheet.pk, "self", "1.1"))]
    assert points == [Fraction("2.8"), 4, 4]
    assert [alone(sheet) for sheet in sheets] == points
    assert [own.points for sheet in sheets if (own := item_of(sheet, "1.1").own)] == points


@pytest.mark.requirement(98)
def test_while_typing_too(sheets: list[Sheet]) -> None:
    figures = figures_of(sheets[0])
    criterion = figures.criteria.criterion("1.1")
    for collected, points in (("100", "2"), ("125", "3"), ("160", "4")):
        trial = try_out(figures, criterion, "self", Said({"collected": collected, "estimate": "100"}, ""))
        assert trial.leaf is not None and trial.leaf.points == Fraction(points)


PHASES: tuple[tuple[Stage, str], ...] = (("self", "appraise"), ("document1", "deliberate"), ("council", ""))


def moved(sheets: list[Sheet], step: str) -> list[Sheet]:
    round_ = now_of(sheets[0].round)
    move_on(**BY_TESTS, round_=round_, step=step, expected_version=round_.version, reason="Không chờ")
    return list(round_.sheets.select_related("round__organizer", "unit").order_by("place"))


def said_at_random(chance: random.Random, stage: Stage) -> tuple[str, dict[str, str]]:
    """A criterion, and figures or that it does not apply; points typed by who appraises."""
    reason = {} if stage == "self" else {"reason": "Theo tài liệu"}
    collected, domestic = str(chance.randint(0, 200)), str(chance.randint(0, 200))
    return chance.choice(
        [
            ("1.1", {"collected": collected, "estimate": str(chance.randint(0, 3) * 50)} | reason),
            ("1.3", {"domestic": domestic} | reason),
            ("1.3", {"domestic": domestic, "applicable": "no", "reason": "Không có nhiệm vụ"}),
            ("1.3", {"domestic": domestic} | reason if stage == "self" else {"points": "1"} | reason),
        ]
    )


def assert_kept(sheets: list[Sheet]) -> None:
    """What every criterion is kept with is what it comes to among all sheets of the round, at every stage."""
    every, answers = whole(sheets[0].round)
    criteria = set_of(sheets[0].round)
    for code, stage in product(criteria.by_code, STAGES):
        among = score(criteria, every, answers, until=stage)
        empty = as_in_empty_sheet(criteria, code)[stage]
        for sheet in sheets:
            leaf = among.leaf(sheet.pk, stage, code)
            row = StagePoints.objects.filter(sheet=sheet, criterion=code, stage=stage).first()
            kept = empty if row is None else KeptPoints(Fraction(row.points) if row.points else None, row.applicable)
            assert leaf is not None and kept == KeptPoints(leaf.points, leaf.applicable), (code, stage, sheet.name)


@pytest.mark.requirement(98, 101)
@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_said_at_any_stage(sheets: list[Sheet], seed: int) -> None:
    chance, compared, leaves = random.Random(seed), 0, ("1.1", "1.3")
    for stage, step in PHASES:
        for _ in range(6):
            code, texts = said_at_random(chance, stage)
            write(chance.choice(sheets), code, stage, **texts)
            every, answers = whole(sheets[0].round)
            among = score(set_of(sheets[0].round), every, answers)
            for sheet in sheets:
                figures = figures_of(sheet)
                for leaf, at in product(leaves, ("self", stage)):
                    expected, found = among.leaf(sheet.pk, at, leaf), figures.leaf(at, leaf)
                    assert found == expected and found is not None
                    compared += any(one.code == "scoring.over_target" for one in found.reasons)
            assert_kept(sheets)
        if step:
            sheets = moved(sheets, step)
    assert compared > 20


@pytest.mark.requirement(98, 101)
def test_a_unit_of_which_nothing_was_said_yet_gains_when_the_best_is_appraised_lower(sheets: list[Sheet]) -> None:
    sheets = moved(sheets, "appraise")
    write(sheets[1], "1.1", "document1", collected="130", estimate="100", reason="Theo tài liệu")
    figures = figures_of(sheets[0])
    points = [leaf.points for stage in ("self", "document1") if (leaf := figures.leaf(stage, "1.1"))]
    assert points == [Fraction("2.8"), Fraction(10, 3)]


@pytest.mark.parametrize(
    ("less", "more"),
    [
        (Fraction(-3), Fraction(-2)), (Fraction(-1, 3), Fraction(0)), (Fraction(2, 3), Fraction(7, 10)),
        (Fraction(9), Fraction(10)), (Fraction(10**18 - 1), Fraction(10**18)),
        (Fraction(1, 3), Fraction(1, 3) + Fraction(1, 10**39)), (Fraction(-(10**50)), Fraction(10**50)),
    ],
)  # fmt: skip
def test_a_database_puts_figures_in_their_order(less: Fraction, more: Fraction) -> None:
    assert order_key(less) < order_key(more) and len(order_key(less)) == len(order_key(more)) <= 100


@pytest.mark.requirement(98)
def test_the_best_of_a_group_is_looked_up_not_searched(sheets: list[Sheet]) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the words of SQLite's plans; PostgreSQL chooses by what is in the table")
    plan = compared_with_any(sheets[:1], COMPARING).explain()
    assert "assessments_figures_order" in plan and plan.count("TEMP B-TREE") <= 1


def test_a_round_begun_before_is_brought_up_to_date(sheets: list[Sheet]) -> None:
    kept = list(ComparedFigure.objects.order_by("sheet", "criterion", "stage").values(*COLUMNS))
    assert any(one["figure"] for one in kept) and len(kept) == 3 * 2 * 5
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM assessments_comparedfigure")
    migration = import_module("cchc.assessments.migrations.0009_compared_figures")
    migration.keep_figures(
        MigrationLoader(connection).project_state(("assessments", "0009_compared_figures")).apps, None
    )
    assert list(ComparedFigure.objects.order_by("sheet", "criterion", "stage").values(*COLUMNS)) == kept


def test_what_was_said_before_points_were_kept_is_brought_up_to_date(sheets: list[Sheet]) -> None:
    columns = ("sheet", "criterion", "stage", "points", "applicable")
    kept = list(StagePoints.objects.order_by("sheet", "criterion", "stage").values(*columns))
    assert any(one["points"] for one in kept) and len(kept) == 3 * 2 * 5, "1.3 reads what 1.1 says"
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM assessments_stagepoints")
    migration = import_module("cchc.assessments.migrations.0011_stage_points")
    migration.keep_points(MigrationLoader(connection).project_state(("assessments", "0011_stage_points")).apps, None)
    assert list(StagePoints.objects.order_by("sheet", "criterion", "stage").values(*columns)) == kept


def test_only_a_new_best_is_written_into_the_sheets_of_others(sheets: list[Sheet]) -> None:
    def points() -> dict[str, str]:
        found = StagePoints.objects.filter(criterion="1.1", stage="self").order_by("sheet")
        return dict(found.values_list("sheet__name", "points"))

    def writes(collected: str) -> int:
        """How often points were written."""
        with CaptureQueriesContext(connection) as asked:
            write(sheets[0], "1.1", collected=collected, estimate="100")
        return sum('INTO "assessments_stagepoints"' in one["sql"] for one in asked)

    first, second, third = (sheet.name for sheet in sheets)
    assert writes("140") == 1 and points() == {first: "18/5", second: "4", third: "4"}
    assert writes("200") == 2 and points() == {first: "4", second: "3", third: "4"}


def test_what_others_said_is_read_along(sheets: list[Sheet], django_assert_num_queries) -> None:
    figures_of(sheets[0])  # what a round's set is, is read once
    with django_assert_num_queries(2):
        figures_of(sheets[0])


def test_where_nothing_is_compared_it_costs_nothing_either(scored_round: Round, django_assert_num_queries) -> None:
    sheet = scored_round.sheets.select_related("round__organizer", "unit").order_by("place")[0]
    figures_of(sheet)
    with django_assert_num_queries(2):
        figures_of(sheet)
