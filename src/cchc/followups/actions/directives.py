"""Entering directives, taking note of them, noting where they were posted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime

from cchc.audit.actions import action, nothing_changed, record, values_of
from cchc.audit.actors import Actor
from cchc.audit.recording import subject_of
from cchc.files.actions import cite
from cchc.files.models import BlobState
from cchc.followups.actions.giving import check_reach, give_tasks, order_like
from cchc.followups.actions.postings import Line, check_line, check_once
from cchc.followups.actions.recording import required, said, take_directive
from cchc.followups.actions.tasks import take_step
from cchc.followups.actions.telling import tell_addressees
from cchc.followups.audit_kinds import (
    DIRECTIVE_ACKNOWLEDGED,
    DIRECTIVE_ADDRESSED,
    DIRECTIVE_ENTERED,
    DIRECTIVE_POSTED,
)
from cchc.followups.deadlines import heard_by
from cchc.followups.models import Addressee, Directive, DirectiveBasis, Task, WebPosting
from cchc.followups.rules import rules_on
from cchc.followups.states import TASK
from cchc.organizations.calendars import calendars_of
from cchc.organizations.doers import done_by, sign
from cchc.organizations.models import Unit
from cchc.organizations.queries.units import named
from cchc.organizations.viewers import officials_behind
from cchc.papers.models import LegalBasis, PaperState
from cchc.papers.models import Paper as IssuedPaper
from cchc.papers.queries.signed import kept_signed
from cchc.records.errors import refuse
from cchc.records.search import fold
from cchc.worktime import Calendar


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands on a directive: number, date, who issued it, what it is about, who signed it, what it rests on: bases
    of the library, and others in words.
    """

    number: str
    issued_on: date
    issued_by: str
    title: str
    signer: str = ""
    legal_basis: str = ""
    bases: Sequence[LegalBasis] = ()

    def fields(self, today: date) -> dict[str, Any]:
        """As the directive keeps them. Raises `followups.nothing_said`, `followups.day_to_come`."""
        if self.issued_on > today:
            raise refuse("followups.day_to_come", day=self.issued_on)
        number, title, issued_by = required(self.number), required(self.title), required(self.issued_by)
        return {
            "number": number,
            "issued_on": self.issued_on,
            "issued_by": issued_by,
            "title": title,
            "signer": said(self.signer),
            "legal_basis": said(self.legal_basis),
            "search_key": fold(f"{number} {title} {issued_by}"),
        }

    @property
    def library(self) -> str:
        """The bases of the library in words."""
        return "; ".join(basis.name for basis in self.bases)


@action
def enter_directive(
    *, actor: Actor, now: datetime, paper: Paper, unit: Unit, watcher: Unit, addressees: Sequence[Unit],
    posting_wanted: bool = False, is_sample: bool = False, made_of: IssuedPaper | None = None,
) -> Directive:  # fmt: skip
    """A directive that `unit` issued or passes on, sent to its addressees at once; `made_of` is the paper that the
    unit issued it as, whose signed file stands with the directive too.

    Raises `followups.nothing_said`, `followups.day_to_come`, `followups.no_addressee`, `followups.directive_known`,
    `followups.paper_ended`, `followups.paper_is_directive`, `followups.not_under_issuer` for addressees or a watcher
    to whom the word of `unit` does not go.
    """
    if made_of is not None:
        check_paper(IssuedPaper.objects.select_for_update().get(pk=made_of.pk))
    fields = paper.fields(localtime(now).date())
    check_new(unit, fields)
    check_reach(unit, [*addressees, watcher], now)
    directive = Directive.objects.create(
        **fields,
        unit=unit,
        watcher=watcher,
        posting_wanted=posting_wanted,
        entered_at=now,
        entered_by=officials_behind(actor)[0],
        is_sample=is_sample,
        paper=made_of,
    )
    for signed in kept_signed(made_of)[:1] if made_of is not None else ():
        if signed.file.blob.state != BlobState.UNSAFE:
            cite(actor=actor, now=now, file=signed.file, subject=subject_of(directive))
    rest_on(directive, paper.bases)
    record(DIRECTIVE_ENTERED, directive, after=values_of(directive) | {"grounds": paper.library})
    _address(directive, addressees, actor, now)
    return directive


def check_paper(paper: IssuedPaper) -> None:
    """An issued paper that stands becomes a directive, once. Raises `followups.paper_ended`,
    `followups.paper_is_directive`.
    """
    if paper.state != PaperState.ISSUED:
        raise refuse("followups.paper_ended", number=paper.full_number)
    if made := Directive.objects.filter(paper=paper).order_by("pk").first():
        raise refuse("followups.paper_is_directive", number=made.number, day=made.issued_on)


