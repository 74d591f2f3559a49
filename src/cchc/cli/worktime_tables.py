"""`cchc worktime … --csv FILE`: the same question for every row of a table, its answers as further columns."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import click

from cchc.cli.output import write_json
from cchc.cli.worktime_questions import Answer, Question, answer_or_refusal
from cchc.records.errors import DomainError, Message
from cchc.records.text import Language
from cchc.records.words import say, say_problem
from cchc.tables.grid import Grid, Row
from cchc.tables.headings import Headings, find_headings
from cchc.tables.reading import read_path
from cchc.tables.writing import write_csv
from cchc.worktime import Calendar

_ERROR: Final = "error"


def answer_table(calendar: Calendar, question: Question, path: Path, language: Language, as_json: bool) -> int:
    """Write the table with its answers, CSV or JSON, to standard output. The exit code: 1 when a row has an error."""
    grid = _table(path)
    headings = find_headings(grid, question.roles, question.needed)
    answered = [(row, _asked(calendar, question, headings, row, language)) for row in headings.rows]
    errors = sum(isinstance(outcome, DomainError) for _, outcome in answered)
    if as_json:
        write_json({"rows": [_document(row, outcome, language) for row, outcome in answered], "errors": errors})
    else:
        titles = [cell.text for cell in headings.row.cells]
        lines = (line for row, outcome in answered for line in _lines(titles, question, row, outcome, language))
        click.echo(write_csv([*titles, *question.columns, _ERROR], lines, bom=False), nl=False)
    counted = {"rows": len(answered), "errors": errors}
    click.echo(say(Message("worktime.rows_answered", counted), language), err=True)
    return 1 if errors else 0


def _table(path: Path) -> Grid:
    """The one table of a CSV file; of a workbook the first visible sheet."""
    grids = read_path(path)
    return next((grid for grid in grids if not grid.hidden), grids[0])


def _asked(
    calendar: Calendar, question: Question, headings: Headings, row: Row, language: Language
) -> Answer | DomainError:
    texts = {role: headings.cell(row, role).text for role in question.roles}
    return answer_or_refusal(question, calendar, texts, language)


def _document(row: Row, outcome: Answer | DomainError, language: Language) -> dict[str, Any]:
    if isinstance(outcome, DomainError):
        return {"row": row.number, "error": _said(outcome, language)}
    return {"row": row.number, **outcome.document, "error": None}


def _lines(
    titles: list[str], question: Question, row: Row, outcome: Answer | DomainError, language: Language
) -> Iterator[list[str | int]]:
    """One line of the table for each row of the answer; one that says what is wrong."""
    given: list[str | int] = [row.cell(index).text for index in range(len(titles))]
    if isinstance(outcome, DomainError):
        yield [*given, *("" for _ in question.columns), _said(outcome, language)]
        return
    for answer in outcome.rows:
        yield [*given, *(answer[column] for column in question.columns), ""]


def _said(error: DomainError, language: Language) -> str:
    return "; ".join(say_problem(problem, language) for problem in error.problems)
