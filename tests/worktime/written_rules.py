"""Calendars as somebody might write them, for round trips: every part that the format has, and awkward words."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from cchc.records.sources import Source, Validity, Verification
from cchc.records.text import INVISIBLE, LocalText, nfc
from cchc.worktime.loading import packaged
from cchc.worktime.rules import AFTER_CUT_OFF, DAY_ZERO, WEEKDAYS, CalendarRules, DayException, Intake, Week
from cchc.worktime.windows import MINUTES_OF_A_DAY, Window, Windows

FIRST, LAST = date(1999, 12, 20), date(2003, 3, 5)
_AWKWARD = (
    "=1+1", "'=x", "no", "on", "true", "1.10", "15:00", "null", "~", "a,b; c", 'nói "vậy"', "Bão\nsố 3", "\\n",
    "{x: 1}", "- x", "# y", "Đ" * 90, "nghỉ\tbù", "01/02/2000", "-5", "+84", "@a", "%", "`", "x:", "[]", "|", ">", "&a",
)  # fmt: skip


def _is_kept(text: str) -> bool:
    """Whether a calendar may hold the text: something is seen, and nothing that is not."""
    return bool(text.strip()) and text == text.strip() and not INVISIBLE.search(text) and "\r" not in text


texts = st.one_of(
    st.sampled_from(_AWKWARD),
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp")), min_size=1, max_size=20),
    st.text("aâă ,;:\"'\\\n=-{}[]#&*!|>%@`", min_size=1, max_size=12),
).map(nfc).filter(_is_kept)  # fmt: skip
days = st.dates(FIRST, LAST)
local_texts = st.builds(LocalText, texts, st.none() | texts)
sources = st.builds(Source, texts, st.none() | st.dates(date(1900, 1, 1)), st.none() | texts, st.none() | texts)
verifications = st.one_of(st.just(Verification(True)), st.builds(Verification, st.just(False), texts))


@st.composite
def windows(draw: st.DrawFn) -> Windows:
    """Up to three windows of a day, in order; some touch."""
    cuts = sorted(draw(st.sets(st.integers(0, MINUTES_OF_A_DAY), max_size=6)))
    return tuple(Window(*cuts[at : at + 2]) for at in range(0, len(cuts) - 1, 2))


@st.composite
def weeks(draw: st.DrawFn) -> tuple[Week, ...]:
    """Some weeks, the first on the first day."""
    starts = sorted({FIRST, *draw(st.sets(days, max_size=2))})
    return tuple(
        Week(start, draw(st.tuples(*[windows()] * 7)), draw(st.none() | sources), draw(st.none() | verifications))
        for start in starts
    )


exceptions = st.builds(
    DayException, days, st.one_of(windows(), st.sampled_from(WEEKDAYS)), local_texts, sources, verifications
)
intakes = st.builds(
    Intake,
    st.none() | st.integers(0, MINUTES_OF_A_DAY),
    st.sampled_from(AFTER_CUT_OFF),
    st.sampled_from(DAY_ZERO),
    st.none() | sources,
    st.none() | verifications,
)


@st.composite
def written_rules(draw: st.DrawFn) -> CalendarRules:
    """One calendar with everything in it, or one that extends another and leaves much to it."""
    is_child = draw(st.booleans())
    found = {exception.on: exception for exception in draw(st.lists(exceptions, max_size=6))}
    return CalendarRules(
        id=draw(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,20}", fullmatch=True)),
        title=draw(local_texts),
        extends="vn" if is_child else None,
        time_zone=None if is_child and draw(st.booleans()) else "Asia/Ho_Chi_Minh",
        validity=None if is_child and draw(st.booleans()) else Validity(FIRST, LAST),
        weeks=() if is_child and draw(st.booleans()) else draw(weeks()),
        exceptions=tuple(found[day] for day in sorted(found)),
        intake=draw(st.none() | intakes),
    )


def shipped(id: str) -> CalendarRules:
    """The calendar that comes with the product under that id, alone."""
    rules = packaged(id)
    assert rules is not None
    return rules
