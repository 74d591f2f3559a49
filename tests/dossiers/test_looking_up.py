"""The public look-up: the same answer for what is unknown and what is wrong, and a wait that grows for who guesses."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from tests.factories.dossiers import Desk, received, settled
from tests.factories.organizations import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
PAGE = "/tra-cuu-ho-so/"


def asked(code: str, token: str, address: str = "10.0.0.1") -> tuple[int, str]:
    answer = Client(REMOTE_ADDR=address).post(PAGE, {"ma": code, "phieu": token})
    return answer.status_code, answer.content.decode()


@pytest.mark.requirement(8)
def test_whoever_holds_the_slip_sees_where_it_is_and_nothing_about_anybody(desk: Desk):
    dossier = received(desk)
    status, page = asked(dossier.code, f" {dossier.slip.token.lower()} ")
    assert status == 200 and "Được tiếp nhận" in page and "25/11/2026" in page
    about = (dossier.owner_name, dossier.owner_number, desk.receiver.name, dossier.procedure_version.procedure.name_vi)
    for word in about:
        assert word not in page
    settled(desk, dossier)
    assert "Đã có kết quả" in asked(dossier.code, dossier.slip.token)[1]


def test_the_code_on_the_slip_fills_in_both_fields(desk: Desk):
    page = Client().get(PAGE, {"ma": "xa-mot-261123-0001", "phieu": "ABCDE23456"}).content.decode()
    assert 'value="xa-mot-261123-0001"' in page and 'value="ABCDE23456"' in page


def test_unknown_and_wrong_are_answered_alike(desk: Desk):
    dossier = received(desk)
    wrong, unknown = asked(dossier.code, "ABCDE23456"), asked("xa-mot-261123-9999", "ABCDE23456")
    assert wrong[0] == unknown[0] == 404
    said = [page.replace(dossier.code, "…").replace("xa-mot-261123-9999", "…") for _, page in (wrong, unknown)]
    assert _without_tokens(said[0]) == _without_tokens(said[1])


def test_whoever_guesses_waits_and_the_owner_elsewhere_does_not(desk: Desk, today):
    dossier = received(desk)
    statuses = [asked(dossier.code, f"ABCDE2345{number}")[0] for number in range(2, 9)]
    assert statuses == [404] * 5 + [429] * 2
    assert asked(dossier.code, dossier.slip.token)[0] == 429, "also the right one is not looked at until then"
    assert asked(dossier.code, dossier.slip.token, "10.0.0.2")[0] == 200
    today.move_to(NOW + timedelta(minutes=1))
    assert asked(dossier.code, dossier.slip.token)[0] == 200


def test_one_address_does_not_try_many_codes(desk: Desk):
    dossier = received(desk)
    statuses = [asked(f"xa-mot-261123-{number:04}", "ABCDE23456")[0] for number in range(100, 125)]
    assert statuses[:20] == [404] * 20 and set(statuses[20:]) == {429}
    assert asked(dossier.code, dossier.slip.token, "10.0.0.3")[0] == 200


def _without_tokens(page: str) -> str:
    """Without what differs between any two pages."""
    return re.sub(r'(csrfmiddlewaretoken" value="|nonce[-=]"?)[^"]+', "", page)
