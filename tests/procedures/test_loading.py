"""Files of procedures: what is read, and what is refused with place and next step."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest

from cchc.procedures.loading import load, read
from cchc.procedures.versions import CatalogueEntry
from cchc.records.errors import DomainError
from cchc.records.words import say_problem

SHIPPED = Path(str(resources.files("cchc.procedures") / "shipped" / "mau-cap-xa.yaml"))
STEPS = """
          - {id: receive, name: Nhận, role: receiving_officer, limit: {working_hours: 4}}
          - {id: settle, name: Giải quyết, role: settling_official, limit: {working_days: 2}}
"""
WHOLE = """
procedures:
  - code: "1.001193"
    name: Thủ tục
    field: Hộ tịch
    level: commune
    authority: UBND xã
    versions:
      - valid: {from: 2026-01-01}
        source: {document: Quyết định 1/QĐ-UBND}
        verified: true
        limit: {working_days: 3}
        mechanism: one_stop
        online: full
        result: Giấy
        on_supplement: suspend
        extensions: 1
        steps:STEPS
"""


def made(old: str = "", new: str = "", steps: str = STEPS) -> tuple[CatalogueEntry, ...]:
    text = WHOLE.replace("STEPS", steps)
    assert old in text
    return read(text.replace(old, new) if old else text, "thu-tuc.yaml")


def step(id_: str, more: str = "", limit: str = "working_hours: 4") -> str:
    return f"\n          - {{id: {id_}, name: Bước, role: settling_official, limit: {{{limit}}}{more}}}"


@pytest.mark.requirement(43, 79)
def test_what_ships_is_read_with_all_its_versions() -> None:
    birth, land = load(SHIPPED)
    assert (birth.code, birth.level, len(birth.versions.records)) == ("MAU-001", "commune", 1)
    assert [one.value.limit and one.value.limit.amount for one in land.versions.records] == [15, 10]
    later = land.versions.records[1].value
    assert [one.id for one in later.first] == ["receive"]
    assert [one.id for one in later.following("receive")] == ["examine", "land_office"]
    assert [one.id for one in later.longest(480)] == ["receive", "examine", "sign", "return"]
    assert not land.versions.records[1].verification.verified


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ('"1.001193"', '"mã có dấu"', "procedures.bad_code", 3),
        ('"1.001193"', "A" * 61, "procedures.bad_code", 3),
        ("level: commune", "level: district", "records.not_one_of", 6),
        ("level: commune", "nivel: commune", "records.missing_key", 3),
        ("online: full", "online: partial", "procedures.partial_without_reason", 14),
        ("result: Giấy", "result: Giấy\n        not_full_because: Xa", "procedures.reason_without_partial", 16),
        ("result: Giấy", "result: Giấy\n        portal: dichvucong", "procedures.not_an_address", 16),
        ("result: Giấy", "result: Giấy\n        portal: 'javascript://x'", "procedures.not_an_address", 16),
        ("extensions: 1", "extensions: 2", "procedures.too_many_extensions", 17),
        ("extensions: 1", "extensions: một", "records.not_a_count", 17),
        ("on_supplement: suspend", "on_supplement: stop", "records.not_one_of", 16),
        ("limit: {working_days: 3}", "limit: {months: 1}", "worktime.not_one_limit", 12),
        ("limit: {working_days: 3}", "limit: {calendar_days: 3}", "procedures.limits_not_comparable", 18),
        ("source: {document: Quyết định 1/QĐ-UBND}", "source: {}", "records.missing_key", 10),
        ("verified: true", "verified: false", "records.not_verified_without_reason", 11),
        (
            "result: Giấy", "result: Giấy\n        components: [{id: form, name: Đơn}]", "procedures.no_papers", 16,
        ),
        (
            "result: Giấy",
            "result: Giấy\n        components: [{id: a, name: A, copies: 1}, {id: a, name: B, copies: 1}]",
            "procedures.given_twice", 16,
        ),
        (
            "result: Giấy", "result: Giấy\n        fees: [{name: Phí, amount: 10.5, payment: before}]",
            "records.not_a_count", 16,
        ),
    ],
)  # fmt: skip
def test_what_is_unclear_is_refused(old: str, new: str, code: str, line: int) -> None:
    with pytest.raises(DomainError) as refused:
        made(old, new)
    found = refused.value.problems[0]
    assert (found.code, found.place and found.place.line) == (code, line)
    assert all(say_problem(found, language) for language in ("vi", "en"))


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        (" []", "procedures.no_steps"),
        (step("a") + step("a"), "procedures.given_twice"),
        (step("A"), "procedures.bad_code"),
        (step("a", ", after: [b]") + step("b"), "procedures.not_earlier"),
        (step("a", ", after: [a]"), "procedures.not_earlier"),
        (step("a", limit="working_hours: 0"), "procedures.no_time"),
        (step("a", limit="calendar_days: 1"), "procedures.limits_not_comparable"),
    ],
)
def test_steps_that_lead_nowhere_are_refused(steps: str, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        made(steps=steps)
    assert refused.value.problems[0].code == code


@pytest.mark.requirement(79)
@pytest.mark.parametrize(
    ("steps", "fits"),
    [
        (step("a", limit="working_days: 3"), True),
        (step("a", limit="working_minutes: 1441"), False),
        (step("a", limit="working_days: 2") + step("b", limit="working_hours: 8"), True),
        (step("a", limit="working_days: 2") + step("b", limit="working_hours: 9"), False),
        (step("a", limit="working_days: 2") + step("b", ", after: []", "working_days: 3"), True),
        (step("a", limit="working_days: 1") + step("b", ", after: [a]", "working_days: 2")
         + step("c", ", after: [a]", "working_days: 1") + step("d", ", after: [b, c]", "working_minutes: 1"), False),
    ],
)  # fmt: skip
def test_steps_may_not_add_up_to_more_than_the_procedure(steps: str, fits: bool) -> None:
    if fits:
        assert made(steps=steps)
        return
    with pytest.raises(DomainError) as refused:
        made(steps=steps)
    found = refused.value.problems[0]
    assert found.code == "procedures.steps_exceed" and found.place is not None


def test_civil_days_are_compared_with_civil_days() -> None:
    steps = step("a", limit="calendar_days: 20") + step("b", limit="calendar_days: 10")
    assert made("limit: {working_days: 3}", "limit: {calendar_days: 30}", steps)
    with pytest.raises(DomainError):
        made("limit: {working_days: 3}", "limit: {calendar_days: 29}", steps)


def test_without_a_limit_nothing_is_exceeded() -> None:
    (found,) = made("        limit: {working_days: 3}\n", "")
    assert found.versions.records[0].value.limit is None


def test_everything_that_is_wrong_is_told_at_once() -> None:
    twice = WHOLE.replace("STEPS", STEPS) + WHOLE.replace("STEPS", STEPS).replace("\nprocedures:\n", "")
    with pytest.raises(DomainError) as refused:
        read(twice + WHOLE.replace("STEPS", " []").replace("\nprocedures:\n", ""), "thu-tuc.yaml")
    assert {one.code for one in refused.value.problems} == {"procedures.given_twice", "procedures.no_steps"}


def test_versions_may_not_overlap() -> None:
    whole = WHOLE.replace("STEPS", STEPS)
    version = whole[whole.index("      - valid:") :]
    with pytest.raises(DomainError) as refused:
        read(whole + version, "thu-tuc.yaml")
    assert refused.value.problems[0].code == "records.validities_overlap"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DomainError) as refused:
        load(tmp_path / "không-có.yaml")
    assert refused.value.problems[0].code == "procedures.not_readable" and refused.value.exit_code == 2
