"""Questions to the record, kept with the rows of the dossiers they are about. Nothing here reads or writes."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl

from cchc.oversight.keeping import LONGEST_NAME, KeptRows, Known, Values


def with_signals(rows: Sequence[KeptRows], found: pl.DataFrame, known: Known, time_zone: str) -> list[KeptRows]:
    """Each with what was found of it (`ledger.findings.FOUND`), in the order in which it was found."""
    asked = defaultdict[str, list[Mapping[str, Any]]](list)
    for one in found.rows(named=True):
        asked[one["dossier"]].append(one)
    return [_asked(one, asked[one.code], known, time_zone) if one.code in asked else one for one in rows]


def _asked(rows: KeptRows, found: Sequence[Mapping[str, Any]], known: Known, time_zone: str) -> KeptRows:
    signals = [_signal(rows, one, known, time_zone) for one in found]
    said = json.dumps([rows.digest, signals], ensure_ascii=False, default=str, sort_keys=True)
    return replace(rows, signals=signals, digest=hashlib.sha256(said.encode()).hexdigest())


def _signal(rows: KeptRows, found: Mapping[str, Any], known: Known, time_zone: str) -> Values:
    """Of the unit in which the official ended the step, else of the dossier's."""
    at, name = _moment(found["at"]) or rows.dossier["received_at"], found["official"] or ""
    official = known.officials.get(name)
    who = {"official": official, "holder_name": "" if official is not None else name[:LONGEST_NAME]}
    ended = [spell for spell in rows.spells if name and spell["to_at"] == at and who.items() <= spell.items()]
    place = ended[-1] if ended else rows.dossier
    return {
        "kind": found["id"],
        "at": at,
        "month": at.astimezone(ZoneInfo(time_zone)).date().replace(day=1),
        **who,
        "unit": place["unit"],
        "unit_name": place["unit_name"],
        "step": found["step"] or "",
        "count": found["count"],
        "other_at": _moment(found["other_at"]),
    }


def _moment(minute: int | None) -> datetime | None:
    return None if minute is None else datetime.fromtimestamp(minute * 60, UTC)
