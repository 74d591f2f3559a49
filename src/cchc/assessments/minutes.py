"""Papers about one session of the council: who was present, what was decided with how many votes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from cchc.assessments.criteria import set_of
from cchc.assessments.models import Motion, Session
from cchc.assessments.motions import CARRIED, MOTIONS, VOTES
from cchc.assessments.permissions import CHAIR, SECRETARY
from cchc.assessments.queries.council import members_of, motions_in
from cchc.assessments.queries.writers import writes_for
from cchc.assessments.rules import voting_on
from cchc.assessments.voting import CAST, HALF, REJECTS, Share, VotingRule, in_words
from cchc.documents.blocks import Column, Table
from cchc.followups.vocabularies.tables import numbered, printable
from cchc.organizations.models import Official, Unit
from cchc.organizations.queries.people import capacities_on
from cchc.organizations.roles import role_of
from cchc.papers.vocabularies import UNIT_WORDS, values_of_unit
from cchc.papers.vocabulary import Value, Vocabulary, Word
from cchc.records.dates import format_date
from cchc.records.errors import refuse
from cchc.records.numbers import format_number
from cchc.records.text import LocalText
from cchc.scoring.criteria import CriteriaSet

OF_SESSION: Final = "assessments.session"
_NAMED_SEATS: Final = (SECRETARY, CHAIR)
_COLUMNS: Final = (
    Column("Đơn vị", "text", 15),
    Column("Tiêu chí", "text", 24),
    Column("Nội dung quyết định", "text", 20),
    Column("Lý do", "text", 24),
    Column("Tán thành / không / không ý kiến", "centred", 15),
    Column("Kết quả", "text", 11),
)


def _session(unit: Unit, day: date, about: str) -> Session:
    """Of a round whose papers the unit writes. Raises `assessments.session_not_found`."""
    found = Session.objects.filter(pk=about) if about.isdecimal() else Session.objects.none()
    session = found.select_related("round").first()
    if session is None or not writes_for(unit, session.round, day):
        raise refuse("assessments.session_not_found")
    return session


def _called(unit: Unit, day: date, about: str) -> str:
    session = _session(unit, day, about)
    return printable(f"phiên họp thứ {session.number} ngày {format_date(session.held_on)}, {session.round.title}")


def _gather(unit: Unit, day: date, about: str) -> Mapping[str, Value]:
    session = _session(unit, day, about)
    motions = list(motions_in(session))
    present = session.presences.select_related("official").order_by("official__name", "pk")
    return {
        **values_of_unit(unit, day),
        "session.number": str(session.number),
        "session.day": session.held_on,
        "session.place": printable(session.place),
        "session.present": _present(session, [one.official for one in present]),
        "session.round": printable(f"{session.round.title} năm {session.round.year}"),
        "session.decided": str(sum(1 for one in motions if one.outcome == CARRIED)),
        "session.rule": in_words(voting_on(session.held_on).value).vi,
        "session.table": numbered(_COLUMNS, [_line(one, set_of(session.round)) for one in motions]),
    }


def _present(session: Session, officials: Sequence[Official]) -> tuple[str, ...]:
    """By name, each with post and unit on that day, and whether they chair the council or are its secretary."""
    day = session.held_on
    posts = capacities_on([one.pk for one in officials], day)
    seats = {one.pk: seat for seat in _NAMED_SEATS for one in members_of(session.round, day, (seat,))}
    said = (
        (one.name, str(posts.get(one.pk, "")), role_of(seats[one.pk]).name.vi if one.pk in seats else "")
        for one in officials
    )
    return tuple(printable(", ".join(part for part in parts if part)) for parts in said)


def _line(motion: Motion, criteria: CriteriaSet) -> tuple[str, ...]:
    votes = [one.vote for one in motion.votes.all()]
    counted = " / ".join(str(votes.count(id_)) for id_ in VOTES) if votes else "Thống nhất"
    kind = MOTIONS[motion.kind].vi + (f": {format_number(motion.other)} điểm" if motion.other is not None else "")
    outcome = "Thông qua" if motion.outcome == CARRIED else "Không thông qua"
    criterion = printable(f"{motion.criterion} {criteria.criterion(motion.criterion).title.vi}")
    return (printable(motion.sheet.name), criterion, kind, printable(motion.reason), counted, outcome)


_PERSON: Final = "Nguyễn Văn Mẫu, Giám đốc Sở Nội vụ, Chủ tịch Hội đồng"
_ORDINARY: Final = VotingRule(CAST, Share(HALF, is_enough=False), REJECTS, None)
_SAMPLE: Final = Table(
    (Column("STT", "centred", 5), *_COLUMNS),
    ((1, "xã Mẫu", "1.1 Hoàn thành kế hoạch", MOTIONS["accept"].vi, "Thiếu hai báo cáo", "7 / 0 / 1", "Thông qua"),),
)
VOCABULARY: Final = Vocabulary(
    LocalText("Phiên họp Hội đồng chấm điểm", "A session of the scoring council"),
    (
        *UNIT_WORDS,
        Word("session.number", LocalText("Số thứ tự phiên họp", "Number of the session"), "1"),
        Word("session.day", LocalText("Ngày họp", "Day of the session"), date(2027, 1, 5), "date"),
        Word("session.place", LocalText("Địa điểm", "Place"), "Phòng họp số 1"),
        Word("session.present", LocalText("Thành viên có mặt", "Members present"), (_PERSON,), "list"),
        Word("session.round", LocalText("Đợt chấm điểm", "Scoring round"), "Chấm điểm cải cách hành chính năm 2026"),
        Word("session.decided", LocalText("Số nội dung thông qua", "How many were carried"), "1"),
        Word("session.rule", LocalText("Quy định biểu quyết", "Rule of voting"), in_words(_ORDINARY).vi),
        Word("session.table", LocalText("Bảng nội dung đã quyết định", "Table of what was decided"), _SAMPLE, "table"),
    ),
    _gather,
    _called,
)
