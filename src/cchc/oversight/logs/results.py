"""What the ledger wrote about a log, read a part of dossiers at a time: memory does not grow with the log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import polars as pl

from cchc.ledger.compute import Ledger
from cchc.ledger.events import Cleaner
from cchc.ledger.mapping import LogMapping
from cchc.ledger.workspace import SUMMARY_FILE, read_json
from cchc.oversight.keeping import KeptRows, Known, rows_of
from cchc.records.errors import refuse
from cchc.worktime import Calendar

_SPELLS_AT_ONCE: Final = 50_000
_LONGEST_CODE: Final = 200
_LATEST_MINUTE: Final = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Result:
    """The folder of a finished run, by which mapping and calendar."""

    folder: Path
    mapping: LogMapping
    calendar: Calendar

    @property
    def zone(self) -> str:
        """Whose months are counted."""
        return self.mapping.time_zone or self.calendar.time_zone

    @property
    def judged_at(self) -> datetime | None:
        """When open dossiers are judged; None where the log says when each one ended."""
        minute = Cleaner(self.mapping, self.zone).open_until
        return None if minute is None else datetime.fromtimestamp(minute * 60, UTC)

    def summary(self) -> dict[str, Any] | None:
        """As in summary.json; None where no run ended, or another one did."""
        found = read_json(self.folder / SUMMARY_FILE)
        made_of = (self.mapping.hash, self.calendar.hash)
        return found if found and (found["mapping"]["hash"], found["calendar"]["hash"]) == made_of else None

    @property
    def number(self) -> int:
        """How many dossiers."""
        return int(self._scan("dossiers").select(pl.len()).collect().item())

    def codes(self) -> pl.Series:
        """Of all dossiers."""
        return self._scan("dossiers").select("dossier").collect()["dossier"]

    def parts(self, at_once: int, after: int = 0) -> Iterator[Ledger]:
        """The ledger of dossiers behind the first `after`, so many at a time."""
        behind = self._behind(after)
        while not (dossiers := _plain(self._scan("dossiers").slice(after, at_once).collect())).is_empty():
            spells, behind = self._of(dossiers, behind)
            yield Ledger(dossiers, spells)
            after += dossiers.height

    def rows(self, ledger: Ledger, known: Known, *, is_sample: bool) -> list[KeptRows]:
        """What is kept of a part. Raises what `rows_of` does, and `oversight.code_too_long`."""
        longest = ledger.dossiers["dossier"].str.len_chars().max()
        if longest is not None and int(str(longest)) > _LONGEST_CODE:
            raise refuse("oversight.code_too_long", limit=_LONGEST_CODE)
        kept = rows_of(ledger, self.zone, self.judged_at or _LATEST_MINUTE, known)
        for one, name in zip(kept, ledger.dossiers["procedure"], strict=True):
            one.dossier["procedure_name"], one.dossier["is_sample"] = name or "", is_sample
        return kept

    def _scan(self, table: str) -> pl.LazyFrame:
        return pl.scan_parquet(self.folder / f"{table}.parquet")

    def _behind(self, after: int) -> tuple[int, pl.DataFrame]:
        """How many spells are read, and those of them that are not used yet: where a stopped reading goes on."""
        if not after:
            return 0, self._spells(0, 0)
        codes = self._scan("dossiers").slice(0, after).select("dossier")
        used = self._scan("spells").select("dossier").join(codes, on="dossier", how="semi").select(pl.len()).collect()
        return int(used.item()), self._spells(0, 0)

    def _of(
        self, dossiers: pl.DataFrame, behind: tuple[int, pl.DataFrame]
    ) -> tuple[pl.DataFrame, tuple[int, pl.DataFrame]]:
        """The spells of these dossiers, which stand together and in their order."""
        read, held = behind
        wanted = dossiers.select("dossier").with_row_index("position")
        while held.is_empty() or held["dossier"][-1] in wanted["dossier"]:
            more = self._spells(read, _SPELLS_AT_ONCE)
            if more.is_empty():
                break
            read, held = read + more.height, pl.concat([held, more])
        mine = held.join(wanted, on="dossier", maintain_order="left").with_columns(pl.col("position").cast(pl.Int64))
        rest = held.join(wanted, on="dossier", how="anti", maintain_order="left")
        return _plain(mine), (read, rest)

    def _spells(self, after: int, number: int) -> pl.DataFrame:
        return self._scan("spells").slice(after, number).collect()


def _plain(frame: pl.DataFrame) -> pl.DataFrame:
    """Without the one character that no database keeps in a text."""
    return frame.with_columns(pl.col(pl.String).str.replace_all("\x00", "", literal=True))
