"""Rules are refused unless each says clearly what is kept how long, since when, by which source."""

from __future__ import annotations

from datetime import date
from importlib import resources

import pytest

from cchc.privacy.kept import known_kept
from cchc.privacy.rules import read_rules, rules_on
from cchc.records.errors import DomainError

SHIPPED = (resources.files("cchc.privacy") / "rules.yaml").read_text(encoding="utf-8")


def refused(text: str) -> list[tuple[str, int | None]]:
    with pytest.raises(DomainError) as caught:
        read_rules(text.encode(), "own.yaml")
    return [(one.code, one.place.line if one.place else None) for one in caught.value.problems]


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


def test_everything_that_is_kept_has_a_rule_with_its_source_and_doubt():
    rules = rules_on(date(2026, 11, 28))
    assert [one.value.kept.code for one in rules] == list(known_kept())
    for one in rules:
        assert one.source.document
        assert one.verification.verified or (one.verification.doubt and one.verification.doubt_en)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("what: privacy.jobs", "what: privacy.job", "privacy.unknown_kept"),
        ("since: ended", "since: made", "privacy.rule_disagrees"),
        ("then: delete", "then: redact", "privacy.rule_disagrees"),
        ("then: delete", "then: burn", "records.not_one_of"),
        ("keep: {days: 180}", "keep: {days: 180, years: 1}", "privacy.period_unclear"),
        ("keep: {days: 180}", "keep: {}", "privacy.period_unclear"),
        ("keep: {days: 180}", "keep: {weeks: 1}", "records.unknown_key"),
        ("keep: {days: 180}", "keep: {days: 0}", "privacy.period_out_of_range"),
        ("keep: {days: 180}", "keep: {days: 36501}", "privacy.period_out_of_range"),
        ("keep: {days: 180}", "keep: {days: half}", "records.not_a_count"),
        ("keep: {days: 180}", "kept: {days: 180}", "records.missing_key"),
    ],
)
def test_what_is_unclear_is_refused_with_its_line(old, new, code):
    text = SHIPPED.replace(old, new, 1)
    found = refused(text)
    assert code in [one for one, _ in found]
    if code != "records.missing_key":
        assert (code, line_of(text, new)) in found


def test_no_source_no_doubt_no_rule():
    without = SHIPPED.replace(
        '    source: {document: "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15", on: 2025-06-26}\n', "", 1
    )
    assert refused(without)[0][0] == "records.missing_key"
    start = SHIPPED.index("  - what: privacy.sign_in_counts")
    end = SHIPPED.index("  - what: privacy.disclosures")
    assert refused(SHIPPED[:start] + SHIPPED[end:])[0][0] == "privacy.rule_missing"
    twice = SHIPPED + SHIPPED[start:end]
    assert refused(twice)[0][0] == "records.validities_overlap"


@pytest.mark.parametrize(("days", "is_good"), [(1, True), (36_500, True)])
def test_the_edges_are_good(days, is_good):
    text = SHIPPED.replace("keep: {days: 180}", f"keep: {{days: {days}}}", 1)
    assert (read_rules(text.encode(), "own.yaml") is not None) is is_good


def test_an_installation_has_its_own_file(settings, tmp_path):
    own = tmp_path / "own.yaml"
    own.write_text(SHIPPED.replace("keep: {days: 180}", "keep: {months: 3}", 1), encoding="utf-8")
    settings.CCHC_RETENTION_RULES = str(own)
    assert rules_on(date(2026, 11, 28))[0].value.keep.months == 3
    own.unlink()
    with pytest.raises(DomainError, match="rules_unreadable"):
        rules_on(date(2026, 11, 28))


def test_a_day_before_all_rules_has_none():
    with pytest.raises(DomainError, match="not_in_force"):
        rules_on(date(2025, 12, 31))
