"""The words of notices: complete, versioned, and nothing that is put in can become anything but text."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.notices import notice_kinds as own
from cchc.notices.kinds import NoticeKind, notice_kinds
from cchc.notices.parameters import from_json, to_json
from cchc.notices.texts import read_texts, say_notice, shown_value, text_on, texts_of
from cchc.records.errors import DomainError
from cchc.records.text import INVISIBLE, LANGUAGES, LocalText, nfc
from tests.notices.room import TASK

ANYTHING = st.text() | st.sampled_from(
    ["a\r\nBcc: x@y.example", "\n\n<script>", "{by}", "{by.__class__}", "{{", "}", "%s", "\u2028x", "\x00", "\u202eabc"]
)


@pytest.mark.requirement(128)
@pytest.mark.parametrize("kind", own.KINDS, ids=lambda kind: kind.code)
def test_every_kind_has_its_words_in_both_languages_for_today(kind: NoticeKind) -> None:
    used = text_on(kind.code, date(2026, 11, 23))
    values = dict.fromkeys(kind.parameters, "một giá trị")
    said = [say_notice(kind.code, used.version, values, language) for language in LANGUAGES]
    assert said[0].subject != said[1].subject and said[0].body != said[1].body
    assert all("{" not in words.subject + words.body for words in said)


def test_officials_are_addressed_as_offices_do_and_old_notices_keep_their_words() -> None:
    """From July 2025 on no text says anh/chị; what was sent in the first words still says what it said."""
    changed = {own.ROLE_GRANTED, own.ROLE_WITHDRAWN, own.PASSWORD_SET}
    delegations = {own.DELEGATION_GIVEN, own.DELEGATION_ENDED, own.DELEGATION_TAKEN_BACK}
    for code, kind in notice_kinds().items():
        old, new = (text_on(code, day).version for day in (date(2025, 6, 30), date(2025, 7, 1)))
        assert (old, new) == ((1, 2) if code in changed | delegations else (old, old))
        values = dict.fromkeys(kind.parameters, "một giá trị")
        was, now = (say_notice(code, version, values, "vi") for version in (old, new))
        assert "anh/chị" not in (now.subject + now.body).lower() and "làm thay" not in now.subject
        assert ("anh/chị" in (was.subject + was.body).lower()) == (code in changed)


def test_kinds_are_listed_with_their_rooms() -> None:
    assert {kind.code for kind in own.KINDS} <= set(notice_kinds())


def test_the_version_follows_the_day_and_an_old_one_still_speaks() -> None:
    versions = [text_on(TASK, day).version for day in (date(2026, 6, 30), date(2026, 7, 1))]
    assert versions == [1, 2]
    values = {"task": "Rà soát", "by": None}
    assert say_notice(TASK, 1, values, "vi").subject == "Việc: Rà soát"
    assert say_notice(TASK, 2, values, "en").body == "Task: Rà soát\nBy: —"
    with pytest.raises(LookupError):
        say_notice(TASK, 3, values, "vi")
    with pytest.raises(DomainError, match="not_in_force"):
        text_on(TASK, date(2019, 12, 31))


@pytest.mark.requirement(62)
@given(task=ANYTHING | ANYTHING.map(LocalText), by=ANYTHING | st.none())
def test_what_is_put_in_stays_one_line_and_is_not_looked_through_again(task: object, by: object) -> None:
    words = say_notice(TASK, 2, {"task": task, "by": by}, "vi")
    assert len(words.subject.splitlines()) == 1
    assert len(words.body.splitlines()) == 2, "as many lines as the words have"
    assert not INVISIBLE.search(words.subject + words.body)
    assert words.subject == "Việc mới: " + shown_value(task, "vi")


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        (date(2026, 11, 23), "23/11/2026", "23 November 2026"),
        (datetime(2026, 11, 23, 18, 30, tzinfo=UTC), "01:30, 24/11/2026", "01:30, 24 November 2026"),
        (1234, "1.234", "1,234"),
        (LocalText("xã\nMẫu", None), "xã Mẫu", "xã Mẫu"),
    ],
)
def test_values_are_in_the_readers_form(value: object, vi: str, en: str) -> None:
    assert (shown_value(value, "vi"), shown_value(value, "en")) == (vi, en)


VALUES = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=["Cs"])).map(lambda text: text.encode().decode()),
    st.integers(),
    st.booleans(),
    st.none(),
    st.dates(),
    st.datetimes(timezones=st.just(UTC)),
    st.decimals(allow_nan=False, allow_infinity=False, places=2),
    st.fractions(),
    st.builds(LocalText, st.sampled_from(["xã", "Ẵng"]), st.none() | st.just("commune")),
)


@given(values=st.dictionaries(st.sampled_from(["a", "b", "c"]), VALUES))
def test_values_are_kept_as_they_are(values: dict[str, object]) -> None:
    expected = {name: nfc(value) if isinstance(value, str) else value for name, value in values.items()}
    assert from_json(to_json(values)) == expected
    assert all(type(expected[name]) is type(value) for name, value in from_json(to_json(values)).items())


@pytest.mark.parametrize("value", [1.5, object(), Decimal("NaN")])
def test_what_has_no_exact_form_is_not_kept(value: object) -> None:
    with pytest.raises(TypeError):
        to_json({"a": value})


def test_an_exact_share_is_kept_exactly() -> None:
    assert from_json(to_json({"share": Fraction(1, 3)})) == {"share": Fraction(1, 3)}


def written(subject: str = '{vi: "a", en: "b"}', body: str = '{vi: "a", en: "b"}', version: str = "1") -> str:
    return f"trial.task:\n  - {{version: {version}, valid: {{from: 2026-01-01}}, subject: {subject}, body: {body}}}\n"


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("notices.unknown_place", written('{vi: "{cong_viec}", en: "b"}')),
        ("notices.unknown_place", written(body='{vi: "{by.name}", en: "b"}')),
        ("notices.unknown_place", written(body='{vi: "a", en: "{by!r}"}')),
        ("notices.unknown_place", written(body='{vi: "a", en: "{by:>9}"}')),
        ("notices.unknown_place", written(body='{vi: "a", en: "{}"}')),
        ("notices.unknown_place", written(body='{vi: "a {", en: "b"}')),
        ("notices.subject_of_lines", written('{vi: "a\\nb", en: "b"}')),
        ("records.missing_key", written('{vi: "a"}')),
        ("records.missing_key", written().replace("version", "Version")),
        ("records.unknown_key", written().replace("{version", "{colour: red, version")),
        ("records.validities_overlap", written() + written(version="2").partition("\n")[2]),
        ("notices.version_twice", written() + written().partition("\n")[2]),
    ],
)
def test_words_that_could_not_be_used_are_refused_where_they_stand(code: str, content: str) -> None:
    with pytest.raises(DomainError) as refused:
        read_texts(content.encode(), "trial.yaml")
    first = refused.value.problems[0]
    assert first.code == code
    assert first.place is not None and first.place.line in {2, 3}


def test_doubled_braces_are_braces() -> None:
    (texts,) = read_texts(written(body='{vi: "{{a}} {by}", en: "b"}').encode(), "trial.yaml").values()
    assert texts.as_of(date(2026, 11, 23)).value.body.vi.format_map({"by": "x"}) == "{a} x"


def test_the_words_of_an_unknown_kind_are_a_mistake_of_ours() -> None:
    with pytest.raises(LookupError):
        texts_of("trial.unheard")
