"""A published result as figures a reader can follow: exact inside, shown with the decimals they were printed with.

Pure: what a page, an export and a print say about a unit is made here once, in the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any, Final

from cchc.portal.models import PublishedResult, PublishedRound
from cchc.records.numbers import format_number, parse_number, round_half_up
from cchc.records.text import Language
from cchc.scoring.arithmetic import exact_index

QUOTIENT_DECIMALS: Final = 4


@dataclass(frozen=True, slots=True)
class BandFigures:
    """A class as a page shows it; `level` counts from 0 for the best, so that a chip can choose its tint."""

    id: str
    level: int
    name: str
    start: Fraction
    doubt: str


@dataclass(frozen=True)
class RoundFigures:
    """One round in the reader's language."""

    published: PublishedRound
    language: Language

    @property
    def title(self) -> str:
        """The title."""
        return self._in_language("title")

    @property
    def place(self) -> str:
        """The district or province."""
        return self._in_language("place")

    @property
    def publisher(self) -> str:
        """Who published the printed table."""
        return self._in_language("publisher")

    @cached_property
    def bands(self) -> tuple[BandFigures, ...]:
        """The classes from high to low."""
        return tuple(
            BandFigures(
                band["id"],
                level,
                self.words(band),
                parse_number(band["from"]),
                self.words({"vi": band["doubt_vi"], "en": band["doubt_en"]}),
            )
            for level, band in enumerate(self.published.bands)
        )

    @property
    def version_query(self) -> str:
        """What an address needs so that it stays in this version: empty for the one in force."""
        return "" if self.published.is_current else f"?ban={self.published.version}"

    def band(self, id: str) -> BandFigures:
        """The class with that id; every result of the round has one of them."""
        return next(band for band in self.bands if band.id == id)

    def classes(self, counted: Mapping[str, int]) -> list[tuple[BandFigures, int]]:
        """The classes that occur, from high to low, each with its number of units."""
        return [(band, counted[band.id]) for band in self.bands if band.id in counted]

    def words(self, texts: Mapping[str, str]) -> str:
        """`{vi, en}` in the reader's language; Vietnamese where the English is missing."""
        return texts.get(self.language) or texts.get("vi", "")

    def number(self, value: Fraction | Decimal, decimals: int | None = None) -> str:
        """A number in the reader's form."""
        return format_number(value, self.language, decimals)

    def index(self, value: Decimal) -> str:
        """An index at the round's decimals."""
        return self.number(value, self.published.decimals)

    def unit(self, result: PublishedResult) -> UnitFigures:
        """One of the round's results."""
        return UnitFigures(self, result)

    def units(
        self, results: Sequence[PublishedResult], today: Mapping[int, Sequence[str]] | None = None
    ) -> tuple[UnitFigures, ...]:
        """Several of them; `today` as `portal.names.names_today` says it."""
        names = today or {}
        return tuple(UnitFigures(self, result, tuple(names.get(result.pk, ()))) for result in results)

    def _in_language(self, column: str) -> str:
        return self.words({name: getattr(self.published, f"{column}_{name}") for name in ("vi", "en")})


