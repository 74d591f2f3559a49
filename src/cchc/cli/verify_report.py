"""The report of `cchc verify` for people: a table with words for marks, then a sentence for everything wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

import click
from rich import box
from rich.table import Table
from rich.text import Text

from cchc.cli.output import report_console, safe
from cchc.records.errors import Message
from cchc.records.search import fold
from cchc.records.text import Language
from cchc.records.words import say, show, tell
from cchc.scoring.published import CheckedRow, CheckedTable
from cchc.scoring.published_explanations import explain, figure

_NOTHING: Final = "–"
_STYLES: Final = {"agrees": "green", "disagrees": "bold red", "has_error": "bold yellow", "not_printed": "dim"}
_LONGEST_LIST: Final = 20
_LONG_TABLE: Final = 200


def print_report(table: CheckedTable, language: Language) -> None:
    """Write the whole report to standard output. Of a long table only the rows that are not in order are shown."""
    is_long = len(table.rows) > _LONG_TABLE
    shown = [row for row in table.rows if row.errors or row.disagree] if is_long else list(table.rows)
    if shown:
        report_console().print(_Layout(shown, language).table())
    lines = [*_findings(table, language), _summary(table, language), *_notes(table, language)]
    if is_long:
        lines.append(say(Message("cli.only_wrong_rows"), language))
    for line in lines:
        # One sentence on one line, however long: a pipe gets it whole.
        click.echo(safe(line))


class _Layout:
    """Lays out rows. Columns for the group and the self-score appear when the rows have them."""

    def __init__(self, rows: Sequence[CheckedRow], language: Language) -> None:
        self._rows = rows
        self._language = language
        self._has_group = any(row.group for row in rows)
        self._has_self = any(row.printed.self_points is not None for row in rows)

    def table(self) -> Table:
        """The rows, printed beside computed."""
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for name, justify in self._columns():
            table.add_column(say(Message(f"cli.{name}"), self._language), justify=justify)  # type: ignore[arg-type]
        for row in self._rows:
            table.add_row(*self._cells(row))
        return table

    def _columns(self) -> Iterator[tuple[str, str]]:
        if self._has_group:
            yield "group", "left"
        yield "unit", "left"
        if self._has_self:
            yield "self", "right"
        yield from (("appraised", "right"), ("printed_index", "right"), ("computed_index", "right"))
        yield from (("class", "left"), ("rank", "right"), ("result", "left"))

    def _cells(self, row: CheckedRow) -> Iterator[Text]:
        printed, computed = row.printed, row.computed
        if self._has_group:
            yield Text(safe(row.group or _NOTHING))
        yield Text(safe(row.unit or _NOTHING))
        if self._has_self:
            yield self._points(printed.self_points, printed.self_max)
        yield self._points(printed.appraised, printed.maximum)
        yield self._index(printed.index, wrong="index" in row.disagree)
        yield self._index(computed.index)
        class_name = show(computed.band.name, self._language) if computed.band else None
        yield self._against(printed.class_name, class_name, wrong="class" in row.disagree)
        rank = None if computed.rank is None else str(computed.rank)
        yield self._against(None if printed.rank is None else str(printed.rank), rank, wrong="rank" in row.disagree)
        yield self._result(row)

    def _points(self, points: Fraction | None, maximum: Fraction | None) -> Text:
        return Text("/".join(_NOTHING if part is None else show(part, self._language) for part in (points, maximum)))

    def _index(self, index: Decimal | None, *, wrong: bool = False) -> Text:
        shown = figure(index)
        text = _NOTHING if shown is None else shown.in_language(self._language)
        return Text(text, style=_STYLES["disagrees"] if wrong else "")

    def _against(self, printed: str | None, computed: str | None, *, wrong: bool) -> Text:
        """The computed value; where the print says otherwise, `printed ≠ computed`."""
        if wrong:
            return Text(safe(f"{printed} ≠ {computed or _NOTHING}"), style=_STYLES["disagrees"])
        return Text(computed or _NOTHING)

    def _result(self, row: CheckedRow) -> Text:
        state = _state(row)
        names = [say(Message(f"cli.figure_{name}"), self._language) for name in row.disagree]
        return Text(say(Message(f"cli.row_{state}", {"figures": names}), self._language), style=_STYLES[state])


def _state(row: CheckedRow) -> str:
    if row.errors:
        return "has_error"
    if row.disagree:
        return "disagrees"
    printed = (row.printed.index, row.printed.class_name, row.printed.rank)
    return "agrees" if any(value is not None for value in printed) else "not_printed"


def _findings(table: CheckedTable, language: Language) -> Iterator[str]:
    """Place and unit, then what is wrong and what to do, for every row that is not in order."""
    for row in table.rows:
        sentences = [tell(message, language) for message in row.errors]
        sentences += [say(message, language) for message in explain(row)]
        if sentences:
            yield " ".join((f"{row.place}: {row.unit or _NOTHING}:", *sentences))


def _summary(table: CheckedTable, language: Language) -> str:
    errors = sum(bool(row.errors) for row in table.rows)
    disagree = sum(bool(row.disagree) for row in table.rows)
    counts = {"units": len(table.rows), "errors": errors, "disagree": disagree, "cells": table.disagreements}
    counts["agree"] = len(table.rows) - errors - disagree
    sentence = say(Message("cli.verified", counts), language)
    return f"{sentence} {say(Message('cli.all_agree'), language)}" if table.agrees else sentence


def _notes(table: CheckedTable, language: Language) -> Iterator[str]:
    """What the reader should know about how the table was read."""
    known = {fold(band.name.vi) for band in table.bands}
    printed = {row.printed.class_name for row in table.rows if row.printed.class_name}
    unknown = sorted(name for name in printed if fold(name) not in known)
    if unknown:
        yield say(Message("cli.classes_unknown", {"names": _few(unknown)}), language)
    if table.has_errors:
        yield say(Message("cli.no_rank_in_groups"), language)
    if table.skipped:
        rows = [{"row": str(line.row), "text": line.text, "reason": line.reason} for line in table.skipped]
        yield say(Message("cli.skipped", {"rows": _few([Message("cli.skipped_row", row) for row in rows])}), language)
    if table.ignored:
        yield say(Message("cli.ignored", {"columns": _few(list(table.ignored))}), language)
    if table.other_sheets:
        params = {"sheet": table.sheet, "others": list(table.other_sheets)}
        yield say(Message("cli.other_sheets", params), language)


def _few(items: list[object] | list[str] | list[Message]) -> list[object]:
    """At most twenty of them: a list in a sentence must stay readable; `--json` has all."""
    return [*items[:_LONGEST_LIST], "…"] if len(items) > _LONGEST_LIST else list(items)
