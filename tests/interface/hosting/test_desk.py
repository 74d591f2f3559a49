"""The desk sorts, counts and filters what rooms give, whatever they give."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.interface.hosting import desk
from cchc.interface.hosting.desk import (
    MOST_SHOWN,
    SOON_MINUTES,
    DeskChoice,
    DeskItem,
    DeskKind,
    DeskShare,
    Urgency,
    read_desk,
    urgency_of,
)
from cchc.records.text import LocalText
from tests.interface.jobs.room import NOON

TODAY = NOON.date()  # noon in Vietnam
MINUTE = timedelta(minutes=1)


def kind(code: str, *items: DeskItem, counts: dict[Urgency, int] | None = None) -> DeskKind:
    share: Any = list(items) if counts is None else DeskShare(counts, lambda urgency: items, f"/{code}/")
    return DeskKind(f"trial.{code}", LocalText(f"Loại {code}", f"Kind {code}"), lambda viewer, now: share)


def read(*kinds: DeskKind, chosen: DeskChoice = DeskChoice()) -> desk.Desk:  # noqa: B008 - frozen
    with patch.object(desk, "known_desk_kinds", lambda: {one.code: one for one in kinds}):
        return read_desk(None, NOON, chosen)


@pytest.mark.parametrize(
    ("due", "minutes", "urgency"),
    [
        (NOON - MINUTE, None, Urgency.OVERDUE),
        (NOON, None, Urgency.TODAY),
        (NOON.replace(hour=16, minute=59), None, Urgency.TODAY),  # 23:59 in Vietnam
        (NOON.replace(hour=17), None, Urgency.TODAY),  # 24:00 there
        (NOON.replace(hour=17, minute=1), None, Urgency.SOON),
        (TODAY - timedelta(days=1), None, Urgency.OVERDUE),
        (TODAY, None, Urgency.TODAY),
        (TODAY + timedelta(days=1), None, Urgency.SOON),
        (TODAY + timedelta(days=3), None, Urgency.SOON),
        (TODAY + timedelta(days=4), None, Urgency.OTHER),
        (NOON + timedelta(days=9), SOON_MINUTES, Urgency.SOON),
        (NOON + timedelta(days=9), SOON_MINUTES + 1, Urgency.OTHER),
        (NOON + timedelta(days=9), -1, Urgency.OVERDUE),
    ],
)
def test_how_urgent_something_is(due: date, minutes: int | None, urgency: Urgency) -> None:
    assert urgency_of(due, NOON, minutes) is urgency


def test_a_day_that_ends_this_minute_is_not_over_yet() -> None:
    midnight = NOON.replace(hour=17)
    assert urgency_of(midnight, midnight) is Urgency.TODAY
    assert urgency_of(midnight, midnight + MINUTE) is Urgency.OVERDUE


items = st.builds(
    DeskItem,
    title=st.text("abc", min_size=1, max_size=2),
    url=st.just("/"),
    urgency=st.sampled_from(Urgency),
    due=st.one_of(
        st.none(),
        st.dates(date(2026, 1, 1), date(2027, 1, 1)),
        st.integers(-9, 9).map(lambda hours: NOON + timedelta(hours=hours)),
    ),
)


def slow_place(item: DeskItem) -> tuple[int, float, str]:
    """The order of the desk, spelled out."""
    order = ["overdue", "today", "soon", "other", "waiting"].index(item.urgency.value)
    if item.due is None:
        return order, float("inf"), item.title
    due = item.due
    if not isinstance(due, datetime):
        due = datetime.fromisoformat(f"{due.isoformat()}T23:59+07:00")
    return order, due.timestamp(), item.title


@given(st.lists(items, max_size=12), st.lists(items, max_size=12))
def test_everything_is_there_in_order_and_counted(first: list[DeskItem], second: list[DeskItem]) -> None:
    found = read(kind("a", *first), kind("b", *second))
    shown = [item for _, item in found.items]
    assert sorted(map(slow_place, first + second)) == [slow_place(item) for item in shown]
    assert found.counts == {one: sum(item.urgency is one for item in shown) for one in Urgency}
    assert found.found == found.all == len(shown)
    assert Counter({one.code: number for one, number in found.kinds}) == Counter(
        {"trial.a": len(first), "trial.b": len(second)}
    )


@given(
    st.lists(items, max_size=12),
    st.sampled_from([*Urgency, ""]),
    st.sampled_from(["trial.a", "trial.b", "trial.c", ""]),
)
def test_a_choice_narrows_the_list_and_not_the_counts(given_items: list[DeskItem], urgency: str, code: str) -> None:
    kinds = kind("a", *given_items), kind("b", *given_items)
    everything, found = read(*kinds), read(*kinds, chosen=DeskChoice(code, urgency))
    wanted = [
        (one.code, item)
        for one, item in everything.items
        if code in {"", one.code} and urgency in {"", item.urgency.value}
    ]
    assert [(one.code, item) for one, item in found.items] == wanted
    assert found.found == len(wanted)
    assert (found.counts, found.kinds) == (everything.counts, everything.kinds)


def test_a_kind_with_more_than_it_gives_is_counted_whole() -> None:
    one = DeskItem("Hồ sơ", "/", Urgency.OVERDUE)
    many = kind("a", *[one] * MOST_SHOWN, counts={Urgency.OVERDUE: 5_000, Urgency.SOON: 7})
    found = read(many, kind("b", one))
    assert len(found.items) == MOST_SHOWN
    assert (found.found, found.counts[Urgency.OVERDUE], found.counts[Urgency.SOON]) == (5_008, 5_001, 7)
    assert [(one.code, address) for one, address in found.lists] == [("trial.a", "/a/")]
    assert read(many, chosen=DeskChoice(urgency="soon")).found == 7


@pytest.mark.parametrize(
    ("chosen", "asked"),
    [
        (DeskChoice(), [""]),
        (DeskChoice(urgency="soon"), ["soon"]),
        (DeskChoice(kind="trial.a", urgency="overdue"), ["overdue"]),
        (DeskChoice(urgency="today"), []),
        (DeskChoice(kind="trial.b"), []),
        (DeskChoice(urgency="strange"), []),
    ],
)
def test_what_is_not_shown_is_not_read(chosen: DeskChoice, asked: list[str]) -> None:
    heard: list[str] = []

    def ask(urgency: str) -> list[DeskItem]:
        heard.append(urgency)
        return [DeskItem("Hồ sơ", "/", Urgency(urgency or "soon"))]

    share = DeskShare({Urgency.OVERDUE: 900, Urgency.SOON: 7, Urgency.TODAY: 0}, ask)
    many = DeskKind("trial.a", LocalText("Loại", "Kind"), lambda viewer, now: share)
    assert len(read(many, chosen=chosen).items) == len(asked)
    assert heard == asked
