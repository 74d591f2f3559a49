"""What members of the council are told, in the same transaction: that slips are asked for, that they sit in a session,
that something is put to their vote; and that this is over, once they have answered or it is settled. Nobody is told of
the own unit, or of what was done by themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

from django.utils.timezone import localtime

from cchc.assessments import notice_kinds as kinds
from cchc.assessments.council import FINAL, settled_cells
from cchc.assessments.models import Answer, Motion, Opinion, OpinionAsked, Round, Session, Sheet
from cchc.assessments.motions import MOTIONS
from cchc.assessments.queries.council import members_of
from cchc.assessments.states import DELIBERATING
from cchc.audit.actors import Actor
from cchc.audit.recording import subject_of
from cchc.notices.actions import Telling, end_notices, tell
from cchc.notices.queries import going_on
from cchc.organizations.models import Official
from cchc.organizations.queries.people import workplaces


def tell_of_slips(
    round_: Round, cells: Collection[tuple[int, str]], until: date, actor: Actor, now: datetime
) -> None:  # fmt: skip
    """Every member who owes a slip about one of these sheets and criteria: how many, and until when."""
    members = _others(members_of(round_, _day(now)), actor)
    own = _own_units(members, now)
    units = dict(Sheet.objects.filter(round=round_).order_by("pk").values_list("pk", "unit"))
    given = _given(round_)
    owed = {
        one.pk: sum(1 for cell in cells if units[cell[0]] not in own[one.pk] and (one.pk, *cell) not in given)
        for one in members
    }
    said = {"round": _named(round_), "until": until, "by": actor.name}
    _tell((Telling(kinds.SLIPS, key, round_, {**said, "items": count}) for key, count in owed.items() if count),
          actor, now)  # fmt: skip


def tell_of_session(session: Session, people: Sequence[Official], actor: Actor, now: datetime) -> None:
    """Those who are noted as present."""
    said = {
        "round": _named(session.round), "number": session.number, "day": session.held_on, "place": session.place,
        "by": actor.name,
    }  # fmt: skip
    _tell((Telling(kinds.SESSION, one.pk, session.round, said) for one in _others(people, actor)), actor, now)


def tell_of_motion(motion: Motion, actor: Actor, now: datetime) -> None:
    """Those who may vote on it: who was present in its session, or the whole council where it is decided on slips."""
    members = members_of(motion.sheet.round, _day(now))
    if motion.session is not None:
        present = set(motion.session.presences.order_by("pk").values_list("official", flat=True))
        members = [one for one in members if one.pk in present]
    people = _others(members, actor)
    own = _own_units(people, now)
    said = {
        "round": _named(motion.sheet.round), "unit": motion.sheet.name, "criterion": motion.criterion,
        "what": MOTIONS[motion.kind], "by": actor.name,
    }  # fmt: skip
    voting = (one for one in people if motion.sheet.unit_id not in own[one.pk])
    _tell((Telling(kinds.VOTE, one.pk, motion, said) for one in voting), actor, now)


def end_slips(round_: Round, actor: Actor, now: datetime) -> None:
    """Whoever was asked for slips and owes none any more waits for nothing; after the freeze that is everybody."""
    waiting = set(going_on(kinds.SLIPS, *subject_of(round_)).order_by("pk").values_list("recipient", flat=True))
    if done := waiting - (_owing(round_, now) if waiting and round_.state == DELIBERATING else set()):
        end_notices(actor=actor, now=now, kind=kinds.SLIPS, subject=round_, recipients=done)


def end_vote(motion: Motion, actor: Actor, now: datetime, members: Collection[int] | None = None) -> None:
    """Who has voted, or everybody where the vote is concluded, waits for it no more."""
    end_notices(actor=actor, now=now, kind=kinds.VOTE, subject=motion, recipients=members)


def _owing(round_: Round, now: datetime) -> set[int]:
    """Members who have not given every slip that was asked for and that the council has not settled meanwhile."""
    members = members_of(round_, _day(now))
    own = _own_units(members, now)
    asked = OpinionAsked.objects.filter(sheet__round=round_).order_by("pk")
    settled = settled_cells(Answer.objects.filter(sheet__round=round_, stage=FINAL).order_by("pk"))
    rows = asked.values_list("sheet", "criterion", "sheet__unit")
    open_cells = [(sheet, code, unit) for sheet, code, unit in rows if (sheet, code) not in settled]
    given = _given(round_)
    return {
        one.pk
        for one in members
        if any(unit not in own[one.pk] and (one.pk, sheet, code) not in given for sheet, code, unit in open_cells)
    }


def _given(round_: Round) -> set[tuple[int, int, str]]:
    """Who has given a slip on which sheet and criterion."""
    found = Opinion.objects.filter(sheet__round=round_).order_by("pk")
    return set(found.values_list("given_by", "sheet", "criterion"))


def _tell(tellings: Iterable[Telling], actor: Actor, now: datetime) -> None:
    if found := list(tellings):
        tell(actor=actor, now=now, tellings=found)


def _named(round_: Round) -> str:
    return f"{round_.title} {round_.year}"


def _others(people: Iterable[Official], actor: Actor) -> list[Official]:
    return [one for one in people if one.code != actor.identity]


def _own_units(people: Iterable[Official], now: datetime) -> Mapping[int, set[int]]:
    """By member's key the units they work in, with all above: they neither vote nor give an opinion there."""
    found: dict[int, set[int]] = defaultdict(set)
    for official, unit in workplaces([one.pk for one in people], _day(now)):
        found[official].add(unit)
    return found


def _day(now: datetime) -> date:
    return localtime(now).date()
