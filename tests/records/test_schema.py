"""Types for text nodes: each refusal with its place, several problems at once."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest

from cchc.records import schema
from cchc.records.errors import DomainError, Place, unreadable
from cchc.records.schema import Collector, Fields, reading
from cchc.records.sources import Source, Validity, Verification
from cchc.records.text import LocalText
from cchc.records.yaml_text import Node, read_yaml


def node(content: str) -> Node:
    """The node under `a`, which starts on line 2."""
    return schema.as_entries(read_yaml(f"# line 1\na: {content}", "f.yaml")).entries["a"]


def refusal(read: Callable[[], object]) -> tuple[str, int | None, dict[str, object]]:
    with pytest.raises(DomainError) as caught:
        read()
    (problem,) = caught.value.problems
    assert problem.place is not None
    return problem.code, problem.place.line, dict(problem.message.params)


@pytest.mark.parametrize(
    ("read", "content", "value"),
    [
        (schema.as_text, "xin chào", "xin chào"),
        (schema.as_text, '"  null "', "null"),
        (schema.as_number, "0,5", Fraction(1, 2)),
        (schema.as_number, "-0.5", Fraction(-1, 2)),
        (schema.as_count, "12", 12),
        (schema.as_date, "2026-01-15", date(2026, 1, 15)),
        (schema.as_date, "15/01/2026", date(2026, 1, 15)),
        (schema.as_flag, "true", True),
        (schema.as_flag, "false", False),
        (schema.as_local_text, "Tốt", LocalText("Tốt")),
        (schema.as_local_text, "{vi: Tốt}", LocalText("Tốt")),
        (schema.as_local_text, "{vi: Tốt, en: Good}", LocalText("Tốt", "Good")),
        (schema.as_local_text, "{vi: Tốt, en: }", LocalText("Tốt")),
        (schema.as_source, "{document: QĐ 1}", Source("QĐ 1")),
        (
            schema.as_source,
            '{document: QĐ 1, on: 15/01/2026, article: "2", url: "https://a.vn"}',
            Source("QĐ 1", date(2026, 1, 15), "2", "https://a.vn"),
        ),
        (schema.as_verification, "true", Verification(True)),
        (schema.as_verification, "{no: chưa đối chiếu}", Verification(False, "chưa đối chiếu")),
        (schema.as_verification, "{no: {vi: chưa rõ, en: unclear}}", Verification(False, "chưa rõ", "unclear")),
        (schema.as_validity, "{from: 2026-01-01, to: 2026-12-31}", Validity(date(2026, 1, 1), date(2026, 12, 31))),
        (schema.as_validity, "{from: 2026-01-01, to: 2026-01-01}", Validity(date(2026, 1, 1), date(2026, 1, 1))),
        (schema.as_validity, "{from: 2026-01-01, to: null}", Validity(date(2026, 1, 1))),
        (schema.as_validity, "{from: 2026-01-01}", Validity(date(2026, 1, 1))),
    ],
)
def test_reads(read: Callable[[Node], object], content: str, value: object) -> None:
    assert read(node(content)) == value


@pytest.mark.parametrize(
    ("read", "content", "code", "line", "params"),
    [
        (schema.as_entries, "x", "not_a_mapping", 2, {}),
        (schema.as_entries, "[x]", "not_a_mapping", 2, {}),
        (schema.as_items, "x", "not_a_list", 2, {}),
        (schema.as_items, "{x: y}", "not_a_list", 2, {}),
        (schema.as_text, "", "not_text", 2, {}),
        (schema.as_text, '"  "', "not_text", 2, {}),
        (schema.as_text, "[x]", "not_text", 2, {}),
        (schema.as_text, "\n  b: x", "not_text", 3, {}),
        (schema.as_flag, "yes", "not_one_of", 2, {"text": "yes", "allowed": "true, false"}),
        (schema.as_flag, "True", "not_one_of", 2, {"text": "True", "allowed": "true, false"}),
        (schema.as_number, "1.000.000", "not_a_number", 2, {"text": "1.000.000"}),
        (schema.as_number, "~", "not_text", 2, {}),
        (schema.as_count, "1.5", "not_a_count", 2, {"text": "1.5"}),
        (schema.as_date, "31/02/2026", "not_a_date", 2, {"text": "31/02/2026"}),
        (schema.as_local_text, "{en: Good}", "missing_key", 2, {"key": "vi"}),
        (schema.as_local_text, "[Tốt]", "not_a_mapping", 2, {}),
        (schema.as_local_text, "\n  vi: Tốt\n  fr: Bon", "unknown_key", 4, {"key": "fr", "known": "en, vi"}),
        (schema.as_source, "\n  on: 2026-01-15", "missing_key", 3, {"key": "document"}),
        (schema.as_source, "\n  document: QĐ 1\n  on: hôm qua", "not_a_date", 4, {"text": "hôm qua"}),
        (schema.as_source, "\n  document: QĐ 1\n  artcle: x", "unknown_key", 4, {"key": "artcle", "known": "article"}),
        (schema.as_verification, "false", "not_verified_without_reason", 2, {}),
        (schema.as_verification, "no", "not_verified_without_reason", 2, {}),
        (schema.as_verification, "{no: }", "missing_key", 2, {"key": "no"}),
        (schema.as_verification, "{yes: x, no: y}", "unknown_key", 2, {"key": "yes", "known": "no"}),
        (schema.as_verification, "{no: {en: y}}", "missing_key", 2, {"key": "vi"}),
        (schema.as_validity, "\n  to: 2026-01-01", "missing_key", 3, {"key": "from"}),
        (
            schema.as_validity,
            "{from: 2026-01-02, to: 2026-01-01}",
            "ends_before_start",
            2,
            {"start": date(2026, 1, 2), "end": date(2026, 1, 1)},
        ),
    ],
)
def test_refuses(read: Callable[[Node], object], content: str, code: str, line: int, params: dict[str, object]) -> None:
    assert refusal(lambda: read(node(content))) == (f"records.{code}", line, params)


def test_a_choice_names_what_is_allowed() -> None:
    allowed = ("unit", "appraiser")
    assert schema.as_choice(node("unit"), allowed) == "unit"
    expected = ("records.not_one_of", 2, {"text": "Unit", "allowed": "unit, appraiser"})
    assert refusal(lambda: schema.as_choice(node("Unit"), allowed)) == expected


def test_items_are_in_order() -> None:
    assert [schema.as_text(item) for item in schema.as_items(node("[b, a, b]"))] == ["b", "a", "b"]


class TestFields:
    CONTENT = "\n  max: 3\n  rule:\n  code: '1'"

    def test_absent_is_the_same_as_missing(self) -> None:
        with reading(node(self.CONTENT)) as fields:
            assert fields.has("max") is True
            assert fields.has("rule") is False
            assert fields.get("rule") is fields.get("title") is None
            assert fields.maybe("rule", schema.as_text) is None
            assert fields.maybe("max", schema.as_count) == 3
            assert schema.as_text(fields.need("code")) == "1"

    def test_an_absent_key_is_refused_where_it_stands(self) -> None:
        fields = Fields(schema.as_entries(node(self.CONTENT)))
        assert refusal(lambda: fields.need("rule")) == ("records.missing_key", 4, {"key": "rule"})
        assert refusal(lambda: fields.need("title")) == ("records.missing_key", 3, {"key": "title"})
        assert fields.place_of("code") == Place("f.yaml", 5)
        assert fields.place_of("title") == fields.place == Place("f.yaml", 3)

    def test_every_unknown_key_is_named_with_its_neighbours(self) -> None:
        fields = Fields(schema.as_entries(node("\n  maxx: 3\n  zzz: 1\n  code: x")))
        fields.get("max")
        fields.get("code")
        with pytest.raises(DomainError) as caught:
            fields.close()
        found = [(p.code, p.place.line if p.place else 0, dict(p.message.params)) for p in caught.value.problems]
        assert found == [
            ("records.unknown_key", 3, {"key": "maxx", "known": "max"}),
            ("records.unknown_key", 4, {"key": "zzz", "known": "code, max"}),
        ]

    def test_what_the_reader_refuses_comes_before_unknown_keys(self) -> None:
        def read() -> None:
            with reading(node("\n  zzz: 1")) as fields:
                fields.need("max")

        assert refusal(read)[0] == "records.missing_key"

    def test_a_key_asked_for_is_known_even_when_absent(self) -> None:
        with reading(node("\n  rule:")) as fields:
            assert fields.get("rule") is None


class TestCollector:
    def test_gathers_and_raises_together(self) -> None:
        collector = Collector()
        values = [
            collector.attempt(lambda item=item: schema.as_number(item))
            for item in schema.as_items(node("[1, x, 2, y]"))
        ]
        assert values == [Fraction(1), None, Fraction(2), None]
        with pytest.raises(DomainError) as caught:
            collector.check()
        assert [p.message.params["text"] for p in caught.value.problems] == ["x", "y"]

    def test_keeps_every_problem_of_one_entry(self) -> None:
        collector = Collector()
        collector.attempt(lambda: schema.as_local_text(node("{vi: Tốt, fr: Bon, de: Gut}")))
        assert [p.message.params["key"] for p in collector.problems] == ["fr", "de"]

    def test_says_nothing_when_all_is_well(self) -> None:
        collector = Collector()
        assert collector.attempt(lambda: 5) == 5
        collector.check()
        assert collector.problems == []

    def test_lets_mistakes_of_the_program_through(self) -> None:
        with pytest.raises(ZeroDivisionError):
            Collector().attempt(lambda: 1 // 0)


class TestPlacing:
    def test_gives_a_place_to_what_has_none_and_keeps_the_kind(self) -> None:
        def fail(text: str) -> object:
            raise unreadable("records.yaml_empty") if text == "x" else unreadable("records.yaml_empty", Place("g", 9))

        with pytest.raises(DomainError) as caught:
            schema.placed(node("x"), fail)
        assert caught.value.problems[0].place == Place("f.yaml", 2)
        assert caught.value.exit_code == 2
        with pytest.raises(DomainError) as caught:
            schema.placed(node("y"), fail)
        assert caught.value.problems[0].place == Place("g", 9)
