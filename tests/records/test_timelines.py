"""Timelines against a calendar filled in day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.records.errors import DomainError, Place
from cchc.records.schema import as_items, as_number
from cchc.records.sources import Source, Validity, Verification
from cchc.records.text import LocalText
from cchc.records.timelines import Dated, Timeline, as_dated
from cchc.records.words import say_problem
from cchc.records.yaml_text import read_yaml

ZERO = date(2026, 1, 1)
SOURCE = Source("Nghị quyết 1")
CHECKED = Verification(True)


def day(number: int) -> date:
    return ZERO + timedelta(number)


def record(start: int, end: int | None, line: int = 1) -> Dated[str]:
    validity = Validity(day(start), None if end is None else day(end))
    return Dated(f"{start}…{end}", validity, SOURCE, CHECKED, Place("f.yaml", line))


def refusals(
    records: list[Dated[str]], *, gaps_allowed: bool = False
) -> list[tuple[str, int | None, dict[str, object]]]:
    with pytest.raises(DomainError) as caught:
        Timeline("Mức", records, gaps_allowed=gaps_allowed)
    return [(p.code, p.place.line if p.place else None, dict(p.message.params)) for p in caught.value.problems]


class TestAsOf:
    LINE = Timeline("Mức", [record(10, 19), record(0, 4), record(20, None)], gaps_allowed=True)

    @pytest.mark.parametrize(
        ("number", "value"),
        [(0, "0…4"), (4, "0…4"), (10, "10…19"), (19, "10…19"), (20, "20…None"), (9_999, "20…None")],
    )
    def test_finds_the_record_of_the_day(self, number: int, value: str) -> None:
        assert self.LINE.as_of(day(number)).value == value

    @pytest.mark.parametrize("number", [-1, 5, 9])
    def test_never_stretches_a_record(self, number: int) -> None:
        with pytest.raises(DomainError) as caught:
            self.LINE.as_of(day(number))
        assert caught.value.code == "records.not_in_force"
        assert caught.value.problems[0].message.params == {"what": "Mức", "day": day(number)}

    def test_nothing_holds_on_an_empty_line(self) -> None:
        with pytest.raises(DomainError):
            Timeline("Mức", []).as_of(ZERO)

    def test_records_are_in_order_of_days(self) -> None:
        assert [r.value for r in self.LINE.records] == ["0…4", "10…19", "20…None"]

    def test_the_ends_of_time_are_days_too(self) -> None:
        forever = Dated("x", Validity(date.min, date.max), SOURCE, CHECKED)
        line = Timeline("Mức", [forever])
        assert line.as_of(date.min).value == line.as_of(date.max).value == "x"


class TestRefusals:
    def test_an_overlap_names_both_places(self) -> None:
        found = refusals([record(0, 10, 3), record(10, 20, 8)])
        other = "Nghị quyết 1, f.yaml:3"
        assert found == [("records.validities_overlap", 8, {"what": "Mức", "day": day(10), "other": other})]

    def test_neighbours_do_not_overlap(self) -> None:
        assert len(Timeline("Mức", [record(0, 10), record(11, 20)]).records) == 2

    def test_an_open_record_overlaps_all_that_follow(self) -> None:
        found = refusals([record(0, None, 1), record(5, 6, 2), record(9, 9, 3)])
        assert [(code, line, params["other"]) for code, line, params in found] == [
            ("records.validities_overlap", 2, "Nghị quyết 1, f.yaml:1"),
            ("records.validities_overlap", 3, "Nghị quyết 1, f.yaml:1"),
        ]

    def test_a_long_record_overlaps_past_a_short_one(self) -> None:
        found = refusals([record(0, 30, 1), record(5, 6, 2), record(20, 40, 3)])
        assert [(line, params["other"]) for _, line, params in found] == [
            (2, "Nghị quyết 1, f.yaml:1"),
            (3, "Nghị quyết 1, f.yaml:1"),
        ]

    def test_a_gap_is_refused_unless_allowed(self) -> None:
        records = [record(0, 10, 3), record(13, None, 8)]
        assert len(Timeline("Mức", records, gaps_allowed=True).records) == 2
        params = {"what": "Mức", "first": day(11), "last": day(12), "other": "Nghị quyết 1, f.yaml:3"}
        assert refusals(records) == [("records.validities_gap", 8, params)]

    def test_a_gap_of_one_day(self) -> None:
        ((_, _, params),) = refusals([record(0, 10), record(12, 13)])
        assert params["first"] == params["last"] == day(11)

    def test_all_is_told_at_once(self) -> None:
        found = refusals([record(0, 5), record(5, 8), record(10, 12)])
        assert [code for code, _, _ in found] == ["records.validities_overlap", "records.validities_gap"]

    def test_words(self) -> None:
        what = LocalText("Mức phạt", "Fine")
        with pytest.raises(DomainError) as caught:
            Timeline(what, [record(0, 10, 3), Dated("x", Validity(day(12)), SOURCE, CHECKED)])
        assert say_problem(caught.value.problems[0]) == (
            "Mức phạt: từ ngày 12/01/2026 đến ngày 12/01/2026 không có quy định nào; quy định trước: "
            "Nghị quyết 1, f.yaml:3. Bổ sung quy định cho những ngày này hoặc nối liền hai quy định."
        )
        assert say_problem(caught.value.problems[0], "en").startswith("Fine: nothing holds from 12 January 2026 to ")


STRETCHES = st.tuples(st.integers(0, 25), st.integers(0, 8) | st.none())


@given(st.lists(STRETCHES, max_size=6), st.booleans())
def test_agrees_with_a_calendar_filled_in_day_by_day(
    stretches: list[tuple[int, int | None]], gaps_allowed: bool
) -> None:
    records = [record(start, None if length is None else start + length) for start, length in stretches]
    numbers = range(-1, 40)
    calendar = {number: [r.value for r in records if r.validity.holds_on(day(number))] for number in numbers}
    held = [number for number in numbers if calendar[number]]
    expected = set()
    if any(len(values) > 1 for values in calendar.values()):
        expected.add("records.validities_overlap")
    if not gaps_allowed and held and len(held) < held[-1] - held[0] + 1:
        expected.add("records.validities_gap")
    if expected:
        assert {code for code, _, _ in refusals(records[::-1], gaps_allowed=gaps_allowed)} == expected
        return
    line = Timeline("Mức", records[::-1], gaps_allowed=gaps_allowed)
    assert {number: found(line, day(number)) for number in numbers} == calendar


def found(line: Timeline[str], on: date) -> list[str]:
    try:
        return [line.as_of(on).value]
    except DomainError:
        return []


class TestAsDated:
    CONTENT = """
