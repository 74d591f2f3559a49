"""What is said and decided about one entry of a list, and that somebody got a notice."""

from __future__ import annotations

from datetime import datetime

from cchc.audit.actions import action, nothing_changed, record, values_of
from cchc.audit.actors import Actor
from cchc.followups.actions.recording import required
from cchc.organizations.doers import sign
from cchc.oversight.actions.list_steps import doers_of, enter
from cchc.oversight.actions.telling import tell_decided, tell_replied
from cchc.oversight.audit_kinds_lists import ITEM_DECIDED, ITEM_REPLIED, NOTICE_RECEIVED
from cchc.oversight.models import ListedItem, ListNotice, Outcome
from cchc.oversight.policies import may_be_decided, may_be_replied
from cchc.oversight.shown_lists_words import ACKNOWLEDGE, DECIDE, REPLY
from cchc.records.errors import refuse

_RELATED = ("listed__list__unit", "listed__official", "listed__unit")


@action
def reply_to(*, actor: Actor, now: datetime, item: ListedItem, text: str) -> ListedItem:
    """Who is named answers, or says it once more until it is decided; evidence is attached to the entry.

    Raises `followups.nothing_said`, `oversight.not_open_for_replies`, `oversight.reply_time_over`,
    `oversight.decided_already`.
    """
    words = required(text)
    locked = _locked(item)
    may_be_replied(locked, now).require()
    before = values_of(locked)
    locked.reply, locked.replied_at = words, now
    sign(locked, "replied", actor)
    locked.save()
    enter(locked.listed.list, REPLY, actor, now, locked.code)
    record(ITEM_REPLIED, locked, before=before, after=values_of(locked))
    tell_replied(locked, actor, now)
    return locked


@action
def decide_about(*, actor: Actor, now: datetime, item: ListedItem, accepts: bool, reason: str) -> ListedItem:
    """The reply is accepted, and the entry leaves the public list; or it is not, and stays. With the reason.

    Raises `followups.nothing_said`, `oversight.decides_for_oneself` for who is named with the same dossier,
    `oversight.not_open_for_replies`, `oversight.nobody_named`, `oversight.decided_already`.
    """
    words = required(reason)
    locked = _locked(item)
    may_be_decided(locked).require()
    if is_party(locked, doers_of(actor)):
        raise refuse("oversight.decides_for_oneself")
    before = values_of(locked)
    locked.outcome = Outcome.ACCEPTED if accepts else Outcome.REFUSED
    locked.reason, locked.decided_at = words, now
    sign(locked, "decided", actor)
    locked.save()
    enter(locked.listed.list, DECIDE, actor, now, locked.code)
    record(ITEM_DECIDED, locked, before=before, after=values_of(locked), reason=words)
    tell_decided(locked, actor, now)
    return locked


@action
def acknowledge(*, actor: Actor, now: datetime, notice: ListNotice) -> ListNotice:
    """The recipient confirms receipt; once more changes nothing."""
    locked = ListNotice.objects.select_for_update(of=("self",)).select_related("list").get(pk=notice.pk)
    if locked.received_at is not None:
        nothing_changed()
        return locked
    before = values_of(locked)
    locked.received_at = now
    sign(locked, "received", actor)
    locked.save()
    enter(locked.list, ACKNOWLEDGE, actor, now)
    record(NOTICE_RECEIVED, locked, before=before, after=values_of(locked))
    return locked


def is_party(item: ListedItem, people: set[int]) -> bool:
    """Whether one of them is listed with the same dossier in the same list. One query."""
    same = ListedItem.objects.filter(listed__list=item.listed.list_id, code=item.code, listed__official__in=people)
    return same.exists()


def _locked(item: ListedItem) -> ListedItem:
    return ListedItem.objects.select_for_update(of=("self",)).select_related(*_RELATED).get(pk=item.pk)
