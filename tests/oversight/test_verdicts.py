"""Real or forgotten: who may find it, what it changes, the share looked at again, who forgets again and again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.db.models import Sum
from hypothesis import given
from hypothesis import strategies as st

from cchc.organizations.models import Official
from cchc.organizations.viewers import actor_of
from cchc.oversight.actions.lists import draft_list
from cchc.oversight.actions.verdicts import Found, draw_rechecks, give_verdict, recheck_verdict
from cchc.oversight.drawing import drawn
from cchc.oversight.models import DelayVerdict, KeptDossier, KeptSum, ListedItem, Recheck
from cchc.records.errors import DomainError
from tests.factories.clients import client_of
from tests.factories.dossiers import ZONE, Desk
from tests.factories.organizations import TESTER, grant, official
from tests.factories.oversight import check_verdicts_conserved, late_with, refreshed

NOVEMBER = date(2026, 11, 1)
FORGOTTEN = Found("forgotten", "Kết quả ký trước hạn", "Văn bản 12/GKS ngày 23/11")
REAL = Found("real", "Chưa có kết quả")


def december(day: int) -> datetime:
    return datetime(2026, 12, day, 9, tzinfo=ZONE)


def november(day: int) -> datetime:
    return datetime(2026, 11, day, 9, tzinfo=ZONE)


@given(st.lists(st.integers(1, 10**6), unique=True, max_size=60), st.integers(0, 100), st.text(max_size=8))
def test_the_same_seed_draws_the_same_share(keys: list[int], percent: int, seed: str):
    found = drawn(keys, percent, seed)
    assert len(found) == -(-len(keys) * percent // 100) and set(found) <= set(keys)
    assert drawn(list(reversed(keys)), percent, seed) == found
    assert len(set(found)) == len(found)


@pytest.fixture
def verifiers(desk: Desk) -> tuple[Official, Official]:
    """Two of the province, who work in neither commune."""
    people = official("ks1", "Lý Thị Kim", desk.province), official("ks2", "Vũ Văn Long", desk.province)
    for one in people:
        grant(one, "procedure_control_officer", desk.province, covers_subtree=True)
    return people


@pytest.fixture
def late(desk: Desk) -> list[KeptDossier]:
    for _ in range(11):
        late_with(desk)
    refreshed(november(30))
    return list(KeptDossier.objects.order_by("pk"))


def refused(act: Callable[..., Any], code: str, **given: Any) -> None:
    with pytest.raises(DomainError) as found:
        act(**given)
    assert found.value.problems[0].code == code


@pytest.mark.django_db
@pytest.mark.requirement(59)
def test_a_verdict_and_a_share_looked_at_again(
    desk: Desk, verifiers: tuple[Official, Official], late: list[KeptDossier]
):
    first, second = verifiers
    by = {"actor": actor_of(first), "now": november(30)}
    minutes = [one.late_minutes for one in late]
    refused(give_verdict, "oversight.own_dossier_not_allowed", actor=actor_of(desk.settler), now=november(30),
            kept=late[0], found=REAL)  # fmt: skip
    refused(give_verdict, "followups.nothing_said", **by, kept=late[0], found=Found("forgotten", "Vì sao"))
    for one in late:
        give_verdict(**by, kept=one, found=FORGOTTEN)
    refused(give_verdict, "oversight.verdict_there", **by, kept=late[0], found=REAL)
    draw = {"actor": actor_of(second), "unit": desk.province, "month": NOVEMBER, "seed": "7"}
    refused(draw_rechecks, "oversight.month_not_over", now=november(30), **draw)
    made = draw_rechecks(now=december(1), **draw)
    assert (made.drawn_from, made.drawn, made.percent) == (11, 2, 10)
    refused(draw_rechecks, "oversight.drawn_already", now=december(1), **draw)
    chosen = list(Recheck.objects.order_by("pk"))
    keys = [one.pk for one in DelayVerdict.objects.order_by("pk")]
    assert [one.verdict_id for one in chosen] == drawn(keys, 10, "7"), "whoever has the seed draws the same ones"
    refused(recheck_verdict, "oversight.own_verdict_not_allowed", actor=actor_of(first), now=december(2),
            recheck=chosen[0], found=REAL)  # fmt: skip
    again = {"actor": actor_of(second), "now": december(2)}
    assert recheck_verdict(**again, recheck=chosen[0], found=REAL).is_confirmed is False
    assert recheck_verdict(**again, recheck=chosen[1], found=FORGOTTEN).is_confirmed is True
    refused(recheck_verdict, "oversight.rechecked_already", **again, recheck=chosen[0], found=REAL)
    current = DelayVerdict.objects.filter(is_current=True)
    assert (current.filter(finding="real").count(), current.filter(finding="forgotten").count()) == (1, 10)
    assert [one.late_minutes for one in KeptDossier.objects.order_by("pk")] == minutes, "both count as overdue"
    refreshed(december(7), is_whole=True)
    draft_list(actor=TESTER, now=december(7), unit=desk.commune, month=NOVEMBER)
    assert ListedItem.objects.filter(verdict="real").count() == 1
    assert ListedItem.objects.filter(verdict="forgotten").count() == 10


@pytest.mark.django_db
@pytest.mark.requirement(59)
def test_the_sums_of_the_board_follow_each_verdict_at_once(
    desk: Desk, verifiers: tuple[Official, Official], late: list[KeptDossier]
):  # fmt: skip
    def by_finding() -> tuple[int, int, int]:
        found = KeptSum.objects.filter(official=desk.settler).aggregate(
            overdue=Sum("overdue"), real=Sum("overdue_real"), forgotten=Sum("overdue_forgotten")
        )
        return found["overdue"], found["real"], found["forgotten"]

    first, second = map(actor_of, verifiers)
    assert by_finding() == (11, 0, 0)
    for one, found in zip(late, (REAL, FORGOTTEN, FORGOTTEN), strict=False):
        give_verdict(actor=first, now=november(30), kept=one, found=found)
    assert by_finding() == (11, 1, 2)
    check_verdicts_conserved()
    refreshed(december(1), is_whole=True)
    assert by_finding() == (11, 1, 2), "an open dossier is of the month in which it was judged, now December"
    draw_rechecks(actor=second, now=december(1), unit=desk.province, month=NOVEMBER, seed="7")
    recheck_verdict(actor=second, now=december(2), recheck=Recheck.objects.get(), found=REAL)
    assert by_finding() == (11, 2, 1)
    check_verdicts_conserved()
    refused(give_verdict, "oversight.verdict_there", actor=first, now=december(2), kept=late[0], found=FORGOTTEN)
    assert by_finding() == (11, 2, 1), "what is refused changes nothing"


@pytest.mark.django_db
def test_the_page_tells_who_forgets_again_and_again(
    desk: Desk, verifiers: tuple[Official, Official], late: list[KeptDossier], today: Any
):  # fmt: skip
    today.move_to(november(30))
    client = client_of(verifiers[0])
    address = f"/theo-doi/xac-minh/{late[0].pk}/"
    assert late[0].code in client.get(address).content.decode()
    for one in late[:2]:
        given = {"finding": "forgotten", "evidence": "Văn bản 12/GKS", "reason": "Ký trước hạn"}
        assert client.post(f"/theo-doi/xac-minh/{one.pk}/", given).status_code == 302
    page = client.get("/theo-doi/xac-minh/?thang=2026-11").content.decode()
    assert desk.settler.name in page and "2 hồ sơ trong một năm" in page and "Ký trước hạn" in page
    keeper = official("ks3", "Bùi Văn Minh", desk.commune)
    grant(keeper, "procedure_control_officer", desk.commune)
    assert client_of(keeper).get(address).status_code == 403, "nobody verifies the own unit"