- valid: {from: 2026-01-01, to: 2026-06-30}
  days: 15
  source: {document: Nghị định 61, on: 2018-04-23}
  verified: true
- valid: {from: 2026-07-01}
  days: 10
  source: {document: Nghị định 118}
  verified: {no: chưa đối chiếu}
"""

    def test_reads_what_a_timeline_is_made_of(self) -> None:
        items = as_items(read_yaml(self.CONTENT, "f.yaml"))
        line = Timeline("Hạn", [as_dated(item, lambda f: as_number(f.need("days"))) for item in items])
        assert [line.as_of(day(number)).value for number in (0, 180, 181)] == [15, 15, 10]
        last = line.as_of(day(400))
        assert last.verification == Verification(False, "chưa đối chiếu")
        assert [r.place for r in line.records] == [Place("f.yaml", 2), Place("f.yaml", 6)]
        assert last.source == Source("Nghị định 118")

    @pytest.mark.parametrize("key", ["valid", "source", "verified", "days"])
    def test_nothing_may_be_missing(self, key: str) -> None:
        written = {
            "valid": "{from: 2026-01-01}",
            "days": "15",
            "source": "{document: Nghị định 61}",
            "verified": "true",
        }
        del written[key]
        node = read_yaml("\n".join(f"{name}: {value}" for name, value in written.items()), "f.yaml")
        with pytest.raises(DomainError) as caught:
            as_dated(node, lambda f: as_number(f.need("days")))
        assert caught.value.code == "records.missing_key"
        assert caught.value.problems[0].message.params == {"key": key}
