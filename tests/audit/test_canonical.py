from __future__ import annotations

import enum
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.audit.canonical import canonical_json, moment_text, read_canonical
from cchc.audit.links import GENESIS, Header, hash_payload, new_salt
from cchc.records.errors import DomainError

HANOI = timezone(timedelta(hours=7))
MOMENT = datetime(2026, 11, 23, 9, 42, tzinfo=HANOI)


class Colour(enum.IntEnum):
    RED = 1


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        (10**20, "100000000000000000000"),
        (Colour.RED, "1"),
        ({"b": 1, "a": [(), {}]}, '{"a":[[],{}],"b":1}'),
        ("Hoà\n\x00", '"Hoà\\n\\u0000"'),
        (unicodedata.normalize("NFD", "Đắk Tờ Re"), '"Đắk Tờ Re"'),
        (Decimal("83.50"), '{"$decimal":"83.50"}'),
        (Decimal("1E+2"), '{"$decimal":"100"}'),
        (Fraction(2, 6), '{"$fraction":"1/3"}'),
        (date(2026, 11, 23), '{"$date":"2026-11-23"}'),
        (MOMENT, '{"$datetime":"2026-11-23T02:42:00.000000Z"}'),
        (UUID(int=7), '{"$uuid":"00000000-0000-0000-0000-000000000007"}'),
    ],
)
def test_each_value_has_one_spelling(value: object, text: str) -> None:
    assert canonical_json(value) == text


@pytest.mark.parametrize(
    "value",
    [
        0.5, float("nan"), b"bytes", {1, 2}, object(), {1: "a"}, {"$date": "2026-11-23"}, Decimal("NaN"),
        Decimal("Infinity"), datetime(2026, 11, 23),  # noqa: DTZ001
        {"\u1ea5": 1, "a\u0302\u0301": 2},
    ],
)  # fmt: skip
def test_what_has_no_exact_spelling_is_refused(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        canonical_json(value)


def test_half_a_character_is_refused_with_words() -> None:
    with pytest.raises(DomainError) as caught:
        canonical_json({"name": "\ud83d"})
    assert caught.value.code == "audit.not_text"


TEXTS = st.text(st.characters(exclude_categories=["Cs"])).map(lambda text: unicodedata.normalize("NFC", text))
SCALARS = (
    st.none() | st.booleans() | st.integers() | TEXTS | st.fractions() | st.dates() | st.uuids()
    | st.decimals(allow_nan=False, allow_infinity=False, places=3)
    | st.datetimes(timezones=st.just(UTC))
)  # fmt: skip
VALUES = st.recursive(
    SCALARS,
    lambda parts: (
        st.lists(parts, max_size=4)
        | st.dictionaries(TEXTS.filter(lambda key: not key.startswith("$")), parts, max_size=4)
    ),
    max_leaves=12,
)


@given(VALUES)
def test_reading_gives_the_value_back(value: object) -> None:
    assert read_canonical(canonical_json(value)) == value


@given(st.dictionaries(TEXTS.filter(lambda key: not key.startswith("$")), st.integers()), st.randoms())
def test_the_order_of_keys_does_not_matter(value: dict[str, int], random) -> None:
    entries = list(value.items())
    random.shuffle(entries)
    assert canonical_json(dict(entries)) == canonical_json(value)


def test_a_moment_needs_a_time_zone() -> None:
    assert moment_text(MOMENT) == moment_text(MOMENT.astimezone(UTC))
    with pytest.raises(ValueError, match="time zone"):
        moment_text(MOMENT.replace(tzinfo=None))


def test_the_hash_is_what_the_docstring_tells_a_third_party() -> None:
    header = Header(
        1, "2026-11-23T02:42:00.000000Z", "portal.round_published", "official", "hoa", "", "portal.PublishedRound", "7",
        "r-1", False, "b" * 64, GENESIS,
    )  # fmt: skip
    text = (
        '{"actor":{"identity":"hoa","kind":"official","on_behalf_of":""},"at":"2026-11-23T02:42:00.000000Z","format":1,'
        f'"kind":"portal.round_published","payload_hash":"{"b" * 64}","personal":false,"previous_hash":"{"0" * 64}",'
        '"request":"r-1","sequence":1,"subject":{"id":"7","type":"portal.PublishedRound"}}'
    )
    assert header.hash() == sha256(text.encode()).hexdigest()


def test_a_payload_is_hashed_with_its_salt() -> None:
    salt = "ab" * 32
    assert hash_payload(salt, "{}") == sha256((salt + "{}").encode()).hexdigest()
    assert new_salt() != new_salt()
    for other in (salt[:-1], salt + "a"):
        with pytest.raises(ValueError, match="64"):
            hash_payload(other, "{}")
