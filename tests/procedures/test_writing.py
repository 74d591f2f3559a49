"""What is written reads back to the same records, whatever people type."""

from __future__ import annotations

from datetime import date
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.procedures.loading import load, read, read_version
from cchc.procedures.versions import MECHANISMS, PAYMENTS, CatalogueEntry, Component, Fee, ProcedureStep, Version
from cchc.procedures.writing import catalogue_text, version_text
from cchc.records.sources import Source, Validity, Verification
from cchc.records.text import LocalText, one_line
from cchc.records.timelines import Dated, Timeline
from cchc.worktime.appointments import EFFECTS
from cchc.worktime.limits import LIMIT_UNITS, Limit

SHIPPED = Path(str(resources.files("cchc.procedures") / "shipped" / "mau-cap-xa.yaml"))
WORDS = st.text(min_size=1, max_size=20).map(one_line).filter(bool)
TRAPS = st.sampled_from(["null", "~", "on", "1.10", "15:00", "- a", "a: b", "#", "{x}", "&a", "0x1F", "2026-01-01"])
TEXTS = WORDS | TRAPS
NAMES = st.builds(LocalText, TEXTS, st.none() | TEXTS)
IDS = st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True)
LIMITS = st.builds(Limit, st.integers(1, 999), st.sampled_from(LIMIT_UNITS))


@st.composite
def steps(draw: st.DrawFn) -> tuple[ProcedureStep, ...]:
    made: list[ProcedureStep] = []
    for id_ in draw(st.lists(IDS, min_size=1, max_size=5, unique=True)):
        after = tuple(one.id for one in made if draw(st.booleans()))
        made.append(ProcedureStep(id_, draw(NAMES), draw(IDS), draw(LIMITS), after, draw(st.none() | NAMES)))
    return tuple(made)


@st.composite
def components(draw: st.DrawFn) -> tuple[Component, ...]:
    counts = st.tuples(*[st.integers(0, 3)] * 3).filter(any)
    return tuple(Component(id_, draw(NAMES), *draw(counts)) for id_ in draw(st.lists(IDS, max_size=3, unique=True)))


@st.composite
def versions(draw: st.DrawFn) -> Version:
    online = draw(st.sampled_from(["full", "partial", "none"]))
    return Version(
        draw(st.none() | LIMITS), draw(steps()), draw(components()),
        tuple(draw(st.lists(st.builds(Fee, NAMES, st.integers(0, 10**9), st.sampled_from(PAYMENTS)), max_size=2))),
        draw(st.sampled_from(MECHANISMS)), online, draw(NAMES) if online == "partial" else None,
        draw(st.sampled_from(["", "https://dichvucong.gov.vn/x?a=1&b=2"])), draw(NAMES),
        draw(st.sampled_from(EFFECTS)), draw(st.integers(0, 9)), tuple(draw(st.lists(TEXTS, max_size=2))),
    )  # fmt: skip


@given(versions())
def test_a_version_reads_back(version: Version) -> None:
    text = version_text(version)
    assert read_version(text, "x.yaml") == version
    assert version_text(read_version(text, "x.yaml")) == text


def test_what_ships_reads_back_with_days_source_and_doubt() -> None:
    entries = load(SHIPPED)
    again = read(catalogue_text(entries), "x.yaml")
    for one, other in zip(entries, again, strict=True):
        assert (one.code, one.name, one.field, one.level, one.authority) == (
            other.code, other.name, other.field, other.level, other.authority,
        )  # fmt: skip
        assert [(d.value, d.validity, d.source, d.verification) for d in one.versions.records] == [
            (d.value, d.validity, d.source, d.verification) for d in other.versions.records
        ]


@pytest.mark.parametrize("end", [None, date(2026, 6, 30)])
@pytest.mark.parametrize("verified", [Verification(True), Verification(False, "chưa đối chiếu")])
def test_a_file_of_one_entry(end: date | None, verified: Verification) -> None:
    (known, *_) = load(SHIPPED)
    source = Source("QĐ 1", date(2026, 1, 2), "3.2", "https://x.vn/")
    dated = Dated(known.versions.records[0].value, Validity(date(2026, 1, 1), end), source, verified)
    entry = CatalogueEntry(
        "1.000001", LocalText("yes"), LocalText("no"), "province", LocalText("~x"), Timeline("x", [dated])
    )
    (found,) = read(catalogue_text([entry]), "x.yaml")
    (kept,) = found.versions.records
    assert (found.name, found.field, found.authority) == (entry.name, entry.field, entry.authority)
    assert (kept.value, kept.validity, kept.source, kept.verification) == (
        dated.value, dated.validity, dated.source, dated.verification,
    )  # fmt: skip