@dataclass(frozen=True)
class Score:
    """Points out of a maximum, at one stage; the figures as printed and what follows from them."""

    round: RoundFigures
    points_text: str
    maximum_text: str

    @cached_property
    def points(self) -> Fraction:
        """The points, exact."""
        return parse_number(self.points_text)

    @cached_property
    def maximum(self) -> Fraction:
        """The applicable maximum, exact."""
        return parse_number(self.maximum_text)

    @property
    def points_shown(self) -> str:
        """`79,63`."""
        return self._as_printed(self.points_text)

    @property
    def maximum_shown(self) -> str:
        """`94`."""
        return self._as_printed(self.maximum_text)

    @property
    def quotient_shown(self) -> str:
        """Points ÷ maximum × 100, cut (not rounded) after four decimals: `84,7127…`, or exact: `87,5`."""
        exact = exact_index(self.points, self.maximum)
        scale = 10**QUOTIENT_DECIMALS
        cut = Fraction(exact.numerator * scale // exact.denominator, scale)
        return self.round.number(cut) + ("" if cut == exact else "…")

    @property
    def index_shown(self) -> str:
        """The index, rounded once, half up, at the round's decimals."""
        exact = exact_index(self.points, self.maximum)
        return self.round.index(round_half_up(exact, self.round.published.decimals))

    def _as_printed(self, text: str) -> str:
        return self.round.number(parse_number(text), len(text.partition(".")[2]))


@dataclass(frozen=True)
class UnitFigures:
    """One unit of a round in the reader's language. `today`: what it is called by now where that differs."""

    round: RoundFigures
    result: PublishedResult
    today: tuple[str, ...] = ()

    @cached_property
    def appraised(self) -> Score:
        """Points after appraisal; every published result has them."""
        return Score(self.round, self._printed["appraised"], self._printed["appraised_max"])

    @cached_property
    def self_score(self) -> Score | None:
        """The unit's own points, when points and maximum are printed."""
        if "self" in self._printed and "self_max" in self._printed:
            return Score(self.round, self._printed["self"], self._printed["self_max"])
        return None

    @property
    def index(self) -> str:
        """The recomputed index."""
        return self.round.index(self.result.index)

    @property
    def printed_index(self) -> str:
        """The index as printed, empty when none is."""
        text = self._printed.get("index", "").rstrip("%").strip().replace(",", ".")
        if not text:
            return ""
        return self.round.number(parse_number(text), len(text.partition(".")[2]))

    @property
    def printed_class(self) -> str:
        """The class as printed, empty when none is."""
        return self._printed.get("class", "")

    @property
    def printed_rank(self) -> str:
        """The rank as printed, empty when none is."""
        return self._printed.get("rank", "")

    @property
    def band(self) -> BandFigures:
        """The class of the recomputed index."""
        return self.round.band(self.result.band)

    @property
    def is_misprinted(self) -> bool:
        """Whether something printed does not follow from the figures beside it."""
        return bool(self.result.disagreements)

    @property
    def index_is_misprinted(self) -> bool:
        """Whether the printed index is not the one its own figures give."""
        return "index" in self.result.disagreements

    @property
    def explanations(self) -> list[str]:
        """Why printed and recomputed differ, one sentence each."""
        return [self.round.words(texts) for texts in self.result.explanations]

    @property
    def next_band(self) -> BandFigures | None:
        """The class above, None at the top."""
        level = self.band.level
        return self.round.bands[level - 1] if level else None

    @property
    def index_to_next(self) -> str:
        """How much the index is short of the class above."""
        return self.round.index(self._next_start - self.result.index)

    @property
    def points_to_next(self) -> str:
        """How many points that is at this unit's maximum, rounded up: with so many more the class is reached."""
        decimals = self.round.published.decimals
        # An index counts from half a unit of its last decimal below the limit, because it is rounded half up.
        least = Fraction(self._next_start) - Fraction(1, 2 * 10**decimals)
        missing = least * self.appraised.maximum / 100 - self.appraised.points
        scale = 10**decimals
        return self.round.number(Fraction(-(-missing.numerator * scale // missing.denominator), scale), decimals)

    @property
    def change(self) -> str:
        """Appraised minus self-scored points, with its sign: `−7,87`; empty without a self-score."""
        return self._difference(self.appraised.points - self.self_score.points) if self.self_score else ""

    @property
    def index_change(self) -> str:
        """Index minus self index, with its sign; empty without a self-score."""
        if self.result.self_index is None:
            return ""
        return self._difference(Fraction(self.result.index - self.result.self_index))

    @property
    def maximum_change(self) -> str:
        """Applicable maximum after appraisal minus the one of the self-score, with its sign."""
        return self._difference(self.appraised.maximum - self.self_score.maximum) if self.self_score else ""

    @property
    def index_rises_as_points_fall(self) -> bool:
        """Fewer points but a higher index, because the maximum fell more: needs a word on the page."""
        if self.self_score is None or self.result.self_index is None:
            return False
        return self.appraised.points < self.self_score.points and self.result.index > self.result.self_index

    @property
    def _next_start(self) -> Decimal:
        assert self.next_band is not None
        return round_half_up(self.next_band.start, 6)

    @property
    def _printed(self) -> dict[str, Any]:
        return self.result.printed

    def _difference(self, value: Fraction) -> str:
        sign = "\N{MINUS SIGN}" if value < 0 else "+" if value > 0 else ""
        return sign + self.round.number(abs(value))
