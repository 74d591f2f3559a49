"""The council at work: slips asked beforehand, sessions, motions and votes, and what they decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localtime

from cchc.assessments.actions.answers import NEW, Said, write_answer
from cchc.assessments.actions.taking import take_round, take_sheet
from cchc.assessments.actions.telling_of_council import end_slips, end_vote, tell_of_motion, tell_of_session
from cchc.assessments.audit_kinds import (
    MOTION_CONCLUDED,
    MOTION_PUT,
    OPINION_GIVEN,
    SESSION_CHANGED,
    SESSION_HELD,
    VOTE_CAST,
)
from cchc.assessments.council import FINAL
from cchc.assessments.criteria import set_of
from cchc.assessments.models import Answer, Motion, Opinion, Presence, Round, Session, Sheet, Vote
from cchc.assessments.motions import ACCEPT, CARRIED, EXCLUDE, INCLUDE, MOTIONS, POINTS, REJECTED, VOTES
from cchc.assessments.policies import may_be_written
from cchc.assessments.queries.comparing import score_sheet
from cchc.assessments.queries.voting import count_of, deciding_day, require_a_quorum
from cchc.assessments.ranges import check_points
from cchc.assessments.rules import voting_on
from cchc.assessments.states import DELIBERATING, ROUND
from cchc.assessments.voting import is_carried, require_quorum
from cchc.audit.actions import action, record, values_of
from cchc.audit.actors import Actor
from cchc.organizations.doers import done_by, sign
from cchc.organizations.models import Official
from cchc.organizations.viewers import officials_behind
from cchc.records.errors import refuse
from cchc.records.numbers import decimal_text, parse_number


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """Day and place of a session, and who was present."""

    held_on: date
    place: str
    present: Sequence[Official]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is to be decided (`council.MOTIONS`), other points where that is it, and why."""

    kind: str
    reason: str
    points: str = ""


@action
def hold_session(*, actor: Actor, now: datetime, round_: Round, facts: SessionFacts) -> Session:
    """Another session of the council, of which those present are told.

    Raises `assessments.not_in_state`, `assessments.nobody_present`.
    """
    locked = take_round(round_)
    if locked.state != DELIBERATING:
        raise refuse("assessments.not_in_state", state=ROUND.state(locked.state).name)
    session = Session(round=locked, number=locked.sessions.count() + 1, entered_at=now, **done_by(actor, "entered"))
    _put_facts(session, facts)
    record(SESSION_HELD, session, after=_session_said(session))
    tell_of_session(session, facts.present, actor, now)
    return session


@action
def change_session(
    *, actor: Actor, now: datetime, session: Session, facts: SessionFacts, expected_version: int
) -> Session:  # fmt: skip
    """Another day, place, or others present; whoever voted stays among them, who is new among them is told.

    Raises `assessments.not_in_state`, `assessments.session_stale`, `assessments.nobody_present`,
    `assessments.voter_present`.
    """
    round_ = take_round(session.round)
    if round_.state != DELIBERATING:
        raise refuse("assessments.not_in_state", state=ROUND.state(round_.state).name)
    locked = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if locked.version != expected_version:
        raise refuse("assessments.session_stale")
    voted = set(Vote.objects.filter(motion__session=locked).values_list("cast_by", flat=True))
    if voted - {one.pk for one in facts.present}:
        raise refuse("assessments.voter_present")
    before = _session_said(locked)
    known = set(locked.presences.order_by("pk").values_list("official", flat=True))
    locked.version += 1
    _put_facts(locked, facts)
    record(SESSION_CHANGED, locked, before=before, after=_session_said(locked))
    locked.round = round_
    tell_of_session(locked, [one for one in facts.present if one.pk not in known], actor, now)
    return locked


