"""Members of the council hear what waits for them, and it leaves their desk once they have answered."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cchc.assessments import notice_kinds as kinds
from cchc.assessments.actions.asking_opinions import ask_opinions
from cchc.assessments.actions.council import (
    Proposal,
    SessionFacts,
    cast_vote,
    change_session,
    conclude_motion,
    decide_exclusions,
    give_opinion,
    hold_session,
    put_motion,
)
from cchc.assessments.desk import slips, votes
from cchc.assessments.models import OpinionAsked, Round, Sheet
from cchc.interface.hosting.desk import DeskKind
from cchc.interface.together import answer
from cchc.notices.models import Notice
from cchc.organizations.models import Official
from cchc.organizations.viewers import viewer_of
from cchc.records.errors import DomainError
from tests.assessments.conftest import Council, sheets_of
from tests.assessments.test_council import as_
from tests.assessments.test_pages import by, page, sent
from tests.factories.assessments import before_the_council, frozen
from tests.factories.organizations import BY_TESTS, NOW, TODAY, grant, unsaved_account

UNTIL = TODAY + timedelta(days=4)


@pytest.fixture
def before(scored_round: Round) -> list[Sheet]:
    """The three sheets, before the council."""
    before_the_council(scored_round)
    return sheets_of(scored_round)


def told(person: Official) -> list[tuple[str, dict[str, object]]]:
    found = Notice.objects.filter(recipient=person).order_by("pk")
    return [(one.kind, one.parameters) for one in found if one.kind in (kinds.SLIPS, kinds.SESSION, kinds.VOTE)]


def waits_for(person: Official) -> list[str]:
    """The kinds of notices of theirs whose matter goes on."""
    found = Notice.objects.filter(recipient=person, over_at=None).order_by("pk")
    return [one.kind for one in found if one.kind in (kinds.SLIPS, kinds.VOTE)]


def desk(person: Official, kind: DeskKind) -> list[tuple[str, str]]:
    reader = viewer_of(unsaved_account(person), TODAY, used_second_factor=True)
    items = answer(kind.gather(reader, NOW))
    return [(item.url, item.note) for item in items]


@pytest.mark.requirement(101)
def test_members_are_asked_for_slips_and_owe_them_until_given(council: Council, before: list[Sheet]) -> None:
    round_ = before[0].round
    sent(by(council.chair), "ask-opinions", round_.pk, until="31/12/2026")
    assert OpinionAsked.objects.count() == 3
    ((kind, said),) = told(council.member)
    assert (kind, said["items"], said["by"]) == (kinds.SLIPS, 3, "Nguyễn Văn Chủ")
    assert told(council.chair) == []  # who asked knows
    address = f"/dot-cham/{round_.pk}/hoi-dong/"
    assert desk(council.member, slips) == [(address, "3 nội dung")]
    assert page(by(council.member), "council", round_.pk).count("chưa có phiếu của đồng chí") == 1 + 3
    for sheet in before[:2]:
        give_opinion(**as_(council.member), sheet=sheet, code="1.1", agrees=True)
    assert desk(council.member, slips) == [(address, "1 nội dung")]
    decide = Proposal("accept", "Giữ điểm")
    motion = put_motion(**BY_TESTS, sheet=before[2], code="1.1", proposal=decide)
    cast_vote(**as_(council.chair), motion=motion, vote="for")
    conclude_motion(**BY_TESTS, motion=motion)
    assert desk(council.member, slips) == []  # what is settled needs no slip


def test_asking_again_moves_the_last_day_and_tells_who_still_owes(council: Council, before: list[Sheet]) -> None:
    round_ = before[0].round
    assert ask_opinions(**BY_TESTS, round_=round_, until=TODAY) == 3
    for sheet in before:
        give_opinion(**as_(council.chair), sheet=sheet, code="1.1", agrees=True)
    ask_opinions(**BY_TESTS, round_=round_, until=UNTIL)
    assert set(OpinionAsked.objects.values_list("until", flat=True)) == {UNTIL}
    assert [len(told(one)) for one in (council.member, council.chair)] == [2, 1]


def test_nobody_is_asked_about_the_own_unit(council: Council, before: list[Sheet]) -> None:
    grant(council.head, "council_member", council.province)
    ask_opinions(**BY_TESTS, round_=before[0].round, until=UNTIL)
    assert [said["items"] for _, said in told(council.head)] == [2]
    assert [note for _, note in desk(council.head, slips)] == ["2 nội dung"]
    put_motion(**BY_TESTS, sheet=before[0], code="1.1", proposal=Proposal("accept", "Giữ điểm"))
    assert desk(council.head, votes) == [] and len(told(council.head)) == 1
    assert len(desk(council.member, votes)) == 1 and len(told(council.member)) == 2


@pytest.mark.requirement(102)
def test_a_vote_waits_for_those_present_until_cast(council: Council, before: list[Sheet]) -> None:
    own = before[0]
    facts = SessionFacts(TODAY, "Phòng 1", [council.member])
    session = hold_session(**as_(council.secretary), round_=own.round, facts=facts)
    assert [kind for kind, _ in told(council.member)] == [kinds.SESSION] and told(council.chair) == []
    more = SessionFacts(TODAY, "Phòng 1", [council.member, council.chair])
    change_session(**as_(council.secretary), session=session, facts=more, expected_version=1)
    assert [len(told(one)) for one in (council.member, council.chair)] == [1, 1]
    motion = put_motion(
        **as_(council.secretary), sheet=own, code="1.1", proposal=Proposal("own", "Đủ căn cứ"), session=session
    )
    kind, said = told(council.member)[-1]
    assert (kind, said["unit"], said["criterion"]) == (kinds.VOTE, own.name, "1.1")
    address = f"/dot-cham/{own.round_id}/hoi-dong/{own.pk}/1.1/"
    assert [url for url, _ in desk(council.member, votes)] == [address]
    assert desk(council.secretary, votes) == [] and told(council.secretary) == []  # was not present
    cast_vote(**as_(council.member), motion=motion, vote="for")
    assert desk(council.member, votes) == [] and len(desk(council.chair, votes)) == 1
    conclude_motion(**BY_TESTS, motion=motion)
    assert desk(council.chair, votes) == []
    answer = by(council.chair).get(f"/dot-cham/bieu-quyet/{motion.pk}/")
    assert (answer.status_code, answer.headers["Location"]) == (302, address)


def test_what_the_council_agrees_on_at_once_asks_nobody(council: Council, before: list[Sheet]) -> None:
    decide_exclusions(**BY_TESTS, sheets=[before[0]], code="1.2", confirmed=True, reason="Không có nhiệm vụ này")
    assert told(council.member) == [] and desk(council.member, votes) == []


def test_who_has_no_seat_finds_nothing_of_it(council: Council, before: list[Sheet]) -> None:
    ask_opinions(**BY_TESTS, round_=before[0].round, until=UNTIL)
    assert told(council.head) == [] and desk(council.head, slips) == []
    with pytest.raises(DomainError) as error:
        ask_opinions(**BY_TESTS, round_=before[0].round, until=TODAY - timedelta(days=1))
    assert error.value.code == "assessments.until_over"
    assert by(council.member).post(f"/dot-cham/{before[0].round_id}/hoi-dong/xin-y-kien/").status_code == 403


def test_a_notice_of_slips_ends_with_the_last_one_given(council: Council, before: list[Sheet]) -> None:
    round_ = before[0].round
    ask_opinions(**BY_TESTS, round_=round_, until=TODAY)
    ask_opinions(**BY_TESTS, round_=round_, until=UNTIL)
    for sheet in before:
        assert waits_for(council.member) == [kinds.SLIPS, kinds.SLIPS]
        give_opinion(**as_(council.member), sheet=sheet, code="1.1", agrees=True)
    assert waits_for(council.member) == [] and waits_for(council.chair) == [kinds.SLIPS, kinds.SLIPS]
    text = by(council.member).get("/thong-bao/").content.decode()
    assert text.count("Đã xong") == 2 and text.count("<span>Chưa đọc</span>") == 1  # that of the seat


@pytest.mark.parametrize(("vote", "left"), [("for", []), ("against", [kinds.SLIPS])])
def test_a_carried_motion_ends_it_for_all_and_a_rejected_one_does_not(
    council: Council, before: list[Sheet], vote: str, left: list[str]
) -> None:
    ask_opinions(**BY_TESTS, round_=before[0].round, until=UNTIL)
    for sheet in before[:2]:
        give_opinion(**as_(council.member), sheet=sheet, code="1.1", agrees=True)
    motion = put_motion(**BY_TESTS, sheet=before[2], code="1.1", proposal=Proposal("accept", "Giữ điểm"))
    assert waits_for(council.member) == [kinds.SLIPS, kinds.VOTE]
    cast_vote(**as_(council.member), motion=motion, vote=vote)
    assert waits_for(council.member) == [kinds.SLIPS] and waits_for(council.chair) == [kinds.SLIPS, kinds.VOTE]
    conclude_motion(**BY_TESTS, motion=motion)
    assert waits_for(council.member) == left and waits_for(council.chair) == [kinds.SLIPS]


def test_the_freeze_ends_what_nobody_gave(council: Council, before: list[Sheet]) -> None:
    ask_opinions(**BY_TESTS, round_=before[0].round, until=UNTIL)
    frozen(before[0].round, council.secretary, council.chair)
    assert waits_for(council.member) == [] == waits_for(council.chair)
