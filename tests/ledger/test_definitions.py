"""The named definitions as they are shipped, and what their loader refuses."""

from __future__ import annotations

from datetime import date

import pytest

from cchc.ledger.definitions import load, shipped
from cchc.ledger.schema import DEFINITION
from cchc.records.errors import DomainError

NAMED = {
    "early", "on_time", "late", "pending", "pending_in_time", "pending_overdue", "carried_over", "received_in_period",
    "end_of_processing", "slow", "overdue", "late_by_first_appointment",
}  # fmt: skip
TERM = """
  - id: {id}
    name: {{vi: Chậm}}
    rule: {{vi: Vượt thời hạn của bước}}
    valid: {{from: {start}, to: {end}}}
    source: {{document: Công văn 2624}}
    verified: true
"""


def a_file(*terms: str) -> bytes:
    return ("terms:" + "".join(terms) + "\ncounting_rules: []\n").encode()


def a_term(id: str = "slow", start: str = "2022-08-12", end: str = "null") -> str:
    return TERM.format(id=id, start=start, end=end)


def refusals(content: bytes) -> list[tuple[str, int | None]]:
    with pytest.raises(DomainError) as refused:
        load(content, "d.yaml")
    return [(problem.code, problem.place.line if problem.place else None) for problem in refused.value.problems]


def test_the_words_of_the_statutory_tables_are_defined() -> None:
    assert set(shipped().terms) == NAMED


def test_the_ledger_names_a_counting_rule() -> None:
    assert DEFINITION in shipped().counting_rules


@pytest.mark.requirement(73)
def test_every_definition_is_complete_in_both_languages_and_says_where_it_comes_from() -> None:
    records = [record for kind in (shipped().terms, shipped().counting_rules) for line in kind.values() for record in
               line.records]  # fmt: skip
    for record in records:
        assert record.value.name.en and record.value.rule.en, record.value.id
        assert record.source.on is not None
        assert record.verification.verified or record.verification.doubt_en


def test_a_definition_is_asked_for_by_name_and_day() -> None:
    assert shipped().term("slow", date(2022, 8, 12)).value.name.vi == "Chậm"
    assert shipped().counting_rule("index_766", date(2026, 1, 1)).value.second_supplement == "late"
    for name, day, code in (
        ("slow", date(2022, 8, 11), "records.not_in_force"),
        ("slwo", date(2022, 8, 12), "ledger.unknown_name"),
    ):
        with pytest.raises(DomainError) as refused:
            shipped().term(name, day)
        assert refused.value.code == code


def test_a_definition_may_change_on_a_day_but_two_never_hold_at_once() -> None:
    successive = load(a_file(a_term(end="2026-06-30"), a_term(start="2026-07-01")), "d.yaml")
    assert len(successive.terms["slow"].records) == 2
    assert refusals(a_file(a_term(end="2026-06-30"), a_term(start="2026-06-30")))[0][0] == "records.validities_overlap"


def test_what_is_wrong_is_told_with_its_line_all_at_once() -> None:
    broken = a_term().replace("    source: {document: Công văn 2624}\n", "")
    misspelt = a_term("late").replace("    rule:", "    rul:")
    assert refusals(a_file(broken, misspelt)) == [("records.missing_key", 2), ("records.missing_key", 8)]