@action
def give_opinion(
    *, actor: Actor, now: datetime, sheet: Sheet, code: str, agrees: bool, points: str = "", reason: str = ""
) -> Opinion:  # fmt: skip
    """A member's slip about one criterion of a sheet; a second one replaces the member's own.

    Raises `assessments.not_in_state`, `assessments.member_in_person`, `scoring.unknown_criterion`, and where the member
    does not agree `assessments.no_reason` and what is wrong with the points.
    """
    locked = take_sheet(sheet)
    may_be_written(locked, FINAL).require()
    set_of(locked.round).criterion(code)
    member = _in_person(actor)
    if not agrees:
        _check_reason(reason)
        parse_number(points)
        check_points(set_of(locked.round), locked, code, FINAL, points)
    known = Opinion.objects.select_for_update(of=("self",)).filter(sheet=locked, criterion=code, given_by=member)
    opinion = known.first() or Opinion(sheet=locked, criterion=code, given_by=member)
    before = values_of(opinion) if opinion.pk else None
    opinion.agrees, opinion.points, opinion.reason = agrees, "" if agrees else points.strip(), reason.strip()
    opinion.given_at, opinion.given_as = now, str(actor.capacity or "")
    opinion.save()
    record(OPINION_GIVEN, opinion, before=before, after=values_of(opinion))
    end_slips(locked.round, actor, now)
    return opinion


@action
def put_motion(
    *, actor: Actor, now: datetime, sheet: Sheet, code: str, proposal: Proposal, session: Session | None = None
) -> Motion:  # fmt: skip
    """Put something about one criterion of a sheet before the council; whoever may vote on it is told.

    Raises `assessments.not_in_state`, `scoring.unknown_criterion`, `assessments.unknown_motion`,
    `assessments.no_reason`, what is wrong with the points, `assessments.motion_open`.
    """
    motion = _put(actor, now, sheet, code, proposal, session)
    tell_of_motion(motion, actor, now)
    return motion


@action
def cast_vote(*, actor: Actor, now: datetime, motion: Motion, vote: str) -> Vote:
    """A member votes, in person; voting again replaces that member's own vote and no other.

    Raises `assessments.not_in_state`, `assessments.motion_over`, `assessments.unknown_vote`,
    `assessments.member_in_person`, `assessments.not_present`.
    """
    may_be_written(take_sheet(motion.sheet), FINAL).require()
    locked = _open_motion(motion)
    member = _in_person(actor)
    if vote not in VOTES:
        raise refuse("assessments.unknown_vote")
    if locked.session_id and not Presence.objects.filter(session=locked.session_id, official=member).exists():
        raise refuse("assessments.not_present")
    known = Vote.objects.select_for_update(of=("self",)).filter(motion=locked, cast_by=member).first()
    cast = known or Vote(motion=locked, cast_by=member)
    before = values_of(cast) if cast.pk else None
    cast.vote, cast.cast_at, cast.cast_as = vote, now, str(actor.capacity or "")
    cast.save()
    record(VOTE_CAST, cast, before=before, after=values_of(cast))
    end_vote(locked, actor, now, [member.pk])
    return cast


@action
def conclude_motion(*, actor: Actor, now: datetime, motion: Motion, reason: str = "") -> Motion:
    """Carried by the rule of voting of the day (`rules.voting_on`) it becomes the council's answer, with its reason;
    else it is rejected and nothing changes. The history keeps `reason`.

    Raises `assessments.not_in_state`, `assessments.motion_over`, `assessments.no_votes`, `assessments.no_quorum`, and
    as `write_answer`.
    """
    sheet = take_sheet(motion.sheet)
    may_be_written(sheet, FINAL).require()
    locked = _open_motion(motion)
    if not locked.votes.exists():
        raise refuse("assessments.no_votes")
    day = deciding_day(locked.session, localtime(now).date())
    rule, count = voting_on(day).value, count_of(locked, day)
    require_quorum(rule, count.present, count.members)
    concluded = _conclude(actor, now, sheet, locked, CARRIED if is_carried(rule, count) else REJECTED, reason)
    end_slips(sheet.round, actor, now)
    return concluded


@action
def decide_exclusions(
    *, actor: Actor, now: datetime, sheets: Iterable[Sheet], code: str, confirmed: bool, reason: str,
    points: str = "", session: Session | None = None,
) -> Sequence[Motion]:  # fmt: skip
    """The council agrees, without counting votes, that one criterion does not apply to these units, or that it does.

    `points`: what they get where they declared no figures. Raises as `put_motion` and `write_answer`, for all together,
    and `assessments.no_quorum`: without a session nobody has taken part.
    """
    kind = EXCLUDE if confirmed else INCLUDE
    if points.strip():
        parse_number(points)
    chosen = list(sheets)
    if not chosen:
        raise refuse("assessments.nothing_chosen")
    made = []
    for sheet in chosen:
        motion = _put(actor, now, sheet, code, Proposal(kind, reason, points), session)
        require_a_quorum(sheet, session, deciding_day(session, localtime(now).date()))
        made.append(_conclude(actor, now, sheet, motion, CARRIED))
    end_slips(chosen[0].round, actor, now)
    return made


