"""Opening a sample round and writing what a unit says of itself: what both sample rounds begin with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any, Final

from cchc.assessments.actions.answers import NEW, Said, write_answers
from cchc.assessments.actions.rounds import (
    Founding,
    RoundFacts,
    begin_round,
    bring_set_in,
    open_round,
    set_timetable,
    take_units_in,
)
from cchc.assessments.models import Round, Sheet
from cchc.demo.directives import unit_of
from cchc.records.schema import Fields, as_text
from cchc.scoring.criteria import CriteriaSet

_NOTE: Final = "Có tài liệu kiểm chứng bản giấy (mẫu)"


def open_sample(
    by: Mapping[str, Any], fields: Fields, *, year: int, criteria: CriteriaSet,
    phases: Mapping[str, tuple[date, date]], papers: Mapping[str, Founding], units: Sequence[str],
) -> Round:  # fmt: skip
    """A round with set, units (codes) and timetable, begun; title, group and who holds it are read from the file."""
    last, group = date(year, 12, 31), as_text(fields.need("group"))
    round_ = open_round(
        **by, organizer=unit_of(as_text(fields.need("organizer"))), is_sample=True,
        facts=RoundFacts(as_text(fields.need("title")), year, date(year, 1, 1), last, last),
    )  # fmt: skip
    round_ = bring_set_in(**by, round_=round_, criteria=criteria, expected_version=round_.version)
    take_units_in(**by, round_=round_, groups={unit_of(code): group for code in units})
    round_ = set_timetable(**by, round_=round_, phases=phases, papers=papers, expected_version=round_.version)
    return begin_round(**by, round_=round_, expected_version=round_.version)


def write_own(
    by: Mapping[str, Any], sheet: Sheet, figures: Mapping[str, Mapping[str, str]], most: int | None = None
) -> None:  # fmt: skip
    """What the unit says of its criteria, of the first ones where `most` says how many."""
    said = {code: (Said(texts, _NOTE), NEW) for code, texts in islice(figures.items(), most)}
    write_answers(**by, sheet=sheet, stage="self", answers=said)
