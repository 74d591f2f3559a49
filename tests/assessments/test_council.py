"""The council settles what is open: slips, sessions, votes, exclusions; and the freeze waits for it."""

from __future__ import annotations

import pytest

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
from cchc.assessments.actions.freezing import propose_freeze
from cchc.assessments.actions.rounds import move_on
from cchc.assessments.audit_kinds import MOTION_CONCLUDED
from cchc.assessments.council import Item, agenda_of
from cchc.assessments.criteria import set_of
from cchc.assessments.minutes import OF_SESSION, VOCABULARY
from cchc.assessments.models import Answer, Motion, Opinion, Round, Sheet, Vote
from cchc.assessments.queries.council import questions_of
from cchc.audit.queries import events_of
from cchc.documents.blocks import Table
from cchc.organizations.models import Official
from cchc.organizations.viewers import actor_of
from cchc.records.errors import DomainError
from tests.assessments.conftest import Council, sheets_of
from tests.assessments.test_pages import by, page, sent
from tests.factories.assessments import before_the_council, frozen, now_of, submitted, write
from tests.factories.organizations import BY_TESTS, NOW, TODAY


@pytest.fixture
def own(scored_round: Round) -> Sheet:
    """The first sheet, before the council."""
    before_the_council(scored_round)
    return sheets_of(scored_round)[0]


def as_(person: Official) -> dict[str, object]:
    return {"actor": actor_of(person, day=TODAY), "now": NOW}


def refused(error: pytest.ExceptionInfo[DomainError]) -> str:
    return error.value.code


def agenda_of_round(round_: Round) -> list[Item]:
    return agenda_of(round_, set_of(round_), questions_of(round_))


def is_settled(sheet: Sheet, code: str) -> bool:
    items = {(one.sheet.pk, one.criterion.code): one for one in agenda_of_round(sheet.round)}
    return items[sheet.pk, code].is_settled


@pytest.mark.requirement(101)
def test_the_agenda_names_what_differs_and_what_was_explained(own: Sheet) -> None:
    open_items = agenda_of_round(own.round)
    assert [(one.sheet.name, one.criterion.code, one.difference) for one in open_items] == [
        (name, "1.1", -1) for name in ("Xã Mẫu 1", "Xã Mẫu 2", "Phường Mẫu 3")
    ]
    assert not any(one.is_settled for one in open_items)


@pytest.mark.requirement(101, 102)
def test_what_has_no_points_stands_on_the_agenda_and_says_so(council: Council, scored_round: Round) -> None:
    submitted(scored_round)
    for step in ("appraise", "deliberate"):
        move_on(**BY_TESTS, round_=scored_round, step=step, expected_version=now_of(scored_round).version)
    items = agenda_of_round(now_of(scored_round))
    assert {(one.criterion.code, one.lacks_points, one.differs) for one in items} == {("2.1", True, False)}
    assert len(items) == 3
    assert "chưa có điểm" in page(by(council.secretary), "council", scored_round.pk)
    now = now_of(scored_round)
    with pytest.raises(DomainError) as error:
        propose_freeze(**as_(council.secretary), round_=now, expected_version=now.version)
    assert {(one.code, one.message.params["criterion"]) for one in error.value.problems} == {
        ("assessments.sheet_unscored", "2.1")
    }


@pytest.mark.requirement(98, 101)
def test_the_page_of_an_item_says_what_was_declared_why_points_fell_and_what_was_explained(
    council: Council, own: Sheet
) -> None:
    read = page(by(council.member), "item", own.round_id, own.pk, "1.1")
    assert "Số liệu, điểm qua từng giai đoạn" in read
    assert "Báo cáo 12/BC-UBND" in read and "Thiếu hai báo cáo" in read


def test_slips_session_vote_and_minutes_on_pages(council: Council, own: Sheet) -> None:
    secretary, member, chair = by(council.secretary), by(council.member), by(council.chair)
    number, code = own.round_id, "1.1"
    assert own.name in page(secretary, "council", number)
    sent(member, "opinion", number, own.pk, code, agrees="no", points="3.5", reason="Đã bổ sung một báo cáo")
    assert Opinion.objects.get().given_by == council.member
    present = [council.member.pk, council.chair.pk]
    sent(secretary, "hold", number, held_on="23/11/2026", place="Phòng họp số 1", present=present)
    session = own.round.sessions.get()
    sent(
        secretary, "put", number, own.pk, code, kind="points", points="3.5", reason="Bổ sung một báo cáo",
        session=session.pk,
    )  # fmt: skip
    motion = Motion.objects.get()
    sent(member, "vote", motion.pk, vote="for")
    sent(chair, "vote", motion.pk, vote="against")
    sent(chair, "vote", motion.pk, vote="for")
    assert Vote.objects.count() == 2
    text = page(member, "item", number, own.pk, code)
    assert "Đã bổ sung một báo cáo" in text and "Tán thành" in text
    sent(secretary, "conclude", motion.pk, reason="Đã kiểm phiếu")
    assert "Đã kiểm phiếu" in events_of(motion).get(kind=MOTION_CONCLUDED).payload.body
    answer = Answer.objects.get(sheet=own, criterion=code, stage="council")
    assert answer.said == {"points": "3.5", "reason": "Bổ sung một báo cáo"}
    assert is_settled(own, code)
    said = VOCABULARY.gathered(council.province, TODAY, str(session.pk))
    table = said["session.table"]
    assert isinstance(table, Table) and "2 / 0 / 0" in str(table.rows)
    (chair_line,) = [one for one in said["session.present"] if one.startswith(council.chair.name)]
    assert chair_line.endswith(", Chủ tịch Hội đồng") and chair_line.count(",") >= 2
    assert OF_SESSION in page(secretary, "council", number) or said["session.decided"] == "1"


