"""Events put down and read again: every dossier whole, every event once, however few memory holds."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc.ledger import staging
from cchc.ledger.events import EVENTS
from cchc.ledger.staging import Stage, read_stretches
from tests.support.examples import share_of_examples


def events(dossiers: list[int], first: int) -> pl.DataFrame:
    known = {"dossier": [f"D{number}" for number in dossiers], "row": range(first, first + len(dossiers))}
    others = {name: [None] * len(dossiers) for name in EVENTS if name not in known}
    return pl.DataFrame(known | others, schema=EVENTS)


def parts_of(batches: list[list[int]], folder: Path) -> list[pl.DataFrame]:
    """The events of these dossiers, batch after batch, in the partitions that come out."""
    first = 1
    with Stage(folder / "events") as stage:
        for batch in batches:
            stage.add(events(batch, first))
            first += len(batch)
        stretches = stage.close()
    return [read_stretches(folder / "events", one) for one in stretches]


@settings(max_examples=share_of_examples(0.5))
@given(
    st.lists(st.lists(st.integers(0, 12), max_size=20), max_size=8), st.integers(1, 40), st.integers(1, 40),
    st.integers(2, 4),
)  # fmt: skip
def test_every_event_comes_back_once_and_dossiers_stay_whole(
    batches: list[list[int]], at_once: int, held: int, merged_from: int
) -> None:
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as folder:
        for name, value in (("AT_ONCE", at_once), ("HELD", held), ("MERGED_FROM", merged_from)):
            patch.setattr(staging, name, value)
        parts = parts_of(batches, Path(folder))
    given_rows = [f"D{number}" for batch in batches for number in batch]
    came = sorted((row, dossier) for part in parts for dossier, row in part.select("dossier", "row").rows())
    assert came == list(enumerate(given_rows, 1))
    homes = Counter(dossier for part in parts for dossier in set(part["dossier"]))
    assert set(homes.values()) <= {1}


def test_one_dossier_larger_than_memory_is_still_one_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "AT_ONCE", 10)
    monkeypatch.setattr(staging, "HELD", 20)
    parts = parts_of([[1] * 25, [1] * 25], tmp_path)
    assert [part.height for part in parts] == [50]


def test_parts_are_alike_in_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "AT_ONCE", 1_000)
    parts = parts_of([list(range(5_000))] * 2, tmp_path)
    assert len(parts) == 10
    assert all(900 < part.height < 1_100 for part in parts)


def test_parts_of_a_long_log_are_larger_up_to_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "AT_ONCE", 100)
    sizes = [len(parts_of([list(range(rows))], tmp_path / str(rows))) for rows in (9_000, 15_000, 40_000)]
    assert sizes == [90, 100, 200]


def test_a_log_without_events_is_one_part_without_rows(tmp_path: Path) -> None:
    assert [part.height for part in parts_of([[]], tmp_path)] == [0]
