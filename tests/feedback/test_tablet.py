"""The form on the tablet of the counter: one address, for minutes, for one rating, with nobody signed in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from cchc.dossiers.models import Dossier
from cchc.feedback.actions.handing_out import open_tablet
from cchc.feedback.models import Rating, RatingHandOut, TabletPass
from cchc.feedback.tablets import sign
from tests.factories.clients import client_of
from tests.factories.dossiers import Desk, received
from tests.factories.feedback import rated, settled_dossier
from tests.factories.organizations import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def opened(desk: Desk, dossier: Dossier) -> str:
    """The address of the form."""
    by = {"actor": desk.as_(desk.receiver, "23 09:00")["actor"], "now": NOW}
    return f"/danh-gia/may/{sign(open_tablet(**by, dossier=dossier))}/"


@pytest.mark.requirement(13)
def test_the_form_opens_shows_nothing_else_and_is_used_up_by_the_rating(desk: Desk):
    dossier = settled_dossier(desk)
    address, tablet = opened(desk, dossier), Client()
    page = tablet.get(address).content.decode()
    assert "Rất hài lòng" in page and "<a " not in page.replace('<a class="skip"', ""), "no way anywhere else"
    assert dossier.owner_name not in page and dossier.code not in page
    assert tablet.post(address, {"words": "x"}).status_code == 422, "nothing chosen"
    answer = tablet.post(address, {"tra_loi_overall": "satisfied"})
    assert answer.headers["Location"] == "/danh-gia/may/cam-on/"
    thanks = tablet.get(answer.headers["Location"]).content.decode()
    assert "Cảm ơn" in thanks and "<a " not in thanks.replace('<a class="skip"', "")
    assert Rating.objects.get().channel == "tablet"
    form = RatingHandOut.objects.get()
    assert (form.way, form.state, form.taken_in_by) == ("tablet", "taken_in", None)
    assert tablet.get(address).status_code == 404
    assert tablet.post(address, {"tra_loi_overall": "satisfied"}).status_code == 404
    assert Rating.objects.count() == 1


@pytest.mark.parametrize(("minutes", "status"), [(0, 200), (9, 200), (10, 404)])
def test_it_is_open_for_minutes(desk: Desk, today, minutes: int, status: int):
    address = opened(desk, settled_dossier(desk))
    today.move_to(NOW + timedelta(minutes=minutes))
    assert Client().get(address).status_code == status


def test_opening_it_again_closes_the_address_before(desk: Desk):
    dossier = settled_dossier(desk)
    first = opened(desk, dossier)
    second = opened(desk, dossier)
    assert [Client().get(one).status_code for one in (first, second)] == [404, 200]
    assert TabletPass.objects.count() == RatingHandOut.objects.count() == 1


def test_what_nobody_signed_opens_nothing(desk: Desk):
    address = opened(desk, settled_dossier(desk))
    for wrong in (address[:-3] + "x/", "/danh-gia/may/1:2:3/", "/danh-gia/may/chua-ky/"):
        assert Client().get(wrong).status_code == 404


@pytest.mark.requirement(124)
def test_it_never_opens_inside_an_officials_session(desk: Desk):
    address, officer = opened(desk, settled_dossier(desk)), client_of(desk.receiver)
    page = officer.get(address).content.decode()
    assert "Đăng xuất và mở phiếu" in page and "tra_loi_overall" not in page
    assert officer.post(address, {"tra_loi_overall": "satisfied"}).status_code == 403
    signed_out = officer.post("/dang-xuat/", {"next": address})
    assert signed_out.headers["Location"] == address
    assert "tra_loi_overall" in officer.get(address).content.decode()
    assert officer.get("/ho-so/").status_code in {302, 403}, "the session is over"


def test_the_officers_page_shows_the_address_as_a_code_until_it_is_used(desk: Desk):
    dossier, officer = settled_dossier(desk), client_of(desk.receiver)
    page = f"/danh-gia/ho-so/{dossier.pk}/may/"
    assert "Phiếu chưa mở" in officer.get(page).content.decode()
    assert officer.post(page).headers["Location"] == page
    assert "<svg" in officer.get(page).content.decode().split("tablet-code")[1]
    rated(dossier)
    assert "Phiếu chưa mở" in officer.get(page).content.decode()
    assert officer.post(page).status_code == 422, "it is rated"
    assert officer.post(f"/danh-gia/ho-so/{received(desk).pk}/may/").status_code == 422, "nothing to rate yet"