def test_before_appraisal_the_council_has_nothing_to_decide_yet(council: Council, scored_round: Round) -> None:
    text = page(by(council.secretary), "council", scored_round.pk)
    assert "Chưa có nội dung để quyết định" in text and "Không còn nội dung nào" not in text


@pytest.mark.requirement(102)
def test_a_vote_is_a_members_own_once(council: Council, own: Sheet) -> None:
    session = hold_session(
        **BY_TESTS, round_=own.round, facts=SessionFacts(TODAY, "Phòng 1", [council.member, council.chair])
    )
    motion = put_motion(**BY_TESTS, sheet=own, code="1.1", proposal=Proposal("own", "Đủ căn cứ"), session=session)
    with pytest.raises(DomainError) as error:
        cast_vote(**as_(council.secretary), motion=motion, vote="for")
    assert refused(error) == "assessments.not_present"
    with pytest.raises(DomainError) as error:
        conclude_motion(**BY_TESTS, motion=motion)
    assert refused(error) == "assessments.no_votes"
    cast_vote(**as_(council.member), motion=motion, vote="for")
    acting = actor_of(council.secretary, council.member, day=TODAY)
    with pytest.raises(DomainError) as error:
        cast_vote(actor=acting, now=NOW, motion=motion, vote="against")
    assert refused(error) == "assessments.member_in_person"
    assert Vote.objects.get().vote == "for"
    with pytest.raises(DomainError) as error:
        change_session(
            **BY_TESTS, session=session, facts=SessionFacts(TODAY, "Phòng 1", [council.chair]), expected_version=1
        )
    assert refused(error) == "assessments.voter_present"
    conclude_motion(**BY_TESTS, motion=motion)
    assert Answer.objects.get(sheet=own, criterion="1.1", stage="council").said["points"] == "4"
    with pytest.raises(DomainError) as error:
        cast_vote(**as_(council.chair), motion=motion, vote="for")
    assert refused(error) == "assessments.motion_over"


@pytest.mark.requirement(102)
def test_nobody_votes_or_gives_an_opinion_on_the_own_unit(council: Council, own: Sheet) -> None:
    from tests.factories.organizations import grant

    grant(council.head, "council_member", council.province)
    client = by(council.head)
    address = f"/dot-cham/{own.round_id}/hoi-dong/{own.pk}/1.1/y-kien/"
    assert client.get(address).status_code == 403
    assert client.post(address, {"agrees": "yes"}).status_code == 403
    other = sheets_of(own.round)[1]
    assert client.get(f"/dot-cham/{own.round_id}/hoi-dong/{other.pk}/1.1/y-kien/").status_code == 200


def test_a_tie_rejects_and_changes_nothing(council: Council, own: Sheet) -> None:
    motion = put_motion(**BY_TESTS, sheet=own, code="1.1", proposal=Proposal("own", "Đủ căn cứ"))
    cast_vote(**as_(council.member), motion=motion, vote="for")
    cast_vote(**as_(council.chair), motion=motion, vote="against")
    cast_vote(**as_(council.secretary), motion=motion, vote="abstain")
    assert "bằng nhau là không thông qua" in page(by(council.member), "item", own.round_id, own.pk, "1.1")
    assert conclude_motion(**BY_TESTS, motion=motion).outcome == "rejected"
    assert not Answer.objects.filter(stage="council").exists()


@pytest.mark.parametrize(("language", "shown"), [("", "3,875"), ("/en", "3.875")])
@pytest.mark.parametrize("typed", ["3,875", "3.875"])
def test_points_put_to_the_vote_are_shown_with_the_readers_decimal_sign(
    council: Council, own: Sheet, language: str, shown: str, typed: str
) -> None:
    motion = put_motion(**BY_TESTS, sheet=own, code="1.1", proposal=Proposal("points", "Bổ sung", typed))
    client = by(council.member)
    other = {"3,875", "3.875"} - {shown}
    for address in (f"/dot-cham/bieu-quyet/{motion.pk}/", f"/dot-cham/{own.round_id}/hoi-dong/{own.pk}/1.1/"):
        text = client.get(f"{language}{address}").content.decode()
        assert shown in text and not any(one in text for one in other), address


