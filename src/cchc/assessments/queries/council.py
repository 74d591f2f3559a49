"""The council: its members, sessions, opinions and motions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from cchc.assessments.models import Motion, Opinion, Presence, Question, Round, Session, Sheet, Vote
from cchc.assessments.permissions import ROUND
from cchc.assessments.phases import SEATS
from cchc.assessments.queries.scope import visible_sheets, whole_rounds
from cchc.interface.together import Reads, made_of
from cchc.organizations.models import Assignment, Official, RoleGrant
from cchc.organizations.queries.units import ancestors_of
from cchc.organizations.viewers import Viewer
from cchc.records.errors import refuse


def members_of(round_: Round, day: date, seats: Sequence[str] = SEATS) -> Sequence[Official]:
    """Who sits in the round's council on that day, in these seats, by name. Two queries."""
    above = ancestors_of(round_.organizer_id, day)
    grants = RoleGrant.objects.on(day).filter(role__in=seats)
    standing = grants.filter(Q(unit=round_.organizer_id) | Q(unit__in=above, covers_subtree=True))
    duties = Assignment.objects.on(day).filter(subject_type=ROUND, subject_id=str(round_.pk), duty__in=seats)
    sits = Q(pk__in=standing.order_by().values("official")) | Q(pk__in=duties.order_by().values("official"))
    return list(Official.objects.filter(sits).order_by("name", "pk"))


def sessions_of(round_: Round) -> QuerySet[Session]:
    """In their order."""
    return Session.objects.filter(round=round_).order_by("number")


def sessions_held(round_: Round) -> Reads[Sequence[tuple[Session, Sequence[str]]]]:
    """In their order, each with the names of those who were present: nobody holds one alone with nobody."""
    present = Presence.objects.filter(session__round=round_).select_related("session", "official")

    def held(rows: Iterable[Presence]) -> Sequence[tuple[Session, Sequence[str]]]:
        found: dict[int, tuple[Session, list[str]]] = {}
        for one in rows:
            found.setdefault(one.session_id, (one.session, []))[1].append(one.official.name)
        return list(found.values())

    return made_of(present.order_by("session__number", "official__name", "pk"), held)


def get_session(viewer: Viewer, number: int) -> Session:
    """With its round. Raises `assessments.session_not_found`."""
    seen = whole_rounds(viewer).order_by().values("pk")
    found = Session.objects.filter(pk=number, round__in=seen).select_related("round__organizer")
    session = found.prefetch_related("presences").first()
    if session is None:
        raise refuse("assessments.session_not_found")
    return session


def opinions_of(sheet: Sheet, code: str) -> QuerySet[Opinion]:
    """The slips about one criterion of a sheet."""
    return Opinion.objects.filter(sheet=sheet, criterion=code).select_related("given_by").order_by("pk")


def motions_of(sheet: Sheet, code: str) -> QuerySet[Motion]:
    """What was put about one criterion of a sheet, the newest first, with the votes."""
    votes = Vote.objects.select_related("cast_by").order_by("pk")
    found = Motion.objects.filter(sheet=sheet, criterion=code).select_related("session", "put_by", "concluded_by")
    return found.prefetch_related(Prefetch("votes", votes)).order_by("-pk")


def get_motion(viewer: Viewer, number: int) -> Motion:
    """With sheet and round. Raises `assessments.motion_not_found`."""
    seen = visible_sheets(viewer).order_by().values("pk")
    found = Motion.objects.filter(pk=number, sheet__in=seen)
    motion = found.select_related("sheet__round__organizer", "sheet__unit", "session").first()
    if motion is None:
        raise refuse("assessments.motion_not_found")
    return motion


def opinions_counted(round_: Round) -> Reads[Mapping[tuple[int, str], tuple[int, int]]]:
    """How many slips agree and how many want other points, by sheet and criterion."""
    rows = Opinion.objects.filter(sheet__round=round_).order_by("pk").values_list("sheet", "criterion", "agrees")

    def counted(found: Iterable[tuple[int, str, bool]]) -> Mapping[tuple[int, str], tuple[int, int]]:
        agree, other = Counter[tuple[int, str]](), Counter[tuple[int, str]]()
        for sheet, code, agrees in found:
            (agree if agrees else other)[sheet, code] += 1
        return {cell: (agree[cell], other[cell]) for cell in {*agree, *other}}

    return made_of(rows, counted)


def open_motions(round_: Round) -> Reads[frozenset[tuple[int, str]]]:
    """Sheets and criteria about which something waits to be concluded."""
    found = Motion.objects.filter(sheet__round=round_, outcome="").order_by("pk").values_list("sheet", "criterion")
    return made_of(found, frozenset)


def questions_of(round_: Round) -> QuerySet[Question]:
    """All that units were asked to explain."""
    return Question.objects.filter(sheet__round=round_, taken_back_at=None).order_by("pk")


def motions_in(session: Session) -> QuerySet[Motion]:
    """What was decided in a session, by unit and criterion, with the votes."""
    found = Motion.objects.filter(session=session).exclude(outcome="").select_related("sheet").prefetch_related("votes")
    return found.order_by("sheet__place", "criterion", "pk")
