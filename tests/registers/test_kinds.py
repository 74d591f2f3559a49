"""Kinds of registers: what is shipped, what the loader refuses, each with its place."""

from __future__ import annotations

from datetime import date

import pytest

from cchc.records.errors import DomainError
from cchc.registers.kinds import kind_on, kinds_on, known_ids, read_kinds
from tests.factories.organizations import TODAY

GOOD = """kinds:
  - id: visits
    name: {vi: Lịch thăm, en: Visits}
    about: {vi: Ai thăm ai, en: Who visits whom}
    unit: required
    unit_name: {vi: Đơn vị, en: Unit}
    columns:
      - {id: what, name: {vi: Việc, en: What}, type: text, required: true}
      - {id: from, name: {vi: Từ, en: From}, type: date, required: true}
      - {id: to, name: {vi: Đến, en: To}, type: date, required: false, not_before: from}
      - id: mood
        name: {vi: Tâm trạng, en: Mood}
        type: choice
        required: false
        choices: [{id: good, name: {vi: Tốt, en: Good}}, {id: bad, name: {vi: Xấu, en: Bad}}]
    title: what
    same: [unit, what]
    gives_tasks: true
    valid: {from: 2026-01-01}
    source: {document: "Công văn 1"}
    verified: true
"""


def codes(text: str) -> set[tuple[str, int | None]]:
    with pytest.raises(DomainError) as refused:
        read_kinds(text.encode(), "kinds.yaml")
    return {(one.message.code, one.place and one.place.line) for one in refused.value.problems}


def test_a_file_of_kinds_is_read_and_a_kind_asked_by_day():
    visits = read_kinds(GOOD.encode(), "kinds.yaml")["visits"].as_of(date(2026, 6, 1)).value
    assert [column.id for column in visits.columns] == ["what", "from", "to", "mood"]
    assert visits.needs_unit and visits.task == "what" and set(visits.column("mood").choices) == {"good", "bad"}


@pytest.mark.parametrize(
    ("was", "becomes", "code"),
    [
        ("type: date, required: true", "type: day, required: true", "records.not_one_of"),
        ("type: choice", "type: text", "registers.choices_wanted"),
        ("type: text, required: true", "type: choice, required: true", "registers.choices_wanted"),
        ("{id: bad, name", "{id: good, name", "registers.choice_twice"),
        ("{id: to, name", "{id: from, name", "registers.column_twice"),
        ("{id: to, name", "{id: unit, name", "registers.column_twice"),
        ("vi: Đến,", "vi: Từ,", "registers.column_twice"),
        ("en: To}", "en: From}", "registers.column_twice"),
        ("title: what", "title: which", "registers.no_such_column"),
        ("title: what", "title: from", "registers.title_no_text"),
        ("same: [unit, what]", "same: [unit, which]", "registers.no_such_column"),
        ("not_before: from", "not_before: what", "registers.no_such_column"),
        ("gives_tasks: true", "gives_tasks: perhaps", "records.not_one_of"),
        ("gives_tasks: true", "gives: true", "records.missing_key"),
        ("    title: what\n", "    title: what\n    colour: red\n", "records.unknown_key"),
        ('    source: {document: "Công văn 1"}\n', "", "records.missing_key"),
        ("verified: true", "verified: false", "records.not_verified_without_reason"),
    ],
)
def test_what_a_kind_cannot_be_is_refused_with_its_line(was, becomes, code):
    assert was in GOOD
    found = codes(GOOD.replace(was, becomes, 1))
    assert code in {one for one, _ in found} and all(line for _, line in found)


def test_two_records_of_a_kind_never_hold_on_one_day():
    again = GOOD + GOOD.partition("kinds:\n")[2].replace("2026-01-01", "2027-01-01")
    assert {code for code, _ in codes(again)} == {"records.validities_overlap"}
    ended = again.replace("{from: 2026-01-01}", "{from: 2026-01-01, to: 2026-12-31}", 1)
    assert len(read_kinds(ended.encode(), "kinds.yaml")["visits"].records) == 2


@pytest.mark.requirement(27, 35, 38, 41, 110, 115)
def test_the_kinds_that_are_shipped_say_where_they_come_from():
    assert set(known_ids()) >= {
        "plan", "procedures", "integrated_services", "shared_systems", "weaknesses", "remediation",
    }  # fmt: skip
    for dated in kinds_on(TODAY).values():
        assert dated.source.document and (dated.verification.verified or dated.verification.doubt_en)
    columns = {id_: {column.id for column in kind_on(id_, TODAY).value.columns} for id_ in known_ids()}
    assert {"code", "procedure", "decision", "status", "effective_on"} <= columns["procedures"]
    assert {"listed", "integration"} <= columns["integrated_services"]
    assert all(kind_on(id_, TODAY).value.needs_unit for id_ in ("plan", "shared_systems", "weaknesses", "remediation"))


def test_before_its_first_day_a_kind_does_not_hold():
    assert "plan" not in kinds_on(date(2021, 7, 14))
    with pytest.raises(DomainError):
        kind_on("plan", date(2021, 7, 14))
    with pytest.raises(DomainError):
        kind_on("khong-co", TODAY)
