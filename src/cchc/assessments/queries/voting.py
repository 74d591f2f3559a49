"""Who votes on a motion, and how it stands: what the rule of voting is asked about."""

from __future__ import annotations

from datetime import date

from django.utils.timezone import localtime

from cchc.assessments.models import Motion, Session, Sheet
from cchc.assessments.permissions import CHAIR
from cchc.assessments.queries.council import members_of
from cchc.assessments.rules import voting_on
from cchc.assessments.voting import Count, VotingRule, require_quorum
from cchc.organizations.queries.people import workplaces
from cchc.records.timelines import Dated


def deciding_day(session: Session | None, today: date) -> date:
    """The day that says who sits in the council and which rule holds: that of the session, or without one `today`."""
    return today if session is None else session.held_on


def rule_of(motion: Motion, today: date) -> Dated[VotingRule]:
    """The rule by which a motion was concluded, or would be today."""
    concluded = motion.concluded_at
    return voting_on(deciding_day(motion.session, today if concluded is None else localtime(concluded).date()))


def voters(sheet: Sheet, session: Session | None, day: date) -> tuple[set[int], set[int]]:
    """The keys of the members of the council who may vote about the sheet, not working in its unit, and of those among
    them who are present in the session.
    """
    members = {one.pk for one in members_of(sheet.round, day)}
    present = set() if session is None else set(session.presences.order_by("pk").values_list("official", flat=True))
    working = workplaces(members | present, day).filter(unit__links_up__ancestor=sheet.unit_id)
    barred = set(working.values_list("official_id", flat=True))
    return members - barred, present - barred


def require_a_quorum(sheet: Sheet, session: Session | None, day: date) -> None:
    """For what is decided without counting votes. Raises `assessments.no_quorum`."""
    rule = voting_on(day).value
    if rule.quorum is not None:
        members, present = voters(sheet, session, day)
        require_quorum(rule, len(present), len(members | present))


def count_of(motion: Motion, day: date) -> Count:
    """The votes as they stand. Whoever voted counts among those present and the members, whatever they are now."""
    cast = dict(motion.votes.order_by("pk").values_list("cast_by", "vote"))
    members, present = voters(motion.sheet, motion.session, day)
    votes = list(cast.values())
    chairs = {one.pk for one in members_of(motion.sheet.round, day, (CHAIR,))}
    said = {vote for key, vote in cast.items() if key in chairs}
    return Count(
        votes.count("for"), votes.count("against"), len(present | cast.keys()), len(members | cast.keys()),
        said.pop() if len(said) == 1 else "",
    )  # fmt: skip
