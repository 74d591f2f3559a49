"""Random dossiers of every awkward shape, small enough for the oracle to walk each minute."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import strategies as st

from tests.ledger.oracle import Dossier, Step
from tests.ledger.tiny_calendar import DAY, ZONE_OFFSET, TinyCalendar

FIRST_DAY = TinyCalendar().first_day + 10
BASE = FIRST_DAY * DAY - ZONE_OFFSET  # a civil midnight in UTC minutes
SPAN = 2_000

# Who may have acted, by the kind of holder: whoever makes others wait may be known or not.
ACTORS = {
    "official": ("An", "Bình", "Châu"),
    "queue": (None,),
    "system": (None,),
    **dict.fromkeys(("applicant", "agency", "payment", "suspension"), (None, "An", "Bình")),
}
WINDOWS = (
    ((450, 690), (780, 1020)),  # the official day with its lunch
    ((0, 1440),),
    ((0, 240), (240, 480), (1200, 1440)),
    ((600, 607), (1000, 1001)),
)


def calendars() -> st.SearchStrategy[TinyCalendar]:
    """Other hours, some days off."""
    off = st.frozensets(st.integers(FIRST_DAY - 1, FIRST_DAY + 3), max_size=2)
    return st.builds(TinyCalendar, st.sampled_from(WINDOWS), off)


def moments() -> st.SearchStrategy[int]:
    """Few round moments, so that many coincide; some odd ones."""
    few = st.sampled_from(range(0, SPAN, 250))
    beside = st.builds(int.__add__, few, st.integers(0, 1))
    return st.one_of(few, beside, st.integers(0, SPAN)).map(lambda offset: BASE + offset)


@st.composite
def limits(draw: st.DrawFn) -> tuple[str | None, int | None]:
    """No limit, or one of each kind."""
    kind = draw(st.sampled_from((None, "working_minutes", "working_minutes", "working_days", "calendar_days")))
    if kind is None:
        return None, None
    return kind, draw(st.sampled_from((0, 1, 7, 60, 100, 480)) if kind == "working_minutes" else st.integers(0, 2))


@st.composite
def steps(draw: st.DrawFn) -> Step:
    """A step of any holder, some with no length, some reaching beyond the dossier."""
    start, end = sorted((draw(moments()), draw(moments())))
    kind, limit = draw(limits())
    holder_kind = draw(
        st.sampled_from(("official",) * 6 + ("queue", "system", "applicant", "agency", "payment", "suspension"))
    )
    official = draw(st.sampled_from(ACTORS[holder_kind]))
    return Step(
        step=draw(st.sampled_from(("Nhận", "Thẩm định", "Ký"))),
        start=start,
        end=draw(st.sampled_from((start, end, end, end))),
        holder_kind=holder_kind,
        official=official,
        unit=draw(st.sampled_from((None, "U1", "U2"))),
        role=draw(st.sampled_from((None, "tham mưu"))) if official else None,
        limit_kind=kind,
        limit=limit,
    )


@st.composite
def chains(draw: st.DrawFn) -> tuple[Step, ...]:
    """Steps one after another, as a log of completed events gives them: each begins where the last one ended."""
    cuts = sorted(draw(st.lists(moments(), min_size=2, max_size=6)))
    return tuple(replace(draw(steps()), start=start, end=end) for start, end in pairwise(cuts))


@st.composite
def dossiers(draw: st.DrawFn) -> Dossier:
    """Any dossier: open, without due date, due before receipt, ended before receipt, promised twice."""
    of_steps = draw(st.one_of(chains(), st.lists(steps(), min_size=1, max_size=5).map(tuple)))
    starts, ends = min(s.start for s in of_steps), max(s.end for s in of_steps)
    received = draw(st.one_of(st.just(starts), moments()))
    judged = draw(st.one_of(st.just(ends), moments()))
    due = draw(st.one_of(st.none(), st.just(starts), moments()))
    first_due = draw(st.one_of(st.just(due), st.none(), moments()))
    return Dossier(received, judged, of_steps, due, first_due, draw(st.booleans()))


GAPS = st.sampled_from(("official", "unit"))
