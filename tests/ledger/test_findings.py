"""Reasons of signals and hints in words, all at once: the same as one message after the other."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from cchc.ledger.findings import FOUND, in_words
from cchc.ledger.questions import shipped
from cchc.records.errors import Message
from cchc.records.words import say

ZONE = "Asia/Ho_Chi_Minh"


def civil(minute: int | None) -> str | None:
    if minute is None:
        return None
    return datetime.fromtimestamp(minute * 60, UTC).astimezone(ZoneInfo(ZONE)).strftime("%d/%m/%Y %H:%M")


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("kind", ["signal", "hint"])
def test_every_reason_is_said_as_its_message(kind, language):
    questions = shipped().signals if kind == "signal" else shipped().hints
    told = [
        ("An", "Thẩm định {x}", 1234, 29_000_000),
        (None, None, None, None),
        ("Nguyễn\nVăn " + "A" * 600, "Ký", 0, 28_000_001),
    ]
    rows = [
        {"id": id, "dossier": "D", "official": official, "at": 29_123_456, "step": step, "count": count,
         "other_at": other}
        for id in questions
        for official, step, count, other in told
    ]  # fmt: skip
    said = in_words(pl.DataFrame(rows, schema=FOUND), kind, ZONE, language)
    expected = [
        say(
            Message(
                f"ledger.{kind}_{row['id']}",
                {name: row[name] for name in ("official", "step", "count")}
                | {"at": civil(row["at"]), "other": civil(row["other_at"])},
            ),
            language,
        )
        for row in rows
    ]
    assert said["reason"].to_list() == expected
    assert len(expected) > 6


def test_nothing_found_is_nothing_said():
    assert in_words(FOUND.to_frame(), "signal", ZONE).height == 0
