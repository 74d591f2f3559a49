"""What a list left out because its person was away comes into the next one: once, never lost, never doubled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any, Final

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc.audit.recording import unguarded
from cchc.dossiers.models import Dossier
from cchc.organizations.models import Unit
from cchc.oversight.actions.lists import draft_list
from cchc.oversight.charging import OVERDUE, SLOW, Charge, Holding
from cchc.oversight.list_content import content_of
from cchc.oversight.models import ListedItem, MonthlyList, Outcome
from cchc.oversight.queries import drafting
from cchc.oversight.queries.lists import items_in, listed_in
from cchc.oversight.queries.postponed import month_of
from cchc.oversight.states_lists import DECIDED, WITHDRAWN
from tests.factories.clients import client_of
from tests.factories.dossiers import Desk
from tests.factories.organizations import TESTER
from tests.factories.oversight import late_with
from tests.oversight.test_list_rules import at
from tests.support.examples import share_of_examples

pytestmark = pytest.mark.django_db
MONTHS: Final = tuple(date(2026, month, 1) for month in (6, 7, 8, 9))
LAST: Final = date(2026, 10, 1)
OPEN, ENDED, SLOW_ONCE, SLOW_ALWAYS = range(4)
Acts = list[tuple[str, int]]
ACTS: Final = st.lists(
    st.tuples(st.sampled_from(["draft", "draft", "away", "silent", "withdraw"]), st.integers(0, 3)), max_size=14
)


class World:
    """Four dossiers with one person: one overdue and open all along, one that ended in June, one slow in June alone,
    one slow in every month.
    """

    def __init__(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        self.desk = desk
        self.dossiers = [late_with(desk, f"{day} 08:00") for day in (23, 24, 25, 26)]
        self._which = {one.pk: number for number, one in enumerate(self.dossiers)}
        monkeypatch.setattr(drafting, "holdings_at", self.holdings)

    def holdings(self, body: Unit, month: date, cut_off: datetime) -> Iterator[Holding]:
        """As of that month."""
        of_june = {ENDED: OVERDUE, SLOW_ONCE: SLOW} if month == MONTHS[0] else {}
        of_month = {OPEN: OVERDUE, SLOW_ALWAYS: SLOW} | of_june
        for number, klass in of_month.items():
            charge = self._charge(self.dossiers[number], klass)
            yield Holding(charge.official, charge.unit, charge)

    def _charge(self, dossier: Dossier, klass: str) -> Charge:
        late, over = (60, 60) if klass == OVERDUE else (0, 30)
        return Charge(
            klass, "official", self.desk.settler.pk, "", self.desk.commune.pk, "", "settle", None, dossier.pk,
            dossier.code, "", "", None, None, None, 0, False, False, None, 90, over, late, late, late, late, late,
        )  # fmt: skip

    def live(self, month: date) -> MonthlyList | None:
        return MonthlyList.objects.filter(month=month).exclude(state=WITHDRAWN).first()

    def act(self, what: str, month: date) -> None:
        with unguarded():
            self._act(what, month)

    def _act(self, what: str, month: date) -> None:
        list_ = self.live(month)
        if what == "draft" and list_ is None:
            draft_list(actor=TESTER, now=at("07 09:00"), unit=self.desk.commune, month=month)
        elif what == "withdraw" and list_ is not None:
            MonthlyList.objects.filter(pk=list_.pk).update(state=WITHDRAWN)
        elif what in {"away", "silent"} and list_ is not None:
            outcome = Outcome.POSTPONED if what == "away" else Outcome.SILENT
            ListedItem.objects.filter(listed__list=list_, outcome="").update(outcome=outcome)
            MonthlyList.objects.filter(pk=list_.pk).update(state=DECIDED)

    def live_items(self) -> list[ListedItem]:
        found = ListedItem.objects.exclude(listed__list__state=WITHDRAWN).order_by("pk")
        return list(found.select_related("listed__list", "origin__listed__list"))

    def of(self, item: ListedItem) -> int:
        assert item.own_id is not None
        return self._which[item.own_id]

    def claims(self, wanted: Callable[[ListedItem], bool]) -> Counter[tuple[int, date]]:
        """How often each dossier of each month stands in a live list, but for the one that is overdue all along."""
        items = [one for one in self.live_items() if self.of(one) != OPEN and wanted(one)]
        return Counter((self.of(one), month_of(one)) for one in items)

    def check(self) -> None:
        """Nothing twice, whatever happened."""
        counted = self.claims(lambda one: one.outcome != Outcome.POSTPONED)
        assert set(counted.values()) <= {1}, counted
        in_lists = Counter((one.listed.list_id, self.of(one), month_of(one)) for one in self.live_items())
        assert set(in_lists.values()) <= {1}, in_lists
        opened = Counter(one.listed.list_id for one in self.live_items() if self.of(one) == OPEN)
        assert set(opened.values()) <= {1}, opened


@pytest.fixture
def world(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> World:
    return World(desk, monkeypatch)


@pytest.mark.requirement(63, 68)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=share_of_examples(0.5)
)
@given(ACTS)
def test_nothing_is_lost_nor_doubled(world: World, acts: Acts):
    """In whichever order months are drafted, closed with the person there or away, withdrawn and drafted anew."""
    around = transaction.atomic()
    around._from_testcase = True  # actions ask to be outermost
    with around:
        for what, number in acts:
            world.act(what, MONTHS[number])
            world.check()
        for month in MONTHS:
            world.act("silent", month)
        known = world.claims(lambda one: True).keys()
        was_open_put_off = (items := [one for one in world.live_items() if world.of(one) == OPEN]) and max(
            items, key=lambda one: (one.listed.list.month, one.pk)
        ).outcome == Outcome.POSTPONED
        world.act("draft", LAST)
        world.check()
        listed = world.claims(lambda one: one.outcome != Outcome.POSTPONED)
        assert {claim for claim in listed if claim[1] != LAST} == set(known), "everything, and nothing else"
        (opened,) = [
            one for one in world.live_items() if world.of(one) == OPEN and one.listed.list.month == LAST
        ]  # fmt: skip
        assert opened.is_of_month and bool(opened.origin_id) == bool(was_open_put_off)
        transaction.set_rollback(True)


def drafted(world: World, month: date) -> MonthlyList:
    world.act("draft", month)
    list_ = world.live(month)
    assert list_ is not None
    return list_


def entries(list_: MonthlyList) -> list[dict[str, Any]]:
    (official,) = content_of(list_, listed_in(list_), items_in(list_))["officials"]
    return list(official["entries"])


@pytest.mark.requirement(63, 66, 68)
def test_it_says_from_which_list_it_comes_and_moves_no_rank(world: World):
    drafted(world, MONTHS[0])
    world.act("away", MONTHS[0])
    list_ = drafted(world, MONTHS[2])
    carried = {one["code"]: one for one in entries(list_) if one.get("postponed_from")}
    codes = [one.code for one in world.dossiers]
    assert carried.keys() == set(codes), "July was skipped, and all of June comes in August"
    assert {one["postponed_from"] for one in carried.values()} == {"2026-06"}
    assert [one["of_month"] for one in entries(list_) if one["code"] == codes[OPEN]] == [True], "once, as of August"
    assert [one.get("of_month") for one in entries(list_) if one["code"] == codes[SLOW_ALWAYS]] == [None, False]
    page = client_of(world.desk.one_stop_head).get(f"/theo-doi/danh-sach/{list_.pk}/").content.decode()
    assert page.count("hoãn từ danh sách tháng 06/2026") == 4
    content = content_of(list_, listed_in(list_), items_in(list_))
    assert content["totals"]["overdue"] == 2 and content["officials"][0]["rank"] is None
    list_.minimum = 1
    listed = listed_in(list_).get()
    listed.volume = 1
    (ranked,) = content_of(list_, [listed], items_in(list_))["officials"]
    assert ranked["rank"] == 1 and ranked["overdue"] == 2


def test_a_list_that_was_closed_after_the_next_one_was_drafted_is_not_forgotten(world: World):
    drafted(world, MONTHS[0])
    second = drafted(world, MONTHS[1])
    assert not [one for one in entries(second) if "postponed_from" in one]
    world.act("away", MONTHS[0])
    third = drafted(world, MONTHS[2])
    put_off = {one["code"] for one in entries(third) if "postponed_from" in one}
    assert put_off == {world.dossiers[number].code for number in (ENDED, SLOW_ONCE, SLOW_ALWAYS)}


def test_another_body_and_a_withdrawn_list_leave_nothing_behind(world: World):
    drafted(world, MONTHS[0])
    world.act("away", MONTHS[0])
    world.act("withdraw", MONTHS[0])
    second = drafted(world, MONTHS[1])
    assert not [one for one in entries(second) if "postponed_from" in one]
    again = drafted(world, MONTHS[0])
    assert len(entries(again)) == 4