def test_what_was_never_voted_on_stands_as_appraised_once_frozen(council: Council, own: Sheet) -> None:
    frozen(own.round, council.secretary, council.chair)
    member = by(council.member)
    text = page(member, "council", own.round_id)
    assert "3 nội dung không đưa ra biểu quyết, giữ điểm thẩm định" in text and "chưa quyết định" not in text
    assert "Giữ điểm thẩm định." in page(member, "item", own.round_id, own.pk, "1.1")


def test_a_motion_that_waits_keeps_the_result_from_being_frozen(council: Council, own: Sheet) -> None:
    put_motion(**BY_TESTS, sheet=own, code="1.1", proposal=Proposal("accept", "Giữ điểm"))
    with pytest.raises(DomainError) as error:
        propose_freeze(**as_(council.secretary), round_=own.round, expected_version=now_of(own.round).version)
    assert refused(error) == "assessments.motions_open"


@pytest.mark.requirement(3, 101)
def test_every_exclusion_is_decided_before_the_freeze(council: Council, scored_round: Round) -> None:
    sheets = submitted(scored_round)
    move_on(**BY_TESTS, round_=scored_round, step="appraise", expected_version=now_of(scored_round).version)
    for sheet in sheets:
        write(sheet, "2.1", "document1", ratio="85%")
    write(sheets[0], "1.2", "document1", applicable="no", reason="Không có nhiệm vụ")
    move_on(**BY_TESTS, round_=scored_round, step="deliberate", expected_version=now_of(scored_round).version)
    given = {"round_": now_of(scored_round), "expected_version": now_of(scored_round).version}
    with pytest.raises(DomainError) as error:
        propose_freeze(**as_(council.secretary), **given)
    assert [one.message.code for one in error.value.problems] == ["assessments.exclusion_undecided"]
    secretary = by(council.secretary)
    text = page(secretary, "exclusions", scored_round.pk)
    assert "1.2" in text and "Xã Mẫu 1" in text and "Xã Mẫu 2" in text
    sent(
        secretary, "decide", scored_round.pk, "1.2", sheets=[sheets[0].pk], decision="exclude",
        reason="Xã không có nhiệm vụ này",
    )  # fmt: skip
    said = Answer.objects.get(sheet=sheets[0], criterion="1.2", stage="council").said
    assert said == {"applicable": "no", "reason": "Xã không có nhiệm vụ này"}
    assert propose_freeze(**as_(council.secretary), **given).version == 1


@pytest.mark.requirement(3)
def test_an_exclusion_that_is_refused_counts_again(council: Council, scored_round: Round) -> None:
    sheets = submitted(scored_round)
    move_on(**BY_TESTS, round_=scored_round, step="appraise", expected_version=now_of(scored_round).version)
    write(sheets[0], "1.2", "document1", applicable="no", reason="Không có nhiệm vụ")
    move_on(**BY_TESTS, round_=scored_round, step="deliberate", expected_version=now_of(scored_round).version)
    decide_exclusions(
        **BY_TESTS, sheets=[sheets[0]], code="1.2", confirmed=False, points="0", reason="Mọi xã đều có nhiệm vụ này"
    )
    (item,) = [one for one in agenda_of_round(now_of(scored_round)) if one.criterion.code == "1.2"]
    assert item.is_settled
    assert Answer.objects.get(stage="council").said["applicable"] == "yes"


def test_a_slip_of_another_opinion_needs_a_reason(council: Council, own: Sheet) -> None:
    with pytest.raises(DomainError) as error:
        give_opinion(**as_(council.member), sheet=own, code="1.1", agrees=False, points="3")
    assert refused(error) == "assessments.no_reason"
    give_opinion(**as_(council.member), sheet=own, code="1.1", agrees=False, points="3", reason="Chậm")
    give_opinion(**as_(council.member), sheet=own, code="1.1", agrees=True)
    assert Opinion.objects.get().agrees is True


def test_what_only_others_score_is_no_difference(own: Sheet) -> None:
    """A survey has no points of the unit's own to differ from."""
    assert "2.1" not in {one.criterion.code for one in agenda_of_round(own.round)}


@pytest.mark.requirement(24, 102)
def test_whoever_confirms_sees_what_was_put_forward(council: Council, own: Sheet) -> None:
    now = now_of(own.round)
    assert "Đang đề nghị chốt" not in page(by(council.chair), "results", now.pk)
    propose_freeze(**as_(council.secretary), round_=now, expected_version=now.version)
    read = page(by(council.chair), "results", now.pk)
    assert "Đang đề nghị chốt" in read and own.name in read[read.index("Đang đề nghị chốt") :]
    assert "Chưa có kết quả" not in read
