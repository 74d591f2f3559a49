"""An owner rates by the two codes of the slip: once, when there is something to rate, unseen by anybody."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from cchc.audit.models import AuditEvent, AuditPayload
from cchc.audit.queries import verify_chain
from cchc.dossiers.actions.ending import stop, withdraw
from cchc.dossiers.actions.intake import refuse_intake
from cchc.dossiers.models import Dossier
from cchc.feedback.models import Rating, RatingAnswer
from cchc.records.errors import DomainError
from tests.dossiers.test_looking_up import _without_tokens
from tests.factories.clients import client_of
from tests.factories.dossiers import BIRTH, Desk, intake, now_of, received
from tests.factories.feedback import ALL_WELL, rated, settled_dossier

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
PAGE = "/danh-gia/"


def codes(dossier: Dossier) -> dict[str, str]:
    return {"ma": dossier.code, "phieu": dossier.slip.token}


def posted(typed: dict[str, str], client: Client | None = None) -> tuple[int, str]:
    answer = (client or Client()).post(PAGE, typed)
    return answer.status_code, answer.content.decode()


def answering(**answers: str) -> dict[str, str]:
    words = answers.pop("words", "")
    return {"danh-gia": "1", "words": words} | {f"tra_loi_{topic}": answer for topic, answer in answers.items()}


@pytest.mark.requirement(13)
def test_the_owner_rates_with_both_codes_of_the_slip(desk: Desk):
    dossier = settled_dossier(desk)
    status, page = posted(codes(dossier))
    assert status == 200 and "Rất hài lòng" in page and dossier.owner_name not in page
    client = Client()
    answer = client.post(PAGE, codes(dossier) | answering(overall="satisfied", time="later", words=" Chờ lâu "))
    assert answer.status_code == 302 and answer.headers["Location"] == "/danh-gia/cam-on/"
    assert "Cảm ơn" in client.get("/danh-gia/cam-on/").content.decode()
    rating = Rating.objects.get()
    assert (rating.dossier_id, rating.channel, rating.form, rating.words) == (
        dossier.pk, "link", "tt01-2018", "Chờ lâu",
    )  # fmt: skip
    assert rating.typed_by is None
    answers = RatingAnswer.objects.order_by("topic").values_list("topic", "answer", "points")
    assert list(answers) == [("overall", "satisfied", 1), ("time", "later", 0)]
    status, page = posted(codes(dossier))
    assert status == 422 and "đã được đánh giá" in page


def test_an_answer_that_does_not_count_has_no_points(desk: Desk):
    rated(settled_dossier(desk), {"overall": "satisfied", "online": "not_used"})
    assert RatingAnswer.objects.get(topic="online").points is None


def test_only_the_first_question_has_to_be_answered_and_nothing_chosen_is_lost(desk: Desk):
    dossier = settled_dossier(desk)
    status, page = posted(codes(dossier) | answering(time="later", words="Chờ lâu"))
    assert status == 422 and "Chọn một câu trả lời" in page
    assert re.search(r'value="later"[^>]*checked', page) and "Chờ lâu" in page
    assert not Rating.objects.exists()
    status, _ = posted(codes(dossier) | answering(overall="none_of_these"))
    assert status == 422 and not Rating.objects.exists()


def test_unknown_and_wrong_are_answered_alike_and_counted_with_the_look_up(desk: Desk):
    dossier = settled_dossier(desk)
    unknown_code = "xa-mot-261123-9999"
    wrong = posted(codes(dossier) | {"phieu": "ABCDE23456"})
    unknown = posted({"ma": unknown_code, "phieu": "ABCDE23456"})
    assert wrong[0] == unknown[0] == 404
    said = [page.replace(dossier.code, "…").replace(unknown_code, "…") for _, page in (wrong, unknown)]
    assert _without_tokens(said[0]) == _without_tokens(said[1])
    for number in range(4):
        posted(codes(dossier) | {"phieu": f"ABCDE2345{number}"} | answering(overall="satisfied"))
    assert posted(codes(dossier))[0] == 429, "also the right one waits"
    assert Client().post("/tra-cuu-ho-so/", codes(dossier)).status_code == 429, "the counters are those of the look-up"


@pytest.mark.parametrize(
    ("state", "word"),
    [
        ("received", "chưa có kết quả"),
        ("withdrawn", "đã được rút"),
        ("refused", ""),
        ("stopped", ""),
        ("settled", ""),
    ],
)
def test_it_is_rated_when_it_is_over_and_not_before(desk: Desk, state: str, word: str):
    dossier = _in_state(desk, state)
    status, page = posted(codes(dossier))
    assert (status, word in page) == (422 if word else 200, True)
    answer = posted(codes(dossier) | answering(overall="satisfied"))[0]
    assert (answer, Rating.objects.count()) == ((422, 0) if word else (302, 1))


def _in_state(desk: Desk, state: str) -> Dossier:
    procedure, by = desk.procedures[BIRTH], desk.as_(desk.receiver, "23 09:00")
    if state == "refused":
        handed_in = {"unit": desk.commune, "procedure": procedure, "intake": intake(procedure)}
        return refuse_intake(**by, **handed_in, reason_code="not_competent", reason="Không thuộc thẩm quyền")
    if state == "settled":
        return settled_dossier(desk)
    dossier = received(desk)
    given = {"dossier": dossier, "expected_version": now_of(dossier).version, "reason": "Theo đơn"}
    if state == "withdrawn":
        return withdraw(**by, **given, reason_code="by_owner")
    if state == "stopped":
        return stop(**desk.as_(desk.head, "23 09:00"), **given, reason_code="not_eligible")
    return dossier


def test_whoever_is_signed_in_does_not_rate(desk: Desk):
    dossier, client = settled_dossier(desk), client_of(desk.receiver)
    page = client.get(PAGE, codes(dossier)).content.decode()
    assert "Đăng xuất và mở phiếu" in page and "tra_loi_overall" not in page
    assert posted(codes(dossier) | answering(overall="satisfied"), client)[0] == 403
    assert not Rating.objects.exists()


def test_the_look_up_leads_to_rating_once_there_is_a_result(desk: Desk):
    dossier = received(desk)
    assert "Đánh giá hồ sơ này" not in Client().post("/tra-cuu-ho-so/", codes(dossier)).content.decode()
    done = settled_dossier(desk)
    assert "Đánh giá hồ sơ này" in Client().post("/tra-cuu-ho-so/", codes(done)).content.decode()
    rated(done)
    assert "Đánh giá hồ sơ này" not in Client().post("/tra-cuu-ho-so/", codes(done)).content.decode()


@pytest.mark.requirement(13)
def test_the_chain_says_that_it_was_rated_and_not_what_was_answered(desk: Desk):
    dossier = settled_dossier(desk)
    rated(dossier, ALL_WELL, "Lời không ai được thấy")
    event = AuditEvent.objects.get(kind="feedback.rated")
    assert event.actor_kind == "public" and event.actor_identity == dossier.code
    said = AuditPayload.objects.get(pk=event.pk).body
    assert "very_satisfied" not in said and "Lời không ai" not in said and "tt01-2018" in said
    assert verify_chain().is_valid


def test_an_answer_of_another_form_is_refused(desk: Desk):
    dossier = settled_dossier(desk)
    for answers in ({"overall": "earlier"}, {"overall": "satisfied", "weather": "good"}, {"time": "later"}):
        with pytest.raises(DomainError) as refusal:
            rated(dossier, answers)
        assert refusal.value.code == "feedback.unknown_answer"
    assert not Rating.objects.exists()
