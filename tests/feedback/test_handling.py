"""The form in the hands of whoever receives: handed out with the slip and with the result, taken in, typed."""

from __future__ import annotations

import pytest
from django.test import Client

from cchc.feedback.actions.handing_out import hand_out, take_in
from cchc.feedback.actions.rating import erase_words
from cchc.feedback.models import Rating, RatingHandOut
from cchc.feedback.retention import rating_words
from cchc.interface.together import answer
from cchc.records.errors import DomainError
from tests.factories.clients import client_of
from tests.factories.dossiers import Desk, at, received
from tests.factories.feedback import rated, settled_dossier
from tests.factories.organizations import BY_TESTS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def receiver(desk: Desk) -> Client:
    return client_of(desk.receiver)


def pressed(client: Client, dossier: object, what: str, **typed: str) -> int:
    return client.post(f"/danh-gia/ho-so/{dossier.pk}/{what}/", typed).status_code  # type: ignore[attr-defined]


@pytest.mark.requirement(13)
def test_one_button_hands_it_out_with_the_slip_and_another_takes_it_in(desk: Desk, receiver: Client):
    dossier = received(desk)
    slip = receiver.get(f"/ho-so/{dossier.pk}/phieu/").content.decode()
    assert "Phát phiếu giấy" in slip and "Phát bằng liên kết" in slip
    back = receiver.post(f"/danh-gia/ho-so/{dossier.pk}/phat/", {"cach": "paper", "tu": "giay-tiep-nhan"})
    assert back.headers["Location"] == f"/ho-so/{dossier.pk}/phieu/"
    form = RatingHandOut.objects.get()
    assert (form.occasion, form.way, form.state, form.handed_out_by) == ("reception", "paper", "out", desk.receiver)
    page = receiver.get(f"/ho-so/{dossier.pk}/").content.decode()
    assert "Phát phiếu giấy" not in page and "Thu phiếu" in page and desk.receiver.name in page
    assert pressed(receiver, dossier, "phat", cach="paper") == 422, "once an occasion"
    assert pressed(receiver, dossier, "thu") == 302
    form.refresh_from_db()
    assert (form.state, form.taken_in_by) == ("taken_in", desk.receiver) and "xã Một" in form.taken_in_as
    assert pressed(receiver, dossier, "thu") == 422
    assert RatingHandOut.objects.count() == 1


@pytest.mark.requirement(13)
def test_it_goes_out_again_with_the_result_and_comes_back_by_itself_when_the_owner_rates(desk: Desk):
    dossier = settled_dossier(desk)
    hand_out(**desk.as_(desk.receiver, "23 15:30"), dossier=dossier, way="link")
    form = RatingHandOut.objects.get()
    assert (form.occasion, form.way) == ("result", "link")
    rated(dossier, when="23 16:00")
    form.refresh_from_db()
    assert (form.state, form.taken_in_at, form.taken_in_by) == ("taken_in", at("23 16:00"), None)
    with pytest.raises(DomainError) as refusal:
        hand_out(**desk.as_(desk.receiver, "23 16:30"), dossier=dossier, way="paper")
    assert refusal.value.code == "feedback.rated_already"


def test_nothing_is_taken_in_that_was_not_handed_out(desk: Desk):
    with pytest.raises(DomainError) as refusal:
        take_in(**desk.as_(desk.receiver, "23 09:00"), dossier=received(desk))
    assert refusal.value.code == "feedback.nothing_to_take_in"


@pytest.mark.requirement(13)
def test_a_paper_form_is_typed_by_an_official_who_is_recorded(desk: Desk, receiver: Client):
    dossier = settled_dossier(desk)
    assert receiver.get(f"/danh-gia/ho-so/{received(desk).pk}/nhap/").status_code == 422, "nothing to rate yet"
    hand_out(**desk.as_(desk.receiver, "23 08:00"), dossier=dossier, way="paper")
    typed = {"tra_loi_overall": "unsatisfied", "tra_loi_attitude": "bad", "words": "Không ai giải thích"}
    assert pressed(receiver, dossier, "nhap", **typed) == 302
    rating = Rating.objects.get()
    assert (rating.channel, rating.typed_by) == ("paper", desk.receiver)
    assert RatingHandOut.objects.get().taken_in_by == desk.receiver
    page = receiver.get(f"/ho-so/{dossier.pk}/").content.decode()
    assert "đã đánh giá" in page and "Không ai giải thích" not in page and "Không hài lòng" not in page
    assert receiver.get(f"/danh-gia/ho-so/{dossier.pk}/nhap/").status_code == 422


@pytest.mark.parametrize("who", ["settler", "signer", "head"])
def test_others_see_that_it_is_rated_and_get_no_buttons(desk: Desk, who: str):
    dossier, client = settled_dossier(desk), client_of(getattr(desk, who))
    assert "Phát phiếu giấy" not in client.get(f"/ho-so/{dossier.pk}/").content.decode()
    for what in ("phat", "thu", "nhap", "may"):
        assert pressed(client, dossier, what) == 403
    assert client.get(f"/danh-gia/ho-so/{dossier.pk}/phieu/").status_code == 403
    assert not RatingHandOut.objects.exists()


def test_the_form_is_printed_with_all_questions_and_nothing_about_the_owner(desk: Desk, receiver: Client):
    dossier = received(desk)
    page = receiver.get(f"/danh-gia/ho-so/{dossier.pk}/phieu/").content.decode()
    assert "Rất hài lòng" in page and "Không dùng" in page and "<svg" in page and dossier.owner_name not in page


def test_words_go_when_their_time_is_over_and_the_answers_stay(desk: Desk):
    rating = rated(settled_dossier(desk), words="Cần nhanh hơn")
    due = [answer(rating_words.count(at(when))).due for when in ("23 16:00", "23 16:01")]  # type: ignore[arg-type]
    assert due == [0, 1]
    erase_words(**BY_TESTS, ratings=[rating])
    rating.refresh_from_db()
    assert rating.words == "" and rating.answers.count() == 3
