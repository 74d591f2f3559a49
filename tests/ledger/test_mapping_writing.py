"""A mapping that is written is read as the same one."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.ledger.mapping import BARE_DATES, DUE_TIMES, GAPS, LIMIT_KINDS, Constant, Limit, LogMapping, column_name
from cchc.ledger.mapping_reading import read_mapping
from cchc.ledger.mapping_writing import mapping_text
from cchc.ledger.schema import WAITS_FOR

NAMES = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=12).map(
    column_name
).filter(bool)  # fmt: skip
UNTIL = datetime(2026, 3, 31, 17, 0, tzinfo=UTC)
LIMITS = st.builds(Limit, st.sampled_from(LIMIT_KINDS), st.integers(1, 10_000))
MAPPINGS = st.builds(
    LogMapping,
    case=NAMES, activity=NAMES, time=NAMES, official=st.none() | NAMES, role=st.none() | NAMES,
    unit=st.none() | NAMES | st.builds(Constant, NAMES), received=st.none() | NAMES.filter(lambda one: "_" not in one),
    due=NAMES | LIMITS, due_time=st.sampled_from(DUE_TIMES), gap=st.sampled_from(GAPS),
    limits=st.dictionaries(NAMES, LIMITS, max_size=3).map(lambda one: tuple(one.items())),
    holders=st.dictionaries(NAMES, st.sampled_from(WAITS_FOR), max_size=2).map(lambda one: tuple(one.items())),
    system_accounts=st.frozensets(NAMES, max_size=2), bare_dates=st.sampled_from(BARE_DATES),
    open_until=st.none() | st.just(UNTIL.replace(tzinfo=None)) | st.just(UNTIL),
    stopped=st.frozensets(NAMES, max_size=2).map(lambda one: tuple(sorted(one))),
    max_rejects=st.integers(0, 1000).map(lambda one: Fraction(one, 1000)),
)  # fmt: skip


@given(MAPPINGS)
def test_what_is_written_is_read_again(mapping: LogMapping) -> None:
    assert read_mapping(mapping_text(mapping), "m.yaml") == mapping


@pytest.mark.parametrize("name", ["igate-nhat-ky.yaml", "so-theo-doi.yaml", "buoc-bat-dau-ket-thuc.yaml"])
def test_the_samples_too(name: str) -> None:
    content = (resources.files("cchc.ledger") / "samples" / name).read_bytes()
    mapping = read_mapping(content, name)
    assert read_mapping(mapping_text(mapping), name) == mapping
    assert "\n" in mapping_text(mapping)