def check_new(unit: Unit, fields: Mapping[str, Any], but: int = 0) -> None:
    """Lock the unit until the action ends: no directive of it but that one has this number and day.

    Raises `followups.directive_known`.
    """
    Unit.objects.select_for_update().get(pk=unit.pk)
    number, day = fields["number"], fields["issued_on"]
    if Directive.objects.filter(unit=unit, number=number, issued_on=day).exclude(pk=but).exists():
        raise refuse("followups.directive_known", number=number, day=day)


def rest_on(directive: Directive, bases: Sequence[LegalBasis]) -> None:
    """These bases of the library, in this order, and no others."""
    directive.bases.all().delete()
    DirectiveBasis.objects.bulk_create(
        DirectiveBasis(directive=directive, basis=basis, place=place) for place, basis in enumerate(bases)
    )


@action
def address_directive(
    *, actor: Actor, now: datetime, directive: Directive, addressees: Sequence[Unit], tasks: Sequence[Task] = ()
) -> int:
    """Send it to more units; those that have it already are left out. Each new one is given a task like each of
    `tasks`, led by its head where one is known. Answers how many are new.

    Raises `followups.no_addressee`, `followups.directive_ended`, `followups.not_under_issuer`, and what giving refuses.
    """
    locked = take_directive(directive, "address")
    known = set(Addressee.objects.filter(directive=locked).order_by("pk").values_list("unit_id", flat=True))
    new = [unit for unit in addressees if unit.pk not in known]
    if addressees and not new:
        nothing_changed()
        return 0
    check_reach(locked.unit, new, now)
    sent = _address(locked, new, actor, now)
    for one in tasks:
        give_tasks(actor=actor, now=now, subject=locked, order=order_like(one), owners=new)
    return sent


@action
def acknowledge_directive(*, actor: Actor, now: datetime, directive: Directive, unit: Unit) -> Addressee:
    """The unit has taken note: of the directive, and of each task that it has been given by it.

    Raises `followups.not_addressed`, `followups.directive_ended`. A second time changes nothing but tasks given since.
    """
    take_directive(directive, "acknowledge")
    addressee = Addressee.objects.select_for_update().filter(directive=directive, unit=unit).order_by("pk").first()
    if addressee is None:
        raise refuse("followups.not_addressed", unit=_name(unit, now))
    subject_type, subject_id = subject_of(directive)
    new = Task.objects.filter(subject_type=subject_type, subject_id=subject_id, owner=unit, state=TASK.first)
    for task in new.select_for_update().order_by("pk"):
        take_step(actor=actor, now=now, task=task, step="acknowledge", expected_version=task.version)
    if addressee.acknowledged_at is not None:
        nothing_changed()
        return addressee
    before = values_of(addressee)
    sign(addressee, "acknowledged", actor)
    addressee.acknowledged_at = now
    addressee.save()
    record(DIRECTIVE_ACKNOWLEDGED, addressee, before=before, after=values_of(addressee))
    return addressee


@action
def note_posting(
    *, actor: Actor, now: datetime, directive: Directive, unit: Unit, place: str, link: str, posted_on: date
) -> WebPosting:
    """The directive stands on the unit's site since that day.

    Raises `followups.not_addressed`, `followups.posted_before_issue`, `followups.day_to_come`,
    `followups.posting_known`.
    """
    where = required(place)
    check_line(take_directive(directive, "post"), Line(where, link, posted_on), now)
    is_addressed = Addressee.objects.filter(directive=directive, unit=unit).exists()
    if not is_addressed and unit != directive.unit:
        raise refuse("followups.not_addressed", unit=_name(unit, now))
    posting = WebPosting(
        directive=directive,
        unit=unit,
        place=where,
        link=said(link),
        posted_on=posted_on,
        noted_at=now,
        **done_by(actor, "noted"),
    )
    check_once(posting)
    posting.save()
    record(DIRECTIVE_POSTED, posting, after=values_of(posting))
    return posting


def _address(directive: Directive, units: Sequence[Unit], actor: Actor, now: datetime) -> int:
    wanted = list(dict.fromkeys(units))
    if not wanted:
        raise refuse("followups.no_addressee")
    calendars = calendars_of([unit.pk for unit in wanted], localtime(now).date())
    sent = Addressee.objects.bulk_create(_addressees(directive, wanted, calendars, now))
    record(DIRECTIVE_ADDRESSED, directive, after={"units": sorted(unit.code for unit in wanted)})
    tell_addressees(sent, actor, now)
    return len(wanted)


def _addressees(
    directive: Directive, units: Iterable[Unit], calendars: Mapping[int, Calendar], now: datetime
) -> Iterable[Addressee]:
    rules = rules_on(localtime(now).date()).value
    for unit in units:
        calendar = calendars[unit.pk]
        post_by = heard_by(calendar, now, rules.post) if directive.posting_wanted else None
        yield Addressee(
            directive=directive,
            unit=unit,
            told_at=now,
            heard_by=heard_by(calendar, now, rules.acknowledge),
            post_by=post_by,
        )


def _name(unit: Unit, now: datetime) -> str:
    placed = named([unit], localtime(now).date())
    return placed[0].name_vi if placed else unit.code