def _put(
    actor: Actor, now: datetime, sheet: Sheet, code: str, proposal: Proposal, session: Session | None
) -> Motion:  # fmt: skip
    locked = take_sheet(sheet)
    may_be_written(locked, FINAL).require()
    set_of(locked.round).criterion(code)
    _check_reason(proposal.reason)
    if proposal.kind not in MOTIONS or (session is not None and session.round_id != locked.round_id):
        raise refuse("assessments.unknown_motion")
    if proposal.kind == POINTS:
        parse_number(proposal.points)
    if proposal.kind in (POINTS, INCLUDE):
        check_points(set_of(locked.round), locked, code, FINAL, proposal.points)
    if locked.motions.filter(criterion=code, outcome="").exists():
        raise refuse("assessments.motion_open", unit=locked.name, criterion=code)
    motion = Motion.objects.create(
        sheet=locked, criterion=code, session=session, kind=proposal.kind, reason=proposal.reason.strip(),
        points=proposal.points.strip() if proposal.kind in (POINTS, INCLUDE) else "", put_at=now,
        **done_by(actor, "put"),
    )  # fmt: skip
    record(MOTION_PUT, motion, after=values_of(motion))
    return motion


def _conclude(
    actor: Actor, now: datetime, sheet: Sheet, motion: Motion, outcome: str, reason: str = ""
) -> Motion:  # fmt: skip
    before = values_of(motion)
    motion.outcome, motion.concluded_at = outcome, now
    sign(motion, "concluded", actor)
    motion.save()
    record(MOTION_CONCLUDED, motion, before=before, after=values_of(motion), reason=reason.strip() or None)
    end_vote(motion, actor, now)
    if outcome == CARRIED:
        known = Answer.objects.filter(sheet=sheet, criterion=motion.criterion, stage=FINAL).first()
        write_answer(
            actor=actor, now=now, sheet=sheet, code=motion.criterion, stage=FINAL, said=_answer(sheet, motion),
            expected_version=known.version if known else NEW,
        )  # fmt: skip
    return motion


def _answer(sheet: Sheet, motion: Motion) -> Said:
    """What a carried motion says at the council's stage."""
    reason = {"reason": motion.reason}
    match motion.kind:
        case "exclude":
            return Said({"applicable": "no"} | reason)
        case "include":
            return Said({"applicable": "yes", "points": motion.points} | reason)
        case "points":
            return Said({"points": motion.points} | reason)
        case "own":
            return Said({"points": _own_points(sheet, motion.criterion)} | reason)
        case kind:
            assert kind == ACCEPT, kind
            return Said(reason)


def _own_points(sheet: Sheet, code: str) -> str:
    answers = Answer.objects.filter(sheet=sheet, stage="self").order_by("pk")
    leaf = score_sheet(set_of(sheet.round), sheet, answers).leaf(sheet.pk, "self", code)
    if leaf is None or leaf.points is None:
        raise refuse("assessments.no_own_points", unit=sheet.name, criterion=code)
    return decimal_text(leaf.points)


def _in_person(actor: Actor) -> Official:
    """Who acts, who may not act for another: an opinion and a vote are a member's own."""
    official, instead_of = officials_behind(actor)
    if official is None or instead_of is not None:
        raise refuse("assessments.member_in_person")
    return official


def _open_motion(motion: Motion) -> Motion:
    locked = Motion.objects.select_for_update(of=("self",)).get(pk=motion.pk)
    if locked.outcome:
        raise refuse("assessments.motion_over")
    return locked


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise refuse("assessments.no_reason")


def _put_facts(session: Session, facts: SessionFacts) -> None:
    if not facts.present:
        raise refuse("assessments.nobody_present")
    session.held_on, session.place = facts.held_on, " ".join(facts.place.split())
    session.save()
    Presence.objects.filter(session=session).delete()
    Presence.objects.bulk_create(Presence(session=session, official=one) for one in facts.present)


def _session_said(session: Session) -> dict[str, object]:
    present = session.presences.order_by("pk").values_list("official__code", flat=True)
    return values_of(session) | {"present": list(present)}
