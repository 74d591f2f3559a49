"""How the council decides by votes is dated, sourced data: each choice on both sides of its edge."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from cchc.assessments import rules
from cchc.assessments.actions.council import (
    Proposal,
    SessionFacts,
    cast_vote,
    conclude_motion,
    decide_exclusions,
    hold_session,
    put_motion,
)
from cchc.assessments.minutes import VOCABULARY
from cchc.assessments.models import Motion, Round, Sheet
from cchc.assessments.rules import read_votes, voting_on
from cchc.assessments.voting import Count, VotingRule, in_words, is_carried, require_quorum
from cchc.organizations.models import Official
from cchc.records.errors import DomainError
from tests.assessments.conftest import Council, sheets_of
from tests.assessments.test_council import as_
from tests.assessments.test_pages import by, page
from tests.factories.assessments import before_the_council
from tests.factories.organizations import BY_TESTS, TODAY, grant

RECORD = """
  - valid: {from: 2005-01-01}
    source: {document: Quy chế thử, on: 2026-12-01}
    verified: {no: {vi: Để thử, en: For a test}}
    counted: cast
    needed: {more_than: 1/2}
    tie: rejects
    quorum: none
"""
GoesBy = Callable[[str], None]
MORE, TWO_THIRDS, ALL = "{more_than: 1/2}", "{at_least: 2/3}", "{at_least: 1/1}"


def written(counted: str = "cast", needed: str = MORE, tie: str = "rejects", quorum: str = "none") -> str:
    text = RECORD.replace("counted: cast", f"counted: {counted}").replace(f"needed: {MORE}", f"needed: {needed}")
    text = text.replace("quorum: none", f"quorum: {quorum}")
    return text.replace("tie: rejects", f"tie: {tie}") if needed == MORE else text.replace("    tie: rejects\n", "")


def read(text: str) -> VotingRule:
    return read_votes(f"votes:{text}".encode(), "quy-dinh.yaml").as_of(TODAY).value


@pytest.fixture
def goes_by(monkeypatch: pytest.MonkeyPatch) -> GoesBy:
    """Lets the council go by another file of rules."""

    def go(text: str) -> None:
        line = read_votes(f"votes:{text}".encode(), "quy-dinh.yaml")
        monkeypatch.setattr(rules, "_votes_shipped", lambda: line)

    return go


def test_what_ships_is_a_plain_majority_and_says_what_is_doubtful() -> None:
    rule = voting_on(date(2026, 12, 31))
    assert rule.value == read(RECORD)
    assert rule.verification.doubt_in("vi") and "project" in rule.verification.doubt_in("en")


@pytest.mark.parametrize(
    ("rule", "count", "expected"),
    [
        (written(), Count(2, 1, 9, 9), True),
        (written(), Count(1, 1, 9, 9, "for"), False),
        (written(), Count(1, 2, 9, 9), False),
        (written(), Count(1, 0, 9, 9), True),
        (written(), Count(0, 0, 9, 9), False),
        (written(tie="chair_decides"), Count(2, 2, 4, 9, "for"), True),
        (written(tie="chair_decides"), Count(2, 2, 4, 9, "against"), False),
        (written(tie="chair_decides"), Count(2, 2, 5, 9, "abstain"), False),
        (written(tie="chair_decides"), Count(2, 2, 4, 9), False),
        (written(tie="chair_decides"), Count(2, 3, 5, 9, "for"), False),
        (written(needed="{at_least: 1/2}"), Count(2, 2, 4, 9), True),
        (written(needed="{at_least: 1/2}"), Count(2, 3, 5, 9), False),
        (written(needed="{at_least: 1/2}"), Count(0, 0, 5, 9), False),
        (written(needed=TWO_THIRDS), Count(4, 2, 9, 9), True),
        (written(needed=TWO_THIRDS), Count(3, 2, 9, 9), False),
        (written(needed="{more_than: 2/3}"), Count(4, 2, 9, 9), False),
        (written(needed="{more_than: 2/3}"), Count(5, 2, 9, 9), True),
        (written(needed=ALL), Count(5, 0, 6, 9), True),
        (written(needed=ALL), Count(5, 1, 6, 9), False),
        (written("present"), Count(3, 1, 5, 9), True),
        (written("present"), Count(3, 1, 6, 9), False),
        (written("members"), Count(5, 0, 5, 9), True),
        (written("members"), Count(4, 0, 4, 9), False),
        (written("members", TWO_THIRDS), Count(6, 3, 9, 9), True),
        (written("members", TWO_THIRDS), Count(5, 0, 5, 9), False),
    ],
)
def test_each_choice_on_both_sides_of_its_edge(rule: str, count: Count, expected: bool) -> None:
    assert is_carried(read(rule), count) is expected


@pytest.mark.parametrize(
    ("quorum", "present", "members", "is_enough"),
    [
        ("none", 0, 9, True),
        (TWO_THIRDS, 6, 9, True),
        (TWO_THIRDS, 5, 9, False),
        (MORE, 5, 8, True),
        (MORE, 4, 8, False),
        (TWO_THIRDS, 0, 0, False),
    ],
)
def test_a_quorum_on_both_sides_of_its_edge(quorum: str, present: int, members: int, is_enough: bool) -> None:
    rule = read(written(quorum=quorum))
    if is_enough:
        require_quorum(rule, present, members)
        return
    with pytest.raises(DomainError) as error:
        require_quorum(rule, present, members)
    assert error.value.code == "assessments.no_quorum"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (("counted: cast", "counted: voices"), "records.not_one_of"),
        (("tie: rejects", "tie: secretary"), "records.not_one_of"),
        (("quorum: none", "quorum: some"), "records.not_one_of"),
        (("    quorum: none\n", ""), "records.missing_key"),
        (("    tie: rejects\n", ""), "records.missing_key"),
        (("{more_than: 1/2}", "{at_least: 2/3}"), "assessments.tie_without_half"),
        (("{more_than: 1/2}", "{at_least: 1/2}"), "assessments.tie_without_half"),
        (("{more_than: 1/2}", "{}"), "records.missing_key"),
        (("{more_than: 1/2}", "{more_than: 1/2, at_least: 2/3}"), "records.unknown_key"),
        (("{more_than: 1/2}", "{more_than: 50}"), "assessments.not_a_part"),
        (("{more_than: 1/2}", "{more_than: 1/0}"), "assessments.not_a_part"),
        (("{more_than: 1/2}", "{more_than: 1/3}"), "assessments.part_below_half"),
        (("{more_than: 1/2}", "{more_than: 1/1}"), "assessments.part_outside"),
        (("{more_than: 1/2}", "{at_least: 3/2}"), "assessments.part_outside"),
        (("quorum: none", "quorum: {at_least: 0/3}"), "assessments.part_outside"),
        (("    verified: {no: {vi: Để thử, en: For a test}}\n", ""), "records.missing_key"),
        (("tie: rejects", "tie: rejects\n    chair: 2"), "records.unknown_key"),
    ],
)
def test_what_is_unclear_is_refused_with_its_line(wrong: tuple[str, str], code: str) -> None:
    assert wrong[0] in RECORD
    with pytest.raises(DomainError) as error:
        read(RECORD.replace(*wrong))
    place = error.value.problems[0].place
    assert error.value.code == code
    assert place is not None and place.file == "quy-dinh.yaml" and place.line


@pytest.mark.parametrize(
    ("rule", "vi", "en"),
    [
        (
            written(),
            "Thông qua khi số tán thành chiếm trên 1/2 tổng số phiếu tán thành và không tán thành; không có ",
            "Carried when more than 1/2 of all votes for and against are for it; abstentions do not count. As many ",
        ),
        (
            written("members", ALL, quorum=TWO_THIRDS),
            "chiếm 100 % tổng số thành viên Hội đồng được biểu quyết; vắng mặt, không có ý kiến vẫn tính vào tổng số.",
            "at least 2/3 of the council's members who may vote being present",
        ),
        (written("present", tie="chair_decides"), "theo phiếu của Chủ tịch Hội đồng", "the chair's vote decides"),
    ],
)
def test_the_words_say_the_whole_rule(rule: str, vi: str, en: str) -> None:
    said = in_words(read(rule))
    assert vi in said.vi and en in said.in_language("en")


@pytest.fixture
def own(scored_round: Round) -> Sheet:
    """The first sheet, before the council."""
    before_the_council(scored_round)
    return sheets_of(scored_round)[0]


def put(sheet: Sheet, *present: Official, on: date = TODAY) -> Motion:
    session = None
    if present:
        session = hold_session(**BY_TESTS, round_=sheet.round, facts=SessionFacts(on, "Phòng 1", present))
    return put_motion(**BY_TESTS, sheet=sheet, code="1.1", proposal=Proposal("own", "Đủ căn cứ"), session=session)


@pytest.mark.requirement(102)
@pytest.mark.parametrize(("chair", "outcome"), [("for", "carried"), ("against", "rejected")])
def test_the_chair_decides_a_tie_where_the_rule_says_so(
    council: Council, own: Sheet, goes_by: GoesBy, chair: str, outcome: str
) -> None:
    goes_by(written(tie="chair_decides"))
    motion = put(own)
    cast_vote(**as_(council.chair), motion=motion, vote=chair)
    cast_vote(**as_(council.member), motion=motion, vote="against" if chair == "for" else "for")
    assert "theo phiếu của Chủ tịch" in page(by(council.member), "item", own.round_id, own.pk, "1.1")
    assert conclude_motion(**BY_TESTS, motion=motion).outcome == outcome


def test_those_absent_count_where_the_whole_council_is_counted(council: Council, own: Sheet, goes_by: GoesBy) -> None:
    """Of four members one works in the unit and is counted nowhere: two of three are more than half."""
    grant(council.head, "council_member", council.province)
    goes_by(written("members"))
    motion = put(own)
    cast_vote(**as_(council.chair), motion=motion, vote="for")
    assert conclude_motion(**BY_TESTS, motion=motion).outcome == "rejected"
    motion = put(own)
    for one in (council.chair, council.member):
        cast_vote(**as_(one), motion=motion, vote="for")
    assert conclude_motion(**BY_TESTS, motion=motion).outcome == "carried"


def test_who_is_present_and_abstains_counts_where_those_present_are_counted(
    council: Council, own: Sheet, goes_by: GoesBy
) -> None:
    goes_by(written("present"))
    motion = put(own, council.chair, council.member)
    cast_vote(**as_(council.chair), motion=motion, vote="for")
    assert conclude_motion(**BY_TESTS, motion=motion).outcome == "rejected"


def test_without_a_quorum_nothing_is_decided(council: Council, own: Sheet, goes_by: GoesBy) -> None:
    goes_by(written(quorum=TWO_THIRDS))
    motion = put(own, council.chair)
    cast_vote(**as_(council.chair), motion=motion, vote="for")
    with pytest.raises(DomainError) as error:
        conclude_motion(**BY_TESTS, motion=motion)
    assert error.value.code == "assessments.no_quorum"
    other = sheets_of(own.round)[1]
    with pytest.raises(DomainError) as error:
        decide_exclusions(**BY_TESTS, sheets=[other], code="1.2", confirmed=True, reason="Không có nhiệm vụ")
    assert error.value.code == "assessments.no_quorum"
    facts = SessionFacts(TODAY, "Phòng 1", [council.chair, council.member])
    session = hold_session(**BY_TESTS, round_=own.round, facts=facts)
    (made,) = decide_exclusions(
        **BY_TESTS, sheets=[other], code="1.2", confirmed=True, reason="Không có nhiệm vụ", session=session
    )
    assert made.outcome == "carried"


def test_the_day_of_the_session_chooses_the_rule_and_without_one_the_day_of_the_conclusion(
    council: Council, own: Sheet, goes_by: GoesBy
) -> None:
    yesterday = TODAY - timedelta(days=1)
    old = RECORD.replace("from: 2005-01-01", f"from: 2005-01-01, to: {yesterday:%Y-%m-%d}")
    new = written(tie="chair_decides").replace("2005-01-01", f"{TODAY:%Y-%m-%d}")
    goes_by(old + new)
    outcomes = []
    for present, on in (
        ((council.chair, council.member), yesterday),
        ((council.chair, council.member), TODAY),
        ((), TODAY),
    ):
        motion = put(own, *present, on=on)
        cast_vote(**as_(council.chair), motion=motion, vote="for")
        cast_vote(**as_(council.member), motion=motion, vote="against")
        outcomes.append(conclude_motion(**BY_TESTS, motion=motion).outcome)
    assert outcomes == ["rejected", "carried", "carried"]
    said = VOCABULARY.gathered(council.province, TODAY, str(own.round.sessions.get(number=1).pk))
    assert "bằng nhau là không thông qua" in str(said["session.rule"])
