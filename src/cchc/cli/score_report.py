"""The report of `cchc score` for people: a ranking per stage and group, then each unit's points with reasons."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cchc.cli.output import report_console, safe
from cchc.records.errors import Message
from cchc.records.numbers import format_number
from cchc.records.text import Language
from cchc.records.words import say, say_problem, show
from cchc.scoring.results import Leaf, Results, UnitResult

_NOTHING: Final = "–"


def print_results(results: Results, language: Language, only: str | None) -> None:
    """Write everything; with `only`, the details of that unit alone (all units stay in the ranking)."""
    report = _Report(results, language)
    console = report_console()
    console.print(report.ranking())
    for unit in results.units:
        if only in (None, unit.unit):
            _print_unit(console, report, unit)
    for problem in results.problems:
        console.print(Text(safe(say_problem(problem, language)), style="bold red"), soft_wrap=True)


def _print_unit(console: Console, report: _Report, unit: UnitResult) -> None:
    console.print(Text(safe(report.heading(unit)), style="bold"), soft_wrap=True)
    for line, style in report.lines(unit):
        console.print(Text(safe(line), style=style), soft_wrap=True)
    console.print()


class _Report:
    """Puts results into words of one language."""

    def __init__(self, results: Results, language: Language) -> None:
        self._results = results
        self._language = language

    def _word(self, code: str, **params: object) -> str:
        return say(Message(f"cli.{code}", params), self._language)

    def ranking(self) -> Table:
        """All units: stage, group, points, index, class, rank."""
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for name in ("stage", "group", "unit"):
            table.add_column(self._word(name))
        for name in ("points", "index"):
            table.add_column(self._word(name), justify="right")
        table.add_column(self._word("class"))
        table.add_column(self._word("rank"), justify="right")
        for unit in self._results.units:
            table.add_row(*(Text(safe(cell)) for cell in self._cells(unit)))
        return table

    def _cells(self, unit: UnitResult) -> Iterator[str]:
        yield self._stage(unit)
        yield unit.group or _NOTHING
        yield unit.unit
        yield f"{self._number(unit.points)}/{self._number(unit.maximum)}"
        yield self._index(unit)
        yield self._word("row_has_error") if unit.band is None else show(unit.band.name, self._language)
        yield _NOTHING if unit.rank is None else str(unit.rank)

    def _stage(self, unit: UnitResult) -> str:
        return say(Message(f"scoring.stage_{unit.stage}"), self._language)

    def _number(self, value: Fraction | None) -> str:
        return _NOTHING if value is None else format_number(value, self._language)

    def _index(self, unit: UnitResult) -> str:
        if unit.index is None:
            return _NOTHING
        return format_number(unit.index, self._language, self._results.criteria_set.index_decimals)

    def heading(self, unit: UnitResult) -> str:
        """Unit and stage, with what they came to."""
        return f"{unit.unit} · {self._stage(unit)} · {self._number(unit.points)}/{self._number(unit.maximum)}"

    def lines(self, unit: UnitResult) -> Iterator[tuple[str, str]]:
        """What concerns the whole unit, then one line a criterion; each with its style."""
        for message in unit.errors:
            yield f"  {self._word('row_has_error')}: {say(message, self._language)}", "bold red"
        for message in unit.reasons:
            yield f"  {say(message, self._language)}", "yellow"
        for leaf in unit.leaves:
            yield f"  {self._leaf(leaf)}", "bold red" if leaf.error else ""

    def _leaf(self, leaf: Leaf) -> str:
        criterion = leaf.criterion
        maximum = f"/{self._number(criterion.max)}" if criterion.has_maximum else ""
        start = f"{criterion.code} {show(criterion.title, self._language)}: {self._number(leaf.points)}{maximum}"
        if leaf.error:
            return f"{start} · {self._word('row_has_error')}: {say(leaf.error, self._language)}"
        return " · ".join((start, *(say(reason, self._language) for reason in leaf.reasons)))
