"""Raw rows under our own names: clean texts, and moments in UTC."""

from __future__ import annotations

from typing import Final

import polars as pl

from cchc.ledger.clock import MINUTE, end_of_civil_day
from cchc.ledger.columns import ROW, TORN
from cchc.ledger.mapping import Constant, LogMapping
from cchc.ledger.stamps import Stamps, read_stamps

UNREADABLE: Final = -(2**31)  # a minute that is written but means none
_FARTHEST: Final = 2**31 - 1
TEXTS: Final = ("dossier", "step", "official", "role", "unit", "procedure", "field", "lifecycle")
MOMENTS_OF_EVENT: Final = ("at", "start", "recorded")
MOMENTS_OF_DOSSIER: Final = ("received", "finished", "due", "first_due", "result")
_ALWAYS_END: Final = ("due", "first_due")
_ALWAYS_START: Final = ("received", "start", "result", "recorded")


class RowReader:
    """Reads the rows of one log by its mapping; moments without a time zone are civil time in `zone`."""

    def __init__(self, mapping: LogMapping, zone: str) -> None:
        self._mapping, self._zone = mapping, zone
        self._nulls = list(mapping.nulls)
        self._sources = _sources(mapping)

    def read(self, raw: pl.DataFrame) -> pl.DataFrame:
        """`row`, `is_torn`, and all of `TEXTS` and moments, null where the log has none.

        Moments of an event are microseconds since 1970, with `is_unreadable` for a row in which one is written but is
        none. Moments of the dossier are minutes, `UNREADABLE` in that case.
        """
        texts = [self._text(raw, self._sources[name]).alias(name) for name in TEXTS]
        stamps = {name: self._stamps(raw, name) for name in (*MOMENTS_OF_EVENT, *MOMENTS_OF_DOSSIER)}
        unreadable = [unreadable for name, (_, unreadable) in stamps.items() if name in MOMENTS_OF_EVENT]
        return raw.select(
            pl.col(ROW).alias("row"),
            pl.col(TORN).alias("is_torn"),
            *texts,
            *(stamps[name][0].alias(name) for name in MOMENTS_OF_EVENT),
            *(_minutes(*stamps[name]).alias(name) for name in MOMENTS_OF_DOSSIER),
            is_unreadable=pl.any_horizontal(unreadable),
        )

    def _text(self, raw: pl.DataFrame, source: str | Constant | None) -> pl.Expr | pl.Series:
        if isinstance(source, str):
            return self._meaning(raw[source].cast(pl.String))
        return pl.lit(None if source is None else source.text, dtype=pl.String)

    def _meaning(self, texts: pl.Series) -> pl.Series:
        """NFC, no white space around; null for what means nothing."""
        if _is_ascii(texts):
            return self._stripped(texts)
        spellings = texts.unique()  # names repeat
        return texts.replace_strict(spellings, self._stripped(spellings.str.normalize("NFC")))

    def _stripped(self, texts: pl.Series) -> pl.Series:
        plain = texts.str.strip_chars()
        return plain.set(plain.is_in(self._nulls), None)

    def _stamps(self, raw: pl.DataFrame, name: str) -> tuple[pl.Series, pl.Series]:
        """The moments of a column, and which are written but are none."""
        column = self._sources[name]
        if not isinstance(column, str):
            nothing = pl.Series([None], dtype=pl.Int64).new_from_index(0, raw.height)
            return nothing, nothing.is_not_null()
        written = raw[column]
        if written.dtype == pl.String:
            written = self._meaning(written)
        stamps = read_stamps(written, self._zone)
        return self._at_end_of_day(name, stamps), written.is_not_null() & stamps.at.is_null()

    def _at_end_of_day(self, name: str, stamps: Stamps) -> pl.Series:
        """A due date without a time means 24:00; for other dates without one the mapping decides."""
        to_move = stamps.is_bare
        if name in _ALWAYS_END:
            if self._mapping.due_time == "end_of_day":
                to_move = stamps.at.is_not_null()
        elif name in _ALWAYS_START or self._mapping.bare_dates == "start_of_day":
            return stamps.at
        places = to_move.arg_true()
        return stamps.at.scatter(places, end_of_civil_day(stamps.at.gather(places), self._zone))


def _is_ascii(texts: pl.Series) -> bool:
    """Whether there is nothing to normalise."""
    return not (texts.str.len_bytes() != texts.str.len_chars()).any()


def _sources(mapping: LogMapping) -> dict[str, str | Constant | None]:
    return {
        "dossier": mapping.case,
        "step": mapping.activity,
        "official": mapping.official,
        "role": mapping.role,
        "unit": mapping.unit,
        "procedure": mapping.procedure,
        "field": mapping.field,
        "lifecycle": mapping.lifecycle,
        "at": mapping.time,
        "start": mapping.start,
        "received": mapping.received,
        "finished": mapping.finished,
        "due": mapping.due if isinstance(mapping.due, str) else None,
        "first_due": mapping.first_due,
        "result": mapping.result,
        "recorded": mapping.recorded,
    }


def whole_minutes(at: pl.Expr) -> pl.Expr:
    """Microseconds floored to the minute (`Int32`); what lies beyond all calendars stays beyond them."""
    return (at // MINUTE).clip(UNREADABLE + 1, _FARTHEST).cast(pl.Int32)


def _minutes(at: pl.Series, is_unreadable: pl.Series) -> pl.Expr:
    return pl.when(is_unreadable).then(UNREADABLE).otherwise(whole_minutes(pl.lit(at)))
