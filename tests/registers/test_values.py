"""What is kept of the columns: whatever is accepted comes back as it was; whatever is not says why."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cchc.records.errors import DomainError
from cchc.records.text import nfc
from cchc.registers.importing.reading import read_entries
from cchc.registers.kinds import CHOICE, DATE, NUMBER, TEXT, Column, kind_on, known_ids
from cchc.registers.values import LONGEST, MOST, identity, kept, read, said
from cchc.tables.writing import Column as SheetColumn
from cchc.tables.writing import SheetToWrite, write_xlsx
from tests.factories.organizations import TODAY
from tests.factories.registers import VALUES

KINDS = {id_: kind_on(id_, TODAY).value for id_ in known_ids()}
WORDS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=2, max_size=30).map(nfc)
TEXTS = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


def value_of(column: Column) -> st.SearchStrategy[object]:
    known: dict[str, st.SearchStrategy[object]] = {
        TEXT: TEXTS,
        NUMBER: st.integers(0, MOST - 1),
        DATE: st.dates(date(2000, 1, 1), date(2100, 1, 1)),
        CHOICE: st.sampled_from(sorted(column.choices) or [""]),
    }
    made = known.get(column.type, st.sampled_from(["xa-mot", "xa-hai"]))
    return made if column.required else st.none() | made


@st.composite
def rows(draw: st.DrawFn) -> tuple[str, dict[str, object]]:
    """A kind and values that it takes: a day is never before the one that it may not lie before."""
    id_ = draw(st.sampled_from(sorted(KINDS)))
    values = {column.id: draw(value_of(column)) for column in KINDS[id_].columns}
    for column in KINDS[id_].columns:
        first = values.get(column.not_before)
        if isinstance(first, date) and isinstance(values[column.id], date):
            values[column.id] = max(first, values[column.id])
    return id_, values


@given(rows())
def test_what_is_accepted_comes_back_as_it_was(row):
    kind, values = KINDS[row[0]], row[1]
    stored = kept(kind, values)
    assert all(isinstance(value, str | int) for value in stored.values())
    assert {column.id: read(column, stored) for column in kind.columns} == values
    assert kept(kind, {column.id: read(column, stored) for column in kind.columns}) == stored


@settings(max_examples=10)  # each is read in a process of its own
@given(rows())
@pytest.mark.long
def test_a_row_that_is_written_into_a_workbook_is_read_as_it_was(row):
    kind, values = KINDS[row[0]], row[1]
    stored = kept(kind, values)
    titles = tuple(SheetColumn(column.name.vi) for column in kind.columns)
    cells = [
        said(column, stored, "vi", {}) if column.type == CHOICE else read(column, stored) for column in kind.columns
    ]
    unit = [(SheetColumn(kind.unit_name.vi),), ["xa-mot"]] if kind.unit_name else [(), []]
    content = write_xlsx([SheetToWrite("Sổ", unit[0] + titles, [[*unit[1], *cells]])])
    (found,) = read_entries(kind, content, "so.xlsx").rows
    dashes = {id_ for id_, value in values.items() if value in {"-", "–", "—"}}
    told = {id_: value for id_, value in values.items() if value is not None and id_ not in dashes}
    assert {id_: value for id_, value in found.said.items() if value is not None} == told


@given(rows(), st.sampled_from(["xa-mot", "xa-hai"]))
def test_case_and_spaces_make_no_second_entry(row, unit):
    kind, stored = KINDS[row[0]], kept(KINDS[row[0]], row[1])
    assume(all(text.upper().casefold() == text.casefold() for text in map(str, stored.values())))  # not so of ı
    louder = {id_: f" {value.upper()} " if kind.column(id_).type == TEXT else value for id_, value in stored.items()}
    assert identity(kind, louder, unit) == identity(kind, stored, unit)


@pytest.mark.parametrize(
    ("kind", "change", "code"),
    [
        ("plan", {"to": date(2026, 1, 4)}, "registers.day_before"),
        ("plan", {"work": " \n "}, "registers.value_missing"),
        ("plan", {"work": "a" * (LONGEST + 1)}, "registers.value_too_long"),
        ("plan", {"from": "2026-01-05"}, "registers.not_a_day"),
        ("plan", {"colour": "red"}, "registers.no_such_column"),
        ("shared_systems", {"users": -1}, "registers.not_a_count"),
        ("shared_systems", {"users": True}, "registers.not_a_count"),
        ("shared_systems", {"users": MOST}, "registers.not_a_count"),
        ("shared_systems", {"use": "often"}, "registers.not_a_choice"),
    ],
)
def test_what_is_not_accepted_says_why(kind, change, code):
    with pytest.raises(DomainError) as refused:
        kept(KINDS[kind], VALUES[kind] | change)
    assert [one.message.code for one in refused.value.problems] == [code]


def test_all_that_is_wrong_is_told_at_once():
    with pytest.raises(DomainError) as refused:
        kept(KINDS["remediation"], {"due_on": "mai"})
    assert len(refused.value.problems) == 4
