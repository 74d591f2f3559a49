"""Where time goes: every number opens its stretches, and the lines are those that one counts by hand."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from itertools import pairwise

import pytest

from cchc.dossiers.actions import working
from cchc.interface.together import answer
from cchc.oversight.addresses import day_of
from cchc.oversight.models import KeptSpell
from cchc.oversight.queries.board import Asked
from cchc.oversight.queries.process import Hand, reading_process
from tests.factories.clients import client_of
from tests.factories.dossiers import Desk, at, completed, step_of, taken
from tests.factories.oversight import late_with, refreshed
from tests.oversight.test_keeping import NOVEMBER

NUMBER = re.compile(r'<a class="figure" href="(/theo-doi/quy-trinh/doan/[^"]+)">([^<]+)</a>')


@pytest.fixture
def sent_back(desk: Desk) -> Desk:
    """A dossier goes back from the signature to the settler; another one lies."""
    dossier = late_with(desk, "2 08:00")
    completed(desk, dossier, "settle", desk.settler, "2 10:00")
    taken(desk, dossier, "sign", desk.signer, "2 11:00")
    step = step_of(dossier, "sign")
    given = {"to": step_of(dossier, "settle"), "expected_version": step.dossier.version}
    working.send_back(**desk.as_(desk.signer, "2 14:00"), step=step, **given, reason_code="other", reason="Thiếu")
    completed(desk, dossier, "settle", desk.settler, "3 08:00")
    late_with(desk, "4 08:00")
    refreshed(at("20 10:00"))
    return desk


def asked(desk: Desk) -> Asked:
    return Asked(desk.commune, NOVEMBER, day_of(NOVEMBER, at("23 08:00").date()))


@pytest.mark.requirement(61)
def test_lines_are_what_one_counts_by_hand(sent_back: Desk):
    found = answer(reading_process(asked(sent_back)))
    hands = Counter[tuple[str, str]]()
    for dossier in set(KeptSpell.objects.order_by("pk").values_list("dossier", flat=True)):
        spells = list(KeptSpell.objects.filter(dossier=dossier).order_by("place").select_related("official"))
        names = [spell.official.name if spell.official else spell.holder_kind for spell in spells]
        hands.update((one, other) for one, other in pairwise(names) if one != other)
    assert Counter({(said(one.giver), said(one.taker)): one.number for one in found.hand_overs}) == hands
    assert [(one.back_from, one.step, one.number) for one in found.rework] == [
        ("Ký kết quả", "Thẩm tra, dự thảo kết quả", 1)
    ]
    late = sum(KeptSpell.objects.order_by("pk").values_list("late_minutes", flat=True))
    assert sum(one.late for one in found.steps) == late > 0
    assert [one.late for one in found.steps] == sorted((one.late for one in found.steps), reverse=True)


def said(hand: Hand) -> str:
    return hand.name or hand.kind


@pytest.mark.requirement(61)
def test_every_number_opens_its_stretches(sent_back: Desk, today):
    client = client_of(sent_back.head)
    text = client.get("/theo-doi/quy-trinh/?thang=2026-11").content.decode()
    numbers = NUMBER.findall(text)
    assert len(numbers) > 6
    for address, number in numbers:
        rows = client.get(unescape(address)).content.decode()
        assert rows.count("/theo-doi/ho-so/") == int(number), address


def test_a_month_without_anything_says_so(sent_back: Desk, today):
    text = client_of(sent_back.head).get("/theo-doi/quy-trinh/?thang=2026-01").content.decode()
    assert "Chưa ai giữ hồ sơ nào" in text
