"""A list is frozen by two persons, published on a legal basis and a decision, corrected beside the name, taken off."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from cchc.audit.actions import action, nothing_changed, record, values_of
from cchc.audit.actors import Actor
from cchc.followups.actions.recording import required
from cchc.organizations.doers import done_by, sign
from cchc.oversight.actions.list_steps import doers_of, keep, official_of, take
from cchc.oversight.actions.lists import numbered
from cchc.oversight.audit_kinds_lists import VERSION_MADE
from cchc.oversight.list_content import content_of
from cchc.oversight.models import ListedItem, ListVersion, MonthlyList
from cchc.oversight.published_list import Content, canonical, corrected, hash_of
from cchc.oversight.states_lists import PUBLISHED
from cchc.oversight.timetable import timetable_on
from cchc.papers.models import LegalBasis
from cchc.papers.queries.bases import require_citable
from cchc.records.errors import refuse


@dataclass(frozen=True, slots=True)
class Erratum:
    """What is put right about an entry (`entry`, None: about the person): in words, and whether it counts no more."""

    official: int
    entry: int | None
    text: str
    struck: bool


@action
def put_forward(*, actor: Actor, now: datetime, list_: MonthlyList, expected_version: int) -> MonthlyList:
    """The hash of what the list says is written down, for another person to confirm.

    Raises `oversight.by_official`, and what `list_steps.take` raises.
    """
    taken = take(list_, "put_forward", expected_version)
    before = values_of(taken)
    official_of(actor)
    taken.put_hash, taken.put_at = hash_of(_says(taken)), now
    sign(taken, "put", actor)
    keep(taken, "put_forward", actor, now, before)
    return taken


@action
def freeze_list(*, actor: Actor, now: datetime, list_: MonthlyList, expected_version: int) -> MonthlyList:
    """Another person confirms the very same; it changes no more.

    Raises `oversight.frozen_by_one` for who put it forward, in whichever office, `oversight.frozen_changed` where it
    does not say any more what was put forward, `oversight.by_official`, and what `list_steps.take` raises.
    """
    taken = take(list_, "freeze", expected_version)
    before = values_of(taken)
    official_of(actor)
    if taken.put_by_id in doers_of(actor):
        raise refuse("oversight.frozen_by_one")
    content = _says(taken)
    if hash_of(content) != taken.put_hash:
        raise refuse("oversight.frozen_changed")
    taken.frozen_at = now
    sign(taken, "frozen", actor)
    _keep_version(taken, content, actor, now)
    keep(taken, "freeze", actor, now, before)
    return taken


@action
def publish_list(
    *, actor: Actor, now: datetime, list_: MonthlyList, expected_version: int, basis: LegalBasis,
    decision_number: str, decided_on: date, expires_on: date | None = None,
) -> MonthlyList:  # fmt: skip
    """It stands on the public page, on a basis in force and a decision, until it expires.

    Raises `papers.basis_not_citable`, `oversight.basis_not_in_force`, `oversight.no_number`, `oversight.day_outside`,
    `oversight.expires_outside`, and what `list_steps.take` raises.
    """
    taken = take(list_, "publish", expected_version)
    before = values_of(taken)
    today = localdate(now)
    require_citable([basis], taken.unit, today)
    if not basis.holds_on(today):
        raise refuse("oversight.basis_not_in_force", basis=basis.name)
    frozen_on = localdate(taken.frozen_at)
    if not frozen_on <= decided_on <= today:
        raise refuse("oversight.day_outside", first=frozen_on, last=today)
    latest = today + timedelta(days=timetable_on(taken.month).value.expires)
    until = expires_on or latest
    if not today < until <= latest:
        raise refuse("oversight.expires_outside", first=today, last=latest)
    taken.basis, taken.decision_number, taken.decided_on = basis, numbered(decision_number), decided_on
    taken.published_at, taken.expires_on = now, until
    sign(taken, "published", actor)
    keep(taken, "publish", actor, now, before)
    return taken


@action
def correct_list(
    *, actor: Actor, now: datetime, list_: MonthlyList, expected_version: int, erratum: Erratum
) -> MonthlyList:  # fmt: skip
    """A new version with the erratum beside the name, chained to the one before.

    Raises `followups.nothing_said`, `oversight.entry_unknown`, `oversight.struck_already`, and what `list_steps.take`
    raises.
    """
    words = required(erratum.text)
    taken = take(list_, "correct", expected_version)
    before = values_of(taken)
    content = newest(taken)
    _check_entry(content, erratum)
    said = asdict(erratum) | {"text": words, "on": localdate(now).isoformat()}
    _keep_version(taken, corrected(content, said), actor, now)
    keep(taken, "correct", actor, now, before, words)
    return taken


@action
def expire_list(*, actor: Actor, now: datetime, list_: MonthlyList) -> MonthlyList:
    """Its time on the page is over. Raises `oversight.not_expired`, and what `list_steps.take` raises."""
    taken = take(list_, "expire")
    if taken.expires_on is None or localdate(now) <= taken.expires_on:
        raise refuse("oversight.not_expired")
    keep(taken, "expire", actor, now, values_of(taken))
    return taken


@action
def expire_lists(*, actor: Actor, now: datetime) -> int:
    """All whose time on the page is over. Answers how many."""
    due = list(MonthlyList.objects.filter(state=PUBLISHED, expires_on__lt=localdate(now)).order_by("pk"))
    if not due:
        nothing_changed()
    for list_ in due:
        expire_list(actor=actor, now=now, list_=list_)
    return len(due)


def newest(list_: MonthlyList) -> Content:
    """What the newest version says."""
    version = ListVersion.objects.filter(list=list_).order_by("-number")[0]
    content: Content = json.loads(version.content)
    return content


def _says(list_: MonthlyList) -> Content:
    items = ListedItem.objects.filter(listed__list=list_).select_related("origin__listed__list")
    listed = list_.listed.select_related("accountable").order_by("place")
    return content_of(list_, listed, items.order_by("listed", "place"))


def _keep_version(list_: MonthlyList, content: Content, actor: Actor, now: datetime) -> None:
    version = ListVersion.objects.create(
        list=list_, number=content["version"], content=canonical(content), content_hash=hash_of(content),
        previous_hash=content["previous_sha256"], made_at=now, **done_by(actor, "made"),
    )  # fmt: skip
    record(VERSION_MADE, version, after=_without_content(version))


def _without_content(version: ListVersion) -> dict[str, Any]:
    """The chain keeps the hash; what it stands for is kept beside."""
    return {name: value for name, value in values_of(version).items() if name != "content"}


def _check_entry(content: Content, erratum: Erratum) -> None:
    official = next((one for one in content["officials"] if one["number"] == erratum.official), None)
    entries = [] if official is None else [one["number"] for one in official["entries"]]
    if official is None or (erratum.entry is None and erratum.struck):
        raise refuse("oversight.entry_unknown")
    if erratum.entry is not None and erratum.entry not in entries:
        raise refuse("oversight.entry_unknown")
    struck = [(one["official"], one["entry"]) for one in content["errata"] if one["struck"]]
    if erratum.struck and (erratum.official, erratum.entry) in struck:
        raise refuse("oversight.struck_already")
